import { crc32 } from 'node:zlib';
import { position } from '#kernel';
import type { JsonObject } from '#kernel';
import { StoreError } from '../port.ts';
import type { StoredEvent } from '../port.ts';

export const COLUMNS = 'sequence, stream, revision, id, type, data, meta, crc, stored_at';

/** As arrays with big integers: the fastest that the driver gives. */
export type Row = readonly [
  sequence: bigint,
  stream: string,
  revision: bigint,
  id: string,
  type: string,
  data: string,
  meta: string,
  crc: bigint,
  storedAt: bigint,
];

/** The events of a page up to the first that cannot be read, and the error that names that one. */
export interface Page {
  readonly events: readonly StoredEvent[];
  readonly corrupt?: StoreError;
}

export function decode(rows: readonly Row[]): Page {
  const events: StoredEvent[] = [];
  for (const row of rows) {
    try {
      events.push(decodeRow(row));
    } catch (cause) {
      return { events, corrupt: corruptEvent(row, cause) };
    }
  }
  return { events };
}

/** Only canonical text was ever written, so whatever still has its check sum is canonical: a fifth of the cost of looking. */
export const checksum = (data: string, meta: string): number => crc32(meta, crc32(data));

function decodeRow([sequence, stream, revision, id, type, data, meta, crc, storedAt]: Row): StoredEvent {
  if (checksum(data, meta) !== Number(crc)) throw new Error('data and metadata are not what was stored');
  return {
    id,
    type,
    data: JSON.parse(data) as JsonObject,
    meta: JSON.parse(meta) as JsonObject,
    stream,
    revision,
    position: position(sequence),
    storedAt: new Date(Number(storedAt)),
  };
}

function corruptEvent([sequence, stream, revision]: Row, cause: unknown): StoreError {
  const address = { stream, revision, position: position(sequence) };
  return new StoreError('corrupt-event', `event ${revision} of ${stream} cannot be read`, address, { cause });
}
