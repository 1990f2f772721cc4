import { elsewhere, given } from '#testkit';
import { document, documentId } from '../document/state.ts';
import { secondment, secondmentsOf } from '../secondment/state.ts';
import { claimOf } from './award.ts';
import type { RecordExpenditure } from './commands.ts';
import { recordExpenditure, recordSimplifiedCost } from './expenditure.ts';
import {
  accepted,
  allocated,
  awarded,
  closed,
  E1,
  E2,
  GRANT,
  home,
  invoice,
  NETWORK,
  nothingSplit,
  on,
  partly,
  purpose,
  rentCommitted,
  RENT,
  s1,
  split,
  supplier,
  suspended,
  terms,
  UNKNOWN,
  WARM,
  WMB,
  WORKED,
} from './harness.ts';
import { grant } from './state.ts';

const day = on('2021-03-31');
const eventId = 'e';
const context = { ...day, eventId };
const said: Pick<RecordExpenditure, keyof RecordExpenditure> = {
  commitment: RENT,
  document: invoice('F1', 3_500_000),
  period: WORKED,
  eligibleCents: 3_500_000,
  split: { grantCents: 2_800_000, ownCents: 700_000 },
};
const DOCUMENT = documentId(invoice('F1', 3_500_000));
const claimFor = (cents: number, lapsed: readonly string[] = []) =>
  claimOf(eventId, ['document', DOCUMENT, cents], { status: 'none', lapsed });
const claimed = (cents = 2_800_000, claim = claimFor(cents)) =>
  elsewhere(document, DOCUMENT, {
    type: 'DocumentClaimed',
    data: {
      supporting: invoice('F1', 3_500_000),
      grant: GRANT,
      network: NETWORK,
      claim,
      grantCents: cents,
      releases: [],
    },
  });
const booking = {
  ...purpose,
  commitment: RENT,
  document: DOCUMENT,
  supporting: invoice('F1', 3_500_000),
  claim: claimFor(2_800_000),
  period: WORKED,
  eligibleCents: 3_500_000,
  split: split(2_800_000, 700_000),
};
const committed = [...home(), ...s1.committed, claimed()] as const;
const record = (changes: Partial<RecordExpenditure> = {}, facts: readonly (typeof committed)[number][] = committed) =>
  given(grant, ...facts).when(recordExpenditure, { ...said, ...changes }, context);

