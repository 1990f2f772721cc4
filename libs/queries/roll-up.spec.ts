import {
  measurementId,
  reaches,
  rollUp,
  valueText,
  type Aggregation,
  type IndicatorEvent,
  type MeasurementEvent,
  type NetworkEvent,
  type Own,
  type Tree,
} from '#domain';
import { at, idOf, indicatorDefined, log, measuredOf, on, stream, type Fact } from '#testkit';
import { addDays } from '#kernel';
import fc from 'fast-check';
import { Asked } from './harness.ts';

const own = (numerator: number, more: Partial<Own> = {}): Own => ({
  action: null,
  numerator,
  upTo: null,
  denominator: null,
  quality: 'measured',
  ...more,
});
const TREE: Tree = {
  id: 'top',
  below: [
    { id: 'left', below: [] },
    { id: 'right', below: [{ id: 'leaf', below: [] }] },
  ],
};
const rolled = (aggregation: Aggregation, measured: Readonly<Record<string, readonly Own[]>>) =>
  rollUp(TREE, new Map(Object.entries(measured)), aggregation);

describe('what a network comes to', () => {
  it('is what it measured itself, whatever its parts say', () =>
    expect(rolled('sum', { top: [own(5), own(3, { action: 'a' })], left: [own(9)] })).toMatchObject({
      value: { numerator: 5 },
      own: { numerator: 5 },
      actions: [{ action: 'a' }],
      below: [{ value: { numerator: 9 } }, { value: null }],
    }));

  it('else the sum of its actions and of the networks directly below', () =>
    expect(
      rolled('sum', { top: [own(1, { action: 'a' }), own(2, { action: 'b' })], left: [own(4)], leaf: [own(8)] }),
    ).toMatchObject({
      value: { numerator: 15, upTo: null, denominator: null },
      own: null,
      below: [{ value: { numerator: 4 } }, { value: { numerator: 8 }, own: null }],
    }));

  it('is nothing where nothing was measured', () => expect(rolled('sum', {}).value).toBeNull());

  it('of ratios is the ratio of sums', () =>
    expect(
      rolled('ratio-of-sums', { left: [own(1, { denominator: 2 })], right: [own(1, { denominator: 100 })] }).value,
    ).toMatchObject({ numerator: 2, denominator: 102 }));

  it('of distinct people is a range from the most in one part to the sum (IND-4)', () => {
    expect(rolled('distinct-none', { left: [own(10)], right: [own(7)], leaf: [own(90)] }).value).toMatchObject({
      numerator: 10,
      upTo: 17,
    });
    expect(rolled('distinct-none', { left: [own(10)] }).value).toMatchObject({ numerator: 10, upTo: null });
  });

  it('of ranges is a range (IND-7)', () =>
    expect(rolled('sum', { left: [own(10, { upTo: 15 })], right: [own(7)] }).value).toMatchObject({
      numerator: 17,
      upTo: 22,
    }));

  it('is as sure as its least sure part', () => {
    const of = (quality: Own['quality']) =>
      rolled('sum', { left: [own(1)], right: [own(1, { quality })] }).value!.quality;
    expect([of('measured'), of('estimated'), of('provisional')]).toEqual(['measured', 'estimated', 'provisional']);
  });
});

describe('a value is shown', () => {
  const text = (
    unit: Parameters<typeof valueText>[0],
    numerator: number,
    denominator: number | null,
    upTo: number | null = null,
  ) => valueText(unit, { numerator, denominator, upTo });

  it('as a percentage or a ratio with two decimals, half-up', () => {
    expect(text('percent', 17, 22)).toBe('77.27');
    expect(text('percent', 12, 17)).toBe('70.59');
    expect(text('percent', 551, 604)).toBe('91.23');
    expect(text('percent', 1, 1)).toBe('100.00');
    expect(text('percent', 0, 7)).toBe('0.00');
    expect(text('percent', 1, 20_000)).toBe('0.01');
    expect(text('percent', 1, 20_001)).toBe('0.00');
    expect(text('days', 3_010, 170)).toBe('17.71');
    expect(text('currency', 650_000, 3_906)).toBe('166.41');
  });

  it('as a whole number where it is no ratio, as two where it is a range', () => {
    expect(text('count', 604, null)).toBe('604');
    expect(text('count', 10, null, 17)).toBe('10–17');
    expect(text('percent', 15, 100, 30)).toBe('15.00–30.00');
  });

  it('never farther than half a hundredth from what it is', () =>
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 1_000_000 }), (numerator, denominator) => {
        const hundredths = BigInt(text('percent', numerator, denominator).replace('.', ''));
        const twice = 2n * (hundredths * BigInt(denominator) - 10_000n * BigInt(numerator));
        expect(-BigInt(denominator) < twice && twice <= BigInt(denominator)).toBe(true);
      }),
    ));
});

