import type { Recorded } from '#kernel';
import type { ActionEvent, IndicatorEvent, MeasurementEvent, NetworkEvent } from '#domain';
import { measurementId } from '#domain';
import {
  actionProposed,
  at,
  idOf,
  indicatorDefined,
  log,
  measuredOf,
  on,
  stream,
  type Fact,
  type StreamFacts,
} from '#testkit';
import { Asked } from './harness.ts';

const year = (y: number) => ({ from: `${y}-01-01`, until: `${y}-12-31` });
type Measured = Parameters<typeof measuredOf>;

const founded = (name: string, parent: string | null, kind: 'movement' | 'coalition' = 'coalition'): StreamFacts =>
  stream<NetworkEvent>('network', idOf(name), {
    type: 'NetworkFounded',
    data: { kind, name, regions: [], parent: parent === null ? null : idOf(parent) },
    meta: { ...at(on('2018-01-01')), network: idOf(name) },
  });

const defined = (
  code: string,
  network: string,
  data: Parameters<typeof indicatorDefined>[0],
  ...more: Fact<IndicatorEvent>[]
) =>
  stream<IndicatorEvent>(
    'indicator',
    idOf(code),
    indicatorDefined({ code, ...data }, { ...at(on('2018-02-01')), network: idOf(network) }),
    ...more,
  );

const target = (
  day: string,
  network: string,
  period: Measured[2],
  numerator: number,
  floorPerChild: number | null = null,
  denominator: number | null = null,
): Fact<IndicatorEvent> => ({
  type: 'TargetSet',
  data: { period, numerator, denominator, floorPerChild, decision: idOf('d1') },
  meta: { ...at(on(day)), network: idOf(network) },
});

interface Said {
  readonly id?: string;
  readonly denominator?: number | null;
  readonly data?: object;
  readonly supersedes?: string;
}

/** A value, as measured on a day. */
const value = (
  day: string,
  indicator: string,
  network: string,
  action: string | null,
  period: Measured[2],
  numerator: number,
  { id, denominator = null, data = {}, supersedes }: Said = {},
): Fact<MeasurementEvent> => {
  const scope =
    action === null ? { kind: 'network' as const, id: idOf(network) } : { kind: 'action' as const, id: idOf(action) };
  const measured = { ...measuredOf(idOf(indicator), scope, period, numerator, denominator), ...data };
  const meta = { ...at(on(day)), network: idOf(network) };
  const named = id === undefined ? {} : { id: idOf(id) };
  return supersedes === undefined
    ? { ...named, type: 'MeasurementRecorded', data: measured, meta }
    : { ...named, type: 'MeasurementSuperseded', data: { ...measured, supersedes: idOf(supersedes) }, meta };
};
const measured = (indicator: string, network: string, action: string | null, ...facts: Fact<MeasurementEvent>[]) =>
  stream<MeasurementEvent>(
    'measurement',
    measurementId(idOf(indicator), idOf(network), action === null ? undefined : idOf(action)),
    ...facts,
  );
const started = (name: string, network: string): StreamFacts => {
  const meta = (day: string) => ({ meta: { ...at(on(day)), network: idOf(network) } });
  return stream<ActionEvent>(
    'action',
    idOf(name),
    actionProposed({ title: { nl: name } }, meta('2019-01-01').meta),
    { type: 'ActionApproved', data: { decision: idOf('d1') }, ...meta('2019-02-01') },
    { type: 'ActionStarted', data: {}, ...meta('2019-03-01') },
  );
};

interface Value {
  readonly numerator: number;
  readonly upTo: number | null;
  readonly denominator: number | null;
  readonly text: string;
}
interface Period {
  readonly period: Measured[2];
  readonly definitionVersion: number;
  readonly holds: boolean;
  readonly value: Value | null;
  readonly isOwn: boolean;
  readonly target: Value | null;
  readonly met: boolean | null;
  readonly networks: readonly {
    readonly network: string;
    readonly value: Value | null;
    readonly floorMissed: boolean | null;
  }[];
  readonly measured: number;
  readonly floorsMissed: number;
}
interface RollUp {
  readonly periods: readonly Period[];
}
interface Point extends Period {
  readonly isBreak: boolean;
  readonly measurement: string | null;
  readonly superseded: readonly {
    readonly measurement: string;
    readonly value: Value;
    readonly supersededAt: string;
  }[];
  readonly parts: readonly {
    readonly kind: string;
    readonly id: string;
    readonly value: Value;
    readonly measurement: string | null;
  }[];
  readonly dimensions: readonly {
    readonly code: string;
    readonly values: readonly { readonly code: string; readonly value: Value | null }[];
    readonly unknown: Value | null;
  }[];
}
interface Series {
  readonly points: readonly Point[];
  readonly names: Readonly<Record<string, string>>;
}

