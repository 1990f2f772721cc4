import { DatabaseSync } from 'node:sqlite';
import { position } from '#kernel';
import { concurrency, PAGE, StoreError } from '../port.ts';
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
  SubscriptionItem,
} from '../port.ts';
import { closed, encode, givenUp, logRange, sequenceOf, streamRange, validStream } from '../validate.ts';
import type { EncodedEvent } from '../validate.ts';
import { failed, FULL, refusal, resultCode } from './errors.ts';
import { openFiles } from './files.ts';
import type { LogFiles, OpenDatabase } from './files.ts';
import { Inbox } from './inbox.ts';
import { checksum, decode } from './rows.ts';
import type { Page, Row } from './rows.ts';
import { readHead } from './statements.ts';
import type { Statements } from './statements.ts';

/** Pages in the write-ahead log at which it is copied into the database: SQLite's own default. */
const CHECKPOINT_PAGES = 1000n;

export interface SqliteEventStoreOptions {
  /** Holds `events.db` and its lock; made when it is not there. */
  readonly directory: string;
  /**
   * The file failed, appends were answered "outcome unknown", and the store refuses everything for good. Called
   * once, in a later turn than those answers; the process must end, the next one finds out what is in the log.
   */
  readonly onFatal: (error: StoreError) => void;
  /** How the database is opened; tests inject faults here. */
  readonly open?: OpenDatabase;
}

/** Opens or creates the log in a directory. Rejects with `store-locked`, `disk-full` or `store-unavailable`. */
export const openSqliteEventStore = async ({
  directory,
  onFatal,
  open = (path) => new DatabaseSync(path),
}: SqliteEventStoreOptions): Promise<EventStore> => new SqliteEventStore(openFiles(directory, open), onFatal);

type Pending = PromiseWithResolvers<AppendResult> &
  Pick<AppendOptions, 'expected' | 'signal'> & {
    readonly stream: StreamName;
    readonly encoded: readonly EncodedEvent[];
  };

/** One connection on the main thread: between two statements of one turn nobody else can write. */
class SqliteEventStore implements EventStore {
  readonly capabilities: Capabilities;
  readonly #files: LogFiles;
  readonly #statements: Statements;
  readonly #onFatal: (error: StoreError) => void;
  readonly #inboxes = new Set<Inbox>();
  #queue: Pending[] = [];
  /** Sequence of the last committed event. */
  #head: bigint;
  #closed = false;
  #failure: StoreError | undefined;

  constructor(files: LogFiles, onFatal: (error: StoreError) => void) {
    this.#files = files;
    this.#statements = files.statements;
    this.#onFatal = onFatal;
    this.#head = files.head;
    this.capabilities = { kind: 'sqlite', serverVersion: files.sqliteVersion };
  }

