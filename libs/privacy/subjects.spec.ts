import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
