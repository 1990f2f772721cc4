import { floorShare, sum, uuidv5 } from '#kernel';
import { given, record } from '#testkit';
import fc from 'fast-check';
import { settlementOf, totalOf } from './books.ts';
import {
  accepted,
  closed,
  E1,
  E2,
  FINDING,
  FINANCE,
  nothingSplit,
  on,
  partly,
  purpose,
  s1,
  split,
  suspended,
  terms,
  UNKNOWN,
  VERIFIER,
  awarded,
} from './harness.ts';
import { grant, isAwarded, standingOf, type Grant } from './state.ts';
import { correct, verify } from './verify.ts';

const day = on('2021-04-15', VERIFIER, 'verifier');
const spent = given(grant, ...s1.spent);

describe('an expenditure is verified', () => {
  it('and accepted', () => spent.when(verify, { expenditure: E1, outcome: 'accept' }, day).then(event(accepted)));

  it('and accepted in part: the grant pays its share of that, rounded down', () =>
    spent
      .when(
        verify,
        {
          expenditure: E2,
          outcome: 'partly',
          eligibleCents: 2_400_000,
          refusals: [{ cents: 100_000, reason: 'Buiten de periode' }],
        },
        day,
      )
      .then(event(partly)));

  it('and rejected: all of it goes back', () =>
    spent
      .when(verify, { expenditure: E2, outcome: 'reject', refusals: [{ cents: 2_500_000, reason: 'Vals' }] }, day)
      .then({
        type: 'ExpenditureVerified',
        data: {
          ...purpose,
          expenditure: E2,
          outcome: 'reject',
          eligibleCents: 0,
          split: nothingSplit,
          reduced: split(2_000_000, 500_000),
          refusals: [{ cents: 2_500_000, reason: 'Vals' }],
        },
      }));

  it('never by who recorded it', () =>
    spent
      .when(verify, { expenditure: E1, outcome: 'accept' }, on('2021-04-15', FINANCE, 'verifier'))
      .rejects('verifier-is-recorder', { expenditure: E1 }));

  it('with a reason for each cent that is refused', () => {
    const refusing = (cents: number, outcome: 'accept' | 'partly' | 'reject' = 'partly') =>
      spent.when(
        verify,
        {
          expenditure: E2,
          outcome,
          ...(outcome === 'partly' && { eligibleCents: 2_400_000 }),
          refusals: [{ cents, reason: '…' }],
        },
        day,
      );
    refusing(99_999).rejects('refusals-mismatch', { member: 'refusals', refusedCents: 100_000, reasonedCents: 99_999 });
    refusing(100_001).rejects('refusals-mismatch');
    refusing(1, 'accept').rejects('refusals-mismatch');
    spent.when(verify, { expenditure: E2, outcome: 'reject' }, day).rejects('refusals-mismatch');
  });

  it('with an amount that fits the outcome, where one is given', () => {
    const saying = (outcome: 'accept' | 'reject', eligibleCents: number) =>
      spent.when(verify, { expenditure: E2, outcome, eligibleCents }, day);
    saying('accept', 500).rejects('eligible-differs', {
      member: 'eligibleCents',
      outcome: 'accept',
      eligibleCents: 2_500_000,
    });
    saying('accept', 2_500_000).then({
      type: 'ExpenditureVerified',
      data: {
        ...purpose,
        expenditure: E2,
        outcome: 'accept',
        eligibleCents: 2_500_000,
        split: split(2_000_000, 500_000),
        reduced: nothingSplit,
        refusals: [],
      },
    });
    saying('reject', 500).rejects('eligible-differs', { member: 'eligibleCents', outcome: 'reject', eligibleCents: 0 });
  });

  it('nor by whom it was recorded for', () => {
    const other = on('2021-04-15', UNKNOWN, 'verifier');
    const meta = { ...s1.spent.at(-1)!.meta, onBehalfOf: UNKNOWN };
    given(grant, ...s1.spent.slice(0, -1), { ...s1.spent.at(-1)!, meta })
      .when(verify, { expenditure: E2, outcome: 'accept' }, other)
      .rejects('verifier-is-recorder', { expenditure: E2 });
  });

  it('in part for less than was claimed, and for something', () => {
    const partly_ = (eligibleCents: number) =>
      spent.when(verify, { expenditure: E2, outcome: 'partly', eligibleCents }, day);
    partly_(2_500_000).rejects('eligible-over-claimed', { eligibleCents: 2_500_000, claimedCents: 2_500_000 });
    spent.when(verify, { expenditure: E2, outcome: 'partly' }, day).rejects('eligible-required');
  });

  it('once, where there is one, until the grant is closed', () => {
    given(grant, ...s1.verified)
      .when(verify, { expenditure: E1, outcome: 'accept' }, day)
      .rejects('already-verified', { expenditure: E1, status: 'accepted' });
    spent.when(verify, { expenditure: UNKNOWN, outcome: 'accept' }, day).rejects('unknown-reference');
    given(grant, ...s1.spent, suspended)
      .when(verify, { expenditure: E1, outcome: 'accept' }, day)
      .then(event(accepted));
    given(grant, ...s1.spent, closed)
      .when(verify, { expenditure: E1, outcome: 'accept' }, day)
      .rejects('grant-closed');
  });

  it('so that the parts stay the whole, none grows, and public money stays below its share (LED-5)', () => {
    const cents = fc.nat({ max: 1_000 });
    const lines = fc.record({
      grantCents: cents,
      ownCents: cents,
      otherGrantCents: cents,
      solidarityCents: cents,
      inKindCents: cents,
    });
    fc.assert(
      fc.property(lines, fc.double({ min: 0, max: 1, noNaN: true }), (claimed, part) => {
        const eligible = sum(Object.values(claimed));
        fc.pre(eligible > 1);
        const eligibleCents = Math.min(eligible - 1, Math.max(1, Math.floor(part * eligible)));
        const paid = { ...s1.spent[5]!, data: { ...s1.spent[5]!.data, eligibleCents: eligible, split: claimed } };
        const { state } = given(grant, ...s1.committed, paid as never);
        const decided = verify(
          {
            expenditure: E2,
            outcome: 'partly',
            eligibleCents,
            refusals: [{ cents: eligible - eligibleCents, reason: '…' }],
          },
          state,
          { ...day, look: undefined as never, id: '', eventId: '' },
        ) as { data: { split: typeof claimed; reduced: typeof claimed } };
        const { split: kept, reduced } = decided.data;
        expect(sum(Object.values(kept))).toBe(eligibleCents);
        for (const line of Object.keys(claimed) as (keyof typeof claimed)[]) {
          expect(kept[line]).toBeGreaterThanOrEqual(0);
          expect(reduced[line]).toBeGreaterThanOrEqual(0);
          expect(kept[line] + reduced[line]).toBe(claimed[line]);
        }
        const share = { num: eligibleCents, den: eligible };
        expect(kept.grantCents).toBe(floorShare(claimed.grantCents, share));
        const publicCents = claimed.grantCents + claimed.otherGrantCents;
        expect(kept.grantCents + kept.otherGrantCents).toBe(floorShare(publicCents, share));
      }),
    );
  });
});

