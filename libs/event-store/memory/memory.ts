import { randomUUID } from 'node:crypto';
import { position } from '#kernel';
import type { JsonObject } from '#kernel';
import { concurrency, PAGE, StoreError } from '../port.ts';
import type {
  AppendOptions,
  AppendResult,
  EventStore,
  Head,
  NewEvent,
  ReadAllOptions,
  ReadStreamOptions,
  StoredEvent,
  StreamName,
  SubscribeOptions,
  Subscription,
  SubscriptionItem,
} from '../port.ts';
import { closed, encode, givenUp, logRange, sequenceOf, streamRange, validStream } from '../validate.ts';
import type { EncodedEvent } from '../validate.ts';

/** A log that lives as long as the object: the executable specification of the port, and the store of fast tests. */
export const memoryEventStore = (): EventStore => new MemoryEventStore();

class MemoryEventStore implements EventStore {
  readonly capabilities = { kind: 'memory' } as const;
  readonly #logId = randomUUID();
  /** The event with sequence n lies at n − 1. */
  readonly #log: StoredEvent[] = [];
  readonly #streams = new Map<StreamName, StoredEvent[]>();
  #closed = false;
  /** Resolved, and replaced, whenever a subscriber has to look again. */
  #news = Promise.withResolvers<void>();

  async append(stream: StreamName, events: readonly NewEvent[], options: AppendOptions): Promise<AppendResult> {
    const encoded = encode(stream, events, options.expected);
    this.#checkOpen();
    if (options.signal?.aborted) throw givenUp(options.signal, true);
    const past = this.#streams.get(stream) ?? [];
    const next = options.expected === 'no_stream' ? 0 : Number(options.expected) + 1;
    if (next === past.length) return this.#write(stream, past, encoded);
    // Strong idempotency: an append is a retry when its ids lie where it would have put them, however long ago.
    const original = past.slice(next, next + encoded.length);
    if (encoded.some(({ event }, i) => event.id !== original[i]?.id))
      throw concurrency(stream, options.expected, past.at(-1)?.revision ?? 'no_stream');
    return result(original, true);
  }

  #write(stream: StreamName, past: StoredEvent[], encoded: readonly EncodedEvent[]): AppendResult {
    const storedAt = new Date(Date.now());
    const stored = encoded.map(({ event, data, meta }, i) => ({
      id: event.id,
      type: event.type,
      data: JSON.parse(data) as JsonObject,
      meta: JSON.parse(meta) as JsonObject,
      stream,
      revision: BigInt(past.length + i),
      position: position(this.#log.length + i + 1),
      storedAt,
    }));
    this.#log.push(...stored);
    past.push(...stored);
    this.#streams.set(stream, past);
    this.#wake();
    return result(stored, false);
  }

  async *readStream(stream: StreamName, options: ReadStreamOptions = {}) {
    const { backwards, from, limit, upTo } = streamRange(stream, options);
    const known = (this.#streams.get(stream) ?? []).filter((event) => sequenceOf(event.position) <= upTo);
    const events = backwards
      ? known.filter((event) => event.revision <= from).toReversed()
      : known.filter((event) => event.revision >= from);
    yield* this.#pages(events.slice(0, limit), options.signal);
  }

  async *readAll(options: ReadAllOptions = {}) {
    const { backwards, after, limit } = logRange(options);
    const events = backwards
      ? this.#log.slice(0, Math.max(0, Number(after) - 1)).toReversed()
      : this.#log.slice(Number(after));
    yield* this.#pages(events.slice(0, limit), options.signal);
  }

  *#pages(events: readonly StoredEvent[], signal: AbortSignal | undefined) {
    for (let start = 0; start === 0 || start < events.length; start += PAGE) {
      this.#checkOpen();
      if (signal?.aborted) throw givenUp(signal);
      if (events.length > 0) yield events.slice(start, start + PAGE);
    }
  }

  async streamState(stream: StreamName) {
    validStream(stream);
    this.#checkOpen();
    const last = this.#streams.get(stream)?.at(-1);
    return last === undefined ? ({ exists: false } as const) : ({ exists: true, revision: last.revision } as const);
  }

  async head(): Promise<Head> {
    this.#checkOpen();
    return { position: this.#log.at(-1)?.position ?? null, logId: this.#logId };
  }

  subscribe(options: SubscribeOptions): Subscription {
    const own = new AbortController();
    const items = this.#follow(options, own.signal);
    const close = async () => {
      own.abort();
      this.#wake();
      await items.return();
    };
    return { [Symbol.asyncIterator]: () => items, close };
  }

  async *#follow(options: SubscribeOptions, own: AbortSignal): AsyncGenerator<SubscriptionItem, void, void> {
    this.#checkOpen();
    let taken = this.#start(options);
    let caughtUp = false;
    const wake = () => this.#wake();
    options.signal?.addEventListener('abort', wake);
    try {
      while (!(own.aborted || options.signal?.aborted || this.#closed)) {
        const events = this.#log.slice(taken, taken + PAGE);
        if (events.length > 0) {
          yield { kind: 'events', events };
          taken += events.length;
        } else if (!caughtUp) {
          yield { kind: 'caught-up', head: this.#log[taken - 1]?.position ?? null };
          caughtUp = true;
        } else await this.#news.promise;
      }
    } finally {
      options.signal?.removeEventListener('abort', wake);
    }
  }

  #start({ after, logId }: SubscribeOptions): number {
    if (logId !== undefined && logId !== this.#logId)
      throw new StoreError('log-identity-changed', 'the checkpoint belongs to another log', {
        expected: logId,
        actual: this.#logId,
      });
    const sequence = after === null ? 0 : Number(sequenceOf(after));
    const head = this.#log.at(-1)?.position ?? null;
    if (sequence > this.#log.length)
      throw new StoreError('checkpoint-ahead-of-log', `the log ends at ${head}, before ${after}`, { after, head });
    return sequence;
  }

  async ready(): Promise<void> {
    this.#checkOpen();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
  }

  #checkOpen(): void {
    if (this.#closed) throw closed();
  }

  #wake(): void {
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }
}

function result(events: readonly StoredEvent[], replayed: boolean): AppendResult {
  const { revision, position: at } = events.at(-1)!;
  return { revision, position: at, replayed };
}
