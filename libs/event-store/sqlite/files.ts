import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../port.ts';
import { BUSY, FULL, resultCode } from './errors.ts';
import { prepare, readHead } from './statements.ts';
import type { Statements } from './statements.ts';

/** Older ones may damage the log when its WAL is reset while a checkpoint runs. */
const OLDEST_SQLITE = '3.51.3';
const SCHEMA_VERSION = 1n;

/**
 * Positions are dense: a sequence is one more than the last, in commit order, and given back by a rollback.
 * The triggers guard against accidents; whoever edits the file on purpose is found by the check sum and by the audit.
 */
const SCHEMA = `
  CREATE TABLE log (id TEXT NOT NULL) STRICT;
  CREATE TABLE event (
    sequence  INTEGER PRIMARY KEY,
    stream    TEXT NOT NULL,
    revision  INTEGER NOT NULL,
    id        TEXT NOT NULL,
    type      TEXT NOT NULL,
    data      TEXT NOT NULL,
    meta      TEXT NOT NULL,
    crc       INTEGER NOT NULL,
    stored_at INTEGER NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
  CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

export type OpenDatabase = (path: string) => DatabaseSync;

export interface LogFiles {
  readonly path: string;
  readonly db: DatabaseSync;
  readonly statements: Statements;
  readonly logId: string;
  /** Sequence of the last event; 0 for an empty log. */
  readonly head: bigint;
  readonly sqliteVersion: string;
  close(): void;
}

/** Takes the lock, then opens or creates `<directory>/events.db`. Throws `store-locked`, `disk-full` or `store-unavailable`. */
export function openFiles(directory: string, open: OpenDatabase): LogFiles {
  try {
    mkdirSync(directory, { recursive: true });
    const lock = takeLock(directory);
    try {
      return openLog(join(directory, 'events.db'), open, lock);
    } catch (error) {
      lock.close();
      throw error;
    }
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const code = resultCode(error) === FULL ? 'disk-full' : 'store-unavailable';
    throw new StoreError(
      code,
      `cannot open the event log in ${directory}: ${String(error)}`,
      { directory },
      { cause: error },
    );
  }
}

/**
 * Only one process may write. The lock is a transaction that stays open on a database of its own: the system frees it
 * however the process ends. Never touch these files through `fs`: closing a file drops all its locks.
 */
function takeLock(directory: string): DatabaseSync {
  const lock = new DatabaseSync(join(directory, 'events.lock'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (resultCode(error) !== BUSY) throw error;
    throw new StoreError('store-locked', `another process uses the event log in ${directory}`, { directory });
  }
}

function openLog(path: string, open: OpenDatabase, lock: DatabaseSync): LogFiles {
  const db = open(path);
  try {
    const [sqliteVersion] = row<[string]>(db, 'SELECT sqlite_version()');
    checkSqliteVersion(sqliteVersion);
    configure(db);
    const [version] = row<[bigint]>(db, 'PRAGMA user_version');
    if (version === 0n) create(db);
    else if (version !== SCHEMA_VERSION)
      throw new StoreError('store-unavailable', `${path} has format ${version}; this program reads ${SCHEMA_VERSION}`);
    const [logId] = row<[string]>(db, 'SELECT id FROM log');
    const statements = prepare(db);
    const head = readHead(statements);
    return { path, db, statements, logId, head, sqliteVersion, close: () => closeBoth(db, lock) };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The lock is freed whatever became of the log. */
function closeBoth(db: DatabaseSync, lock: DatabaseSync): void {
  try {
    if (db.isOpen) db.close();
  } finally {
    lock.close();
  }
}

/** Throws `store-unavailable` for a SQLite that is known to damage logs. */
export function checkSqliteVersion(version: string): void {
  if (version.localeCompare(OLDEST_SQLITE, 'en', { numeric: true }) < 0)
    throw new StoreError(
      'store-unavailable',
      `SQLite ${version} is too old: ${OLDEST_SQLITE} or later is needed (the Node that npm start uses has it)`,
    );
}

/** FULL: COMMIT returns after the sync. Checkpoints are ours: SQLite's automatic ones hide a failed sync. */
function configure(db: DatabaseSync): void {
  const [mode] = row<[string]>(db, 'PRAGMA journal_mode = WAL');
  if (mode !== 'wal') throw new Error(`the file system allows no write-ahead log, only ${mode}`);
  db.exec('PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA mmap_size = 0; PRAGMA busy_timeout = 1000');
}

function create(db: DatabaseSync): void {
  db.exec(`BEGIN IMMEDIATE; ${SCHEMA}`);
  db.prepare('INSERT INTO log (id) VALUES (?)').run(randomUUID());
  db.exec('COMMIT');
}

function row<R extends unknown[]>(db: DatabaseSync, sql: string): R {
  const statement = db.prepare(sql);
  statement.setReturnArrays(true);
  statement.setReadBigInts(true);
  return statement.get() as unknown as R;
}
