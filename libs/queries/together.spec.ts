import type { ActionEvent, AgendaEvent, CoachingEvent, MeetingEvent, NetworkEvent } from '#domain';
import { actionProposed, at, idOf, LEUVEN, log, NETWORK, on, stream, type Fact } from '#testkit';
import { Asked } from './harness.ts';

/* What networks do together: coaching, cohorts, what they told others, how far they have moved, theories of change. */

const [GENT, WIJK, COACH] = ['gent', 'wijk', 'coach'].map(idOf) as [string, string, string];
const meta = (day: string, network: string = NETWORK) => ({ meta: { ...at(on(day)), network } });
const network = (id: string, name: string, parent: string | null, ...facts: readonly Fact<NetworkEvent>[]) =>
  stream<NetworkEvent>(
    'network',
    id,
    {
      type: 'NetworkFounded',
      data: { kind: parent === null ? 'movement' : 'coalition', name, regions: [], parent },
      ...meta('2016-01-01', id),
    },
    ...facts,
  );
const tagged = (of: string, day: string, ...tags: readonly string[]): Fact<NetworkEvent> => ({
  type: 'CohortTagged',
  data: { tags },
  ...meta(day, of),
});
const assessed = (stage: 'single' | 'ad-hoc' | 'integrated', day: string): Fact<NetworkEvent> => {
  const evidence = [
    { sha256: 'a'.repeat(64), mediaType: 'application/pdf', class: 'survey', title: stage, heldBy: 'Back-office' },
  ];
  const { meta: told } = meta(day, LEUVEN);
  return { type: 'MaturityAssessed', data: { stage, findings: '…' }, meta: { ...told, evidence } };
};
const started = (of: string, day: string, more: object = {}): Fact<CoachingEvent> => ({
  type: 'EngagementStarted',
  data: {
    number: 1,
    organisations: [idOf('kennis')],
    coaches: [COACH],
    purpose: '…',
    phases: [],
    phase: null,
    ...more,
  },
  ...meta(day, of),
});

const asked = new Asked(
  log(
    network(
      NETWORK,
      'A Way Home',
      null,
      ...(['flyer', 'press', 'flyer'] as const).map((channel, i): Fact<NetworkEvent> => {
        const data = { channel, audience: 'Ouders', title: `nr. ${i + 1}` };
        return { type: 'CommunicationLogged', data, ...meta(`2021-0${i + 1}-10`) };
      }),
      ...[2, 4].map((score): Fact<NetworkEvent> => {
        const data = { code: 'vraaggericht', from: 'aanbod', to: 'vraag', score };
        return { type: 'SystemChangeAssessed', data, ...meta(`202${score}-06-01`) };
      }),
    ),
    network(
      LEUVEN,
      'Leuven',
      NETWORK,
      assessed('single', '2016-03-01'),
      assessed('ad-hoc', '2018-03-01'),
      {
        type: 'MemberJoined',
        data: { organisation: idOf('stad'), sector: 'local-government', seat: '…', representsTargetGroup: false },
        ...meta('2018-04-01', LEUVEN),
      },
      tagged(LEUVEN, '2019-01-01', 'pionier'),
      assessed('integrated', '2021-12-01'),
    ),
    network(GENT, 'Gent', NETWORK, tagged(GENT, '2019-01-01', 'pionier', 'stad'), tagged(GENT, '2022-02-01', 'stad')),
    network(WIJK, 'Wijk', GENT, tagged(WIJK, '2020-01-01', 'pionier')),
    network(idOf('elders'), 'Elders', null, tagged(idOf('elders'), '2019-01-01', 'pionier')),
    stream<ActionEvent>('action', idOf('wmb'), {
      ...actionProposed({ title: { nl: 'Geheim' } }),
      ...meta('2020-06-10', LEUVEN),
    }),
    stream<CoachingEvent>('coaching', LEUVEN, started(LEUVEN, '2018-09-01'), {
      type: 'EngagementPhaseChanged',
      data: { number: 1, phase: 'opstarten', note: 'Nu' },
      ...meta('2019-01-01', LEUVEN),
    }),
    stream<CoachingEvent>(
      'coaching',
      GENT,
      started(GENT, '2018-09-01'),
      {
        type: 'EngagementEnded',
        data: { number: 1, exit: { findings: 'Klaar' }, coaches: [COACH] },
        ...meta('2020-06-30', GENT),
      },
      started(GENT, '2021-01-10', { number: 2 }),
    ),
    stream<CoachingEvent>('coaching', WIJK, started(WIJK, '2018-09-01', { plannedUntil: '2019-08-31' })),
    stream<AgendaEvent>(
      'agenda',
      NETWORK,
      {
        type: 'AgendaDrafted',
        data: { ambition: { nl: 'Thuis' }, problemStatement: { nl: 'Dakloos' } },
        ...meta('2018-01-01'),
      },
      theory(1, 'een', '2018-02-01'),
      { type: 'AgendaVersionAdopted', data: { version: 1, decision: idOf('d1') }, ...meta('2018-03-01') },
      theory(2, 'twee', '2019-02-01'),
      theory(2, 'beter', '2019-02-10'),
      { type: 'AgendaVersionAdopted', data: { version: 2, decision: idOf('d2') }, ...meta('2019-03-01') },
      { type: 'AgendaVersionAdopted', data: { version: 3, decision: idOf('d3') }, ...meta('2020-03-01') },
    ),
    stream<MeetingEvent>(
      'meeting',
      idOf('m'),
      { type: 'MeetingPlanned', data: { body: idOf('collectief'), startsAt: on('2020-02-01') }, ...meta('2020-01-01') },
      { type: 'AgendaItemAdded', data: { number: 1, title: '…' }, ...meta('2020-01-01') },
      input('Eerst', '2020-01-02'),
      { type: 'InputAnswered', data: { item: 1, organisation: idOf('stad'), text: 'Goed' }, ...meta('2020-01-03') },
      input('Dan', '2020-01-04'),
    ),
  ),
);

