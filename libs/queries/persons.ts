import { s, type Instant } from '#kernel';
import { ref } from '#domain';
import { personCard, type PersonCard } from '#projections';
import type { Doc } from '#read-store';
import { idsIn, namesOf } from './names.ts';
import { ById, ListPersons } from './params.ts';
import { notFound, type QueryContext } from './query.ts';
import { names, pageOf, pick, picked, question } from './question.ts';

const MODEL = 'person-card';
const ROW = ['id', 'roles', 'revision', 'position', 'updatedAt'] as const;
const row = picked(personCard.doc, ROW);

export const listPersons = question({
  name: 'listPersons',
  path: '/persons',
  summary:
    'Who ever held a role in a network, with those roles; with `role`, who holds it. A page may hold fewer than `limit`.',
  params: ListPersons,
  answer: pageOf(row),
  reads: [MODEL],
  example: { network: ref('network'), role: 'back-office' },
  run: async ({ network, role, limit = 50, cursor }, context) => {
    if (!context.networks.has(network)) return notFound;
    const page = await context.reader.find<PersonCard & Doc>({
      model: MODEL,
      where: [['networks', 'has', network]],
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    const items = page.items
      .map((card) => rowOf(card, (one) => one === network))
      .filter(
        ({ roles }) => role === undefined || roles.some((held) => held.role === role && holds(held, context.now)),
      );
    return { items, next: page.next, names: await namesOf(context, idsIn(items)) };
  },
});

export const getPerson = question({
  name: 'getPerson',
  path: '/persons/{id}',
  summary: 'One person, with the roles held in the caller’s networks.',
  params: ById,
  answer: s.object({ person: row, names }),
  reads: [MODEL],
  example: { id: ref('person') },
  run: async ({ id }, context) => {
    const found = await context.reader.get<PersonCard & Doc>(MODEL, id);
    if (found === null || !maySee(found.doc, context)) return notFound;
    const person = rowOf(found.doc, (network) => context.networks.has(network));
    return { person, names: await namesOf(context, idsIn(person)) };
  },
});

/** Whoever shares a network; of who has none yet, those who give roles. */
const maySee = ({ networks }: PersonCard, context: QueryContext): boolean =>
  networks.some((network) => context.networks.has(network)) ||
  context.actor.role === 'operator' ||
  (networks.length === 0 && context.actor.role === 'back-office');

const rowOf = (card: PersonCard, isShown: (network: string) => boolean) => ({
  ...pick(card, ROW),
  roles: card.roles.filter(({ network }) => isShown(network)),
});

const holds = ({ from, until }: PersonCard['roles'][number], at: Instant): boolean =>
  from <= at && (until === null || at < until);
