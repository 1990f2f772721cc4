import { sum } from '#kernel';
import { given, record } from '#testkit';
import {
  accountsOf,
  awardOf,
  balanceOf,
  emptyBooks,
  posted,
  receivedOf,
  settlementOf,
  totalOf,
  type Books,
} from './books.ts';
import { E1, E2, GRANT, purpose, RENT, s1, SUPPORT } from './harness.ts';
import { accepted, allocated, committed, postingsOf, spent } from './postings.ts';
import { grant, isAwarded } from './state.ts';

const booksAfter = (step: keyof typeof s1): Books => {
  const { state } = given(grant, ...s1[step]);
  if (!isAwarded(state)) throw new Error('not awarded');
  return state.books;
};
const KINDS = ['unallocated', 'allocated', 'committed', 'spent', 'accepted', 'corrected', 'lapsed'];

describe('the books of S1', () => {
  it.each<[keyof typeof s1, readonly number[]]>([
    ['awarded', [8_500_000, 0, 0, 0, 0, 0, 0]],
    ['allocated', [2_500_000, 6_000_000, 0, 0, 0, 0, 0]],
    ['committed', [2_500_000, 600_000, 5_400_000, 0, 0, 0, 0]],
    ['spent', [2_500_000, 600_000, 600_000, 4_800_000, 0, 0, 0]],
    ['verified', [2_500_000, 680_000, 600_000, 0, 4_720_000, 0, 0]],
    ['closed', [0, 0, 0, 0, 4_720_000, 0, 3_780_000]],
  ])('when it is %s', (step, balances) => {
    const books = booksAfter(step);
    expect(KINDS.map((kind) => totalOf(books, kind))).toEqual(balances);
    expect(sum(balances)).toBe(awardOf(books));
  });

  it('tell the balance of each account, and keep none that is at zero', () => {
    const books = booksAfter('verified');
    expect(balanceOf(books, allocated(purpose))).toBe(680_000);
    expect(Object.fromEntries(accountsOf(books, 'committed'))).toEqual({
      [committed(RENT)]: 200_000,
      [committed(SUPPORT)]: 400_000,
    });
    expect(balanceOf(books, accepted(E1))).toBe(2_800_000);
    expect(balanceOf(books, spent(E2))).toBe(0);
    expect(accountsOf(books, 'spent')).toEqual([]);
  });

  it('come to a settlement of 4 700.00 still to be received (LED-9)', () => {
    const books = booksAfter('closed');
    expect(settlementOf(books)).toEqual({ entitlementCents: 4_720_000, balanceCents: 470_000 });
    expect(receivedOf(books)).toBe(4_250_000);
  });

  it('balance after every event, go below zero nowhere, and are what the journal replays (LED-1, LED-2, LED-12)', () => {
    const events = record('grant', GRANT, s1.closed);
    let replayed = emptyBooks;
    events.forEach((event, i) => {
      replayed = posted(replayed, postingsOf(event));
      const { state } = given(grant, ...s1.closed.slice(0, i + 1));
      if (!isAwarded(state)) throw new Error('not awarded');
      expect(state.books).toEqual(replayed);
      expect(sum(KINDS.map((kind) => totalOf(replayed, kind)))).toBe(awardOf(replayed));
      const balances = KINDS.flatMap((kind) => accountsOf(replayed, kind).map(([, cents]) => cents));
      expect(Math.min(...balances)).toBeGreaterThan(0);
    });
  });
});

describe('a settlement', () => {
  const with_ = (totals: Record<string, number>) => settlementOf({ accounts: {}, totals });

  it('is never more than the award less what was corrected', () => {
    expect(with_({ award: -100, accepted: 120, funder: -30, corrected: 10 })).toEqual({
      entitlementCents: 90,
      balanceCents: 60,
    });
    expect(with_({ award: -100, accepted: 80, funder: -30 })).toEqual({ entitlementCents: 80, balanceCents: 50 });
  });

  it('counts what was received, whatever is owed or paid back of it', () => {
    // 50 received, 20 of it claimed back, 15 of that paid back.
    expect(with_({ award: -100, accepted: 40, funder: -55, repayable: 5, repaid: 15 })).toEqual({
      entitlementCents: 40,
      balanceCents: 5,
    });
  });
});
