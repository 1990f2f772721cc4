import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { MongoClient } from 'mongodb';
import { position, type Json } from '#kernel';
import { ferretDbIsBuilt, startFerretDb, whyNoFerretDb } from '../../test/servers/ferretdb.ts';
import { startMongo } from '../../test/servers/mongodb/index.ts';
import { isReadStoreError } from './port.ts';
import type { Doc, Filter, ModelSpec, Page, Query, ReadStore, Scalar } from './port.ts';
import { memoryReadStore } from './memory/index.ts';
import { openMongoReadStore } from './mongodb/index.ts';
import { openSqliteReadStore } from './sqlite/index.ts';

/** Few values, so that filters hit and sorts tie; each pair of neighbours was somebody's bug once. */
const TEXTS = [
  ...'0,1,true,null,a,A,ab,a\0,a\0b,a ,a\',a",a\\,a%,["a"],{},\n'.split(','),
  ...'é,e\u0301,ß,ss,\ud7ff,\ue000,\uff5e,\ufffd,😀,😁,a😀,a\uff5e,\u{10ffff}'.split(','),
  '',
];
const NUMBERS = [0, 1, -1, 2, 10, 2 ** 31, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
const FIELDS = ['v', 'w', 'o.v', 'o.o.v', 'list', 'id', 'x-y', 'constructor', '__proto__'];

const text = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: 'binary', maxLength: 3 }));
const number = fc.oneof(fc.constantFrom(...NUMBERS), fc.maxSafeInteger());
const value: fc.Arbitrary<Scalar> = fc.oneof(text, number, fc.constantFrom(null, true, false));
const list = fc.array(fc.oneof(value, fc.array(value, { maxLength: 2 })), { maxLength: 4 });
const member = fc.oneof({ weight: 6, arbitrary: value }, list, fc.record({ v: value }));
const document = fc.record(
  {
    v: member,
    w: member,
    list: fc.oneof({ weight: 4, arbitrary: list }, value),
    'x-y': value,
    constructor: value,
    o: fc.oneof(value, fc.record({ v: member, o: fc.record({ v: value }) })),
  },
  { requiredKeys: [] },
);
const id = fc.oneof(
  fc.uuid(),
  text.filter((one) => one !== '' && !one.includes('\0')),
);
const documents = (count: number) =>
  fc.uniqueArray(fc.tuple(id, document), { minLength: count, maxLength: count, selector: ([one]) => one });

const field = fc.constantFrom(...FIELDS);
const filter: fc.Arbitrary<Filter> = fc.oneof(
  fc.tuple(field, fc.constant('eq' as const), value),
  fc.tuple(field, fc.constant('in' as const), fc.array(value, { maxLength: 12 })),
  fc.tuple(
    field,
    fc.constantFrom('gt' as const, 'gte' as const, 'lt' as const, 'lte' as const),
    fc.oneof(number, text),
  ),
  fc.tuple(field, fc.constant('prefix' as const), text),
  fc.tuple(field, fc.constant('has' as const), value),
);
const query: fc.Arbitrary<Query> = fc.record(
  {
    model: fc.constant('things'),
    where: fc.array(filter, { maxLength: 3 }),
    sort: fc.tuple(field, fc.constantFrom(1 as const, -1 as const)),
    limit: fc.constantFrom(40, 150, 1000),
  },
  { requiredKeys: ['model', 'where', 'limit'] },
);

const spec: ModelSpec = {
  model: 'things',
  generation: 1,
  schema: { type: 'object' },
  indexes: [['v'], ['w', 'v'], ['o.v', 'w']],
};

const FULL = { documents: 1000, queries: 500 };

/** A store to compare with the one in memory. */
interface Other {
  readonly name: string;
  /** Why it is not compared here. */
  readonly absent?: string;
  readonly open: () => Promise<{ readonly store: ReadStore; close(): Promise<unknown> }>;
  /** By default {@link FULL}. */
  readonly size?: typeof FULL;
  /** What it cannot hold is taken out of documents and queries. */
  readonly adapt?: (value: Json) => Json;
}

const sqlite: Other = {
  name: 'sqlite',
  open: async () => {
    const directory = await mkdtemp(join(tmpdir(), 'spoor-differential-'));
    return { store: await openSqliteReadStore({ directory }), close: () => rm(directory, { recursive: true }) };
  },
};

const pretendSet: Other = {
  name: 'mongodb on a pretend replica set',
  open: async () => {
    const server = await startMongo();
    return { store: await openMongoReadStore({ url: server.url }), close: () => server.close() };
  },
  size: { documents: 400, queries: 250 },
};

