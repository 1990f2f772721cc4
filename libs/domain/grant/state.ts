import {
  entriesOf,
  floorShare,
  got,
  withEntry,
  type Aggregate,
  type Day,
  type Instant,
  type Recorded,
  type Table,
} from '#kernel';
import type { ConditionStatus } from '../codes.ts';
import { noted, touches, type Since } from '../order.ts';
import type { SchemeTerms } from '../scheme/state.ts';
import { balanceOf, emptyBooks, posted, type Books } from './books.ts';
import type { Award, GrantCondition, GrantEvent, Instalment, Period, Purpose, Split } from './events.ts';
import { committed, postingsOf } from './postings.ts';

export type { Period, SupportingDocument } from './events.ts';

export interface Commitment extends Purpose {
  /** Since when: what comes of it may be registered late, but is not before it. */
  readonly at: Instant;
}

export interface Expenditure extends Purpose {
  readonly status: 'recorded' | 'accepted' | 'partly' | 'rejected';
  readonly eligibleCents: number;
  readonly split: Split;
  readonly correctedCents: number;
  /** Who recorded it, and for whom: neither verifies it. */
  readonly recordedBy: readonly string[];
  readonly claim?: string;
  readonly document?: string;
  /** Its last change. */
  readonly at: Instant;
}

interface ConditionState extends GrantCondition {
  readonly status: ConditionStatus;
  /** Of one at risk: the last day to cure it. */
  readonly cureBy?: Day;
}

interface InstalmentState extends Instalment {
  readonly status: 'planned' | 'requested' | 'received' | 'withheld';
  readonly requestedCents?: number;
}

interface FindingState {
  readonly status: 'raised' | 'answered' | 'closed' | 'withdrawn';
  /** The one it is about, where it is about one. */
  readonly expenditure?: string;
}

interface Asked {
  readonly network: string;
  readonly title: string;
  readonly scheme: string;
  readonly area: string | null;
  readonly period: Period;
}

interface Common {
  /** Claims that were lapsed: nothing can be booked on them. */
  readonly lapsed: readonly string[];
}

interface Awarded extends Asked {
  readonly funder: string;
  readonly terms: SchemeTerms;
  readonly claim?: string;
  readonly books: Books;
  readonly commitments: Table<Commitment>;
  readonly expenditures: Table<Expenditure>;
  /** The expenditure that booked a claim on a document, or on a person's time. */
  readonly booked: Table<string>;
  /** `<method>/<expenditure>`: what a flat rate was reckoned on. */
  readonly reckoned: Table<true>;
  readonly conditions: Readonly<Record<string, ConditionState>>;
  readonly instalments: Readonly<Record<string, InstalmentState>>;
  readonly findings: Readonly<Record<string, FindingState>>;
  readonly finallyReported: boolean;
  /** The last day on which money moved, as far as is known: it does not close before that. */
  readonly movedAt: Instant;
  readonly since: Since;
}

export type Grant =
  | (Common & { readonly status: 'none' })
  | (Common & Asked & { readonly status: 'applied' | 'refused' })
  | (Common & Awarded & { readonly status: 'awarded' | 'suspended' | 'closed' | 'terminated' });
/** A grant with books. */
export type AwardedGrant = Extract<Grant, Awarded>;

export const grant: Aggregate<Grant, GrantEvent> = { name: 'grant', initial: { status: 'none', lapsed: [] }, evolve };

export const isAwarded = (grant: Grant): grant is AwardedGrant => 'books' in grant;

const condition = ({ condition }: { readonly condition: string }): readonly string[] => [`condition/${condition}`];
const instalment = ({ instalment }: { readonly instalment: string }): readonly string[] => [`instalment/${instalment}`];

export const touched = touches<GrantEvent>({
  InstalmentPlanned: ({ code }) => [`instalment/${code}`],
  InstalmentRequested: instalment,
  InstalmentReceived: instalment,
  InstalmentWithheld: instalment,
  ConditionEvidenced: condition,
  ConditionAccepted: condition,
  ConditionRejected: condition,
  ConditionAtRisk: condition,
  ConditionBreached: condition,
  ConditionWaived: condition,
});

