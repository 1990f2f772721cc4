import { asMoment, asOccurrence, s } from '#kernel';
import { ref } from '#domain';
import { asRecorded, type JournalEntry } from '#projections';
import type { Doc, Filter } from '#read-store';
import { words } from './history.ts';
import { idsIn, namesOf, type Names } from './names.ts';
import { ListJournal } from './params.ts';
import { notFound } from './query.ts';
import { pageOf, question, whereOf } from './question.ts';
import { sentenceOf, shownData } from './tell.ts';

const row = s.object({
  position: s.text(),
  eventId: s.id(),
  type: s.text(),
  subject: s.object({ aggregate: s.text(), id: s.text() }),
  revision: s.integer(),
  network: s.nullable(s.id()),
  sentence: words,
  actor: s.object({ subject: s.text(), role: s.text(), organisation: s.nullable(s.id()) }),
  decisionRef: s.nullable(s.text()),
  occurredAt: s.instant(),
  recordedAt: s.instant(),
  knownAt: s.instant('Since when it is known.'),
  correlationId: s.text(),
  causationId: s.text(),
  data: s.json('As recorded; the text of a confidential obstacle or outcome is left out.'),
  meta: s.json('The rest of its metadata: reason, evidence, basis …'),
});

export const listJournal = question({
  name: 'listJournal',
  path: '/journal',
  summary:
    'The events of a network as they lie in the log, by thing, person, type, decision and period, on both clocks.',
  params: ListJournal,
  answer: pageOf(row),
  who: ['auditor', 'back-office', 'secretary'],
  reads: ['journal'],
  example: { network: ref('network'), occurredFrom: '2020-01-01', occurredUntil: '2020-12-31' },
  run: async ({ network, order = 'log', limit = 50, cursor, ...params }, context) => {
    if (!context.networks.has(network)) return notFound;
    const held = context.moment.effectiveAt;
    const page = await context.reader.find<JournalEntry & Doc>({
      model: 'journal',
      where: [
        ['network', 'eq', network],
        ...whereOfJournal(params),
        ...(held === undefined ? [] : ([['occurredAt', 'lte', held]] as const)),
      ],
      sort: ['position', order === 'log' ? 1 : -1],
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    const known = await namesOf(context, idsIn(page.items));
    return { items: page.items.map((entry) => rowOf(entry, known)), next: page.next, names: known };
  },
});

type Filters = Omit<ListJournal, 'network' | 'limit' | 'cursor' | 'order'>;

function whereOfJournal(params: Filters): readonly Filter[] {
  const { occurredFrom, occurredUntil, knownFrom, knownUntil, ...rest } = params;
  const moments = {
    ...(occurredFrom !== undefined && { occurredFrom: asOccurrence(occurredFrom) }),
    ...(occurredUntil !== undefined && { occurredUntil: asMoment(occurredUntil) }),
    ...(knownFrom !== undefined && { knownFrom: asOccurrence(knownFrom) }),
    ...(knownUntil !== undefined && { knownUntil: asMoment(knownUntil) }),
  };
  return whereOf<Filters>(
    { ...rest, ...moments },
    {
      aggregate: ['aggregate', 'eq'],
      subject: ['streamId', 'eq'],
      actor: ['actor.subject', 'eq'],
      type: ['type', 'eq'],
      decision: ['decisionRef', 'eq'],
      occurredFrom: ['occurredAt', 'gte'],
      occurredUntil: ['occurredAt', 'lte'],
      knownFrom: ['knownAt', 'gte'],
      knownUntil: ['knownAt', 'lte'],
    },
  );
}

const rowOf = (entry: JournalEntry, known: Names) => {
  const event = asRecorded(entry);
  const { id: _id, aggregate, streamId, ...rest } = entry;
  return {
    ...rest,
    subject: { aggregate, id: streamId },
    sentence: sentenceOf(event, known),
    data: shownData(event),
  };
};
