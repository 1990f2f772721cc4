import { s, type TypeOf } from '#kernel';
import { ref, VERDICTS, type Verdict } from '#domain';
import { ACTION_STATUSES, practiceCard, type ActionCard, type PracticeCard } from '#projections';
import type { Doc } from '#read-store';
import { idsIn, namesOf } from './names.ts';
import { ById, ListPractices } from './params.ts';
import { notFound, type QueryContext } from './query.ts';
import { every, names, pageOf, pick, picked, question, whereOf } from './question.ts';

const MODEL = 'practice-card';
const ROW = [
  'id',
  'network',
  'action',
  'version',
  'title',
  'method',
  'context',
  'conditions',
  'evaluation',
  'tags',
  'status',
  'publishedAt',
  'revisedAt',
  'withdrawn',
  'adopted',
  'revision',
  'position',
  'updatedAt',
] as const;

export const listPractices = question({
  name: 'listPractices',
  path: '/practices',
  summary: 'The practices that networks published for each other, the latest first.',
  params: ListPractices,
  answer: pageOf(picked(practiceCard.doc, ROW)),
  reads: [MODEL],
  example: { tag: 'vaste-begeleider' },
  run: async ({ limit = 50, cursor, ...filters }, context) => {
    const page = await context.reader.find<PracticeCard & Doc>({
      model: MODEL,
      where: whereOf(
        { status: 'published', ...filters },
        { status: ['status', 'eq'], network: ['network', 'eq'], tag: ['tags', 'has'] },
      ),
      sort: ['publishedAt', -1],
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    const items = page.items.map((card) => pick(card, ROW));
    return { items, next: page.next, names: await namesOf(context, idsIn(items)) };
  },
});

const node = s.object({
  action: s.id(),
  parent: s.nullable(s.id('From which it was broadened or adopted.')),
  generation: s.integer('0 for the first of its line.'),
  network: s.id(),
  regions: s.list(s.text(), 'NIS codes.'),
  title: s.json('In nl, fr, en.'),
  status: s.oneOf(ACTION_STATUSES),
  verdict: s.nullable(s.oneOf(VERDICTS, 'Of its latest evaluation.')),
  practiceVersion: s.nullable(s.integer('Of this practice, where it was followed or adopted.')),
  adaptations: s.nullable(s.text('What is different there; told to its network.')),
});
type Node = TypeOf<typeof node>;

export const getPractice = question({
  name: 'getPractice',
  path: '/practices/{id}',
  summary: 'One practice with its record: every action that came of it, where it works and where it does not.',
  params: ById,
  answer: s.object({
    practice: practiceCard.doc,
    record: s.list(node, 'The action it was published from, then all that was broadened or adopted from it (BRD-6).'),
    tally: s.object({
      works: s.integer(),
      worksPartly: s.integer(),
      doesNotWork: s.integer(),
      open: s.integer('Not evaluated, too early, or not evaluable.'),
    }),
    names,
  }),
  reads: [MODEL, 'action-card'],
  example: { id: ref('practice') },
  run: async ({ id }, context) => {
    const found = await context.reader.get<PracticeCard & Doc>(MODEL, id);
    if (found === null) return notFound;
    const { networks } = context;
    const isOwn = networks.has(found.doc.network);
    const practice = {
      ...found.doc,
      refusals: found.doc.refusals.filter(({ network }) => isOwn || networks.has(network)),
    };
    const record = await recordOf(practice, context);
    const answer = { practice, record, tally: tallyOf(record) };
    return { ...answer, names: await namesOf(context, idsIn(answer)) };
  },
});

/** Who is of the line never changes: that is asked now, and what they were of the moment. */
async function recordOf({ id, action }: PracticeCard, context: QueryContext): Promise<readonly Node[]> {
  const { reader, at, networks } = context;
  const source = await reader.get<ActionCard & Doc>('action-card', action);
  if (source === null) return [];
  const line = await every<ActionCard>(at({}), { model: 'action-card', where: [['root', 'eq', source.doc.root]] });
  const cards = await reader.getMany<ActionCard & Doc>(
    'action-card',
    line.map((one) => one.id),
  );
  return descent(action, [...cards.values()]).map((card) => ({
    action: card.id,
    parent: card.derivedFrom?.action ?? null,
    ...pick(card, ['generation', 'network', 'regions', 'title', 'status']),
    verdict: card.lastEvaluation?.verdict ?? null,
    practiceVersion: card.derivedFrom?.practice === id ? card.derivedFrom.practiceVersion : null,
    adaptations: networks.has(card.network) ? (card.derivedFrom?.adaptations ?? null) : null,
  }));
}

/** An action and all that came of it, generation by generation. */
function descent(root: string, cards: readonly ActionCard[]): readonly ActionCard[] {
  const kept = new Set([root]);
  return cards.toSorted(byGeneration).filter(({ id, derivedFrom }) => {
    if (derivedFrom !== null && kept.has(derivedFrom.action)) kept.add(id);
    return kept.has(id);
  });
}

const byGeneration = (a: ActionCard, b: ActionCard): number =>
  a.generation - b.generation ||
  (a.proposedAt < b.proposedAt ? -1 : a.proposedAt > b.proposedAt ? 1 : a.id < b.id ? -1 : 1);

function tallyOf(record: readonly Node[]) {
  const count = (...verdicts: readonly (Verdict | null)[]): number =>
    record.filter(({ verdict }) => verdicts.includes(verdict)).length;
  return {
    works: count('works'),
    worksPartly: count('works-partly'),
    doesNotWork: count('does-not-work'),
    open: count(null, 'too-early', 'not-evaluable'),
  };
}
