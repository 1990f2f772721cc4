import { sum } from '#kernel';
import { record, type Fact } from '#testkit';
import fc from 'fast-check';
import type { GrantEvent, Split } from './events.ts';
import {
  accepted,
  allocated,
  awarded,
  E1,
  E2,
  funderDecision,
  HOUSING,
  partly,
  purpose,
  RENT,
  rentCommitted,
  rentPaid,
  s1,
  s1Closed,
  SUPPORT,
  WARM,
  WMB,
} from './harness.ts';
import {
  accepted as acceptedOf,
  allocated as allocatedTo,
  BOOKS,
  committed,
  kindOf,
  paid,
  postingsOf,
  spent,
} from './postings.ts';

const lines = (fact: Fact<GrantEvent>) =>
  postingsOf({ id: '', ...fact }).map(({ book, account, cents }) => [book, account, cents]);
const [WMB_GENERAL, WARM_GENERAL] = [allocatedTo(purpose), allocatedTo({ action: WARM, category: 'general' })];
const fact = (type: GrantEvent['type'], data: object): Fact<GrantEvent> => ({ type, data }) as Fact<GrantEvent>;
const bankReference = '…';

describe('an event moves', () => {
  it.each<[string, Fact<GrantEvent>, (readonly [string, string, number])[]]>([
    [
      'an award',
      awarded(),
      [
        ['budget', 'award', -8_500_000],
        ['budget', 'unallocated', 8_500_000],
      ],
    ],
    [
      'a lower award',
      fact('AwardAmended', { deltaCents: -5, funderDecision }),
      [
        ['budget', 'award', 5],
        ['budget', 'unallocated', -5],
      ],
    ],
    [
      'an allocation',
      allocated,
      [
        ['budget', 'unallocated', -6_000_000],
        ['budget', WMB_GENERAL, 6_000_000],
      ],
    ],
    [
      'a transfer',
      fact('Transferred', { from: purpose, to: { action: WARM, category: 'general' }, amountCents: 5 }),
      [
        ['budget', WMB_GENERAL, -5],
        ['budget', WARM_GENERAL, 5],
      ],
    ],
    [
      'a deallocation',
      fact('Deallocated', { ...purpose, amountCents: 5 }),
      [
        ['budget', WMB_GENERAL, -5],
        ['budget', 'unallocated', 5],
      ],
    ],
    [
      'a commitment',
      rentCommitted,
      [
        ['budget', WMB_GENERAL, -3_000_000],
        ['budget', committed(RENT), 3_000_000],
      ],
    ],
    [
      'a lower commitment',
      fact('CommitmentAmended', { ...purpose, commitment: RENT, deltaCents: -5 }),
      [
        ['budget', WMB_GENERAL, 5],
        ['budget', committed(RENT), -5],
      ],
    ],
    [
      'a release',
      fact('CommitmentReleased', { ...purpose, commitment: RENT, amountCents: 5 }),
      [
        ['budget', committed(RENT), -5],
        ['budget', WMB_GENERAL, 5],
      ],
    ],
    [
      'a commitment carried: nothing',
      fact('CommitmentCarried', { ...purpose, commitment: RENT, from: WARM, amountCents: 5 }),
      [],
    ],
    [
      'an expenditure of a commitment, and what others pay',
      rentPaid,
      [
        ['budget', committed(RENT), -2_800_000],
        ['budget', spent(E1), 2_800_000],
        ['memo', `own/${E1}`, 700_000],
      ],
    ],
    [
      'an acceptance',
      accepted,
      [
        ['budget', spent(E1), -2_800_000],
        ['budget', acceptedOf(E1), 2_800_000],
      ],
    ],
    [
      'a partial acceptance: the rest goes back to the action',
      partly,
      [
        ['budget', spent(E2), -1_920_000],
        ['budget', acceptedOf(E2), 1_920_000],
        ['budget', spent(E2), -80_000],
        ['budget', WMB_GENERAL, 80_000],
        ['memo', `own/${E2}`, -20_000],
      ],
    ],
    [
      'a correction that is lost, and recovered',
      fact('ExpenditureCorrected', { ...purpose, expenditure: E1, amountCents: 5, to: 'corrected', recoveryCents: 3 }),
      [
        ['budget', acceptedOf(E1), -5],
        ['budget', 'corrected', 5],
        ['cash', 'funder', -3],
        ['cash', 'repayable', 3],
      ],
    ],
    [
      'a correction that is free again',
      fact('ExpenditureCorrected', { ...purpose, expenditure: E1, amountCents: 5, to: 'allocated', recoveryCents: 0 }),
      [
        ['budget', acceptedOf(E1), -5],
        ['budget', WMB_GENERAL, 5],
      ],
    ],
    [
      'an instalment',
      fact('InstalmentReceived', { instalment: 'a', amountCents: 5, bankReference }),
      [
        ['cash', 'funder', -5],
        ['cash', 'received', 5],
      ],
    ],
    [
      'the balance',
      fact('BalanceReceived', { amountCents: 5, bankReference }),
      [
        ['cash', 'funder', -5],
        ['cash', 'received', 5],
      ],
    ],
    [
      'a payment to a partner',
      fact('PartnerPaid', { organisation: HOUSING, amountCents: 5, bankReference }),
      [
        ['cash', 'received', -5],
        ['cash', paid(HOUSING), 5],
      ],
    ],
    [
      'what a partner pays back',
      fact('PartnerRepaid', { organisation: HOUSING, amountCents: 5, bankReference }),
      [
        ['cash', paid(HOUSING), -5],
        ['cash', 'received', 5],
      ],
    ],
    [
      'a recovery',
      fact('RecoveryRaised', { amountCents: 5, ground: '…', recoverBy: '2022-01-01' }),
      [
        ['cash', 'funder', -5],
        ['cash', 'repayable', 5],
      ],
    ],
    [
      'what is paid back to the funder',
      fact('FunderRepaid', { amountCents: 8, settledCents: 5, bankReference }),
      [
        ['cash', 'received', -8],
        ['cash', 'repaid', 8],
        ['cash', 'funder', 5],
        ['cash', 'repayable', -5],
      ],
    ],
    [
      'closing: what is left lapses',
      s1Closed,
      [
        ['budget', 'unallocated', -2_500_000],
        ['budget', 'lapsed', 2_500_000],
        ['budget', WMB_GENERAL, -680_000],
        ['budget', 'lapsed', 680_000],
        ['budget', committed(RENT), -200_000],
        ['budget', 'lapsed', 200_000],
        ['budget', committed(SUPPORT), -400_000],
        ['budget', 'lapsed', 400_000],
      ],
    ],
  ])('%s', (_what, event, moved) => expect(lines(event)).toEqual(moved));

  it('what is in kind or solidarity never through the cash book (LED-7)', () => {
    const kinds = { grantCents: 1, ownCents: 2, otherGrantCents: 3, solidarityCents: 4, inKindCents: 5 };
    const event = fact('SimplifiedCostRecorded', { ...purpose, split: kinds });
    expect(lines({ ...event, id: E1 })).toEqual([
      ['budget', WMB_GENERAL, -1],
      ['budget', spent(E1), 1],
      ['memo', `own/${E1}`, 2],
      ['memo', `other-grant/${E1}`, 3],
      ['memo', `solidarity/${E1}`, 4],
      ['memo', `in-kind/${E1}`, 5],
    ]);
  });
});

