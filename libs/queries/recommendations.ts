import { s, type TypeOf } from '#kernel';
import { ref, VERDICTS } from '#domain';
import {
  patternCard,
  recommendationCard,
  type ActionCard,
  type JournalEntry,
  type PatternCard,
  type RecommendationCard,
} from '#projections';
import type { Doc, Reader } from '#read-store';
import { idsIn, namesOf } from './names.ts';
import { ById, ListRecommendations } from './params.ts';
import { notFound, type QueryContext } from './query.ts';
import { listed, names, owned, pageOf, question, whereOf } from './question.ts';

const MODEL = 'recommendation-card';

export const listRecommendations = question({
  name: 'listRecommendations',
  path: '/recommendations',
  summary:
    'The recommendations of a network, the latest drafted first: where each went, what the reply was and what came of it.',
  params: ListRecommendations,
  answer: pageOf(recommendationCard.doc),
  reads: [MODEL],
  example: { network: ref('network'), status: ['submitted'] },
  run: (params, context) =>
    listed<RecommendationCard>(
      context,
      params,
      {
        model: MODEL,
        where: whereOf(params, { status: ['status', 'in'], level: ['submitted.level', 'eq'] }),
        sort: ['draftedAt', -1],
      },
      (card) => card,
      idsIn,
    ),
});

const evaluation = s.object({
  id: s.id('Of the event: an evaluation, or a closing.'),
  action: s.id(),
  network: s.nullable(s.id()),
  title: s.json('Of the action, in nl, fr, en.'),
  patterns: s.list(s.id(), 'Through which it is a ground; none where it was named itself.'),
  verdict: s.nullable(s.oneOf(VERDICTS, 'None of a closing.')),
  at: s.nullable(s.instant()),
  values: s.nullable(s.list(s.json('An indicator value as it was known then.'))),
});
type Evaluation = TypeOf<typeof evaluation>;

export const getRecommendation = question({
  name: 'getRecommendation',
  path: '/recommendations/{id}',
  summary: 'One recommendation with all on which it rests: patterns, actions, evaluations and the values these saw.',
  params: ById,
  answer: s.object({
    recommendation: recommendationCard.doc,
    patterns: s.list(patternCard.doc),
    evaluations: s.list(evaluation, 'Values are told of actions of the caller’s networks.'),
    names,
  }),
  reads: [MODEL, 'pattern-card', 'action-card', 'journal'],
  example: { id: ref('recommendation') },
  run: async ({ id }, context) => {
    const recommendation = await owned<RecommendationCard>(context, MODEL, id);
    if (recommendation === undefined) return notFound;
    const found = await context.reader.getMany<PatternCard & Doc>('pattern-card', recommendation.patterns);
    const patterns = [...found.values()];
    const answer = { recommendation, patterns, evaluations: await evaluationsOf(recommendation, patterns, context) };
    return { ...answer, names: await namesOf(context, idsIn(answer)) };
  },
});

/** Each once, whichever patterns rest on it. */
async function evaluationsOf(
  { basis }: RecommendationCard,
  patterns: readonly PatternCard[],
  { reader, networks }: QueryContext,
): Promise<readonly Evaluation[]> {
  const grounds = [
    ...patterns.flatMap(({ id, actions }) => actions.map((one) => ({ ...one, patterns: [id] }))),
    ...basis.map((one) => ({ ...one, patterns: [] })),
  ];
  const byEvent = [...Map.groupBy(grounds, (one) => one.evaluation).values()];
  const cards = await reader.getMany<ActionCard & Doc>('action-card', [
    ...new Set(grounds.map(({ action }) => action)),
  ]);
  return Promise.all(
    byEvent.map(async (same) => {
      const { action, evaluation: id } = same[0]!;
      const card = cards.get(action);
      const made = card?.evaluations.find((one) => one.id === id);
      const isTold = made !== undefined && networks.has(card!.network);
      return {
        id,
        action,
        network: card?.network ?? null,
        title: card?.title ?? null,
        patterns: same.flatMap((one) => one.patterns),
        verdict: made?.verdict ?? null,
        at: made?.at ?? null,
        values: isTold ? await valuesOf(reader, id) : null,
      };
    }),
  );
}

async function valuesOf(reader: Reader, event: string): Promise<readonly unknown[]> {
  const { items } = await reader.find<JournalEntry & Doc>({
    model: 'journal',
    where: [['eventId', 'eq', event]],
    sort: ['position', 1],
    limit: 1,
  });
  return items.flatMap(({ data }) => (data as { readonly indicatorSnapshot: readonly unknown[] }).indicatorSnapshot);
}