function theory(version: number, code: string, day: string): Fact<AgendaEvent> {
  const nodes = [{ code, kind: 'output' as const, text: { nl: code } }];
  return { type: 'TheoryOfChangeDrafted', data: { version, nodes, edges: [] }, ...meta(day) };
}

function input(text: string, day: string): Fact<MeetingEvent> {
  return { type: 'InputRecorded', data: { item: 1, organisation: idOf('stad'), text }, ...meta(day) };
}

describe('coaching', () => {
  interface Overview {
    readonly networks: number;
    readonly engagements: readonly { readonly network: string }[];
  }
  const coached = async (moment = {}): Promise<readonly string[]> => {
    const overview: Overview & { readonly coached: number } = await asked.ask(
      'getCoachingOverview',
      { id: NETWORK },
      moment,
    );
    expect(overview).toMatchObject({ networks: 3, coached: overview.engagements.length, own: null });
    return overview.engagements.map((one) => one.network);
  };

  it('is seen over all networks below, as it was at the moment asked for', async () => {
    expect(await coached()).toEqual([GENT, LEUVEN]);
    expect(await coached({ asOf: '2018-08-31' })).toEqual([]);
    expect(await coached({ asOf: '2018-09-01' })).toEqual([GENT, LEUVEN, WIJK]);
    expect(await coached({ effectiveAt: on('2020-07-01') })).toEqual([LEUVEN]);
  });

  it('ends with its planned last day', async () => {
    expect(await coached({ asOf: '2019-08-31' })).toContain(WIJK);
    expect(await coached({ asOf: '2019-09-01' })).not.toContain(WIJK);
  });

  it('of one network is told with its phases, one engagement after the other', async () => {
    const engagement = (id: string, number?: number, networks = [NETWORK]) =>
      asked.ask('getEngagement', { id, ...(number !== undefined && { number }) }, {}, { networks });
    expect(await engagement(LEUVEN)).toMatchObject({
      engagement: { phase: 'opstarten', phaseChanges: [{ note: 'Nu', at: on('2019-01-01') }], status: 'running' },
    });
    expect(await engagement(GENT)).toMatchObject({ engagement: { number: 2 } });
    expect(await engagement(GENT, 1)).toMatchObject({ engagement: { exit: { findings: 'Klaar', maturity: null } } });
    expect(await engagement(GENT, 3)).toBeUndefined();
    expect(await engagement(WIJK, 1, [LEUVEN])).toBeUndefined();
  });

  it('is listed over the network and those below it', async () => {
    interface List {
      readonly items: readonly { readonly network: string; readonly number: number }[];
    }
    const list = async (params = {}): Promise<readonly string[]> =>
      ((await asked.ask('listEngagements', { network: NETWORK, ...params })) as List).items.map(
        (one) => `${one.network} ${one.number}`,
      );
    expect(await list()).toHaveLength(4);
    expect((await list())[0]).toBe(`${GENT} 2`);
    expect(await list({ status: 'ended' })).toEqual([`${GENT} 1`]);
  });
});

