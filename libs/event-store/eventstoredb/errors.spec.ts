import { isStoreError, StoreError } from '../port.ts';
import { isDeadline, isStreamNotFound, isTooSlow, portError } from './errors.ts';
import type { Asked } from './errors.ts';

const append: Asked = { what: 'append', stream: 'thing-1', expected: 3n };
const stream: Asked = { what: 'stream', stream: 'thing-1' };
const log: Asked = { what: 'log' };

/** As the client makes them: a type of its own, or gRPC's code. */
const error = (type: string, code?: number, more: object = {}) =>
  Object.assign(new Error('what the server says'), { type, ...(code !== undefined && { code }), ...more });
const unknown = (code: number, message = 'what the server says') =>
  Object.assign(new Error(message), { type: 'unknown', code });

const outcome = { retryable: true, indeterminate: true };
const again = { retryable: true, indeterminate: false };
const never = { retryable: false, indeterminate: false };

describe('what the client throws, in the words of the port (stores.md §1.4)', () => {
  it.each<[string, unknown, Asked, string, object]>([
    ['a wrong revision', error('wrong-expected-version', 9, { actualVersion: 5n }), append, 'concurrency', never],
    ['a tombstone', error('stream-deleted', 9), append, 'stream-gone', never],
    ['a tombstone read', error('stream-deleted', 9), stream, 'stream-gone', never],
    ['more than MaxAppendSize', error('maximum-append-size-exceeded', 3), append, 'payload-too-large', never],
    ['more than gRPC takes', unknown(8), append, 'payload-too-large', never],
    ['no right', error('access-denied', 7), log, 'store-access-denied', never],
    ['no right, without the server saying so', unknown(7), log, 'store-access-denied', never],
    ['nobody, or a wrong password', error('access-denied', 16), append, 'store-access-denied', never],
    ['a server shutting down', unknown(13), append, 'store-unavailable', outcome],
    ['a server shutting down under a read', unknown(13), log, 'store-unavailable', again],
    ['no connection', error('unavailable', 14), append, 'store-unavailable', outcome],
    ['no connection for a read', error('unavailable', 14), stream, 'store-unavailable', again],
    ['the server cancelled', error('cancelled', 1), append, 'store-unavailable', outcome],
    ["the client's look at the server's capabilities", { code: 14, message: 'away' }, log, 'store-unavailable', again],
    ['a commit timeout', error('timeout', 10), append, 'store-timeout', outcome],
    ['our own deadline', error('deadline-exceeded', 4), append, 'store-timeout', outcome],
    ['another leader', error('not-leader', 5, { leader: {} }), append, 'store-unavailable', again],
    ['a busy server', unknown(2, 'Server Is Busy'), append, 'store-unavailable', outcome],
    ['a server not ready', unknown(2, 'Server Is Not Ready'), log, 'store-unavailable', again],
    ['no node found', new Error('Failed to discover after 10 attempts.'), append, 'store-unavailable', again],
    ['a position that is none (23.10)', unknown(2), log, 'invalid-position', never],
    ['a position that is none (24.10)', unknown(3), log, 'invalid-position', never],
    ['an append that makes no sense', unknown(2), append, 'invalid-request', never],
    ['a read that makes no sense', error('invalid-argument'), stream, 'invalid-request', never],
    ['anything else', unknown(99), append, 'store-unavailable', outcome],
    ['a channel that was closed', new Error('Channel has been shut down'), append, 'store-unavailable', outcome],
    ['what is not even an error', 'Impossible situation', log, 'store-unavailable', again],
  ])('%s', (_, thrown, asked, code, flags) => {
    const told = portError(thrown, asked);
    expect(isStoreError(told)).toBe(true);
    expect(told).toMatchObject({ code, ...flags });
    expect(told.message).not.toBe('');
    expect(told.cause).toBe(code === 'concurrency' ? undefined : thrown);
  });

  it('a conflict tells what was expected and what there is: the client’s message is empty', () => {
    const none = error('wrong-expected-version', 9, { actualVersion: 'no_stream' });
    expect(portError(none, append)).toMatchObject({
      message: 'thing-1 is at no_stream, not at 3',
      params: { stream: 'thing-1', expected: 3n, actual: 'no_stream' },
    });
  });

  it('what the port said already stays', () => {
    const own = new StoreError('corrupt-event', 'x');
    expect(portError(own, log)).toBe(own);
  });

  it('an unknown stream and a client that was overrun are told by their type', () => {
    expect([isStreamNotFound(error('stream-not-found', 5)), isStreamNotFound(unknown(5))]).toEqual([true, false]);
    expect([isDeadline(error('deadline-exceeded', 4)), isDeadline(error('timeout', 10))]).toEqual([true, false]);
    expect([isTooSlow(error('timeout', 10)), isTooSlow(error('deadline-exceeded', 4))]).toEqual([true, false]);
  });
});
