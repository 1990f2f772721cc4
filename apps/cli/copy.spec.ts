import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import * as fc from 'fast-check';
import { canonical, uuidv5, type JsonObject } from '#kernel';
import { isStoreError, StoreError, type EventStore, type NewEvent, type StoredEvent } from '#event-store';
import { openCopyTarget, openEventStoreDb, type CopyTarget } from '#event-store/eventstoredb';
import { memoryEventStore } from '#event-store/memory';
import { openSqliteEventStore } from '#event-store/sqlite';
import { startNode, type PretendNode } from '../../test/servers/eventstoredb/index.ts';
import { copy, copyLog } from './copy.ts';

jest.setTimeout(120_000);
const EVENTS = 2_000;
const STREAMS = 50;

const object: fc.Arbitrary<JsonObject> = fc.dictionary(
  fc.string({ unit: 'grapheme', maxLength: 8 }).filter((name) => name !== '__proto__' && !name.includes('\0')),
  fc.oneof(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger(), fc.boolean(), fc.constant(null)),
  { noNullPrototype: true },
);
const [payloads] = fc.sample(fc.array(object, { minLength: 97, maxLength: 97 }), { numRuns: 1, seed: 4 });
/** As often as not the next event is of the same stream: what lies side by side is copied together. */
const [jumps] = fc.sample(
  fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: STREAMS })), { minLength: EVENTS, maxLength: EVENTS }),
  { numRuns: 1, seed: 4 },
);

async function fill(source: EventStore): Promise<void> {
  const ends = new Map<string, bigint>();
  let at = 0;
  for (let n = 0; n < EVENTS; n++) {
    at = (at + jumps![n]!) % STREAMS;
    const stream = `thing-${at}`;
    const event: NewEvent = {
      id: uuidv5('copy', String(n)),
      type: `Thing${n % 5}Happened`,
      data: payloads![n % payloads!.length]!,
      meta: { n, '10': n, '9': null },
    };
    const end = ends.get(stream);
    const { revision } = await source.append(stream, [event], { expected: end ?? 'no_stream' });
    ends.set(stream, revision);
  }
}

/** What is kept: everything but the place and the clock, which are the store's. */
async function kept(store: EventStore): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const page of store.readAll())
    for (const { stream, revision, id, type, data, meta } of page)
      all.push(`${stream} ${revision} ${id} ${type} ${canonical(data)} ${canonical(meta)}`);
  return all;
}

class Killed extends Error {}

