import fc from 'fast-check';
import { measurementId } from '#domain';
import type {
  ActionEvent,
  AgendaEvent,
  GroupEvent,
  IndicatorEvent,
  MeasurementEvent,
  MeetingEvent,
  NetworkEvent,
  OrganisationEvent,
  PersonEvent,
} from '#domain';
import {
  actionProposed,
  AN,
  at,
  idOf,
  indicatorDefined,
  LEUVEN,
  log,
  measuredOf,
  NETWORK,
  on,
  stream,
  story,
  type Fact,
} from '#testkit';
import { scoreOf } from './conditions-board.ts';
import { Asked } from './harness.ts';
import type { Moment } from './query.ts';
import type { ImpactCondition, SignalCode } from './words.ts';

const meta = (day: string) => ({ meta: at(on(day)) });
const global = (day: string) => ({ meta: { ...at(on(day)), network: null } });

interface Board {
  readonly conditions: readonly { readonly condition: ImpactCondition; readonly score: number | null }[];
  readonly items: readonly {
    readonly id: SignalCode;
    readonly condition: ImpactCondition;
    readonly numerator: number;
    readonly denominator: number;
    readonly counted: readonly string[];
    readonly lacking: readonly string[];
  }[];
}
const boardOf = (asked: Asked, moment: Moment = {}, now = on('2021-06-01')): Promise<Board> =>
  asked.ask('getConditionsBoard', { id: NETWORK }, moment, { now });
const scores = ({ conditions }: Board) =>
  Object.fromEntries(conditions.map(({ condition, score }) => [condition, score]));
const signal = ({ items }: Board, id: SignalCode) => items.find((one) => one.id === id);

const organisation = (name: string, sector: 'housing' | 'care') =>
  stream<OrganisationEvent>('organisation', idOf(name), {
    type: 'OrganisationRegistered',
    data: { name, sector, units: [], enterpriseNumber: null, umbrellaOf: [] },
    ...global('2018-01-01'),
  });
const action = (
  name: string,
  objectives: readonly string[],
  partners: readonly string[],
  ...facts: readonly ActionEvent[]
) =>
  stream<ActionEvent>(
    'action',
    idOf(name),
    actionProposed(
      { title: { nl: name }, objectives, partners: partners.map((one) => ({ organisation: idOf(one) })) },
      at(on('2020-01-10')),
    ),
    { type: 'ActionApproved', data: { decision: idOf('d') }, ...meta('2020-01-11') },
    ...facts.map((fact) => ({ ...fact, ...meta('2020-01-12') })),
  );
const communicated = (day: string) =>
  ({
    type: 'CommunicationLogged',
    data: { channel: 'newsletter', audience: 'partners', title: day },
    ...meta(day),
  }) as const;

const asked = new Asked(
  log(
    organisation('bouw', 'housing'),
    organisation('zorg', 'care'),
    stream<NetworkEvent>(
      'network',
      NETWORK,
      {
        type: 'NetworkFounded',
        data: { kind: 'coalition', name: 'Antwerpen', regions: [], parent: null },
        ...meta('2018-01-01'),
      },
      {
        type: 'PolicySet',
        data: { policy: { requiredSectors: ['housing', 'care', 'justice'] } },
        ...meta('2018-01-02'),
      },
      {
        type: 'MemberJoined',
        data: { organisation: idOf('bouw'), sector: 'housing', seat: 's', representsTargetGroup: false },
        ...meta('2018-01-03'),
      },
      communicated('2020-06-30'),
      communicated('2020-07-01'),
      communicated('2021-05-02'),
      communicated('2021-05-03'),
    ),
    stream<AgendaEvent>(
      'agenda',
      NETWORK,
      {
        type: 'AgendaDrafted',
        data: { ambition: { nl: 'Thuis' }, problemStatement: { nl: 'Dakloos' } },
        ...meta('2018-03-01'),
      },
      { type: 'ObjectiveAdded', data: { code: 'O5', text: { nl: 'Wonen' } }, ...meta('2018-03-01') },
      { type: 'AgendaVersionAdopted', data: { version: 1, decision: idOf('d') }, ...meta('2018-04-01') },
    ),
    action('een', ['O5'], ['bouw', 'zorg'], {
      type: 'ActionsLinked',
      data: { kind: 'reinforces', action: idOf('twee') },
    }),
    action('twee', ['O5'], ['bouw']),
    action('drie', ['O9'], ['bouw']),
    stream<PersonEvent>(
      'person',
      AN,
      { type: 'PersonRegistered', data: {}, ...global('2018-01-01') },
      { type: 'RoleGiven', data: { role: 'back-office', network: NETWORK }, ...meta('2018-01-01') },
      { type: 'RoleRevoked', data: { role: 'back-office', network: NETWORK }, ...meta('2021-09-01') },
    ),
    stream<GroupEvent>(
      'group',
      idOf('wonen'),
      { type: 'GroupFounded', data: { name: 'Wonen', kind: 'action-group' }, ...meta('2018-01-05') },
      { type: 'GroupLeadAssigned', data: { lead: AN }, ...meta('2018-01-06') },
      { type: 'CadenceSet', data: { timesPerYear: 2 }, ...meta('2018-01-06') },
    ),
    stream<GroupEvent>('group', idOf('netwerken'), {
      type: 'GroupFounded',
      data: { name: 'Netwerken', kind: 'action-group' },
      ...meta('2018-01-05'),
    }),
    ...(['m1', 'm2'] as const).map((name) =>
      stream<MeetingEvent>(
        'meeting',
        idOf(name),
        { type: 'MeetingPlanned', data: { body: idOf('wonen'), startsAt: on('2021-02-01') }, ...meta('2021-01-01') },
        { type: 'AgendaItemAdded', data: { number: 1, title: 'WMB' }, ...meta('2021-01-02') },
        { type: 'InputRecorded', data: { item: 1, organisation: idOf('bouw'), text: 'Doen' }, ...meta('2021-01-03') },
        ...(name === 'm1'
          ? ([
              {
                type: 'InputAnswered',
                data: { item: 1, organisation: idOf('bouw'), text: 'Goed' },
                ...meta('2021-01-04'),
              },
            ] as const)
          : []),
        { type: 'MeetingHeld', data: {}, ...meta('2021-02-01') },
      ),
    ),
  ),
);

