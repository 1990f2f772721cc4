import { s, sum } from '#kernel';
import { ref } from '#domain';
import { ACTION_STATUSES, actionCard, type ActionCard, type SessionCard } from '#projections';
import type { Doc, Filter } from '#read-store';
import { openConditionsOf } from './facets.ts';
import { idsIn, namesOf } from './names.ts';
import { ActionFilters, ById, ListActions } from './params.ts';
import { notFound, type QueryContext } from './query.ts';
import { every, listed, names, ofNetwork, owned, pageOf, pick, picked, question, whereOf } from './question.ts';

const ROW = [
  'id',
  'network',
  'title',
  'status',
  'phaseSince',
  'kind',
  'group',
  'objectives',
  'regions',
  'horizon',
  'budgetCents',
  'organisations',
  'lead',
  'proposedAt',
  'startedAt',
  'adjusted',
  'evaluated',
  'broadened',
  'lastEvaluation',
  'evidenceCount',
  'derivedFrom',
  'root',
  'generation',
  'revision',
  'position',
  'updatedAt',
] as const;
const row = picked(actionCard.doc, ROW);
const rowOf = (card: ActionCard) => pick(card, ROW);

const MODEL = 'action-card';
const whereOfAction = (params: ActionFilters): readonly Filter[] =>
  whereOf(params, {
    status: ['status', 'in'],
    group: ['group', 'eq'],
    lead: ['lead', 'eq'],
    objective: ['objectives', 'has'],
    horizon: ['horizon', 'eq'],
    verdict: ['lastEvaluation.verdict', 'eq'],
    partner: ['organisations', 'has'],
    region: ['regions', 'has'],
  });

export const listActions = question({
  name: 'listActions',
  path: '/actions',
  summary: 'The actions of a network, the latest proposed first.',
  params: ListActions,
  answer: pageOf(row),
  reads: [MODEL],
  example: { network: ref('network'), status: ['active', 'suspended'] },
  run: (params, context) =>
    listed(context, params, { model: MODEL, where: whereOfAction(params), sort: ['proposedAt', -1] }, rowOf, idsIn),
});

/** More than this is a list, not a board. */
const COLUMN = 200;

export const getActionBoard = question({
  name: 'getActionBoard',
  path: '/action-board',
  summary: 'The actions of a network by status: how many, what budget, and the 200 that changed status last.',
  params: ActionFilters,
  answer: s.object({
    columns: s.list(
      s.object({
        status: s.oneOf(ACTION_STATUSES),
        count: s.integer(),
        budgetCents: s.cents('Sum of the budgets, in euro cents.'),
        items: s.list(row),
      }),
    ),
    names,
  }),
  reads: [MODEL],
  example: { network: ref('network') },
  run: async (params, context) => {
    if (!context.networks.has(params.network)) return notFound;
    const cards = await ofNetwork<ActionCard>(context.reader, MODEL, params.network, whereOfAction(params));
    const columns = ACTION_STATUSES.map((status) => {
      const column = cards.filter((card) => card.status === status);
      return {
        status,
        count: column.length,
        budgetCents: column.reduce((sum, { budgetCents }) => sum + (budgetCents ?? 0), 0),
        items: column.toSorted(byPhase).slice(0, COLUMN).map(rowOf),
      };
    });
    return { columns, names: await namesOf(context, idsIn(columns)) };
  },
});

const byPhase = (a: ActionCard, b: ActionCard): number =>
  a.phaseSince === b.phaseSince ? (a.id < b.id ? -1 : 1) : a.phaseSince > b.phaseSince ? -1 : 1;

export const getAction = question({
  name: 'getAction',
  path: '/actions/{id}',
  summary: 'One action with all it has: plan, partners, evaluations, learnings, obstacles, parts and children.',
  params: ById,
  answer: s.object({
    action: actionCard.doc,
    openConditions: s.list(s.text(), 'Conditions of its approval not yet met.'),
    parts: s.list(row, 'Actions that are a part of it.'),
    sessions: s.object(
      { held: s.integer(), participants: s.integer() },
      'Sessions about it, and who was there in all.',
    ),
    children: s.list(row, 'Actions broadened from it, of the caller’s networks; the whole tree is its provenance.'),
    names,
  }),
  reads: [MODEL, 'session-card'],
  example: { id: ref('action') },
  run: async ({ id }, context) => {
    const action = await owned<ActionCard>(context, MODEL, id);
    if (action === undefined) return notFound;
    const { network } = action;
    const [parts, children, sessions] = await Promise.all([
      ofNetwork<ActionCard>(context.reader, MODEL, network, [['partOf', 'eq', id]]),
      childrenOf(context, id),
      every<SessionCard>(context.reader, { model: 'session-card', where: [['action', 'eq', id]], sort: ['heldAt', 1] }),
    ]);
    const answer = {
      action,
      openConditions: openConditionsOf(action),
      parts: parts.map(rowOf),
      sessions: { held: sessions.length, participants: sum(sessions.map(({ participants }) => participants)) },
      children: children.map(rowOf),
    };
    return { ...answer, names: await namesOf(context, idsIn(answer)) };
  },
});

/** Which there are is asked now, for a child never changes its parent; what they were is asked of the moment. */
async function childrenOf({ at, reader, networks }: QueryContext, id: string): Promise<readonly ActionCard[]> {
  const ids = (await every<ActionCard>(at({}), { model: MODEL, where: [['derivedFrom.action', 'eq', id]] }))
    .filter(({ network }) => networks.has(network))
    .map((card) => card.id);
  return [...(await reader.getMany<ActionCard & Doc>(MODEL, ids)).values()];
}