it('a range reaches a target where both its ends do', () => {
  const ranged = { numerator: 10, upTo: 17, denominator: null, quality: 'measured' } as const;
  const asked = (numerator: number, ascending = true) => reaches(ranged, { numerator, denominator: null }, ascending);
  expect([asked(10), asked(11), asked(17), asked(18)]).toEqual([true, null, null, false]);
  expect([asked(17, false), asked(16, false), asked(9, false)]).toEqual([true, null, false]);
});

/* The roll-up as it is asked, against a recomputation from single measurements. */

const PERIODS = [2020, 2021].map((y) => ({ from: `${y}-01-01`, until: `${y}-12-31` }));
const INDICATOR = idOf('gemeten');
const network = (i: number): string => idOf(`netwerk ${i}`);

interface Told {
  readonly network: number;
  readonly action: number | null;
  readonly period: number;
  readonly version: number;
  readonly numerator: number;
  readonly denominator: number;
  /** Days since the one told before, and from when it held until it was told. */
  readonly later: number;
  readonly late: number;
}
interface World {
  readonly parents: readonly (number | null)[];
  readonly told: readonly Told[];
}
const world: fc.Arbitrary<World> = fc.integer({ min: 1, max: 6 }).chain((size) =>
  fc.record({
    // The first is above all others.
    parents: fc.tuple(...Array.from({ length: size }, (_, i) => (i === 0 ? fc.constant(null) : fc.nat(i - 1)))),
    told: fc.array(
      fc.record({
        network: fc.nat(size - 1),
        action: fc.option(fc.nat(1)),
        period: fc.nat(1),
        version: fc.constantFrom(1, 1, 2),
        numerator: fc.nat(50),
        denominator: fc.integer({ min: 50, max: 99 }),
        later: fc.nat(3),
        late: fc.nat(5),
      }),
      { maxLength: 14 },
    ),
  }),
);

interface Dated extends Told {
  readonly id: string;
  readonly recordedAt: string;
  readonly occurredAt: string;
}

/** With dates, later ones told later; nothing takes the place of what happened after it. */
function dated(told: readonly Told[]): readonly Dated[] {
  const all: Dated[] = [];
  let day = '2022-02-01';
  for (const [i, one] of told.entries()) {
    day = addDays(day, one.later);
    const happened = on(addDays(day, -one.late));
    const former = all.findLast((other) => scopeOf(other) === scopeOf(one))?.occurredAt ?? happened;
    all.push({
      ...one,
      id: idOf(`meting ${i}`),
      recordedAt: on(day),
      occurredAt: former > happened ? former : happened,
    });
  }
  return all;
}
const scopeOf = (one: Told): string => `${one.network} ${one.action}`;
const keyOf = (one: Told): string => `${scopeOf(one)} ${one.period}`;

function eventsOf({ parents, told }: World, aggregation: Aggregation) {
  const isRatio = aggregation === 'ratio-of-sums';
  const unit = isRatio ? 'percent' : 'count';
  const meta = (i: number) => ({ ...at(on('2018-01-01')), network: network(i) });
  const { code: _code, ...definition } = (
    indicatorDefined({ unit, aggregation, dimensions: [] }) as Extract<IndicatorEvent, { type: 'IndicatorDefined' }>
  ).data;
  const all = dated(told);
  const measured = [...Map.groupBy(all, scopeOf).values()].map((scope) => {
    const { network: home, action } = scope[0]!;
    const id = action === null ? network(home) : idOf(`actie ${home} ${action}`);
    const facts = scope.map((one, i): Fact<MeasurementEvent> => {
      const former = scope.slice(0, i).findLast((other) => other.period === one.period);
      const data = {
        ...measuredOf(
          INDICATOR,
          { kind: action === null ? 'network' : 'action', id },
          PERIODS[one.period]!,
          one.numerator,
          isRatio ? one.denominator : null,
        ),
        definitionVersion: one.version,
      };
      const said = { id: one.id, meta: { ...at(one.occurredAt, one.recordedAt), network: network(home) } };
      return former === undefined
        ? { ...said, type: 'MeasurementRecorded', data }
        : { ...said, type: 'MeasurementSuperseded', data: { ...data, supersedes: former.id } };
    });
    return stream('measurement', measurementId(INDICATOR, network(home), action === null ? undefined : id), ...facts);
  });
  return log(
    ...parents.map((parent, i) =>
      stream<NetworkEvent>('network', network(i), {
        type: 'NetworkFounded',
        data: { kind: 'movement', name: `${i}`, regions: [], parent: parent === null ? null : network(parent) },
        meta: meta(i),
      }),
    ),
    stream<IndicatorEvent>('indicator', INDICATOR, indicatorDefined({ unit, aggregation, dimensions: [] }, meta(0)), {
      type: 'DefinitionVersioned',
      data: { ...definition, version: 2, validFrom: '2021-01-01' },
      meta: meta(0),
    }),
    ...measured,
  );
}

