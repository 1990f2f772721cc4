import type { ActionEvent, NetworkEvent, NetworkKind, PatternEvent, Polarity, RecommendationEvent } from '#domain';
import { memoryReadStore } from '#read-store/memory';
import {
  actionEvaluated,
  actionProposed,
  AN,
  at,
  idOf,
  log,
  NETWORK,
  on,
  stream,
  type Fact,
  type StreamFacts,
} from '#testkit';
import fc from 'fast-check';
import { Asked } from './harness.ts';

const [WMB, WARM, NIGHT, LEUVEN, GENT, FAR] = ['wmb', 'warm', 'nacht', 'leuven', 'gent', 'ver'].map(idOf) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const TAG = 'vaste-begeleider';
const says = (polarity: Polarity, tag = TAG) => ({ tag, polarity, text: `Iets over ${tag}` });

const network = (id: string, kind: NetworkKind, parent: string | null = null) =>
  stream<NetworkEvent>('network', id, {
    type: 'NetworkFounded',
    data: { kind, name: 'Netwerk', regions: [], parent },
    meta: { ...at(on('2018-01-01')), network: id },
  });
const acted = (id: string, of: string, ...facts: readonly Fact<ActionEvent>[]) =>
  stream<ActionEvent>(
    'action',
    id,
    ...[actionProposed({}, at(on('2020-01-01'))), ...facts].map((fact) => ({
      ...fact,
      meta: { ...fact.meta, network: of },
    })),
  );
const evaluated = (day: string, ...learnings: readonly ReturnType<typeof says>[]): Fact<ActionEvent> =>
  actionEvaluated({ learnings }, at(on(day)));

interface Row {
  readonly tag: string;
  readonly polarity: string;
  readonly status: string;
  readonly actions: number;
  readonly networks: number;
  readonly learnings: readonly { readonly action: string; readonly text: string | null; readonly title: unknown }[];
}
interface Report {
  readonly items: readonly Row[];
  readonly next: string | null;
}

const reportOf = (params: object, moment: object, ...streams: readonly StreamFacts[]): Promise<Report> =>
  new Asked(log(...streams)).ask('getPatternReport', { network: NETWORK, ...params }, moment);
const seen = async (...streams: readonly StreamFacts[]) =>
  (await reportOf({}, {}, ...streams)).items.map(({ tag, polarity, actions, networks }) => [
    tag,
    polarity,
    actions,
    networks,
  ]);

