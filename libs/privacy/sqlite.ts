import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Subjects } from './port.ts';

/** Subjects in a file of their own, `subjects.db`. The event store's lock on the directory guards it too. */
export function openSqliteSubjects(directory: string): Subjects {
  const database = new DatabaseSync(join(directory, 'subjects.db'));
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
    CREATE TABLE IF NOT EXISTS subjects (id TEXT PRIMARY KEY, fields TEXT NOT NULL) STRICT, WITHOUT ROWID`);
  const put = database.prepare(
    'INSERT INTO subjects VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET fields = excluded.fields',
  );
  const get = database.prepare('SELECT id, fields FROM subjects WHERE id IN (SELECT value FROM json_each(?))');
  return {
    put: async (subject, fields) => void put.run(subject, JSON.stringify(fields)),
    get: async (subjects) =>
      new Map(
        get
          .all(JSON.stringify(subjects))
          .map((row) => [String(row['id']), JSON.parse(String(row['fields'])) as Record<string, string>]),
      ),
    close: async () => database.close(),
  };
}