const askedOf = (...streams: readonly StreamFacts[]) => {
  const events: readonly Recorded[] = log(...streams);
  const asked = new Asked(events);
  const as = (...networks: readonly string[]) => ({
    networks: networks.map((one) => idOf(one)),
    now: on('2024-02-01'),
  });
  return {
    rollUp: (indicator: string, network: string, params = {}, moment = {}): Promise<RollUp> =>
      asked.ask('getIndicatorRollUp', { id: idOf(indicator), network: idOf(network), ...params }, moment, as(network)),
    series: (indicator: string, network: string, params = {}, moment = {}): Promise<Series> =>
      asked.ask('getIndicatorSeries', { id: idOf(indicator), network: idOf(network), ...params }, moment, as(network)),
    ask: (name: string, params: object, networks: readonly string[], now = on('2024-02-01')): Promise<never> =>
      asked.ask(name, params, {}, { ...as(...networks), now }),
  };
};

describe('the movement of S2', () => {
  const CITIES = ['antwerpen', 'leuven', 'gent', 'mechelen', 'turnhout'];
  const DAYS = { unit: 'days', aggregation: 'ratio-of-sums', ascending: false, dimensions: [] } as const;
  const values: Readonly<Record<string, readonly [number, number]>> = {
    antwerpen: [1_240, 62],
    leuven: [540, 36],
    gent: [900, 50],
    mechelen: [330, 22],
  };
  const { code: _code, ...definition } = (
    indicatorDefined({ ...DAYS }) as Extract<IndicatorEvent, { type: 'IndicatorDefined' }>
  ).data;
  const versioned: Fact<IndicatorEvent> = {
    type: 'DefinitionVersioned',
    data: { ...definition, version: 2, validFrom: '2023-01-01' },
    meta: { ...at(on('2022-12-01')), network: idOf('beweging') },
  };
  const movement = askedOf(
    founded('beweging', null, 'movement'),
    ...CITIES.map((city) => founded(city, 'beweging')),
    defined('dagen', 'beweging', DAYS, versioned),
    ...Object.entries(values).map(([city, [days, people]]) =>
      measured(
        'dagen',
        city,
        null,
        value('2023-02-01', 'dagen', city, null, year(2022), days, { denominator: people }),
        ...(city === 'leuven'
          ? [
              value('2024-01-10', 'dagen', city, null, year(2023), 500, {
                denominator: 40,
                data: { definitionVersion: 2 },
              }),
            ]
          : []),
      ),
    ),
  );

  it('comes to the ratio of sums, not to a mean of means', async () => {
    const { periods } = await movement.rollUp('dagen', 'beweging', year(2022));
    expect(periods).toMatchObject([
      {
        value: { numerator: 3_010, denominator: 170, text: '17.71' },
        isOwn: false,
        measured: 4,
        networks: [
          { network: idOf('antwerpen'), value: { text: '20.00' } },
          { network: idOf('gent'), value: { text: '18.00' } },
          { network: idOf('leuven'), value: { text: '15.00' } },
          { network: idOf('mechelen'), value: { text: '15.00' } },
          { network: idOf('turnhout'), value: null },
        ],
      },
    ]);
  });

  it('shows the break between two definitions and adds nothing up across it', async () => {
    const { points } = await movement.series('dagen', 'beweging');
    expect(points).toMatchObject([
      { period: year(2022), definitionVersion: 1, isBreak: false, holds: true, value: { text: '17.71' } },
      { period: year(2023), definitionVersion: 2, isBreak: true, holds: true, value: { text: '12.50' } },
    ]);
  });

  it('by itself tells of the last period that was measured', async () => {
    const { periods } = await movement.rollUp('dagen', 'beweging');
    expect(periods).toMatchObject([{ period: year(2023), measured: 1, value: { numerator: 500 } }]);
  });

  it('as it was known before, comes to what had been measured by then', async () => {
    const { periods } = await movement.rollUp('dagen', 'beweging', {}, { asOf: '2023-06-01' });
    expect(periods).toMatchObject([{ period: year(2022), value: { text: '17.71' } }]);
    expect((await movement.rollUp('dagen', 'beweging', {}, { asOf: '2022-06-01' })).periods).toEqual([]);
    const held = await movement.rollUp('dagen', 'beweging', {}, { effectiveAt: on('2023-06-01') });
    expect(held.periods).toMatchObject([{ period: year(2022), value: { text: '17.71' } }]);
  });

  it('is listed below, told to who works there, and to nobody else', async () => {
    const of = (name: string, params: object, ...networks: string[]) => movement.ask(name, params, networks);
    expect(await of('listIndicators', { network: idOf('leuven') }, 'leuven')).toMatchObject({
      items: [{ id: idOf('dagen'), code: 'dagen', version: 2 }],
    });
    const id = idOf('dagen');
    expect(await of('getIndicator', { id }, 'leuven')).toMatchObject({ versions: [{ version: 1 }, { version: 2 }] });
    for (const name of ['getIndicator', 'getIndicatorSeries', 'getIndicatorRollUp'])
      expect(await of(name, { id }, 'elders')).toBeUndefined();
    expect(await of('getIndicatorSeries', { id, network: idOf('gent') }, 'leuven')).toBeUndefined();
    expect(await of('getIndicatorRollUp', { id, network: idOf('leuven') }, 'leuven')).toMatchObject({
      periods: [{ value: { text: '12.50' }, networks: [] }],
    });
  });
});

