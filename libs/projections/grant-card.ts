import { s, type Recorded, type TypeOf } from '#kernel';
import { CONDITION_KINDS, CONDITION_STATUSES, type ConditionStatus, type GrantEvent } from '#domain';
import { kindOf, postingsOf } from '#domain/grant';
import { network, sector } from './parts.ts';
import { terms } from './scheme-card.ts';
import { homeOf, stamped, streamProjection, unchanged } from './stream.ts';

export const GRANT_STATUSES = ['applied', 'refused', 'awarded', 'suspended', 'closed', 'terminated'] as const;
export const INSTALMENT_STATUSES = ['planned', 'requested', 'received', 'withheld'] as const;

const rate = s.object({ num: s.integer(), den: s.integer() });
export const period = s.object({ from: s.day(), until: s.day() });

/** Kinds of accounts, as members of the statement. */
const KINDS = {
  award: 'awardCents',
  unallocated: 'unallocatedCents',
  allocated: 'allocatedCents',
  committed: 'committedCents',
  spent: 'spentCents',
  accepted: 'acceptedCents',
  corrected: 'correctedCents',
  lapsed: 'lapsedCents',
  funder: 'receivedCents',
  received: 'cashCents',
  paid: 'paidCents',
  repayable: 'repayableCents',
  repaid: 'repaidCents',
  own: 'ownCents',
  'other-grant': 'otherGrantCents',
  solidarity: 'solidarityCents',
  'in-kind': 'inKindCents',
} as const;
type Kind = keyof typeof KINDS;

/** The balances of a grant's books by kind of account. LED-1: the award is what follows it, up to what lapsed. */
export const totals = s.object({
  awardCents: s.cents('What was awarded, in euro cents.'),
  unallocatedCents: s.cents(),
  allocatedCents: s.cents('Set aside for actions and not committed.'),
  committedCents: s.cents('Ordered and not yet spent.'),
  spentCents: s.cents('Spent and not yet verified.'),
  acceptedCents: s.cents(),
  correctedCents: s.cents('Taken back for good.'),
  lapsedCents: s.cents(),
  receivedCents: s.cents('All that ever came in from the funder.'),
  cashCents: s.cents('Received and neither paid to partners nor repaid.'),
  paidCents: s.cents('Paid to partners.'),
  repayableCents: s.cents('Claimed back by the funder and still to be repaid.'),
  repaidCents: s.cents(),
  ownCents: s.cents('Own means in its expenditures, and so on for the next three: the memo book.'),
  otherGrantCents: s.cents(),
  solidarityCents: s.cents(),
  inKindCents: s.cents(),
});
export type Totals = TypeOf<typeof totals>;
export const NO_MONEY: Totals = Object.fromEntries(Object.values(KINDS).map((member) => [member, 0])) as never;

/** The totals after an event. What came in is what left the funder, but for what it is owed back. */
export const moved = (before: Totals, event: Recorded<GrantEvent>): Totals =>
  postingsOf(event).reduce<Totals>((sums, { account, cents }) => {
    const kind = kindOf(account) as Kind;
    const member = KINDS[kind];
    const change = kind === 'award' || kind === 'funder' ? -cents : cents;
    const next = { ...sums, [member]: sums[member] + change };
    return kind === 'repayable' ? { ...next, receivedCents: next.receivedCents - cents } : next;
  }, before);

export const conditionStanding = s.object({
  code: s.text(),
  text: s.text(),
  kind: s.oneOf(CONDITION_KINDS),
  sectors: s.list(sector),
  agreement: s.nullable(s.id()),
  status: s.oneOf(CONDITION_STATUSES),
  since: s.instant('Since when it stands so.'),
  cureBy: s.nullable(s.day('Of one at risk: the last day to cure it.')),
  missingSectors: s.list(sector, 'Of one at risk: those without a member.'),
  timesAtRisk: s.integer(),
});

const instalment = s.object({
  code: s.text(),
  amountCents: s.nullable(s.cents('Fixed, in euro cents; null: a share, or the balance.')),
  share: s.nullable(rate),
  dueOn: s.nullable(s.day()),
  requires: s.list(s.text(), 'Conditions that gate it.'),
  status: s.oneOf(INSTALMENT_STATUSES),
  since: s.nullable(s.instant()),
  requestedCents: s.nullable(s.cents()),
  receivedCents: s.nullable(s.cents()),
  bankReference: s.nullable(s.text()),
});

