import { canonical, position, s } from '#kernel';
import type { JsonObject, Position } from '#kernel';
import { MAX_DOCUMENT_BYTES } from './document.ts';
import type { Batch, Committed, Doc, Filter, ModelSpec, Op, Page, Query, ReadStore } from './port.ts';

/** What a store offers the suite beside itself: a case that needs what is absent here is reported as not applicable. */
export interface ReadStoreHarness {
  /** A new, empty store. */
  readonly open: () => Promise<ReadStore>;
  /** Runs {@link commitForever} in a process of its own, kills that at some moment after its first commits, and opens what it left. */
  readonly kill?: () => Promise<{ readonly store: ReadStore; readonly acknowledged: Position }>;
  /** Lets the next transaction fail once in a way that passes. */
  readonly failNextTransaction?: (store: ReadStore) => Promise<void>;
  /** A new, empty store on a server that knows no transactions. */
  readonly openWithoutTransactions?: () => Promise<ReadStore>;
  /** Documents of the suite that need it are left out, and cases that are about it are reported as not applicable. */
  readonly lacks?: readonly Lack[];
}

/** What a server behind a store may be unable to hold. */
type Lack = 'texts with NUL' | 'lists in lists';

/** For cases that start processes. */
const FAULT_MS = 240_000;
const LOG = 'e6bb2a0e-8f0b-4f2e-9f0b-3e0f6e1b7a11';
const anything: JsonObject = { type: 'object' };
const things = (generation = 1, more: Partial<ModelSpec> = {}): ModelSpec => ({
  model: 'things',
  generation,
  schema: anything,
  indexes: [['v']],
  ...more,
});

let clock = 0;

/** The next batch of a projection that stands at `from`. */
const batch = (from: Position | null, ops: readonly Op[], more: Partial<Batch> = {}): Batch => ({
  projection: 'things',
  generation: 1,
  from,
  to: position(++clock),
  logId: LOG,
  ops,
  ...more,
});

/** Commits from where the projection stands; gives where it stands then. */
async function commit(store: ReadStore, ops: readonly Op[], generation = 1): Promise<Position> {
  const stood = await store.checkpoint('things', generation);
  const next = batch(stood?.position ?? null, ops, { generation });
  await store.commit(next);
  return next.to;
}

const put = (id: string, members: JsonObject = {}): Op => ({ put: { id, ...members } });
const del = (id: string): Op => ({ del: id });
const idsOf = ({ items }: Page<Doc>): readonly string[] => items.map(({ id }) => id);

async function everyPage(store: ReadStore, query: Query): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: Page<Doc> = await store.find(cursor === undefined ? query : { ...query, cursor });
    ids.push(...idsOf(page));
    if (ids.length > 1000) throw new Error('Paging does not end');
    cursor = page.next;
  }
  return ids;
}

async function dumpOf(store: ReadStore, generation = 1): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const page of store.dump('things', generation)) texts.push(...page);
  return texts;
}

/** One of each kind of value, in ascending order. */
const ORDERED: readonly Doc[] = [
  { id: 'list', v: ['a', 1, true, null, ['nested']] },
  { id: 'missing' },
  { id: 'null', v: null },
  { id: 'object', v: { w: 'a', list: ['z'] } },
  { id: 'smallest', v: Number.MIN_SAFE_INTEGER },
  { id: 'minus', v: -1 },
  { id: 'zero', v: 0 },
  { id: 'one', v: 1 },
  { id: 'ten', v: 10 },
  { id: 'largest', v: Number.MAX_SAFE_INTEGER },
  { id: 'empty', v: '' },
  { id: 'digit', v: '1' },
  { id: 'upper', v: 'A' },
  { id: 'like-a-list', v: '["a"]' },
  { id: 'lower', v: 'a' },
  { id: 'nul', v: 'a\0b' },
  { id: 'lower-more', v: 'ab' },
  { id: 'decomposed', v: 'e\u0301' },
  { id: 'composed', v: 'é' },
  { id: 'last-before-surrogates', v: '\ud7ff' },
  { id: 'full-width', v: '\uff5e' },
  { id: 'astral', v: '😀' },
  { id: 'last', v: '\u{10ffff}' },
  { id: 'false', v: false },
  { id: 'true', v: true },
];

