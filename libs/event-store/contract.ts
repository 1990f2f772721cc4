import * as fc from 'fast-check';
import { canonical, uuidv5 } from '#kernel';
import type { Json, JsonObject, Position } from '#kernel';
import {
  atSkewedClocks,
  batch,
  caughtUp,
  Chaos,
  clockOff,
  cycle,
  eventsOf,
  expectIncreasing,
  FAST,
  fill,
  ids,
  itUnless,
  jsonObject,
  knows,
  log,
  pagesOf,
  refused,
  replay,
  SECOND,
  sized,
  stored,
  take,
  turn,
  within,
  WITHOUT,
  writers,
} from './contract-kit.ts';
import type { Faults, Harness } from './contract-kit.ts';
import { isStoreError, MAX_APPEND_BYTES, MAX_EVENT_BYTES, PAGE } from './port.ts';
import type { EventStore, StoredEvent } from './port.ts';

export type { Harness } from './contract-kit.ts';

/** What "supports" means, with the numbers of `stores.md` §4. Every adapter runs all of it. */
export function eventStoreContract(name: string, harness: Harness): void {
  const open = () => harness.open();
  const needs = <F extends keyof Faults>(
    faults: readonly F[],
    title: string,
    body: (faults: Required<Pick<Faults, F>>) => Promise<void>,
  ) => {
    const missing = faults.filter((fault) => harness.faults[fault] === undefined);
    const reasons = new Set(missing.map((fault) => harness.reasons?.[fault] ?? WITHOUT[fault]));
    const reason = reasons.size === 0 ? undefined : [...reasons].join(', ');
    itUnless(reason, title, () => body(harness.faults as Required<Pick<Faults, F>>));
  };

  describe(`${name} is an event store`, () => {
    afterEach(() => harness.dispose());

    describe('append', () => {
      it('1 the first append to a stream ends at revision n−1', async () => {
        const store = await open();
        expect(await store.append('thing-1', batch('a', 3), { expected: 'no_stream' })).toMatchObject({ revision: 2n });
      });

      it('2 no_stream on an existing stream is a conflict that tells the actual revision', async () => {
        const store = await open();
        await store.append('thing-1', batch('a', 2), { expected: 'no_stream' });
        await expect(store.append('thing-1', batch('b', 1), { expected: 'no_stream' })).rejects.toMatchObject({
          code: 'concurrency',
          params: { stream: 'thing-1', expected: 'no_stream', actual: 1n },
        });
      });

      it('3 the exact revision is accepted', async () => {
        const store = await open();
        await store.append('thing-1', batch('a', 2), { expected: 'no_stream' });
        expect(await store.append('thing-1', batch('b', 2), { expected: 1n })).toMatchObject({ revision: 3n });
      });

      it('4 a lower revision is a conflict, with expected and actual', async () => {
        const store = await open();
        await store.append('thing-1', batch('a', 3), { expected: 'no_stream' });
        await expect(store.append('thing-1', batch('b', 1), { expected: 0n })).rejects.toMatchObject({
          code: 'concurrency',
          retryable: false,
          indeterminate: false,
          params: { expected: 0n, actual: 2n },
        });
      });

      it('5 a higher revision is a conflict', async () => {
        const store = await open();
        await store.append('thing-1', batch('a', 1), { expected: 'no_stream' });
        await expect(store.append('thing-1', batch('b', 1), { expected: 7n })).rejects.toMatchObject({
          code: 'concurrency',
          params: { expected: 7n, actual: 0n },
        });
      });

      it('6 a revision of an unknown stream is a conflict: actual is no_stream', async () => {
        const store = await open();
        await expect(store.append('thing-1', batch('a', 1), { expected: 0n })).rejects.toMatchObject({
          code: 'concurrency',
          params: { expected: 0n, actual: 'no_stream' },
        });
      });

      it('7 two concurrent appends at the same revision: exactly one wins (200 times)', async () => {
        const store = await open();
        for (let i = 0; i < 200; i++) {
          const stream = `race-${i}`;
          const rivals = [batch(`${i}/a`, 1), batch(`${i}/b`, 1)];
          const outcomes = await Promise.allSettled(
            rivals.map((events) => store.append(stream, events, { expected: 'no_stream' })),
          );
          const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
          expect(outcomes[1 - winner]).toMatchObject({ status: 'rejected', reason: { code: 'concurrency' } });
          expect(ids(await stored(store, stream))).toEqual(ids(rivals[winner]!));
        }
      });

      it('8 of a refused batch nothing is visible', async () => {
        const store = await open();
        await store.append('thing-1', batch('a', 1), { expected: 'no_stream' });
        await refused(store.append('thing-1', batch('b', 3), { expected: 'no_stream' }), 'concurrency');
        expect(ids(await log(store))).toEqual(ids(batch('a', 1)));
      });

      it('9 the identical retry gives the same revision and position', async () => {
        const store = await open();
        const first = await store.append('thing-1', batch('a', 2), { expected: 'no_stream' });
        expect(await store.append('thing-1', batch('a', 2), { expected: 'no_stream' })).toEqual(replay(store, first));
        expect(await log(store)).toHaveLength(2);
      });

      it('9 two identical appends, one after the other without waiting, are one', async () => {
        const store = await open();
        const append = () => store.append('thing-1', batch('a', 2), { expected: 'no_stream' });
        const [first, second] = await Promise.all([append(), append()]);
        expect(second).toEqual(replay(store, first));
        expect(await log(store)).toHaveLength(2);
      });

      it('10 the identical retry after others appended still gives the original revision', async () => {
        const store = await open();
        const first = await store.append('thing-1', batch('a', 2), { expected: 'no_stream' });
        const second = await store.append('thing-1', batch('b', 2), { expected: 1n });
        await store.append('thing-1', batch('c', 2), { expected: 3n });
        expect(await store.append('thing-1', batch('a', 2), { expected: 'no_stream' })).toEqual(replay(store, first));
        expect(await store.append('thing-1', batch('b', 2), { expected: 1n })).toEqual(replay(store, second));
        expect(await log(store)).toHaveLength(6);
      });

      it('11 the retry of a prefix succeeds', async () => {
        const store = await open();
        await store.append('thing-1', batch('a', 3), { expected: 'no_stream' });
        const [first] = await stored(store, 'thing-1');
        expect(await store.append('thing-1', batch('a', 1), { expected: 'no_stream' })).toEqual(replay(store, first!));
      });

      it('12 a partial overlap is a conflict, and nothing is written', async () => {
        const store = await open();
        await store.append('thing-1', batch('a', 2), { expected: 'no_stream' });
        await refused(store.append('thing-1', batch('a', 3), { expected: 'no_stream' }), 'concurrency');
        expect(await log(store)).toHaveLength(2);
      });

      it('13 the retry of a suffix alone is a conflict', async () => {
        const store = await open();
        await store.append('thing-1', batch('a', 2), { expected: 'no_stream' });
        await refused(store.append('thing-1', batch('a', 2).slice(1), { expected: 'no_stream' }), 'concurrency');
      });

      it('14 the same ids in another order are a conflict', async () => {
        const store = await open();
        await store.append('thing-1', batch('a', 2), { expected: 'no_stream' });
        await refused(store.append('thing-1', batch('a', 2).toReversed(), { expected: 'no_stream' }), 'concurrency');
      });

      it('15 the same id in another stream is another event', async () => {
        const store = await open();
        await store.append('thing-1', batch('a', 1), { expected: 'no_stream' });
        expect(await store.append('thing-2', batch('a', 1), { expected: 'no_stream' })).toMatchObject({ revision: 0n });
        expect(await log(store)).toHaveLength(2);
      });

      it('16 the same id at the current revision is a new event', async () => {
        const store = await open();
        await store.append('thing-1', batch('a', 1), { expected: 'no_stream' });
        expect(await store.append('thing-1', batch('a', 1), { expected: 0n })).toMatchObject({ revision: 1n });
        expect(await log(store)).toHaveLength(2);
      });

      it('17 another payload under the same id is a retry: what is stored stays', async () => {
        const store = await open();
        const [event] = batch('a', 1);
        const first = await store.append('thing-1', [event!], { expected: 'no_stream' });
        const changed = { ...event!, data: { changed: true } };
        expect(await store.append('thing-1', [changed], { expected: 'no_stream' })).toEqual(replay(store, first));
        expect(await stored(store, 'thing-1')).toMatchObject([{ data: event!.data }]);
      });

      it('18 an empty batch is refused', async () => {
        const store = await open();
        await refused(store.append('thing-1', [], { expected: 'no_stream' }), 'invalid-request');
        expect(await store.streamState('thing-1')).toEqual({ exists: false });
      });

      it('19 an event at the byte limit is accepted, one byte over is not', async () => {
        const store = await open();
        await refused(
          store.append('thing-1', [sized('a', MAX_EVENT_BYTES + 1)], { expected: 'no_stream' }),
          'payload-too-large',
        );
        expect(await log(store)).toEqual([]);
        await store.append('thing-1', [sized('a', MAX_EVENT_BYTES)], { expected: 'no_stream' });
        expect(await log(store)).toHaveLength(1);
      });

      it('20 an append at the total limit is accepted, one byte over is not', async () => {
        const store = await open();
        const half = MAX_APPEND_BYTES / 2;
        const over = [sized('a', half), sized('b', half + 1)];
        await refused(store.append('thing-1', over, { expected: 'no_stream' }), 'payload-too-large');
        expect(await log(store)).toEqual([]);
        await store.append('thing-1', [sized('a', half), sized('b', half)], { expected: 'no_stream' });
        expect(await log(store)).toHaveLength(2);
      });

      it('21 a hundred events in one append lie together in the log, a hundred and one are refused', async () => {
        const store = await open();
        await refused(store.append('thing-1', batch('x', 101), { expected: 'no_stream' }), 'payload-too-large');
        const streams = ['thing-1', 'thing-2', 'thing-3'];
        await Promise.all(streams.map((s) => store.append(s, batch(s, 100), { expected: 'no_stream' })));
        const order = (await log(store)).map(({ stream }) => stream);
        for (const stream of streams) expect(order.lastIndexOf(stream) - order.indexOf(stream)).toBe(99);
      });

      it.each<[string, unknown, string]>([
        ['a bigint', { a: 1n }, '/0/data/a'],
        ['NaN', { a: { b: NaN } }, '/0/data/a/b'],
        ['a fraction', { a: [0, 1.5] }, '/0/data/a/1'],
        ['an unsafe integer', { a: 2 ** 53 }, '/0/data/a'],
        ['undefined', { a: undefined }, '/0/data/a'],
        ['a function', { a: () => 1 }, '/0/data/a'],
        ['a lone surrogate', { a: '\ud800' }, '/0/data/a'],
        ['a lone surrogate in a name', { '\udc00': 1 }, '/0/data'],
        ['NUL in a name', { 'a\0': 1 }, '/0/data'],
        ['a class instance', { a: new Date(0) }, '/0/data/a'],
        ['a cycle', cycle(), '/0/data/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a'],
        ['a list at the root', [], '/0/data'],
        ['null at the root', null, '/0/data'],
      ])('22 %s is refused with its path, and the store goes on', async (_, data, path) => {
        const store = await open();
        const event = { ...batch('a', 1)[0]!, data: data as JsonObject };
        await expect(store.append('thing-1', [event], { expected: 'no_stream' })).rejects.toMatchObject({
          code: 'invalid-event',
          params: { path },
        });
        await refused(
          store.append('thing-1', [{ ...event, data: {}, meta: event.data }], { expected: 'no_stream' }),
          'invalid-event',
        );
        await store.append('thing-1', batch('a', 1), { expected: 'no_stream' });
      });

      it('23 any text comes back byte for byte (property)', async () => {
        const store = await open();
        let n = 0;
        await fc.assert(
          fc.asyncProperty(jsonObject, jsonObject, async (data, meta) => {
            const stream = `text-${n++}`;
            const event = { id: uuidv5(stream), type: 'ThingHappened', data, meta };
            await store.append(stream, [event], { expected: 'no_stream' });
            const [read] = await stored(store, stream);
            expect(canonical(read!.data)).toBe(canonical(data));
            expect(canonical(read!.meta)).toBe(canonical(meta));
          }),
          { examples: [[{ nfc: '\u00e9', nfd: 'e\u0301', nul: 'a\0b', emoji: '👩‍👩‍👧', rtl: 'שלום\u202e' }, {}]] },
        );
      });

      it('24 names and ids outside the rules are refused alike', async () => {
        const store = await open();
        const [event] = batch('a', 1);
        const names = [
          '',
          'thing',
          'Thing-1',
          '$thing-1',
          'thing-',
          'thing-é',
          'thing-1/2',
          `thing-${'x'.repeat(121)}`,
        ];
        for (const stream of names) {
          await refused(store.append(stream, [event!], { expected: 'no_stream' }), 'invalid-request');
          await refused(stored(store, stream), 'invalid-request');
          await refused(store.streamState(stream), 'invalid-request');
        }
        for (const type of ['', '$type', 'a b', '1a', 'a-b', 'x'.repeat(101)])
          await refused(store.append('thing-1', [{ ...event!, type }], { expected: 'no_stream' }), 'invalid-event');
        for (const id of ['', 'a', event!.id.toUpperCase(), '00000000-0000-0000-0000-000000000000'])
          await refused(store.append('thing-1', [{ ...event!, id }], { expected: 'no_stream' }), 'invalid-event');
        for (const expected of [-1n, 2n ** 63n])
          await refused(store.append('thing-1', [event!], { expected }), 'invalid-request');
        for (const limit of [0, -1, 1.5]) await refused(log(store, { limit }), 'invalid-request');
        await refused(log(store, { after: 'x' as Position }), 'invalid-position');
        expect(await log(store)).toEqual([]);
      });

      it('25 the position answered is the position of the last event', async () => {
        const store = await open();
        const { position } = await store.append('thing-1', batch('a', 3), { expected: 'no_stream' });
        expect((await log(store)).at(-1)!.position).toBe(position);
        expect((await stored(store, 'thing-1')).at(-1)!.position).toBe(position);
      });

      needs(['silence'], '26 the deadline holds with a silent server', async ({ silence }) => {
        const store = await open();
        await silence(store);
        const append = store.append('thing-1', batch('a', 1), { expected: 'no_stream', deadlineMs: 500 });
        await within(1 * SECOND, refused(append, 'store-timeout', { retryable: true, indeterminate: true }));
      });

      it('27 a caller who gives up beforehand or under way does not know the outcome; a retry tells', async () => {
        const store = await open();
        const given = { retryable: true, indeterminate: true };
        const append = (signal?: AbortSignal) =>
          store.append('thing-1', batch('a', 2), { expected: 'no_stream', ...(signal && { signal }) });
        await refused(append(AbortSignal.abort()), 'store-timeout', given);
        const controller = new AbortController();
        const underWay = append(controller.signal);
        controller.abort();
        await underWay.catch((error: unknown) => expect(error).toMatchObject({ code: 'store-timeout', ...given }));
        expect(await append()).toMatchObject({ revision: 1n });
        expect(await log(store)).toHaveLength(2);
      });

      it("28 the application's clock may be an hour off", async () => {
        const store = await open();
        await atSkewedClocks((ms) => clockOff(ms), store);
      });

      needs(['skewClock'], "28 the store's clock may be an hour off", async ({ skewClock }) => {
        const store = await open();
        await atSkewedClocks((ms) => skewClock(store, ms), store);
      });

      it('29 the time of the domain is what the metadata says; storedAt is for display', async () => {
        const store = await open();
        const meta = { recordedAt: '1999-12-31T23:00:00.000Z', occurredAt: '1970-01-01T00:00:00.000Z' };
        await store.append('thing-1', [{ ...batch('a', 1)[0]!, meta }], { expected: 'no_stream' });
        const [event] = await stored(store, 'thing-1');
        expect(event!.meta).toEqual(meta);
        expect(event!.storedAt.getTime()).toBeGreaterThan(Date.parse('2020-01-01'));
      });

      it('what the caller does to an event afterwards does not reach the log', async () => {
        const store = await open();
        const data: { [member: string]: Json } = { n: 1 };
        const appended = store.append('thing-1', [{ ...batch('a', 1)[0]!, data }], { expected: 'no_stream' });
        data['n'] = 2;
        await appended;
        expect(await stored(store, 'thing-1')).toMatchObject([{ data: { n: 1 } }]);
      });
    });

    describe('read', () => {
      it('30 an unknown stream is empty and does not exist', async () => {
        const store = await open();
        expect(await stored(store, 'thing-1')).toEqual([]);
        expect(await store.streamState('thing-1')).toEqual({ exists: false });
        await store.append('thing-1', batch('a', 3), { expected: 'no_stream' });
        expect(await store.streamState('thing-1')).toEqual({ exists: true, revision: 2n });
      });

      it('31 forwards, backwards, from, limit, a single event', async () => {
        const store = await open();
        await store.append('thing-1', batch('a', 5), { expected: 'no_stream' });
        await store.append('thing-2', batch('b', 5), { expected: 'no_stream' });
        const revisions = async (options: Parameters<EventStore['readStream']>[1]) =>
          (await stored(store, 'thing-1', options)).map(({ revision }) => Number(revision));
        expect(await revisions({})).toEqual([0, 1, 2, 3, 4]);
        expect(await revisions({ from: 3n })).toEqual([3, 4]);
        expect(await revisions({ from: 1n, limit: 2 })).toEqual([1, 2]);
        expect(await revisions({ from: 2n, limit: 1 })).toEqual([2]);
        expect(await revisions({ from: 9n })).toEqual([]);
        expect(await revisions({ direction: 'backwards' })).toEqual([4, 3, 2, 1, 0]);
        expect(await revisions({ direction: 'backwards', limit: 1 })).toEqual([4]);
        expect(await revisions({ direction: 'backwards', from: 1n })).toEqual([1, 0]);
        expect(await revisions({ direction: 'backwards', from: 9n, limit: 2 })).toEqual([4, 3]);
      });

      it('32 a stream of 10,000 events comes in order, each once, in pages that are never empty nor too long', async () => {
        const store = await open();
        for (let n = 0; n < 100; n++)
          await store.append('thing-1', batch(`${n}`, 100), { expected: n === 0 ? 'no_stream' : BigInt(n * 100 - 1) });
        for (const direction of ['forwards', 'backwards'] as const) {
          const pages = await pagesOf(store.readStream('thing-1', { direction }));
          expect(pages.every(({ length }) => length > 0 && length <= PAGE)).toBe(true);
          const revisions = pages.flat().map(({ revision }) => Number(revision));
          expect(direction === 'forwards' ? revisions : revisions.toReversed()).toEqual([...Array(10_000).keys()]);
        }
      });

      needs(['openCalls'], '33 leaving a read early frees what it held', async ({ openCalls }) => {
        const store = await open();
        await fill(store, 3 * PAGE);
        for await (const _ of store.readAll()) break;
        for await (const _ of store.readStream('fill-0')) break;
        expect(await openCalls(store)).toBe(0);
      });

      it('34 a read during appends gives a prefix of the stream', async () => {
        const store = await open();
        await store.append('thing-1', batch('0', 100), { expected: 'no_stream' });
        const appending = (async () => {
          for (let n = 1; n < 20; n++)
            await store.append('thing-1', batch(`${n}`, 100), { expected: BigInt(n * 100 - 1) });
        })();
        for (let i = 0; i < 20; i++) {
          const revisions = (await stored(store, 'thing-1')).map(({ revision }) => Number(revision));
          expect(revisions).toEqual([...Array(revisions.length).keys()]);
          expect(revisions.length % 100).toBe(0);
        }
        await appending;
      });

      it('35 after P excludes P, forwards and backwards; reading to the end includes the head', async () => {
        const store = await open();
        await fill(store, 10);
        const events = await log(store);
        const middle = events[4]!.position;
        expect(await log(store, { after: middle })).toEqual(events.slice(5));
        expect(await log(store, { after: middle, limit: 2 })).toEqual(events.slice(5, 7));
        expect(await log(store, { after: middle, direction: 'backwards' })).toEqual(events.slice(0, 4).toReversed());
        expect(await log(store, { direction: 'backwards', limit: 1 })).toEqual(events.slice(-1));
        expect(await log(store, { after: events.at(-1)!.position })).toEqual([]);
        expect((await store.head()).position).toBe(events.at(-1)!.position);
      });

      needs(['writeForeign'], "36 system events and others' streams stay out", async ({ writeForeign }) => {
        const store = await open();
        await writeForeign(store);
        await fill(store, 5);
        await writeForeign(store);
        expect(await log(store)).toHaveLength(5);
        expect((await store.head()).position).toBe((await log(store)).at(-1)!.position);
      });

      it('37 up to a position gives the stream as it was then', async () => {
        const store = await open();
        const first = await store.append('thing-1', batch('a', 2), { expected: 'no_stream' });
        const other = await store.append('thing-2', batch('b', 2), { expected: 'no_stream' });
        await store.append('thing-1', batch('c', 2), { expected: 1n });
        expect(await stored(store, 'thing-1', { upTo: first.position })).toHaveLength(2);
        expect(await stored(store, 'thing-1', { upTo: other.position })).toHaveLength(2);
        expect(await stored(store, 'thing-1', { upTo: other.position, direction: 'backwards' })).toMatchObject([
          { revision: 1n },
          { revision: 0n },
        ]);
        expect(await stored(store, 'thing-2', { upTo: first.position })).toEqual([]);
      });

      needs(
        ['corrupt'],
        '38 an event that cannot be read is named; what lies before it is given',
        async ({ corrupt }) => {
          const store = await open();
          await store.append('thing-1', batch('a', 5), { expected: 'no_stream' });
          const bad = (await stored(store, 'thing-1'))[3]!;
          await corrupt(store, bad);
          const address = { stream: 'thing-1', revision: 3n, position: bad.position };
          const error = { code: 'corrupt-event', params: address };
          const seen: bigint[] = [];
          const note = (events: readonly StoredEvent[]) => seen.push(...events.map(({ revision }) => revision));
          const read = async (pages: AsyncIterable<readonly StoredEvent[]>) => {
            for await (const page of pages) note(page);
          };
          const follow = async () => {
            for await (const item of store.subscribe({ name: 'x', after: null })) note(eventsOf([item]));
          };
          for (const reading of [() => read(store.readStream('thing-1')), () => read(store.readAll()), follow]) {
            await expect(reading()).rejects.toMatchObject(error);
            expect(seen.splice(0)).toEqual([0n, 1n, 2n]);
          }
          expect(await stored(store, 'thing-1', { from: 4n })).toHaveLength(1);
        },
      );

      it('a reader who gives up is told', async () => {
        const store = await open();
        await fill(store, 1);
        await refused(log(store, { signal: AbortSignal.abort() }), 'store-timeout', { indeterminate: false });
      });
    });

    describe('order', () => {
      it('39 positions strictly increase, within and across streams, under eight writers', async () => {
        const store = await open();
        await writers(store, 8, 40);
        expectIncreasing(await log(store));
        for (let w = 0; w < 8; w++) expectIncreasing(await stored(store, `writer-${w}`));
      });

      it('40 positions sort as text as they were issued', async () => {
        const store = await open();
        await fill(store, 300);
        expectIncreasing(await log(store));
      });

      needs(['openBefore'], '40 also past 2³² and 2⁵³', async ({ openBefore }) => {
        for (const border of [2n ** 32n, 2n ** 53n]) {
          const store = await openBefore(border);
          await fill(store, 5);
          const events = await log(store);
          expectIncreasing(events);
          expect(await log(store, { after: events.at(-3)!.position })).toEqual(events.slice(-2));
        }
      });

      it('41 the order of a stream in the log is the order of its revisions', async () => {
        const store = await open();
        await writers(store, 8, 40);
        const seen = new Map<string, bigint>();
        for (const { stream, revision } of await log(store)) {
          expect(revision).toBe((seen.get(stream) ?? -1n) + 1n);
          seen.set(stream, revision);
        }
      });

      it('42 no event turns up behind one that was already delivered', async () => {
        const store = await open();
        const total = 8 * 40;
        const live = take(store.subscribe({ name: 'x', after: null }), (events) => events.length === total);
        const writing = writers(store, 8, 40);
        const polled: StoredEvent[] = [];
        while (polled.length < total) {
          polled.push(...(await log(store, { after: polled.at(-1)?.position ?? null })));
          await turn();
        }
        await writing;
        const events = await log(store);
        expect(polled).toEqual(events);
        expect((await live).events).toEqual(events);
      });
    });

    describe('subscribe', () => {
      it('43 from the start: all, then caught up, then live', async () => {
        const store = await open();
        await fill(store, 600);
        const subscription = store.subscribe({ name: 'x', after: null });
        const { items } = await take(subscription, async (events, item) => {
          if (item.kind === 'caught-up') {
            expect(item.head).toBe(events.at(-1)!.position);
            expect(events).toHaveLength(600);
            await store.append('live-1', batch('live', 3), { expected: 'no_stream' });
          }
          return events.length === 603;
        });
        expect(items.filter(({ kind }) => kind === 'caught-up')).toHaveLength(1);
        const sizes = items.flatMap((item) => (item.kind === 'events' ? [item.events.length] : []));
        expect(sizes.every((size) => size > 0 && size <= PAGE)).toBe(true);
        expect(eventsOf(items)).toEqual(await log(store));
      });

      it('44 caught up comes only after a slow consumer took every earlier event', async () => {
        const store = await open();
        await fill(store, 2 * PAGE);
        let taken = 0;
        await take(store.subscribe({ name: 'x', after: null }), async (events, item) => {
          await turn();
          if (item.kind === 'caught-up') expect(taken).toBe(2 * PAGE);
          taken = events.length;
          return item.kind === 'caught-up';
        });
      });

      it('45 from any checkpoint k: exactly k+1… (property)', async () => {
        const store = await open();
        await fill(store, 600);
        const events = await log(store);
        await fc.assert(
          fc.asyncProperty(fc.integer({ min: 0, max: 600 }), async (k) => {
            const after = events[k - 1]?.position ?? null;
            const resumed = await take(store.subscribe({ name: 'x', after }), caughtUp);
            expect(resumed.events).toEqual(events.slice(k));
          }),
          { numRuns: 40, examples: [[0], [1], [PAGE], [PAGE + 1], [599], [600]] },
        );
      });

      it('46 what was handled and not yet saved is delivered again, and nothing is left out', async () => {
        const store = await open();
        await fill(store, 10);
        let saved: Position | null = null;
        const handled: StoredEvent[] = [];
        for await (const item of store.subscribe({ name: 'x', after: null })) {
          if (item.kind !== 'events') break;
          handled.push(...item.events);
          if (handled.length < 2) continue;
          saved = handled.at(-2)!.position; // the crash comes before the last one is saved
          break;
        }
        const { events } = await take(store.subscribe({ name: 'x', after: saved }), caughtUp);
        expect(events[0]).toEqual(handled.at(-1));
        expect([...handled.slice(0, -1), ...events]).toEqual(await log(store));
      });

      needs(
        ['outage', 'recover'],
        '47 a restart while catching up or live leaves no gap and no double',
        async (faults) => {
          const store = await open();
          await fill(store, 10 * PAGE);
          let outages = 0;
          const { items } = await take(
            store.subscribe({ name: 'x', after: null, retry: FAST }),
            async (events, item) => {
              const live = item.kind === 'caught-up' && outages === 1;
              if ((events.length > PAGE && outages === 0) || live) {
                outages += 1;
                await faults.outage(store);
                await faults.recover(store);
              }
              if (live) await fill(store, 10, 'later');
              return events.length === 10 * PAGE + 10;
            },
          );
          expect(items.filter(({ kind }) => kind === 'interrupted').length).toBeGreaterThanOrEqual(2);
          expect(eventsOf(items)).toEqual(await log(store));
        },
      );

      needs(['crash'], '47 resuming on a log whose store died leaves no gap and no double', async ({ crash }) => {
        let store = await open();
        await fill(store, 2 * PAGE + 10);
        const before = await take(store.subscribe({ name: 'x', after: null }), (events) => events.length > PAGE);
        store = await crash(store);
        await fill(store, 10, 'later');
        const after = await take(
          store.subscribe({ name: 'x', after: before.events.at(-1)!.position, logId: (await store.head()).logId }),
          caughtUp,
        );
        expect([...before.events, ...after.events]).toEqual(await log(store));
        expect(after.events.at(-1)!.stream).toBe('later-0');
      });

      needs(['endCalls'], '48 an end that the server makes is an interruption', async ({ endCalls }) => {
        const store = await open();
        await fill(store, 5);
        const { items } = await take(store.subscribe({ name: 'x', after: null, retry: FAST }), async (events, item) => {
          if (item.kind === 'caught-up' && events.length === 5) {
            await endCalls(store);
            await fill(store, 5, 'later');
          }
          return events.length === 10;
        });
        expect(items).toContainEqual(expect.objectContaining({ kind: 'interrupted' }));
        expect(eventsOf(items)).toEqual(await log(store));
      });

      needs(
        ['outage', 'recover'],
        '49 a store that is away at the start is waited for',
        async ({ outage, recover }) => {
          const store = await open();
          await fill(store, 5);
          await outage(store);
          const { items } = await take(
            store.subscribe({ name: 'x', after: null, retry: FAST }),
            async (events, item) => {
              if (item.kind === 'interrupted') await recover(store);
              return events.length === 5;
            },
          );
          expect(items[0]).toMatchObject({ kind: 'interrupted', attempt: 1, error: { code: 'store-unavailable' } });
        },
      );

      needs(
        ['silence', 'recover'],
        '50 a half-open connection is noticed within 25 s',
        async ({ silence, recover }) => {
          const store = await open();
          await fill(store, 5);
          const subscription = take(store.subscribe({ name: 'x', after: null, retry: FAST }), async (_, item) => {
            if (item.kind === 'caught-up') await silence(store);
            return item.kind === 'interrupted';
          });
          await within(25 * SECOND, subscription);
          await recover(store);
        },
      );

      it('51 a slow consumer misses nothing of 5,000 live events', async () => {
        const store = await open();
        const { items } = await take(store.subscribe({ name: 'x', after: null }), async (events, item) => {
          if (item.kind === 'caught-up') await fill(store, 5000);
          else await turn();
          return events.length === 5000;
        });
        expect(eventsOf(items)).toEqual(await log(store));
      });

      it('52 subscriptions are independent: closing one leaves the other', async () => {
        const store = await open();
        const closing = store.subscribe({ name: 'x', after: null });
        const other = take(store.subscribe({ name: 'y', after: null }), async (events, item) => {
          if (item.kind === 'caught-up') {
            await closing.close();
            await fill(store, 5);
          }
          return events.length === 5;
        });
        expect((await take(closing, () => false)).events).toEqual([]);
        expect((await other).events).toHaveLength(5);
      });

      it('53 close() and the signal end a waiting iterator within 2 s', async () => {
        const store = await open();
        const controller = new AbortController();
        const closed = store.subscribe({ name: 'x', after: null });
        const aborted = store.subscribe({ name: 'y', after: null, signal: controller.signal });
        const ends = [closed, aborted].map((subscription) => take(subscription, () => false));
        await turn();
        controller.abort();
        await within(2 * SECOND, Promise.all([closed.close(), ...ends]));
        const late = store.subscribe({ name: 'z', after: null, signal: AbortSignal.abort() });
        expect(
          (
            await within(
              2 * SECOND,
              take(late, () => false),
            )
          ).items,
        ).toEqual([]);
      });

      needs(['openCalls'], '53 and leave nothing open', async ({ openCalls }) => {
        const store = await open();
        await fill(store, 3 * PAGE);
        const subscription = store.subscribe({ name: 'x', after: null });
        await take(subscription, (events) => events.length > 0);
        await subscription.close();
        expect(await openCalls(store)).toBe(0);
      });

      it("54 the consumer's own error reaches the caller and closes the iterator", async () => {
        const store = await open();
        await fill(store, 5);
        const unhandled: unknown[] = [];
        const note = (error: unknown) => unhandled.push(error);
        process.on('unhandledRejection', note);
        const subscription = store.subscribe({ name: 'x', after: null });
        const poison = new Error('cannot handle this');
        await expect(
          take(subscription, () => {
            throw poison;
          }),
        ).rejects.toBe(poison);
        expect((await take(subscription, () => false)).items).toEqual([]);
        await turn();
        process.off('unhandledRejection', note);
        expect(unhandled).toEqual([]);
      });

      itUnless(harness.without?.['55'], '55 a checkpoint beyond the head is refused', async () => {
        const [store, longer] = [await open(), await open()];
        await fill(store, 3);
        await fill(longer, 20);
        const { position } = await longer.head();
        const subscription = store.subscribe({ name: 'x', after: position });
        await expect(take(subscription, caughtUp)).rejects.toMatchObject({
          code: 'checkpoint-ahead-of-log',
          params: { after: position, head: (await store.head()).position },
        });
      });

      itUnless(harness.without?.['56'], '56 a checkpoint of another log is refused', async () => {
        const [store, other] = [await open(), await open()];
        await fill(store, 3);
        const [{ position, logId }, foreign] = [await store.head(), await other.head()];
        expect(foreign.logId).not.toBe(logId);
        await refused(
          take(store.subscribe({ name: 'x', after: position, logId: foreign.logId }), caughtUp),
          'log-identity-changed',
        );
        await take(store.subscribe({ name: 'x', after: position, logId }), caughtUp);
      });

      needs(['revokeRead'], '57 an access right that is taken away ends the subscription', async ({ revokeRead }) => {
        const store = await open();
        const subscription = take(store.subscribe({ name: 'x', after: null, retry: FAST }), async (_, item) => {
          if (item.kind === 'caught-up') await revokeRead(store);
          return false;
        });
        await refused(subscription, 'store-access-denied');
      });

      it('58 an empty store: caught up, without a head', async () => {
        const store = await open();
        const { items } = await take(store.subscribe({ name: 'x', after: null }), caughtUp);
        expect(items).toEqual([{ kind: 'caught-up', head: null }]);
        expect((await store.head()).position).toBeNull();
      });

      it('59 an event appended while catching up becomes live is delivered once (500 times)', async () => {
        const store = await open();
        let last: Position | null = null;
        for (let i = 0; i < 500; i++) {
          const subscription = take(store.subscribe({ name: 'x', after: last }), (events) =>
            events.some(({ type }) => type === 'Sentinel'),
          );
          for (let hops = 0; hops < i % 9; hops++) await Promise.resolve();
          if (i % 2 === 0) await turn();
          await store.append(`live-${i}`, batch('live', 1), { expected: 'no_stream' });
          await store.append(`live-${i}`, [{ ...batch('s', 1)[0]!, type: 'Sentinel' }], { expected: 0n });
          const { events } = await subscription;
          expect(events.map(({ stream, revision }) => [stream, revision])).toEqual([
            [`live-${i}`, 0n],
            [`live-${i}`, 1n],
          ]);
          last = events.at(-1)!.position;
        }
      });
    });

    describe('outage', () => {
      needs(
        ['outage'],
        '60 an append while the store goes down is refused in time, and may be repeated',
        async ({ outage }) => {
          const store = await open();
          await outage(store);
          const append = () =>
            store.append('thing-1', batch('a', 1), { expected: 'no_stream', deadlineMs: 2 * SECOND });
          await within(2 * SECOND, refused(append(), 'store-unavailable', { retryable: true }));
          await within(2 * SECOND, refused(append(), 'store-unavailable'));
          await refused(store.ready(), 'store-unavailable');
        },
      );

      needs(
        ['loseNextReply', 'crash'],
        '61 committed, and the reply lost: the retry leaves one copy',
        async (faults) => {
          let store = await open();
          await faults.loseNextReply(store);
          const append = () => store.append('thing-1', batch('a', 2), { expected: 'no_stream' });
          await expect(append()).rejects.toMatchObject({ retryable: true, indeterminate: true });
          store = await faults.crash(store);
          expect(await append()).toMatchObject({ revision: 1n, replayed: knows(store, true) });
          expect(ids(await log(store))).toEqual(ids(batch('a', 2)));
        },
      );

      needs(['outage', 'recover'], '62 the same object goes on after an outage', async ({ outage, recover }) => {
        const store = await open();
        await outage(store);
        await refused(store.append('thing-1', batch('a', 1), { expected: 'no_stream' }), 'store-unavailable');
        await recover(store);
        await store.append('thing-1', batch('a', 1), { expected: 'no_stream' });
        await store.ready();
      });

      needs(['outage'], "63 one store's outage never fails another's appends", async ({ outage }) => {
        const [down, up] = [await open(), await open()];
        const inFlight = up.append('thing-1', batch('a', 1), { expected: 'no_stream' });
        await outage(down);
        await refused(down.append('thing-1', batch('a', 1), { expected: 'no_stream' }), 'store-unavailable');
        await inFlight;
        await up.append('thing-1', batch('b', 1), { expected: 0n });
        expect(await log(up)).toHaveLength(2);
      });

      it('64 close() with work in flight settles every promise', async () => {
        const store = await open();
        await fill(store, 3 * PAGE);
        const reading = store.readAll()[Symbol.asyncIterator]();
        await reading.next();
        const live = Promise.withResolvers<void>();
        const subscription = take(store.subscribe({ name: 'x', after: null }), (_, item) => {
          if (item.kind === 'caught-up') live.resolve();
          return false;
        });
        await live.promise;
        const appends = Array.from({ length: 50 }, (_, i) =>
          store.append(`thing-${i}`, batch('a', 1), { expected: 'no_stream' }),
        );
        const [closing, subscribed, ...outcomes] = await within(
          2 * SECOND,
          Promise.allSettled([store.close(), subscription, ...appends]),
        );
        expect([closing.status, subscribed.status]).toEqual(['fulfilled', 'fulfilled']);
        for (const outcome of outcomes)
          if (outcome.status === 'rejected') expect(isStoreError(outcome.reason)).toBe(true);
        await refused(reading.next(), 'store-closed');
        await refused(store.append('thing-1', batch('a', 1), { expected: 'no_stream' }), 'store-closed');
        await refused(log(store), 'store-closed');
        await refused(store.head(), 'store-closed');
        await refused(store.ready(), 'store-closed');
        await refused(take(store.subscribe({ name: 'x', after: null }), caughtUp), 'store-closed');
        await store.close();
      });

      needs(['crash', 'loseNextReply'], '65 1,000 appends under random crashes: each is there once', async (faults) => {
        const chaos = new Chaos(await open(), faults);
        await Promise.all([...Array(20).keys()].map((writer) => chaos.write(`writer-${writer}`, 50)));
        const events = await log(chaos.store);
        expect(events).toHaveLength(1000);
        expect(chaos.crashes).toBeGreaterThan(10);
        for (let writer = 0; writer < 20; writer++) {
          const stream = `writer-${writer}`;
          expect(ids(await stored(chaos.store, stream))).toEqual(ids(batch(stream, 50)));
        }
      });
    });
  });
}