/**
 * Since when there is the commitment, or stands the expenditure, that an event is about: there are too many for `since`. What
 * closing settles came before it: on the clock of what occurred, nothing would be left to lapse.
 */
export function lastChangeOf({ type, data }: GrantEvent, grant: Grant): Instant | null {
  if (!isAwarded(grant)) return null;
  if (type === 'GrantClosed' || type === 'GrantTerminated') return grant.movedAt;
  const { commitment, expenditure } = data as { readonly commitment?: string; readonly expenditure?: string };
  const changes = [
    commitment === undefined ? undefined : got(grant.commitments, commitment)?.at,
    expenditure === undefined ? undefined : got(grant.expenditures, expenditure)?.at,
  ].filter((at) => at !== undefined);
  return changes.toSorted().at(-1) ?? null;
}

function evolve(grant: Grant, event: Recorded<GrantEvent>): Grant {
  const next = after(grant, event);
  if (!isAwarded(next)) return next;
  const { occurredAt } = event.meta;
  const postings = postingsOf(event);
  return {
    ...next,
    books: posted(next.books, postings),
    movedAt: postings.length > 0 && occurredAt > next.movedAt ? occurredAt : next.movedAt,
    since: noted(next.since, touched(event), occurredAt),
  };
}

function after(grant: Grant, event: Recorded<GrantEvent>): Grant {
  if (event.type === 'ClaimLapsed') return { ...grant, lapsed: [...grant.lapsed, event.data.claim] };
  if (event.type === 'GrantApplied') return grant.status === 'none' ? applied(event, grant.lapsed) : grant;
  if (event.type === 'ApplicationRefused') return grant.status === 'applied' ? { ...grant, status: 'refused' } : grant;
  if (event.type === 'GrantAwarded')
    return grant.status === 'none' || grant.status === 'applied'
      ? awarded(event.data, event.meta.network ?? '', grant.lapsed)
      : grant;
  return isAwarded(grant) ? changed(grant, event) : grant;
}

function applied(
  { data, meta }: Recorded<Extract<GrantEvent, { readonly type: 'GrantApplied' }>>,
  lapsed: readonly string[],
): Grant {
  const { title, scheme, area, period } = data;
  return { status: 'applied', lapsed, network: meta.network ?? '', title, scheme, area, period };
}

type Later = Exclude<
  GrantEvent,
  { readonly type: 'ClaimLapsed' | 'GrantApplied' | 'ApplicationRefused' | 'GrantAwarded' }
>;