describe('the board of the five conditions', () => {
  it('reckons each from so many of so many, and names what counts and what lacks', async () => {
    const board = await boardOf(asked);
    expect(signal(board, 'agenda-adopted')).toMatchObject({ numerator: 1, denominator: 1 });
    expect(signal(board, 'agenda-recent')).toMatchObject({ numerator: 0, denominator: 1, lacking: [NETWORK] });
    expect(signal(board, 'actions-with-objective')).toMatchObject({
      numerator: 2,
      denominator: 3,
      lacking: [idOf('drie')],
    });
    expect(signal(board, 'actions-of-two-sectors')).toMatchObject({
      numerator: 1,
      denominator: 3,
      counted: [idOf('een')],
    });
    expect(signal(board, 'actions-linked')).toMatchObject({ numerator: 2, denominator: 3, lacking: [idOf('drie')] });
    expect(signal(board, 'required-sectors')).toMatchObject({ counted: ['housing'], lacking: ['care', 'justice'] });
    expect(signal(board, 'cadence-kept')).toMatchObject({ numerator: 1, denominator: 1 });
    expect(signal(board, 'inputs-answered')).toMatchObject({ counted: [idOf('m1')], lacking: [idOf('m2')] });
    expect(signal(board, 'months-with-communication')).toMatchObject({
      counted: ['2020-07', '2021-05'],
      denominator: 12,
    });
    expect(signal(board, 'back-office-staffed')).toMatchObject({ counted: [AN], denominator: 1 });
    expect(signal(board, 'groups-led')).toMatchObject({ counted: [idOf('wonen')], lacking: [idOf('netwerken')] });
  });

  it('is the mean of its signals, rounded once; no data where there is nothing to tell from', async () =>
    expect(scores(await boardOf(asked))).toMatchObject({
      // 1/1, 0/1, 2/3
      'common-agenda': 56,
      // 1/3, 2/3, 1/3
      'mutually-reinforcing': 44,
      // 1/1, 1/2, 2/12
      'continuous-communication': 56,
    }));

  it('changes with the facts, on both clocks', async () => {
    const later = on('2022-01-01');
    expect(signal(await boardOf(asked, {}, later), 'back-office-staffed')).toMatchObject({
      numerator: 0,
      denominator: 1,
    });
    for (const moment of [{ asOf: '2020-12-31' }, { effectiveAt: on('2020-12-31') }]) {
      const board = await boardOf(asked, moment, later);
      expect(signal(board, 'agenda-recent')).toMatchObject({ numerator: 1 });
      expect(signal(board, 'inputs-answered')).toMatchObject({ denominator: 0 });
    }
  });

  it('has no data in a network that only was founded', async () => {
    const founded = story.filter(
      ({ stream, revision }) => stream.id === NETWORK && stream.aggregate === 'network' && revision === 0,
    );
    expect(scores(await boardOf(new Asked(founded)))).toEqual({
      'common-agenda': null,
      'shared-measurement': null,
      'mutually-reinforcing': null,
      'continuous-communication': null,
      backbone: null,
    });
  });
});