describe('copying a log', () => {
  const source = memoryEventStore();
  let node: PretendNode;
  let logId: string;
  beforeAll(async () => {
    await fill(source);
    ({ logId } = await source.head());
  });
  beforeEach(async () => {
    node = await startNode();
  });
  afterEach(() => node.close());

  const open = () => openCopyTarget({ url: node.url, copyOf: logId });

  /** One run, that ends as soon as `events` more are there. True: it came to its end. */
  async function run(events: number, spoil: (target: CopyTarget) => EventStore = (target) => target.events) {
    const target = await open();
    let first: number | undefined;
    try {
      const count = await copyLog(source, spoil(target), (done) => {
        first ??= done;
        if (done - first > events) throw new Killed();
      });
      await target.complete(count);
      return true;
    } catch (error) {
      if (!(error instanceof Killed) && !isStoreError(error)) throw error;
      return false;
    } finally {
      await target.events.close();
    }
  }

  it('comes to the same log, however often it is killed, on either side and in the middle of an append', async () => {
    let runs = 0;
    while (!(await run(300 + 40 * runs, runs % 2 === 0 ? halved : ({ events }) => events)) && runs < 40) {
      runs++;
      if (runs % 3 === 0) {
        await node.kill();
        await node.start();
      }
    }
    expect(runs).toBeGreaterThan(3);
    const copied = await openEventStoreDb({ url: node.url, production: false });
    expect(await kept(copied)).toEqual(await kept(source));
    await copied.close();
  });

  it('appends together what lies side by side', async () => {
    const before = node.appends;
    expect(await run(Infinity)).toBe(true);
    expect(node.appends - before).toBeLessThan(EVENTS * 0.7);
  });

  it('waits for a node that is away for a moment', async () => {
    const target = await open();
    let isDown = false;
    const count = await copyLog(source, target.events, (done) => {
      if (done < 500 || isDown) return;
      isDown = true;
      void node.kill().then(() => setTimeout(() => void node.start(), 200));
    });
    expect([isDown, count]).toEqual([true, EVENTS]);
    await target.events.close();
  });

  it('is finished also when the last answer is lost', async () => {
    const target = await open();
    const count = await copyLog(source, target.events, () => {});
    await node.loseNextReply();
    await target.complete(count);
    await target.events.close();
    await expect(open()).rejects.toMatchObject({ message: expect.stringContaining('finished already') });
  });

  it('is not begun anew when it is finished', async () => {
    await run(Infinity);
    await expect(open()).rejects.toMatchObject({ message: expect.stringContaining('finished already: 2000 events') });
  });

  it('takes an empty target that was looked at before, and so has an identity', async () => {
    await (await openEventStoreDb({ url: node.url, production: false })).close();
    expect(await run(Infinity)).toBe(true);
    const copied = await openEventStoreDb({ url: node.url, production: false });
    expect(await kept(copied)).toEqual(await kept(source));
    await copied.close();
  });

  it('refuses a target in which something else lies', async () => {
    const target = await open();
    const [first] = (await read(source))[0]!;
    await target.events.append(first!.stream, [{ ...first!, data: { other: true } }], { expected: 'no_stream' });
    await expect(copyLog(source, target.events, () => {})).rejects.toThrow(/no copy of this log: event 1 /);
    await target.events.close();
  });

  it('refuses to go on when somebody else writes into the target', async () => {
    const target = await open();
    let isSpoilt = false;
    const spoilt: EventStore = Object.assign(Object.create(target.events) as EventStore, {
      readAll: target.events.readAll.bind(target.events),
      append: async (...asked: Parameters<EventStore['append']>) => {
        if (!isSpoilt) node.write(asked[0], { type: 'Intruded' });
        isSpoilt = true;
        return target.events.append(...asked);
      },
    });
    await expect(copyLog(source, spoilt, () => {})).rejects.toThrow(/somebody else writes/);
    await target.events.close();
  });
});

/** Of each tenth append only the first events are committed, and nobody says so (`stores.md` §0.11). */
function halved({ events }: CopyTarget): EventStore {
  let appends = 0;
  const append: EventStore['append'] = async (stream, all, options) => {
    if (all.length < 2 || ++appends % 10 > 0) return events.append(stream, all, options);
    await events.append(stream, all.slice(0, Math.ceil(all.length / 2)), options);
    throw new StoreError('store-timeout', 'no answer', {}, { retryable: true, indeterminate: true });
  };
  return Object.assign(Object.create(events) as EventStore, { append, readAll: events.readAll.bind(events) });
}

async function read(store: EventStore): Promise<readonly (readonly StoredEvent[])[]> {
  const pages: (readonly StoredEvent[])[] = [];
  for await (const page of store.readAll({ limit: 1 })) pages.push(page);
  return pages;
}

describe('the command', () => {
  const directory = mkdtempSync(join(tmpdir(), 'spoor-copy-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  it('takes a data directory; not one in use, nor one without a log', async () => {
    const node = await startNode();
    const output = { json: true };
    await expect(copy(`sqlite:${directory}`, node.url, output)).rejects.toThrow(/no log in/);
    await expect(copy(directory, node.url, output)).rejects.toThrow(/sqlite:<data directory>/);
    const source = await openSqliteEventStore({ directory, onFatal: () => {} });
    const event: NewEvent = { id: uuidv5('copy'), type: 'ThingHappened', data: { n: 1 }, meta: {} };
    await source.append('thing-1', [event], { expected: 'no_stream' });
    await expect(copy(`sqlite:${directory}`, node.url, output)).rejects.toThrow(/stop the server first/);
    const wanted = await kept(source);
    await source.close();
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    await copy(`sqlite:${directory}`, node.url, output);
    expect(write.mock.calls.at(-1)![0]).toMatch(/"events":1/);
    jest.restoreAllMocks();
    const copied = await openEventStoreDb({ url: node.url, production: false });
    expect(await kept(copied)).toEqual(wanted);
    await copied.close();
    await node.close();
  });
});