/** Those of {@link ORDERED} that a server may be unable to hold. */
const NEEDS: Readonly<Record<string, Lack>> = { list: 'lists in lists', nul: 'texts with NUL' };

const FILTERS: readonly (readonly [filter: Filter, expected: readonly string[]])[] = [
  [
    ['v', 'eq', null],
    ['list', 'missing', 'null', 'object'],
  ],
  [['v', 'eq', 1], ['one']],
  [['v', 'eq', '1'], ['digit']],
  [['v', 'eq', true], ['true']],
  [['v', 'eq', '["a"]'], ['like-a-list']],
  [['v', 'eq', 'é'], ['composed']],
  [['v', 'eq', 'a\0b'], ['nul']],
  [['v', 'in', []], []],
  [
    ['v', 'in', [false, 0, '']],
    ['zero', 'empty', 'false'],
  ],
  [
    ['v', 'in', [null, 1]],
    ['list', 'missing', 'null', 'object', 'one'],
  ],
  [
    ['v', 'gt', 1],
    ['ten', 'largest'],
  ],
  [
    ['v', 'gte', 1],
    ['one', 'ten', 'largest'],
  ],
  [
    ['v', 'lt', 0],
    ['smallest', 'minus'],
  ],
  [
    ['v', 'lte', -1],
    ['smallest', 'minus'],
  ],
  [['v', 'gt', '😀'], ['last']],
  [
    ['v', 'gte', '\uff5e'],
    ['full-width', 'astral', 'last'],
  ],
  [
    ['v', 'lt', 'A'],
    ['empty', 'digit'],
  ],
  [
    ['v', 'lte', 'A'],
    ['empty', 'digit', 'upper'],
  ],
  [
    ['v', 'prefix', 'a'],
    ['lower', 'nul', 'lower-more'],
  ],
  [['v', 'prefix', '\ud7ff'], ['last-before-surrogates']],
  [['v', 'prefix', '\u{10ffff}'], ['last']],
  [['v', 'prefix', '%'], []],
  [['v', 'has', 'a'], ['list']],
  [['v', 'has', 1], ['list']],
  [['v', 'has', true], ['list']],
  [['v', 'has', null], ['list']],
  [['v', 'has', '["nested"]'], []],
  [['v', 'has', '1'], []],
  [['v.w', 'eq', 'a'], ['object']],
  [['v.list', 'has', 'z'], ['object']],
  [['v.w.x', 'gt', ''], []],
  [['id', 'eq', 'ten'], ['ten']],
  [['id', 'eq', 10], []],
  [['id', 'prefix', 'last-'], ['last-before-surrogates']],
];

const INVALID: readonly (readonly [problem: string, query: Omit<Query, 'model'>])[] = [
  ['a filter nobody knows', { where: [['v', 'like' as 'eq', 'a']] }],
  ['a filter by an inherited name', { where: [['v', 'toString' as 'eq', 'a']] }],
  ['a field that is no name', { where: [[`v' OR 1=1 --`, 'eq', 'a']] }],
  ['a place in a list', { where: [['v.0', 'eq', 'a']] }],
  ['an empty step', { sort: ['v..w', 1] }],
  ['a fraction', { where: [['v', 'eq', 0.5]] }],
  ['an unsafe integer', { where: [['v', 'gt', 2 ** 53]] }],
  ['a lone surrogate', { where: [['v', 'eq', '\ud800']] }],
  ['a comparison with null', { where: [['v', 'gt', null]] }],
  ['a comparison with a boolean', { where: [['v', 'lte', true]] }],
  ['a prefix that is no text', { where: [['v', 'prefix', 1]] }],
  ['one value for in', { where: [['v', 'in', 'a']] }],
  ['a list for eq', { where: [['v', 'eq', ['a']]] }],
  ['too many values', { where: [['v', 'in', Array.from({ length: 501 }, (_, i) => i)]] }],
  ['too many filters', { where: Array.from({ length: 21 }, () => ['v', 'eq', 1] as const) }],
  ['a limit of nothing', { limit: 0 }],
  ['a limit beyond a thousand', { limit: 1001 }],
  ['half a document', { limit: 1.5 }],
  ['a third direction', { sort: ['v', 0 as 1] }],
];