  async append(stream: StreamName, events: readonly NewEvent[], options: AppendOptions): Promise<AppendResult> {
    const encoded = encode(stream, events, options.expected);
    this.#checkUsable();
    const pending = { stream, encoded, ...options, ...Promise.withResolvers<AppendResult>() };
    if (this.#queue.push(pending) === 1) setImmediate(() => this.#commitQueue());
    return pending.promise;
  }

  /**
   * Group commit: whatever was appended since the last turn, so also while the last commit ran, is one transaction
   * and costs one sync. Nobody is answered before COMMIT has returned.
   */
  #commitQueue(): void {
    const group = this.#takeQueue();
    if (group.length === 0) return;
    const { db } = this.#files;
    const written: StoredEvent[] = [];
    let answers: readonly (AppendResult | StoreError)[];
    try {
      db.exec('BEGIN IMMEDIATE');
      answers = group.map((pending) => this.#place(pending, written));
      db.exec('COMMIT');
    } catch (error) {
      this.#refuse(group, error);
      return;
    }
    this.#head += BigInt(written.length);
    for (const [i, pending] of group.entries()) settle(pending, answers[i]!);
    if (written.length === 0) return;
    for (const inbox of this.#inboxes) inbox.deliver(written);
    setImmediate(() => this.#checkpoint());
  }

  #takeQueue(): readonly Pending[] {
    const queue = this.#queue;
    this.#queue = [];
    return queue.filter(({ signal, reject }) => {
      if (signal?.aborted) reject(givenUp(signal, true));
      return !signal?.aborted;
    });
  }

  /** Looks before it writes, so that a conflict is an answer and never an error that aborts the others of the group. */
  #place({ stream, encoded, expected }: Pending, written: StoredEvent[]): AppendResult | StoreError {
    const current = this.#lastRevision(stream);
    const next = expected === 'no_stream' ? 0n : expected + 1n;
    if (next === current + 1n) return this.#write(stream, next, encoded, written);
    // Strong idempotency: an append is a retry when its ids lie where it would have put them, however long ago.
    const original = this.#statements.ids.all(stream, next, encoded.length) as unknown as readonly [string, bigint][];
    if (encoded.some(({ event }, i) => event.id !== original[i]?.[0]))
      return concurrency(stream, expected, current < 0n ? 'no_stream' : current);
    const [, sequence] = original.at(-1)!;
    return { revision: next + BigInt(encoded.length) - 1n, position: position(sequence), replayed: true };
  }

  #write(stream: StreamName, first: bigint, encoded: readonly EncodedEvent[], written: StoredEvent[]): AppendResult {
    const storedAt = Date.now();
    let revision = first;
    for (const { event, data, meta } of encoded) {
      const { id, type } = event;
      const sequence = this.#head + BigInt(written.length) + 1n;
      this.#statements.insert.run(sequence, stream, revision, id, type, data, meta, checksum(data, meta), storedAt);
      written.push({ ...event, stream, revision, position: position(sequence), storedAt: new Date(storedAt) });
      revision += 1n;
    }
    return { revision: revision - 1n, position: written.at(-1)!.position, replayed: false };
  }

