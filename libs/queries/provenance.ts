import { s } from '#kernel';
import { ref, VERDICTS } from '#domain';
import { ACTION_STATUSES, type ActionCard } from '#projections';
import type { Doc } from '#read-store';
import { idsIn, namesOf } from './names.ts';
import { ById } from './params.ts';
import { notFound } from './query.ts';
import { every, names, owned, question } from './question.ts';

const node = s.object({
  id: s.id(),
  parent: s.nullable(s.id()),
  generation: s.integer('0 for the first of the line.'),
  visible: s.boolean(
    'Whether it is of one of the caller’s networks. Of others the line shares where it went, how it stands and whether it works there (BRD-6), and no more.',
  ),
  network: s.id(),
  title: s.nullable(s.json('In nl, fr, en.')),
  status: s.oneOf(ACTION_STATUSES),
  verdict: s.nullable(s.oneOf(VERDICTS, 'Of its last evaluation.')),
  decision: s.nullable(s.id('On which it was broadened; none for a practice that its network adopted.')),
  practice: s.nullable(s.id('The practice that was followed or adopted.')),
  proposedAt: s.instant(),
});

export const getProvenanceTree = question({
  name: 'getProvenanceTree',
  path: '/actions/{id}/provenance',
  summary:
    'Where an action comes from and where it went: all that was broadened, or adopted as a practice, from the first of its line.',
  params: ById,
  answer: s.object({ root: s.id(), nodes: s.list(node, 'Generation by generation.'), names }),
  reads: ['action-card'],
  example: { id: ref('action') },
  run: async ({ id }, context) => {
    const asked = await owned<ActionCard>(context, 'action-card', id);
    if (asked === undefined) return notFound;
    // Who is of the line never changes: that is asked now, and what they were of the moment.
    const line = await every<ActionCard>(context.at({}), { model: 'action-card', where: [['root', 'eq', asked.root]] });
    const cards = await context.reader.getMany<ActionCard & Doc>(
      'action-card',
      line.map((one) => one.id),
    );
    const nodes = [...cards.values()]
      .toSorted(
        (a, b) =>
          a.generation - b.generation ||
          (a.proposedAt < b.proposedAt ? -1 : a.proposedAt > b.proposedAt ? 1 : a.id < b.id ? -1 : 1),
      )
      .map((card) => nodeOf(card, context.networks.has(card.network), cards.get(card.derivedFrom?.action ?? '')));
    return { root: asked.root, nodes, names: await namesOf(context, idsIn(nodes)) };
  },
});

function nodeOf(card: ActionCard, visible: boolean, parent: ActionCard | undefined) {
  const shared = {
    id: card.id,
    parent: card.derivedFrom?.action ?? null,
    generation: card.generation,
    visible,
    network: card.network,
    status: card.status,
    verdict: card.lastEvaluation?.verdict ?? null,
    practice: card.derivedFrom?.practice ?? null,
    proposedAt: card.proposedAt,
  };
  if (!visible) return { ...shared, title: null, decision: null };
  const broadening = parent?.broadenings.find(
    ({ evaluation, networks, practice }) =>
      evaluation === card.derivedFrom?.evaluation &&
      networks.includes(card.network) &&
      practice === card.derivedFrom.practice,
  );
  return {
    ...shared,
    title: card.title,
    decision: broadening?.decision ?? null,
  };
}
