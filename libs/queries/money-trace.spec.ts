import fc from 'fast-check';
import { sum } from '#kernel';
import type { GrantEvent } from '#domain';
import { idOf, LEUVEN, on, type Fact } from '#testkit';
import { Asked } from './harness.ts';
import {
  awarded,
  D1,
  fact,
  GRANT,
  moneyOf,
  moneyStory,
  OVERHEAD,
  PILOT,
  RENT,
  RENT_BILL,
  RENT_ORDER,
  SUPPORT,
  SUPPORT_BILL,
  SUPPORT_ORDER,
  WMB,
} from './money-harness.ts';

interface Link {
  readonly from: string;
  readonly to: string;
  readonly cents: number;
  readonly count: number;
}
interface Trace {
  readonly nodes: readonly {
    readonly id: string;
    readonly kind: string;
    readonly inCents: number;
    readonly outCents: number;
    readonly balanceCents: number;
  }[];
  readonly links: readonly Link[];
  readonly notDrawn: readonly (Link & { readonly why: string })[];
  readonly shown: object;
  readonly differenceCents: number;
}

const asked = new Asked(moneyStory);
const trace = (moment = {}): Promise<Trace> => asked.ask('getMoneyTrace', { id: GRANT }, moment);
const nodeOf = ({ nodes }: Trace, id: string) => nodes.find((one) => one.id === id);
const linkOf = ({ links }: Trace, from: string, to: string) => links.find((one) => one.from === from && one.to === to);
const GENERAL = `${WMB}/general`;

/** What came in is what went on and what stays, as the flows themselves say. */
function expectConserved({ nodes, links, notDrawn, differenceCents }: Trace): void {
  const all = [...links, ...notDrawn];
  for (const { id, kind, inCents, outCents, balanceCents } of nodes) {
    const [came, went] = (['to', 'from'] as const).map((end) =>
      sum(all.map((one) => (one[end] === id ? one.cents : 0))),
    );
    expect([id, outCents, inCents]).toEqual([id, went, kind === 'award' ? 8_500_000 : came]);
    expect([id, inCents]).toEqual([id, outCents + balanceCents]);
  }
  expect(differenceCents).toBe(0);
  const known = new Set(nodes.map(({ id }) => id));
  expect(all.filter(({ from, to }) => !known.has(from) || !known.has(to))).toEqual([]);
  expect(links.every(({ cents }) => cents > 0)).toBe(true);
}

describe('the money of S1 from award to document', () => {
  it('flows by purpose, action and order to each expenditure and its document', async () => {
    const answer = await trace();
    expectConserved(answer);
    expect(linkOf(answer, GRANT, GENERAL)).toEqual(
      expect.objectContaining({ cents: 5_800_000, decisions: [D1, idOf('d2')] }),
    );
    expect(linkOf(answer, GRANT, `${PILOT}/general`)).toMatchObject({ cents: 200_000, decisions: [idOf('d2')] });
    expect(linkOf(answer, GENERAL, WMB)).toMatchObject({ cents: 5_480_000 });
    expect(linkOf(answer, WMB, RENT_ORDER)).toMatchObject({ cents: 3_000_000 });
    expect(linkOf(answer, WMB, OVERHEAD)).toMatchObject({ cents: 80_000 });
    expect(linkOf(answer, RENT_ORDER, RENT)).toMatchObject({ cents: 2_800_000 });
    expect(linkOf(answer, RENT, RENT_BILL)).toMatchObject({ cents: 2_750_000 });
    expect(linkOf(answer, SUPPORT, SUPPORT_BILL)).toMatchObject({ cents: 1_920_000 });
    expect(answer.shown).toEqual({ expenditures: 3, ofExpenditures: 3 });
    expect(answer.nodes.map(({ kind }) => kind)).not.toContain('others');
  });

  it('stays where it was not used', async () => {
    const answer = await trace();
    expect(nodeOf(answer, GRANT)).toMatchObject({ kind: 'award', inCents: 8_500_000, balanceCents: 2_500_000 });
    expect(nodeOf(answer, GENERAL)).toMatchObject({ inCents: 5_800_000, balanceCents: 400_000 + 50_000 });
    expect(nodeOf(answer, SUPPORT_ORDER)).toMatchObject({ balanceCents: 400_000 });
    expect(nodeOf(answer, OVERHEAD)).toMatchObject({ balanceCents: 80_000 });
  });

  it('what was refused or taken back is named and not netted', async () =>
    expect((await trace()).notDrawn).toEqual([
      { from: GENERAL, to: RENT, cents: -50_000, count: 1, decisions: [], why: 'corrected' },
      { from: GENERAL, to: SUPPORT, cents: -80_000, count: 1, decisions: [], why: 'refused' },
    ]));

  it('as it was known and as it held at a moment, what was registered late included', async () => {
    const [known, held] = [await trace({ asOf: '2021-04-01' }), await trace({ effectiveAt: on('2021-04-01') })];
    expectConserved(known);
    expectConserved(held);
    expect(nodeOf(known, RENT)).toBeUndefined();
    expect(nodeOf(held, RENT)).toMatchObject({ inCents: 2_800_000 });
    expect(held.notDrawn).toEqual([]);
  });

  it('is not there for another network', async () =>
    expect(await asked.ask('getMoneyTrace', { id: GRANT }, {}, { networks: [LEUVEN] })).toBeUndefined());
});

const split = (grantCents: number) => ({
  grantCents,
  ownCents: 0,
  otherGrantCents: 0,
  solidarityCents: 0,
  inKindCents: 0,
});
const general = { action: WMB, category: 'general' };
const supplier = { name: 'Bakker', enterpriseNumber: null };

