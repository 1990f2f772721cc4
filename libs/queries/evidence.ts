import { s } from '#kernel';
import { ref } from '#domain';
import { evidenceCard, type EvidenceCard } from '#projections';
import { idsIn, namesOf } from './names.ts';
import { ById, ListEvidence } from './params.ts';
import { notFound } from './query.ts';
import { listed, names, ofNetwork, owned, pageOf, question, whereOf } from './question.ts';

const MODEL = 'evidence-card';

export const listEvidence = question({
  name: 'listEvidence',
  path: '/evidence',
  summary: 'The register of evidence of a network, the latest registered first.',
  params: ListEvidence,
  answer: pageOf(evidenceCard.doc),
  reads: [MODEL],
  example: { network: ref('network'), class: 'invoice' },
  run: (params, context) =>
    listed<EvidenceCard>(
      context,
      params,
      {
        model: MODEL,
        where: whereOf(params, {
          class: ['class', 'eq'],
          legalHold: ['legalHold', 'eq'],
          retainedBefore: ['retainUntil', 'lt'],
        }),
        sort: ['registeredAt', -1],
      },
      (card) => card,
      idsIn,
    ),
});

export const getEvidence = question({
  name: 'getEvidence',
  path: '/evidence/{id}',
  summary: 'One piece of evidence: its hash, who keeps it and until when, its legal hold, and what it superseded.',
  params: ById,
  answer: s.object({
    evidence: evidenceCard.doc,
    supersedes: s.list(s.object({ id: s.id(), title: s.text() }), 'The evidence whose place it took.'),
    names,
  }),
  reads: [MODEL],
  example: { id: ref('evidence') },
  run: async ({ id }, context) => {
    const evidence = await owned<EvidenceCard>(context, MODEL, id);
    if (evidence === undefined) return notFound;
    const former = await ofNetwork<EvidenceCard>(context.reader, MODEL, evidence.network, [['supersededBy', 'eq', id]]);
    const supersedes = former.map((card) => ({ id: card.id, title: card.title }));
    return { evidence, supersedes, names: await namesOf(context, idsIn(evidence)) };
  },
});
