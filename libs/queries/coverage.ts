import { dayOf, daysBetween, s } from '#kernel';
import { ref, SECTORS, type Sector } from '#domain';
import type { ActionCard, GroupCard, NetworkCard, OrganisationCard } from '#projections';
import type { Doc, Reader } from '#read-store';
import { idsIn, namesOf } from './names.ts';
import { ById } from './params.ts';
import { notFound } from './query.ts';
import { names, ofNetwork, owned, question } from './question.ts';

const sector = s.oneOf(SECTORS);
const covered = s.list(s.object({ sector, organisations: s.list(s.id()) }), 'By sector, only those there are.');
const missing = s.list(sector, 'Required by the network, and not there.');

export const getSectorCoverage = question({
  name: 'getSectorCoverage',
  path: '/networks/{id}/sector-coverage',
  summary:
    'Which sectors a network requires and has: as a whole, in each group, and among the partners of each action under way.',
  params: ById,
  answer: s.object({
    required: s.list(sector),
    members: covered,
    gaps: s.list(
      s.object({
        sector,
        since: s.day('Since the last member of that sector left, or the network began.'),
        days: s.integer(),
      }),
    ),
    missingActors: s.list(
      s.object({ number: s.integer(), sector, description: s.text(), group: s.nullable(s.id()), days: s.integer() }),
      'Named, and still to be found.',
    ),
    groups: s.list(s.object({ group: s.id(), sectors: covered, missing })),
    actions: s.list(
      s.object({ action: s.id(), status: s.text(), sectors: covered, missing }),
      'Approved, active or suspended.',
    ),
    names,
  }),
  reads: ['action-card', 'group-card', 'network-card', 'organisation-card'],
  example: { id: ref('network') },
  run: async ({ id }, context) => {
    const network = await owned<NetworkCard>(context, 'network-card', id);
    if (network === undefined) return notFound;
    const { reader, now } = context;
    const [groups, actions] = await Promise.all([
      ofNetwork<GroupCard>(reader, 'group-card', id, [['status', 'eq', 'running']]),
      ofNetwork<ActionCard>(reader, 'action-card', id, [['status', 'in', ['approved', 'active', 'suspended']]]),
    ]);
    const present = (list: readonly { readonly organisation: string; readonly until: string | null }[]) =>
      list.flatMap(({ organisation, until }) => (until === null ? organisation : []));
    const members = present(network.members);
    const sectorOf = await sectorsOf(reader, network, [
      ...groups.flatMap((group) => present(group.members)),
      ...actions.flatMap(({ organisations }) => organisations),
    ]);
    const { requiredSectors: required } = network.policy;
    const cover = (organisations: readonly string[]) => {
      const bySector = Map.groupBy(
        organisations.filter((one) => sectorOf.has(one)),
        (one) => sectorOf.get(one)!,
      );
      return {
        sectors: [...bySector].map(([sector, organisations]) => ({ sector, organisations })),
        missing: required.filter((sector) => !bySector.has(sector)),
      };
    };
    const whole = cover(members);
    const answer = {
      required,
      members: whole.sectors,
      gaps: whole.missing.map((sector) => gapOf(sector, network, now)),
      missingActors: network.missingActors
        .filter(({ resolvedAt }) => resolvedAt === null)
        .map(({ number, sector, description, group, since }) => ({
          number,
          sector,
          description,
          group,
          days: daysSince(since, now),
        })),
      groups: groups.map((group) => ({ group: group.id, ...cover(present(group.members)) })),
      actions: actions.map(({ id: action, status, organisations }) => ({ action, status, ...cover(organisations) })),
    };
    return { ...answer, names: await namesOf(context, idsIn(answer)) };
  },
});

/** For which sector an organisation sits in the network; of one that is no member, its own. */
export async function sectorsOf(
  reader: Reader,
  network: NetworkCard,
  others: readonly string[],
): Promise<ReadonlyMap<string, Sector>> {
  const cards = await reader.getMany<OrganisationCard & Doc>('organisation-card', [...new Set(others)]);
  const own = [...cards.values()].map(({ id, sector }) => [id, sector] as const);
  const seats = network.members.flatMap(({ organisation, sector, until }) =>
    until === null ? [[organisation, sector] as const] : [],
  );
  return new Map([...own, ...seats]);
}

function gapOf(sector: Sector, { members, foundedAt }: NetworkCard, now: string) {
  const left = members.flatMap((member) => (member.sector === sector ? (member.until ?? []) : [])).sort();
  const since = left.at(-1) ?? foundedAt;
  return { sector, since: dayOf(since), days: daysSince(since, now) };
}

const daysSince = (since: string, now: string): number => daysBetween(dayOf(since), dayOf(now));
