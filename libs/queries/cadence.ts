import { dayEnd, dayOf, dayStart, percent, s, type Instant, type TypeOf } from '#kernel';
import { GROUP_KINDS, ref } from '#domain';
import type { GroupCard, MeetingCard } from '#projections';
import type { Reader } from '#read-store';
import { idsIn, namesOf } from './names.ts';
import { YearOfNetwork } from './params.ts';
import { notFound } from './query.ts';
import { ofNetwork, pageOfRows, pageWith, pick, question } from './question.ts';

export const cadence = s.object({
  year: s.integer(),
  timesPerYear: s.nullable(s.integer('As it was agreed by the end of the year; null: when there is reason to.')),
  planned: s.integer('Meetings of that year still to be held.'),
  held: s.integer(),
  cancelled: s.integer(),
  basisPoints: s.nullable(s.integer('Held of agreed: 11 of 12 is 9167, half up.')),
  percent: s.nullable(s.text('The same with two decimals: `91.67`.')),
  met: s.nullable(s.boolean('Whether as many were held as agreed; null when none was agreed.')),
});
export type Cadence = TypeOf<typeof cadence>;

export const cadenceRow = s.object({ id: s.id(), name: s.text(), kind: s.oneOf(GROUP_KINDS), cadence });

export const getCadenceReport = question({
  name: 'getCadenceReport',
  path: '/networks/{id}/cadence',
  summary: 'Whether the groups of a network met as often as they had agreed for a calendar year.',
  params: YearOfNetwork,
  answer: pageWith({ year: s.integer() }, cadenceRow),
  reads: ['group-card', 'meeting-card'],
  example: { id: ref('network'), year: 2020 },
  run: async ({ id, year, ...page }, context) => {
    if (!context.networks.has(id)) return notFound;
    const { reader, now } = context;
    const asked = year ?? yearOf(now);
    const rows = await agreedCadences(reader, id, asked, now);
    const { items, next } = pageOfRows(rows, 'name', page);
    return { year: asked, items, next, names: await namesOf(context, idsIn(items)) };
  },
});

/** Of the groups that agreed on how often to meet in a year, whether they did. */
export const agreedCadences = async (
  reader: Reader,
  network: string,
  year: number,
  now: Instant,
): Promise<readonly TypeOf<typeof cadenceRow>[]> =>
  (await cadencesOf(reader, network, year, now))
    .filter(({ cadence }) => cadence.timesPerYear !== null)
    .map(({ group, cadence }) => ({ ...pick(group, ['id', 'name', 'kind']), cadence }));

/** The groups that there were in a year, by name, with how often they met. */
export async function cadencesOf(
  reader: Reader,
  network: string,
  year: number,
  now: Instant,
): Promise<readonly { readonly group: GroupCard; readonly cadence: Cadence }[]> {
  const [groups, meetings] = await Promise.all([
    ofNetwork<GroupCard>(reader, 'group-card', network),
    meetingsOf(reader, network, year),
  ]);
  return groups
    .filter(({ foundedAt, endedAt }) => foundedAt <= endOf(year) && (endedAt === null || endedAt >= startOf(year)))
    .toSorted((a, b) => (a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1))
    .map((group) => ({ group, cadence: cadenceOf(group, meetings, year, now) }));
}

export const yearOf = (now: Instant): number => Number(dayOf(now).slice(0, 4));
export const startOf = (year: number): Instant => dayStart(`${year}-01-01`);
export const endOf = (year: number): Instant => dayEnd(`${year}-12-31`);

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
    percent: timesPerYear === null ? null : percent(held, timesPerYear),
    met: timesPerYear === null ? null : held >= timesPerYear,
  };
}

/** Half up, from integers. */
const basisPoints = (part: number, whole: number): number => Math.floor((part * 20_000 + whole) / (2 * whole));
