import { PAGE, StoreError } from '../port.ts';
import type {
  AppendOptions,
  AppendResult,
  Capabilities,
  EventStore,
  Head,
  NewEvent,
  ReadAllOptions,
  ReadStreamOptions,
  StoredEvent,
  StreamName,
  SubscribeOptions,
  Subscription,
} from '../port.ts';
import { closed, encode, givenUp, invalidRequest, validLimit, validRevision, validStream } from '../validate.ts';
import type { EncodedEvent } from '../validate.ts';
import { Turns } from '#kernel';
import type { Position } from '#kernel';
import { decode, isOurs } from './events.ts';
import type { Page } from './events.ts';
import { follow } from './follow.ts';
import type { Gateway, StoredRecord } from './gateway.ts';
import { IDENTITY, readIdentity } from './identity.ts';
import type { Identity } from './identity.ts';
import { inspect } from './inspect.ts';
import type { Finding } from './inspect.ts';
import { pointOf } from './position.ts';

/** As long as the server itself tries to write (its WriteTimeout); the caller's own limit may be shorter. */
const APPEND_MS = 2_000;
/** Beyond the deadline that the call itself has: for what waits in a turn. */
const LATE_MS = 300;
/** What was sent before the store is closed may still be answered for so long. */
const FAREWELL_MS = 500;
/** Records that are asked for at least where they may be others': system events stand between ours. */
const AMONG_OTHERS = 32;

/** The log in an EventStoreDB, and what an operator should know of it. */
export interface EventStoreDb extends EventStore {
  /** What is right and what is wrong with the server, in words an operator can act on. Rejects when it is away. */
  inspect(): Promise<readonly Finding[]>;
}

export class EventStoreDbStore implements EventStoreDb {
  readonly capabilities: Capabilities;
  readonly #gateway: Gateway;
  readonly #identity: Identity;
  readonly #closing = new AbortController();
  #closed = false;
  /**
   * One append after another on a stream: two identical ones in flight give a success and a timeout (`stores.md`
   * §0.13). A turn lasts until the call is over, also when the caller has given up.
   */
  readonly #turns = new Turns();
  /** Where the log ended when it was last looked at, and our last event up to there. */
  #end: { readonly at: Position; readonly ours: Position | null } | undefined;

  constructor(gateway: Gateway, identity: Identity, serverVersion: string) {
    this.#gateway = gateway;
    this.#identity = identity;
    this.capabilities = { kind: 'eventstoredb', serverVersion };
  }

  async append(stream: StreamName, events: readonly NewEvent[], options: AppendOptions): Promise<AppendResult> {
    const { expected, deadlineMs = APPEND_MS, signal } = options;
    const encoded = encode(stream, events, expected);
    refuseReserved(stream);
    this.#checkOpen();
    if (signal?.aborted) throw givenUp(signal, true);
    const until = performance.now() + deadlineMs;
    const sent = this.#turns.take(stream, () => this.#send(stream, encoded, expected, until));
    return this.#orGivenUp(sent, deadlineMs, signal);
  }

