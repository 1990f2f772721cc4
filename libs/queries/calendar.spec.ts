import type { AgreementEvent, IndicatorEvent, MeetingEvent, NetworkEvent, SessionEvent } from '#domain';
import { at, decisionRecorded, idOf, indicatorDefined, log, NETWORK, on, stream, story, type Fact } from '#testkit';
import { Asked } from './harness.ts';
import { awarded, fact, moneyOf } from './money-harness.ts';
import { HOLDERS, measurements, PARTICIPATIONS } from './oudenaarde-harness.ts';
import type { Moment } from './query.ts';
import type { DueKind } from './words.ts';

const meta = (day: string) => ({ meta: at(on(day)) });
const agreement = stream<AgreementEvent>(
  'agreement',
  idOf('overeenkomst'),
  {
    type: 'AgreementDrafted',
    data: {
      kind: 'partnership',
      title: 'Samenwerking',
      period: { from: '2020-01-01', until: '2021-10-31' },
      parties: [],
      thirdParties: [],
      withNetworks: [],
      scheme: null,
      succeeds: null,
      objectives: null,
      actions: [],
    },
    ...meta('2020-01-01'),
  },
  { type: 'AgreementEnteredIntoForce', data: {}, ...meta('2020-01-02') },
);
const meeting = (name: string, day: string, how?: 'MeetingHeld' | 'MeetingCancelled') =>
  stream<MeetingEvent>(
    'meeting',
    idOf(name),
    {
      type: 'MeetingPlanned',
      data: { body: idOf('collectief'), startsAt: on(day), title: name },
      ...meta('2021-01-02'),
    },
    ...(how === undefined ? [] : ([{ type: how, data: {}, ...meta(day) }] as const)),
  );
const step = (number: number, text: string, dueOn: string): Fact<SessionEvent> => ({
  type: 'StepAgreed',
  data: { number, text, owner: { kind: 'group', id: idOf('collectief') }, dueOn },
  ...meta('2021-02-20'),
});
const session = stream<SessionEvent>(
  'session',
  idOf('sessie'),
  {
    type: 'SessionHeld',
    data: {
      kind: 'workshop',
      title: 'Gedeelde meting',
      topic: 'shared-measurement',
      organisations: [],
      networks: [],
      participants: 11,
      confidentiality: 'open',
    },
    ...meta('2021-02-20'),
  },
  step(1, 'Definitie kiezen', '2021-04-01'),
  step(2, 'Eerste meting', '2022-02-01'),
  { type: 'StepDone', data: { number: 1 }, ...meta('2021-03-30') },
);
const instalments = [
  { code: 'voorschot', cents: null, share: { num: 1, den: 2 }, dueOn: '2021-02-01', requires: [] },
  { code: 'saldo', cents: null, share: null, dueOn: '2021-11-30', requires: [] },
  { code: 'zonder dag', cents: 100, share: null, dueOn: null, requires: [] },
];
const asked = new Asked(
  moneyOf(
    [
      fact('2020-09-15', {
        type: 'GrantAwarded',
        data: awarded({ instalments, period: { from: '2020-09-01', until: '2021-09-30' } }),
      }),
      fact('2021-02-03', {
        type: 'InstalmentReceived',
        data: { instalment: 'voorschot', amountCents: 4_250_000, bankReference: 'B1' },
      }),
    ],
    agreement,
    session,
    meeting('voorjaar', '2021-03-10', 'MeetingHeld'),
    meeting('zomer', '2021-06-10', 'MeetingCancelled'),
    meeting('najaar', '2021-10-10'),
    stream('decision', idOf('herzien'), decisionRecorded({ reviewDate: '2021-09-01' }, at(on('2020-07-01')))),
  ),
);

interface Calendar {
  readonly items: readonly {
    readonly on: string;
    readonly kind: DueKind;
    readonly done: boolean;
    readonly detail: string | null;
  }[];
}
const calendar = async (params: object, moment: Moment = {}): Promise<readonly string[]> => {
  const { items }: Calendar = await asked.ask('getCalendar', { id: NETWORK, ...params }, moment);
  return items.map(({ on, kind, detail, done }) => `${on} ${kind} ${detail ?? '–'}${done ? ' done' : ''}`);
};
const YEAR = { from: '2021-01-01', until: '2021-12-31' };

