import { dayEnd, dayOf, dayStart, s, type Instant, type TypeOf } from '#kernel';
import { GROUP_KINDS, ref } from '#domain';
import { groupCard, type GroupCard, type MeetingCard } from '#projections';
import type { Reader } from '#read-store';
import { idsIn, namesOf } from './names.ts';
import { ById, GroupsOfYear, ListGroups } from './params.ts';
import { notFound } from './query.ts';
import { listed, names, ofNetwork, owned, pageOf, question, whereOf } from './question.ts';

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

export const cadence = s.object({
  year: s.integer(),
  timesPerYear: s.nullable(s.integer('As it was agreed by the end of the year; null: when there is reason to.')),
  planned: s.integer('Meetings of that year still to be held.'),
  held: s.integer(),
  cancelled: s.integer(),
  basisPoints: s.nullable(s.integer('Held of agreed: 11 of 12 is 9167, half up.')),
  met: s.nullable(s.boolean('Whether as many were held as agreed; null when none was agreed.')),
});
export type Cadence = TypeOf<typeof cadence>;

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
    const [groups, meetings] = await Promise.all([
      ofNetwork<GroupCard>(reader, MODEL, network),
      meetingsOf(reader, network, asked),
    ]);
    const there = groups.filter(
      ({ foundedAt, endedAt }) => foundedAt <= endOf(asked) && (endedAt === null || endedAt >= startOf(asked)),
    );
    const board = there
      .toSorted((a, b) => (a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1))
      .map((group) => ({
        id: group.id,
        name: group.name,
        kind: group.kind,
        status: group.status,
        lead: group.lead,
        members: group.members.flatMap(({ organisation, until }) => (until === null ? organisation : [])),
        cadence: cadenceOf(group, meetings, asked, now),
      }));
    return { year: asked, groups: board, names: await namesOf(context, idsIn(board)) };
  },
});

export const yearOf = (now: Instant): number => Number(dayOf(now).slice(0, 4));
export const startOf = (year: number): Instant => dayStart(`${year}-01-01`);
const endOf = (year: number): Instant => dayEnd(`${year}-12-31`);

/** The meetings that were to begin in that year. */
export const meetingsOf = (reader: Reader, network: string, year: number): Promise<readonly MeetingCard[]> =>
  ofNetwork<MeetingCard>(reader, 'meeting-card', network, [
    ['startsAt', 'gte', startOf(year)],
    ['startsAt', 'lte', endOf(year)],
  ]);

/** How many meetings a group held in a year, of those agreed: by its cadence at the end of the year, or now when that is earlier. */
export function cadenceOf(group: GroupCard, meetings: readonly MeetingCard[], year: number, now: Instant): Cadence {
  const by = now < endOf(year) ? now : endOf(year);
  const timesPerYear = group.cadences.findLast(({ from }) => from <= by)?.timesPerYear ?? null;
  const count = (status: MeetingCard['status']): number =>
    meetings.filter((meeting) => meeting.body === group.id && meeting.status === status).length;
  const held = count('held');
  return {
    year,
    timesPerYear,
    planned: count('planned'),
    held,
    cancelled: count('cancelled'),
    basisPoints: timesPerYear === null ? null : basisPoints(held, timesPerYear),
    met: timesPerYear === null ? null : held >= timesPerYear,
  };
}

/** Half up, from integers. */
const basisPoints = (part: number, whole: number): number => Math.floor((part * 20_000 + whole) / (2 * whole));
