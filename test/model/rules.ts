import { isDeepStrictEqual } from 'node:util';
import { entriesOf, foldDocuments, sum, type Instant, type Recorded } from '#kernel';
import {
  balanceOf,
  grant as grantAggregate,
  kindOf,
  postingsOf,
  type AwardedGrant,
  type Grant,
  type GrantEvent,
} from '#domain/grant';
import { allocation, commitment, expenditure, grantCard } from '#projections';
import { asHeld } from '../../libs/queries/past.ts';
import type { Reference } from './reference.ts';
import { day, type World } from './world.ts';

/* What must hold after every event (`domain.md` §3.2), told by the events and by what is made of them. */

type Accounts = Readonly<Record<string, number>>;
export type Events = readonly Recorded<GrantEvent>[];
type Of<T extends GrantEvent['type']> = Extract<Recorded<GrantEvent>, { readonly type: T }>;

/** `expect` is for telling a difference, not for finding out many thousand times that there is none. */
export function same(rule: string, one: unknown, other: unknown): void {
  if (!isDeepStrictEqual(one, other)) expect({ [rule]: one }).toEqual({ [rule]: other });
}
function must(rule: string, holds: boolean): void {
  if (!holds) throw new Error(`${rule} is broken`);
}

const MEMO = /^(own|other-grant|solidarity|in-kind)(\/|$)/;
const AFTER_CLOSING = new Set([
  'ExpenditureCorrected',
  'BalanceReceived',
  'PartnerRepaid',
  'RecoveryRaised',
  'FunderRepaid',
  'ClaimLapsed',
]);