/** Documents of the killed process, each written by each commit: enough for a kill to fall into one. */
const ROUND_DOCS = 200;
const rounds: ModelSpec = { model: 'rounds', generation: 1, schema: anything, indexes: [['at']] };

/** What the process to be killed runs: commit after commit, each telling all documents which commit it is. */
export async function commitForever(store: ReadStore, acknowledge: (at: Position) => void): Promise<never> {
  await store.migrate([rounds]);
  for (let from: Position | null = null, round = 1; ; round++) {
    const to: Position = position(round);
    const ops = Array.from({ length: ROUND_DOCS }, (_, i) => put(`doc-${i}`, { at: to, pad: 'x'.repeat(2000) }));
    await store.commit({ projection: 'rounds', generation: 1, from, to, logId: LOG, ops });
    acknowledge(to);
    from = to;
    // Lets the acknowledgement leave the process.
    await new Promise(setImmediate);
  }
}

/** What "supports" means for a read store. Numbers are those of the list of cases that all stores share. */
export function readStoreContract(name: string, harness: ReadStoreHarness): void {
  const opened: ReadStore[] = [];
  const track = (store: ReadStore): ReadStore => {
    opened.push(store);
    return store;
  };
  const open = async (...specs: readonly ModelSpec[]): Promise<ReadStore> => {
    const store = track(await harness.open());
    await store.migrate(specs.length > 0 ? specs : [things()]);
    return store;
  };
  const { lacks = [] } = harness;
  const holds = (id: string): boolean => NEEDS[id] === undefined || !lacks.includes(NEEDS[id]);
  const ordered = ORDERED.filter(({ id }) => holds(id));
  for (const { id } of ORDERED.filter((one) => !holds(one.id)))
    it.skip(`73 holds the document "${id}" (not applicable: it has no ${NEEDS[id]})`, () => undefined);
  /** A case for stores that give the suite `means`; for others it says why not. */
  const given = <M>(
    means: M | undefined,
    otherwise: string,
    title: string,
    body: (means: M) => Promise<void>,
  ): void => {
    if (means === undefined) it.skip(`${title} (not applicable: ${otherwise})`, () => undefined);
    else it(title, () => body(means), FAULT_MS);
  };

  describe(`${name} as a read store`, () => {
    afterEach(async () => {
      for (const store of opened.splice(0)) await store.close();
    });

    describe('commits', () => {
      it('66 shows documents and checkpoint together', async () => {
        const store = await open();
        expect(await store.checkpoint('things', 1)).toBeNull();
        const to = await commit(store, [put('a', { n: 1 }), put('b')]);
        expect(await store.get('things', 'a')).toEqual({ doc: { id: 'a', n: 1 }, asOf: to });
        expect(await store.checkpoint('things', 1)).toEqual({
          projection: 'things',
          generation: 1,
          position: to,
          logId: LOG,
        });
      });

      it('66 shows nothing of a batch that fails', async () => {
        const store = await open();
        const to = await commit(store, [put('a', { n: 1 })]);
        const bad = batch(to, [put('a', { n: 2 }), put('b'), put('c', { n: 0.5 })]);
        await expect(store.commit(bad)).rejects.toMatchObject({ code: 'invalid-document' });
        expect(await dumpOf(store)).toEqual(['{"id":"a","n":1}']);
        expect(await store.checkpoint('things', 1)).toMatchObject({ position: to });
      });

      it('66 keeps the checkpoint of a process, which has no documents', async () => {
        const store = await open();
        const first = batch(null, [], { projection: 'broaden' });
        await store.commit(first);
        expect(await store.checkpoint('broaden', 1)).toMatchObject({ position: first.to });
        expect(await store.waitFor('broaden', first.to, 0)).toBe(true);
      });

      given(harness.kill, 'it keeps nothing', '67 leaves the old state or the new one when killed', async (kill) => {
        for (let i = 0; i < 3; i++) {
          const { store } = await kill();
          track(store);
          const { items, asOf } = await store.find({ model: 'rounds', limit: 1000 });
          expect(items.map(({ at }) => at)).toEqual(Array.from({ length: ROUND_DOCS }, () => asOf));
        }
      });

      it('68 refuses the same batch a second time', async () => {
        const store = await open();
        const once = batch(null, [put('a', { n: 1 })]);
        await store.commit(once);
        const before = await dumpOf(store);
        await expect(store.commit(once)).rejects.toMatchObject({
          name: 'ReadStoreError',
          code: 'stale-projector',
          params: { projection: 'things', generation: 1, expected: null, actual: once.to },
        });
        expect(await dumpOf(store)).toEqual(before);
      });

      it('69 refuses a projector that was overtaken', async () => {
        const store = await open();
        const start = await commit(store, [put('a', { n: 1 })]);
        const paused = batch(start, [put('a', { n: 'stale' })]);
        await commit(store, [put('a', { n: 2 })]);
        await expect(store.commit(paused)).rejects.toMatchObject({ code: 'stale-projector' });
        expect(await store.get('things', 'a')).toMatchObject({ doc: { n: 2 } });
      });

      it('69 lets one of two at once through', async () => {
        const store = await open();
        const start = await commit(store, []);
        const both = [batch(start, [put('a', { by: 1 })]), batch(start, [put('a', { by: 2 })])];
        const outcomes = await Promise.allSettled(both.map((one) => store.commit(one)));
        expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      });

      it('69 refuses a projector of another log', async () => {
        const store = await open();
        const start = await commit(store, []);
        const foreign = batch(start, [], { logId: 'another' });
        await expect(store.commit(foreign)).rejects.toMatchObject({ code: 'stale-projector' });
      });

      it('71 gives cents back as they were, up to the last safe one', async () => {
        const store = await open();
        const cents = [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 31, -(2 ** 31) - 1, 0];
        await commit(
          store,
          cents.map((v) => put(`c${v}`, { v })),
        );
        for (const v of cents) {
          expect(await store.get('things', `c${v}`)).toMatchObject({ doc: { v } });
          expect(idsOf(await store.find({ model: 'things', where: [['v', 'eq', v]] }))).toEqual([`c${v}`]);
        }
      });

      it.each<readonly [string, unknown, string]>([
        ['2⁵³', 2 ** 53, '/v'],
        ['a fraction', 0.5, '/v'],
        ['NaN', NaN, '/v'],
        ['undefined', undefined, '/v'],
        ['a bigint', 1n, '/v'],
        ['a date', new Date(0), '/v'],
        ['a lone surrogate', '\udfff', '/v'],
        ['a member name with NUL', { 'a\0': 1 }, '/v'],
      ])('71 refuses a document with %s', async (_, v, path) => {
        const store = await open();
        const bad = batch(null, [{ put: { id: 'a', v } as unknown as Doc }]);
        await expect(store.commit(bad)).rejects.toMatchObject({ code: 'invalid-document', params: { id: 'a', path } });
      });

      it.each(['', 'x'.repeat(201), 'a\0', '\ud800', 7])('71 refuses %j for an id', async (id) => {
        const store = await open();
        const bad = batch(null, [put(id as string)]);
        await expect(store.commit(bad)).rejects.toMatchObject({ code: 'invalid-document' });
      });

      it('74 refuses a document that does not fit its schema, and says where', async () => {
        const schema = s.object({ id: s.text(), day: s.optional(s.day()), tags: s.list(s.nullable(s.text())) });
        const store = await open(things(1, { schema, indexes: [] }));
        const start = await commit(store, [put('a', { tags: ['x', null] })]);
        const bad = batch(start, [put('b', { tags: [] }), put('a', { tags: [1] })]);
        await expect(store.commit(bad)).rejects.toMatchObject({
          code: 'schema-violation',
          params: { model: 'things', generation: 1, path: '/tags/0' },
        });
        expect(await dumpOf(store)).toEqual(['{"id":"a","tags":["x",null]}']);
      });

      given(
        harness.failNextTransaction,
        'its transactions do not fail in passing',
        '78 tries again when a transaction fails in passing, with one effect',
        async (failNext) => {
          const store = await open();
          const committed: Committed[] = [];
          store.onCommitted((one) => committed.push(one));
          await failNext(store);
          const to = await commit(store, [put('a')]);
          expect(committed.map((one) => one.to)).toEqual([to]);
        },
      );

      given(
        harness.openWithoutTransactions,
        'it always has transactions',
        '79 says so where there are no transactions',
        async (openWithout) => {
          expect(track(await openWithout()).capabilities.atomicCommit).toBe(false);
        },
      );

      given(
        harness.kill,
        'it keeps nothing',
        '80 keeps what it acknowledged before it was killed, and goes on',
        async (kill) => {
          for (let i = 0; i < 3; i++) {
            const { store, acknowledged } = await kill();
            track(store);
            const stands = await store.checkpoint('rounds', 1);
            expect(stands!.position >= acknowledged).toBe(true);
            await store.migrate([rounds]);
            const next = batch(stands!.position, [put('next')], {
              projection: 'rounds',
              to: `f${acknowledged}` as Position,
            });
            await store.commit(next);
            expect(await store.get('rounds', 'next')).toMatchObject({ asOf: next.to });
          }
        },
      );

      it('81 takes a document at the limit and refuses one a byte over', async () => {
        const store = await open();
        const frame = Buffer.byteLength(canonical({ id: 'big', text: '' }));
        const atLimit = `é${'x'.repeat(MAX_DOCUMENT_BYTES - frame - 2)}`;
        const start = await commit(store, [put('big', { text: atLimit })]);
        expect(await store.get('things', 'big')).toMatchObject({ doc: { text: atLimit } });
        await expect(store.commit(batch(start, [put('big', { text: `${atLimit}x` })]))).rejects.toMatchObject({
          code: 'document-too-large',
          params: { id: 'big', bytes: MAX_DOCUMENT_BYTES + 1, limit: MAX_DOCUMENT_BYTES },
        });
        expect(await store.get('things', 'big')).toMatchObject({ doc: { text: atLimit }, asOf: start });
      });

      it('82 keeps the last write of a document in a batch', async () => {
        const store = await open();
        await commit(store, [put('a', { n: 1 }), put('b', { n: 1 })]);
        await commit(store, [del('a'), put('a', { n: 2 }), put('b', { n: 2 }), del('b'), del('never')]);
        expect(await dumpOf(store)).toEqual(['{"id":"a","n":2}']);
      });
    });

    describe('reads', () => {
      it('finds several by id, and knows who is not there', async () => {
        const store = await open();
        await commit(store, [put('a'), put('b'), put('\ufffd')]);
        expect(await store.getMany('things', ['b', 'nobody', 'a', 'a', '\ud800', ''])).toEqual(
          new Map([
            ['a', { id: 'a' }],
            ['b', { id: 'b' }],
          ]),
        );
        expect(await store.get('things', 'nobody')).toBeNull();
        expect(await store.get('things', '\ud800')).toBeNull();
      });

      it('gives a copy that nobody else sees changed', async () => {
        const store = await open();
        await commit(store, [put('a', { list: [1] })]);
        const { doc } = (await store.get<Doc & { list: number[] }>('things', 'a'))!;
        doc.list.push(2);
        expect(await store.get('things', 'a')).toMatchObject({ doc: { list: [1] } });
      });

      it('dumps canonical texts in order of id', async () => {
        const store = await open();
        const ids = Array.from({ length: 600 }, (_, i) => `n${String(i).padStart(3, '0')}`);
        await commit(
          store,
          ['😀', '\uff5e', 'a', ...ids.toReversed(), 'Z'].map((id) => put(id, { z: true, b: null })),
        );
        const inOrder = ['Z', 'a', ...ids, '\uff5e', '😀'];
        expect(await dumpOf(store)).toEqual(inOrder.map((id) => `{"b":null,"id":"${id}","z":true}`));
      });

      it('72 pages without gap or double while others write, ties by id', async () => {
        const store = await open();
        const ids = Array.from({ length: 100 }, (_, i) => `n${String(i).padStart(2, '0')}`);
        await commit(
          store,
          ids.map((id, i) => put(id, i % 7 === 0 ? {} : { v: i % 3 })),
        );
        for (const direction of [1, -1] as const) {
          const query: Query = { model: 'things', sort: ['v', direction], limit: 7 };
          const expected = await everyPage(store, { ...query, limit: 1000 });
          const seen: string[] = [];
          let page: Page<Doc> = await store.find(query);
          for (let i = 0; ; i++) {
            seen.push(...idsOf(page));
            if (page.next === null) break;
            // One beside every place a page may end at, and the last document of the page is gone.
            await commit(store, [put(`x${direction}${i}`, { v: i % 3 }), del(idsOf(page).at(-1)!)]);
            page = await store.find({ ...query, cursor: page.next });
          }
          expect(seen.filter((id) => expected.includes(id))).toEqual(expected);
          expect(new Set(seen).size).toBe(seen.length);
          const gone = seen.filter((id) => ids.includes(id));
          await commit(
            store,
            gone.map((id) => put(id, Number(id.slice(1)) % 7 === 0 ? {} : { v: Number(id.slice(1)) % 3 })),
          );
        }
      });

      it('72 sorts by id when nothing is said, in pages of 50', async () => {
        const store = await open();
        await commit(
          store,
          Array.from({ length: 51 }, (_, i) => put(`n${String(50 - i).padStart(2, '0')}`)),
        );
        const page = await store.find({ model: 'things' });
        expect(idsOf(page)).toEqual(Array.from({ length: 50 }, (_, i) => `n${String(i).padStart(2, '0')}`));
        expect(idsOf(await store.find({ model: 'things', cursor: page.next! }))).toEqual(['n50']);
        expect(idsOf(await store.find({ model: 'things', sort: ['id', -1], limit: 2 }))).toEqual(['n50', 'n49']);
      });

      it('72 takes a cursor for its own query only', async () => {
        const store = await open();
        await commit(store, [put('a', { v: 1 }), put('b', { v: 1 }), put('c', { v: 1 })]);
        const where: readonly Filter[] = [
          ['v', 'eq', 1],
          ['v', 'gt', 0],
        ];
        const query: Query = { model: 'things', where, limit: 1 };
        const cursor = (await store.find(query)).next!;
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(idsOf(await store.find({ ...query, where: where.toReversed(), limit: 2, cursor }))).toEqual(['b', 'c']);
        const forged = Buffer.from('["0000000000000000",1,"a"]').toString('base64url');
        const others: readonly Query[] = [
          { ...query, sort: ['v', 1], cursor },
          { model: 'things', limit: 1, cursor },
          { ...query, cursor: `${cursor.slice(0, -4)}AAAA` },
          { ...query, cursor: forged },
          { ...query, cursor: 'no cursor at all' },
          { ...query, cursor: '' },
        ];
        for (const other of others) await expect(store.find(other)).rejects.toMatchObject({ code: 'invalid-cursor' });
      });

      it('73 has one order for all values', async () => {
        const store = await open();
        await commit(
          store,
          ordered.map((doc) => ({ put: doc })),
        );
        const ids = ordered.map(({ id }) => id);
        for (const limit of [1, 4, 1000]) {
          expect(await everyPage(store, { model: 'things', sort: ['v', 1], limit })).toEqual(ids);
          expect(await everyPage(store, { model: 'things', sort: ['v', -1], limit })).toEqual(ids.toReversed());
        }
      });

      for (const [filter, all] of FILTERS) {
        const expected = all.filter(holds);
        const means = all.length === 0 || expected.length > 0 ? open : undefined;
        given(means, 'it holds none', `73 finds and counts ${JSON.stringify(filter)}`, async () => {
          const store = await open();
          await commit(
            store,
            ordered.map((doc) => ({ put: doc })),
          );
          const query: Query = { model: 'things', where: [filter], sort: ['v', 1] };
          expect(idsOf(await store.find(query))).toEqual(expected);
          expect(await store.count(query)).toBe(expected.length);
        });
      }

      it('73 wants all filters to hold', async () => {
        const store = await open();
        await commit(
          store,
          ordered.map((doc) => ({ put: doc })),
        );
        const where: readonly Filter[] = [
          ['v', 'gte', 0],
          ['v', 'lt', 10],
          ['id', 'in', ['one', 'ten', 'zero', 'minus']],
        ];
        expect(idsOf(await store.find({ model: 'things', where, sort: ['v', -1] }))).toEqual(['one', 'zero']);
      });

      it.each(INVALID)('73 refuses %s', async (_, query) => {
        const store = await open();
        await expect(store.find({ model: 'things', ...query })).rejects.toMatchObject({ code: 'invalid-query' });
      });

      it('76 says which position an answer reflects', async () => {
        const store = await open();
        expect(await store.find({ model: 'things' })).toEqual({ items: [], next: null, asOf: null });
        await commit(store, [put('a')]);
        const to = await commit(store, []);
        expect(await store.find({ model: 'things' })).toEqual({ items: [{ id: 'a' }], next: null, asOf: to });
      });

      it('76 waits until a position is projected, and no longer than asked', async () => {
        const store = await open();
        const first = await commit(store, []);
        expect(await store.waitFor('things', first, 0)).toBe(true);
        const next = batch(first, []);
        const short = store.waitFor('things', next.to, 10);
        expect(await short).toBe(false);
        const long = store.waitFor('things', next.to, 60_000);
        await store.commit(batch(null, [], { generation: 2, to: next.to }));
        await store.commit(next);
        expect(await long).toBe(true);
        expect(await store.waitFor('nobody', first, 10)).toBe(false);
      });

      it('77 tells of each commit once, when it can be seen', async () => {
        const store = await open();
        const heard: Committed[] = [];
        const seen: Promise<unknown>[] = [];
        const stop = store.onCommitted((committed) => {
          heard.push(committed);
          seen.push(store.get('things', 'a'));
        });
        const first = batch(null, [put('a', { n: 1 }), del('b'), put('a', { n: 2 })]);
        await store.commit(first);
        await expect(store.commit(first)).rejects.toMatchObject({ code: 'stale-projector' });
        const second = await commit(store, []);
        stop();
        await commit(store, [put('a', { n: 3 })]);
        expect(heard).toEqual([
          { projection: 'things', generation: 1, to: first.to, touched: ['a', 'b'] },
          { projection: 'things', generation: 1, to: second, touched: [] },
        ]);
        expect(await Promise.all(seen)).toEqual([
          { doc: { id: 'a', n: 2 }, asOf: first.to },
          { doc: { id: 'a', n: 2 }, asOf: second },
        ]);
      });
    });

    describe('generations', () => {
      it('75 fills one beside the one that serves, switches at once, goes back', async () => {
        const store = await open(things(1), things(2));
        expect(await store.generations('things')).toEqual({ active: 1, all: [1, 2] });
        const old = await commit(store, [put('a', { of: 1 }), put('b', { of: 1 })]);
        const young = await commit(store, [put('a', { of: 2 }), put('b', { of: 2 }), put('c', { of: 2 })], 2);
        expect(await store.find({ model: 'things' })).toMatchObject({ items: [{ of: 1 }, { of: 1 }], asOf: old });
        expect(await store.load('things', 2, ['c'])).toEqual(new Map([['c', { id: 'c', of: 2 }]]));

        const answers = [0, 1, 2].map(() => store.find({ model: 'things' }));
        const waiting = store.waitFor('things', young, 60_000);
        await Promise.all([...answers, store.activate('things', 2), ...answers]);
        for (const { items } of await Promise.all(answers)) expect(new Set(items.map(({ of }) => of)).size).toBe(1);
        expect(await waiting).toBe(true);
        expect(await store.generations('things')).toEqual({ active: 2, all: [1, 2] });
        expect(await store.get('things', 'c')).toEqual({ doc: { id: 'c', of: 2 }, asOf: young });

        await store.activate('things', 1);
        expect(await store.count({ model: 'things' })).toBe(2);
      });

      it('75 drops one that does not serve, with its checkpoint; the number can be used anew', async () => {
        const store = await open(things(1), things(2));
        await commit(store, [put('a')]);
        await commit(store, [put('a')], 2);
        await expect(store.drop('things', 1)).rejects.toMatchObject({ code: 'generation-active' });
        await store.drop('things', 2);
        expect(await store.checkpoint('things', 2)).toBeNull();
        await expect(commit(store, [put('a')], 2)).rejects.toMatchObject({ code: 'unknown-model' });
        await store.migrate([things(2)]);
        expect(await dumpOf(store, 2)).toEqual([]);
        expect(await dumpOf(store, 1)).toEqual(['{"id":"a"}']);
      });

      it('75 makes room again and again without harm, and takes other indexes', async () => {
        const store = await open();
        await commit(store, [put('a', { w: { x: 1 } })]);
        await store.migrate([things(1, { indexes: [['w.x', 'v'], ['id']] })]);
        expect(idsOf(await store.find({ model: 'things', where: [['w.x', 'eq', 1]] }))).toEqual(['a']);
        expect(await store.generations('things')).toEqual({ active: 1, all: [1] });
      });

      it.each<readonly [string, Partial<ModelSpec>]>([
        ['a model name', { model: 'no"name' }],
        ['a generation', { generation: 0.5 }],
        ['a field', { indexes: [["v') --"]] }],
      ])('refuses %s that is none', async (_, more) => {
        const store = await open();
        await expect(store.migrate([things(1, more)])).rejects.toMatchObject({ code: 'invalid-model' });
      });

      it('does not know a model or a generation that was never made', async () => {
        const store = await open();
        const calls: readonly (() => Promise<unknown>)[] = [
          () => store.get('nothing', 'a'),
          () => store.getMany('nothing', ['a']),
          () => store.find({ model: 'nothing' }),
          () => store.count({ model: 'nothing' }),
          () => store.load('things', 9, ['a']),
          () => dumpOf(store, 9),
          () => store.activate('things', 9),
          () => store.drop('things', 9),
          () => store.commit(batch(null, [put('a')], { generation: 9 })),
          () => store.commit(batch(null, [put('a')], { projection: 'nothing' })),
        ];
        for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'unknown-model' });
        expect(await store.generations('nothing')).toEqual({ active: null, all: [] });
      });
    });

    describe('leases', () => {
      it('70 gives a lease to one of two, until it is released', async () => {
        const store = await open();
        const [mine, others] = await Promise.all([
          store.lease('projector', 'me', 60_000),
          store.lease('projector', 'another', 60_000),
        ]);
        expect(others).toBeNull();
        expect(await mine!.renew()).toBe(true);
        expect(await store.lease('another', 'another', 60_000)).not.toBeNull();
        await mine!.release();
        expect(await mine!.renew()).toBe(false);
        expect(await store.lease('projector', 'another', 60_000)).not.toBeNull();
      });

      it('70 gives it to another when it runs out, and the first one learns that it lost it', async () => {
        const store = await open();
        const mine = await store.lease('projector', 'me', 1);
        await new Promise((resolve) => setTimeout(resolve, 5));
        expect(await mine!.renew()).toBe(false);
        const others = await store.lease('projector', 'another', 60_000);
        await mine!.release();
        expect(await others!.renew()).toBe(true);
      });
    });

    it('says that it is ready, and after closing that it is closed', async () => {
      const store = await open();
      await store.ready();
      const waiting = Promise.allSettled([store.waitFor('things', position(1), 60_000)]);
      await store.close();
      await store.close();
      expect(await waiting).toMatchObject([{ status: 'rejected', reason: { code: 'read-store-closed' } }]);
      const calls: readonly (() => Promise<unknown>)[] = [
        () => store.ready(),
        () => store.get('things', 'a'),
        () => store.find({ model: 'things' }),
        () => store.commit(batch(null, [])),
        () => store.waitFor('things', position(1), 0),
        () => store.migrate([]),
        () => dumpOf(store),
      ];
      for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'read-store-closed' });
    });
  });
}
