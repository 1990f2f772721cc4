import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type FerretDb, ferretDbIsBuilt, startFerretDb } from '../../test/servers/ferretdb.ts';
import { type PretendMongo, startMongo } from '../../test/servers/mongodb/index.ts';
import { MongoClient } from 'mongodb';
import { memorySubjects } from './memory.ts';
import { openMongoSubjects } from './mongodb.ts';
import type { Subjects } from './port.ts';
import { openSqliteSubjects } from './sqlite.ts';

const directory = mkdtempSync(join(tmpdir(), 'subjects-'));
let mongo: PretendMongo;
let ferret: FerretDb | null;
beforeAll(async () => {
  [mongo, ferret] = await Promise.all([startMongo(), startFerretDb()]);
});
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await Promise.all([mongo.close(), ferret?.close()]);
});

/** A database of this run, on whatever server is given. */
const at = (server: string): string => {
  const url = new URL(server);
  url.pathname = `/spoor-test-${process.pid}`;
  return url.href;
};
const real = process.env['MONGODB_URL'];
afterAll(async () => {
  if (real === undefined) return;
  const client = await MongoClient.connect(at(real));
  await client.db(`spoor-test-${process.pid}_subjects`).dropDatabase();
  await client.close();
});

const mongoServers: readonly (readonly [string, () => string])[] = [
  ['a pretend MongoDB', () => at(mongo.url)],
  ['FerretDB', () => at(ferret!.url)],
  ...(real === undefined ? [] : [['MongoDB', () => at(real)] as const]),
];

/** FerretDB is left out visibly where it is not built. */
const suiteOn = (name: string) => (name === 'FerretDB' && !ferretDbIsBuilt() ? describe.skip : describe);

const stores: readonly (readonly [string, () => Subjects | Promise<Subjects>])[] = [
  ['memory', memorySubjects],
  ['sqlite', () => openSqliteSubjects(directory)],
  ...mongoServers.map(([name, url]) => [name, () => openMongoSubjects(url())] as const),
];
for (const [name, open] of stores)
  suiteOn(name)(`subjects on ${name}`, () => {
    it('are known by what was put last; others are absent', async () => {
      const subjects = await open();
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

for (const [name, url] of mongoServers)
  suiteOn(name)(`subjects on ${name}, as others have them`, () => {
    it('take any field and any text', async () => {
      const subjects = await openMongoSubjects(url());
      const fields = { '$a.b': 'x\0y', '': '', ['__proto__']: '😀' };
      await subjects.put('$odd.', fields);
      expect((await subjects.get(['$odd.'])).get('$odd.')).toEqual(fields);
      await subjects.close();
    });

    it('make a secret once, for every process', async () => {
      const several = await Promise.all([1, 2, 3].map(() => openMongoSubjects(url())));
      const [first, ...others] = await Promise.all(several.map((subjects) => subjects.secret('key')));
      expect(first).toHaveLength(32);
      for (const other of others) expect(other).toEqual(first);
      expect(await several[0]!.secret('key')).toEqual(first);
      expect(await several[0]!.secret('another')).not.toEqual(first);
      await Promise.all(several.map((subjects) => subjects.close()));
    });
  });

describe('subjects on MongoDB', () => {
  it('are kept where read models are not', async () => {
    const subjects = await openMongoSubjects(mongo.url);
    mongo.commands.length = 0;
    await subjects.put('a', { name: 'An' });
    expect(mongo.commands.map(({ name, database }) => [name, database])).toEqual([['update', 'spoor_subjects']]);
    await subjects.close();
  });

  it('say what went wrong: no room, nobody there', async () => {
    const subjects = await openMongoSubjects(at(mongo.url));
    mongo.failNext('update', { code: 14_031, codeName: 'OutOfDiskSpace' });
    await expect(subjects.put('a', {})).rejects.toMatchObject({ name: 'SubjectsError', code: 'disk-full' });
    mongo.failNext('find', { code: 13, codeName: 'Unauthorized' });
    await expect(subjects.get(['a'])).rejects.toMatchObject({ name: 'SubjectsError', code: 'subjects-unavailable' });
    await subjects.close();
    const nobody = openMongoSubjects('mongodb://127.0.0.1:1/spoor');
    await expect(nobody).rejects.toMatchObject({ name: 'SubjectsError', code: 'subjects-unavailable' });
  });

  it('leave no connection behind', async () => {
    const before = mongo.openConnections();
    const subjects = await openMongoSubjects(at(mongo.url));
    await subjects.get(['a']);
    expect(mongo.openConnections()).toBeGreaterThan(before);
    await subjects.close();
    // The server hears of it a little later.
    while (mongo.openConnections() > before) await new Promise(setImmediate);
  });
});
