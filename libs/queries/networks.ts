import { s } from '#kernel';
import { MATURITY_STAGES, NETWORK_KINDS, ref, SECTORS } from '#domain';
import {
  ACTION_STATUSES,
  networkCard,
  type DecisionEntry,
  type GroupCard,
  type MeetingCard,
  type NetworkCard,
} from '#projections';
import type { Doc, Reader } from '#read-store';
import { cadence, cadenceOf, meetingsOf, yearOf } from './cadence.ts';
import { idsIn, namesOf } from './names.ts';
import { ById, ListNetworks } from './params.ts';
import { notFound } from './query.ts';
import { names, ofNetwork, owned, pageOf, pick, picked, question, whereOf } from './question.ts';
import { workItem, WORK_READS, workOf } from './work-list.ts';

const MODEL = 'network-card';
const ROW = ['id', 'name', 'kind', 'status', 'parent'] as const;

export const listNetworks = question({
  name: 'listNetworks',
  path: '/networks',
  summary: 'The networks in which the caller holds a role, or which there are: name, kind and parent, no more.',
  params: ListNetworks,
  answer: pageOf(picked(networkCard.doc, ROW)),
  reads: [MODEL],
  example: {},
  run: async ({ parent, scope, limit = 50, cursor }, context) => {
    const all = scope === 'all' || context.actor.role === 'operator';
    const own = all ? [] : ([['network', 'in', [...context.networks]]] as const);
    const page = await context.reader.find<NetworkCard & Doc>({
      model: MODEL,
      where: [...own, ...whereOf({ parent }, { parent: ['parent', 'eq'] })],
      sort: ['name', 1],
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    const items = page.items.map((card) => pick(card, ROW));
    return { items, next: page.next, names: await namesOf(context, idsIn(items)) };
  },
});

export const getNetwork = question({
  name: 'getNetwork',
  path: '/networks/{id}',
  summary: 'One network: its policy, its members with their intervals, who is missing, how mature it is.',
  params: ById,
  answer: s.object({ network: networkCard.doc, names }),
  reads: [MODEL],
  example: { id: ref('network') },
  run: async ({ id }, context) => {
    const network = await owned<NetworkCard>(context, MODEL, id);
    return network === undefined ? notFound : { network, names: await namesOf(context, idsIn(network)) };
  },
});

const DECISION = ['id', 'proposal', 'outcome', 'body', 'decidedAt', 'lagDays', 'status'] as const;
const RECENT = 5;

export const getNetworkOverview = question({
  name: 'getNetworkOverview',
  path: '/networks/{id}/overview',
  summary: 'Where a network stands: its members, its actions by status, what it decided last, what waits to be done.',
  params: ById,
  answer: s.object({
    network: s.object({
      id: s.id(),
      name: s.text(),
      kind: s.oneOf(NETWORK_KINDS),
      status: s.oneOf(['running', 'ended']),
      regions: s.list(s.text(), 'NIS codes.'),
      parent: s.nullable(s.id()),
    }),
    below: s.integer('How many running networks are directly below it.'),
    maturity: s.nullable(s.oneOf(MATURITY_STAGES)),
    members: s.list(s.object({ sector: s.oneOf(SECTORS), organisations: s.list(s.id()) }), 'By sector.'),
    missingSectors: s.list(s.oneOf(SECTORS), 'Required, and without a member.'),
    missingActors: s.integer('Still to be found.'),
    actions: s.list(s.object({ status: s.oneOf(ACTION_STATUSES), count: s.integer() })),
    recentDecisions: s.list(
      s.object({
        id: s.id(),
        proposal: s.text(),
        outcome: s.text(),
        body: s.id(),
        decidedAt: s.instant(),
        lagDays: s.integer(),
        status: s.text(),
      }),
      'The last five.',
    ),
    nextMeeting: s.nullable(s.object({ id: s.id(), body: s.id(), startsAt: s.instant() })),
    cadences: s.list(s.object({ group: s.id(), cadence }), 'This year’s, of the groups that agreed on one.'),
    groupsWithoutLead: s.list(s.id()),
    evaluationsDue: s.list(workItem),
    work: s.integer('How much waits to be done.'),
    names,
  }),
  reads: WORK_READS,
  example: { id: ref('network') },
  run: async ({ id }, context) => {
    const network = await owned<NetworkCard>(context, MODEL, id);
    if (network === undefined) return notFound;
    const { reader, now } = context;
    const [counts, below, decisions, nextMeeting, groups, meetings, work] = await Promise.all([
      countsByStatus(reader, id),
      reader.count({
        model: MODEL,
        where: [
          ['parent', 'eq', id],
          ['status', 'eq', 'running'],
        ],
      }),
      recentDecisions(reader, id),
      nextMeetingOf(reader, id, now),
      ofNetwork<GroupCard>(reader, 'group-card', id, [['status', 'eq', 'running']]),
      meetingsOf(reader, id, yearOf(now)),
      workOf(reader, id, now),
    ]);
    const bySector = Map.groupBy(
      network.members.filter(({ until }) => until === null),
      ({ sector }) => sector,
    );
    const answer = {
      network: pick(network, ['id', 'name', 'kind', 'status', 'regions', 'parent']),
      below,
      maturity: network.maturity.at(-1)?.stage ?? null,
      members: [...bySector].map(([sector, members]) => ({
        sector,
        organisations: members.map(({ organisation }) => organisation),
      })),
      missingSectors: network.policy.requiredSectors.filter((sector) => !bySector.has(sector)),
      missingActors: network.missingActors.filter(({ resolvedAt }) => resolvedAt === null).length,
      actions: counts,
      recentDecisions: decisions.map((one) => pick(one, DECISION)),
      nextMeeting: nextMeeting === undefined ? null : pick(nextMeeting, ['id', 'body', 'startsAt']),
      cadences: groups
        .map((group) => ({ group: group.id, cadence: cadenceOf(group, meetings, yearOf(now), now) }))
        .filter((one) => one.cadence.timesPerYear !== null),
      groupsWithoutLead: work.flatMap(({ kind, subject }) => (kind === 'group-without-lead' ? subject.id : [])),
      evaluationsDue: work.filter(({ kind }) => kind === 'evaluation-overdue'),
      work: work.length,
    };
    return { ...answer, names: await namesOf(context, idsIn(answer)) };
  },
});

/** How many actions of a network have each status. */
export const countsByStatus = (reader: Reader, network: string) =>
  Promise.all(ACTION_STATUSES.map(async (status) => ({ status, count: await countOf(reader, network, status) })));

const countOf = (reader: Reader, network: string, status: string): Promise<number> =>
  reader.count({
    model: 'action-card',
    where: [
      ['network', 'eq', network],
      ['status', 'eq', status],
    ],
  });

async function recentDecisions(reader: Reader, network: string): Promise<readonly DecisionEntry[]> {
  const { items } = await reader.find<DecisionEntry & Doc>({
    model: 'decision-register',
    where: [['network', 'eq', network]],
    sort: ['decidedAt', -1],
    limit: RECENT,
  });
  return items;
}

async function nextMeetingOf(reader: Reader, network: string, now: string): Promise<MeetingCard | undefined> {
  const { items } = await reader.find<MeetingCard & Doc>({
    model: 'meeting-card',
    where: [
      ['network', 'eq', network],
      ['status', 'eq', 'planned'],
      ['startsAt', 'gte', now],
    ],
    sort: ['startsAt', 1],
    limit: 1,
  });
  return items[0];
}
