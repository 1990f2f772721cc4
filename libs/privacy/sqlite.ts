import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SubjectsError, type Subjects } from './port.ts';

const SQLITE_FULL = 13;

/**
 * Subjects in a file of their own, `subjects.db`. The event store's lock on the directory guards it too.
 * Throws {@link SubjectsError}. `open`: how the database is opened; tests inject faults there.
 */
export function openSqliteSubjects(
  directory: string,
  open = (path: string): DatabaseSync => new DatabaseSync(path),
): Subjects {
  const path = join(directory, 'subjects.db');
  const { database, put, get } = translated(path, () => prepare(open(path)));
  return {
    put: async (subject, fields) => void translated(path, () => put.run(subject, JSON.stringify(fields))),
    get: async (subjects) => {
      const rows = translated(path, () => get.all(JSON.stringify(subjects)));
      return new Map(
        rows.map((row) => [String(row['id']), JSON.parse(String(row['fields'])) as Record<string, string>]),
      );
    },
    close: async () => {
      if (database.isOpen) database.close();
    },
  };
}

function prepare(database: DatabaseSync) {
  try {
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
      CREATE TABLE IF NOT EXISTS subjects (id TEXT PRIMARY KEY, fields TEXT NOT NULL) STRICT, WITHOUT ROWID`);
    const put = database.prepare(
      'INSERT INTO subjects VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET fields = excluded.fields',
    );
    const get = database.prepare('SELECT id, fields FROM subjects WHERE id IN (SELECT value FROM json_each(?))');
    return { database, put, get };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** What SQLite says, in the words of the port; any other error is a bug. */
function translated<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { errcode, message } = error as { readonly errcode?: unknown; readonly message: string };
    if (typeof errcode !== 'number') throw error;
    const code = (errcode & 0xff) === SQLITE_FULL ? 'disk-full' : 'subjects-unavailable';
    throw new SubjectsError(code, `${path}: ${message} (SQLite ${errcode})`, error);
  }
}