describe('a pattern is proposed', () => {
  const coalition = network(NETWORK, 'coalition');

  it('when two actions tell it, each once however often it does', async () => {
    const once = acted(WMB, NETWORK, evaluated('2021-05-20', says('works')), evaluated('2022-05-18', says('works')));
    expect(await seen(coalition, once)).toEqual([]);
    expect(await seen(coalition, once, acted(WARM, NETWORK, evaluated('2022-06-01', says('works'))))).toEqual([
      [TAG, 'works', 2, 1],
    ]);
  });

  it('by what closings tell too', async () => {
    const closed: Fact<ActionEvent> = {
      type: 'ActionClosed',
      data: { outcome: 'achieved', learnings: [says('works')] },
      meta: at(on('2022-12-31')),
    };
    expect(
      await seen(coalition, acted(WMB, NETWORK, evaluated('2021-05-20', says('works'))), acted(WARM, NETWORK, closed)),
    ).toEqual([[TAG, 'works', 2, 1]]);
  });

  it('not by what is tagged otherwise, tells the opposite, or is of a network below a coalition', async () => {
    const first = acted(WMB, NETWORK, evaluated('2021-05-20', says('works')));
    for (const other of [
      acted(WARM, NETWORK, evaluated('2021-05-20', says('works', 'Vaste-begeleider'))),
      acted(WARM, NETWORK, evaluated('2021-05-20', says('does-not-work'))),
      acted(WARM, LEUVEN, evaluated('2021-05-20', says('works'))),
    ])
      expect(await seen(coalition, network(LEUVEN, 'coalition', NETWORK), first, other)).toEqual([]);
  });

  it('contested, where an action tells the opposite', async () => {
    const { items } = await reportOf(
      {},
      {},
      coalition,
      acted(WMB, NETWORK, evaluated('2021-05-20', says('works'))),
      acted(WARM, NETWORK, evaluated('2021-05-20', says('works'))),
      acted(
        NIGHT,
        NETWORK,
        evaluated('2021-05-20', says('does-not-work')),
        evaluated('2021-06-20', says('does-not-work')),
      ),
    );
    expect(items).toMatchObject([{ polarity: 'works', contested: true, opposing: 1, pattern: null }]);
  });

  it('as it was known, and as it held, at a moment', async () => {
    const late = actionEvaluated({ learnings: [says('works')] }, at(on('2021-06-01'), on('2021-09-01')));
    const streams = [
      coalition,
      acted(WMB, NETWORK, evaluated('2021-05-20', says('works'))),
      acted(WARM, NETWORK, late),
    ];
    const count = async (moment: object) => (await reportOf({}, moment, ...streams)).items.length;
    expect(await count({ asOf: '2021-08-31' })).toBe(0);
    expect(await count({ asOf: '2021-09-01' })).toBe(1);
    expect(await count({ effectiveAt: on('2021-05-31') })).toBe(0);
    expect(await count({ effectiveAt: on('2021-06-02') })).toBe(1);
  });

  it('as its evaluations were corrected', async () => {
    const misdated = { ...evaluated('2022-05-18', says('works')), id: idOf('e2') };
    const corrected: Fact<ActionEvent> = {
      type: 'RecordCorrected',
      data: { event: idOf('e2'), field: 'occurredAt', from: on('2022-05-18'), to: on('2021-05-18'), confirmedBy: AN },
      meta: at(on('2022-06-01')),
    };
    const { items } = await reportOf(
      {},
      {},
      coalition,
      acted(WARM, NETWORK, evaluated('2021-05-20', says('works'))),
      acted(WMB, NETWORK, evaluated('2021-01-20', says('works', 'anders')), misdated, corrected),
    );
    expect(items[0]!.learnings).toMatchObject([
      { action: WARM, occurredAt: on('2021-05-20') },
      { action: WMB, occurredAt: on('2021-05-18') },
    ]);
  });
});

describe('in a movement', () => {
  const movement = [
    network(NETWORK, 'movement'),
    network(LEUVEN, 'coalition', NETWORK),
    network(GENT, 'coalition', NETWORK),
    network(FAR, 'coalition'),
  ];
  const tells = (id: string, of: string) => acted(id, of, evaluated('2021-05-20', says('works')));

  it('actions of two networks below it tell it', async () => {
    expect(await seen(...movement, tells(WMB, LEUVEN), tells(WARM, LEUVEN))).toEqual([]);
    expect(await seen(...movement, tells(WMB, LEUVEN), tells(WARM, FAR))).toEqual([]);
    expect(await seen(...movement, tells(WMB, LEUVEN), tells(WARM, GENT), tells(NIGHT, GENT))).toEqual([
      [TAG, 'works', 3, 2],
    ]);
  });

  it('what they are called is told, and their words are not', async () => {
    const { items } = await reportOf({}, {}, ...movement, tells(WMB, NETWORK), tells(WARM, GENT));
    const byAction = new Map(items[0]!.learnings.map((one) => [one.action, one]));
    expect(byAction.get(WMB)).toMatchObject({ text: `Iets over ${TAG}`, title: { nl: 'Wonen met begeleiding' } });
    expect(byAction.get(WARM)).toMatchObject({
      network: GENT,
      text: null,
      context: null,
      title: { nl: 'Wonen met begeleiding' },
    });
  });
});

