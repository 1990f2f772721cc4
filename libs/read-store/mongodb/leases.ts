import type { Lease } from '../port.ts';
import type { Database, LeaseEntry } from './database.ts';
import { isDuplicateKey } from './errors.ts';

/** Leases by the server's clock, so that those of the processes need not agree. Null: somebody else has it. */
export async function takeLease(database: Database, name: string, owner: string, ttlMs: number): Promise<Lease | null> {
  const { leases } = database;
  const now = await nowAt(database);
  try {
    await leases.updateOne(
      { _id: name, $or: [{ owner }, { until: { $lte: now } }] },
      { $set: { owner, until: after(now, ttlMs) } },
      { upsert: true },
    );
  } catch (error) {
    // It is there and did not match.
    if (isDuplicateKey(error)) return null;
    throw error;
  }
  return {
    renew: async () => {
      const time = await nowAt(database);
      const mine = { _id: name, owner, until: { $gt: time } };
      const { matchedCount } = await leases.updateOne(mine, { $set: { until: after(time, ttlMs) } });
      return matchedCount === 1;
    },
    release: async () => void (await leases.deleteOne({ _id: name, owner })),
  };
}

const nowAt = async (database: Database): Promise<LeaseEntry['until']> =>
  ((await database.hello()) as { readonly localTime: Date }).localTime;

const after = (time: Date, ms: number): Date => new Date(time.getTime() + ms);
