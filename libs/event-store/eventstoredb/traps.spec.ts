import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { isPosition, position } from '#kernel';
import type { Position } from '#kernel';
import { startNode, type PretendNode } from '../../../test/servers/eventstoredb/index.ts';
import {
  batch,
  caughtUp,
  clockOff,
  cycle,
  eventsOf,
  FAST,
  fill,
  ids,
  log,
  refused,
  SECOND,
  stored,
  take,
  turn,
  within,
} from '../contract-kit.ts';
import type { EventStore } from '../port.ts';
import { PretendHarness } from './harness.ts';
import { openEventStoreDb } from './index.ts';

jest.setTimeout(60_000);
const pretend = new PretendHarness();
const unhandled: unknown[] = [];
const note = (error: unknown): void => void unhandled.push(error);
beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => void process.off('unhandledRejection', note));
afterEach(async () => {
  await pretend.dispose();
  await turn();
  expect(unhandled.splice(0)).toEqual([]);
});

const open = async (): Promise<[EventStore, PretendNode]> => {
  const store = await pretend.open();
  return [store, pretend.of(store)];
};
const append = (store: EventStore, stream = 'thing-1', count = 1) =>
  store.append(stream, batch(stream, count), { expected: 'no_stream' });

/** Each bites whoever uses the client as its documentation says (`stores.md` §0). */
describe('traps', () => {
  it('1 appends go one by one, never through the batch that has an absolute deadline and no end', async () => {
    const [store, node] = await open();
    const before = node.appends;
    await append(store);
    expect([node.appends - before, node.batchAppends]).toEqual([1, 0]);
  });

  it('1 nor when the connection string names a user', async () => {
    const node = await startNode();
    const store = await openEventStoreDb({ url: node.url.replace('//', '//user:secret@'), production: false });
    const before = node.appends;
    await append(store);
    expect([node.appends - before, node.batchAppends]).toEqual([1, 0]);
    await store.close();
    await node.close();
  });

  it('1 and the clock of this host does not matter: it may be behind by more than any deadline', async () => {
    const [store] = await open();
    await clockOff(-60_000);
    try {
      expect(await append(store)).toMatchObject({ revision: 0n });
    } finally {
      await clockOff(0);
    }
  });

  it('2 caught up comes when everything before it was taken, however fast the server says so', async () => {
    const [store] = await open();
    await fill(store, 500);
    let handled = 0;
    let whenTold: number | undefined;
    for await (const item of store.subscribe({ name: 'x', after: null })) {
      if (item.kind === 'caught-up') whenTold = handled;
      if (whenTold !== undefined) break;
      await sleep(20);
      handled += eventsOf([item]).length;
    }
    expect(whenTold).toBe(500);
  });

  it('3 a checkpoint is the place of an event of ours, with both its halves; never what the server calls one', async () => {
    const [store, node] = await open();
    await fill(store, 5);
    await pretend.faults.writeForeign(store);
    const { events, items } = await take(store.subscribe({ name: 'x', after: null }), caughtUp);
    const places = new Map(node.log.records.map(({ id, position: at }) => [id, position(at)]));
    for (const event of events) {
      expect(isPosition(event.position)).toBe(true);
      expect(event.position).toBe(`${places.get(event.id)}${places.get(event.id)}`);
    }
    expect(items.at(-1)).toEqual({ kind: 'caught-up', head: events.at(-1)!.position });
    await append(store, 'later-1');
    const resumed = await take(store.subscribe({ name: 'x', after: events.at(-1)!.position }), caughtUp);
    expect(resumed.events.map(({ stream }) => stream)).toEqual(['later-1']);
  });

  it.each<[string, (node: PretendNode) => Promise<void>]>([
    ['is killed', (node) => node.kill()],
    ['is stopped in order', (node) => node.stop()],
    ['breaks the connections', async (node) => node.breakConnections()],
    ['ends the call as if it were over', (node) => node.endCalls()],
  ])('4 a server that %s: the subscription goes on by itself, without a gap', async (_, drop) => {
    const [store, node] = await open();
    await fill(store, 5);
    const { items } = await take(store.subscribe({ name: 'x', after: null, retry: FAST }), async (events, item) => {
      if (item.kind === 'caught-up' && events.length === 5) {
        await drop(node);
        await node.start();
        await sleep(50);
        await append(store, 'later-1');
      }
      return events.length === 6;
    });
    expect(items.filter(({ kind }) => kind === 'interrupted')).toMatchObject([{ attempt: 1 }]);
    expect(eventsOf(items)).toEqual(await log(store));
  });

  it('5 leaving the loop ends the call at the server too', async () => {
    const [store, node] = await open();
    await fill(store, 600);
    for await (const _ of store.subscribe({ name: 'x', after: null })) break;
    for await (const _ of store.readAll()) break;
    for await (const _ of store.readStream('fill-0')) break;
    await sleep(100);
    expect(node.openCalls).toBe(0);
  });

  it('6 what cannot be stored is refused before the client sees it: nothing hangs, nothing is half there', async () => {
    const [store, node] = await open();
    const before = node.appends;
    const [good, bad] = batch('a', 2);
    for (const data of [{ a: 1n }, cycle(), { a: undefined }, { a: NaN }]) {
      const events = [good!, { ...bad!, data: data as never }];
      await refused(store.append('thing-1', events, { expected: 'no_stream' }), 'invalid-event');
    }
    expect(node.appends).toBe(before);
    expect(await store.streamState('thing-1')).toEqual({ exists: false });
  });

  it('7 a checkpoint beyond the end of the log is refused: the server would go on without a word', async () => {
    const [store] = await open();
    await fill(store, 3);
    const { position: head } = await store.head();
    const beyond = `${'0'.repeat(10)}ffffff${'0'.repeat(10)}ffffff` as Position;
    await expect(take(store.subscribe({ name: 'x', after: beyond }), caughtUp)).rejects.toMatchObject({
      code: 'checkpoint-ahead-of-log',
      params: { after: beyond, head },
    });
  });

  it('7 and a place in the log where no event begins: servers up to 23.10 would leave one out', async () => {
    const [store] = await open();
    await fill(store, 3);
    const [first] = await log(store);
    const between = BigInt(`0x${first!.position.slice(0, 16)}`) + 1n;
    const after = `${position(between)}${position(between)}` as Position;
    await refused(take(store.subscribe({ name: 'x', after }), caughtUp), 'invalid-position');
  });

  it('8 a conflict is an error with the true revision, also when the connection string asks for none', async () => {
    const node = await startNode();
    const store = await openEventStoreDb({ url: `${node.url}&throwOnAppendFailure=false`, production: false });
    expect(await append(store, 'thing-1', 3)).toMatchObject({ revision: 2n });
    await expect(store.append('thing-1', batch('b', 1), { expected: 0n })).rejects.toMatchObject({
      code: 'concurrency',
      params: { actual: 2n },
    });
    await expect(store.append('thing-2', batch('b', 1), { expected: 0n })).rejects.toMatchObject({
      params: { actual: 'no_stream' },
    });
    await store.close();
    await node.close();
  });

  it('9 reads end in time when the server is silent, though the client has no deadline for them', async () => {
    const [store, node] = await open();
    await fill(store, 5);
    await node.pause();
    const away = { retryable: true, indeterminate: false };
    const reads = [log(store), stored(store, 'fill-0'), store.head(), store.streamState('fill-0'), store.ready()];
    await within(3 * SECOND, Promise.all(reads.map((read) => refused(read, 'store-timeout', away))));
    await node.resume();
    await within(2 * SECOND, store.ready());
  });

  it('10 one client only, known by one file: two of them in one process spoil each other', () => {
    const root = resolve(import.meta.dirname, '../../..');
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: object };
    expect(Object.keys(dependencies).filter((name) => /kurrent|eventstore/.test(name))).toEqual([
      '@eventstore/db-client',
    ]);
    const importers = ['apps', 'libs'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.m?ts$/.test(file) && !file.endsWith('.spec.ts'))
        .map((file) => join(folder, file))
        .filter((file) => /from '(@eventstore|@kurrent)/.test(readFileSync(join(root, file), 'utf8'))),
    );
    expect(importers).toEqual(['libs/event-store/eventstoredb/gateway.ts']);
  });

  it('11 half an append is never taken for a whole one', async () => {
    const [store, node] = await open();
    node.truncateNextAppend(1);
    await expect(append(store, 'thing-1', 3)).rejects.toMatchObject({ retryable: true, indeterminate: true });
    await sleep(50);
    await expect(append(store, 'thing-1', 3)).rejects.toMatchObject({ code: 'concurrency', params: { actual: 0n } });
    expect(ids(await stored(store, 'thing-1'))).toEqual(ids(batch('thing-1', 1)));
  });

  it('12 a subscriber whom the server thinks too slow comes back without a word and without a gap', async () => {
    const [store, node] = await open();
    let drops = 0;
    const { items } = await take(store.subscribe({ name: 'x', after: null }), async (events, item) => {
      if (item.kind === 'caught-up' && drops < 3) {
        node.dropLiveConsumers();
        await append(store, `thing-${drops++}`, 10);
      }
      return events.length === 30;
    });
    expect(items.filter(({ kind }) => kind === 'interrupted')).toEqual([]);
    expect(eventsOf(items)).toEqual(await log(store));
  });

  it('12 and an append is small enough that it seldom thinks so', async () => {
    const [store] = await open();
    await refused(append(store, 'thing-1', 101), 'payload-too-large');
  });

  it('13 an append is never under way twice, also when its caller has given up', async () => {
    const [store, node] = await open();
    node.commitMs = 100;
    const before = node.appends;
    const controller = new AbortController();
    const first = store.append('thing-1', batch('a', 1), { expected: 'no_stream', signal: controller.signal });
    await sleep(20);
    controller.abort();
    await refused(first, 'store-timeout', { indeterminate: true });
    const again = () => store.append('thing-1', batch('a', 1), { expected: 'no_stream' });
    const [second, third] = await Promise.all([again(), again()]);
    expect(third).toEqual(second);
    expect(node.appends - before).toBe(3);
    expect(await log(store)).toHaveLength(1);
  });
});