describe('a pattern that was confirmed', () => {
  const confirmed = stream<PatternEvent>('pattern', idOf('patroon'), {
    type: 'PatternConfirmed',
    data: {
      tag: TAG,
      polarity: 'works',
      statement: { nl: 'Het werkt.' },
      actions: [WMB, WARM].map((action) => ({ action, network: NETWORK, evaluation: idOf('e1') })),
    },
    meta: at(on('2022-01-01')),
  });
  const recommended = stream<RecommendationEvent>('recommendation', idOf('aanbeveling'), {
    type: 'RecommendationDrafted',
    data: { title: { nl: 'Doen' }, text: { nl: '…' }, patterns: [idOf('patroon')], basis: [] },
    meta: at(on('2022-02-01')),
  });
  const streams = [
    network(NETWORK, 'coalition'),
    ...[WMB, WARM, NIGHT].map((id) =>
      acted(id, NETWORK, evaluated('2021-05-20', says('works'), says('works', 'intake'))),
    ),
    confirmed,
    recommended,
  ];

  it('stands with what was confirmed, which actions it does not name, and its recommendations', async () => {
    const { items } = await reportOf({}, {}, ...streams);
    expect(items).toMatchObject([
      { tag: 'intake', status: 'proposed', pattern: null, unnamed: 0, recommendations: [] },
      {
        tag: TAG,
        status: 'confirmed',
        actions: 3,
        unnamed: 1,
        pattern: { id: idOf('patroon'), statement: { nl: 'Het werkt.' }, revision: 0 },
        recommendations: [{ id: idOf('aanbeveling'), status: 'drafted' }],
      },
    ]);
  });

  it('is paged by tag, and asked for by tag', async () => {
    const first = await reportOf({ limit: 1 }, {}, ...streams);
    expect(first.items.map(({ tag }) => tag)).toEqual(['intake']);
    const second = await reportOf({ limit: 1, cursor: first.next }, {}, ...streams);
    expect(second).toMatchObject({ items: [{ tag: TAG }], next: null });
    expect((await reportOf({ tag: 'intake' }, {}, ...streams)).items).toHaveLength(1);
  });

  it('is there still when it was retired, and before its learnings are', async () => {
    const retired = {
      ...confirmed,
      facts: [...confirmed.facts, { type: 'PatternRetired', data: {}, meta: at(on('2022-03-01')) }],
    };
    expect((await reportOf({}, {}, network(NETWORK, 'coalition'), retired)).items).toMatchObject([
      { status: 'retired', actions: 0, learnings: [] },
    ]);
  });

  it('rests on learnings that are listed by tag, polarity and action', async () => {
    const asked = new Asked(log(...streams));
    const idsOf = async (filters: object) => {
      const { items }: { items: readonly { action: string; tag: string }[] } = await asked.ask('listLearnings', {
        network: NETWORK,
        ...filters,
      });
      return items.map(({ action, tag }) => `${action} ${tag}`).toSorted();
    };
    expect(await idsOf({})).toHaveLength(6);
    expect(await idsOf({ tag: 'intake', action: WMB })).toEqual([`${WMB} intake`]);
    expect(await idsOf({ polarity: 'does-not-work' })).toEqual([]);
  });
});

describe('for all histories', () => {
  const ACTIONS = ['a', 'b', 'c', 'd'].map(idOf);
  const TAGS = ['x', 'y'];
  const learnings = fc.array(
    fc.record({
      action: fc.constantFrom(...ACTIONS),
      tag: fc.constantFrom(...TAGS),
      polarity: fc.constantFrom<Polarity>('works', 'does-not-work'),
      again: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 12 },
  );

  it('a pattern counts each action once, and is proposed when two tell it', async () => {
    const store = memoryReadStore();
    await fc.assert(
      fc.asyncProperty(learnings, async (told) => {
        const streams = ACTIONS.map((id) =>
          acted(
            id,
            NETWORK,
            ...told.flatMap(({ action, tag, polarity, again }) =>
              action === id ? Array.from({ length: again }, () => evaluated('2021-05-20', says(polarity, tag))) : [],
            ),
          ),
        );
        const { items }: Report = await new Asked(log(network(NETWORK, 'coalition'), ...streams), store).ask(
          'getPatternReport',
          { network: NETWORK },
        );
        const expected = TAGS.flatMap((tag) =>
          (['does-not-work', 'works'] as const).flatMap((polarity) => {
            const { size } = new Set(
              told.filter((one) => one.tag === tag && one.polarity === polarity).map((one) => one.action),
            );
            return size >= 2 ? [[tag, polarity, size]] : [];
          }),
        );
        expect(items.map((one) => [one.tag, one.polarity, one.actions])).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});