const booking = (
  name: string,
  cents: number,
  on: { readonly commitment?: string; readonly action?: string },
): Fact<GrantEvent> =>
  fact<GrantEvent>('2021-03-01', {
    id: idOf(name),
    type: 'ExpenditureRecorded',
    data: {
      ...general,
      ...on,
      document: idOf(`stuk ${name}`),
      supporting: { supplier, number: name, date: '2021-03-01', grossCents: cents, sha256: 'a'.repeat(64) },
      claim: idOf(`claim ${name}`),
      period: { from: '2021-01-01', until: '2021-02-01' },
      eligibleCents: cents,
      split: split(cents),
    },
  });
const verified = (name: string, cents: number, reduced: number, action = WMB): Fact<GrantEvent> =>
  fact<GrantEvent>('2021-04-01', {
    type: 'ExpenditureVerified',
    data: {
      ...general,
      action,
      expenditure: idOf(name),
      outcome: 'partly',
      eligibleCents: cents,
      split: split(cents),
      reduced: split(reduced),
      refusals: [{ cents: reduced, reason: 'Te duur' }],
    },
  });
const order = (name: string, amountCents: number): Fact<GrantEvent> =>
  fact<GrantEvent>('2021-02-01', {
    id: idOf(name),
    type: 'Committed',
    data: { ...general, amountCents, title: name, supplier },
  });
const start: readonly Fact<GrantEvent>[] = [
  fact('2020-09-15', { type: 'GrantAwarded', data: awarded() }),
  fact('2020-09-16', { type: 'Allocated', data: { ...general, amountCents: 8_000_000 } }, { decisionRef: D1 }),
];
const traceOf = (facts: readonly Fact<GrantEvent>[]): Promise<Trace> =>
  new Asked(moneyOf([...start, ...facts])).ask('getMoneyTrace', { id: GRANT });
const each = (count: number, make: (i: number) => Fact<GrantEvent>): readonly Fact<GrantEvent>[] =>
  Array.from({ length: count }, (_, i) => make(i));

describe('more than can be shown', () => {
  it('of expenditures, the largest are shown and the rest is one node with its total', async () => {
    const answer = await traceOf([
      order('bestelling', 3_000_000),
      ...each(150, (i) => booking(`op ${i}`, 1_000 + i, { commitment: idOf('bestelling') })),
      ...each(60, (i) => booking(`los ${i}`, 500 + i, {})),
      verified('los 0', 400, 100),
      verified('op 149', 1_000, 149),
    ]);
    expectConserved(answer);
    expect(answer.shown).toEqual({ expenditures: 200, ofExpenditures: 210 });
    expect(answer.nodes.filter(({ kind }) => kind === 'expenditure')).toHaveLength(200);
    expect(linkOf(answer, WMB, 'others')).toMatchObject({
      cents: sum([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) + 5_000,
      count: 10,
    });
    expect(linkOf(answer, idOf('bestelling'), 'others')).toBeUndefined();
    expect(answer.notDrawn.map(({ why, cents }) => [why, cents])).toEqual([
      ['refused', -149],
      ['others', -100],
    ]);
    expect(nodeOf(answer, 'others')).toMatchObject({ inCents: 4_945, outCents: 0, balanceCents: 4_945 });
  });

  it('of orders, the same', async () => {
    const answer = await traceOf([
      ...each(205, (i) => order(`bestelling ${i}`, 1_000 + i)),
      booking('groot', 900, { commitment: idOf('bestelling 0') }),
      booking('klein', 10, { commitment: idOf('bestelling 204') }),
    ]);
    expectConserved(answer);
    expect(linkOf(answer, WMB, 'commitments')).toMatchObject({ cents: 5_010, count: 1 });
    expect(linkOf(answer, 'commitments', idOf('groot'))).toMatchObject({ cents: 900 });
    expect(nodeOf(answer, 'commitments')).toMatchObject({ balanceCents: 4_110 });
  });

  it('an order that was carried to another action has come from both', async () => {
    const answer = await traceOf(
      [
        order('bestelling', 1_000),
        booking('eerst', 300, { commitment: idOf('bestelling') }),
        fact<GrantEvent>('2021-03-02', {
          type: 'CommitmentCarried',
          data: { commitment: idOf('bestelling'), from: WMB, action: PILOT, category: 'general', amountCents: 700 },
        }),
        { ...booking('dan', 200, { commitment: idOf('bestelling'), action: PILOT }) },
      ].map((one, i) => ({ ...one, meta: { ...one.meta, recordedAt: on(`2021-05-${10 + i}`) } })),
    );
    expectConserved(answer);
    expect(linkOf(answer, WMB, idOf('bestelling'))).toMatchObject({ cents: 300 });
    expect(linkOf(answer, PILOT, idOf('bestelling'))).toMatchObject({ cents: 700 });
  });
});

describe('whatever was booked', () => {
  it('is a node still when all of it was refused', async () =>
    expectConserved(await traceOf([booking('0', 1, {}), verified('0', 0, 1)])));

  it('each node gives on or keeps what it gets', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ cents: fc.integer({ min: 1, max: 5_000 }), on: fc.nat(3), kept: fc.nat(5_000) }), {
          maxLength: 12,
        }),
        async (bookings) => {
          const facts = bookings.flatMap(({ cents, on: place, kept }, i) => [
            booking(`${i}`, cents, place === 0 ? {} : { commitment: idOf(`bestelling ${place}`) }),
            ...(kept <= cents && kept % 2 === 0 ? [verified(`${i}`, kept, cents - kept)] : []),
          ]);
          const orders = each(3, (i) => order(`bestelling ${i + 1}`, 70_000 + i));
          const answer = await traceOf([...orders, ...facts]);
          expectConserved(answer);
        },
      ),
      { numRuns: 10 },
    ));
});