describe('what was accepted is corrected', () => {
  const asked = { expenditure: E1, amountCents: 100_000, ground: 'Niet voor deze actie' };
  const corrected = {
    type: 'ExpenditureCorrected',
    data: { ...purpose, ...asked, to: 'corrected', recoveryCents: 0 },
  } as const;
  const funder = on('2022-01-10', 'x', 'funder');

  it('and is lost, or free again where the scheme says so', () => {
    given(grant, ...s1.verified)
      .when(correct, asked, funder)
      .then(corrected);
    given(grant, awarded({ terms: { ...terms, correctionsReusable: true } }), ...s1.verified.slice(1))
      .when(correct, asked, funder)
      .then({ ...corrected, data: { ...corrected.data, to: 'allocated' } });
  });

  it('to the last cent that the grant still pays, and no further', () => {
    const twice = given(grant, ...s1.verified, corrected as never);
    twice.when(correct, { ...asked, amountCents: 2_700_000 }, funder).then({
      ...corrected,
      data: { ...corrected.data, amountCents: 2_700_000 },
    });
    twice.when(correct, { ...asked, amountCents: 2_700_001 }, funder).rejects('correction-exceeded', {
      expenditure: E1,
      askedCents: 2_700_001,
      availableCents: 2_700_000,
    });
    spent.when(correct, asked, funder).rejects('correction-exceeded', {
      expenditure: E1,
      askedCents: 100_000,
      availableCents: 0,
    });
    twice.when(correct, { ...asked, expenditure: UNKNOWN }, funder).rejects('unknown-reference');
  });

  it('on a finding of this grant', () => {
    const raised = { type: 'AuditFindingRaised', id: FINDING, data: { text: '…' } } as const;
    given(grant, ...s1.verified)
      .when(correct, { ...asked, finding: FINDING }, funder)
      .rejects('unknown-reference', { member: 'finding', id: FINDING });
    given(grant, ...s1.verified, raised)
      .when(correct, { ...asked, finding: FINDING }, funder)
      .then({ ...corrected, data: { ...corrected.data, finding: FINDING } });
    const about = (expenditure: string) => ({ ...raised, data: { text: '…', expenditure } });
    given(grant, ...s1.verified, about(E2))
      .when(correct, { ...asked, finding: FINDING }, funder)
      .rejects('finding-not-about-this');
    const withdrawn = {
      type: 'AuditFindingClosed',
      data: { finding: FINDING, outcome: 'withdrawn', text: '…' },
    } as const;
    given(grant, ...s1.verified, about(E1), withdrawn)
      .when(correct, { ...asked, finding: FINDING }, funder)
      .rejects('finding-not-about-this', { finding: FINDING, status: 'withdrawn' });
  });

  it('after closing too: then what was paid too much is recovered (LED-9, LED-10)', () => {
    // Entitled to 47 200.00, 42 500.00 received: the first 4 700.00 make the balance less, the rest comes back.
    const after = given(grant, ...s1.closed);
    after.when(correct, { ...asked, amountCents: 470_000 }, on('2023-03-01')).then({
      ...corrected,
      data: { ...corrected.data, amountCents: 470_000 },
    });
    after.when(correct, { ...asked, amountCents: 470_001 }, on('2023-03-01')).then({
      ...corrected,
      data: { ...corrected.data, amountCents: 470_001, recoveryCents: 1, recoverBy: '2023-03-31' },
    });
  });

  it('after closing is recovered once, however many corrections there are', () => {
    const day1 = on('2023-03-01');
    const first = decided(given(grant, ...s1.closed).state, { ...asked, amountCents: 570_000 }, day1);
    expect(first.data.recoveryCents).toBe(100_000);
    const then = given(grant, ...s1.closed, first as never);
    const second = decided(then.state, asked, day1);
    expect(second.data.recoveryCents).toBe(100_000);
    const { state } = given(grant, ...s1.closed, first as never, second as never);
    if (!isAwarded(state)) throw new Error('not awarded');
    expect(totalOf(state.books, 'repayable')).toBe(-settlementOf(state.books).balanceCents);
  });

  it('after closing is not free again: it lapses', () => {
    const reusable = [awarded({ terms: { ...terms, correctionsReusable: true } }), ...s1.closed.slice(1)];
    given(grant, ...reusable)
      .when(correct, asked, on('2023-03-01'))
      .then({ ...corrected, data: { ...corrected.data, to: 'lapsed' } });
    given(grant).when(correct, asked, funder).rejects('invalid-state', { status: 'none' });
  });

  it('makes room on the document for no more than is taken back', () => {
    const claim = uuidv5('spec', 'claim', 'F1');
    const [before, after] = [s1.verified, [...s1.verified, corrected]].map((facts) =>
      standingOf(given(grant, ...(facts as typeof s1.verified)).state, claim),
    );
    expect([before, after]).toEqual([2_800_000, 2_700_000]);
  });
});

const event = ({ type, data }: { type: string; data: object }) => ({ type, data });

function decided(state: Grant, command: Parameters<typeof correct>[0], context: object) {
  const outcome = correct(command, state, { ...context, look: undefined, id: '', eventId: '' } as never);
  return outcome as { type: 'ExpenditureCorrected'; data: { recoveryCents: number } };
}

it('an event of an expenditure that is not there changes nothing', () => {
  const { state } = given(grant, awarded());
  const [fact] = record('grant', uuidv5('testkit', 'own', 'grant'), [accepted]);
  expect(grant.evolve(state, fact as never)).toMatchObject({ expenditures: {} });
});