describe('a cohort is compared (O4)', () => {
  const cohort = (moment = {}, id = NETWORK, networks = [NETWORK]) =>
    asked.ask('compareCohort', { id, tag: 'pionier' }, moment, { networks }) as Promise<object | undefined>;

  it('over a network and all below it, and nowhere else', async () => {
    expect(await cohort()).toMatchObject({ networks: [{ network: LEUVEN }, { network: WIJK }] });
    expect(await cohort({ asOf: '2020-12-31' })).toMatchObject({
      networks: [{ network: GENT }, { network: LEUVEN }, { network: WIJK }],
    });
    expect(await cohort({}, GENT, [GENT])).toMatchObject({ networks: [{ network: WIJK }] });
    expect(await cohort({}, NETWORK, [LEUVEN])).toBeUndefined();
  });

  it('by maturity and its history, members, sectors and actions, and no more of it', async () => {
    const compared = await cohort();
    expect(compared).toMatchObject({
      networks: [
        {
          name: 'Leuven',
          stage: 'integrated',
          maturity: [{ stage: 'single' }, { stage: 'ad-hoc' }, { stage: 'integrated' }],
          members: 1,
          sectors: ['local-government'],
          actions: expect.arrayContaining([{ status: 'proposed', count: 1 }]) as object,
        },
        { stage: null, maturity: [], members: 0, sectors: [] },
      ],
    });
    expect(JSON.stringify(compared)).not.toContain('Geheim');
  });
});

it('a network shows how it matured, and on what that rests (O5)', async () =>
  expect(await asked.ask('getNetwork', { id: LEUVEN }, {}, { networks: [LEUVEN] })).toMatchObject({
    network: {
      maturity: [
        { stage: 'single', at: on('2016-03-01'), evidence: [{ title: 'single', heldBy: 'Back-office' }] },
        { stage: 'ad-hoc', evidence: [{ title: 'ad-hoc' }] },
        { stage: 'integrated', at: on('2021-12-01') },
      ],
    },
  }));

it('what a network told others is listed by channel and period (N15)', async () => {
  interface List {
    readonly items: readonly { readonly title: string }[];
  }
  const list = async (params = {}, moment = {}): Promise<readonly string[]> =>
    ((await asked.ask('listCommunications', { network: NETWORK, ...params }, moment)) as List).items.map(
      ({ title }) => title,
    );
  expect(await list()).toEqual(['nr. 3', 'nr. 2', 'nr. 1']);
  expect(await list({ channel: 'flyer' })).toEqual(['nr. 3', 'nr. 1']);
  expect(await list({ from: '2021-02-10', until: '2021-02-10' })).toEqual(['nr. 2']);
  expect(await list({}, { asOf: '2021-02-28' })).toEqual(['nr. 2', 'nr. 1']);
});

it('how far a network has moved is seen each time it looked (D5)', async () => {
  expect(await asked.ask('listSystemChanges', { network: NETWORK, code: 'vraaggericht' })).toMatchObject({
    items: [
      { from: 'aanbod', to: 'vraag', score: 4 },
      { score: 2, at: on('2022-06-01') },
    ],
  });
  expect(await asked.ask('listSystemChanges', { network: NETWORK, code: 'iets-anders' })).toMatchObject({ items: [] });
});