/** All single values of which a network is made: its own, or those of its actions and of all below it. */
function leavesOf(of: number, values: readonly Dated[], parents: World['parents']): readonly Dated[] {
  const here = values.filter((one) => one.network === of);
  const itself = here.filter(({ action }) => action === null);
  if (itself.length > 0) return itself;
  return [...here, ...parents.flatMap((parent, i) => (parent === of ? leavesOf(i, values, parents) : []))];
}

function recomputed(of: number, known: readonly Dated[], parents: World['parents'], aggregation: Aggregation) {
  const current = [...new Map(known.map((one) => [keyOf(one), one])).values()];
  return PERIODS.flatMap((period, p) =>
    [1, 2].flatMap((version) => {
      const leaves = leavesOf(
        of,
        current.filter((one) => one.period === p && one.version === version),
        parents,
      );
      if (leaves.length === 0) return [];
      const sum = (member: 'numerator' | 'denominator') => leaves.reduce((total, one) => total + one[member], 0);
      const most = Math.max(...leaves.map(({ numerator }) => numerator));
      const numerator = aggregation === 'distinct-none' ? most : sum('numerator');
      return {
        period,
        version,
        value: {
          numerator,
          upTo: aggregation === 'distinct-none' && sum('numerator') > most ? sum('numerator') : null,
          denominator: aggregation === 'ratio-of-sums' ? sum('denominator') : null,
        },
      };
    }),
  );
}

interface Answer {
  readonly periods: readonly {
    readonly period: object;
    readonly definitionVersion: number;
    readonly value: { readonly text: string } | null;
  }[];
}

it.each(['sum', 'last', 'ratio-of-sums', 'distinct-none'] as const)(
  'by %s, any network of networks comes to what its single measurements do, on both clocks',
  (aggregation) =>
    fc.assert(
      fc.asyncProperty(world, fc.nat(40), async (made, days) => {
        const asked = new Asked(eventsOf(made, aggregation));
        const told = dated(made.told);
        const moment = on(addDays('2022-01-28', days));
        const clocks = [
          [{}, told],
          [{ asOf: moment }, told.filter(({ recordedAt }) => recordedAt <= moment)],
          [
            { effectiveAt: moment },
            told
              .filter(({ occurredAt }) => occurredAt <= moment)
              .toSorted((a, b) => Number(a.occurredAt > b.occurredAt) - Number(a.occurredAt < b.occurredAt)),
          ],
        ] as const;
        for (const [when, known] of clocks)
          for (const [i] of made.parents.entries()) {
            const params = { id: INDICATOR, network: network(i), from: '2000-01-01' };
            const { periods }: Answer = await asked.ask('getIndicatorRollUp', params, when, { networks: [network(i)] });
            const { points }: { readonly points: Answer['periods'] } = await asked.ask(
              'getIndicatorSeries',
              params,
              when,
              { networks: [network(i)] },
            );
            const expected = recomputed(i, known, made.parents, aggregation);
            for (const answer of [periods, points.filter(({ value }) => value !== null)])
              expect(
                answer.map(({ period, definitionVersion: version, value }) => {
                  const { text: _text, ...numbers } = value!;
                  return { period, version, value: numbers };
                }),
              ).toEqual(expected);
          }
      }),
      { numRuns: 20 },
    ),
);