describe('the programme of S4', () => {
  const PROJECTS = ['gent', 'tafels', 'waas'];
  const families = [214, 187, 203];
  const answered = [201, 160, 190];
  const COUNT = { unit: 'count', aggregation: 'sum', dimensions: [] } as const;
  const programme = askedOf(
    founded('programma', null, 'movement'),
    ...PROJECTS.map((project) => founded(project, 'programma')),
    defined('gezinnen', 'programma', COUNT, target('2019-01-05', 'programma', year(2019), 600, 200)),
    defined('antwoord', 'programma', { dimensions: [] }, target('2019-01-05', 'programma', year(2019), 90, 85, 100)),
    ...PROJECTS.flatMap((project, i) => [
      measured('gezinnen', project, null, value('2020-01-15', 'gezinnen', project, null, year(2019), families[i]!)),
      measured(
        'antwoord',
        project,
        null,
        value('2020-01-15', 'antwoord', project, null, year(2019), answered[i]!, { denominator: families[i]! }),
      ),
    ]),
  );

  it('reaches its target, and one project is below its floor', async () => {
    const { periods } = await programme.rollUp('gezinnen', 'programma');
    expect(periods).toMatchObject([
      {
        value: { numerator: 604, text: '604' },
        target: { numerator: 600 },
        met: true,
        floorsMissed: 1,
        networks: [
          { network: idOf('gent'), floorMissed: false },
          { network: idOf('tafels'), value: { numerator: 187 }, floorMissed: true },
          { network: idOf('waas'), floorMissed: false },
        ],
      },
    ]);
  });

  it('answered 551 of 604', async () => {
    const { periods } = await programme.rollUp('antwoord', 'programma');
    expect(periods).toMatchObject([
      {
        value: { numerator: 551, denominator: 604, text: '91.23' },
        target: { text: '90.00' },
        met: true,
        networks: [
          { value: { text: '93.93' } },
          { value: { text: '85.56' }, floorMissed: false },
          { value: { text: '93.60' } },
        ],
      },
    ]);
  });

  it('tells the project its floor, and the target only of a ratio', async () => {
    const [sum] = (await programme.series('gezinnen', 'tafels')).points;
    expect(sum).toMatchObject({ target: null, met: null, floor: { numerator: 200 }, floorMissed: true });
    const [ratio] = (await programme.series('antwoord', 'tafels')).points;
    expect(ratio).toMatchObject({
      target: { text: '90.00' },
      met: false,
      floor: { text: '85.00' },
      floorMissed: false,
    });
  });

  it('is told to who works in it, as sums, with the measurements of the own networks', async () => {
    const [alone] = (await programme.series('gezinnen', 'programma')).points;
    expect(alone!.parts.map(({ measurement }) => measurement)).toEqual([null, null, null]);
    const both: Series = await programme.ask('getIndicatorSeries', { id: idOf('gezinnen') }, ['programma', 'gent']);
    expect(both.points[0]!.parts.map(({ measurement }) => measurement !== null)).toEqual([true, false, false]);
  });

  it('has the missed floor as work, once the period is over', async () => {
    const work = (day: string, network: string): Promise<{ readonly items: readonly object[] }> =>
      programme.ask(
        'getWorkList',
        { network: idOf(network), kind: ['floor-missed', 'measurement-missing'] },
        [network],
        on(day),
      );
    expect(await work('2020-02-01', 'programma')).toMatchObject({
      items: [
        {
          kind: 'floor-missed',
          subject: { aggregate: 'network', id: idOf('tafels') },
          detail: idOf('gezinnen'),
          dueOn: '2020-01-01',
          days: 31,
        },
      ],
      names: { [idOf('gezinnen')]: 'Stabiel na 6 maanden' },
    });
    expect((await work('2020-02-01', 'tafels')).items).toEqual([]);
    expect((await work('2021-02-01', 'programma')).items).toEqual([]);
  });
});