describe('shared measurement', () => {
  const under = (name: string) =>
    stream<ActionEvent>(
      'action',
      idOf(name),
      actionProposed({ title: { nl: name } }, at(on('2020-01-10'))),
      { type: 'ActionApproved', data: { decision: idOf('d') }, ...meta('2020-01-11') },
      { type: 'ActionStarted', data: {}, ...meta('2020-01-12') },
    );
  const year = (of: number) => ({ from: `${of}-01-01`, until: `${of}-12-31` });
  const measured = (indicator: string, action: string | null, of: number, definitionVersion = 1, network = NETWORK) =>
    stream<MeasurementEvent>(
      'measurement',
      measurementId(idOf(indicator), network, action === null ? undefined : idOf(action)),
      {
        type: 'MeasurementRecorded',
        data: {
          ...measuredOf(
            idOf(indicator),
            action === null ? { kind: 'network', id: network } : { kind: 'action', id: idOf(action) },
            year(of),
            1,
            2,
          ),
          definitionVersion,
        },
        meta: { ...at(on('2021-01-10')), network },
      },
    );
  const indicator = (code: string, ...facts: readonly Fact<IndicatorEvent>[]) =>
    stream<IndicatorEvent>('indicator', idOf(code), indicatorDefined({ code }, at(on('2019-01-01'))), ...facts);
  const adopted = {
    type: 'IndicatorAdopted',
    data: { version: 1, decision: idOf('d') },
    ...meta('2019-02-01'),
  } as const;
  const founded = (id: string, parent: string | null) =>
    stream<NetworkEvent>('network', id, {
      type: 'NetworkFounded',
      data: { kind: 'coalition', name: id, regions: [], parent },
      meta: { ...at(on('2018-01-01')), network: id },
    });
  const asked = new Asked(
    log(
      founded(NETWORK, null),
      founded(LEUVEN, NETWORK),
      under('gemeten'),
      under('vroeger'),
      under('eigen'),
      indicator('gedeeld', adopted),
      indicator('dagen', adopted),
      indicator('nergens', adopted),
      indicator('eigen'),
      measured('gedeeld', 'gemeten', 2020),
      measured('gedeeld', 'vroeger', 2019),
      measured('eigen', 'eigen', 2020),
      measured('dagen', null, 2020, 1),
      measured('dagen', null, 2020, 2, LEUVEN),
    ),
  );

  it('counts active actions with a shared indicator that was measured in its last period', async () => {
    expect(signal(await boardOf(asked), 'actions-measured')).toMatchObject({
      counted: [idOf('gemeten')],
      lacking: [idOf('eigen'), idOf('vroeger')].toSorted(),
    });
    expect(signal(await boardOf(asked, {}, on('2022-01-01')), 'actions-measured')).toMatchObject({ numerator: 0 });
  });

  it('counts shared indicators that all networks measured by one definition', async () =>
    expect(signal(await boardOf(asked), 'one-definition')).toMatchObject({
      counted: [idOf('gedeeld')],
      lacking: [idOf('dagen')],
    }));

  it('before anything was measured tells of the actions only', async () => {
    const board = await boardOf(asked, { asOf: '2020-12-31' });
    expect(signal(board, 'one-definition')).toMatchObject({ denominator: 0 });
    expect(scores(board)).toMatchObject({ 'shared-measurement': 0 });
  });
});

describe('a score', () => {
  const of = (...pairs: readonly (readonly [number, number])[]) =>
    scoreOf(pairs.map(([numerator, denominator]) => ({ numerator, denominator })));

  it('is rounded half up, from exact fractions', () => {
    expect(of([1, 8])).toBe(13);
    expect(of([1, 3], [1, 3], [1, 3])).toBe(33);
    expect(of([1, 1], [0, 1], [2, 3])).toBe(56);
    expect(of([0, 5])).toBe(0);
    expect(of([0, 0])).toBeNull();
    expect(of([0, 0], [1, 1])).toBe(100);
  });

  it('lies between the least and the most of its signals', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc
            .integer({ min: 1, max: 10_000 })
            .chain((denominator) =>
              fc.record({ numerator: fc.integer({ min: 0, max: denominator }), denominator: fc.constant(denominator) }),
            ),
          { minLength: 1, maxLength: 6 },
        ),
        (signals) => {
          const shares = signals.map((one) => (100 * one.numerator) / one.denominator);
          const score = scoreOf(signals)!;
          expect(score).toBeGreaterThanOrEqual(Math.floor(Math.min(...shares)));
          expect(score).toBeLessThanOrEqual(Math.ceil(Math.max(...shares)));
        },
      ),
    ));
});