const some = (accounts: Accounts, keep: (account: string, cents: number) => boolean): Accounts =>
  Object.fromEntries(
    Object.entries(accounts)
      .filter(([account, cents]) => cents !== 0 && keep(account, cents))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
const all = () => true;

/** The journal replayed: the balances of all accounts, those of the memo book too. */
function replayed(events: Events): Accounts {
  const accounts: Record<string, number> = {};
  for (const event of events)
    for (const { account, cents } of postingsOf(event)) accounts[account] = (accounts[account] ?? 0) + cents;
  return accounts;
}

function byKind(accounts: Accounts): Accounts {
  const sums: Record<string, number> = {};
  for (const [account, cents] of Object.entries(accounts)) sums[kindOf(account)] = (sums[kindOf(account)] ?? 0) + cents;
  return sums;
}

const stored = ({ books }: AwardedGrant): Accounts => Object.fromEntries(entriesOf(books.accounts));

/** What a statement must say, from the accounts alone. */
function statementOf(accounts: Accounts) {
  const sums = byKind(accounts);
  const of = (kind: string) => sums[kind] ?? 0;
  return {
    awardCents: 0 - of('award'),
    unallocatedCents: of('unallocated'),
    allocatedCents: of('allocated'),
    committedCents: of('committed'),
    spentCents: of('spent'),
    acceptedCents: of('accepted'),
    correctedCents: of('corrected'),
    lapsedCents: of('lapsed'),
    receivedCents: 0 - of('funder') - of('repayable'),
    cashCents: of('received'),
    paidCents: of('paid'),
    repayableCents: of('repayable'),
    repaidCents: of('repaid'),
    ownCents: of('own'),
    otherGrantCents: of('other-grant'),
    solidarityCents: of('solidarity'),
    inKindCents: of('in-kind'),
  };
}

/** One grant, as far as its history goes. */
export class Ledger {
  events: Events = [];
  state: Grant = grantAggregate.initial;

  constructor(
    private readonly index: number,
    private readonly world: World,
    private readonly reference: Reference,
  ) {}

  /** Reads on; every rule holds at every revision. */
  async readOn(): Promise<Events> {
    const news = await this.world.events(this.index, this.events.length);
    for (const event of news) {
      const before = this.state;
      this.events = [...this.events, event];
      this.state = grantAggregate.evolve(before, event);
      checkEvent(event, before, this.state as AwardedGrant);
      checkBooks(this.events, this.state as AwardedGrant);
    }
    return news;
  }

  /** The grant as it held at that moment: an account may be below zero there (LED-2), and the sums are right. */
  checkHeld(at: Instant): void {
    const held = asHeld(this.events, at) as Events;
    if (held.length > 0) checkModels(held, replayed(held));
  }

  /** The same as the reference says, account by account. */
  checkReference(): void {
    const g = this.reference.grants[this.index]!;
    const { names } = this.world;
    const named = (account: string) =>
      account
        .split('/')
        .map((part) => names.get(part) ?? part)
        .join('/');
    const ours = Object.fromEntries(
      Object.entries(replayed(this.events)).map(([account, cents]) => [named(account), cents]),
    );
    // There, what is owed has not come out of what the funder paid.
    const owed = ours['repayable'] ?? 0;
    const theirs = some(g.books, (account) => !/^(other|rest)\//.test(account));
    same(
      'reference',
      some({ ...ours, funder: (ours['funder'] ?? 0) + owed, owed: -owed }, (account) => !MEMO.test(account)),
      theirs,
    );
    const card = foldDocuments(grantCard, this.events).values().next().value!;
    const { otherGrantCents, ownCents, solidarityCents, inKindCents } = card.totals;
    same('memo book', [otherGrantCents, ownCents + solidarityCents + inKindCents], [g.all('other/'), g.all('rest/')]);
    same('day to repay', card.recoverBy, g.due === null ? null : day(g.due));
    same('status', /closed|terminated/.test(card.status) ? 'over' : card.status, g.status);
  }
}

function checkEvent(event: Recorded<GrantEvent>, before: Grant, after: AwardedGrant): void {
  const postings = postingsOf(event);
  for (const book of ['budget', 'cash'])
    must('LED-3', sum(postings.filter((one) => one.book === book).map(({ cents }) => cents)) === 0);
  must(
    'LED-7',
    postings.every(({ book, account }) => (book === 'memo') === MEMO.test(account)),
  );
  if (before.status === 'closed' || before.status === 'terminated') must('LED-10', AFTER_CLOSING.has(event.type));
  if (event.type === 'ExpenditureRecorded' || event.type === 'SimplifiedCostRecorded') checkSplit(event, after);
  if (event.type === 'ExpenditureVerified') checkSplit(event, after);
  if (event.type === 'GrantClosed' || event.type === 'GrantTerminated') checkSettlement(event, before as AwardedGrant);
}

function checkSplit(
  { data }: Of<'ExpenditureRecorded' | 'SimplifiedCostRecorded' | 'ExpenditureVerified'>,
  { terms }: AwardedGrant,
): void {
  const { split, eligibleCents } = data;
  const { num, den } = terms.maxPublicShare;
  must('LED-4, lines', sum(Object.values(split)) === eligibleCents);
  must('LED-5', BigInt(split.grantCents + split.otherGrantCents) * BigInt(den) <= BigInt(eligibleCents) * BigInt(num));
  const parts = [...Object.values(split), ...('reduced' in data ? Object.values(data.reduced) : [])];
  must(
    'no part below zero',
    parts.every((cents) => cents >= 0),
  );
}

function checkSettlement({ data }: Of<'GrantClosed' | 'GrantTerminated'>, before: AwardedGrant): void {
  const was = statementOf(stored(before));
  const entitlementCents = Math.min(was.awardCents - was.correctedCents, was.acceptedCents);
  const balanceCents = entitlementCents - was.receivedCents + was.repaidCents;
  const { lapsedCents, recoveryCents } = data;
  same('LED-9', [data.entitlementCents, data.balanceCents], [entitlementCents, balanceCents]);
  same('LED-9, recovery', recoveryCents, Math.max(0, -balanceCents - was.repayableCents));
  same('lapsed', lapsedCents, was.unallocatedCents + was.allocatedCents + was.committedCents);
}

function checkBooks(events: Events, state: AwardedGrant): void {
  const accounts = replayed(events);
  const money = some(accounts, (account) => !MEMO.test(account));
  same('LED-12', some(stored(state), all), money);
  same('LED-12, sums', some(state.books.totals, all), some(byKind(money), all));
  same(
    'LED-2',
    some(accounts, (account, cents) => cents < 0 && account !== 'award' && account !== 'funder'),
    {},
  );
  checkModels(events, accounts);
}

const COLUMNS = [
  'allocatedCents',
  'committedCents',
  'spentCents',
  'acceptedCents',
  'correctedCents',
  'lapsedCents',
] as const;

/** LED-1, and each read model comes to what these events post. */
function checkModels(events: Events, accounts: Accounts): void {
  const statement = statementOf(accounts);
  const within = statement.unallocatedCents + sum(COLUMNS.map((column) => statement[column]));
  same('LED-1', statement.awardCents, within);
  same('grant-card', foldDocuments(grantCard, events).values().next().value!.totals, statement);

  const purposes = [...foldDocuments(allocation, events).values()];
  const neverAllocated = sum(
    events.map(({ type, data }) =>
      type === 'GrantClosed' || type === 'GrantTerminated' ? data.lapsed.unallocatedCents : 0,
    ),
  );
  for (const column of COLUMNS)
    same(
      `allocation ${column}`,
      sum(purposes.map((one) => one[column])) + (column === 'lapsedCents' ? neverAllocated : 0),
      statement[column],
    );
  for (const { event, openCents } of foldDocuments(commitment, events).values())
    same('commitment', openCents, accounts[`committed/${event}`] ?? 0);
  for (const { event, status, acceptedCents, claimedGrantCents } of foldDocuments(expenditure, events).values()) {
    same('expenditure accepted', acceptedCents, accounts[`accepted/${event}`] ?? 0);
    same('expenditure spent', status === 'recorded' ? claimedGrantCents : 0, accounts[`spent/${event}`] ?? 0);
  }
}

const WHOLE_BP = 10_000;

/** What grants share: no document is claimed above what it comes to, no day of a person above the whole. */
export function checkShared(ledgers: readonly Ledger[]): void {
  const booked = ledgers.flatMap(({ events, state }) =>
    events.flatMap(({ id, type, data }) => {
      if (type !== 'ExpenditureRecorded') return [];
      const { books } = state as AwardedGrant;
      return [{ ...data, cents: balanceOf(books, `spent/${id}`) + balanceOf(books, `accepted/${id}`) }];
    }),
  );
  for (const claims of Map.groupBy(booked, ({ document }) => document).values())
    must('LED-4', sum(claims.map(({ cents }) => cents)) <= claims[0]!.supporting.grossCents);
  const charged = booked.filter(({ staff, cents }) => staff !== undefined && cents > 0);
  for (const charges of Map.groupBy(charged, ({ staff }) => staff!.secondee).values())
    for (const { from } of charges.map(({ period }) => period)) {
      const then = charges.filter(({ period }) => period.from <= from && from <= period.until);
      must('LED-8', sum(then.map(({ staff }) => staff!.shareBp)) <= WHOLE_BP);
    }
}
