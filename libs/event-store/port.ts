import type { JsonObject, Position } from '#kernel';

/** `<aggregate>-<id>`, see {@link STREAM_NAME}. */
export type StreamName = string;
export type Expected = 'no_stream' | bigint;

export const STREAM_NAME = /^[a-z][a-z0-9_]{0,39}-[A-Za-z0-9_.~-]{1,120}$/;
export const EVENT_TYPE = /^[A-Za-z][A-Za-z0-9.]{0,99}$/;
/** Data and metadata together, in bytes of canonical JSON. */
export const MAX_EVENT_BYTES = 512 * 1024;
export const MAX_APPEND_BYTES = 1_000_000;
export const MAX_APPEND_EVENTS = 100;
/** Events a page of a read or of a subscription holds at most. */
export const PAGE = 256;

export interface NewEvent {
  /** UUID, lower case. */
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly meta: JsonObject;
}

export interface StoredEvent extends NewEvent {
  readonly stream: StreamName;
  /** 0 for the first of its stream. */
  readonly revision: bigint;
  readonly position: Position;
  /** The store's clock: for display only, never our `recordedAt`. */
  readonly storedAt: Date;
}

export interface AppendResult {
  /** Of the last event of the append. */
  readonly revision: bigint;
  readonly position: Position;
  /** Whether this very append was there before. */
  readonly replayed: boolean | 'unknown';
}

export interface AppendOptions {
  readonly expected: Expected;
  /** For stores that answer over a network; the embedded ones answer as soon as their disk does. */
  readonly deadlineMs?: number;
  /** Whoever gives up does not know the outcome: `store-timeout`, indeterminate. */
  readonly signal?: AbortSignal;
}

export interface ReadStreamOptions {
  /** Inclusive; by default the stream's first event, or its last when reading backwards. */
  readonly from?: bigint;
  readonly direction?: 'forwards' | 'backwards';
  readonly limit?: number;
  /** Inclusive: only events up to that position. */
  readonly upTo?: Position;
  readonly signal?: AbortSignal;
}

export interface ReadAllOptions {
  /** Exclusive: events after it, or before it when reading backwards. */
  readonly after?: Position | null;
  readonly direction?: 'forwards' | 'backwards';
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

export interface Head {
  /** Of the last user event; null for an empty log. */
  readonly position: Position | null;
  /** Another one when the log is another one (restored, wiped). */
  readonly logId: string;
}

export interface SubscribeOptions {
  readonly name: string;
  /** Exclusive; null delivers from the first event on. */
  readonly after: Position | null;
  /** The log that `after` belongs to; another log is refused with `log-identity-changed`. */
  readonly logId?: string;
  readonly signal?: AbortSignal;
  readonly retry?: { readonly minMs: number; readonly maxMs: number };
}

export type SubscriptionItem =
  /** Never empty, in log order, without gap or double within one iteration. */
  | { readonly kind: 'events'; readonly events: readonly StoredEvent[] }
  /** Comes after every event up to `head` was taken by the consumer; once more after each reconnect. */
  | { readonly kind: 'caught-up'; readonly head: Position | null }
  /** Informational: the subscription resumes by itself. */
  | { readonly kind: 'interrupted'; readonly error: StoreError; readonly attempt: number };

/** Throws terminal errors only. Leaving the loop, `close()` and the signal all end it within 2 s. */
export interface Subscription extends AsyncIterable<SubscriptionItem> {
  close(): Promise<void>;
}

/** What an adapter has: contract cases that need what it lacks are reported as not applicable. */
export interface Capabilities {
  readonly kind: 'memory' | 'sqlite' | 'eventstoredb';
  readonly serverVersion?: string;
}

/**
 * The log. What "supports" means is `contract.ts`, case by case; `memory/` is its executable specification.
 * Reads come in pages that are never empty; a page may be kept, it is never changed.
 */
export interface EventStore {
  readonly capabilities: Capabilities;
  /**
   * All or nothing. The same ids at the same expected revision give the same result for ever; the same id at the
   * current revision is a new event. Never hangs past the deadline. The events are the store's from now on: live
   * subscribers are handed these very objects, so do not change them.
   */
  append(stream: StreamName, events: readonly NewEvent[], options: AppendOptions): Promise<AppendResult>;
  /** An unknown stream is empty. */
  readStream(stream: StreamName, options?: ReadStreamOptions): AsyncIterable<readonly StoredEvent[]>;
  streamState(
    stream: StreamName,
  ): Promise<{ readonly exists: false } | { readonly exists: true; readonly revision: bigint }>;
  readAll(options?: ReadAllOptions): AsyncIterable<readonly StoredEvent[]>;
  head(): Promise<Head>;
  subscribe(options: SubscribeOptions): Subscription;
  /** Resolves when a real read succeeded. */
  ready(): Promise<void>;
  /** Ends all iterators within 2 s and settles every promise. */
  close(): Promise<void>;
}

export type StoreErrorCode =
  | 'concurrency'
  | 'stream-gone'
  | 'payload-too-large'
  | 'invalid-event'
  | 'invalid-request'
  | 'store-unavailable'
  | 'store-timeout'
  | 'store-access-denied'
  | 'disk-full'
  | 'invalid-position'
  | 'checkpoint-ahead-of-log'
  | 'log-identity-changed'
  | 'store-closed'
  | 'store-locked'
  /** Others than operators may delete or cut off what is in it, or it does so by itself; the message says what to do. */
  | 'store-unsafe'
  /** It is a copy that was begun and not finished. */
  | 'copy-unfinished'
  | 'corrupt-event';

/** What a store says. Tell errors apart by `code`, never by class. */
export class StoreError extends Error {
  /** The same call may succeed later. */
  readonly retryable: boolean;
  /** The append may have been committed: only the identical append, or a look at the stream, can tell. */
  readonly indeterminate: boolean;

  constructor(
    readonly code: StoreErrorCode,
    message: string,
    readonly params: Readonly<Record<string, unknown>> = {},
    o: { readonly retryable?: boolean; readonly indeterminate?: boolean; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: o.cause });
    this.name = 'StoreError';
    this.retryable = o.retryable ?? false;
    this.indeterminate = o.indeterminate ?? false;
  }
}

export const isStoreError = (error: unknown, code?: StoreErrorCode): error is StoreError =>
  error instanceof Error && error.name === 'StoreError' && (code === undefined || (error as StoreError).code === code);

/** Somebody else appended first. */
export const concurrency = (stream: StreamName, expected: Expected, actual: Expected): StoreError =>
  new StoreError('concurrency', `${stream} is at ${actual}, not at ${expected}`, { stream, expected, actual });
