import type { Position } from '#kernel';
import { isStoreError, StoreError } from '../port.ts';
import type { SubscribeOptions, SubscriptionItem } from '../port.ts';
import { isTooSlow, portError } from './errors.ts';
import { decode } from './events.ts';
import type { Gateway, StoredRecord } from './gateway.ts';
import { readIdentity } from './identity.ts';
import type { Live } from './live.ts';
import { pointOf } from './position.ts';

interface Log {
  readonly gateway: Gateway;
  /** Which log it must be. */
  readonly logId: string;
  readonly head: () => Promise<Position | null>;
  /** Throws when the store is closed. */
  checkOpen(): void;
}

type Items = AsyncGenerator<SubscriptionItem, void, void>;

/** With the jitter never more than this from one attempt to the next: a store that is back is noticed within 2 s. */
const RETRY = { minMs: 100, maxMs: 1_000 };
/** After so long without anything it is asked whether there is nothing: a half-open connection is noticed within 25 s. */
const IDLE_MS = 5_000;

/**
 * Follows the log for as long as it takes: the client never resubscribes (`stores.md` §0.4). It goes on from our
 * last event that was taken, never from what the server says its checkpoint is (§0.3).
 */
export async function* follow(log: Log, options: SubscribeOptions, end: AbortSignal): Items {
  log.checkOpen();
  if (options.after !== null) pointOf(options.after);
  const { minMs, maxMs } = options.retry ?? RETRY;
  const place = new Place(options.after);
  for (let attempt = 1; !end.aborted; attempt++) {
    const { at } = place;
    place.since = Infinity;
    try {
      yield* session(log, place, end);
      if (place.at === at) await rest(minMs, end);
    } catch (error) {
      if (end.aborted) return;
      if (!isStoreError(error) || !error.retryable) throw error;
      // It went on for a while: this is another interruption.
      if (place.at !== at || performance.now() - place.since > maxMs) attempt = 1;
      yield { kind: 'interrupted', error, attempt };
      // At once the first time: nearly always the store is back, or another node is.
      if (attempt > 1) await rest(Math.min(minMs * 2 ** (attempt - 2), maxMs) * (0.5 + Math.random() / 2), end);
    }
  }
}

/** How far the consumer is. */
class Place {
  /** The last record that was taken, ours or not: nothing up to there is given again. */
  at: Position | null;
  /** Our last event that was taken: there it goes on. Others' records may be gone when the server is tidied up. */
  ours: Position | null;
  /** Since when the subscription runs. */
  since = Infinity;

  constructor(after: Position | null) {
    this.at = after;
    this.ours = after;
  }
}

/** One subscription, until it drops: throws why. Ends when it should be made anew, with nothing to tell. */
async function* session(log: Log, place: Place, end: AbortSignal): Items {
  const last = await checked(log, place.ours, end);
  const live = log.gateway.follow(place.ours);
  place.since = performance.now();
  try {
    let isCaughtUp = false;
    while (!end.aborted) {
      if (!isCaughtUp && (place.at ?? '') >= (last ?? '')) {
        // Only now, when the consumer has asked for more, has it taken everything before.
        isCaughtUp = true;
        yield { kind: 'caught-up', head: place.ours };
        continue;
      }
      const records = await taken(live, end);
      if (records === 'dropped') return;
      if (records.length > 0) yield* delivered(records, place);
      else if (!end.aborted && (await isLeftBehind(log.gateway, place, end))) return;
    }
  } finally {
    live.close();
  }
}

/** The last record of the log now. Throws when it is not the log that the place lies in. */
async function checked(
  { gateway, logId, head }: Log,
  at: Position | null,
  signal: AbortSignal,
): Promise<Position | null> {
  const [identity, [last], found] = await Promise.all([
    readIdentity(gateway, signal),
    gateway.logPage(undefined, { backwards: true, count: 1, signal }),
    at === null ? null : isThere(gateway, at, signal),
  ]);
  if (identity?.logId !== logId)
    throw new StoreError('log-identity-changed', 'the checkpoint belongs to another log', {
      expected: logId,
      actual: identity?.logId ?? 'none',
    });
  if (found === false) {
    const now = await head();
    if (now === null || at! > now)
      throw new StoreError('checkpoint-ahead-of-log', `the log ends at ${now}, before ${at}`, { after: at, head: now });
    throw new StoreError('invalid-position', 'no event of this log lies there', { position: at });
  }
  return last?.position ?? null;
}

/** Servers up to 23.10 start after the first event from there on: when that is another one, it would be left out. */
async function isThere(gateway: Gateway, at: Position, signal: AbortSignal): Promise<boolean> {
  try {
    const [first] = await gateway.logPage(at, { backwards: false, count: 1, signal });
    return first?.position === at;
  } catch (error) {
    if (isStoreError(error, 'invalid-position')) return false;
    throw error;
  }
}

async function taken(live: Live, end: AbortSignal): Promise<readonly StoredRecord[] | 'dropped'> {
  for (;;) {
    try {
      const { records, stirred } = await live.take(IDLE_MS, end);
      if (records.length > 0 || !stirred) return records;
    } catch (error) {
      // Not the consumer is slow: servers up to 23.10 drop whoever is sent many events at once (`stores.md` §0.12).
      if (isTooSlow(error)) return 'dropped';
      throw portError(error, { what: 'log' });
    }
  }
}

async function* delivered(records: readonly StoredRecord[], place: Place): Items {
  const fresh = records.filter(({ position }) => position > (place.at ?? ''));
  const { events, corrupt } = decode(fresh);
  if (events.length > 0) yield { kind: 'events', events };
  if (corrupt) throw corrupt;
  place.at = fresh.at(-1)?.position ?? place.at;
  place.ours = events.at(-1)?.position ?? place.ours;
}

/** Whether there is more, and nobody said so. Throws when nobody answers either. */
async function isLeftBehind(gateway: Gateway, { at }: Place, signal: AbortSignal): Promise<boolean> {
  const [last] = await gateway.logPage(undefined, { backwards: true, count: 1, signal });
  return last !== undefined && last.position > (at ?? '');
}

function rest(ms: number, end: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      end.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    end.addEventListener('abort', done);
  });
}