describe('the action of S1', () => {
  const dims = { leeftijd: '17-20' };
  const IRREGULAR = { frequency: 'irregular' } as const;
  const half = { from: '2020-10-01', until: '2021-04-30' };
  const wmb = askedOf(
    founded('antwerpen', null),
    started('wmb', 'antwerpen'),
    started('overgang', 'antwerpen'),
    defined('gehuisvest', 'antwerpen', IRREGULAR, target('2020-01-05', 'antwerpen', half, 75, null, 100)),
    defined('stabiel', 'antwerpen', IRREGULAR),
    measured(
      'gehuisvest',
      'antwerpen',
      'wmb',
      value('2021-05-08', 'gehuisvest', 'antwerpen', 'wmb', half, 16, { id: 'eerst', denominator: 22 }),
      value('2021-05-10', 'gehuisvest', 'antwerpen', 'wmb', half, 17, {
        id: 'dan',
        denominator: 22,
        supersedes: 'eerst',
      }),
      value('2021-05-11', 'gehuisvest', 'antwerpen', 'wmb', half, 7, { denominator: 9, data: { dims } }),
    ),
    measured(
      'stabiel',
      'antwerpen',
      'wmb',
      value('2021-05-10', 'stabiel', 'antwerpen', 'wmb', half, 12, { denominator: 17 }),
    ),
    measured(
      'stabiel',
      'antwerpen',
      'overgang',
      value('2021-05-10', 'stabiel', 'antwerpen', 'overgang', half, 3, { denominator: 4 }),
    ),
  );
  const action = idOf('wmb');

  it('houses 17 of 22, and shows what it said before', async () => {
    const { points } = await wmb.series('gehuisvest', 'antwerpen', { action });
    expect(points).toMatchObject([
      {
        value: { numerator: 17, denominator: 22, text: '77.27' },
        isOwn: true,
        measurement: idOf('dan'),
        target: { text: '75.00' },
        met: true,
        superseded: [{ measurement: idOf('eerst'), value: { text: '72.73' }, supersededAt: on('2021-05-10') }],
        parts: [],
        dimensions: [
          {
            code: 'leeftijd',
            values: [
              { code: '17-20', value: { numerator: 7, denominator: 9 } },
              { code: '21-25', value: null },
            ],
            unknown: { numerator: 10, denominator: 13, text: '76.92' },
          },
        ],
      },
    ]);
    expect((await wmb.series('stabiel', 'antwerpen', { action })).points).toMatchObject([{ value: { text: '70.59' } }]);
  });

  it('as it was known before, and only the dimension asked for', async () => {
    const before = await wmb.series('gehuisvest', 'antwerpen', { action }, { asOf: on('2021-05-09') });
    expect(before.points).toMatchObject([{ value: { numerator: 16 }, superseded: [], dimensions: [] }]);
    const other = await wmb.series('gehuisvest', 'antwerpen', { action, dimension: 'plaats' });
    expect(other.points).toMatchObject([{ value: { numerator: 17 }, dimensions: [] }]);
  });

  it('is a part of what its network comes to', async () => {
    const { points, names } = await wmb.series('stabiel', 'antwerpen');
    expect(points).toMatchObject([
      { value: { numerator: 15, denominator: 21, text: '71.43' }, isOwn: false, measurement: null },
    ]);
    expect(points[0]!.parts.toSorted((a, b) => a.value.numerator - b.value.numerator)).toMatchObject([
      { kind: 'action', id: idOf('overgang'), value: { text: '75.00' } },
      { kind: 'action', id: action, value: { text: '70.59' } },
    ]);
    expect(names).toMatchObject({ [action]: 'wmb' });
  });

  it('has its measurements in its history, with what was superseded', async () => {
    const { items }: { readonly items: readonly { type: string; subject: object; sentence: { nl: string } }[] } =
      await wmb.ask('getActionHistory', { id: action }, ['antwerpen']);
    const told = items.filter(({ type }) => type.startsWith('Measurement'));
    expect(told.map(({ sentence }) => sentence.nl)).toEqual([
      'An (Back-office) registreerde een meting van Stabiel na 6 maanden over 1 oktober 2020 – 30 april 2021: 16/22.',
      'An (Back-office) verving de meting van Stabiel na 6 maanden over 1 oktober 2020 – 30 april 2021: 17/22.',
      'An (Back-office) registreerde een meting van Stabiel na 6 maanden over 1 oktober 2020 – 30 april 2021: 12/17.',
      'An (Back-office) registreerde een meting van Stabiel na 6 maanden over 1 oktober 2020 – 30 april 2021: 7/9 (leeftijd: 17-20).',
    ]);
    expect(told[0]!.subject).toEqual({
      aggregate: 'measurement',
      id: measurementId(idOf('gehuisvest'), idOf('antwerpen'), action),
    });
  });

  it('is of its network, and of no other', async () => {
    expect(await wmb.ask('getIndicatorSeries', { id: idOf('stabiel'), action }, ['antwerpen'])).toMatchObject({
      network: idOf('antwerpen'),
      action,
    });
    expect(await wmb.ask('getIndicatorSeries', { id: idOf('stabiel'), action }, ['gent'])).toBeUndefined();
    expect(
      await wmb.ask('getIndicatorSeries', { id: idOf('stabiel'), action, network: idOf('gent') }, [
        'antwerpen',
        'gent',
      ]),
    ).toBeUndefined();
  });
});

