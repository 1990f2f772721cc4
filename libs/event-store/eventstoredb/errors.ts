import { concurrency, StoreError } from '../port.ts';
import type { Expected, StoreErrorCode, StreamName } from '../port.ts';

/** What was asked when the client failed: an append may have been committed, a read names a place in the log. */
export type Asked =
  | { readonly what: 'append'; readonly stream: StreamName; readonly expected: Expected }
  | { readonly what: 'stream'; readonly stream: StreamName }
  | { readonly what: 'log' };

/** The client's errors by what they carry, so that no class of the client is needed: own types, and gRPC's codes. */
interface ClientError {
  readonly type?: string;
  readonly code?: number | string;
  readonly message?: string;
  readonly actualVersion?: Expected;
}

/** gRPC status codes (grpc.io/grpc/core/md_doc_statuscodes). */
const GRPC = {
  cancelled: 1,
  unknown: 2,
  invalid: 3,
  deadline: 4,
  denied: 7,
  exhausted: 8,
  unauthenticated: 16,
} as const;
const BUSY = /server is (busy|not ready)/i;

/** The table of `stores.md` §1.4: whatever the client throws, in the words of the port. */
export function portError(error: unknown, asked: Asked): StoreError {
  if (error instanceof StoreError) return error;
  const told = Object(error) as ClientError;
  const append = asked.what === 'append';
  const stream = 'stream' in asked ? { stream: asked.stream } : {};
  const say = (code: StoreErrorCode, words: string, more: { retryable?: boolean; indeterminate?: boolean } = {}) =>
    new StoreError(code, told.message ? `${words}: ${told.message}` : words, stream, { ...more, cause: error });
  const away = (indeterminate: boolean) =>
    say('store-unavailable', 'the event store does not answer', { retryable: true, indeterminate });
  const timeout = () =>
    say('store-timeout', 'the event store did not answer in time', { retryable: true, indeterminate: append });
  const denied = () => say('store-access-denied', 'the event store refuses this user');
  const invalid = () =>
    asked.what === 'log'
      ? say('invalid-position', 'not a position of this log')
      : say('invalid-request', 'the event store refuses the request');

  // Also said when the first ids of an append are there and later ones are not: somebody else was first.
  if (append && told.type === 'wrong-expected-version')
    return concurrency(asked.stream, asked.expected, told.actualVersion ?? 'no_stream');
  if (told.type === 'stream-deleted') return say('stream-gone', 'the stream was deleted for ever');
  if (told.type === 'maximum-append-size-exceeded' || told.code === GRPC.exhausted)
    return say('payload-too-large', 'more than the server takes at once');
  if (told.type === 'access-denied' || told.code === GRPC.denied || told.code === GRPC.unauthenticated) return denied();
  if (told.type === 'timeout' || told.type === 'deadline-exceeded' || told.code === GRPC.deadline) return timeout();
  if (told.type === 'not-leader')
    return say('store-unavailable', 'the cluster has another leader now', { retryable: true });
  // Nothing was sent: no node was found.
  if (told.message?.startsWith('Failed to discover')) return away(false);
  if (BUSY.test(told.message ?? '')) return away(append);
  if (told.type === 'invalid-argument' || told.code === GRPC.unknown || told.code === GRPC.invalid) return invalid();
  return away(append);
}

/** A drop that tells nothing of the server: it pushed more than the client had taken (≤ 23.10, `stores.md` §0.12). */
export const isTooSlow = (error: unknown): boolean => (Object(error) as ClientError).type === 'timeout';

/** Nobody answered until the call's own deadline: the connection may be dead. */
export const isDeadline = (error: unknown): boolean => (Object(error) as ClientError).type === 'deadline-exceeded';

export const isStreamNotFound = (error: unknown): boolean => (Object(error) as ClientError).type === 'stream-not-found';
