import { entriesOf, got, withEntry, withoutEntry, type Table } from '#kernel';
import { kindOf, type Posting } from './postings.ts';

/** The balances of a grant's budget and cash book, in cents. Accounts at zero are not kept. */
export interface Books {
  readonly accounts: Table<number>;
  /** The balances of all accounts of a kind. */
  readonly totals: Readonly<Record<string, number>>;
}

export const emptyBooks: Books = { accounts: {}, totals: {} };

export const posted = (books: Books, postings: readonly Posting[]): Books =>
  postings.reduce<Books>((before, { book, account, cents }) => {
    if (book === 'memo') return before;
    const kind = kindOf(account);
    const balance = balanceOf(before, account) + cents;
    return {
      accounts: balance === 0 ? withoutEntry(before.accounts, account) : withEntry(before.accounts, account, balance),
      totals: { ...before.totals, [kind]: totalOf(before, kind) + cents },
    };
  }, books);

export const balanceOf = ({ accounts }: Books, account: string): number => got(accounts, account) ?? 0;
export const totalOf = ({ totals }: Books, kind: string): number => totals[kind] ?? 0;

/** The accounts of a kind that are not at zero. */
export const accountsOf = ({ accounts }: Books, kind: string): readonly (readonly [account: string, cents: number])[] =>
  entriesOf(accounts).filter(([account]) => kindOf(account) === kind);

/** AWARD and FUNDER are sources: what came out of them. */
export const awardOf = (books: Books): number => -totalOf(books, 'award');
/** All that ever came in, whatever became of it. */
export const receivedOf = (books: Books): number => -totalOf(books, 'funder') - totalOf(books, 'repayable');

/** LED-9: what the network is entitled to, and what it still gets (or, below zero, owes). */
export function settlementOf(books: Books): { readonly entitlementCents: number; readonly balanceCents: number } {
  const entitlementCents = Math.min(awardOf(books) - totalOf(books, 'corrected'), totalOf(books, 'accepted'));
  return { entitlementCents, balanceCents: entitlementCents - receivedOf(books) + totalOf(books, 'repaid') };
}
