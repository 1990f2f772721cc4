import { addDays, dayOf, s, sum, type Day, type TypeOf } from '#kernel';
import { ref } from '#domain';
import {
  grantCard,
  NO_MONEY,
  totals,
  type DrawingRightCard,
  type GrantCard,
  type NetworkCard,
  type Totals,
} from '#projections';
import type { Reader } from '#read-store';
import { idsIn, namesOf } from './names.ts';
import { ById } from './params.ts';
import { notFound } from './query.ts';
import { every, names, ofNetwork, owned, pick, picked, question } from './question.ts';

const ROW = ['id', 'title', 'status', 'scheme', 'funder', 'period', 'totals', 'recoverBy', 'openFindings'] as const;

const lapse = s.object(
  { lapsingCents: s.cents(), on: s.day('The last day of its period.') },
  'What lapses soon if it is not spent: its period ends within the warning days of its scheme, or has ended.',
);
const grantRow = s.object({ grant: picked(grantCard.doc, ROW), lapses: s.nullable(lapse) });

const RIGHT = ['rightCents', 'drawnCents', 'eligibleCents', 'recoverCents', 'repaidCents'] as const;
const rightMembers = {
  rightCents: s.cents(),
  drawnCents: s.cents(),
  eligibleCents: s.cents(),
  recoverCents: s.cents('To be paid back because own contributions fell short.'),
  repaidCents: s.cents(),
};
const rights = s.object(rightMembers, 'Over all years of all drawing rights.');
const rightRow = s.object({ id: s.id(), from: s.integer(), until: s.integer(), ...rightMembers });
type Rights = TypeOf<typeof rights>;

const project = s.object({
  network: s.id(),
  totals,
  lapsingCents: s.cents(),
  grants: s.integer('How many were awarded.'),
});
type Project = TypeOf<typeof project>;

export const getFundingOverview = question({
  name: 'getFundingOverview',
  path: '/networks/{id}/funding',
  summary:
    'The money of a network: its grants added up, what lapses soon, its drawing rights, and the same of the networks below it.',
  params: ById,
  answer: s.object({
    totals,
    lapsingCents: s.cents('What lapses soon if it is not spent.'),
    grants: s.list(grantRow, 'Those that were awarded.'),
    drawingRights: s.object({ totals: rights, items: s.list(rightRow) }),
    projects: s.list(project, 'The networks directly below it in which the caller holds a role.'),
    programme: s.object(
      { totals, lapsingCents: s.cents(), grants: s.integer() },
      'The network and its projects together.',
    ),
    names,
  }),
  reads: ['network-card', 'grant-card', 'drawing-right-card'],
  example: { id: ref('network') },
  run: async ({ id }, context) => {
    if ((await owned<NetworkCard>(context, 'network-card', id)) === undefined) return notFound;
    const { reader, networks, now } = context;
    const today = dayOf(now);
    const [grants, drawingRights, below] = await Promise.all([
      grantsOf(reader, id),
      every<DrawingRightCard>(reader, {
        model: 'drawing-right-card',
        where: [['network', 'eq', id]],
        sort: ['from', 1],
      }),
      every<NetworkCard & { readonly id: string }>(reader, {
        model: 'network-card',
        where: [
          ['parent', 'eq', id],
          ['network', 'in', [...networks]],
        ],
        sort: ['name', 1],
      }),
    ]);
    const projects = await Promise.all(
      below.map(async (one) => projectOf(one.id, await grantsOf(reader, one.id), today)),
    );
    const own = projectOf(id, grants, today);
    const items = drawingRights.map((right) => ({ ...pick(right, ['id', 'from', 'until']), ...rightsOf([right]) }));
    const answer = {
      totals: own.totals,
      lapsingCents: own.lapsingCents,
      grants: grants.map((card) => ({ grant: pick(card, ROW), lapses: lapsing(card, today) })),
      drawingRights: { totals: rightsOf(drawingRights), items },
      projects,
      programme: together([own, ...projects]),
    };
    return { ...answer, names: await namesOf(context, idsIn(answer)) };
  },
});

const AWARDED = ['awarded', 'suspended', 'closed', 'terminated'] as const;

export const grantsOf = (reader: Reader, network: string): Promise<readonly GrantCard[]> =>
  ofNetwork<GrantCard>(reader, 'grant-card', network, [['status', 'in', AWARDED]]);

/** What is neither spent nor freed lapses with the grant; who is told in time can still use it. */
function lapsing({ status, terms, period, totals }: GrantCard, today: Day): TypeOf<typeof lapse> | null {
  if ((status !== 'awarded' && status !== 'suspended') || terms === null) return null;
  if (addDays(period.until, -terms.lapseWarningDays) > today) return null;
  const lapsingCents = totals.unallocatedCents + totals.allocatedCents + totals.committedCents;
  return lapsingCents > 0 ? { lapsingCents, on: period.until } : null;
}

export const added = (all: readonly Totals[]): Totals =>
  Object.fromEntries(
    (Object.keys(NO_MONEY) as (keyof Totals)[]).map((member) => [member, sum(all.map((one) => one[member]))]),
  ) as Totals;

const projectOf = (network: string, grants: readonly GrantCard[], today: Day): Project => ({
  network,
  totals: added(grants.map((card) => card.totals)),
  lapsingCents: sum(grants.map((card) => lapsing(card, today)?.lapsingCents ?? 0)),
  grants: grants.length,
});

const together = (all: readonly Project[]): Omit<Project, 'network'> => ({
  totals: added(all.map((one) => one.totals)),
  lapsingCents: sum(all.map((one) => one.lapsingCents)),
  grants: sum(all.map((one) => one.grants)),
});

const rightsOf = (all: readonly DrawingRightCard[]): Rights =>
  Object.fromEntries(
    RIGHT.map((member) => [member, sum(all.flatMap(({ years }) => years.map((year) => year[member])))]),
  ) as Rights;
