import { dayStart, fold, isRejected, nothing, plusDays, uuidv5 } from '#kernel';
import {
  actionProposed,
  elsewhere,
  given,
  idOf,
  indicatorDefined,
  LIES,
  measuredOf,
  NETWORK,
  record as recorded,
  type Fact,
} from '#testkit';
import fc from 'fast-check';
import { action } from '../action/state.ts';
import type { ActionEvent } from '../action/events.ts';
import { indicator } from '../indicator/state.ts';
import type { IndicatorEvent } from '../indicator/events.ts';
import { network } from '../network/state.ts';
import { person } from '../person/state.ts';
import type { RecordMeasurement } from './commands.ts';
import { lastChange, record } from './decide.ts';
import type { Measured, MeasurementEvent } from './events.ts';
import { measurementCommands } from './index.ts';
import { measurement, measurementId, valueKnown } from './state.ts';

const [IND, WMB, CHILD, STRANGER] = [idOf('stabiel'), idOf('wmb'), idOf('kind'), idOf('vreemd')];
const year = { from: '2020-01-01', until: '2020-12-31' };
const now = '2021-06-01T10:00:00.000Z';
const office = { now, occurredAt: now };
const lead = { ...office, actor: { subject: LIES, role: 'lead' } };

const founded = (id: string, parent: string | null, ...more: readonly { type: 'NetworkEnded'; data: object }[]) =>
  elsewhere(
    network,
    id,
    { type: 'NetworkFounded', data: { kind: 'coalition', name: '…', regions: [], parent }, meta: { network: id } },
    ...more,
  );
const led: Fact<ActionEvent> = { type: 'LeadAssigned', data: { lead: LIES } };
const approved: Fact<ActionEvent> = { type: 'ActionApproved', data: { decision: idOf('d1') } };
const started: Fact<ActionEvent> = { type: 'ActionStarted', data: {} };
const suspended: Fact<ActionEvent> = { type: 'ActionSuspended', data: { code: 'funding' } };
const closed = (day: string): Fact<ActionEvent> => ({
  type: 'ActionClosed',
  data: { outcome: 'achieved', learnings: [] },
  meta: { occurredAt: dayStart(day) },
});
const running = [approved, led, started];

interface World {
  readonly action?: readonly Fact<ActionEvent>[];
  readonly defined?: Parameters<typeof indicatorDefined>[0];
  readonly indicator?: readonly Fact<IndicatorEvent>[];
  readonly home?: string;
}
const world = ({ action: facts = running, defined = {}, indicator: more = [], home = NETWORK }: World = {}) => [
  founded(NETWORK, null),
  founded(CHILD, NETWORK),
  founded(STRANGER, null),
  elsewhere(indicator, IND, indicatorDefined(defined, { network: home }), ...more),
  elsewhere(action, WMB, actionProposed(), ...facts),
];
const COUNT = { unit: 'count', aggregation: 'sum' } as const;

const said = {
  network: NETWORK,
  indicator: IND,
  action: WMB,
  period: year,
  numerator: 12,
  denominator: 17,
};
const measured = measuredOf(IND, { kind: 'action', id: WMB }, year, 12, 17);
const first: Fact<MeasurementEvent> = { id: idOf('first'), type: 'MeasurementRecorded', data: measured };

/** Null leaves a member out. */
type Said = Partial<Omit<RecordMeasurement, 'action' | 'denominator'>> & {
  readonly action?: string | null;
  readonly denominator?: number | null;
};

const measuring = (
  command: Said = {},
  around: World = {},
  context: object = office,
  facts: readonly Fact<MeasurementEvent>[] = [],
) => {
  const body = Object.fromEntries(Object.entries({ ...said, ...command }).filter(([, value]) => value !== null));
  return given(measurement, ...world(around), ...facts).when(record, body as unknown as RecordMeasurement, context);
};
const { code: _code, ...definition } = (indicatorDefined() as Extract<IndicatorEvent, { type: 'IndicatorDefined' }>)
  .data;
const versioned = {
  type: 'DefinitionVersioned',
  data: { ...definition, unit: 'ratio', version: 2, validFrom: '2020-01-01' },
} as const;

const told = (data: Partial<Measured> = {}) => ({ type: 'MeasurementRecorded', data: { ...measured, ...data } });
const ofNetwork = (id: string) => ({ scope: { kind: 'network', id } as const });