describe('an expenditure', () => {
  it('claims its document first, over all grants (LED-4)', () =>
    given(grant, ...home(), ...s1.committed)
      .when(recordExpenditure, said, context)
      .thenFirst(
        {
          command: 'ClaimDocument',
          body: {
            document: invoice('F1', 3_500_000),
            grant: GRANT,
            network: NETWORK,
            claim: claimFor(2_800_000),
            grantCents: 2_800_000,
          },
          key: claimFor(2_800_000),
        },
        { type: 'ExpenditureRecorded', data: booking },
      ));

  it('and then books the claim', () => record().then({ type: 'ExpenditureRecorded', data: booking }));

  it('claims anew what was lapsed, or what is not what was claimed', () => {
    const lapsed = { type: 'ClaimLapsed', data: { claim: claimFor(2_800_000) } } as const;
    const anew = claimFor(2_800_000, [claimFor(2_800_000)]);
    record({}, [...committed, lapsed]).thenFirst({ command: 'ClaimDocument', key: anew });
    // The same key after a crash, with another amount.
    record({ split: { grantCents: 2_700_000, ownCents: 800_000 } }).thenFirst({
      command: 'ClaimDocument',
      key: claimFor(2_700_000),
    });
  });

  it('comes from what the action has, where no commitment is named', () => {
    const { commitment: _none, ...rest } = booking;
    const from = { commitment: undefined, action: WMB, eligibleCents: 750_000, split: undefined } as never;
    const cents = 600_000;
    record(from, [...home(), ...s1.committed, claimed(cents)]).then({
      type: 'ExpenditureRecorded',
      data: { ...rest, claim: claimFor(cents), eligibleCents: 750_000, split: split(cents, 150_000) },
    });
    record(Object.assign({}, from, { eligibleCents: 750_002 })).rejects('insufficient-allocation', {
      ...purpose,
      askedCents: 600_001,
      availableCents: 600_000,
    });
    record({ commitment: undefined } as never).rejects('source-required');
    record({ commitment: undefined, action: UNKNOWN } as never).rejects('unknown-reference');
    record({ action: WARM }).rejects('unknown-reference', { member: 'action', id: WARM });
    record({ action: WMB }).then({ type: 'ExpenditureRecorded', data: booking });
  });

  it('takes no more than is committed', () => {
    const wide = { document: invoice('F1', 5_000_000), eligibleCents: 5_000_000 };
    record({ ...wide, split: { grantCents: 3_000_001, ownCents: 1_999_999 } }).rejects('commitment-exceeded', {
      commitment: RENT,
      askedCents: 3_000_001,
      availableCents: 3_000_000,
    });
    record({ ...wide, split: { grantCents: 3_000_000, ownCents: 2_000_000 } }).thenFirst({ command: 'ClaimDocument' });
    record({ commitment: UNKNOWN }).rejects('unknown-reference', { member: 'commitment', id: UNKNOWN });
  });

  it('has lines that add up to what is eligible (LED-4)', () => {
    record({ split: { grantCents: 2_800_000, ownCents: 699_999 } }).rejects('split-mismatch', {
      member: 'split',
      splitCents: 3_499_999,
      eligibleCents: 3_500_000,
    });
    record({ split: { grantCents: 2_800_000, ownCents: 700_001 } }).rejects('split-mismatch');
  });

  it('takes no more public money than the share of the scheme, rounded down (LED-5)', () => {
    record({ split: { grantCents: 2_800_001, ownCents: 699_999 } }).rejects('rate-exceeded', {
      member: 'split',
      publicCents: 2_800_001,
      mostCents: 2_800_000,
    });
    record({ split: { grantCents: 2_000_000, otherGrantCents: 800_001, ownCents: 699_999 } }).rejects('rate-exceeded');
    record({ split: { grantCents: 2_000_000, otherGrantCents: 800_000, ownCents: 700_000 } }).thenFirst({
      command: 'ClaimDocument',
    });
    // 4/5 of 3 cents is 2.4 cents.
    record({ eligibleCents: 3, split: { grantCents: 3 } }).rejects('rate-exceeded');
    record({ eligibleCents: 3, split: undefined } as never).thenFirst(
      {},
      {
        type: 'ExpenditureRecorded',
        data: { ...booking, claim: claimFor(2), eligibleCents: 3, split: split(2, 1) },
      },
    );
  });

  it('is of no more than its document', () => {
    record({ eligibleCents: 3_500_001 }).rejects('eligible-over-gross', {
      eligibleCents: 3_500_001,
      grossCents: 3_500_000,
    });
  });

  it('of a document that was booked in part takes the rest of it, so that no part bears more than its rate', () => {
    const rest = { ...said, eligibleCents: 500_000, split: { grantCents: 400_000, ownCents: 100_000 } };
    const part = {
      type: 'ExpenditureRecorded',
      data: { ...booking, eligibleCents: 3_000_000, split: split(2_400_000, 600_000) },
    };
    const booked = [...committed, { ...part, id: E1 }] as unknown as typeof committed;
    record(rest, booked).thenFirst({ command: 'ClaimDocument', body: { grantCents: 400_000 } });
    record({ ...rest, eligibleCents: 500_001, split: { grantCents: 400_000, ownCents: 100_001 } }, booked).rejects(
      'double-funding',
      { document: DOCUMENT, askedCents: 500_001, availableCents: 500_000 },
    );
    // What was taken back may be booked anew.
    const mistyped = {
      type: 'ExpenditureVerified',
      data: { ...accepted.data, eligibleCents: 3_000_000, split: split(2_400_000, 600_000) },
    };
    const taken = {
      type: 'ExpenditureCorrected',
      data: { ...purpose, expenditure: E1, amountCents: 2_400_000, to: 'allocated', ground: '…', recoveryCents: 0 },
    };
    const { commitment: _rent, ...direct } = booking;
    record({ commitment: undefined, action: WMB } as never, [...booked, mistyped, taken] as never).then({
      type: 'ExpenditureRecorded',
      data: direct,
    });
  });

  it('says how it values what is not money', () => {
    const kind = { split: { grantCents: 2_800_000, inKindCents: 400_000, solidarityCents: 300_000 } };
    record(kind).rejects('valuation-required', { member: 'valuation' });
    record({ ...kind, valuation: '40 uren aan 100 euro' }).then({
      type: 'ExpenditureRecorded',
      data: {
        ...booking,
        split: { ...nothingSplit, grantCents: 2_800_000, inKindCents: 400_000, solidarityCents: 300_000 },
        valuation: '40 uren aan 100 euro',
      },
    });
  });

  it.each<[string, { from: string; until: string }, boolean]>([
    ['from the day on which the action started', { from: '2020-10-01', until: '2020-10-01' }, true],
    ['before it started', { from: '2020-09-30', until: '2020-10-01' }, false],
    ['until the last day of the grant', { from: '2022-12-31', until: '2022-12-31' }, true],
    ['after that', { from: '2022-12-31', until: '2023-01-01' }, false],
    ['before the grant', { from: '2020-08-31', until: '2020-12-31' }, false],
  ])('counts %s: %s (LED-6)', (_when, period, may) => {
    if (may) record({ period }).then({ type: 'ExpenditureRecorded', data: { ...booking, period } });
    else record({ period }).rejects('outside-period');
  });

  it('counts until the action closed; not where it has not started; not backwards', () => {
    const closedAction = [...home('closed'), ...s1.committed, claimed()];
    record({ period: { from: '2022-01-01', until: '2022-12-31' } }, closedAction).then({
      type: 'ExpenditureRecorded',
      data: { ...booking, period: { from: '2022-01-01', until: '2022-12-31' } },
    });
    const longer = awarded({ period: { from: '2020-09-01', until: '2023-12-31' } });
    record({ period: { from: '2022-01-01', until: '2023-01-01' } }, [
      ...home('closed'),
      longer,
      ...s1.committed.slice(1),
    ]).rejects('outside-period', {
      asked: { from: '2022-01-01', until: '2023-01-01' },
      from: '2020-10-01',
      until: '2022-12-31',
    });
    record({}, [...home('approved'), ...s1.committed]).rejects('outside-period', {
      asked: WORKED,
      from: null,
      until: null,
    });
    record({ period: { from: '2021-02-01', until: '2021-01-31' } }).rejects('period-reversed');
    // What was worked before is paid, though the action stands still since; not what was worked meanwhile.
    const before = { from: '2020-10-01', until: '2020-11-01' };
    record({ period: before }, [...home('suspended'), ...s1.committed]).thenFirst({ command: 'ClaimDocument' });
    record({}, [...home('suspended'), ...s1.committed]).rejects('outside-period', { asked: WORKED, ...before });
  });

  it('is of a category that the scheme takes, has a supplier with a right number, and a grant that runs', () => {
    record({}, [...home(), awarded({ terms: { ...terms, categories: ['staff'] } }), allocated, rentCommitted]).rejects(
      'category-not-eligible',
    );
    record({ document: { ...invoice('F1', 1), supplier: { ...supplier, enterpriseNumber: '1' } } }).rejects(
      'invalid-enterprise-number',
    );
    record({}, [...committed, suspended]).rejects('invalid-state', { status: 'suspended' });
    record({}, [...committed, closed]).rejects('grant-closed', { status: 'closed' });
  });

  it('claims the time of a seconded person first, then the document, then books both (LED-8)', () => {
    const staff = { secondee: UNKNOWN, shareBp: 8_000 };
    const claim = claimOf(eventId, ['staff', UNKNOWN, WORKED.from, WORKED.until, 8_000], {
      status: 'none',
      lapsed: [],
    });
    const body = { ...staff, claim, network: NETWORK, grant: GRANT, ...WORKED };
    const charged = elsewhere(secondment, secondmentsOf(UNKNOWN), {
      type: 'StaffCostCharged',
      data: { ...staff, claim, grant: GRANT, ...WORKED },
    });
    record({ staff }).thenFirst({ command: 'ChargeStaffCost', body, key: claim });
    record({ staff }, [...home(), ...s1.committed, charged]).thenFirst({ command: 'ClaimDocument' });
    record({ staff }, [...committed, charged]).then({
      type: 'ExpenditureRecorded',
      data: { ...booking, staff: { ...staff, claim } },
    });
  });
});

