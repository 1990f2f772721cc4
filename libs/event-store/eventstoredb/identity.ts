import { randomUUID } from 'node:crypto';
import { canonical } from '#kernel';
import type { JsonObject } from '#kernel';
import { isStoreError, StoreError } from '../port.ts';
import { encode } from '../validate.ts';
import type { Gateway } from './gateway.ts';

/** Tells which log this is (`stores.md` §4 a); kept out of everything that reads the log. */
export const IDENTITY = 'system_log-identity';
const APPEND_MS = 2_000;

export interface Identity {
  readonly logId: string;
  /** The log that this one was copied from. */
  readonly copyOf?: string;
  /** How many events the copy had when it was finished; undefined while it is not. */
  readonly copied?: number;
}

/** Undefined for a log that nobody has used yet. Rejects with `corrupt-event` for an identity that is none. */
export async function readIdentity(
  gateway: Pick<Gateway, 'streamPage'>,
  signal?: AbortSignal,
): Promise<Identity | undefined> {
  const [first, last] = await gateway.streamPage(IDENTITY, 0n, { backwards: false, count: 2, signal });
  if (first === undefined) return undefined;
  const { logId, copyOf } = Object(first.data) as { logId?: unknown; copyOf?: unknown };
  if (typeof logId !== 'string')
    throw new StoreError('corrupt-event', `the first event of ${IDENTITY} tells no identity`, {
      stream: IDENTITY,
      revision: 0n,
      position: first.position,
    });
  const { events } = Object(last?.data) as { events?: number };
  return {
    logId,
    ...(typeof copyOf === 'string' && { copyOf }),
    ...(typeof events === 'number' && { copied: events }),
  };
}

/** Reads it, or gives the log one; of several who try at once all get the one that was first. */
export async function identify(gateway: Gateway, copyOf?: string): Promise<Identity> {
  const known = await readIdentity(gateway);
  if (known !== undefined) return known;
  const identity: Identity = { logId: randomUUID(), ...(copyOf !== undefined && { copyOf }) };
  try {
    await write(gateway, 'LogIdentified', { ...identity }, 'no_stream');
    return identity;
  } catch (error) {
    if (!isStoreError(error, 'concurrency')) throw error;
    return (await readIdentity(gateway))!;
  }
}

/** Nothing is missing in it any more. */
export async function completeCopy(gateway: Gateway, events: number): Promise<void> {
  try {
    await write(gateway, 'CopyCompleted', { events }, 0n);
  } catch (error) {
    // Done, and the answer lost; or done by another one who copies.
    if (!isStoreError(error) || !(error.retryable || error.code === 'concurrency')) throw error;
    if ((await readIdentity(gateway))?.copied !== events) throw error;
  }
}

async function write(gateway: Gateway, type: string, data: JsonObject, expected: 'no_stream' | 0n): Promise<void> {
  const events = encode(
    IDENTITY,
    [{ id: randomUUID(), type, data: JSON.parse(canonical(data)) as JsonObject, meta: {} }],
    expected,
  );
  await gateway.append(IDENTITY, expected, events, APPEND_MS);
}
