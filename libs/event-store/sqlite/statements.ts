import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { COLUMNS } from './rows.ts';

export type Statements = ReturnType<typeof prepare>;

export function prepare(db: DatabaseSync) {
  const statement = (sql: string): StatementSync => {
    const prepared = db.prepare(sql);
    prepared.setReturnArrays(true);
    prepared.setReadBigInts(true);
    return prepared;
  };
  const events = `SELECT ${COLUMNS} FROM event`;
  return {
    insert: statement(`INSERT INTO event (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    head: statement('SELECT max(sequence) FROM event'),
    lastRevision: statement('SELECT max(revision) FROM event WHERE stream = ?'),
    ids: statement('SELECT id, sequence FROM event WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?'),
    logForwards: statement(`${events} WHERE sequence > ? ORDER BY sequence LIMIT ?`),
    logBackwards: statement(`${events} WHERE sequence < ? ORDER BY sequence DESC LIMIT ?`),
    streamForwards: statement(
      `${events} WHERE stream = ? AND revision >= ? AND sequence <= ? ORDER BY revision LIMIT ?`,
    ),
    streamBackwards: statement(
      `${events} WHERE stream = ? AND revision <= ? AND sequence <= ? ORDER BY revision DESC LIMIT ?`,
    ),
    /** Busy, pages in the write-ahead log, pages of them already copied. */
    walState: statement('PRAGMA wal_checkpoint(NOOP)'),
  };
}

export function readHead(statements: Statements): bigint {
  const [sequence] = statements.head.get() as unknown as [bigint | null];
  return sequence ?? 0n;
}
