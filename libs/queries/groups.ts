import { s } from '#kernel';
import { GROUP_KINDS, ref } from '#domain';
import { groupCard, type GroupCard } from '#projections';
import { cadence, cadencesOf, yearOf } from './cadence.ts';
import { idsIn, namesOf } from './names.ts';
import { ById, GroupsOfYear, ListGroups } from './params.ts';
import { notFound } from './query.ts';
import { listed, names, owned, pageOf, question, whereOf } from './question.ts';

const MODEL = 'group-card';

export const listGroups = question({
  name: 'listGroups',
  path: '/groups',
  summary: 'The groups of a network, by name.',
  params: ListGroups,
  answer: pageOf(groupCard.doc),
  reads: [MODEL],
  example: { network: ref('network'), status: 'running' },
  run: (params, context) =>
    listed<GroupCard>(
      context,
      params,
      { model: MODEL, where: whereOf(params, { status: ['status', 'eq'] }), sort: ['name', 1] },
      (card) => card,
      idsIn,
    ),
});

export const getGroup = question({
  name: 'getGroup',
  path: '/groups/{id}',
  summary: 'One group: its lead, its members, its cadence and its rule of decision.',
  params: ById,
  answer: s.object({ group: groupCard.doc, names }),
  reads: [MODEL],
  example: { id: ref('group') },
  run: async ({ id }, context) => {
    const group = await owned<GroupCard>(context, MODEL, id);
    return group === undefined ? notFound : { group, names: await namesOf(context, idsIn(group)) };
  },
});

export const getGroupBoard = question({
  name: 'getGroupBoard',
  path: '/group-board',
  summary: 'The groups of a network in a calendar year: lead, members, and the meetings held of those agreed.',
  params: GroupsOfYear,
  answer: s.object({
    year: s.integer(),
    groups: s.list(
      s.object({
        id: s.id(),
        name: s.text(),
        kind: s.oneOf(GROUP_KINDS),
        status: s.oneOf(['running', 'ended']),
        lead: s.nullable(s.id()),
        members: s.list(s.id(), 'Organisations.'),
        cadence,
      }),
    ),
    names,
  }),
  reads: [MODEL, 'meeting-card'],
  example: { network: ref('network'), year: 2020 },
  run: async ({ network, year }, context) => {
    if (!context.networks.has(network)) return notFound;
    const { reader, now } = context;
    const asked = year ?? yearOf(now);
    const board = (await cadencesOf(reader, network, asked, now)).map(({ group, cadence }) => ({
      id: group.id,
      name: group.name,
      kind: group.kind,
      status: group.status,
      lead: group.lead,
      members: group.members.flatMap(({ organisation, until }) => (until === null ? organisation : [])),
      cadence,
    }));
    return { year: asked, groups: board, names: await namesOf(context, idsIn(board)) };
  },
});
