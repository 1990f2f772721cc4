import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { position } from '#kernel';
import { isReadStoreError } from './port.ts';
import type { Doc, Filter, ModelSpec, Page, Query, ReadStore, Scalar } from './port.ts';
import { memoryReadStore } from './memory/index.ts';
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
const documents = fc.uniqueArray(fc.tuple(id, document), {
  minLength: 1000,
  maxLength: 1000,
  selector: ([one]) => one,
});

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

describe('the memory store and the sqlite store', () => {
  const seed = 20200610;
  let directory: string;
  let stores: readonly [memory: ReadStore, sqlite: ReadStore];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'spoor-differential-'));
    stores = [memoryReadStore(), await openSqliteReadStore({ directory })];
    const ops = fc
      .sample(documents, { seed, numRuns: 1 })[0]!
      .map(([one, members]) => ({ put: { ...members, id: one } as Doc }));
    for (const store of stores) {
      await store.migrate([spec]);
      await store.commit({ projection: 'things', generation: 1, from: null, to: position(1), logId: 'log', ops });
    }
  });
  afterAll(async () => {
    for (const store of stores) await store.close();
    await rm(directory, { recursive: true });
  });

  it('answer every query alike, page by page to the end', async () => {
    let hits = 0;
    await fc.assert(
      fc.asyncProperty(query, async (asked) => {
        const [expected, actual] = await Promise.all(stores.map((store) => everyPage(store, asked)));
        expect(actual).toEqual(expected);
        const [counted, found] = await Promise.all(stores.map((store) => store.count(asked)));
        expect(found).toBe(counted);
        hits += Number(counted! > 0);
      }),
      { seed, numRuns: 500, endOnFailure: true },
    );
    expect(hits).toBeGreaterThan(150);
  });

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
      fc.asyncProperty(wild, async (asked) => {
        const [expected, actual] = await Promise.all(stores.map((store) => outcome(store, asked)));
        expect(actual).toEqual(expected);
      }),
      { seed, numRuns: 500, endOnFailure: true },
    );
  });

  it('dump the same bytes', async () => {
    const [expected, actual] = await Promise.all(stores.map(dumpOf));
    expect(actual).toEqual(expected);
  });
});

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
