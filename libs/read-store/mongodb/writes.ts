import type { Long, AnyBulkWriteOperation, ClientSession, Collection, Filter, UpdateFilter } from 'mongodb';
import { within } from './database.ts';
import { isOnlyDuplicateKeys } from './errors.ts';
import type { Content, Stored } from './stored.ts';

export interface Write {
  readonly id: string;
  readonly content: Content;
}

/** In a transaction that the checkpoint guards: nobody can be overtaken within it. */
export async function write(
  documents: Collection<Stored>,
  writes: readonly Write[],
  seq: Long,
  session: ClientSession,
): Promise<void> {
  const operations = writes.map(({ id, content }): AnyBulkWriteOperation<Stored> =>
    'gone' in content
      ? { deleteOne: { filter: { _id: id } } }
      : { replaceOne: { filter: { _id: id }, replacement: { seq, ...content } as Stored, upsert: true } },
  );
  await documents.bulkWrite(operations, { ordered: true, ...within(session) });
}

/**
 * Without a transaction: each document is replaced unless this commit or a later one did so already. Can be repeated, by
 * anybody, at any time. Deleted documents stay as tombstones, or a writer that was overtaken would bring them back.
 */
export async function writeGuarded(documents: Collection<Stored>, writes: readonly Write[], seq: Long): Promise<void> {
  const replace = ({ id, content }: Write): AnyBulkWriteOperation<Stored> => ({
    // Not `replaceOne`: FerretDB leaves a cursor open for each one that it matched, until it has none left.
    updateMany: { filter: older(id, seq), update: replacement(content, seq), upsert: true },
  });
  for (let left = writes; left.length > 0; left = await unwritten(documents, left, seq)) {
    try {
      await documents.bulkWrite(left.map(replace), { ordered: false });
      return;
    } catch (error) {
      // Not older, and so not replaced: the upsert found its place taken. Some servers go no further then.
      if (!isOnlyDuplicateKeys(error)) throw error;
    }
  }
}

async function unwritten(
  documents: Collection<Stored>,
  writes: readonly Write[],
  seq: Long,
): Promise<readonly Write[]> {
  const written = { _id: { $in: writes.map(({ id }) => id) }, seq: { $gte: seq } } as Filter<Stored>;
  const ids = new Set((await documents.find(written, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id));
  return writes.filter(({ id }) => !ids.has(id));
}

const older = (_id: string, seq: Long): Filter<Stored> => ({ _id, seq: { $lt: seq } });

const replacement = (content: Content, seq: Long): UpdateFilter<Stored> =>
  ('gone' in content
    ? { $set: { seq, ...content }, $unset: { doc: true, keys: true, lists: true } }
    : { $set: { seq, ...content }, $unset: { gone: true } }) as UpdateFilter<Stored>;
