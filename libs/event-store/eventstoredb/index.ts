import { StoreError } from '../port.ts';
import { readConnection } from './connection.ts';
import { Gateway } from './gateway.ts';
import { beginCopy, completeCopy, identify, readIdentity } from './identity.ts';
import type { Identity } from './identity.ts';
import { safety, unfinished } from './inspect.ts';
import { EventStoreDbStore } from './store.ts';
import type { EventStoreDb } from './store.ts';

export type { EventStoreDb } from './store.ts';

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

/** A log that is being copied into an EventStoreDB. Only a copier may see it before it is whole. */
export interface CopyTarget {
  readonly events: EventStoreDb;
  /** Everything is there: from now on it opens like any other. */
  complete(events: number): Promise<void>;
}

/**
 * Opens an empty log, or an unfinished copy of that one, to go on copying. Rejects with `invalid-request`, which says
 * what there is, for any other log, and for a copy that is finished; else like {@link openEventStoreDb}.
 */
export const openCopyTarget = ({ url, copyOf }: { url: string; copyOf: string }): Promise<CopyTarget> =>
  opened(url, async (gateway) => {
    const refuse = (words: string) => new StoreError('invalid-request', words, { copyOf });
    const version = await gateway.version();
    const known = await readIdentity(gateway);
    if (known?.copyOf !== undefined && known.copyOf !== copyOf)
      throw refuse('the target holds another log: copy into an empty database');
    const identity = known?.copyOf === undefined ? await begun(gateway, known, version, copyOf) : known;
    if (identity.copied !== undefined) throw refuse(`the copy is finished already: ${identity.copied} events`);
    return {
      events: new EventStoreDbStore(gateway, identity, version),
      complete: (events) => completeCopy(gateway, identity, events),
    };
  });

async function begun(
  gateway: Gateway,
  known: Identity | undefined,
  version: string,
  copyOf: string,
): Promise<Identity> {
  const nobody = { logId: '', revision: 0n };
  if (!(await new EventStoreDbStore(gateway, known ?? nobody, version).isEmpty()))
    throw new StoreError('invalid-request', 'the target holds events of ours already: copy into an empty database', {
      copyOf,
    });
  return known === undefined ? identify(gateway, copyOf) : beginCopy(gateway, known, copyOf);
}

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
