import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Harness } from '../contract.ts';
import type { EventStore } from '../port.ts';
import { checksum } from './rows.ts';
import { openSqliteEventStore } from './index.ts';

/** As SQLite reports them. */
const error = (message: string, errcode: number) => Object.assign(new Error(message), { errcode });
const syncFailed = () => error('disk I/O error', 1034);

/** A database whose commits fail on demand: not done, or done and not answered; SQLite knows both. */
class FaultyDatabase extends DatabaseSync {
  fault: 'none' | 'commit fails' | 'no space' | 'reply is lost' | 'checkpoint fails' = 'none';
  commits = 0;

  override exec(sql: string): void {
    if (sql === 'COMMIT' && this.fault === 'commit fails') throw syncFailed();
    if (sql === 'COMMIT' && this.fault === 'no space') throw error('database or disk is full', 13);
    if (sql.includes('wal_checkpoint') && this.fault === 'checkpoint fails') throw syncFailed();
    super.exec(sql);
    if (sql === 'COMMIT') this.commits += 1;
    if (sql === 'COMMIT' && this.fault === 'reply is lost') throw syncFailed();
  }
}

interface Opened {
  readonly store: EventStore;
  readonly directory: string;
  readonly db: FaultyDatabase;
  readonly fatal: unknown[];
}

export const newDirectory = (): string => mkdtempSync(join(tmpdir(), 'spoor-events-'));

/** Stores in directories of their own, with handles on what lies under them. */
export class SqliteHarness implements Harness {
  readonly #opened: Opened[] = [];

  async open(directory = newDirectory()): Promise<EventStore> {
    let db!: FaultyDatabase;
    const fatal: unknown[] = [];
    const store = await openSqliteEventStore({
      directory,
      onFatal: (error) => fatal.push(error),
      open: (path) => (db = new FaultyDatabase(path)),
    });
    this.#opened.push({ store, directory, db, fatal });
    return store;
  }

  of(store: EventStore): Opened {
    return this.#opened.find((opened) => opened.store === store)!;
  }

  /** The log through another connection, as a program beside ours would have it. */
  beside<T>(store: EventStore, use: (db: DatabaseSync) => T): T {
    const db = new DatabaseSync(join(this.of(store).directory, 'events.db'));
    try {
      return use(db);
    } finally {
      db.close();
    }
  }

  async dispose(): Promise<void> {
    for (const { store, directory } of this.#opened.splice(0)) {
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    }
  }

  readonly faults = {
    outage: async (store: EventStore) => {
      this.of(store).db.fault = 'commit fails';
    },
    loseNextReply: async (store: EventStore) => {
      this.of(store).db.fault = 'reply is lost';
    },
    crash: async (store: EventStore) => {
      const { db, directory } = this.of(store);
      if (db.isOpen) db.close();
      await store.close();
      return this.open(directory);
    },
    /** A statement that is held open keeps the write-ahead log from being emptied. */
    openCalls: async (store: EventStore) =>
      this.beside(store, (db) => Number(db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()!['busy'])),
    corrupt: async (store: EventStore, { stream, revision }: { stream: string; revision: bigint }) =>
      this.beside(store, (db) => {
        db.exec('DROP TRIGGER event_is_not_changed');
        db.prepare(`UPDATE event SET data = ' ' || data WHERE stream = ? AND revision = ?`).run(stream, revision);
      }),
    openBefore: async (sequence: bigint) => {
      const store = await this.open();
      this.beside(store, (db) =>
        db
          .prepare(
            `INSERT INTO event VALUES (?, 'first-1', 0, '5f0c1b7e-3a6d-4c0e-9b1f-2d7a8c6e4b30', 'X', '{}', '{}', ?, 0)`,
          )
          .run(sequence - 3n, checksum('{}', '{}')),
      );
      return this.faults.crash(store);
    },
  };
}
