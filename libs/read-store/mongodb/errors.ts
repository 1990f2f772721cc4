import { MongoBulkWriteError, MongoError, MongoServerError } from 'mongodb';
import { ReadStoreError } from '../port.ts';

const SCHEMA_VIOLATION = 121;
const DUPLICATE_KEY = 11_000;
const SNAPSHOT_UNAVAILABLE = 246;
const DISK_FULL = 14_031;
/** Servers that keep their data in files of another database pass on what that says. */
const NO_SPACE = /no space left|disk (is )?full|out of disk space/i;

const codeOf = (error: unknown): unknown => (error instanceof MongoServerError ? error.code : undefined);

const isDuplicateKey = (error: unknown): boolean => codeOf(error) === DUPLICATE_KEY;

/** Whether it was written, or found its place taken. */
export async function unlessDuplicate(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

export const isSnapshotUnavailable = (error: unknown): boolean => codeOf(error) === SNAPSHOT_UNAVAILABLE;

/** A bulk write, none of whose errors is another one than that a document is there already. */
export const isOnlyDuplicateKeys = (error: unknown): boolean =>
  error instanceof MongoBulkWriteError && [error.writeErrors].flat().every(({ code }) => code === DUPLICATE_KEY);

/** What the driver says, in the words of the port; what is no error of it is passed on. */
export function portError(error: unknown): unknown {
  if (!(error instanceof MongoError)) return error;
  if (codeOf(error) === SCHEMA_VIOLATION)
    return new ReadStoreError('schema-violation', `MongoDB refuses a document: ${error.message}`, {}, error);
  if (codeOf(error) === DISK_FULL || NO_SPACE.test(error.message))
    return new ReadStoreError('disk-full', `MongoDB has no room: ${error.message}`, {}, error);
  return new ReadStoreError('read-store-unavailable', `MongoDB: ${error.message}`, {}, error);
}