  #refuse(group: readonly Pending[], error: unknown): void {
    const refused = this.#rolledBack() ? refusal(error) : undefined;
    for (const { reject } of group) reject(refused ?? failed(this.#files.path, error, true));
    if (refused === undefined) this.#fail(error);
  }

  /** SQLite may have rolled back already; a rollback that fails leaves a state that nobody knows. */
  #rolledBack(): boolean {
    try {
      if (this.#files.db.isTransaction) this.#files.db.exec('ROLLBACK');
      return true;
    } catch {
      return false;
    }
  }

  /** Fail-stop: after an I/O error, damage or a bug nothing that this process says about the log can be relied upon. */
  #fail(error: unknown): void {
    if (this.#failure) return;
    const failure = failed(this.#files.path, error);
    this.#failure = failure;
    for (const { reject } of this.#takeQueue()) reject(failure);
    for (const inbox of this.#inboxes) inbox.wake();
    setImmediate(() => this.#onFatal(failure));
  }

  /** Not inside COMMIT as SQLite does by default: the answers go first, and a failed sync is not overlooked. */
  #checkpoint(): void {
    if (this.#failure || this.#closed) return;
    try {
      const [, pages, copied] = this.#statements.walState.get() as unknown as [bigint, bigint, bigint];
      if (pages - copied >= CHECKPOINT_PAGES) this.#files.db.exec('PRAGMA wal_checkpoint(PASSIVE)');
    } catch (error) {
      // A full disk leaves the pages where they are, for a later checkpoint.
      if (resultCode(error) !== FULL) this.#fail(error);
    }
  }

  async *readStream(stream: StreamName, options: ReadStreamOptions = {}) {
    const { backwards, from, limit, upTo } = streamRange(stream, options);
    const { streamForwards, streamBackwards } = this.#statements;
    yield* this.#pages(limit, options.signal, (last, count) =>
      backwards
        ? streamBackwards.all(stream, last ? last.revision - 1n : from, upTo, count)
        : streamForwards.all(stream, last ? last.revision + 1n : from, upTo, count),
    );
  }

  async *readAll(options: ReadAllOptions = {}) {
    const { backwards, after, limit } = logRange(options);
    const { logForwards, logBackwards } = this.#statements;
    yield* this.#pages(limit, options.signal, (last, count) =>
      (backwards ? logBackwards : logForwards).all(last ? sequenceOf(last.position) : after, count),
    );
  }

  /** Each page is a query of its own: an iterator held open would keep the write-ahead log from being reset. */
  async *#pages(
    limit: number,
    signal: AbortSignal | undefined,
    query: (last: StoredEvent | undefined, count: number) => unknown,
  ) {
    let last: StoredEvent | undefined;
    for (let left = limit; left > 0;) {
      if (signal?.aborted) throw givenUp(signal);
      const count = Math.min(left, PAGE);
      const { events, corrupt } = this.#read(() => query(last, count));
      if (events.length > 0) yield events;
      if (corrupt) throw corrupt;
      if (events.length < count) return;
      last = events.at(-1);
      left -= count;
    }
  }

  async streamState(stream: StreamName) {
    validStream(stream);
    const revision = this.#guard(() => this.#lastRevision(stream));
    return revision < 0n ? ({ exists: false } as const) : ({ exists: true, revision } as const);
  }

  async head(): Promise<Head> {
    this.#checkUsable();
    return { position: this.#headPosition(), logId: this.#files.logId };
  }

  subscribe(options: SubscribeOptions): Subscription {
    const inbox = new Inbox();
    const items = this.#follow(options, inbox);
    const close = async () => {
      inbox.end();
      await items.return();
    };
    return { [Symbol.asyncIterator]: () => items, close };
  }

  async *#follow(options: SubscribeOptions, inbox: Inbox): AsyncGenerator<SubscriptionItem, void, void> {
    this.#checkUsable();
    let after = this.#start(options);
    let caughtUp = false;
    this.#inboxes.add(inbox);
    options.signal?.addEventListener('abort', inbox.end);
    try {
      while (!(inbox.ended || options.signal?.aborted)) {
        const { events, corrupt } = inbox.live ? this.#receive(inbox) : this.#readAfter(after);
        if (events.length > 0) {
          yield { kind: 'events', events };
          after = sequenceOf(events.at(-1)!.position);
        }
        if (corrupt) throw corrupt;
        if (events.length > 0) continue;
        inbox.goLive();
        if (caughtUp) await inbox.news;
        else yield { kind: 'caught-up', head: after === 0n ? null : position(after) };
        caughtUp = true;
      }
    } finally {
      this.#inboxes.delete(inbox);
      options.signal?.removeEventListener('abort', inbox.end);
    }
  }

  #start({ after, logId }: SubscribeOptions): bigint {
    if (logId !== undefined && logId !== this.#files.logId)
      throw new StoreError('log-identity-changed', 'the checkpoint belongs to another log', {
        expected: logId,
        actual: this.#files.logId,
      });
    const sequence = after === null ? 0n : sequenceOf(after);
    const head = this.#headPosition();
    if (sequence > this.#head)
      throw new StoreError('checkpoint-ahead-of-log', `the log ends at ${head}, before ${after}`, { after, head });
    return sequence;
  }

  #receive(inbox: Inbox): Page {
    this.#checkUsable();
    return { events: inbox.take() };
  }

  #readAfter(sequence: bigint): Page {
    return this.#read(() => this.#statements.logForwards.all(sequence, PAGE));
  }

  async ready(): Promise<void> {
    this.#guard(() => readHead(this.#statements));
  }

  /** Commits what was appended before. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#commitQueue();
    this.#closed = true;
    for (const inbox of this.#inboxes) inbox.end();
    this.#files.close();
  }

  #read(query: () => unknown): Page {
    return decode(this.#guard(query) as readonly Row[]);
  }

  #guard<T>(read: () => T): T {
    this.#checkUsable();
    try {
      return read();
    } catch (error) {
      const refused = refusal(error);
      if (refused === undefined) this.#fail(error);
      throw refused ?? failed(this.#files.path, error);
    }
  }

  #checkUsable(): void {
    if (this.#closed) throw closed();
    if (this.#failure) throw this.#failure;
  }

  #lastRevision(stream: StreamName): bigint {
    const [revision] = this.#statements.lastRevision.get(stream) as unknown as [bigint | null];
    return revision ?? -1n;
  }

  #headPosition() {
    return this.#head === 0n ? null : position(this.#head);
  }
}

function settle({ resolve, reject }: Pending, answer: AppendResult | StoreError): void {
  if (answer instanceof StoreError) reject(answer);
  else resolve(answer);
}
