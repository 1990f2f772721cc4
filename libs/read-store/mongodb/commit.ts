import { randomInt, randomUUID } from 'node:crypto';
import { Long } from 'mongodb';
import type { ClientSession } from 'mongodb';
import { failpoint } from '#kernel';
import { ReadStoreError } from '../port.ts';
import type { Batch } from '../port.ts';
import { checkFence, unknownModel } from '../refusals.ts';
import { checkpointId, stands, within } from './database.ts';
import type { CheckpointEntry, Database } from './database.ts';
import { isDuplicateKey } from './errors.ts';
import { contentOf } from './stored.ts';
import { write, writeGuarded } from './writes.ts';
import type { Write } from './writes.ts';

/** Well below the 16 MiB of a document, and one document of ours always fits in. */
const CHUNK_BYTES = 4 * 1024 * 1024;
const CHUNK_WRITES = 200;

type Texts = ReadonlyMap<string, string | null>;

/** Documents and checkpoint change together, or nothing does. Fails with `stale-projector` or `unknown-model`. */
export function commit(database: Database, batch: Batch, texts: Texts): Promise<void> {
  return database.transactional ? commitAtOnce(database, batch, texts) : commitByRedo(database, batch, texts);
}

async function commitAtOnce(database: Database, batch: Batch, texts: Texts): Promise<void> {
  const writes = [...texts].map(([id, text]) => ({ id, content: contentOf(text) }));
  await database.transaction(async (session) => {
    // Of the checkpoint first: who is overtaken writes nothing.
    const seq = await advance(database, batch, session);
    if (writes.length === 0) return;
    const collection = await collectionOf(database, batch, session);
    await write(database.documents(collection), writes, seq, session);
    for (const _ of writes) failpoint('in-tx-after-doc');
    failpoint('in-tx-before-checkpoint');
  });
}

async function advance(database: Database, batch: Batch, session: ClientSession): Promise<Long> {
  const { projection, generation, to, logId } = batch;
  const _id = checkpointId(projection, generation);
  const stored = await database.checkpoints.findOne({ _id }, within(session));
  checkFence(stands(stored), batch);
  const seq = nextOf(stored);
  if (stored === null)
    await database.checkpoints.insertOne({ _id, projection, generation, seq, position: to, logId }, within(session));
  // Another one that writes it meanwhile makes this transaction fail and run again, against what that one left.
  else await database.checkpoints.updateOne({ _id }, { $set: { seq, position: to } }, within(session));
  return seq;
}

/**
 * The commit of a server without transactions. What is to be written is written down first, decided by one
 * compare-and-set of the checkpoint, and carried out then, by this process or by whoever comes next ({@link complete}):
 * a projection that folded half a batch twice would be wrong.
 */
async function commitByRedo(database: Database, batch: Batch, texts: Texts): Promise<void> {
  const { projection, generation, to } = batch;
  const stored = await complete(database, projection, generation);
  checkFence(stands(stored), batch);
  const token = randomUUID();
  const seq = nextOf(stored);
  const chunks = await writeDown(database, batch, texts, token, seq);
  failpoint('redo-written');
  if (!(await decide(database, batch, stored, { seq, to, token, chunks }))) {
    await database.redo.deleteMany({ token });
    // Against what the other one left.
    return commitByRedo(database, batch, texts);
  }
  failpoint('redo-decided');
  await complete(database, projection, generation);
}

/** The first one is any: a generation that was dropped and made anew is told from the former by its numbers. */
const nextOf = (stored: CheckpointEntry | null): Long =>
  stored === null ? Long.fromNumber(randomInt(2 ** 47)) : Long.fromValue(stored.seq).add(1);

/** Gives how many chunks it took. */
async function writeDown(database: Database, batch: Batch, texts: Texts, token: string, seq: Long): Promise<number> {
  if (texts.size === 0) return 0;
  const collection = await collectionOf(database, batch);
  const checkpoint = checkpointId(batch.projection, batch.generation);
  const chunks = [...chunked(texts)];
  for (const [chunk, writes] of chunks.entries())
    await database.redo.insertOne({ _id: `${token} ${chunk}`, checkpoint, seq, token, chunk, collection, writes });
  return chunks.length;
}

function* chunked(texts: Texts): Iterable<readonly Write[]> {
  let writes: Write[] = [];
  let bytes = 0;
  for (const [id, text] of texts) {
    const size = text === null ? 0 : Buffer.byteLength(text);
    if (writes.length === CHUNK_WRITES || (writes.length > 0 && bytes + size > CHUNK_BYTES)) {
      yield writes;
      writes = [];
      bytes = 0;
    }
    writes.push({ id, content: contentOf(text) });
    bytes += size;
  }
  yield writes;
}

/** The moment of truth. False: another one was first. */
async function decide(
  { checkpoints }: Database,
  { projection, generation, logId }: Batch,
  stored: CheckpointEntry | null,
  pending: NonNullable<CheckpointEntry['pending']>,
): Promise<boolean> {
  const _id = checkpointId(projection, generation);
  if (stored !== null) {
    const { seq } = stored;
    const { modifiedCount } = await checkpoints.updateOne({ _id, seq, pending: { $exists: false } }, { $set: { pending } });
    return modifiedCount === 1;
  }
  try {
    await checkpoints.insertOne({ _id, projection, generation, seq: Long.ZERO, position: null, logId, pending });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/**
 * Carries out what was decided and is not whole yet, and gives the checkpoint as it is then. Whoever reads in order to fold
 * does so first.
 */
export async function complete(
  database: Database,
  projection: string,
  generation: number,
): Promise<CheckpointEntry | null> {
  const _id = checkpointId(projection, generation);
  for (let lost: string | undefined; ;) {
    const stored = await database.checkpoints.findOne({ _id });
    if (stored?.pending === undefined) return stored;
    const { to, token, chunks } = stored.pending;
    const seq = Long.fromValue(stored.pending.seq);
    const redo = await database.redo.find({ token }, { promoteLongs: false }).sort({ chunk: 1 }).toArray();
    if (redo.length < chunks && lost === token) throw lostCommit(_id);
    lost = token;
    // Fewer: somebody else was here, finished, and tidied up, in this order.
    if (redo.length === chunks) {
      for (const { collection, writes } of redo) {
        await writeGuarded(database.documents(collection), writes, seq);
        failpoint('redo-applied');
      }
      const whole = { $set: { seq, position: to }, $unset: { pending: true } } as const;
      await database.checkpoints.updateOne({ _id, 'pending.token': token }, whole);
      failpoint('redo-whole');
    }
    // Those of others, too: what was to be this commit or an earlier one can win no more.
    await database.redo.deleteMany({ checkpoint: _id, seq: { $lte: seq } });
  }
}

const lostCommit = (checkpoint: string): ReadStoreError =>
  new ReadStoreError('read-store-unavailable', `A commit of ${checkpoint} is half done, and what it was is lost: rebuild it`);

/** Completes whatever a process that crashed left. */
export async function completeAll(database: Database): Promise<void> {
  const left = await database.checkpoints.find({ pending: { $exists: true } }).toArray();
  for (const { projection, generation } of left) await complete(database, projection, generation);
}

async function collectionOf(
  database: Database,
  { projection, generation }: Batch,
  session?: ClientSession,
): Promise<string> {
  const entry = await database.models.findOne({ _id: projection }, within(session));
  const collection = entry?.generations[generation];
  if (collection === undefined) throw unknownModel(projection, generation);
  return collection;
}
