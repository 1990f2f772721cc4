import { StoreError } from '../port.ts';
import { readConnection } from './connection.ts';
import { Gateway } from './gateway.ts';
import { identify } from './identity.ts';
import { safety, unfinished } from './inspect.ts';
import { EventStoreDbStore } from './store.ts';
import type { EventStoreDb } from './store.ts';

export type { EventStoreDb } from './store.ts';
export type { Finding } from './inspect.ts';

export interface EventStoreDbOptions {
  /** As the client has it: `esdb://user:password@host:2113?tlsCAFile=…`; several hosts or `esdb+discover://` for a cluster. */
  readonly url: string;
  /** Refuses a store in which events may be deleted or cut off by Spoor's own user, or by themselves. */
  readonly production: boolean;
}

/**
 * Opens the log in an EventStoreDB 23.10 … KurrentDB 26, and gives it its identity when nobody has. Rejects with
 * `store-unavailable` or `store-timeout` when the server is away (try again), with `store-access-denied`, with
 * `store-unsafe` and `copy-unfinished` (the message says what to do), with `invalid-request` for a wrong url.
 */
export const openEventStoreDb = ({ url, production }: EventStoreDbOptions): Promise<EventStoreDb> =>
  opened(url, async (gateway) => {
    const identity = await identify(gateway);
    const problem = unfinished(identity);
    if (problem !== undefined) throw new StoreError('copy-unfinished', problem, { copyOf: identity.copyOf });
    if (production) await refuseUnsafe(gateway);
    return new EventStoreDbStore(gateway, identity, await gateway.version());
  });

async function opened<T>(url: string, open: (gateway: Gateway) => Promise<T>): Promise<T> {
  const gateway = new Gateway(readConnection(url));
  try {
    return await open(gateway);
  } catch (error) {
    await gateway.close();
    throw error;
  }
}

async function refuseUnsafe(gateway: Gateway): Promise<void> {
  const wrong = (await safety(gateway)).filter(({ ok }) => !ok);
  if (wrong.length === 0) return;
  const problems = wrong.map(({ check, found }) => `${check}: ${found}`);
  throw new StoreError('store-unsafe', `the event store is not safe for production. ${problems.join('. ')}`, {
    checks: wrong.map(({ check }) => check),
  });
}