describe('a simplified cost', () => {
  const asked = { action: WMB, method: 'overhead', base: [E1, E2], period: WORKED };
  const verified = [...home(), ...s1.verified];
  const reckon = (changes: object = {}, facts: readonly (typeof verified)[number][] = verified) =>
    given(grant, ...facts).when(recordSimplifiedCost, { ...asked, ...changes }, day);
  // 7 % of 35 000.00 + 24 000.00.
  const event = {
    type: 'SimplifiedCostRecorded',
    data: {
      ...purpose,
      method: 'overhead',
      base: [E1, E2],
      baseCents: 5_900_000,
      quantity: 0,
      period: WORKED,
      eligibleCents: 413_000,
      split: split(330_400, 82_600),
    },
  } as const;

  it('at a flat rate is reckoned once, on what was accepted in all, half a cent up (LED-11)', () => {
    reckon().then(event);
    const odd = (cents: number) => ({ ...accepted, data: { ...accepted.data, eligibleCents: cents } }) as never;
    // 7 % of 50 cents is 3.5 cents.
    reckon({ base: [E1] }, [...home(), ...s1.spent, odd(50)]).then({
      ...event,
      data: { ...event.data, base: [E1], baseCents: 50, eligibleCents: 4, split: split(3, 1) },
    });
  });

  it('at a flat rate is rounded as the scheme says', () => {
    const down = { ...terms, flatRateRounding: 'down' as const };
    const odd = { ...accepted, data: { ...accepted.data, eligibleCents: 50 } } as never;
    const [first, ...rest] = s1.spent;
    expect(first).toMatchObject({ type: 'GrantAwarded' });
    reckon({ base: [E1] }, [...home(), awarded({ terms: down }), ...rest, odd]).then({
      ...event,
      data: { ...event.data, base: [E1], baseCents: 50, eligibleCents: 3, split: split(2, 1) },
    });
  });

  it('rests on what is still eligible: of what the grant paid, a half taken back is a half of the base', () => {
    const half = {
      type: 'ExpenditureCorrected',
      data: { ...purpose, expenditure: E1, amountCents: 1_400_000, to: 'corrected', ground: '…', recoveryCents: 0 },
    } as never;
    reckon({ base: [E1] }, [...verified, half]).then({
      ...event,
      data: { ...event.data, base: [E1], baseCents: 1_750_000, eligibleCents: 122_500, split: split(98_000, 24_500) },
    });
  });

  it('is a lump sum once for an action and a period', () => {
    const lump = { method: 'start', base: undefined };
    const data = { ...event.data, method: 'start', base: [], baseCents: 0, eligibleCents: 500_000 };
    const paid = { ...event, data: { ...data, split: split(400_000, 100_000) } };
    reckon(lump, [...verified, paid]).rejects('lump-sum-used', { method: 'start', action: WMB });
    // For another period there would have to be money.
    reckon({ ...lump, period: { ...WORKED, until: '2021-03-30' } }, [...verified, paid]).rejects(
      'insufficient-allocation',
    );
  });

  it('rests on expenditures that were accepted, once each', () => {
    reckon({ base: [UNKNOWN] }).rejects('unknown-reference', { member: 'base', id: UNKNOWN });
    reckon({}, [...home(), ...s1.spent, accepted]).rejects('not-verified', { expenditure: E2, status: 'recorded' });
    const rejected = { ...partly, data: { ...partly.data, outcome: 'reject' } } as never;
    reckon({}, [...home(), ...s1.spent, accepted, rejected]).rejects('not-verified', {
      expenditure: E2,
      status: 'rejected',
    });
    reckon({}, [...verified, event]).rejects('base-used', { method: 'overhead', expenditure: E1 });
  });

  it('of a unit is so many times its amount; a lump sum is what it is', () => {
    const data = { ...event.data, base: [], baseCents: 0 };
    reckon({ method: 'dag', base: undefined, quantity: 3 }).then({
      ...event,
      data: { ...data, method: 'dag', quantity: 3, eligibleCents: 37_035, split: split(29_628, 7_407) },
    });
    reckon({ method: 'start', base: undefined }).then({
      ...event,
      data: { ...data, method: 'start', eligibleCents: 500_000, split: split(400_000, 100_000) },
    });
  });

  it.each<[string, object, string]>([
    ['a method of the scheme', { method: 'x' }, 'unknown-method'],
    ['a base for a flat rate', { base: undefined }, 'base-unclear'],
    ['no number of units for a flat rate', { quantity: 1 }, 'base-unclear'],
    ['a number of units for a unit cost', { method: 'dag', base: undefined }, 'base-unclear'],
    ['no base for a unit cost', { method: 'dag', quantity: 1 }, 'base-unclear'],
    ['nothing for a lump sum', { method: 'start', base: undefined, quantity: 1 }, 'base-unclear'],
    ['a period that runs forwards', { period: { from: '2021-02-01', until: '2021-01-31' } }, 'period-reversed'],
    ['a period of the grant', { period: { from: '2021-01-01', until: '2023-01-01' } }, 'outside-period'],
    ['money of the action', { category: 'staff' }, 'insufficient-allocation'],
    ['an action of the network', { action: UNKNOWN }, 'unknown-reference'],
  ])('needs %s', (_what, wrong, code) => reckon(wrong).rejects(code as 'base-unclear'));

  it('comes to something, and to something that can be counted', () => {
    const one = { ...accepted, data: { ...accepted.data, eligibleCents: 1 } } as never;
    reckon({ base: [E1] }, [...home(), ...s1.spent, one]).rejects('base-unclear');
    const dear = { ...terms, simplifiedCosts: [{ code: 'dag', method: 'unit-cost', amountCents: 1e12, basis: '…' }] };
    reckon({ method: 'dag', base: undefined, quantity: 1_000_000 }, [
      ...home(),
      awarded({ terms: dear } as never),
    ]).rejects('base-unclear');
  });

  it('is recorded while the grant runs, in a category that it takes', () => {
    reckon({}, [...verified, suspended]).rejects('invalid-state');
    reckon({}, [...verified, closed]).rejects('grant-closed');
    reckon({ method: 'start', base: undefined }, [
      ...home(),
      awarded({ terms: { ...terms, categories: ['staff'] } }),
    ]).rejects('category-not-eligible');
  });
});