describe('a value is recorded', () => {
  it('of an action, or of a network: that of the indicator or one below it', () => {
    measuring().then(told());
    measuring({ action: null }).then(told(ofNetwork(NETWORK)));
    measuring({ action: null, network: CHILD }).then(told(ofNetwork(CHILD)));
  });

  it('with where it comes from, how sure it is and of how many', () => {
    const more = { source: 'Enquête', method: 'Steekproef', quality: 'estimated', n: 40 } as const;
    measuring(more).then(told(more));
  });

  it('not in a network that is not there or not at or below that of the indicator', () => {
    measuring({ network: idOf('nergens') }).rejects('unknown-reference', { member: 'network', id: idOf('nergens') });
    measuring({ network: STRANGER, action: null }).rejects('unknown-reference', { member: 'indicator', id: IND });
    measuring({}, { home: CHILD }).rejects('unknown-reference', { member: 'indicator', id: IND });
    measuring({ indicator: idOf('geen') }).rejects('unknown-reference', { member: 'indicator', id: idOf('geen') });
    given(measurement, founded(NETWORK, null, { type: 'NetworkEnded', data: {} }))
      .when(record, said, office)
      .rejects('unknown-reference', { member: 'network', id: NETWORK });
  });

  it('not of an action of another network', () =>
    measuring({ network: CHILD }).rejects('unknown-reference', { member: 'action', id: WMB }));

  it('on a stream of its own for each indicator and scope', () => {
    const ids = [
      measurementId(IND, NETWORK),
      measurementId(IND, CHILD),
      measurementId(IND, NETWORK, WMB),
      measurementId(idOf('ander'), NETWORK),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('who records it', () => {
  it('the lead, of the own action', () => measuring({}, {}, lead).then(told()));

  it('the lead of no other action, and of no network', () => {
    const other = { ...office, actor: { subject: idOf('ander'), role: 'lead' } };
    measuring({}, {}, other).rejects('forbidden', { role: 'lead', allowed: ['back-office', 'data-steward'] });
    measuring({ action: null }, {}, lead).rejects('forbidden');
  });

  it('who leads an action needs no role of lead for that', () => {
    const [entry] = measurementCommands;
    const lies = {
      status: 'registered',
      roles: [{ role: 'member', network: NETWORK, from: '2018-01-01T00:00:00.000Z' }],
    };
    const looked = {
      [person.name]: lies,
      [action.name]: fold(action, recorded('action', WMB, [actionProposed(), led])),
    };
    const may = (body: object) =>
      entry!.authorise({ ...said, ...body } as object, measurement.initial as never, {
        ...lead,
        id: 'x',
        eventId: 'x',
        look: ((one: typeof measurement) => looked[one.name] ?? one.initial) as never,
      });
    expect(may({})).toEqual({});
    expect(may({ action: undefined })).toMatchObject({ rejected: 'forbidden' });
  });
});

describe('the action', () => {
  it.each([
    ['proposed', []],
    ['approved', [approved]],
    ['active', running],
    ['suspended', [...running, suspended]],
    ['closed', [...running, closed('2020-12-31')]],
  ] as const)('may be %s', (_status, facts) => measuring({}, { action: facts }).then(told()));

  it('closed before the period was over is measured no more', () =>
    measuring({}, { action: [...running, closed('2020-12-30')] }).rejects('invalid-state', { status: 'closed' }));

  it('that was declined or withdrawn is not measured', () => {
    const declined: Fact<ActionEvent> = { type: 'ActionDeclined', data: { decision: idOf('d1') } };
    measuring({}, { action: [declined] }).rejects('invalid-state', { status: 'declined' });
    measuring({}, { action: [{ type: 'ActionWithdrawn', data: {} }] }).rejects('invalid-state', {
      status: 'withdrawn',
    });
  });
});

describe('the period', () => {
  it('is one of the indicator', () =>
    measuring({ period: { from: '2020-01-01', until: '2020-06-30' } }).rejects('period-unfit', {
      member: 'period',
      frequency: 'yearly',
    }));

  it('is over', () => {
    measuring({}, {}, { now, occurredAt: dayStart('2020-12-30') }).rejects('period-not-over', {
      member: 'period',
      until: '2020-12-31',
    });
    // On its last day it may be told.
    measuring({}, {}, { now, occurredAt: dayStart('2020-12-31') }).then(told());
  });

  it('was over before the indicator ended', () => {
    const ended = (day: string) => ({ type: 'IndicatorEnded' as const, data: {}, meta: { occurredAt: dayStart(day) } });
    measuring({}, { indicator: [ended('2020-12-31')] }).then(told());
    measuring({}, { indicator: [ended('2020-12-30')] }).rejects('invalid-state', { status: 'ended' });
  });
});

describe('IND-2: the definition is the one that holds for the period', () => {
  it('the last one that is valid on its first day', () => {
    measuring({}, { indicator: [versioned] }).then(told({ definitionVersion: 2 }));
    const before = { from: '2019-01-01', until: '2019-12-31' };
    measuring({ period: before }, { indicator: [versioned] }).then(told({ period: before }));
  });

  it('whichever is named: no other', () => {
    measuring({ definitionVersion: 1 }).then(told());
    measuring({ definitionVersion: 1 }, { indicator: [versioned] }).rejects('other-version', {
      member: 'definitionVersion',
      holds: 2,
    });
  });

  it('and there is none before the first', () =>
    measuring({}, { defined: { validFrom: '2020-01-02' } }).rejects('before-definition', {
      member: 'period',
      validFrom: '2020-01-02',
    }));
});

describe('the value', () => {
  it('of a ratio has a denominator, that of a count has none', () => {
    measuring({ denominator: null }).rejects('denominator-required', { member: 'denominator' });
    measuring({ denominator: 0 }).rejects('denominator-required', { member: 'denominator' });
    measuring({}, { defined: COUNT }).rejects('denominator-not-allowed', { member: 'denominator' });
    measuring({ denominator: null }, { defined: COUNT }).then(told({ denominator: null }));
  });

  it('of a percentage is at most the whole', () => {
    measuring({ numerator: 17 }).then(told({ numerator: 17 }));
    measuring({ numerator: 18 }).rejects('numerator-over-denominator', {
      member: 'numerator',
      numerator: 18,
      denominator: 17,
    });
    measuring({ numerator: 18 }, { defined: { unit: 'ratio' } }).then(told({ numerator: 18 }));
  });

  it('IND-7: is a range only of a whole population', () => {
    const population = { accountability: 'population' } as const;
    measuring({ upTo: 14 }).rejects('range-not-allowed', { member: 'upTo' });
    measuring({ upTo: 14 }, { defined: population }).then(told({ upTo: 14 }));
    measuring({ upTo: 11 }, { defined: population }).rejects('range-reversed', { member: 'upTo', numerator: 12 });
    measuring({ upTo: 18 }, { defined: population }).rejects('numerator-over-denominator', {
      member: 'upTo',
      numerator: 18,
      denominator: 17,
    });
  });

  it('is a text where the indicator is one, and nowhere else', () => {
    const words = { unit: 'text', aggregation: 'last' } as const;
    measuring({ text: 'Beter' }).rejects('text-not-allowed', { member: 'text' });
    measuring({ denominator: null }, { defined: words }).rejects('text-required', { member: 'text' });
    measuring({ denominator: null, text: 'Beter' }, { defined: words }).then(
      told({ denominator: null, text: 'Beter' }),
    );
  });

  it('is of dimensions and values that the indicator has', () => {
    measuring({ dims: [{ dimension: 'leeftijd', value: '17-20' }] }).then(told({ dims: { leeftijd: '17-20' } }));
    const wrong = (dimension: string, value: string) =>
      measuring({
        dims: [
          { dimension: 'leeftijd', value: '17-20' },
          { dimension, value },
        ],
      }).rejects('unknown-dimension', {
        member: 'dims/1',
        dimension,
        value,
      });
    wrong('plaats', 'noord');
    wrong('leeftijd', '26-30');
  });
});

describe('IND-3: another value for the same period and dimensions', () => {
  it('takes the place of the former one', () =>
    measuring({ numerator: 13 }, {}, office, [first]).then({
      type: 'MeasurementSuperseded',
      data: { ...measured, numerator: 13, supersedes: idOf('first') },
    }));

  it('also where only its quality, source or number observed differs, or its definition', () => {
    for (const more of [{ quality: 'provisional' }, { source: 'Enquête' }, { method: 'Telling' }, { n: 17 }] as const)
      measuring(more, {}, office, [first]).then({
        type: 'MeasurementSuperseded',
        data: { ...measured, ...more, supersedes: idOf('first') },
      });
    measuring({}, { indicator: [versioned] }, office, [first]).then({
      type: 'MeasurementSuperseded',
      data: { ...measured, definitionVersion: 2, supersedes: idOf('first') },
    });
  });

  it('and the same one changes nothing', () => measuring({}, {}, office, [first]).thenNothing());

  it('is none for another period or another part', () => {
    const before = { from: '2019-01-01', until: '2019-12-31' };
    measuring({ period: before }, {}, office, [first]).then(told({ period: before }));
    measuring({ dims: [{ dimension: 'leeftijd', value: '17-20' }] }, {}, office, [first]).then(
      told({ dims: { leeftijd: '17-20' } }),
    );
  });

  it('is not of before the one whose place it takes', () => {
    const { state } = given(measurement, { ...first, meta: { occurredAt: now } });
    const next = { type: 'MeasurementSuperseded', data: { ...measured, supersedes: idOf('first') } } as const;
    expect(lastChange(next, state)).toBe(now);
    expect(lastChange({ type: 'MeasurementRecorded', data: measured }, state)).toBeNull();
  });
});

describe('IND-5: the parts come to no more than their total', () => {
  const part = (value: string, numerator: number, denominator: number, id = value): Fact<MeasurementEvent> => ({
    id: idOf(id),
    type: 'MeasurementRecorded',
    data: { ...measured, dims: { leeftijd: value }, numerator, denominator },
  });
  const young = { dims: [{ dimension: 'leeftijd', value: '17-20' }] };
  const older = part('21-25', 5, 7);

  it('a part is refused above it, by either number', () => {
    const refused = { member: 'numerator', dimension: 'leeftijd' };
    measuring({ ...young, numerator: 7, denominator: 10 }, {}, office, [first, older]).then(
      told({ dims: { leeftijd: '17-20' }, numerator: 7, denominator: 10 }),
    );
    measuring({ ...young, numerator: 8, denominator: 10 }, {}, office, [first, older]).rejects(
      'parts-over-total',
      refused,
    );
    measuring({ ...young, numerator: 7, denominator: 11 }, {}, office, [first, older]).rejects(
      'parts-over-total',
      refused,
    );
  });

  it('a total is refused below them', () => {
    const parts = [part('17-20', 7, 10), older];
    measuring({}, {}, office, parts).then(told());
    measuring({ numerator: 11 }, {}, office, parts).rejects('parts-over-total');
    measuring({ denominator: 16 }, {}, office, parts).rejects('parts-over-total');
  });

  it('a part of a part too', () => {
    const dimensions = [
      { code: 'leeftijd', values: ['17-20', '21-25'] },
      { code: 'plaats', values: ['noord', 'zuid'] },
    ];
    const north = (numerator: number) =>
      measuring(
        {
          dims: [
            { dimension: 'leeftijd', value: '17-20' },
            { dimension: 'plaats', value: 'noord' },
          ],
          numerator,
          denominator: 10,
        },
        { defined: { dimensions } },
        office,
        [first, part('17-20', 7, 10)],
      );
    north(7).then(told({ dims: { leeftijd: '17-20', plaats: 'noord' }, numerator: 7, denominator: 10 }));
    north(8).rejects('parts-over-total', { member: 'numerator', dimension: 'plaats' });
  });

  it('what was superseded, another period or another version counts not', () => {
    const less: Fact<MeasurementEvent> = {
      type: 'MeasurementSuperseded',
      data: { ...part('21-25', 2, 4).data, supersedes: idOf('21-25') },
    };
    const elsewhen = { ...older, data: { ...older.data, period: { from: '2019-01-01', until: '2019-12-31' } } };
    const formerly = { ...older, data: { ...older.data, definitionVersion: 3 } };
    for (const facts of [
      [first, older, less],
      [first, elsewhen],
      [first, formerly],
    ] as Fact<MeasurementEvent>[][])
      measuring({ ...young, numerator: 10, denominator: 13 }, {}, office, facts).then(
        told({ dims: { leeftijd: '17-20' }, numerator: 10, denominator: 13 }),
      );
  });

  it('of distinct people each part is at most the total, all together may be more', () => {
    const distinct = { defined: { unit: 'count', aggregation: 'distinct-none' } as const };
    const bare = (fact: Fact<MeasurementEvent>) => ({ ...fact, data: { ...fact.data, denominator: null } });
    const facts = [first, older].map(bare) as Fact<MeasurementEvent>[];
    measuring({ ...young, numerator: 12, denominator: null }, distinct, office, facts).then(
      told({ dims: { leeftijd: '17-20' }, numerator: 12, denominator: null }),
    );
    measuring({ ...young, numerator: 13, denominator: null }, distinct, office, facts).rejects('parts-over-total');
  });

  it('of a range the upper end of the total and the lower ends of the parts count', () => {
    const population = { defined: { accountability: 'population' } as const };
    const total: Fact<MeasurementEvent> = { ...first, type: 'MeasurementRecorded', data: { ...measured, upTo: 15 } };
    measuring({ ...young, numerator: 15, upTo: 17 }, population, office, [total]).then(
      told({ dims: { leeftijd: '17-20' }, numerator: 15, upTo: 17 }),
    );
    measuring({ ...young, numerator: 16 }, population, office, [total]).rejects('parts-over-total');
  });
});

describe('whatever is recorded', () => {
  const command = fc.record({
    year: fc.constantFrom(2018, 2019),
    age: fc.constantFrom(undefined, '17-20', '21-25'),
    numerator: fc.nat(20),
    denominator: fc.integer({ min: 1, max: 20 }),
  });
  const start = '2020-01-01T08:00:00.000Z';

  /** Every command one after the other, as the runner would. */
  const history = (commands: readonly (typeof command extends fc.Arbitrary<infer C> ? C : never)[]) =>
    commands.reduce<readonly Fact<MeasurementEvent>[]>((facts, { year, age, numerator, denominator }, i) => {
      const looked = world();
      const context = {
        now: plusDays(start, i),
        occurredAt: plusDays(start, i),
        id: 'x',
        eventId: uuidv5('spec', String(i)),
      };
      const body = {
        ...said,
        period: { from: `${year}-01-01`, until: `${year}-12-31` },
        numerator,
        denominator,
        ...(age !== undefined && { dims: [{ dimension: 'leeftijd', value: age }] }),
      };
      const decided = record(body, fold(measurement, recorded('measurement', 'x', facts)), {
        ...context,
        actor: { subject: LIES, role: 'lead' },
        look: ((one: typeof measurement, id: string) => {
          const there = looked.find((other) => other.aggregate.name === one.name && other.id === id);
          return there === undefined
            ? one.initial
            : fold(there.aggregate, recorded(one.name, id, there.events) as never);
        }) as never,
      });
      return decided === nothing || isRejected(decided)
        ? facts
        : [...facts, { ...(decided as MeasurementEvent), id: context.eventId, meta: { recordedAt: context.now } }];
    }, []);

  const stateOf = (facts: readonly Fact<MeasurementEvent>[]) => fold(measurement, recorded('measurement', 'x', facts));

  it('one value of each period and part is current, and its parts come to no more than it', () =>
    fc.assert(
      fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
        const state = stateOf(history(commands));
        const current = state.status === 'none' ? [] : state.values.filter((one) => one.supersededBy === null);
        const keys = current.map(({ period, dims }) => `${period.from} ${JSON.stringify(dims)}`);
        expect(new Set(keys).size).toBe(keys.length);
        for (const total of current.filter(({ dims }) => Object.keys(dims).length === 0)) {
          const parts = current.filter((one) => one.period.from === total.period.from && one !== total);
          for (const member of ['numerator', 'denominator'] as const)
            expect(parts.reduce((sum, one) => sum + one[member]!, 0)).toBeLessThanOrEqual(total[member]!);
        }
      }),
    ));

  it('what was known at a moment is what the stream then said, however it goes on', () =>
    fc.assert(
      fc.property(fc.array(command, { maxLength: 12 }), fc.nat(12), (commands, days) => {
        const facts = history(commands);
        const knownAt = plusDays(start, days);
        const then = stateOf(facts.filter(({ meta }) => meta!.recordedAt! <= knownAt));
        for (const from of [undefined, '2018-01-01', '2019-01-01'])
          for (const dims of [{}, { leeftijd: '17-20' }]) {
            const period = from === undefined ? undefined : { from, until: `${from.slice(0, 4)}-12-31` };
            const asked = { period, dims, knownAt };
            const current =
              then.status === 'none'
                ? []
                : then.values
                    .filter((one) => one.supersededBy === null && JSON.stringify(one.dims) === JSON.stringify(dims))
                    .filter((one) => from === undefined || one.period.from === from)
                    .toSorted((a, b) => (a.period.from < b.period.from ? 1 : -1));
            expect(valueKnown(stateOf(facts), asked)?.id).toBe(current[0]?.id);
          }
      }),
    ));
});
