import { s, type Day } from '#kernel';
import { ref } from '#domain';
import { evidenceCard, type DocumentCard, type EvidenceCard, type GrantCard } from '#projections';
import type { Doc, Reader } from '#read-store';
import { retainUntil } from './grants.ts';
import { idsIn, namesOf } from './names.ts';
import { ById, ListEvidence } from './params.ts';
import { notFound } from './query.ts';
import { every, listed, names, ofNetwork, owned, pageOf, question, whereOf } from './question.ts';

const MODEL = 'evidence-card';
const WHY = ['stated', 'grants', 'grant-running', 'legal-hold', 'nothing-said'] as const;

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
    retention: s.object(
      {
        until: s.nullable(s.day('Null: for now without end.')),
        because: s.oneOf(WHY, '`grant-running`: a grant that used it has no end to count from yet.'),
      },
      'How long it must be kept: the latest of what was stated and of all grants that used the document; a legal hold extends.',
    ),
    names,
  }),
  reads: [MODEL, 'document-card', 'grant-card'],
  example: { id: ref('evidence') },
  run: async ({ id }, context) => {
    const evidence = await owned<EvidenceCard>(context, MODEL, id);
    if (evidence === undefined) return notFound;
    const former = await ofNetwork<EvidenceCard>(context.reader, MODEL, evidence.network, [['supersededBy', 'eq', id]]);
    const supersedes = former.map((card) => ({ id: card.id, title: card.title }));
    const retention = await retentionOf(context.reader, evidence);
    return { evidence, supersedes, retention, names: await namesOf(context, idsIn(evidence)) };
  },
});

interface Retention {
  readonly until: Day | null;
  readonly because: (typeof WHY)[number];
}

/** `domain.md` §3.2. */
async function retentionOf(
  reader: Reader,
  { sha256, retainUntil: stated, legalHold }: EvidenceCard,
): Promise<Retention> {
  if (legalHold) return { until: null, because: 'legal-hold' };
  const documents = await every<DocumentCard>(reader, { model: 'document-card', where: [['sha256', 'eq', sha256]] });
  const used = documents.flatMap(({ claims }) => claims.map(({ grant }) => grant));
  const grants = await reader.getMany<GrantCard & Doc>('grant-card', used);
  const ends = [...grants.values()].map(retainUntil);
  if (ends.includes(null)) return { until: null, because: 'grant-running' };
  const last = ends.reduce((latest, end) => (latest === null || (end !== null && end > latest) ? end : latest), null);
  if (last !== null && (stated === null || last > stated)) return { until: last, because: 'grants' };
  return { until: stated, because: stated === null ? 'nothing-said' : 'stated' };
}
