import { s, type TypeOf } from '#kernel';
import { POLARITIES, ref, spansNetworks } from '#domain';
import {
  learning,
  patternCard,
  RECOMMENDATION_STATUSES,
  type ActionCard,
  type Learning,
  type NetworkCard,
  type PatternCard,
  type RecommendationCard,
} from '#projections';
import type { Doc } from '#read-store';
import { withBelow } from './below.ts';
import { idsIn, namesOf } from './names.ts';
import { GetPatternReport, ListLearnings } from './params.ts';
import { notFound, type QueryContext } from './query.ts';
import { listed, ofNetwork, pageOf, pick, question, whereOf } from './question.ts';

const LEARNING = 'learning';

export const listLearnings = question({
  name: 'listLearnings',
  path: '/learnings',
  summary: 'What the evaluations and closings of the actions of a network taught, the latest first.',
  params: ListLearnings,
  answer: pageOf(learning.doc),
  reads: [LEARNING],
  example: { network: ref('network'), tag: 'vaste-begeleider' },
  run: (params, context) =>
    listed<Learning>(
      context,
      params,
      {
        model: LEARNING,
        where: whereOf(params, { tag: ['tag', 'eq'], polarity: ['polarity', 'eq'], action: ['of', 'eq'] }),
        sort: ['occurredAt', -1],
      },
      (one) => one,
      idsIn,
    ),
});

const told = s.object({
  action: s.id(),
  network: s.id(),
  title: s.json('Of the action, in nl, fr, en.'),
  event: s.id('The evaluation, or the closing, that tells it.'),
  occurredAt: s.instant(),
  text: s.nullable(s.text('Null where the action is of another network than the caller’s.')),
  context: s.nullable(s.text()),
});

const item = s.object({
  tag: s.text(),
  polarity: s.oneOf(POLARITIES),
  status: s.oneOf(['proposed', 'confirmed', 'retired'], 'Proposed: told often enough, and not confirmed.'),
  actions: s.integer('Distinct actions that tell it, however often each does.'),
  networks: s.integer('Distinct networks of those actions.'),
  opposing: s.integer('Distinct actions that tell the opposite of the same tag.'),
  contested: s.boolean('Whether any does.'),
  unnamed: s.integer('Distinct actions that tell it and on which the confirmed pattern does not rest.'),
  learnings: s.list(told, 'The last twenty; all of a network are its learnings.'),
  pattern: s.nullable(patternCard.doc),
  recommendations: s.list(
    s.object({ id: s.id(), title: s.json('In nl, fr, en.'), status: s.oneOf(RECOMMENDATION_STATUSES) }),
    'That rest on it.',
  ),
});
type Item = TypeOf<typeof item>;

const LAST = 20;

export const getPatternReport = question({
  name: 'getPatternReport',
  path: '/patterns',
  summary:
    'What works and what does not, again and again: tags that two actions tell (in a movement or programme: actions of two networks below it), and what was confirmed.',
  params: GetPatternReport,
  answer: pageOf(item),
  reads: [LEARNING, 'action-card', 'network-card', 'pattern-card', 'recommendation-card'],
  example: { network: ref('network') },
  run: async ({ network, tag, limit = 50, cursor = '' }, context) => {
    if (!context.networks.has(network)) return notFound;
    const facts = await factsOf(network, context);
    const keys = keysOf(facts).filter((key) => key > cursor && (tag === undefined || tagOf(key) === tag));
    const shown = keys.slice(0, limit);
    const items = await titled(
      shown.map((key) => itemOf(key, facts)),
      context,
    );
    return {
      items,
      next: keys.length > shown.length ? shown.at(-1)! : null,
      names: await namesOf(context, idsIn(items)),
    };
  },
});

interface Facts {
  /** A network of networks asks for two networks. */
  readonly spans: boolean;
  readonly told: ReadonlyMap<string, readonly Learning[]>;
  readonly confirmed: ReadonlyMap<string, PatternCard>;
  readonly recommendations: readonly RecommendationCard[];
}

async function factsOf(network: string, { reader }: QueryContext): Promise<Facts> {
  const home = await reader.get<NetworkCard & Doc>('network-card', network);
  const spans = home !== null && spansNetworks(home.doc.kind);
  const networks = spans ? await withBelow(reader, network) : [network];
  const [learnings, confirmed, recommendations] = await Promise.all([
    Promise.all(networks.map((one) => ofNetwork<Learning>(reader, LEARNING, one))),
    ofNetwork<PatternCard>(reader, 'pattern-card', network),
    ofNetwork<RecommendationCard>(reader, 'recommendation-card', network),
  ]);
  return {
    spans,
    told: Map.groupBy(learnings.flat(), keyOf),
    confirmed: new Map(confirmed.map((card) => [keyOf(card), card])),
    recommendations,
  };
}

/** A tag holds no slash. */
const keyOf = ({ tag, polarity }: Pick<Learning, 'tag' | 'polarity'>): string => `${tag}/${polarity}`;
const tagOf = (key: string): string => key.split('/')[0]!;

const LEAST = 2;

/** What is told often enough, and what was confirmed, by tag. */
const keysOf = ({ spans, told, confirmed }: Facts): readonly string[] =>
  [...new Set([...told.keys(), ...confirmed.keys()])]
    .filter((key) => confirmed.has(key) || distinct(told.get(key) ?? [], spans ? 'network' : 'action').size >= LEAST)
    .toSorted();

const distinct = (learnings: readonly Learning[], by: 'action' | 'network'): ReadonlySet<string> =>
  new Set(learnings.map((one) => one[by]));

function itemOf(key: string, { told, confirmed, recommendations }: Facts) {
  const [tag, polarity] = key.split('/') as [string, Item['polarity']];
  const learnings = told.get(key) ?? [];
  const actions = distinct(learnings, 'action');
  const opposite = keyOf({ tag, polarity: polarity === 'works' ? 'does-not-work' : 'works' });
  const opposing = distinct(told.get(opposite) ?? [], 'action').size;
  const pattern = confirmed.get(key) ?? null;
  const named = new Set(pattern?.actions.map(({ action }) => action));
  return {
    tag,
    polarity,
    status: pattern?.status ?? ('proposed' as const),
    actions: actions.size,
    networks: distinct(learnings, 'network').size,
    opposing,
    contested: opposing > 0,
    unnamed: pattern === null ? 0 : [...actions].filter((action) => !named.has(action)).length,
    learnings: learnings.toSorted(latestFirst).slice(0, LAST),
    pattern,
    recommendations: recommendations
      .filter(({ patterns }) => pattern !== null && patterns.includes(pattern.id))
      .map((one) => pick(one, ['id', 'title', 'status'])),
  };
}

const latestFirst = (a: Learning, b: Learning): number =>
  a.occurredAt === b.occurredAt ? (a.id < b.id ? -1 : 1) : a.occurredAt < b.occurredAt ? 1 : -1;

/** Of another network's action: what it is called and that it tells this, and not in which words. */
async function titled(
  items: readonly ReturnType<typeof itemOf>[],
  { reader, networks }: QueryContext,
): Promise<readonly Item[]> {
  const ids = new Set(items.flatMap(({ learnings }) => learnings.map(({ action }) => action)));
  const cards = await reader.getMany<ActionCard & Doc>('action-card', [...ids]);
  return items.map((one) => ({
    ...one,
    learnings: one.learnings.map(({ action, network, event, occurredAt, text, context }) => ({
      action,
      network,
      title: cards.get(action)?.title ?? null,
      event,
      occurredAt,
      ...(networks.has(network) ? { text, context } : { text: null, context: null }),
    })),
  }));
}
