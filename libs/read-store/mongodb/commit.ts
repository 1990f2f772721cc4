import type { Long, ClientSession } from 'mongodb';
import { failpoint } from '#kernel';
import type { Batch } from '../port.ts';
import { checkFence, unknownModel } from '../refusals.ts';
import { checkpointId, within } from './database.ts';
import type { Database } from './database.ts';
import { collectionOf, nextNumber } from './numbers.ts';
import { contentOf } from './stored.ts';
import { write } from './writes.ts';

/** What a batch leaves of each document it touches, null for none. */
export type Texts = ReadonlyMap<string, string | null>;

/**
 * Documents and checkpoint change in one transaction (stores.md §3). Fails with `stale-projector`, or with `unknown-model`
 * when there are documents and no place for them.
 */
export async function commitAtOnce(database: Database, batch: Batch, texts: Texts): Promise<void> {
  const writes = [...texts].map(([id, text]) => ({ id, content: contentOf(text) }));
  await database.transaction(async (session) => {
    const collection = await collectionOf(database, batch, session);
    // The checkpoint first: who is overtaken writes nothing.
    const seq = await advance(database, batch, session, collection);
    if (writes.length === 0) return;
    if (collection === undefined) throw unknownModel(batch.projection, batch.generation);
    await write(database.documents(collection), writes, seq, session);
    for (const _ of writes) failpoint('in-tx-after-doc');
    failpoint('in-tx-before-checkpoint');
  });
}

async function advance(database: Database, batch: Batch, session: ClientSession, collection?: string): Promise<Long> {
  const { projection, generation, to: position, logId } = batch;
  const _id = checkpointId(projection, generation, collection);
  const stored = await database.checkpoints.findOne({ _id }, within(session));
  checkFence(stored, batch);
  const seq = nextNumber(stored, collection);
  if (stored === null)
    await database.checkpoints.insertOne({ _id, projection, generation, seq, position, logId }, within(session));
  // Another one that writes it meanwhile makes this transaction fail and run again, against what that one left.
  else await database.checkpoints.updateOne({ _id }, { $set: { seq, position } }, within(session));
  return seq;
}
