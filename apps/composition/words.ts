import { LostHistoryError } from '#engine';
import { isStoreError } from '#event-store';
import { isSubjectsError } from '#privacy';
import { isReadStoreError } from '#read-store';
import { ConfigError } from './config.ts';

/** Refused, with what to do about it in the message. */
export class Refusal extends Error {}

/** SQLite's primary result codes for a file that is not, or no longer, a database. */
const DAMAGED = new Set([11, 26]);

/** What an operator is told of a failure, and can do about it; undefined for a bug, which is told with its stack. */
export function inWords(error: unknown): string | undefined {
  if (isReadStoreError(error)) return isDamage(error.cause) ? `${error.message}: ${REBUILD}` : error.message;
  const isPlain =
    error instanceof Refusal ||
    error instanceof ConfigError ||
    error instanceof LostHistoryError ||
    isStoreError(error);
  return isPlain || isSubjectsError(error) ? error.message : undefined;
}

const REBUILD = 'read.db is damaged. Remove read.db, read.db-wal and read.db-shm: it is rebuilt from the log';

function isDamage(cause: unknown): boolean {
  const { errcode } = Object(cause) as { readonly errcode?: unknown };
  return typeof errcode === 'number' && DAMAGED.has(errcode & 0xff);
}
