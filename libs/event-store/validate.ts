import { canonical, NotCanonicalError } from '#kernel';
import type { JsonObject, Position } from '#kernel';
import { EVENT_TYPE, MAX_APPEND_BYTES, MAX_APPEND_EVENTS, MAX_EVENT_BYTES, STREAM_NAME, StoreError } from './port.ts';
import type { Expected, NewEvent, ReadAllOptions, ReadStreamOptions, StreamName } from './port.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NIL = '00000000-0000-0000-0000-000000000000';
const SEQUENCE = /^[0-7][0-9a-f]{15}$/;
/** Revisions and sequences are signed 64-bit integers in every store. */
const MAX_INT64 = 2n ** 63n - 1n;

/** An event with the texts that are stored: the canonical JSON of data and metadata. */
export interface EncodedEvent {
  readonly event: NewEvent;
  readonly data: string;
  readonly meta: string;
}

/** What every adapter refuses alike, before any I/O: `invalid-request`, `invalid-event` (with `path`), `payload-too-large`. */
export function encode(
  stream: StreamName,
  events: readonly NewEvent[],
  expected: Expected,
): readonly [EncodedEvent, ...EncodedEvent[]] {
  validStream(stream);
  if (expected !== 'no_stream') validRevision('expected', expected);
  if (events.length > MAX_APPEND_EVENTS) throw tooLarge('events', MAX_APPEND_EVENTS, events.length);
  let total = 0;
  const [first, ...rest] = events.map((event, i) => {
    const encoded = encodeEvent(event, `/${i}`);
    total += checkedSize(encoded);
    return encoded;
  });
  if (first === undefined) throw invalidRequest('an append has at least one event');
  if (total > MAX_APPEND_BYTES) throw tooLarge('append', MAX_APPEND_BYTES, total);
  return [first, ...rest];
}

function encodeEvent({ id, type, data, meta }: NewEvent, path: string): EncodedEvent {
  if (typeof id !== 'string' || !UUID.test(id) || id === NIL)
    throw invalidEvent(`${path}/id`, 'not a UUID in lower case');
  if (typeof type !== 'string' || !EVENT_TYPE.test(type)) throw invalidEvent(`${path}/type`, 'not an event type');
  return {
    event: { id, type, data, meta },
    data: encodeObject(data, `${path}/data`),
    meta: encodeObject(meta, `${path}/meta`),
  };
}

function encodeObject(value: JsonObject, path: string): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalidEvent(path, 'not an object');
  try {
    return canonical(value);
  } catch (error) {
    if (error instanceof NotCanonicalError) throw invalidEvent(path + error.path, error.problem);
    throw error;
  }
}

function checkedSize({ data, meta }: EncodedEvent): number {
  const size = Buffer.byteLength(data) + Buffer.byteLength(meta);
  if (size > MAX_EVENT_BYTES) throw tooLarge('event', MAX_EVENT_BYTES, size);
  return size;
}

/** The options of a stream read with their defaults filled in; `from` and `upTo` are inclusive. */
export function streamRange(stream: StreamName, { from, direction, limit, upTo }: ReadStreamOptions) {
  validStream(stream);
  if (from !== undefined) validRevision('from', from);
  const backwards = direction === 'backwards';
  return {
    backwards,
    from: from ?? (backwards ? MAX_INT64 : 0n),
    limit: validLimit(limit),
    upTo: upTo === undefined ? MAX_INT64 : sequenceOf(upTo),
  };
}

/** The options of a read of the whole log with their defaults filled in; `after` is exclusive. */
export function logRange({ after, direction, limit }: ReadAllOptions) {
  const backwards = direction === 'backwards';
  return {
    backwards,
    after: after === undefined || after === null ? (backwards ? MAX_INT64 : 0n) : sequenceOf(after),
    limit: validLimit(limit),
  };
}

/** The number behind a position of a store that counts from 1. Throws `invalid-position`. */
export function sequenceOf(position: Position): bigint {
  if (!SEQUENCE.test(position)) throw new StoreError('invalid-position', 'not a position of this log', { position });
  return BigInt(`0x${position}`);
}

/** The caller's signal fired. Nobody waited for the outcome, so nobody knows it: indeterminate for an append. */
export const givenUp = (signal: AbortSignal, indeterminate = false): StoreError =>
  new StoreError('store-timeout', 'the caller gave up', {}, { retryable: true, indeterminate, cause: signal.reason });

export const closed = (): StoreError => new StoreError('store-closed', 'the event store is closed');

export function validStream(stream: StreamName): void {
  if (typeof stream !== 'string' || !STREAM_NAME.test(stream)) throw invalidRequest('not a stream name', { stream });
}

export function validRevision(option: string, revision: bigint): void {
  if (typeof revision !== 'bigint' || revision < 0n || revision > MAX_INT64)
    throw invalidRequest(`${option} is not a revision`, { [option]: revision });
}

export function validLimit(limit = Infinity): number {
  if (limit !== Infinity && !(Number.isSafeInteger(limit) && limit > 0))
    throw invalidRequest('limit is not a positive integer', { limit });
  return limit;
}

export const invalidRequest = (problem: string, params = {}) => new StoreError('invalid-request', problem, params);
const invalidEvent = (path: string, problem: string) =>
  new StoreError('invalid-event', `${problem} at ${path}`, { path, problem });
const tooLarge = (what: 'event' | 'append' | 'events', limit: number, size: number) =>
  new StoreError('payload-too-large', `${what}: ${size} is more than ${limit}`, { what, limit, size });