describe('the calendar of a network', () => {
  it('has what falls due between two days, and says what is done', async () =>
    expect(await calendar(YEAR)).toEqual([
      '2021-02-01 instalment voorschot done',
      '2021-03-10 meeting voorjaar done',
      '2021-04-01 step Definitie kiezen done',
      '2021-09-01 decision-review –',
      '2021-10-10 meeting najaar',
      '2021-10-31 agreement-end Samenwerking',
      '2021-11-30 instalment saldo',
      '2021-12-29 final-report –',
    ]));

  it('knows at a moment only what was known by then, and what held', async () => {
    expect(await calendar(YEAR, { asOf: '2021-02-02' })).toContain('2021-02-01 instalment voorschot');
    expect(await calendar(YEAR, { asOf: '2021-02-02' })).toContain('2021-06-10 meeting zomer');
    expect(await calendar(YEAR, { effectiveAt: on('2021-01-01') })).not.toContain('2021-06-10 meeting zomer');
  });

  it('goes from the moment asked for on, a year by default', async () => {
    const { from, until }: { readonly from: string; readonly until: string } = await asked.ask(
      'getCalendar',
      { id: NETWORK },
      { asOf: '2021-11-01' },
    );
    expect([from, until]).toEqual(['2021-11-01', '2022-11-01']);
    expect(await calendar({}, { asOf: '2021-11-01' })).toEqual([
      '2021-11-30 instalment saldo',
      '2021-12-29 final-report –',
      '2022-02-01 step Eerste meting',
    ]);
  });

  it('can be of some kinds only', async () =>
    expect(await calendar({ ...YEAR, kind: ['meeting'] })).toEqual([
      '2021-03-10 meeting voorjaar done',
      '2021-10-10 meeting najaar',
    ]));

  it('has the evaluation of an action under way: 180 days after its start, suspended days apart, then a year on', async () => {
    const of = async (moment: Moment) => {
      const { items }: Calendar = await new Asked(story).ask(
        'getCalendar',
        { id: NETWORK, from: '2020-01-01', until: '2024-12-31', kind: ['evaluation'] },
        moment,
      );
      return items.map((item) => item.on);
    };
    expect(await of({ asOf: '2021-01-01' })).toEqual(['2021-03-31']);
    expect(await of({ asOf: '2021-05-20' })).toEqual(['2022-05-21']);
  });
});

describe('what is to be measured', () => {
  const attached = (
    day: string,
    type: 'IndicatorAttached' | 'IndicatorDetached' = 'IndicatorAttached',
  ): Fact<IndicatorEvent> => ({
    type,
    data: { scope: { kind: 'network', id: NETWORK }, network: NETWORK },
    ...meta(day),
  });
  const measured = (...facts: readonly Fact<IndicatorEvent>[]) =>
    new Asked(
      log(
        stream<NetworkEvent>('network', NETWORK, {
          type: 'NetworkFounded',
          data: { kind: 'coalition', name: 'Oudenaarde', regions: [], parent: null },
          ...meta('2014-01-01'),
        }),
        ...measurements,
        stream<IndicatorEvent>(
          'indicator',
          idOf('klachten'),
          indicatorDefined(
            { code: 'klachten', unit: 'count', aggregation: 'sum', frequency: 'quarterly', validFrom: '2014-01-01' },
            at(on('2013-12-09')),
          ),
          ...facts,
        ),
      ),
    );
  const due = async (of: Asked, moment: Moment = {}): Promise<readonly string[]> => {
    const { items }: Calendar = await of.ask(
      'getCalendar',
      { id: NETWORK, from: '2015-01-01', until: '2016-12-31', kind: ['measurement'] },
      moment,
    );
    const names = new Map([
      [HOLDERS, 'houders'],
      [PARTICIPATIONS, 'deelnames'],
      [idOf('klachten'), 'klachten'],
    ]);
    return items.map(({ on, detail, done }) => `${on} ${names.get(detail!)}${done ? ' done' : ''}`).toSorted();
  };

  it('is each period of what is or was measured, from the day after on', async () =>
    expect(await due(measured())).toEqual([
      '2015-01-01 deelnames',
      '2015-01-01 houders done',
      '2016-01-01 deelnames done',
      '2016-01-01 houders done',
    ]));

  it('is each period of what was attached by its end', async () =>
    expect((await due(measured(attached('2016-02-01')))).filter((one) => one.endsWith('klachten'))).toEqual([
      '2016-04-01 klachten',
      '2016-07-01 klachten',
      '2016-10-01 klachten',
    ]));

  it('is not what was detached', async () =>
    expect(
      (await due(measured(attached('2016-02-01'), attached('2016-05-01', 'IndicatorDetached')))).filter((one) =>
        one.endsWith('klachten'),
      ),
    ).toEqual([]));

  it('was missing before it was measured', async () =>
    expect(await due(measured(), { asOf: '2016-01-17' })).toEqual(['2015-01-01 houders done', '2016-01-01 houders']));
});
