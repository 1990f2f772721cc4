import { isObject } from './values.ts';
import type { Doc } from './values.ts';
import type { Binary, Long, Timestamp } from 'mongodb';

/** The members of a command that place it in a session and a transaction. */
export interface Scope {
  readonly session: string | undefined;
  readonly number: bigint | undefined;
  readonly inTransaction: boolean;
  readonly starts: boolean;
  readonly snapshot: boolean;
  /** The commit a snapshot session reads. */
  readonly at: number | undefined;
}

export const sessionId = (lsid: Doc): string => Buffer.from((lsid['id'] as Binary).buffer).toString('hex');

export function scopeOf(command: Doc): Scope {
  const { lsid, txnNumber, autocommit, startTransaction, readConcern } = command;
  const concern = isObject(readConcern) ? readConcern : {};
  const at = concern['atClusterTime'];
  return {
    session: isObject(lsid) ? sessionId(lsid) : undefined,
    number: txnNumber === undefined ? undefined : (txnNumber as Long).toBigInt(),
    inTransaction: autocommit === false,
    starts: startTransaction === true,
    snapshot: concern['level'] === 'snapshot',
    at: at === undefined ? undefined : (at as Timestamp).i,
  };
}
