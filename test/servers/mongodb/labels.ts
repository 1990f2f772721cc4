import type { Scope } from './scope.ts';

/** Errors after which the driver may send a retryable write again (the driver's own list of codes). */
export const RETRYABLE = new Set([6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);
/** Errors of a statement that end its transaction, which may be run again from its beginning. */
const TRANSIENT = new Set([24, 112, 246, 251, 267, ...RETRYABLE]);

/** As mongod labels its errors. */
export function labelsOf(code: number, scope: Scope, ending: boolean): readonly string[] {
  if (scope.number === undefined) return [];
  if (scope.inTransaction && !ending) return TRANSIENT.has(code) ? ['TransientTransactionError'] : [];
  if (ending && (code === 112 || code === 251)) return ['TransientTransactionError'];
  return RETRYABLE.has(code) ? ['RetryableWriteError'] : [];
}
