import {
  corrected,
  corrects,
  foldDocuments,
  gone,
  position,
  streamName,
  uuidv5,
  type Document,
  type Event,
  type Instant,
  type Position,
  type Projection,
  type Recorded,
} from '#kernel';
import type { Op, ReadStore } from '#read-store';
import { record, type Fact } from './given.ts';

/** Facts of one stream, in the order in which they happened. */
export interface StreamFacts {
  readonly aggregate: string;
  readonly id: string;
  readonly facts: readonly Fact[];
}

export const stream = <E extends Event>(aggregate: string, id: string, ...facts: readonly Fact<E>[]): StreamFacts => ({
  aggregate,
  id,
  facts,
});

/** The facts of several streams as one log, in order of `recordedAt`, ties as given. */
export const log = (...streams: readonly StreamFacts[]): readonly Recorded[] =>
  numbered(
    streams
      .flatMap(({ aggregate, id, facts }) => record(aggregate, id, facts))
      .toSorted(
        (a, b) => Number(a.meta.recordedAt > b.meta.recordedAt) - Number(a.meta.recordedAt < b.meta.recordedAt),
      ),
  );

/** The events in this order: positions from 1. */
export const numbered = (events: readonly Recorded[]): readonly Recorded[] =>
  events.map((event, i) => ({ ...event, position: position(i + 1) }));

/** Happened and recorded at once; `recorded` for what was registered later. */
export const at = (occurredAt: Instant, recordedAt: Instant = occurredAt) => ({ occurredAt, recordedAt });

/** Makes a read store hold what these events (one at least) make of these projections, and nothing else. */
export async function projected(
  store: ReadStore,
  projections: readonly Projection[],
  events: readonly Recorded[],
): Promise<void> {
  for (const projection of projections) {
    const { name, doc, indexes } = projection;
    if ((await store.generations(name)).active === null)
      await store.migrate([{ model: name, generation: 1, schema: doc, indexes }]);
    const ops: Op[] = [];
    for await (const texts of store.dump(name, 1))
      for (const text of texts) ops.push({ del: (JSON.parse(text) as Document).id });
    for (const document of documents(projection, events).values()) ops.push({ put: document });
    const from = (await store.checkpoint(name, 1))?.position ?? null;
    const to = events.at(-1)!.position as Position;
    await store.commit({ projection: name, generation: 1, from, to, logId: LOG, ops });
  }
}

/** The documents these events make, event by event; a correction folds its stream anew. */
function documents(projection: Projection, events: readonly Recorded[]): ReadonlyMap<string, Document> {
  const made = new Map<string, Document>();
  for (const [i, event] of events.entries()) {
    const ofStream = ({ stream }: Recorded) => streamName(stream) === streamName(event.stream);
    const isAnew = corrects(event) && projection.source === event.stream.aggregate;
    for (const [id, document] of isAnew
      ? foldDocuments(projection, corrected(events.slice(0, i + 1).filter(ofStream)))
      : projection.apply(event, (one) => made.get(one)))
      if (document === gone) made.delete(id);
      else made.set(id, document);
  }
  return made;
}

const LOG = uuidv5('testkit', 'log');