describe('the theory of change', () => {
  const codes = async (moment = {}) => {
    type One = { readonly nodes: readonly { readonly code: string }[] } | null;
    const { theory }: { readonly theory: { readonly adopted: One; readonly draft: One } } = await asked.ask(
      'getAgenda',
      { id: NETWORK },
      moment,
    );
    return [theory.adopted, theory.draft].map((one) => one?.nodes[0]!.code ?? null);
  };

  it('is that of the version that is agreed, and of the draft', async () => {
    expect(await codes({ asOf: '2018-02-15' })).toEqual([null, 'een']);
    expect(await codes({ asOf: '2018-03-15' })).toEqual(['een', null]);
    expect(await codes({ asOf: '2019-02-05' })).toEqual(['een', 'twee']);
    expect(await codes({ effectiveAt: on('2019-02-15') })).toEqual(['een', 'beter']);
    expect(await codes({ asOf: '2019-03-15' })).toEqual(['beter', null]);
  });

  it('stays with a version that has none of its own', async () => expect(await codes()).toEqual(['beter', null]));
});

it('what was contributed to a meeting has its answer; what came after that has none yet', async () =>
  expect(await asked.ask('getMeeting', { id: idOf('m') })).toMatchObject({
    meeting: {
      inputs: [
        { text: 'Eerst', answer: { text: 'Goed', at: on('2020-01-03') } },
        { text: 'Dan', answer: null },
      ],
    },
  }));

describe('what stood in the way of an action, what it reached and what it contributed', () => {
  const own = new Asked(
    log(
      network(NETWORK, 'A Way Home', null),
      stream<ActionEvent>(
        'action',
        idOf('wmb'),
        actionProposed({}, at(on('2020-06-10'))),
        {
          type: 'ObstacleAdded',
          data: { class: 'vision', text: 'Wie beslist?', confidential: false },
          ...meta('2020-07-01'),
        },
        { type: 'MilestoneRecorded', data: { text: 'Eerste woning', date: '2020-12-01' }, ...meta('2020-12-02') },
        ...(['weak', 'strong'] as const).map((strength, i): Fact<ActionEvent> => {
          const texts = { forWhom: 'Jongeren', contribution: 'Eén begeleider.', otherExplanations: 'Meer plaatsen.' };
          const data = { what: `Sneller geholpen, ${i + 1}.`, ...texts, strength };
          return { type: 'ContributionStated', data, ...meta(`2021-0${i + 1}-10`) };
        }),
      ),
    ),
  );

  it('is shown on the action: of its contribution what was stated last', async () => {
    expect(await own.ask('getAction', { id: idOf('wmb') })).toMatchObject({
      action: {
        obstacles: [{ class: 'vision', text: 'Wie beslist?', at: on('2020-07-01') }],
        milestones: [{ text: 'Eerste woning', date: '2020-12-01' }],
        contribution: { what: 'Sneller geholpen, 2.', howMuch: null, strength: 'strong', at: on('2021-02-10') },
      },
    });
    expect(await own.ask('getAction', { id: idOf('wmb') }, { asOf: '2021-01-31' })).toMatchObject({
      action: { contribution: { strength: 'weak' } },
    });
  });

  it('is told in its history, all of it', async () => {
    interface Item {
      readonly type: string;
      readonly sentence: { readonly nl: string };
      readonly changes: readonly { readonly field: string }[];
    }
    const { items }: { readonly items: readonly Item[] } = await own.ask('getActionHistory', { id: idOf('wmb') });
    expect(items.slice(1).map(({ sentence, changes }) => [sentence.nl, changes.map(({ field }) => field)])).toEqual([
      ['Een hindernis (visie): Wie beslist?', ['obstacles']],
      ['Mijlpaal op 1 december 2020: Eerste woning.', ['milestones']],
      [
        'Wat veranderde: Sneller geholpen, 1. Bijdrage van de actie (zwak onderbouwd): Eén begeleider.',
        ['contribution'],
      ],
      [
        'Wat veranderde: Sneller geholpen, 2. Bijdrage van de actie (sterk onderbouwd): Eén begeleider.',
        ['contribution'],
      ],
    ]);
  });
});
