import { s, type Projection, type Recorded, type Schema, type TypeOf } from '#kernel';

const actor = s.object({ subject: s.text(), role: s.text(), organisation: s.nullable(s.id()) });

const entry = s.object({
  id: s.text('Its position.'),
  position: s.text('Opaque; sorts as text in log order.'),
  eventId: s.id(),
  type: s.text(),
  aggregate: s.text(),
  streamId: s.text(),
  revision: s.integer('0 for the first of its stream.'),
  network: s.nullable(s.id()),
  actor,
  decisionRef: s.nullable(s.text()),
  occurredAt: s.instant(),
  recordedAt: s.instant(),
  knownAt: s.instant(
    'Running maximum of `recordedAt` in log order: what was known at a moment is a prefix of the log.',
  ),
  correlationId: s.text(),
  causationId: s.text(),
  data: s.json() as Schema<object>,
  meta: s.json('The rest of the metadata.') as Schema<object>,
});
/** An event as the journal keeps it: exactly what was recorded, corrections not applied. */
export type JournalEntry = TypeOf<typeof entry>;

/** Where the running maximum stands. It shares no member with an entry but its id, so no list query finds it. */
const head = s.object({ id: s.oneOf(['head']), latest: s.instant() });
type Head = TypeOf<typeof head>;

const HEAD = 'head';

/** Every event, a document each: what *as of* folds, what histories and audits read. */
export const journal: Projection<JournalEntry | Head> = {
  name: 'journal',
  version: 1,
  source: null,
  doc: { anyOf: [entry, head] },
  indexes: [
    ['position'],
    ['knownAt'],
    ['aggregate', 'streamId', 'position'],
    ['aggregate', 'position'],
    ['network', 'aggregate', 'position'],
    ['network', 'position'],
    ['network', 'occurredAt'],
    ['actor.subject', 'position'],
    ['correlationId'],
    ['eventId', 'position'],
    ['streamId', 'type', 'position'],
    ['data.expenditure', 'position'],
    ['data.action', 'position'],
    ['data.from', 'position'],
    ['data.from.action', 'position'],
    ['data.to.action', 'position'],
    ['data.scope.id', 'position'],
    ['network', 'type', 'position'],
    ['decisionRef', 'position'],
  ],
  keys: ({ position }) => [position, HEAD],
  apply: (event, document) => {
    const before = document(HEAD) as Head | undefined;
    const { recordedAt } = event.meta;
    const knownAt = before !== undefined && before.latest > recordedAt ? before.latest : recordedAt;
    return [
      [event.position, entryOf(event, knownAt)],
      [HEAD, { id: HEAD, latest: knownAt }],
    ];
  },
};

function entryOf(event: Recorded, knownAt: string): JournalEntry {
  const { network, actor, decisionRef, occurredAt, recordedAt, correlationId, causationId, ...rest } = event.meta;
  return {
    id: event.position,
    position: event.position,
    eventId: event.id,
    type: event.type,
    aggregate: event.stream.aggregate,
    streamId: event.stream.id,
    revision: event.revision,
    network,
    actor: { subject: actor.subject, role: actor.role, organisation: actor.organisation ?? null },
    decisionRef: decisionRef ?? null,
    occurredAt,
    recordedAt,
    knownAt,
    correlationId,
    causationId,
    data: event.data,
    meta: rest,
  };
}