const card = s.object({
  ...stamped,
  network,
  title: s.text(),
  status: s.oneOf(GRANT_STATUSES),
  since: s.instant('Since when it has its status.'),
  scheme: s.id(),
  schemeVersion: s.nullable(s.integer('Of its terms; null until it is awarded.')),
  terms: s.nullable(terms),
  funder: s.nullable(s.id()),
  funderDecision: s.nullable(s.object({ reference: s.text(), date: s.day() })),
  area: s.nullable(s.text()),
  period,
  requestedCents: s.nullable(s.cents()),
  awardedAt: s.nullable(s.instant()),
  closedAt: s.nullable(s.instant()),
  lastPaymentAt: s.nullable(s.instant()),
  totals,
  conditions: s.list(conditionStanding),
  instalments: s.list(instalment),
  settlement: s.nullable(
    s.object(
      {
        entitlementCents: s.cents(),
        balanceCents: s.cents(),
        recoveryCents: s.cents(),
        recoverBy: s.nullable(s.day()),
      },
      'What closing came to (LED-9): a balance above zero was to be received, below zero to be repaid.',
    ),
  ),
  recoverBy: s.nullable(s.day('Until when what is repayable must be repaid.')),
  openFindings: s.integer(),
  finalReportAt: s.nullable(s.instant()),
  externalCodes: s.list(s.text()),
});
export type GrantCard = TypeOf<typeof card>;

type Facts = Omit<GrantCard, keyof typeof stamped>;
type Of<T extends GrantEvent['type']> = Recorded<Extract<GrantEvent, { readonly type: T }>>;

/** A grant: its totals, conditions and instalments. Its purposes, commitments and expenditures are documents of their own. */
export const grantCard = streamProjection<GrantCard, GrantEvent, 'GrantApplied' | 'GrantAwarded'>({
  name: 'grant-card',
  version: 1,
  source: 'grant',
  doc: card,
  starts: { GrantApplied: applied, GrantAwarded: awarded },
  on: {
    ApplicationRefused: (_card, { meta }) => ({ status: 'refused', since: meta.occurredAt }),
    GrantAwarded: (_card, event) => awarded(event),
    AwardAmended: unchanged,
    Allocated: unchanged,
    Transferred: unchanged,
    Deallocated: unchanged,
    Committed: unchanged,
    CommitmentAmended: unchanged,
    CommitmentReleased: unchanged,
    CommitmentCarried: unchanged,
    ExpenditureRecorded: unchanged,
    SimplifiedCostRecorded: unchanged,
    ExpenditureVerified: unchanged,
    ExpenditureCorrected: (card, { data }) => (data.recoverBy === undefined ? {} : { recoverBy: data.recoverBy }),
    InstalmentPlanned: ({ instalments }, { data }) => ({ instalments: [...instalments, plannedOf(data)] }),
    InstalmentRequested: (card, { data, meta }) =>
      withInstalment(card, data.instalment, {
        status: 'requested',
        since: meta.occurredAt,
        requestedCents: data.amountCents,
      }),
    InstalmentReceived: (card, { data, meta }) => ({
      ...withInstalment(card, data.instalment, {
        status: 'received',
        since: meta.occurredAt,
        receivedCents: data.amountCents,
        bankReference: data.bankReference,
      }),
      lastPaymentAt: meta.occurredAt,
    }),
    InstalmentWithheld: (card, { data, meta }) =>
      withInstalment(card, data.instalment, { status: 'withheld', since: meta.occurredAt }),
    BalanceReceived: (_card, { meta }) => ({ lastPaymentAt: meta.occurredAt }),
    PartnerPaid: unchanged,
    PartnerRepaid: unchanged,
    RecoveryRaised: (_card, { data }) => ({ recoverBy: data.recoverBy }),
    FunderRepaid: ({ totals, recoverBy }, { data }) => ({
      recoverBy: totals.repayableCents > data.settledCents ? recoverBy : null,
    }),
    ConditionEvidenced: (card, event) => standing(card, event, 'evidenced'),
    ConditionAccepted: (card, event) => standing(card, event, 'accepted'),
    ConditionRejected: (card, event) => standing(card, event, 'rejected'),
    ConditionAtRisk: (card, event) => standing(card, event, 'at-risk'),
    ConditionBreached: (card, event) => standing(card, event, 'breached'),
    ConditionWaived: (card, event) => standing(card, event, 'waived'),
    AuditFindingRaised: ({ openFindings }) => ({ openFindings: openFindings + 1 }),
    AuditFindingAnswered: unchanged,
    AuditFindingClosed: ({ openFindings }) => ({ openFindings: openFindings - 1 }),
    ReportSubmitted: (_card, { data, meta }) => (data.kind === 'final' ? { finalReportAt: meta.occurredAt } : {}),
    GrantSuspended: (_card, { meta }) => ({ status: 'suspended', since: meta.occurredAt }),
    GrantResumed: (_card, { meta }) => ({ status: 'awarded', since: meta.occurredAt }),
    ClaimLapsed: unchanged,
    GrantClosed: (_card, event) => over(event, 'closed'),
    GrantTerminated: (_card, event) => over(event, 'terminated'),
  },
  every: (card, event) => ({ totals: moved(card.totals, event) }),
  indexes: [
    ['network'],
    ['network', 'since'],
    ['network', 'status', 'since'],
    ['network', 'scheme', 'since'],
    ['funder', 'since'],
    ['scheme', 'area'],
  ],
});

