import { Long } from 'mongodb';
import type { AnyBulkWriteOperation, ClientSession, Collection, Filter } from 'mongodb';
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
export async function writeGuarded(
  documents: Collection<Stored>,
  writes: readonly Write[],
  seq: Long,
): Promise<void> {
  const operations = writes.map(({ id, content }): AnyBulkWriteOperation<Stored> => ({
    replaceOne: {
      filter: { _id: id, seq: { $lt: seq } } as Filter<Stored>,
      replacement: { seq, ...content } as Stored,
      upsert: true,
    },
  }));
  try {
    await documents.bulkWrite(operations, { ordered: false });
  } catch (error) {
    // Not older, and so not replaced: the upsert found its place taken.
    if (!isOnlyDuplicateKeys(error)) throw error;
  }
}