function changed(grant: AwardedGrant, event: Recorded<Later>): AwardedGrant {
  const at = event.meta.occurredAt;
  switch (event.type) {
    case 'Committed': {
      const { action, category } = event.data;
      return { ...grant, commitments: withEntry(grant.commitments, event.id, { action, category, at }) };
    }
    case 'CommitmentAmended':
    case 'CommitmentReleased':
    case 'CommitmentCarried': {
      const { commitment, action, category } = event.data;
      const before = got(grant.commitments, commitment);
      const changed = { action, category, at: before?.at ?? at };
      return { ...grant, commitments: withEntry(grant.commitments, commitment, changed) };
    }
    case 'ExpenditureRecorded': {
      const { claim, document, staff } = event.data;
      const booking = { ...recorded(event), claim, document };
      return {
        ...grant,
        expenditures: withEntry(grant.expenditures, event.id, booking),
        booked: [claim, ...(staff === undefined ? [] : [staff.claim])].reduce(
          (all, one) => withEntry(all, one, event.id),
          grant.booked,
        ),
      };
    }
    case 'SimplifiedCostRecorded': {
      const { base, method, action, period } = event.data;
      const reckonedOn = base.length > 0 ? base.map((one) => `${method}/${one}`) : [lumpOf({ method, action, period })];
      return {
        ...grant,
        expenditures: withEntry(grant.expenditures, event.id, recorded(event)),
        reckoned: reckonedOn.reduce<Table<true>>((all, one) => withEntry(all, one, true), grant.reckoned),
      };
    }
    case 'ExpenditureVerified': {
      const { expenditure, outcome, eligibleCents, split } = event.data;
      const status = outcome === 'accept' ? 'accepted' : outcome === 'partly' ? 'partly' : 'rejected';
      return withExpenditure(grant, expenditure, { status, eligibleCents, split, at });
    }
    case 'ExpenditureCorrected': {
      const { expenditure, amountCents } = event.data;
      const before = got(grant.expenditures, expenditure)?.correctedCents ?? 0;
      return withExpenditure(grant, expenditure, { correctedCents: before + amountCents, at });
    }
    case 'InstalmentPlanned':
      return withInstalment(grant, { ...event.data, status: 'planned' });
    case 'InstalmentRequested':
      return changedInstalment(grant, event.data.instalment, {
        status: 'requested',
        requestedCents: event.data.amountCents,
      });
    case 'InstalmentReceived':
      return changedInstalment(grant, event.data.instalment, { status: 'received' });
    case 'InstalmentWithheld':
      return changedInstalment(grant, event.data.instalment, { status: 'withheld' });
    case 'ConditionEvidenced':
      return withCondition(grant, event.data.condition, { status: 'evidenced' });
    case 'ConditionAccepted':
      return withCondition(grant, event.data.condition, { status: 'accepted' });
    case 'ConditionRejected':
      return withCondition(grant, event.data.condition, { status: 'rejected' });
    case 'ConditionAtRisk':
      return withCondition(grant, event.data.condition, { status: 'at-risk', cureBy: event.data.cureBy });
    case 'ConditionBreached':
      return withCondition(grant, event.data.condition, { status: 'breached' });
    case 'ConditionWaived':
      return withCondition(grant, event.data.condition, { status: 'waived' });
    case 'AuditFindingRaised':
      return { ...grant, findings: { ...grant.findings, [event.id]: raisedOn(event.data.expenditure) } };
    case 'AuditFindingAnswered':
      return withFinding(grant, event.data.finding, 'answered');
    case 'AuditFindingClosed':
      return withFinding(grant, event.data.finding, event.data.outcome === 'withdrawn' ? 'withdrawn' : 'closed');
    case 'ReportSubmitted':
      return { ...grant, finallyReported: grant.finallyReported || event.data.kind === 'final' };
    case 'GrantSuspended':
      return grant.status === 'awarded' ? { ...grant, status: 'suspended' } : grant;
    case 'GrantResumed':
      return grant.status === 'suspended' ? { ...grant, status: 'awarded' } : grant;
    case 'GrantClosed':
      return isOver(grant) ? grant : { ...grant, status: 'closed' };
    case 'GrantTerminated':
      return isOver(grant) ? grant : { ...grant, status: 'terminated' };
    case 'AwardAmended':
    case 'Allocated':
    case 'Transferred':
    case 'Deallocated':
    case 'BalanceReceived':
    case 'PartnerPaid':
    case 'PartnerRepaid':
    case 'RecoveryRaised':
    case 'FunderRepaid':
      return grant;
    default:
      event satisfies never;
      return grant;
  }
}

export const isOver = ({ status }: AwardedGrant): boolean => status === 'closed' || status === 'terminated';

function awarded(award: Award, network: string, lapsed: readonly string[]): AwardedGrant {
  const { title, scheme, area, period, funder, terms, claim, conditions, instalments } = award;
  const named = <T extends { readonly code: string }, M>(items: readonly T[], more: M) =>
    Object.fromEntries(items.map((item) => [item.code, { ...item, ...more }]));
  return {
    status: 'awarded',
    lapsed,
    network,
    title,
    scheme,
    area,
    period,
    funder,
    terms,
    ...(claim !== undefined && { claim }),
    books: emptyBooks,
    commitments: {},
    expenditures: {},
    booked: {},
    reckoned: {},
    conditions: named(conditions, { status: 'open' as const }),
    instalments: named(instalments, { status: 'planned' as const }),
    findings: {},
    finallyReported: false,
    movedAt: '',
    since: {},
  };
}

