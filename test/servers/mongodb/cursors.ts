import { BSON, Long } from 'mongodb';
import { MongoFault } from './faults.ts';
import type { Doc } from './values.ts';

export const MAX_BATCH_BYTES = 16 * 1024 * 1024;

interface OpenCursor {
  readonly namespace: string;
  /** What has not been fetched. */
  docs: Doc[];
}

/** Answers that are fetched in batches. A cursor has its documents from the beginning: it needs no snapshot. */
export class Cursors {
  readonly #open = new Map<string, OpenCursor>();
  #last = 0;

  first(namespace: string, docs: Doc[], size: number, single: boolean): Doc {
    const cursor = { namespace, docs };
    const firstBatch = take(cursor, size);
    const exhausted = single || cursor.docs.length === 0;
    const id = exhausted ? 0 : (this.#last += 1);
    if (!exhausted) this.#open.set(String(id), cursor);
    return { cursor: { firstBatch, id: Long.fromNumber(id), ns: namespace } };
  }

  next(id: string, size: number): Doc {
    const cursor = this.#open.get(id);
    if (cursor === undefined) throw new MongoFault(43, 'CursorNotFound', `cursor id ${id} not found`);
    const nextBatch = take(cursor, size);
    const exhausted = cursor.docs.length === 0;
    if (exhausted) this.#open.delete(id);
    return { cursor: { nextBatch, id: Long.fromString(exhausted ? '0' : id), ns: cursor.namespace } };
  }

  kill(id: string): boolean {
    return this.#open.delete(id);
  }

  clear(): void {
    this.#open.clear();
  }
}

function take(cursor: OpenCursor, size: number): Doc[] {
  let bytes = 0;
  let count = 0;
  for (const doc of cursor.docs.slice(0, size)) {
    bytes += BSON.calculateObjectSize(doc);
    if (bytes > MAX_BATCH_BYTES && count > 0) break;
    count += 1;
  }
  const batch = cursor.docs.slice(0, count);
  cursor.docs = cursor.docs.slice(count);
  return batch;
}
