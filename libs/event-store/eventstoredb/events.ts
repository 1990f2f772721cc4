import type { JsonObject } from '#kernel';
import { STREAM_NAME, StoreError } from '../port.ts';
import type { StoredEvent } from '../port.ts';
import type { StoredRecord } from './gateway.ts';
import { IDENTITY } from './identity.ts';

/** The events of a page up to the first that cannot be read, and the error that names that one. */
export interface Page {
  readonly events: readonly StoredEvent[];
  readonly corrupt?: StoreError;
}

/** System events, the log's own bookkeeping and what others write into the same database are not ours. */
export const isOurs = ({ stream, type }: StoredRecord): boolean =>
  !type.startsWith('$') && stream !== IDENTITY && STREAM_NAME.test(stream);

export function decode(records: readonly StoredRecord[]): Page {
  const events: StoredEvent[] = [];
  for (const record of records) {
    if (!isOurs(record)) continue;
    const { stream, revision, id, type, data, meta, created, position } = record;
    if (!isObject(data) || !isObject(meta)) return { events, corrupt: corruptEvent(record) };
    events.push({ id, type, data, meta, stream, revision, position, storedAt: created });
  }
  return { events };
}

/** The client gives bytes that are no JSON as a string, and what is not flagged as JSON as bytes, both without an error. */
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);

const corruptEvent = ({ stream, revision, position }: StoredRecord): StoreError =>
  new StoreError('corrupt-event', `event ${revision} of ${stream} cannot be read`, { stream, revision, position });
