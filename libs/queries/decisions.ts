import { asMoment, asOccurrence, s } from '#kernel';
import { ref } from '#domain';
import { ACTION_STATUSES, decisionRegister, type ActionCard, type AgendaCard, type DecisionEntry } from '#projections';
import { idsIn, namesOf } from './names.ts';
import { ById, ListDecisions } from './params.ts';
import { notFound } from './query.ts';
import { listed, names, ofNetwork, owned, pageOf, pick, question, whereOf } from './question.ts';

const MODEL = 'decision-register';

export const listDecisions = question({
  name: 'listDecisions',
  path: '/decisions',
  summary: 'The register of decisions of a network, the latest first; `lagDays` finds what was registered late.',
  params: ListDecisions,
  answer: pageOf(decisionRegister.doc),
  reads: [MODEL],
  example: { network: ref('network'), outcome: ['approve'] },
  run: ({ from, until, ...params }, context) =>
    listed<DecisionEntry>(
      context,
      params,
      {
        model: MODEL,
        where: whereOf(
          {
            ...params,
            ...(from !== undefined && { from: asOccurrence(from) }),
            ...(until !== undefined && { until: asMoment(until) }),
          },
          {
            body: ['body', 'eq'],
            outcome: ['outcome', 'in'],
            subjectKind: ['subjectKinds', 'has'],
            subject: ['subjectIds', 'has'],
            from: ['decidedAt', 'gte'],
            until: ['decidedAt', 'lte'],
            lagDays: ['lagDays', 'gte'],
          },
        ),
        sort: ['decidedAt', -1],
      },
      (entry) => entry,
      idsIn,
    ),
});

const dependant = s.object({ id: s.id(), title: s.json('In nl, fr, en.'), status: s.oneOf(ACTION_STATUSES) });

export const getDecision = question({
  name: 'getDecision',
  path: '/decisions/{id}',
  summary: 'One decision, what rests on it, and the moment up to which the body knew.',
  params: ById,
  answer: s.object({
    decision: decisionRegister.doc,
    dependants: s.object({
      actions: s.list(dependant),
      agendaVersions: s.list(s.integer(), 'Versions of the network’s agenda adopted by it.'),
    }),
    known: s.object(
      {
        asOf: s.instant(),
        actions: s.list(s.id(), 'Actions it was about.'),
      },
      'Ask these with this `asOf` to see what the body saw.',
    ),
    names,
  }),
  reads: [MODEL, 'action-card', 'agenda-card'],
  example: { id: ref('decision') },
  run: async ({ id }, context) => {
    const decision = await owned<DecisionEntry>(context, MODEL, id);
    if (decision === undefined) return notFound;
    const [actions, agendas] = await Promise.all([
      ofNetwork<ActionCard>(context.reader, 'action-card', decision.network, [['decisions', 'has', id]]),
      ofNetwork<AgendaCard>(context.reader, 'agenda-card', decision.network),
    ]);
    const answer = {
      decision,
      dependants: {
        actions: actions.map((card) => pick(card, ['id', 'title', 'status'])),
        agendaVersions: agendas.flatMap(({ versions }) =>
          versions.flatMap((version) => (version.decision === id ? version.version : [])),
        ),
      },
      known: {
        asOf: decision.knownAt,
        actions: decision.subjects.flatMap(({ kind, id: subject }) => (kind === 'action' ? (subject ?? []) : [])),
      },
    };
    return { ...answer, names: await namesOf(context, idsIn(answer)) };
  },
});