const NOTHING_YET = {
  conditions: [],
  instalments: [],
  settlement: null,
  recoverBy: null,
  openFindings: 0,
  finalReportAt: null,
  closedAt: null,
  lastPaymentAt: null,
  totals: NO_MONEY,
};

function applied(event: Of<'GrantApplied'>): Facts {
  const { title, scheme, area, period, requestedCents } = event.data;
  return {
    ...NOTHING_YET,
    network: homeOf(event),
    title,
    status: 'applied',
    since: event.meta.occurredAt,
    scheme,
    schemeVersion: null,
    terms: null,
    funder: null,
    funderDecision: null,
    area,
    period,
    requestedCents,
    awardedAt: null,
    externalCodes: [],
  };
}

function awarded(event: Of<'GrantAwarded'>): Facts {
  const { data, meta } = event;
  const { title, scheme, schemeVersion, terms, funder, funderDecision, area, period, externalCodes } = data;
  return {
    ...NOTHING_YET,
    network: homeOf(event),
    title,
    status: 'awarded',
    since: meta.occurredAt,
    scheme,
    schemeVersion,
    terms,
    funder,
    funderDecision,
    area,
    period,
    requestedCents: null,
    awardedAt: meta.occurredAt,
    externalCodes,
    conditions: data.conditions.map(({ agreement, ...rest }) => ({
      ...rest,
      agreement: agreement ?? null,
      status: 'open',
      since: meta.occurredAt,
      cureBy: null,
      missingSectors: [],
      timesAtRisk: 0,
    })),
    instalments: data.instalments.map(plannedOf),
  };
}

const plannedOf = ({
  code,
  cents,
  share,
  dueOn,
  requires,
}: Of<'InstalmentPlanned'>['data']): Facts['instalments'][number] => ({
  code,
  amountCents: cents,
  share,
  dueOn,
  requires,
  status: 'planned',
  since: null,
  requestedCents: null,
  receivedCents: null,
  bankReference: null,
});

const withInstalment = (
  { instalments }: GrantCard,
  code: string,
  changes: Partial<Facts['instalments'][number]>,
): Partial<Facts> => ({
  instalments: instalments.map((one) => (one.code === code ? { ...one, ...changes } : one)),
});

type ConditionEvent = Of<
  | 'ConditionEvidenced'
  | 'ConditionAccepted'
  | 'ConditionRejected'
  | 'ConditionAtRisk'
  | 'ConditionBreached'
  | 'ConditionWaived'
>;

function standing({ conditions }: GrantCard, event: ConditionEvent, status: ConditionStatus): Partial<Facts> {
  const { data, meta } = event;
  const fell = event.type === 'ConditionAtRisk' ? event.data : undefined;
  return {
    conditions: conditions.map((one) =>
      one.code === data.condition
        ? {
            ...one,
            status,
            since: meta.occurredAt,
            cureBy: fell?.cureBy ?? null,
            missingSectors: fell?.sectors ?? [],
            timesAtRisk: one.timesAtRisk + (fell === undefined ? 0 : 1),
          }
        : one,
    ),
  };
}

const over = (
  { data, meta }: Of<'GrantClosed' | 'GrantTerminated'>,
  status: 'closed' | 'terminated',
): Partial<Facts> => ({
  status,
  since: meta.occurredAt,
  closedAt: meta.occurredAt,
  settlement: {
    entitlementCents: data.entitlementCents,
    balanceCents: data.balanceCents,
    recoveryCents: data.recoveryCents,
    recoverBy: data.recoverBy ?? null,
  },
  ...(data.recoverBy !== undefined && { recoverBy: data.recoverBy }),
});
