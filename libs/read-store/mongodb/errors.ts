import { MongoBulkWriteError, MongoError, MongoInvalidArgumentError, MongoParseError, MongoServerError } from 'mongodb';
import { ReadStoreError } from '../port.ts';

const SCHEMA_VIOLATION = 121;
const DUPLICATE_KEY = 11_000;
const INDEX_NOT_FOUND = 27;
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

/** What another process dropped meanwhile. */
export async function unlessMissing(drop: Promise<unknown>): Promise<void> {
  try {
    await drop;
  } catch (error) {
    if (codeOf(error) !== INDEX_NOT_FOUND) throw error;
  }
}

export const isSnapshotUnavailable = (error: unknown): boolean => codeOf(error) === SNAPSHOT_UNAVAILABLE;

/** A bulk write, none of whose errors is another one than that a document is there already. */
export const isOnlyDuplicateKeys = (error: unknown): boolean =>
  error instanceof MongoBulkWriteError && [error.writeErrors].flat().every(({ code }) => code === DUPLICATE_KEY);

const isOfSocket = (error: unknown): error is Error =>
  error instanceof Error && 'syscall' in error && !(error instanceof MongoError);

/** Passing by their nature: another primary, a transaction in the way, too slow, a race, or said of no cause. */
const PASSING_CODES: ReadonlySet<unknown> = new Set([
  1, 6, 7, 8, 24, 43, 50, 64, 89, 91, 112, 133, 134, 189, 246, 251, 262, 267, 9001, 10_107, 11_000, 11_600, 11_602,
  13_435, 13_436,
]);
const PASSING_LABELS = ['TransientTransactionError', 'RetryableWriteError', 'UnknownTransactionCommitResult'];

/** Whether the same may succeed later without anybody doing anything. */
function passes(error: MongoError): boolean {
  if (error instanceof MongoServerError)
    return PASSING_CODES.has(error.code) || PASSING_LABELS.some((label) => error.hasErrorLabel(label));
  return !(error instanceof MongoInvalidArgumentError || error instanceof MongoParseError);
}

/** What the driver says, in the words of the port; what is no error of it is passed on. */
export function portError(error: unknown): unknown {
  // The driver passes on what a socket says that was reset a moment before.
  if (isOfSocket(error)) return new ReadStoreError('read-store-unavailable', `MongoDB: ${error.message}`, {}, error);
  if (!(error instanceof MongoError)) return error;
  if (codeOf(error) === SCHEMA_VIOLATION)
    return new ReadStoreError('schema-violation', `MongoDB refuses a document: ${error.message}`, {}, error);
  if (codeOf(error) === DISK_FULL || NO_SPACE.test(error.message))
    return new ReadStoreError('disk-full', `MongoDB has no room: ${error.message}`, {}, error);
  const code = passes(error) ? 'read-store-unavailable' : 'read-store-refused';
  return new ReadStoreError(code, `MongoDB: ${error.message}`, {}, error);
}
