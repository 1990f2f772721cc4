import type { ActionEvent, GroupEvent, MeetingEvent, SecondmentEvent } from '#domain';
import { actionProposed, at, idOf, LEUVEN, on, stream } from '#testkit';
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

const asked = new Asked(
  programmeOf(
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
          cadences: [],
        },
        {
          id: TAFELS,
          actions: { total: 0 },
          staff: { totalBp: 10_000 },
          cadences: [{ name: 'Stuurgroep', cadence: { timesPerYear: 4, held: 1, percent: '25.00', met: false } }],
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

  it('are those of the caller', async () => expect(await variation([WAAS])).toMatchObject({ items: [{ id: WAAS }] }));
});
