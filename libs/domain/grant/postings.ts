import type { GrantEvent, Purpose, Settlement, Split } from './events.ts';

export const BOOKS = ['budget', 'cash', 'memo'] as const;
type Book = (typeof BOOKS)[number];

/** One line of a book. The lines of budget and cash of one event add up to nothing (LED-3); memo lines stand alone. */
export interface Posting {
  readonly book: Book;
  /** `allocated/<action>/<category>`: its kind, and what it is of. */
  readonly account: string;
  /** Negative: it goes away. */
  readonly cents: number;
}

/** What an account is of: `allocated`. */
export const kindOf = (account: string): string => account.split('/', 1)[0]!;

export const allocated = ({ action, category }: Purpose): string => `allocated/${action}/${category}`;
export const committed = (commitment: string): string => `committed/${commitment}`;
export const spent = (expenditure: string): string => `spent/${expenditure}`;
export const accepted = (expenditure: string): string => `accepted/${expenditure}`;
export const paid = (organisation: string): string => `paid/${organisation}`;

const move = (book: Book, from: string, to: string, cents: number): readonly Posting[] =>
  cents === 0
    ? []
    : [
        { book, account: from, cents: -cents },
        { book, account: to, cents },
      ];
const budget = (from: string, to: string, cents: number) => move('budget', from, to, cents);
const cash = (from: string, to: string, cents: number) => move('cash', from, to, cents);

const MEMO = {
  ownCents: 'own',
  otherGrantCents: 'other-grant',
  solidarityCents: 'solidarity',
  inKindCents: 'in-kind',
} as const;
const memo = (expenditure: string, split: Split, sign: 1 | -1): readonly Posting[] =>
  (Object.keys(MEMO) as (keyof typeof MEMO)[]).flatMap((member) =>
    split[member] === 0
      ? []
      : [{ book: 'memo' as const, account: `${MEMO[member]}/${expenditure}`, cents: sign * split[member] }],
  );

/** What an event moves in the books of its grant (`domain.md` §3.2); told by the event alone. Amounts are cents. */
export function postingsOf({ id, type, data }: GrantEvent & { readonly id: string }): readonly Posting[] {
  switch (type) {
    case 'GrantAwarded':
      return budget('award', 'unallocated', data.amountCents);
    case 'AwardAmended':
      return budget('award', 'unallocated', data.deltaCents);
    case 'Allocated':
      return budget('unallocated', allocated(data), data.amountCents);
    case 'Deallocated':
      return budget(allocated(data), 'unallocated', data.amountCents);
    case 'Transferred':
      return budget(allocated(data.from), allocated(data.to), data.amountCents);
    case 'Committed':
      return budget(allocated(data), committed(id), data.amountCents);
    case 'CommitmentAmended':
      return budget(allocated(data), committed(data.commitment), data.deltaCents);
    case 'CommitmentReleased':
      return budget(committed(data.commitment), allocated(data), data.amountCents);
    case 'ExpenditureRecorded': {
      const source = data.commitment === undefined ? allocated(data) : committed(data.commitment);
      return [...budget(source, spent(id), data.split.grantCents), ...memo(id, data.split, 1)];
    }
    case 'SimplifiedCostRecorded':
      return [...budget(allocated(data), spent(id), data.split.grantCents), ...memo(id, data.split, 1)];
    case 'ExpenditureVerified':
      return [
        ...budget(spent(data.expenditure), accepted(data.expenditure), data.split.grantCents),
        ...budget(spent(data.expenditure), allocated(data), data.reduced.grantCents),
        ...memo(data.expenditure, data.reduced, -1),
      ];
    case 'ExpenditureCorrected': {
      const to = data.to === 'allocated' ? allocated(data) : data.to;
      return [...budget(accepted(data.expenditure), to, data.amountCents), ...owed(data.recoveryCents)];
    }
    case 'InstalmentReceived':
    case 'BalanceReceived':
      return cash('funder', 'received', data.amountCents);
    case 'PartnerPaid':
      return cash('received', paid(data.organisation), data.amountCents);
    case 'PartnerRepaid':
      return cash(paid(data.organisation), 'received', data.amountCents);
    case 'RecoveryRaised':
      return owed(data.amountCents);
    case 'FunderRepaid':
      return [...cash('received', 'repaid', data.amountCents), ...owed(-data.settledCents)];
    case 'GrantClosed':
    case 'GrantTerminated':
      return [...lapsed(data), ...owed(data.recoveryCents)];
    case 'GrantApplied':
    case 'ApplicationRefused':
    case 'CommitmentCarried':
    case 'InstalmentPlanned':
    case 'InstalmentRequested':
    case 'InstalmentWithheld':
    case 'ConditionEvidenced':
    case 'ConditionAccepted':
    case 'ConditionRejected':
    case 'ConditionAtRisk':
    case 'ConditionBreached':
    case 'ConditionWaived':
    case 'AuditFindingRaised':
    case 'AuditFindingAnswered':
    case 'AuditFindingClosed':
    case 'ReportSubmitted':
    case 'GrantSuspended':
    case 'GrantResumed':
    case 'ClaimLapsed':
      return [];
    default:
      data satisfies never;
      return [];
  }
}

/** The funder is owed it; no money has moved yet, wherever it may be. */
const owed = (cents: number): readonly Posting[] => cash('funder', 'repayable', cents);

const lapsed = ({
  lapsed: { unallocatedCents, allocated: purposes, committed: commitments },
}: Settlement): readonly Posting[] => [
  ...budget('unallocated', 'lapsed', unallocatedCents),
  ...purposes.flatMap((purpose) => budget(allocated(purpose), 'lapsed', purpose.cents)),
  ...commitments.flatMap(({ commitment, cents }) => budget(committed(commitment), 'lapsed', cents)),
];
