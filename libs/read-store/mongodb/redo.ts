import { randomUUID } from 'node:crypto';
import type { Long } from 'mongodb';
import { failpoint } from '#kernel';
import { isReadStoreError, ReadStoreError } from '../port.ts';
import type { Batch } from '../port.ts';
import { checkFence, unknownModel } from '../refusals.ts';
import type { Texts } from './commit.ts';
import { checkpointId, ownerOf } from './database.ts';
import type { CheckpointEntry, Database, DecidedEntry } from './database.ts';
import { portError, unlessDuplicate } from './errors.ts';
import { collectionOf, nextNumber } from './numbers.ts';
import { contentOf, sizeOf } from './stored.ts';
import { writeGuarded } from './writes.ts';
import type { Write } from './writes.ts';

/** As MongoDB keeps them; a chunk is a document too, and one that is larger has a chunk of its own. */
const CHUNK_BYTES = 4 * 1024 * 1024;
/** So many are written within seconds everywhere. */
const CHUNK_WRITES = 100;

/**
 * The commit of a server without transactions. What is to be written is written down first, decided by one insert, and
 * carried out then, by this process or by whoever comes next ({@link complete}): a fold reads what it wrote, so half a
 * batch must never be folded a second time. Fails like `commitAtOnce`.
 */
export async function commitByRedo(database: Database, batch: Batch, texts: Texts): Promise<void> {
  const { projection, generation, to, logId } = batch;
  const collection = await collectionOf(database, batch);
  const stored = await complete(database, batch, collection);
  checkFence(stored, batch);
  if (texts.size > 0 && collection === undefined) throw unknownModel(projection, generation);
  const checkpoint = checkpointId(projection, generation, collection);
  const seq = nextNumber(stored, collection);
  const token = randomUUID();
  const chunks = [...chunked(texts)];
  for (const [chunk, writes] of chunks.entries())
    await database.redo.insertOne({
      _id: `${token} ${chunk}`,
      checkpoint,
      seq,
      token,
      chunk,
      collection: collection!,
      writes,
    });
  failpoint('redo-written');
  const _id = decisionId(checkpoint, seq);
  const decision = { _id, checkpoint, seq, token, to, logId, chunks: chunks.length };
  await unlessDuplicate(database.decided.insertOne(decision));
  failpoint('redo-decided');
  const whole = await complete(database, batch, collection);
  if (whole?.token === token) return;
  // Another one was first: with this number, or so long ago that its decision was tidied up.
  await database.decided.deleteOne({ token });
  await database.redo.deleteMany({ token });
  return commitByRedo(database, batch, texts);
}

const decisionId = (checkpoint: string, seq: Long): string => `${checkpoint} ${seq.toString()}`;

function* chunked(texts: Texts): Iterable<readonly Write[]> {
  let writes: Write[] = [];
  let bytes = 0;
  for (const [id, text] of texts) {
    const content = contentOf(text);
    const size = sizeOf(content);
    if (writes.length === CHUNK_WRITES || (writes.length > 0 && bytes + size > CHUNK_BYTES)) {
      yield writes;
      writes = [];
      bytes = 0;
    }
    writes.push({ id, content });
    bytes += size;
  }
  if (writes.length > 0) yield writes;
}

/**
 * Carries out what was decided and is not whole yet, and gives the checkpoint as it is then. Whoever reads in order to fold
 * does so first. Any number of processes may do it at once.
 */
export async function complete(
  database: Database,
  { projection, generation }: Pick<Batch, 'projection' | 'generation'>,
  collection: string | undefined,
): Promise<CheckpointEntry | null> {
  const _id = checkpointId(projection, generation, collection);
  for (;;) {
    const stored = await database.checkpoints.findOne({ _id });
    const seq = nextNumber(stored, collection);
    const decision = await database.decided.findOne({ _id: decisionId(_id, seq) });
    if (decision === null) return stored;
    await carryOut(database, decision, seq);
    const { to: position, logId, token } = decision;
    await unlessDuplicate(
      database.checkpoints.updateOne(
        { _id, seq: { $lt: seq } },
        { $set: { projection, generation, seq, position, logId, token } },
        { upsert: true },
      ),
    );
    failpoint('redo-whole');
    // Those of others, too: who wanted this number or an earlier one is overtaken. First of all the decisions: one without
    // its writes could not be carried out.
    const past = { checkpoint: _id, seq: { $lte: seq } };
    await database.decided.deleteMany(past);
    failpoint('redo-tidying');
    await database.redo.deleteMany(past);
  }
}

/** Writes that are missing were tidied up by one who carried them out; that one also took the decision away, before. */
async function carryOut(database: Database, { _id, token, chunks }: DecidedEntry, seq: Long): Promise<void> {
  // Integers stay what they are.
  const parts = await database.redo.find({ token }, { promoteLongs: false }).sort({ chunk: 1 }).toArray();
  if (parts.length < chunks && (await database.decided.findOne({ _id })) !== null) throw lost(_id);
  for (const { collection, writes } of parts) {
    await writeGuarded(database.documents(collection), writes, seq);
    failpoint('redo-applied');
  }
}

const lost = (commit: string): ReadStoreError =>
  new ReadStoreError('read-store-refused', `What commit ${commit} was to write is lost: rebuild the projection`);

/**
 * Completes whatever a process that crashed left, also where there are transactions by now. What cannot be completed is
 * the affair of its own projection, and meets whoever follows that.
 */
export async function completeAll(database: Database): Promise<void> {
  for (const { checkpoint } of await database.decided.find({}).toArray()) {
    const owner = ownerOf(checkpoint);
    try {
      await complete(database, owner, await collectionOf(database, owner));
    } catch (error) {
      if (isReadStoreError(portError(error), 'read-store-unavailable')) throw error;
    }
  }
}