describe('IND-6: old targets', () => {
  it('stay, and the last one of a period is its target', async () => {
    const asked = askedOf(
      founded('programma', null),
      defined(
        'gezinnen',
        'programma',
        { unit: 'count', aggregation: 'sum' },
        target('2019-01-05', 'programma', year(2019), 600),
        target('2019-03-05', 'programma', year(2019), 500),
        target('2019-04-05', 'programma', year(2020), 700),
      ),
    );
    expect(await asked.ask('getIndicator', { id: idOf('gezinnen') }, ['programma'])).toMatchObject({
      targets: [
        { target: { numerator: 600, at: on('2019-01-05') }, isCurrent: false },
        { target: { numerator: 500 }, isCurrent: true },
        { target: { numerator: 700 }, isCurrent: true },
      ],
    });
  });
});

describe('what was not measured is work', () => {
  const attached = (
    day: string,
    network: string,
    action: string | null,
    type: 'IndicatorAttached' | 'IndicatorDetached' = 'IndicatorAttached',
  ) =>
    ({
      type,
      data: {
        scope: action === null ? { kind: 'network', id: idOf(network) } : { kind: 'action', id: idOf(action) },
        network: idOf(network),
      },
      meta: { ...at(on(day)), network: idOf('beweging') },
    }) as Fact<IndicatorEvent>;
  const missingOn = async (day: string, network: string, ...streams: readonly StreamFacts[]) => {
    const asked = askedOf(
      founded('beweging', null),
      founded('gent', 'beweging'),
      founded('leuven', 'gent'),
      started('wmb', 'gent'),
      ...streams,
    );
    const { items }: { readonly items: readonly { subject: { id: string }; dueOn: string; group: string | null }[] } =
      await asked.ask('getWorkList', { network: idOf(network), kind: ['measurement-missing'] }, [network], on(day));
    return items.map(({ subject, dueOn }) => [subject.id, dueOn]);
  };
  const indicator = (...facts: Fact<IndicatorEvent>[]) => defined('dagen', 'beweging', {}, ...facts);
  const told = (network: string, action: string | null, y = 2019, data: object = {}) =>
    measured(
      'dagen',
      network,
      action,
      value(`${y + 1}-01-10`, 'dagen', network, action, year(y), 1, { denominator: 2, data }),
    );

  it('where it is expected, since the period was over or since it is expected', async () => {
    const expected = indicator(attached('2019-06-01', 'gent', null), attached('2020-02-01', 'gent', 'wmb'));
    expect(await missingOn('2020-03-01', 'gent', expected)).toEqual([
      [idOf('gent'), '2020-01-01'],
      [idOf('wmb'), '2020-02-01'],
    ]);
    expect(await missingOn('2020-03-01', 'beweging', expected)).toEqual([]);
    expect(await missingOn('2020-03-01', 'gent', indicator())).toEqual([]);
  });

  it('until it is measured: by itself, or for a network by its parts', async () => {
    const expected = indicator(attached('2019-06-01', 'gent', null), attached('2019-06-01', 'gent', 'wmb'));
    expect(await missingOn('2020-03-01', 'gent', expected, told('gent', null))).toEqual([[idOf('wmb'), '2020-01-01']]);
    expect(await missingOn('2020-03-01', 'gent', expected, told('gent', 'wmb'))).toEqual([]);
    expect(await missingOn('2020-03-01', 'gent', expected, told('leuven', null))).toEqual([
      [idOf('wmb'), '2020-01-01'],
    ]);
    const part = told('gent', 'wmb', 2019, { dims: { leeftijd: '17-20' } });
    expect(await missingOn('2020-03-01', 'gent', expected, part)).toHaveLength(2);
  });

  it('also where it was measured once, until it is detached', async () => {
    expect(await missingOn('2021-03-01', 'gent', indicator(), told('gent', 'wmb'))).toEqual([
      [idOf('wmb'), '2021-01-01'],
    ]);
    const detached = indicator(attached('2020-06-01', 'gent', 'wmb', 'IndicatorDetached'));
    expect(await missingOn('2021-03-01', 'gent', detached, told('gent', 'wmb'))).toEqual([]);
  });

  it('not of a period before the action ran, nor once the indicator has ended', async () => {
    expect(await missingOn('2019-12-31', 'gent', indicator(attached('2019-06-01', 'gent', 'wmb')))).toEqual([]);
    const ended = {
      type: 'IndicatorEnded',
      data: {},
      meta: { ...at(on('2020-01-05')), network: idOf('beweging') },
    } as const;
    expect(await missingOn('2020-03-01', 'gent', indicator(attached('2019-06-01', 'gent', null), ended))).toEqual([]);
  });

  it('by the definition that holds for the period', async () => {
    const { code: _code, ...definition } = (indicatorDefined() as Extract<IndicatorEvent, { type: 'IndicatorDefined' }>)
      .data;
    const versioned: Fact<IndicatorEvent> = {
      type: 'DefinitionVersioned',
      data: { ...definition, version: 2, validFrom: '2019-01-01' },
      meta: { ...at(on('2020-01-15')), network: idOf('beweging') },
    };
    expect(await missingOn('2020-03-01', 'gent', indicator(versioned), told('gent', 'wmb'))).toEqual([
      [idOf('wmb'), '2020-01-01'],
    ]);
    expect(
      await missingOn('2020-03-01', 'gent', indicator(versioned), told('gent', 'wmb', 2019, { definitionVersion: 2 })),
    ).toEqual([]);
  });
});
