import { dayOf, s, type Day } from '#kernel';
import { NETWORK_KINDS, ref } from '#domain';
import { engagementCard, type EngagementCard, type NetworkCard } from '#projections';
import { evaluate, type Doc, type Reader } from '#read-store';
import { networksBelow } from './below.ts';
import { idsIn, namesOf } from './names.ts';
import { ById, GetEngagement, ListEngagements } from './params.ts';
import { notFound, type QueryContext } from './query.ts';
import { every, names, owned, pageOf, question, whereOf } from './question.ts';

const MODEL = 'engagement-card';

/** The engagements of these networks; each has had few. */
const engagementsOf = async (reader: Reader, networks: readonly string[]): Promise<readonly EngagementCard[]> =>
  (
    await Promise.all(
      networks.map((network) =>
        every<EngagementCard>(reader, { model: MODEL, where: [['network', 'eq', network]], sort: ['number', 1] }),
      ),
    )
  ).flat();

/** It was not ended, and its planned last day has not passed: its coaches read the network. */
const runsOn = (day: Day, { status, plannedUntil }: EngagementCard): boolean =>
  status === 'running' && (plannedUntil === null || day <= plannedUntil);

export const listEngagements = question({
  name: 'listEngagements',
  path: '/coaching-engagements',
  summary: 'The engagements in which a network or one below it is or was coached, the latest first.',
  params: ListEngagements,
  answer: pageOf(engagementCard.doc),
  reads: [MODEL, 'network-card'],
  example: { network: ref('network'), status: 'running' },
  run: async ({ network, limit = 50, cursor, ...params }, context) => {
    if (!context.networks.has(network)) return notFound;
    const { reader } = context;
    const below = (await networksBelow(reader, network)).map(({ id }) => id);
    const { items, next } = evaluate<EngagementCard & Doc>(await engagementsOf(reader, [network, ...below]), {
      model: MODEL,
      where: whereOf(params, { status: ['status', 'eq'] }),
      sort: ['startedAt', -1],
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    return { items, next, names: await namesOf(context, idsIn(items)) };
  },
});

export const getEngagement = question({
  name: 'getEngagement',
  path: '/coaching-engagements/{id}',
  summary:
    'One engagement of a network (its id is the network’s): who coaches it, in which phase, and what it came to.',
  params: GetEngagement,
  answer: s.object({ engagement: engagementCard.doc, names }),
  reads: [MODEL, 'network-card'],
  example: { id: ref('network') },
  run: async ({ id, number }, context) => {
    if (!(await mayRead(context, id))) return notFound;
    const all = await engagementsOf(context.reader, [id]);
    const engagement = number === undefined ? all.at(-1) : all.find((one) => one.number === number);
    return engagement === undefined ? notFound : { engagement, names: await namesOf(context, idsIn(engagement)) };
  },
});

/** Who may arrange the coaching of a network: it itself, and the one of which it is a part. */
async function mayRead({ reader, networks }: QueryContext, id: string): Promise<boolean> {
  if (networks.has(id)) return true;
  const found = await reader.get<NetworkCard & Doc>('network-card', id);
  return found !== null && found.doc.parent !== null && networks.has(found.doc.parent);
}

const coached = s.object({
  network: s.id(),
  kind: s.oneOf(NETWORK_KINDS),
  engagement: engagementCard.doc,
});

export const getCoachingOverview = question({
  name: 'getCoachingOverview',
  path: '/networks/{id}/coaching',
  summary:
    'How many of the networks below a network are coached at the moment asked for: by whom, since when, in which phase.',
  params: ById,
  answer: s.object({
    networks: s.integer('How many running networks are below it.'),
    coached: s.integer('How many of them are coached.'),
    engagements: s.list(coached, 'Of those that are coached.'),
    own: s.nullable(engagementCard.doc),
    names,
  }),
  reads: [MODEL, 'network-card'],
  example: { id: ref('network') },
  run: async ({ id }, context) => {
    if ((await owned<NetworkCard>(context, 'network-card', id)) === undefined) return notFound;
    const { reader, now } = context;
    const below = (await networksBelow(reader, id)).filter(({ status }) => status === 'running');
    const all = await engagementsOf(reader, [id, ...below.map((network) => network.id)]);
    const running = new Map(all.filter((one) => runsOn(dayOf(now), one)).map((one) => [one.network, one]));
    const engagements = below.flatMap((network) => {
      const engagement = running.get(network.id);
      return engagement === undefined ? [] : [{ network: network.id, kind: network.kind, engagement }];
    });
    const answer = {
      networks: below.length,
      coached: engagements.length,
      engagements,
      own: running.get(id) ?? null,
    };
    return { ...answer, names: await namesOf(context, idsIn(answer)) };
  },
});
