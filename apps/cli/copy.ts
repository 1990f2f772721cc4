import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { canonical } from '#kernel';
import { isStoreError, MAX_APPEND_BYTES, MAX_APPEND_EVENTS, type EventStore, type StoredEvent } from '#event-store';
import { openCopyTarget } from '#event-store/eventstoredb';
import { openSqliteEventStore } from '#event-store/sqlite';
import { Failed } from './exit.ts';
import { answer, progress, type Output } from './output.ts';

/** Times that a piece is tried while the target is away, about a second apart. */
const ATTEMPTS = 20;
const REST_MS = 1_000;

/**
 * Moves a log from a data directory to an EventStoreDB, or goes on where that was interrupted: order, ids, data and
 * metadata stay what they are. The source is locked meanwhile, and only read.
 */
export async function copy(from: string, to: string, output: Output): Promise<void> {
  const directory = /^sqlite:(.+)$/.exec(from)?.[1];
  if (directory === undefined) throw new Failed('copy from sqlite:<data directory>');
  if (!existsSync(join(directory, 'events.db'))) throw new Failed(`there is no log in ${directory}`);
  const source = await openSqliteEventStore({ directory, onFatal: fail }).catch((error: unknown) => {
    if (!isStoreError(error, 'store-locked')) throw error;
    throw new Failed(`the log in ${directory} is in use: stop the server first, then copy`);
  });
  try {
    const { logId } = await source.head();
    const target = await openCopyTarget({ url: to, copyOf: logId });
    const shown = progress(output, 'copy');
    try {
      const events = await copyLog(source, target.events, (done, total) => shown.step(done, total));
      await target.complete(events);
      answer(output, { copyOf: logId, events }, `${events} events were copied and read back: the log is whole.`);
    } finally {
      shown.end();
      await target.events.close();
    }
  } finally {
    await source.close();
  }
}

const fail = (error: unknown): never => {
  throw error;
};

/**
 * Copies what the target does not have yet and compares everything at the end. The target is always the beginning of
 * the source, also after half an append (`stores.md` §0.11): an append is made only when the one before it is there.
 * Returns how many events there are. Throws {@link Failed} for a target that is not the beginning of the source.
 */
export async function copyLog(
  source: EventStore,
  target: EventStore,
  step: (done: number, total: number) => void,
): Promise<number> {
  const total = await count(source);
  let done = await same(source, target, (compared) => step(compared, total));
  let last = (await lastOf(target))?.id;
  for await (const batch of batches(source, done)) {
    await put(target, batch, last);
    last = batch.at(-1)!.id;
    done += batch.length;
    step(done, total);
  }
  if ((await same(source, target, () => {})) !== total)
    throw new Failed('the copy is shorter than the log: copy again');
  return total;
}

/** The events beyond the first `skip`, as they can be appended: neighbours of one stream, within the limits of the port. */
async function* batches(source: EventStore, skip: number): AsyncGenerator<readonly StoredEvent[]> {
  let batch: StoredEvent[] = [];
  let bytes = 0;
  let seen = 0;
  for await (const events of source.readAll())
    for (const event of events) {
      if (seen++ < skip) continue;
      const size = Buffer.byteLength(textOf(event).data) + Buffer.byteLength(textOf(event).meta);
      const isFull = batch.length === MAX_APPEND_EVENTS || bytes + size > MAX_APPEND_BYTES;
      if (batch.length > 0 && (isFull || batch[0]!.stream !== event.stream)) {
        yield batch;
        batch = [];
        bytes = 0;
      }
      batch.push(event);
      bytes += size;
    }
  if (batch.length > 0) yield batch;
}

/** Appends what is not there yet; `before` is the event that lies before the batch. */
async function put(target: EventStore, batch: readonly StoredEvent[], before: string | undefined): Promise<void> {
  let left = batch;
  for (let attempt = 1; left.length > 0; attempt++) {
    const { stream, revision } = left[0]!;
    try {
      await target.append(stream, left, { expected: revision === 0n ? 'no_stream' : revision - 1n });
      return;
    } catch (error) {
      if (!isStoreError(error) || !(error.retryable || error.code === 'concurrency') || attempt === ATTEMPTS)
        throw error;
      // Nobody knows, or a part of it is there: the log itself tells how far it is.
      const there = await reached(target, left, before).catch((away: unknown) => {
        if (isStoreError(away) && away.retryable) return undefined;
        throw away;
      });
      if (there === 0 && error.code === 'concurrency') throw error;
      if (there) {
        before = left[there - 1]!.id;
        left = left.slice(there);
      } else await new Promise((resolve) => setTimeout(resolve, REST_MS));
    }
  }
}

/** How many of the batch are at the end of the log. */
async function reached(target: EventStore, batch: readonly StoredEvent[], before: string | undefined): Promise<number> {
  const last = await lastOf(target);
  const at = batch.findIndex(({ id, stream }) => id === last?.id && stream === last.stream);
  if (at < 0 && last?.id !== before)
    throw new Failed('somebody else writes into the target: begin anew in an empty one');
  return at + 1;
}

async function lastOf(store: EventStore): Promise<StoredEvent | undefined> {
  for await (const [last] of store.readAll({ direction: 'backwards', limit: 1 })) return last;
  return undefined;
}

async function count(store: EventStore): Promise<number> {
  let events = 0;
  for await (const page of store.readAll()) events += page.length;
  return events;
}

/** How many events the target has, all of them those of the source, byte for byte. */
async function same(source: EventStore, target: EventStore, step: (compared: number) => void): Promise<number> {
  const ours = each(source);
  let compared = 0;
  for await (const page of target.readAll()) {
    for (const event of page) {
      const { value: other } = await ours.next();
      compared++;
      if (other === undefined || !isSame(other, event)) {
        const wanted = other === undefined ? 'there should be none' : `it should be ${other.stream} ${other.revision}`;
        throw new Failed(
          `the target is no copy of this log: event ${compared} is ${event.stream} ${event.revision}, ${wanted}`,
        );
      }
    }
    step(compared);
  }
  return compared;
}

async function* each(store: EventStore): AsyncGenerator<StoredEvent, undefined> {
  for await (const page of store.readAll()) yield* page;
  return undefined;
}

const textOf = ({ data, meta }: StoredEvent) => ({ data: canonical(data), meta: canonical(meta) });

function isSame(one: StoredEvent, other: StoredEvent): boolean {
  const [a, b] = [textOf(one), textOf(other)];
  return (
    one.stream === other.stream &&
    one.revision === other.revision &&
    one.id === other.id &&
    one.type === other.type &&
    a.data === b.data &&
    a.meta === b.meta
  );
}
