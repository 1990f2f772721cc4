import { s } from '#kernel';
import { ref } from '#domain';
import { agendaCard, type AgendaCard } from '#projections';
import { idsIn, namesOf } from './names.ts';
import { ById } from './params.ts';
import { notFound } from './query.ts';
import { names, owned, question } from './question.ts';

export const getAgenda = question({
  name: 'getAgenda',
  path: '/agendas/{id}',
  summary:
    'The common agenda of a network (its id is the network’s): what is agreed, what is drafted, and all versions.',
  params: ById,
  answer: s.object({
    agenda: agendaCard.doc,
    current: s.nullable(s.integer('Version that is agreed now; null while none was adopted.')),
    names,
  }),
  reads: ['agenda-card'],
  example: { id: ref('network') },
  run: async ({ id }, context) => {
    const agenda = await owned<AgendaCard>(context, 'agenda-card', id);
    if (agenda === undefined) return notFound;
    const current = agenda.version === 0 ? null : agenda.version;
    return { agenda, current, names: await namesOf(context, idsIn(agenda)) };
  },
});