/** Slow, and holds no NUL in a text and no list in a list. */
const ferretDb: Other = {
  name: 'mongodb on FerretDB',
  ...(!ferretDbIsBuilt() && { absent: whyNoFerretDb }),
  open: async () => {
    const server = (await startFerretDb())!;
    return { store: await openMongoReadStore({ url: server.url }), close: () => server.close() };
  },
  size: { documents: 120, queries: 120 },
  adapt: function adapt(value): Json {
    if (typeof value === 'string') return value.replaceAll('\0', '');
    if (Array.isArray(value)) return value.filter((item) => !Array.isArray(item)).map(adapt);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, adapt(member)]));
  },
};

/** In a database of its own, which is dropped. */
const realMongo = (server: string): Other => ({
  name: 'mongodb',
  open: async () => {
    const url = new URL(server);
    url.pathname = `/spoor-test-differential-${process.pid}-${Date.now()}`;
    return {
      store: await openMongoReadStore({ url: url.href }),
      close: async () => {
        const client = await MongoClient.connect(server);
        await client.db(url.pathname.slice(1)).dropDatabase();
        await client.close();
      },
    };
  },
});

const { MONGODB_URL } = process.env;
const others = [sqlite, pretendSet, ferretDb, ...(MONGODB_URL === undefined ? [] : [realMongo(MONGODB_URL)])];

for (const { name, absent, ...other } of others) {
  const where = absent === undefined ? describe : describe.skip;
  where(`the memory store and ${name}${absent === undefined ? '' : ` (${absent})`}`, () => {
    comparison(other);
  });
}

function comparison({ open, adapt = (value) => value, size = FULL }: Omit<Other, 'name' | 'absent'>): void {
  const seed = 20200610;
  let other: Awaited<ReturnType<Other['open']>>;
  let stores: readonly [memory: ReadStore, other: ReadStore];
  const adapted = <T>(one: T): T => adapt(one as Json) as T;

  beforeAll(async () => {
    other = await open();
    stores = [memoryReadStore(), other.store];
    const ops = fc
      .sample(documents(size.documents), { seed, numRuns: 1 })[0]!
      .map(([one, members]) => ({ put: { ...adapted(members), id: one } as Doc }));
    for (const store of stores) {
      await store.migrate([spec]);
      await store.commit({ projection: 'things', generation: 1, from: null, to: position(1), logId: 'log', ops });
    }
  }, 120_000);
  afterAll(async () => {
    for (const store of stores) await store.close();
    await other.close();
  });

  it('answer every query alike, page by page to the end', async () => {
    let hits = 0;
    await fc.assert(
      fc.asyncProperty(query.map(adapted), async (asked) => {
        const [expected, actual] = await Promise.all(stores.map((store) => everyPage(store, asked)));
        expect(actual).toEqual(expected);
        const [counted, found] = await Promise.all(stores.map((store) => store.count(asked)));
        expect(found).toBe(counted);
        hits += Number(counted! > 0);
      }),
      { seed, numRuns: size.queries, endOnFailure: true },
    );
    expect(hits).toBeGreaterThan(0.3 * size.queries);
  }, 120_000);

  it('refuse the same queries', async () => {
    const anyScalar = fc.oneof(value, fc.double(), fc.constantFrom('\ud800', undefined, {}, []));
    const wild = fc.record({
      model: fc.constant('things'),
      where: fc.array(
        fc.tuple(fc.oneof(field, text), fc.constantFrom('eq', 'in', 'lt', 'prefix', 'has', 'ne'), anyScalar),
        { maxLength: 2 },
      ),
      cursor: fc.oneof(fc.constant(undefined), fc.string()),
    }) as unknown as fc.Arbitrary<Query>;
    await fc.assert(
      fc.asyncProperty(wild.map(adapted), async (asked) => {
        const [expected, actual] = await Promise.all(stores.map((store) => outcome(store, asked)));
        expect(actual).toEqual(expected);
      }),
      { seed, numRuns: size.queries, endOnFailure: true },
    );
  }, 120_000);

  it('dump the same bytes', async () => {
    const [expected, actual] = await Promise.all(stores.map(dumpOf));
    expect(actual).toEqual(expected);
  });
}

/** As texts: they compare in no time. */
async function everyPage(store: ReadStore, asked: Query): Promise<readonly string[]> {
  const pages: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: Page<Doc> = await store.find(cursor === undefined ? asked : { ...asked, cursor });
    pages.push(JSON.stringify(page));
    if (pages.length > 1000) throw new Error('Paging does not end');
    cursor = page.next;
  }
  return pages;
}

async function outcome(store: ReadStore, asked: Query): Promise<unknown> {
  try {
    return await store.find(asked);
  } catch (error) {
    return isReadStoreError(error) ? [error.code, error.message, error.params] : error;
  }
}

async function dumpOf(store: ReadStore): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const page of store.dump('things', 1)) texts.push(...page);
  return texts;
}
