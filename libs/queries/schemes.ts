import { ref } from '#domain';
import { schemeCard, type SchemeCard } from '#projections';
import type { Doc } from '#read-store';
import { s } from '#kernel';
import { idsIn, namesOf } from './names.ts';
import { ById, ListSchemes } from './params.ts';
import { notFound } from './query.ts';
import { names, pageOf, question, whereOf } from './question.ts';

const MODEL = 'scheme-card';

export const listSchemes = question({
  name: 'listSchemes',
  path: '/schemes',
  summary: 'The subsidy schemes with the rules of each version, by name.',
  params: ListSchemes,
  answer: pageOf(schemeCard.doc),
  reads: [MODEL],
  example: { status: 'running' },
  run: async ({ limit = 50, cursor, ...params }, context) => {
    const page = await context.reader.find<SchemeCard & Doc>({
      model: MODEL,
      where: whereOf(params, { status: ['status', 'eq'] }),
      sort: ['name', 1],
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    return { items: page.items, next: page.next, names: await namesOf(context, idsIn(page.items)) };
  },
});

export const getScheme = question({
  name: 'getScheme',
  path: '/schemes/{id}',
  summary: 'A subsidy scheme with the rules of each version.',
  params: ById,
  answer: s.object({ scheme: schemeCard.doc, names }),
  reads: [MODEL],
  example: { id: ref('scheme') },
  run: async ({ id }, context) => {
    const found = await context.reader.get<SchemeCard & Doc>(MODEL, id);
    if (found === null) return notFound;
    return { scheme: found.doc, names: await namesOf(context, idsIn(found.doc)) };
  },
});