const cents = fc.nat({ max: 1e12 });
const split: fc.Arbitrary<Split> = fc.record({
  grantCents: cents,
  ownCents: cents,
  otherGrantCents: cents,
  solidarityCents: cents,
  inKindCents: cents,
});
const settlement = fc.record({
  lapsed: fc.record({
    unallocatedCents: cents,
    allocated: fc.array(cents.map((one) => ({ ...purpose, cents: one }))),
    committed: fc.array(cents.map((one) => ({ ...purpose, commitment: RENT, cents: one }))),
  }),
  recoveryCents: cents,
});
/** The data of every event that moves money, with any amounts. */
const MONEY: Partial<Record<GrantEvent['type'], fc.Arbitrary<object>>> = {
  GrantAwarded: fc.record({ amountCents: cents }),
  AwardAmended: fc.record({ deltaCents: fc.integer() }),
  Allocated: fc.record({ amountCents: cents }),
  Deallocated: fc.record({ amountCents: cents }),
  Transferred: fc.record({
    from: fc.constant(purpose),
    to: fc.constant({ action: WMB, category: 'x' }),
    amountCents: cents,
  }),
  Committed: fc.record({ amountCents: cents }),
  CommitmentAmended: fc.record({ deltaCents: fc.integer() }),
  CommitmentReleased: fc.record({ amountCents: cents }),
  ExpenditureRecorded: fc.record({ split }),
  SimplifiedCostRecorded: fc.record({ split }),
  ExpenditureVerified: fc.record({ split, reduced: split }),
  ExpenditureCorrected: fc.record({
    amountCents: cents,
    to: fc.constantFrom('corrected', 'allocated', 'lapsed'),
    recoveryCents: cents,
  }),
  InstalmentReceived: fc.record({ amountCents: cents }),
  BalanceReceived: fc.record({ amountCents: cents }),
  PartnerPaid: fc.record({ amountCents: cents }),
  PartnerRepaid: fc.record({ amountCents: cents }),
  RecoveryRaised: fc.record({ amountCents: cents }),
  FunderRepaid: fc.record({ amountCents: cents, settledCents: cents }),
  GrantClosed: settlement,
  GrantTerminated: settlement,
};

const inBook = (event: Fact<GrantEvent>, book: string): number =>
  sum(lines(event).flatMap(([of, , amount]) => (of === book ? [amount as number] : [])));

it.each(Object.entries(MONEY))('the lines of %s add up to nothing in each balanced book (LED-3)', (type, data) =>
  fc.assert(
    fc.property(data, (some) => {
      const event = fact(type as GrantEvent['type'], {
        ...purpose,
        commitment: RENT,
        expenditure: E1,
        organisation: HOUSING,
        ...some,
      });
      for (const book of BOOKS.filter((one) => one !== 'memo')) expect(inBook(event, book)).toBe(0);
      for (const [, account, amount] of lines(event)) {
        expect(kindOf(account as string)).not.toContain('/');
        expect(amount).not.toBe(0);
      }
    }),
  ),
);

it('the lines of S1 add up to nothing, event by event', () => {
  for (const event of record('grant', E1, s1.closed)) {
    const moved = postingsOf(event).filter(({ book }) => book !== 'memo');
    expect(sum(moved.map((one) => one.cents))).toBe(0);
  }
});
