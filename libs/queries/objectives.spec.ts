import { measurementId, type ActionEvent, type AgendaEvent, type IndicatorEvent, type MeasurementEvent } from '#domain';
import { actionProposed, at, idOf, indicatorDefined, measuredOf, NETWORK, on, stream } from '#testkit';
import { Asked } from './harness.ts';
import { D1, D2, grantStory, moneyOf, PILOT, WMB } from './money-harness.ts';
import type { Moment } from './query.ts';

const meta = (day: string) => ({ meta: at(on(day)) });
const agenda = stream<AgendaEvent>(
  'agenda',
  NETWORK,
  {
    type: 'AgendaDrafted',
    data: { ambition: { nl: 'Thuis' }, problemStatement: { nl: 'Dakloos' } },
    ...meta('2018-03-01'),
  },
  { type: 'ObjectiveAdded', data: { code: 'O4', text: { nl: 'Uithuiszetting voorkomen' } }, ...meta('2018-03-02') },
  { type: 'ObjectiveAdded', data: { code: 'O5', text: { nl: 'Stabiel wonen' } }, ...meta('2018-03-02') },
  { type: 'AgendaVersionAdopted', data: { version: 1, decision: idOf('d0') }, ...meta('2018-04-01') },
  { type: 'ObjectiveReworded', data: { code: 'O5', text: { nl: 'Veilig wonen' } }, ...meta('2019-03-01') },
  { type: 'ObjectiveEnded', data: { code: 'O4' }, ...meta('2021-05-01') },
  { type: 'ObjectiveAdded', data: { code: 'O6', text: { nl: 'Werk' } }, ...meta('2021-05-01') },
);
/** It serves two objectives, and has no money. */
const both = stream<ActionEvent>(
  'action',
  idOf('beide'),
  actionProposed({ title: { nl: 'Beide' }, objectives: ['O4', 'O5'] }, at(on('2020-06-20'))),
  { type: 'ActionDeclined', data: { decision: D1 }, ...meta('2020-06-25') },
);
const none = stream<ActionEvent>(
  'action',
  idOf('geen'),
  actionProposed({ title: { nl: 'Geen' }, objectives: [] }, at(on('2020-06-21'))),
);
const YEAR = { from: '2020-01-01', until: '2020-12-31' };
/** Measured of two actions: 17 of 22 and 12 of 17. */
const stable = [
  stream<IndicatorEvent>('indicator', idOf('stabiel'), indicatorDefined({ objectives: ['O5'] }, at(on('2020-01-02'))), {
    type: 'TargetSet',
    data: { period: YEAR, numerator: 4, denominator: 5, floorPerChild: null, decision: D1 },
    ...meta('2020-07-01'),
  }),
  ...(
    [
      [WMB, 17, 22],
      [PILOT, 12, 17],
    ] as const
  ).map(([action, numerator, denominator]) =>
    stream<MeasurementEvent>('measurement', measurementId(idOf('stabiel'), NETWORK, action), {
      type: 'MeasurementRecorded',
      data: measuredOf(idOf('stabiel'), { kind: 'action', id: action }, YEAR, numerator, denominator),
      ...meta('2021-01-15'),
    }),
  ),
];
const asked = new Asked(moneyOf(grantStory, agenda, both, none, ...stable));

interface Progress {
  readonly items: readonly { readonly id: string }[];
  readonly total: object;
}
const progress = (moment: Moment = {}): Promise<Progress> => asked.ask('getObjectiveProgress', { id: NETWORK }, moment);
const objective = async (code: string, moment?: Moment) => (await progress(moment)).items.find(({ id }) => id === code);

describe('how objectives stand', () => {
  it('says what became of each: its words, and whether it is agreed', async () =>
    expect((await progress()).items).toMatchObject([
      { id: 'O4', status: 'ended', endedAt: on('2021-05-01') },
      { id: 'O5', status: 'agreed', texts: [{ text: { nl: 'Stabiel wonen' } }, { text: { nl: 'Veilig wonen' } }] },
      { id: 'O6', status: 'drafted', actions: { total: 0 } },
    ]));

  it('counts its actions by status, and what money is theirs to the cent', async () =>
    expect(await objective('O5')).toMatchObject({
      actions: { total: 3, byStatus: { proposed: 1, approved: 1, declined: 1, active: 0 } },
      actionList: [{ id: WMB }, { id: PILOT }, { id: idOf('beide'), verdict: null }],
      money: {
        allocatedCents: 600_000,
        committedCents: 600_000,
        spentCents: 80_000,
        acceptedCents: 4_670_000,
        correctedCents: 50_000,
        lapsedCents: 0,
      },
      decisions: [{ id: D1 }, { id: D2, outcome: 'approve' }],
    }));

  it('counts an action in each of its objectives, and once in the total', async () => {
    expect(await objective('O4')).toMatchObject({
      actions: { total: 1, byStatus: { declined: 1 } },
      money: { allocatedCents: 0, acceptedCents: 0 },
    });
    expect((await progress()).total).toMatchObject({
      actions: { total: 4, byStatus: { proposed: 2, approved: 1, declined: 1 } },
      money: { acceptedCents: 4_670_000 },
      ofSeveral: 1,
      ofNone: 1,
    });
  });

  it('has what is measured of it: a share is a sum of parts, never a mean', async () => {
    expect(await objective('O5')).toMatchObject({
      indicators: [
        {
          id: idOf('stabiel'),
          last: {
            period: YEAR,
            value: { numerator: 29, denominator: 39, text: '74.36' },
            target: { text: '80.00' },
            met: false,
          },
        },
      ],
    });
    expect(await objective('O4')).toMatchObject({ indicators: [] });
    expect(await objective('O5', { asOf: '2021-01-14' })).toMatchObject({ indicators: [{ last: null }] });
  });

  it('was otherwise at an earlier moment', async () => {
    expect(await objective('O4', { asOf: '2021-04-30' })).toMatchObject({ status: 'agreed', endedAt: null });
    expect(await objective('O5', { asOf: '2021-04-01' })).toMatchObject({
      money: { spentCents: 2_000_000, acceptedCents: 0 },
    });
    expect(await objective('O5', { effectiveAt: on('2021-04-01') })).toMatchObject({
      money: { spentCents: 4_800_000, acceptedCents: 0 },
    });
  });
});
