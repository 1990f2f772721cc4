import { StoreError } from '../port.ts';

export const BUSY = 5;
export const FULL = 13;

/** SQLite's primary result code; undefined for errors that are not SQLite's. */
export function resultCode(error: unknown): number | undefined {
  const { errcode } = Object(error) as { errcode?: unknown };
  return typeof errcode === 'number' ? errcode & 0xff : undefined;
}

/** What to answer when nothing was written and the next append may succeed; undefined when nobody can tell. */
export function refusal(error: unknown): StoreError | undefined {
  const code = resultCode(error);
  const options = { retryable: true, cause: error };
  if (code === FULL) return new StoreError('disk-full', 'no space is left for the event log', {}, options);
  if (code === BUSY) return new StoreError('store-unavailable', 'another program holds the event log', {}, options);
  return undefined;
}

/**
 * After an I/O error the file may hold more than its answers said (a "failed" sync can survive a crash), so only a new
 * process may go on: an append under way is worth a retry there, whatever is asked of this one is refused for good.
 */
export function failed(path: string, cause: unknown, indeterminate = false): StoreError {
  const { errcode } = Object(cause) as { errcode?: number };
  const what = `${path} failed with ${String(cause)}${errcode === undefined ? '' : ` (SQLite ${errcode})`}`;
  const message = `${what}: ${indeterminate ? 'the outcome is unknown' : 'restart the process'}`;
  return new StoreError('store-unavailable', message, { path }, { retryable: indeterminate, indeterminate, cause });
}
