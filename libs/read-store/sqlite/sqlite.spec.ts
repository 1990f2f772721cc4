import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { position } from '#kernel';
import type { Position } from '#kernel';
import { readStoreContract } from '../contract.ts';
import type { ModelSpec, Query, ReadStore } from '../port.ts';
import { checkQuery } from '../query.ts';
import { Database } from './database.ts';
import { openSqliteReadStore } from './index.ts';
import { count, pages, tableOf } from './sql.ts';
import { SqliteReadStore } from './store.ts';

const directories: string[] = [];
const newDirectory = async (): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), 'spoor-read-'));
  directories.push(directory);
  return directory;
};

afterAll(async () => {
  for (const directory of directories) await rm(directory, { recursive: true });
});

readStoreContract('sqlite', {
  open: async () => openSqliteReadStore({ directory: await newDirectory() }),
  kill,
});

/** Kills a committing process at a random moment within what some commits take. */
async function kill(): Promise<{ store: ReadStore; acknowledged: Position }> {
  const directory = await newDirectory();
  const child = fork(join(import.meta.dirname, 'commit-forever.ts'), [directory], {
    execArgv: ['--conditions=source', '--experimental-transform-types', '--disable-warning=ExperimentalWarning'],
  });
  let acknowledged: Position | undefined;
  child.on('message', (at) => {
    if (acknowledged === undefined) setTimeout(() => child.kill('SIGKILL'), Math.random() * 50);
    acknowledged = at as Position;
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect({ code, signal }).toEqual({ code: null, signal: 'SIGKILL' });
  return { store: await openSqliteReadStore({ directory }), acknowledged: acknowledged! };
}

const cards: ModelSpec = {
  model: 'cards',
  generation: 1,
  schema: { type: 'object' },
  indexes: [['network', 'phase', 'due'], ['due'], ['lead.person', 'due'], ['network', 'name']],
};
const doc = (i: number) => ({
  put: {
    id: `c${i}`,
    network: `n${i % 5}`,
    phase: `p${i % 3}`,
    due: i % 4 === 0 ? null : i,
    name: `name ${i}`,
    lead: { person: `l${i % 7}` },
  },
});
const fill = (store: ReadStore, from: Position | null, to: Position, count_: number): Promise<void> =>
  store.commit({
    projection: 'cards',
    generation: 1,
    from,
    to,
    logId: 'log',
    ops: Array.from({ length: count_ }, (_, i) => doc(i)),
  });

describe('sqlite read store', () => {
  const table = tableOf('cards', 1);
  let db: DatabaseSync;
  let store: ReadStore;
  beforeAll(async () => {
    db = new DatabaseSync(join(await newDirectory(), 'read.db'));
    store = new SqliteReadStore(new Database(db));
    await store.migrate([cards]);
    await fill(store, null, position(1), 1000);
  });
  afterAll(() => store.close());

  const plan = (sql: string): string =>
    db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => detail)
      .join('; ');

  const indexes = cards.indexes.map((fields) => [fields.join(', '), fields] as const);
  it.each(indexes)('serves a list with the index on %s, from every cursor, without sorting', (_, fields) => {
    const sortBy = fields.at(-1)!;
    const where = fields.slice(0, -1).map((field) => [field, 'eq', 'x'] as const);
    for (const direction of [1, -1] as const) {
      const query: Query = { model: 'cards', where, sort: [sortBy, direction] };
      const starts = [null, { value: null, id: 'c4' }, { value: 7, id: 'c7' }];
      const queries = starts.flatMap((after) => pages(table, { ...checkQuery(query), after }));
      for (const { sql } of queries) {
        expect(plan(sql)).toContain(`USING INDEX cards@1 ${fields.join(' ')}`);
        expect(plan(sql)).not.toMatch(/TEMP B-TREE|SCAN cards@1(?! USING INDEX)/);
      }
    }
  });

  it.each([
    ['eq', 'n1'],
    ['in', ['n1', true, null]],
    ['prefix', 'n'],
    ['gt', 'n1'],
    ['lte', 3],
  ] as const)('looks a filter by %s up in an index', (op, value) => {
    expect(plan(count(table, [['network', op, value]]).sql)).toMatch(/^(MULTI-INDEX OR.*)?SEARCH cards@1 USING/);
  });

  it('looks documents up by id', () => {
    const sql = `SELECT doc FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`;
    expect(plan(sql)).toContain('SEARCH cards@1 USING INDEX');
  });

  it('drops an index that is declared no more', async () => {
    const names = (): string[] =>
      db
        .prepare(`SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'other@1' AND sql IS NOT NULL`)
        .all()
        .map(({ name }) => String(name));
    await store.migrate([{ ...cards, model: 'other', indexes: [['a'], ['b']] }]);
    await store.migrate([{ ...cards, model: 'other', indexes: [['b'], ['c', 'a']] }]);
    expect(names().toSorted()).toEqual(['other@1 b', 'other@1 c a']);
  });
});

describe('sqlite read store, in a transaction that fails', () => {
  it('takes back what it wrote, and passes on what is no error of SQLite', async () => {
    const db = Database.open(join(await newDirectory(), 'read.db'));
    db.exec('CREATE TABLE t (id TEXT PRIMARY KEY) STRICT');
    const failing = (): void =>
      db.write(() => {
        db.run('INSERT INTO t VALUES (?)', 'a');
        throw new RangeError('a bug');
      });
    expect(failing).toThrow(RangeError);
    expect(db.read(() => db.all('SELECT * FROM t'))).toEqual([]);
    db.close();
  });
});

describe('sqlite read store on a full disk', () => {
  it('rolls back, says so, keeps reading, and goes on when there is room', async () => {
    const db = new DatabaseSync(join(await newDirectory(), 'read.db'));
    const store = new SqliteReadStore(new Database(db));
    await store.migrate([cards]);
    await fill(store, null, position(1), 10);
    const before = await store.find({ model: 'cards' });
    db.exec('PRAGMA max_page_count = 1');
    await expect(fill(store, position(1), position(2), 2000)).rejects.toMatchObject({ code: 'disk-full' });
    expect(await store.find({ model: 'cards' })).toEqual(before);
    expect(await store.checkpoint('cards', 1)).toMatchObject({ position: position(1) });
    db.exec('PRAGMA max_page_count = 1000000');
    await fill(store, position(1), position(2), 2000);
    expect(await store.count({ model: 'cards' })).toBe(2000);
    await store.close();
  });
});

describe('sqlite read store, opened', () => {
  it('again, has its documents, checkpoints and generations', async () => {
    const directory = await newDirectory();
    const first = await openSqliteReadStore({ directory });
    await first.migrate([cards, { ...cards, generation: 2 }]);
    await fill(first, null, position(1), 3);
    await first.activate('cards', 2);
    await first.close();
    const second = await openSqliteReadStore({ directory });
    expect(await second.generations('cards')).toEqual({ active: 2, all: [1, 2] });
    expect(await second.checkpoint('cards', 1)).toMatchObject({ position: position(1), logId: 'log' });
    await second.activate('cards', 1);
    expect(await second.count({ model: 'cards', where: [['due', 'gt', 1]] })).toBe(1);
    await second.close();
  });

  it('on what is no database, says that it is unavailable', async () => {
    const directory = await newDirectory();
    await writeFile(join(directory, 'read.db'), 'x'.repeat(10_000));
    await expect(openSqliteReadStore({ directory })).rejects.toMatchObject({ code: 'read-store-unavailable' });
  });
});