  async #send(
    stream: StreamName,
    encoded: readonly EncodedEvent[],
    expected: AppendOptions['expected'],
    until: number,
  ): Promise<AppendResult> {
    this.#checkOpen();
    const remaining = until - performance.now();
    if (remaining <= 0) throw late();
    const { revision, position } = await this.#gateway.append(stream, expected, encoded, remaining);
    return { revision, position: position ?? (await this.#positionOf(stream, revision)), replayed: 'unknown' };
  }

  /** Of an append that was there before, and whose place the server has forgotten. */
  async #positionOf(stream: StreamName, revision: bigint): Promise<Position> {
    try {
      const [record] = await this.#gateway.streamPage(stream, revision, { backwards: false, count: 1 });
      if (record?.revision === revision) return record.position;
    } catch (cause) {
      throw new StoreError('store-unavailable', 'appended, but where is not known', { stream }, unknown(cause));
    }
    throw new StoreError('stream-gone', `event ${revision} of ${stream} is not there any more`, { stream, revision });
  }

  /** The caller gets an answer in time, whatever is before it in the turn. */
  async #orGivenUp<T>(work: Promise<T>, ms: number, signal: AbortSignal | undefined): Promise<T> {
    const answer = Promise.withResolvers<never>();
    const giveUp = () => answer.reject(givenUp(signal!, true));
    const close = () => answer.reject(new StoreError('store-closed', 'closed under way', {}, { indeterminate: true }));
    const timer = setTimeout(() => answer.reject(late()), ms + LATE_MS);
    signal?.addEventListener('abort', giveUp);
    this.#closing.signal.addEventListener('abort', close);
    work.catch(() => {});
    try {
      return await Promise.race([work, answer.promise]);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      this.#closing.signal.removeEventListener('abort', close);
    }
  }

  async *readStream(stream: StreamName, options: ReadStreamOptions = {}): AsyncGenerator<readonly StoredEvent[]> {
    validStream(stream);
    refuseReserved(stream);
    const { from, direction, upTo, signal } = options;
    if (from !== undefined) validRevision('from', from);
    if (upTo !== undefined) pointOf(upTo);
    const backwards = direction === 'backwards';
    const before = backwards ? undefined : upTo;
    let next = from ?? (backwards ? undefined : 0n);
    const limit = validLimit(options.limit);
    const wanted = (records: readonly StoredRecord[]) =>
      upTo === undefined ? records : records.filter(({ position }) => position <= upTo);
    const least = backwards && upTo !== undefined ? AMONG_OTHERS : 1;
    yield* this.#pages(limit, least, signal, async (count, own) => {
      const records = await this.#gateway.streamPage(stream, next, { backwards, count, signal: own });
      const last = records.at(-1);
      if (last) next = backwards ? last.revision - 1n : last.revision + 1n;
      const isPast = last === undefined || next! < 0n || (before !== undefined && last.position > before);
      return { page: decode(wanted(records)), more: records.length === count && !isPast };
    });
  }

  async *readAll(options: ReadAllOptions = {}): AsyncGenerator<readonly StoredEvent[]> {
    const { after, direction, signal } = options;
    const limit = validLimit(options.limit);
    let from = after ?? undefined;
    if (from !== undefined) pointOf(from);
    const backwards = direction === 'backwards';
    yield* this.#pages(limit, AMONG_OTHERS, signal, async (count, own) => {
      const again = from !== undefined && !backwards ? 1 : 0;
      const records = await this.#gateway.logPage(from, { backwards, count: count + again, signal: own });
      const fresh = records.filter(({ position }) => position !== from);
      from = records.at(-1)?.position ?? from;
      return { page: decode(fresh), more: records.length === count + again };
    });
  }

  /** Each page is a call of its own: none is open while the reader is busy with a page. */
  async *#pages(
    limit: number,
    least: number,
    signal: AbortSignal | undefined,
    read: (count: number, signal: AbortSignal) => Promise<{ page: Page; more: boolean }>,
  ): AsyncGenerator<readonly StoredEvent[]> {
    for (let left = limit, more = true; left > 0 && more;) {
      this.#checkOpen();
      if (signal?.aborted) throw givenUp(signal);
      const count = Math.min(Math.max(left, least), PAGE);
      const { page, more: isMore } = await this.#open((own) => read(count, own), signal);
      const events = page.events.slice(0, left);
      if (events.length > 0) yield events;
      left -= events.length;
      if (left > 0 && page.corrupt) throw page.corrupt;
      more = isMore;
    }
    this.#checkOpen();
  }

  async streamState(stream: StreamName) {
    validStream(stream);
    refuseReserved(stream);
    const [last] = await this.#open((signal) =>
      this.#gateway.streamPage(stream, undefined, { backwards: true, count: 1, signal }),
    );
    return last === undefined ? ({ exists: false } as const) : ({ exists: true, revision: last.revision } as const);
  }

  async head(): Promise<Head> {
    return this.#open(async (signal) => {
      const [identity, position] = await Promise.all([readIdentity(this.#gateway, signal), this.#last(signal)]);
      if (identity === undefined) throw this.#anotherLog('none');
      return { position, logId: identity.logId };
    });
  }

  /** Whether nothing of ours was ever written. */
  async isEmpty(): Promise<boolean> {
    return this.#open(async (signal) => (await this.#last(signal)) === null);
  }

  /** Backwards to our last event, but not past where the log ended the last time. */
  async #last(signal: AbortSignal): Promise<Position | null> {
    const known = this.#end;
    let end: Position | undefined;
    const found = (ours: Position | null): Position | null => {
      if (end !== undefined) this.#end = { at: end, ours };
      return ours;
    };
    let from: Position | undefined;
    for (let count = AMONG_OTHERS; ; count = PAGE) {
      const records = await this.#gateway.logPage(from, { backwards: true, count, signal });
      end ??= records[0]?.position;
      // A log that has become shorter is another one: what was known does not hold.
      const isShorter = known !== undefined && (end === undefined || end < known.at);
      for (const record of records) {
        if (known !== undefined && !isShorter && record.position <= known.at) return found(known.ours);
        if (isOurs(record)) return found(record.position);
      }
      from = records.at(-1)?.position;
      if (records.length < count) return found(null);
    }
  }

  subscribe(options: SubscribeOptions): Subscription {
    const own = new AbortController();
    const ends = [own.signal, this.#closing.signal, ...(options.signal ? [options.signal] : [])];
    const items = follow(
      {
        gateway: this.#gateway,
        logId: options.logId ?? this.#identity.logId,
        head: async () => (await this.head()).position,
        checkOpen: () => this.#checkOpen(),
      },
      options,
      AbortSignal.any(ends),
    );
    const close = async () => {
      own.abort();
      await items.return();
    };
    return { [Symbol.asyncIterator]: () => items, close };
  }

  async ready(): Promise<void> {
    await this.#open((signal) => this.#gateway.logPage(undefined, { backwards: true, count: 1, signal }));
  }

  async inspect(): Promise<readonly Finding[]> {
    return this.#open(() => inspect(this.#gateway, this.#identity));
  }

  /** Lets what was sent be answered, for a moment; then ends everything. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const sent = this.#turns.settled();
    await Promise.race([sent, new Promise((resolve) => setTimeout(resolve, FAREWELL_MS).unref())]);
    this.#closing.abort(closed());
    await this.#gateway.close();
  }

  /** A read that ends when the store is closed. */
  async #open<T>(read: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    this.#checkOpen();
    const own = this.#closing.signal;
    try {
      return await read(signal ? AbortSignal.any([signal, own]) : own);
    } catch (error) {
      if (own.aborted) throw closed();
      throw error;
    }
  }

  #anotherLog(actual: string): StoreError {
    const expected = this.#identity.logId;
    return new StoreError('log-identity-changed', 'this is another log', { expected, actual });
  }

  #checkOpen(): void {
    if (this.#closed) throw closed();
  }
}

const unknown = (cause: unknown) => ({ retryable: true, indeterminate: true, cause });

/** The caller's time is over. What waited for its turn was not sent, but others of the same content may have been. */
const late = (): StoreError =>
  new StoreError(
    'store-timeout',
    'the event store did not answer in time',
    {},
    { retryable: true, indeterminate: true },
  );

function refuseReserved(stream: StreamName): void {
  if (stream === IDENTITY) throw invalidRequest(`${IDENTITY} is the log's own`, { stream });
}
