import type { ActionEvent, PatternEvent, RecommendationEvent } from '#domain';
import { actionEvaluated, actionProposed, at, idOf, log, NETWORK, on, stream, type Fact } from '#testkit';
import { Asked } from './harness.ts';

const [WMB, WARM, LEUVEN, P1, P2] = ['wmb', 'warm', 'leuven', 'p1', 'p2'].map(idOf) as [
  string,
  string,
  string,
  string,
  string,
];
const value = {
  label: 'Stabiel na 6 maanden',
  rba: 'better-off',
  numerator: 15,
  denominator: 19,
  knownAt: on('2022-05-18'),
} as const;
const evaluated = (name: string): Fact<ActionEvent> => ({
  ...actionEvaluated({ verdict: 'works', indicatorSnapshot: [value] }, at(on('2022-05-18'))),
  id: idOf(name),
});
const acted = (id: string, of: string, title: string, name: string) =>
  stream<ActionEvent>(
    'action',
    id,
    ...[actionProposed({ title: { nl: title } }, at(on('2020-01-01'))), evaluated(name)].map((fact) => ({
      ...fact,
      meta: { ...fact.meta, network: of },
    })),
  );
const pattern = (id: string, tag: string) =>
  stream<PatternEvent>('pattern', id, {
    type: 'PatternConfirmed',
    data: {
      tag,
      polarity: 'works',
      statement: { nl: 'Het werkt.' },
      actions: [
        { action: WMB, network: NETWORK, evaluation: idOf('e1') },
        { action: WARM, network: LEUVEN, evaluation: idOf('e2') },
      ],
    },
    meta: at(on('2022-06-01')),
  });
const recommendation = (name: string, day: string, ...facts: readonly Fact<RecommendationEvent>[]) =>
  stream<RecommendationEvent>(
    'recommendation',
    idOf(name),
    {
      type: 'RecommendationDrafted',
      data: {
        title: { nl: name },
        text: { nl: '…' },
        patterns: [P1, P2],
        basis: [{ action: WMB, evaluation: idOf('e1') }],
      },
      meta: at(on(day)),
    },
    ...facts,
  );
const meta = (day: string) => ({ meta: at(on(day)) });
const followed = (text: string): Fact<RecommendationEvent> => ({
  type: 'RecommendationFollowedUp',
  data: { text, done: false },
  ...meta('2023-02-01'),
});

const asked = new Asked(
  log(
    acted(WMB, NETWORK, 'Wonen', 'e1'),
    acted(WARM, LEUVEN, 'Warm', 'e2'),
    pattern(P1, 'vaste-begeleider'),
    pattern(P2, 'intake'),
    recommendation('een', '2022-09-01'),
    recommendation(
      'twee',
      '2022-09-02',
      { type: 'RecommendationAdopted', data: { decision: idOf('d3') }, ...meta('2022-10-06') },
      { type: 'RecommendationSubmitted', data: { level: 'flemish', addressee: 'Kabinet' }, ...meta('2022-10-10') },
      { type: 'RecommendationAnswered', data: { answer: 'no-reply', text: 'Niets' }, ...meta('2023-01-10') },
      { type: 'RecommendationAnswered', data: { answer: 'partly', text: 'Een proef' }, ...meta('2023-01-20') },
      ...Array.from({ length: 25 }, (_, i) => followed(String(i))),
    ),
  ),
);

describe('the tracker of recommendations', () => {
  const idsOf = async (filters: object, moment = {}) => {
    const { items }: { readonly items: readonly { readonly id: string }[] } = await asked.ask(
      'listRecommendations',
      { network: NETWORK, ...filters },
      moment,
    );
    return items.map(({ id }) => id);
  };

  it.each([
    [{}, ['twee', 'een']],
    [{ status: ['drafted'] }, ['een']],
    [{ status: ['answered', 'submitted'] }, ['twee']],
    [{ level: 'flemish' }, ['twee']],
    [{ level: 'eu' }, []],
  ])('filters by %j', async (filters, found) => expect(await idsOf(filters)).toEqual(found.map(idOf)));

  it('is what was known at a moment', async () => {
    expect(await idsOf({ status: ['submitted'] }, { asOf: '2022-12-31' })).toEqual([idOf('twee')]);
    expect(await idsOf({ status: ['submitted'] }, { asOf: '2022-10-09' })).toEqual([]);
  });

  it('has both that no reply came and the reply that came after all, and the last follow-ups', async () => {
    const { recommendation: found }: { recommendation: { lastFollowUps: readonly { text: string }[] } } =
      await asked.ask('getRecommendation', { id: idOf('twee') });
    expect(found).toMatchObject({
      status: 'answered',
      submitted: { level: 'flemish', addressee: 'Kabinet' },
      answers: [{ answer: 'no-reply' }, { answer: 'partly', text: 'Een proef' }],
      followUps: 25,
    });
    expect(found.lastFollowUps).toHaveLength(20);
    expect(found.lastFollowUps.at(-1)).toMatchObject({ text: '24' });
  });
});

describe('one recommendation', () => {
  it('leads back to each pattern, action, evaluation and value, each evaluation once', async () =>
    expect(await asked.ask('getRecommendation', { id: idOf('een') })).toMatchObject({
      patterns: [
        { id: P1, tag: 'vaste-begeleider' },
        { id: P2, tag: 'intake' },
      ],
      evaluations: [
        { id: idOf('e1'), action: WMB, title: { nl: 'Wonen' }, patterns: [P1, P2], verdict: 'works', values: [value] },
        { id: idOf('e2'), action: WARM, network: LEUVEN, verdict: 'works', values: null },
      ],
    }));

  it('tells the values of a network below to who is of that network too', async () =>
    expect(
      await asked.ask('getRecommendation', { id: idOf('een') }, {}, { networks: [NETWORK, LEUVEN] }),
    ).toMatchObject({ evaluations: [{}, { id: idOf('e2'), values: [value] }] }));

  it('knows no more than was known: before an evaluation there is nothing of it', async () =>
    expect(await asked.ask('getRecommendation', { id: idOf('een') }, { effectiveAt: on('2022-09-01') })).toMatchObject({
      evaluations: [{ values: [value] }, {}],
    }));
});
