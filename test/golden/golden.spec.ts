import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allAggregates, eventTypes } from '#domain';
import { codec, type EventTypes, type StoredEvent } from '#event-store';
import { position, type JsonObject } from '#kernel';
import { allProjections } from '#projections';

/** One stored event of each type and version ever released. Add, never change: a log that somebody has holds such. */
const lines = readFileSync(join(import.meta.dirname, 'schema-1.ndjson'), 'utf8')
  .trim()
  .split('\n');
const stored = lines.map((line, index): StoredEvent => {
  const { type, data, meta } = JSON.parse(line) as {
    type: keyof typeof eventTypes;
    data: JsonObject;
    meta: JsonObject;
  };
  const stream = `${eventTypes[type].aggregate}-00000000-0000-5000-8000-000000000000`;
  const id = meta['commandId'] as string;
  return { id, type, data, meta, stream, revision: BigInt(index), position: position(index), storedAt: new Date(0) };
});
const { decode, schemaOf } = codec(eventTypes);

describe('every event ever stored', () => {
  it('is kept here, each type in each version', () => {
    const kept = stored.map(({ type, meta }) => `${type} ${String(meta['schema'] as number)}`);
    const types: EventTypes = eventTypes;
    const released = Object.keys(types).flatMap((type) =>
      Array.from({ length: schemaOf(type) }, (_, version) => `${type} ${version + 1}`),
    );
    expect(kept.toSorted()).toEqual(released.toSorted());
  });

  it.each(stored.map((event) => [event.type, event] as const))('%s is still read', (_type, event) => {
    const read = decode(event)!;
    const aggregate = allAggregates.find(({ name }) => name === read.stream.aggregate)!;
    expect(aggregate.evolve(aggregate.initial, read as never)).toMatchObject({ status: expect.any(String) as string });
    for (const projection of allProjections) projection.apply(read, () => undefined);
  });

  it('still makes the same state of each aggregate, event after event', () => {
    const states = new Map<string, { readonly status: string }>();
    const after = stored.map((event) => {
      const read = decode(event)!;
      const aggregate = allAggregates.find(({ name }) => name === read.stream.aggregate)!;
      const state = aggregate.evolve(states.get(aggregate.name) ?? aggregate.initial, read as never);
      states.set(aggregate.name, state);
      return { after: event.type, state: JSON.parse(JSON.stringify(state)) as object };
    });
    const kept = readFileSync(join(import.meta.dirname, 'states.ndjson'), 'utf8')
      .trim()
      .split('\n');
    expect(after).toEqual(kept.map((line) => JSON.parse(line) as object));
  });
});
