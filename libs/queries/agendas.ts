import { s } from '#kernel';
import { ref } from '#domain';
import { agendaCard, theoryOfChange, type AgendaCard, type TheoryOfChange } from '#projections';
import { idsIn, namesOf } from './names.ts';
import { ById } from './params.ts';
import { notFound } from './query.ts';
import { every, names, owned, question } from './question.ts';

export const getAgenda = question({
  name: 'getAgenda',
  path: '/agendas/{id}',
  summary:
    'The common agenda of a network (its id is the network’s): what is agreed, what is drafted, and all versions.',
  params: ById,
  answer: s.object({
    agenda: agendaCard.doc,
    current: s.nullable(s.integer('Version that is agreed now; null while none was adopted.')),
    theory: s.object(
      { adopted: s.nullable(theoryOfChange.doc), draft: s.nullable(theoryOfChange.doc) },
      'The theory of change: of the version that is agreed now, and of the next one where it is drafted.',
    ),
    names,
  }),
  reads: ['agenda-card', 'theory-of-change'],
  example: { id: ref('network') },
  run: async ({ id }, context) => {
    const agenda = await owned<AgendaCard>(context, 'agenda-card', id);
    if (agenda === undefined) return notFound;
    const current = agenda.version === 0 ? null : agenda.version;
    const theories = await every<TheoryOfChange>(context.reader, {
      model: 'theory-of-change',
      where: [['of', 'eq', id]],
      sort: ['version', 1],
    });
    const theory = {
      adopted: theories.findLast(({ version }) => version <= agenda.version) ?? null,
      draft: theories.find(({ version }) => version > agenda.version) ?? null,
    };
    return { agenda, current, theory, names: await namesOf(context, idsIn([agenda, theory])) };
  },
});
