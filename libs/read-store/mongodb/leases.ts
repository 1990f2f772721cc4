import type { Lease } from '../port.ts';
import type { Database, LeaseEntry } from './database.ts';
import { unlessDuplicate } from './errors.ts';

/** Leases by the server's clock, so that those of the processes need not agree. Null: somebody else has it. */
export async function takeLease(database: Database, name: string, owner: string, ttlMs: number): Promise<Lease | null> {
  const { leases } = database;
  const now = await nowAt(database);
  const until = after(now, ttlMs);
  const free = { _id: name, $or: [{ owner }, { until: { $lte: now } }] };
  const { matchedCount } = await leases.updateOne(free, { $set: { owner, until } });
  if (matchedCount === 0 && !(await unlessDuplicate(leases.insertOne({ _id: name, owner, until })))) return null;
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
