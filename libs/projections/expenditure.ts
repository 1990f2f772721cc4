import { s, type Recorded, type TypeOf } from '#kernel';
import type { GrantEvent } from '#domain';
import { supplier } from './commitment.ts';
import { period } from './grant-card.ts';
import { network } from './parts.ts';
import { partsProjection, partStamped } from './parts-of.ts';
import { homeOf } from './stream.ts';

export const EXPENDITURE_STATUSES = ['recorded', 'accepted', 'partly', 'rejected'] as const;

const split = s.object({
  grantCents: s.cents(),
  ownCents: s.cents(),
  otherGrantCents: s.cents(),
  solidarityCents: s.cents(),
  inKindCents: s.cents(),
});

const expenditureDoc = s.object({
  ...partStamped,
  event: s.id('By which commands name it.'),
  network,
  action: s.id(),
  category: s.text(),
  commitment: s.nullable(s.id()),
  kind: s.oneOf(['document', 'simplified']),
  method: s.nullable(s.text('Of a simplified cost.')),
  document: s.nullable(s.id('The supporting document’s.')),
  supporting: s.nullable(
    s.object({ supplier, number: s.text(), date: s.day(), grossCents: s.cents(), sha256: s.text() }),
  ),
  period,
  status: s.oneOf(EXPENDITURE_STATUSES),
  claimedCents: s.cents('Eligible as recorded.'),
  eligibleCents: s.cents('Eligible as verified; until then as recorded.'),
  split,
  claimedGrantCents: s.cents('Of this grant, as recorded.'),
  correctedCents: s.cents(),
  acceptedCents: s.cents('Of this grant: accepted and not taken back.'),
  refusals: s.list(s.object({ cents: s.integer('Euro cents'), reason: s.text() })),
  recordedBy: s.text(),
  verifiedBy: s.nullable(s.text()),
  recordedOn: s.instant('When it occurred.'),
  verifiedOn: s.nullable(s.instant()),
  evidence: s.integer('Documents beside the supporting one: proof of delivery and of payment.'),
  secondee: s.nullable(s.id()),
  findings: s.integer('Raised on it.'),
});
export type Expenditure = TypeOf<typeof expenditureDoc>;

type Booked = Extract<GrantEvent, { readonly type: 'ExpenditureRecorded' | 'SimplifiedCostRecorded' }>;

/** What was spent from a grant, line by line. */
export const expenditure = partsProjection<Expenditure, GrantEvent>({
  name: 'expenditure',
  version: 2,
  source: 'grant',
  doc: expenditureDoc,
  parts: ({ id, type, data }) => {
    if (type === 'ExpenditureRecorded' || type === 'SimplifiedCostRecorded') return [id];
    const { expenditure } = data as { readonly expenditure?: string };
    return expenditure === undefined ? [] : [expenditure];
  },
  starts: {
    ExpenditureRecorded: (event) => ({
      ...booked(event),
      kind: 'document',
      commitment: event.data.commitment ?? null,
      method: null,
      document: event.data.document,
      supporting: event.data.supporting,
      secondee: event.data.staff?.secondee ?? null,
    }),
    SimplifiedCostRecorded: (event) => ({
      ...booked(event),
      kind: 'simplified',
      commitment: null,
      method: event.data.method,
      document: null,
      supporting: null,
      secondee: null,
    }),
  },
  on: {
    ExpenditureVerified: ({ evidence }, { data, meta }) => ({
      status: data.outcome === 'accept' ? 'accepted' : data.outcome === 'partly' ? 'partly' : 'rejected',
      eligibleCents: data.eligibleCents,
      split: data.split,
      acceptedCents: data.split.grantCents,
      refusals: data.refusals,
      verifiedBy: meta.actor.subject,
      verifiedOn: meta.occurredAt,
      // Proof that was lacking may come with the verification.
      evidence: evidence + (meta.evidence?.length ?? 0),
    }),
    ExpenditureCorrected: ({ correctedCents, acceptedCents }, { data }) => ({
      correctedCents: correctedCents + data.amountCents,
      acceptedCents: acceptedCents - data.amountCents,
    }),
    AuditFindingRaised: ({ findings }) => ({ findings: findings + 1 }),
  },
  indexes: [
    ['network', 'of', 'recordedOn'],
    ['of', 'status', 'recordedOn'],
    ['of', 'position'],
    ['of', 'claimedGrantCents'],
    ['of', 'action', 'category', 'position'],
    ['of', 'action', 'category', 'status'],
    ['network', 'recordedOn'],
    ['network', 'period.until'],
    ['network', 'action', 'recordedOn'],
    ['action', 'recordedOn'],
    ['document'],
  ],
});

const booked = (event: Recorded<Booked>) => {
  const { id, data, meta } = event;
  const { action, category, period, eligibleCents, split } = data;
  return {
    event: id,
    network: homeOf(event),
    action,
    category,
    period,
    status: 'recorded' as const,
    claimedCents: eligibleCents,
    eligibleCents,
    split,
    claimedGrantCents: split.grantCents,
    correctedCents: 0,
    acceptedCents: 0,
    refusals: [],
    recordedBy: meta.actor.subject,
    verifiedBy: null,
    recordedOn: meta.occurredAt,
    verifiedOn: null,
    evidence: meta.evidence?.length ?? 0,
    findings: 0,
  };
};
