import { s, type TypeOf } from '#kernel';
import { MATURITY_STAGES, NETWORK_KINDS, ref, SECTORS } from '#domain';
import { ACTION_STATUSES, type NetworkCard } from '#projections';
import type { Reader } from '#read-store';
import { networksBelow } from './below.ts';
import { idsIn, namesOf } from './names.ts';
import { countsByStatus } from './networks.ts';
import { CompareCohort } from './params.ts';
import { notFound } from './query.ts';
import { names, owned, pick, question } from './question.ts';

const compared = s.object({
  network: s.id(),
  name: s.text(),
  kind: s.oneOf(NETWORK_KINDS),
  status: s.oneOf(['running', 'ended']),
  stage: s.nullable(s.oneOf(MATURITY_STAGES, 'How mature it is; null: never assessed.')),
  maturity: s.list(s.object({ stage: s.oneOf(MATURITY_STAGES), at: s.instant() }), 'Each time it was assessed.'),
  members: s.integer('Organisations.'),
  sectors: s.list(s.oneOf(SECTORS), 'Of which it has a member.'),
  actions: s.list(s.object({ status: s.oneOf(ACTION_STATUSES), count: s.integer() })),
});

export const compareCohort = question({
  name: 'compareCohort',
  path: '/networks/{id}/cohort',
  summary:
    'The networks of a cohort, of a network and those below it, side by side: maturity, members, sectors, actions.',
  params: CompareCohort,
  answer: s.object({ tag: s.text(), networks: s.list(compared, 'Level by level, by name.'), names }),
  reads: ['network-card', 'action-card'],
  example: { id: ref('network'), tag: 'pionier' },
  run: async ({ id, tag }, context) => {
    const top = await owned<NetworkCard>(context, 'network-card', id);
    if (top === undefined) return notFound;
    const { reader } = context;
    const cohort = [top, ...(await networksBelow(reader, id))].filter(({ tags }) => tags.includes(tag));
    const networks = await Promise.all(cohort.map((network) => comparedOf(reader, network)));
    return { tag, networks, names: await namesOf(context, idsIn(networks)) };
  },
});

async function comparedOf(reader: Reader, network: NetworkCard): Promise<TypeOf<typeof compared>> {
  const members = network.members.filter(({ until }) => until === null);
  return {
    network: network.id,
    ...pick(network, ['name', 'kind', 'status']),
    stage: network.maturity.at(-1)?.stage ?? null,
    maturity: network.maturity.map(({ stage, at }) => ({ stage, at })),
    members: members.length,
    sectors: [...new Set(members.map(({ sector }) => sector))],
    actions: await countsByStatus(reader, network.id),
  };
}
