import { s } from '#kernel';
import { ref } from '#domain';
import { organisationCard, type OrganisationCard } from '#projections';
import type { Doc } from '#read-store';
import { idsIn, namesOf } from './names.ts';
import { ById, ListOrganisations } from './params.ts';
import { notFound } from './query.ts';
import { names, pageOf, question, whereOf } from './question.ts';

const MODEL = 'organisation-card';

export const listOrganisations = question({
  name: 'listOrganisations',
  path: '/organisations',
  summary: 'The organisations, by name: they belong to no network, and everybody may find them.',
  params: ListOrganisations,
  answer: pageOf(organisationCard.doc),
  reads: [MODEL],
  example: { name: 'CAW' },
  run: async ({ limit = 50, cursor, ...params }, context) => {
    const { items, next } = await context.reader.find<OrganisationCard & Doc>({
      model: MODEL,
      where: whereOf(params, {
        name: ['name', 'prefix'],
        sector: ['sector', 'eq'],
        enterpriseNumber: ['enterpriseNumber', 'eq'],
      }),
      sort: ['name', 1],
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    return { items, next, names: await namesOf(context, idsIn(items)) };
  },
});

export const getOrganisation = question({
  name: 'getOrganisation',
  path: '/organisations/{id}',
  summary: 'One organisation.',
  params: ById,
  answer: s.object({ organisation: organisationCard.doc, names }),
  reads: [MODEL],
  example: { id: ref('organisation') },
  run: async ({ id }, context) => {
    const found = await context.reader.get<OrganisationCard & Doc>(MODEL, id);
    return found === null ? notFound : { organisation: found.doc, names: await namesOf(context, idsIn(found.doc)) };
  },
});