function recorded({
  data: { action, category, eligibleCents, split },
  meta,
}: Recorded<Extract<GrantEvent, { readonly type: 'ExpenditureRecorded' | 'SimplifiedCostRecorded' }>>): Expenditure {
  return {
    status: 'recorded',
    action,
    category,
    eligibleCents,
    split,
    correctedCents: 0,
    recordedBy: [meta.actor.subject, ...(meta.onBehalfOf === undefined ? [] : [meta.onBehalfOf])],
    at: meta.occurredAt,
  };
}

function withExpenditure(grant: AwardedGrant, id: string, changes: Partial<Expenditure>): AwardedGrant {
  const before = got(grant.expenditures, id);
  return before === undefined
    ? grant
    : { ...grant, expenditures: withEntry(grant.expenditures, id, { ...before, ...changes }) };
}

const withInstalment = (grant: AwardedGrant, instalment: InstalmentState): AwardedGrant => ({
  ...grant,
  instalments: { ...grant.instalments, [instalment.code]: instalment },
});

function changedInstalment(grant: AwardedGrant, code: string, changes: Partial<InstalmentState>): AwardedGrant {
  const before = grant.instalments[code];
  return before === undefined ? grant : withInstalment(grant, { ...before, ...changes });
}

function withCondition(grant: AwardedGrant, code: string, changes: Partial<ConditionState>): AwardedGrant {
  const before = grant.conditions[code];
  if (before === undefined) return grant;
  const { cureBy: _former, ...rest } = before;
  return { ...grant, conditions: { ...grant.conditions, [code]: { ...rest, ...changes } } };
}

const raisedOn = (expenditure: string | undefined): FindingState => ({
  status: 'raised',
  ...(expenditure !== undefined && { expenditure }),
});

const withFinding = (grant: AwardedGrant, id: string, status: FindingState['status']): AwardedGrant => ({
  ...grant,
  findings: { ...grant.findings, [id]: { ...grant.findings[id], status } },
});

/** What a lump sum is paid for once. */
export const lumpOf = (one: { readonly method: string; readonly action: string; readonly period: Period }): string =>
  `${one.method}/${one.action}/${one.period.from}/${one.period.until}`;

/** Whether a claim led to a booking, or can no longer lead to one. */
export type ClaimState = 'booked' | 'lapsed' | 'open';

export function claimState(grant: Grant, claim: string): ClaimState {
  if (grant.lapsed.includes(claim)) return 'lapsed';
  if (!isAwarded(grant)) return 'open';
  return grant.claim === claim || got(grant.booked, claim) !== undefined ? 'booked' : 'open';
}

/** What a booked claim on a document still comes to: it never grows after it was booked (LED-4). Cents. */
export function standingOf(grant: Grant, claim: string): number {
  if (!isAwarded(grant)) return 0;
  const expenditure = got(grant.expenditures, got(grant.booked, claim) ?? '');
  return expenditure === undefined ? 0 : expenditure.split.grantCents - expenditure.correctedCents;
}

/** What is still eligible of an expenditure: as much of it as of the grant's part stands. Cents. */
export function eligibleLeft({ eligibleCents, split: { grantCents }, correctedCents }: Expenditure): number {
  const left = { num: grantCents - correctedCents, den: grantCents };
  return grantCents === 0 ? eligibleCents : floorShare(eligibleCents, left);
}

/** What is committed to an action and not yet spent: commitments with their balance in cents. */
export const openCommitments = (
  grant: Grant,
  action: string,
): readonly { readonly commitment: string; readonly cents: number }[] =>
  isAwarded(grant)
    ? entriesOf(grant.commitments)
        .filter(([, commitment]) => commitment.action === action)
        .map(([commitment]) => ({ commitment, cents: balanceOf(grant.books, committed(commitment)) }))
        .filter(({ cents }) => cents > 0)
    : [];
