import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { ReadStoreError } from '../port.ts';
import type { ReadStoreErrorCode } from '../port.ts';

export type SqlValue = SQLInputValue;

const MAX_STATEMENTS = 256;

/** One connection: its transactions, its prepared statements, its errors in the words of the port. */
export class Database {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** Opens the file, or makes it. */
  static open(file: string): Database {
    return translated(() => {
      const db = new DatabaseSync(file, { timeout: 1_000 });
      try {
        // NORMAL: a power cut may take the last commits, never the file. The events are still there to project again.
        db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
        return new Database(db);
      } catch (error) {
        db.close();
        throw error;
      }
    });
  }

  /** All reads in `work` see one state. */
  read<T>(work: () => T): T {
    return this.#transaction('BEGIN', work);
  }

  /** All writes in `work` happen, or none; it must not be one of several at once. */
  write<T>(work: () => T): T {
    return this.#transaction('BEGIN IMMEDIATE', work);
  }

  get<Row>(sql: string, ...values: readonly SqlValue[]): Row | undefined {
    return this.#statement(sql).get(...values) as Row | undefined;
  }

  all<Row>(sql: string, ...values: readonly SqlValue[]): Row[] {
    return this.#statement(sql).all(...values) as Row[];
  }

  run(sql: string, ...values: readonly SqlValue[]): void {
    this.#statement(sql).run(...values);
  }

  /** For what is said once, with no values. */
  exec(sql: string): void {
    this.#db.exec(sql);
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  #transaction<T>(begin: string, work: () => T): T {
    return translated(() => {
      this.run(begin);
      try {
        const result = work();
        this.run('COMMIT');
        return result;
      } catch (error) {
        // A full disk has rolled it back already.
        if (this.#db.isTransaction) this.run('ROLLBACK');
        throw error;
      }
    });
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    if (this.#statements.size === MAX_STATEMENTS) this.#statements.clear();
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

function translated<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw new ReadStoreError(code, `SQLite: ${(error as Error).message}`, {}, error);
  }
}

/** https://www.sqlite.org/rescode.html; any other one is a bug of ours. */
const CODES: Readonly<Record<number, ReadStoreErrorCode>> = {
  5: 'read-store-locked', // BUSY
  6: 'read-store-locked', // LOCKED
  8: 'read-store-unavailable', // READONLY
  10: 'read-store-unavailable', // IOERR
  11: 'read-store-unavailable', // CORRUPT
  13: 'disk-full', // FULL
  14: 'read-store-unavailable', // CANTOPEN
  26: 'read-store-unavailable', // NOTADB
};

/** By shape: an error of the runtime is not an `Error` of every realm. */
function codeOf(error: unknown): ReadStoreErrorCode | undefined {
  const { errcode } = error as { readonly errcode?: unknown };
  return typeof errcode === 'number' ? CODES[errcode & 0xff] : undefined;
}
