import { randomUUID } from 'node:crypto';
import { canonical } from '#kernel';
import type { JsonObject } from '#kernel';
import { isStoreError, StoreError } from '../port.ts';
import type { Expected } from '../port.ts';
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
  /** Of the last event that tells it. */
  readonly revision: bigint;
}

/** Undefined for a log that nobody has used yet. Rejects with `corrupt-event` for an identity that is none. */
export async function readIdentity(
  gateway: Pick<Gateway, 'streamPage'>,
  signal?: AbortSignal,
): Promise<Identity | undefined> {
  // Identified, a copy begun, a copy completed.
  const told = await gateway.streamPage(IDENTITY, 0n, { backwards: false, count: 3, signal });
  const [first] = told;
  if (first === undefined) return undefined;
  const { logId, copyOf, events } = Object.assign({}, ...told.map(({ data }) => data)) as Record<string, unknown>;
  if (typeof logId !== 'string')
    throw new StoreError('corrupt-event', `the first event of ${IDENTITY} tells no identity`, {
      stream: IDENTITY,
      revision: 0n,
      position: first.position,
    });
  return {
    logId,
    revision: told.at(-1)!.revision,
    ...(typeof copyOf === 'string' && { copyOf }),
    ...(typeof events === 'number' && { copied: events }),
  };
}

/** Reads it, or gives the log one; of several who try at once all get the one that was first. */
export async function identify(gateway: Gateway, copyOf?: string): Promise<Identity> {
  const known = await readIdentity(gateway);
  if (known !== undefined) return known;
  const identity = { logId: randomUUID(), ...(copyOf !== undefined && { copyOf }) };
  try {
    await write(gateway, 'LogIdentified', identity, 'no_stream');
    return { ...identity, revision: 0n };
  } catch (error) {
    if (!isStoreError(error, 'concurrency')) throw error;
    return (await readIdentity(gateway))!;
  }
}

/** An empty log that was looked at before, and so has an identity, becomes a copy. */
export async function beginCopy(gateway: Gateway, { revision }: Identity, copyOf: string): Promise<Identity> {
  await write(gateway, 'CopyBegun', { copyOf }, revision);
  return (await readIdentity(gateway))!;
}

/** Nothing is missing in it any more. */
export async function completeCopy(gateway: Gateway, { revision }: Identity, events: number): Promise<void> {
  try {
    await write(gateway, 'CopyCompleted', { events }, revision);
  } catch (error) {
    // Done, and the answer lost; or done by another one who copies.
    if (!isStoreError(error) || !(error.retryable || error.code === 'concurrency')) throw error;
    if ((await readIdentity(gateway))?.copied !== events) throw error;
  }
}

async function write(gateway: Gateway, type: string, data: JsonObject, expected: Expected): Promise<void> {
  const events = encode(
    IDENTITY,
    [{ id: randomUUID(), type, data: JSON.parse(canonical(data)) as JsonObject, meta: {} }],
    expected,
  );
  await gateway.append(IDENTITY, expected, events, APPEND_MS);
}
