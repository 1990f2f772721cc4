import { asMoment, asOccurrence, s, type TypeOf } from '#kernel';
import { ref, VERDICTS } from '#domain';
import { ACTION_STATUSES, sessionCard, type ActionCard, type SessionCard } from '#projections';
import type { Doc } from '#read-store';
import { idsIn, namesOf } from './names.ts';
import { ById, ListSessions } from './params.ts';
import { notFound, type QueryContext } from './query.ts';
import { every, names, pageOf, pick, picked, question, whereOf } from './question.ts';

const MODEL = 'session-card';
const ROW = [
  'id',
  'network',
  'kind',
  'title',
  'topic',
  'heldAt',
  'place',
  'facilitator',
  'organisations',
  'present',
  'participants',
  'confidentiality',
  'action',
  'indicator',
  'openSteps',
  'nextDue',
] as const;

export const listSessions = question({
  name: 'listSessions',
  path: '/sessions',
  summary:
    'The sessions of a network and those at which it was present, the latest first; what came of one it says itself.',
  params: ListSessions,
  answer: pageOf(picked(sessionCard.doc, ROW)),
  reads: [MODEL],
  example: { network: ref('network'), kind: ['workshop'], topic: ['shared-measurement'] },
  run: async ({ network, limit = 50, cursor, from, until, ...params }, context) => {
    if (!context.networks.has(network)) return notFound;
    const page = await context.reader.find<SessionCard & Doc>({
      model: MODEL,
      where: [
        ['networks', 'has', network],
        ...whereOf(
          {
            ...params,
            ...(from !== undefined && { from: asOccurrence(from) }),
            ...(until !== undefined && { until: asMoment(until) }),
          },
          {
            kind: ['kind', 'in'],
            topic: ['topic', 'in'],
            present: ['present', 'has'],
            action: ['action', 'eq'],
            from: ['heldAt', 'gte'],
            until: ['heldAt', 'lte'],
          },
        ),
      ],
      sort: ['heldAt', -1],
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    const items = page.items.map((card) => pick(card, ROW));
    return { items, next: page.next, names: await namesOf(context, idsIn(items)) };
  },
});

const inspired = s.object({
  id: s.id(),
  network: s.id(),
  visible: s.boolean(
    'Whether it is of one of the caller’s networks. Of others a session shares that it led there, how it stands and whether it works, and no more.',
  ),
  title: s.nullable(s.json('In nl, fr, en.')),
  status: s.oneOf(ACTION_STATUSES),
  verdict: s.nullable(s.oneOf(VERDICTS, 'Of its last evaluation.')),
  proposedAt: s.instant(),
});

export const getSession = question({
  name: 'getSession',
  path: '/sessions/{id}',
  summary:
    'One session: who was there, what came of it, the steps agreed, and the actions it led to, with their result.',
  params: ById,
  answer: s.object({
    session: sessionCard.doc,
    outcomesLeftOut: s.boolean('Whether there are outcomes whose text is for participants only.'),
    actions: s.list(inspired, 'That took up its outcomes, the first proposed first.'),
    names,
  }),
  reads: [MODEL, 'action-card'],
  example: { id: ref('session') },
  run: async ({ id }, context) => {
    const found = await context.reader.get<SessionCard & Doc>(MODEL, id);
    if (found === null || !found.doc.networks.some((network) => context.networks.has(network))) return notFound;
    const session = seenBy(context, found.doc);
    const answer = {
      session,
      outcomesLeftOut: session.outcomes.some(({ text }) => text === null),
      actions: await inspiredBy(context, id),
    };
    return { ...answer, names: await namesOf(context, idsIn(answer)) };
  },
});

/**
 * What the caller may read of a session (O9): the outcomes of one for participants only are for who acts for an organisation
 * that took part, and for who recorded them.
 */
function seenBy({ actor, organisations }: QueryContext, session: SessionCard): SessionCard {
  const { facilitator, confidentiality, recordedBy } = session;
  const tookPart = [...session.organisations, facilitator.organisation].some(
    (one) => one !== null && organisations.has(one),
  );
  if (confidentiality === 'open' || tookPart || recordedBy === actor.subject) return session;
  return {
    ...session,
    outcomes: session.outcomes.map((outcome) => (outcome.by === actor.subject ? outcome : { ...outcome, text: null })),
  };
}

/** What a session inspired never changes: that is asked now, and what became of it of the moment. */
async function inspiredBy(context: QueryContext, session: string): Promise<readonly TypeOf<typeof inspired>[]> {
  const { at, reader, networks } = context;
  const all = await every<ActionCard>(at({}), {
    model: 'action-card',
    where: [['inspiredBySessions', 'has', session]],
  });
  const cards = await reader.getMany<ActionCard & Doc>(
    'action-card',
    all.map(({ id }) => id),
  );
  return [...cards.values()]
    .toSorted((a, b) => (a.proposedAt === b.proposedAt ? (a.id < b.id ? -1 : 1) : a.proposedAt < b.proposedAt ? -1 : 1))
    .map((card) => {
      const visible = networks.has(card.network);
      return {
        ...pick(card, ['id', 'network', 'status', 'proposedAt']),
        visible,
        title: visible ? card.title : null,
        verdict: card.lastEvaluation?.verdict ?? null,
      };
    });
}
