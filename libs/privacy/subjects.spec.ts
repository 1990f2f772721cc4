import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { memorySubjects } from './memory.ts';
import type { Subjects } from './port.ts';
import { openSqliteSubjects } from './sqlite.ts';

const directory = mkdtempSync(join(tmpdir(), 'subjects-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe.each<[string, () => Subjects]>([
  ['memory', memorySubjects],
  ['sqlite', () => openSqliteSubjects(directory)],
])('subjects on %s', (_name, open) => {
  it('are known by what was put last; others are absent', async () => {
    const subjects = open();
    await subjects.put('a', { name: 'An' });
    await subjects.put('b', { name: "Bo 'x' ☃" });
    await subjects.put('a', { name: 'Anna' });
    expect(await subjects.get(['a', 'b', 'c'])).toEqual(
      new Map([
        ['a', { name: 'Anna' }],
        ['b', { name: "Bo 'x' ☃" }],
      ]),
    );
    expect(await subjects.get([])).toEqual(new Map());
    await subjects.close();
    await subjects.close();
  });
});

it('subjects on sqlite outlive the process', async () => {
  const first = openSqliteSubjects(directory);
  await first.put('d', { name: 'Dirk' });
  await first.close();
  const second = openSqliteSubjects(directory);
  expect((await second.get(['d'])).get('d')).toEqual({ name: 'Dirk' });
  await second.close();
});

describe('subjects on sqlite say what went wrong', () => {
  const fresh = () => mkdtempSync(join(directory, 'fresh-'));
  const big = { name: 'x'.repeat(100_000) };

  it('a full disk: nothing is written, and it goes on when there is room', async () => {
    let database!: DatabaseSync;
    const subjects = openSqliteSubjects(fresh(), (path) => (database = new DatabaseSync(path)));
    await subjects.put('a', { name: 'An' });
    database.exec('PRAGMA max_page_count = 4');
    await expect(subjects.put('a', big)).rejects.toMatchObject({ name: 'SubjectsError', code: 'disk-full' });
    expect((await subjects.get(['a'])).get('a')).toEqual({ name: 'An' });
    database.exec('PRAGMA max_page_count = 1000');
    await subjects.put('a', big);
    expect((await subjects.get(['a'])).get('a')).toEqual(big);
    await subjects.close();
  });

  it('anything else of the file: the file is named', () => {
    const damaged = fresh();
    writeFileSync(join(damaged, 'subjects.db'), 'x'.repeat(5_000));
    expect(() => openSqliteSubjects(damaged)).toThrow(
      expect.objectContaining({ code: 'subjects-unavailable', message: expect.stringContaining(damaged) }),
    );
  });
});
