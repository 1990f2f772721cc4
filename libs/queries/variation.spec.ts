import {
  measurementId,
  type ActionEvent,
  type GroupEvent,
  type IndicatorEvent,
  type MeasurementEvent,
  type MeetingEvent,
  type SecondmentEvent,
} from '#domain';
import { actionProposed, at, idOf, indicatorDefined, LEUVEN, measuredOf, on, stream } from '#testkit';
import { Asked } from './harness.ts';
import { programmeOf, PROJECTS } from './money-harness.ts';

const [GENT, TAFELS, WAAS] = PROJECTS as [string, string, string];
const in_ = (network: string, day: string) => ({ meta: { ...at(on(day)), network } });

const seconded = (name: string, network: string, fteBp: number, until?: string) =>
  stream<SecondmentEvent>('secondment', idOf(name), {
    type: 'SecondmentAgreed',
    data: {
      secondment: idOf(`detachering ${name}`),
      secondee: idOf(name),
      sender: idOf('dop'),
      receiver: network,
      function: 'coordinator',
      fteBp,
      from: '2019-01-01',
      ...(until !== undefined && { until }),
      temporary: until !== undefined,
    },
    ...in_(network, '2019-01-01'),
  });

const YEAR = { from: '2019-01-01', until: '2019-12-31' };
const FAMILIES = idOf('gezinnen');
/** 600 in all, 200 in each. */
const families = stream<IndicatorEvent>(
  'indicator',
  FAMILIES,
  {
    ...indicatorDefined({ code: 'gezinnen', unit: 'count', aggregation: 'sum' }),
    ...in_(LEUVEN, '2018-12-03'),
  },
  {
    type: 'TargetSet',
    data: { period: YEAR, numerator: 600, denominator: null, floorPerChild: 200, decision: idOf('d1') },
    ...in_(LEUVEN, '2018-12-04'),
  },
);
const helped = (network: string, count: number) =>
  stream<MeasurementEvent>('measurement', measurementId(FAMILIES, network), {
    type: 'MeasurementRecorded',
    data: measuredOf(FAMILIES, { kind: 'network', id: network }, YEAR, count),
    ...in_(network, '2020-01-10'),
  });

const asked = new Asked(
  programmeOf(
    families,
    helped(GENT, 214),
    helped(TAFELS, 187),
    helped(WAAS, 203),
    seconded('verbindingsteam', GENT, 10_000),
    seconded('tijdelijk', GENT, 5_000, '2019-06-30'),
    seconded('tafelteam', TAFELS, 10_000),
    stream<ActionEvent>('action', idOf('aanbod'), {
      ...actionProposed({ kind: 'supporting-offer' }),
      ...in_(GENT, '2019-02-01'),
    }),
    stream<ActionEvent>(
      'action',
      idOf('gezinsplan'),
      { ...actionProposed(), ...in_(GENT, '2019-02-02') },
      { type: 'ActionApproved', data: { decision: idOf('d1') }, ...in_(GENT, '2019-03-01') },
    ),
    stream<GroupEvent>(
      'group',
      idOf('stuurgroep'),
      { type: 'GroupFounded', data: { name: 'Stuurgroep', kind: 'steering-group' }, ...in_(TAFELS, '2019-01-01') },
      { type: 'CadenceSet', data: { timesPerYear: 4 }, ...in_(TAFELS, '2019-01-01') },
    ),
    stream<MeetingEvent>(
      'meeting',
      idOf('vergadering'),
      {
        type: 'MeetingPlanned',
        data: { body: idOf('stuurgroep'), startsAt: on('2019-02-01') },
        ...in_(TAFELS, '2019-01-02'),
      },
      { type: 'MeetingHeld', data: {}, ...in_(TAFELS, '2019-02-01') },
    ),
  ),
);
const variation = (networks: readonly string[], params: object = {}, moment = {}): Promise<object> =>
  asked.ask('getVariationReport', { id: LEUVEN, ...params }, moment, { networks: [LEUVEN, ...networks] });

describe('projects side by side', () => {
  it('show what differs: actions, money, staff and meetings', async () =>
    expect(await variation(PROJECTS, { year: 2019 })).toMatchObject({
      year: 2019,
      on: '2019-12-31',
      items: [
        {
          id: GENT,
          actions: { total: 2, byStatus: { proposed: 1, approved: 1 }, byKind: { regular: 1, 'supporting-offer': 1 } },
          money: { grants: 1, totals: { awardCents: 100_000_000 } },
          staff: { secondments: 1, totalBp: 10_000 },
          meetings: { agreed: 0 },
        },
        {
          id: TAFELS,
          actions: { total: 0 },
          staff: { totalBp: 10_000 },
          meetings: {
            agreed: 1,
            met: 0,
            groups: [{ name: 'Stuurgroep', cadence: { timesPerYear: 4, held: 1, percent: '25.00', met: false } }],
          },
        },
        { id: WAAS, actions: { total: 0 }, staff: { secondments: 0, totalBp: 0 } },
      ],
    }));

  it('at a moment of the year with the staff of that day', async () => {
    for (const moment of [{ asOf: '2019-03-01' }, { effectiveAt: on('2019-03-01') }])
      expect(await variation(PROJECTS, {}, moment)).toMatchObject({
        on: '2019-03-01',
        items: [{ staff: { secondments: 2, totalBp: 15_000 } }, {}, {}],
      });
  });

  it('show what each came to of what is measured, and whether it reached its floor (S4)', async () =>
    expect(await variation(PROJECTS, { year: 2019 })).toMatchObject({
      items: [
        {
          indicators: [{ id: FAMILIES, here: { value: { text: '214' }, floor: { text: '200' }, floorMissed: false } }],
        },
        { indicators: [{ here: { value: { text: '187' }, floorMissed: true } }] },
        { indicators: [{ here: { value: { text: '203' }, floorMissed: false } }] },
      ],
    }));

  it('of another year, or before it was measured, show none of it', async () => {
    for (const [params, moment] of [
      [{ year: 2018 }, {}],
      [{ year: 2019 }, { asOf: '2019-12-31' }],
    ] as const)
      expect(await variation(PROJECTS, params, moment)).toMatchObject({
        items: [{ indicators: [] }, { indicators: [] }, { indicators: [] }],
      });
  });

  it('tell of networks that are none of the caller’s how many, not their money or groups', async () =>
    expect(await variation([WAAS], { year: 2019 })).toMatchObject({
      items: [
        {
          id: GENT,
          visible: false,
          money: null,
          actions: { total: 2 },
          indicators: [{ here: { value: { text: '214' } } }],
        },
        { id: TAFELS, money: null, meetings: { agreed: 1, met: 0, groups: [] } },
        { id: WAAS, visible: true, money: { grants: 1 } },
      ],
    }));
});
