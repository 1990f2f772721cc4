import { codec, StoreError, type EventStore } from '#event-store';
import { memoryEventStore } from '#event-store/memory';
import { streamRef, uuidv5, type JsonObject, type Projection, type Recorded } from '#kernel';
import type { Doc, ReadStore } from '#read-store';
import { memoryReadStore } from '#read-store/memory';
import { eventTypes, totals } from '#testkit';
import fc from 'fast-check';
import { ProjectionRunner } from './projection-runner.ts';
import { LostHistoryError, witnessHead } from './witness.ts';

const META = {
  schema: 1,
  network: 'n',
  occurredAt: '2020-01-01T00:00:00.000Z',
  recordedAt: '2020-01-01T00:00:00.000Z',
  commandId: 'c',
  commandHash: 'h',
};

async function append(store: EventStore, stream: string, type: string, data: JsonObject, id?: string): Promise<void> {
  const state = await store.streamState(stream);
  const expected = state.exists ? state.revision : 'no_stream';
  const revision = state.exists ? state.revision + 1n : 0n;
  const event = { id: id ?? uuidv5(stream, String(revision)), type, data, meta: META };
  await store.append(stream, [event], { expected });
}

const stream = (n: number): string => `counter-${uuidv5('counter', String(n))}`;
const idOf = (n: number): string => streamRef(stream(n)).id;

async function setUp(
  projections: readonly Projection[] = [totals],
  store = memoryEventStore(),
  reads = memoryReadStore(),
) {
  const { logId } = await store.head();
  const runner = new ProjectionRunner(projections, store, codec(eventTypes), reads, logId, async () => 0);
  await runner.start();
  const settled = async () => {
    const { position } = await store.head();
    if (position !== null)
      await runner.reached(
        position,
        projections.map(({ name }) => name),
        2_000,
      );
  };
  return { runner, store, reads, settled };
}

const document = async (reads: ReadStore, n: number) => (await reads.get('totals', idOf(n)))?.doc;

describe('a projection', () => {
  it('follows the log, from what is there to what comes', async () => {
    const store = memoryEventStore();
    await append(store, stream(1), 'CounterOpened', { limit: 9 });
    const { reads, settled, runner } = await setUp([totals], store);
    await append(store, stream(1), 'CounterRaised', { by: 2 });
    await append(store, stream(1), 'CounterRaised', { by: 3 });
    await settled();
    expect(await document(reads, 1)).toEqual({ id: idOf(1), limit: 9, total: 5, raised: 2 });
    await runner.stop();
  });

  it('ignores streams that are not ours', async () => {
    const { store, reads, settled, runner } = await setUp();
    await append(store, 'stranger-1', 'Whatever', {});
    await append(store, stream(1), 'CounterOpened', { limit: 1 });
    await settled();
    expect(await document(reads, 1)).toMatchObject({ limit: 1 });
    await runner.stop();
  });

  it('reads earlier events as they were corrected', async () => {
    const { store, reads, settled, runner } = await setUp();
    await append(store, stream(1), 'CounterOpened', { limit: 9 });
    await append(store, stream(1), 'CounterRaised', { by: 2 }, uuidv5('wrong'));
    await append(store, stream(1), 'CounterRaised', { by: 1 });
    const correction = { event: uuidv5('wrong'), field: 'by', from: 2, to: 5, confirmedBy: 'bo' };
    await append(store, stream(1), 'RecordCorrected', correction);
    await settled();
    expect(await document(reads, 1)).toMatchObject({ total: 6, raised: 2 });
    await runner.stop();
  });

  it('reads each part of a thing as it was corrected', async () => {
    const partOf = ({ stream: { id }, revision }: Recorded): string => `${id}/${revision}`;
    const raises: Projection<JsonObject & { readonly id: string }> = {
      ...totals,
      name: 'raises',
      doc: { type: 'object' },
      indexes: [],
      keys: (event) => (event.type === 'CounterRaised' ? [partOf(event)] : []),
      apply: (event) =>
        event.type === 'CounterRaised' ? [[partOf(event), { id: partOf(event), ...(event.data as JsonObject) }]] : [],
    };
    const { store, reads, settled, runner } = await setUp([raises]);
    await append(store, stream(1), 'CounterOpened', { limit: 9 });
    await append(store, stream(1), 'CounterRaised', { by: 1 });
    await append(store, stream(1), 'CounterRaised', { by: 2 }, uuidv5('wrong'));
    const correction = { event: uuidv5('wrong'), field: 'by', from: 2, to: 5, confirmedBy: 'bo' };
    await append(store, stream(1), 'RecordCorrected', correction);
    await settled();
    const parts = await reads.getMany<Doc>('raises', [`${idOf(1)}/1`, `${idOf(1)}/2`, idOf(1)]);
    expect([...parts.values()]).toEqual([
      { id: `${idOf(1)}/1`, by: 1 },
      { id: `${idOf(1)}/2`, by: 5 },
    ]);
    await runner.stop();
  });

  it('has each event once, whatever commit fails or dies (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 9 })), { maxLength: 30 }),
        fc.array(fc.constantFrom('ok', 'before', 'after'), { maxLength: 20 }),
        async (raises, faults) => {
          const store = memoryEventStore();
          const reads = memoryReadStore();
          for (const n of [1, 2, 3]) await append(store, stream(n), 'CounterOpened', { limit: 100 });
          const commit = reads.commit.bind(reads);
          // A commit that dies before or after it was done: the runner then starts anew, as after a crash.
          reads.commit = async (batch) => {
            const fault = faults.shift();
            if (fault === 'before') throw new Error('died before');
            await commit(batch);
            if (fault === 'after') throw new Error('died after');
          };
          let run = await setUp([totals], store, reads);
          for (const [n, by] of raises) {
            await append(store, stream(n), 'CounterRaised', { by });
            if (faults.length % 3 === 0) {
              await run.runner.stop();
              run = await setUp([totals], store, reads);
            }
          }
          faults.length = 0;
          await run.runner.stop();
          run = await setUp([totals], store, reads);
          await run.settled();
          for (const n of [1, 2, 3]) {
            const mine = raises.filter(([counter]) => counter === n);
            const total = mine.reduce((sum, [, by]) => sum + by, 0);
            expect(await document(reads, n)).toMatchObject({ total, raised: mine.length });
          }
          await run.runner.stop();
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('a poison event', () => {
  const poisonous: Projection = {
    ...totals,
    name: 'poisonous',
    apply: (event, doc) => {
      if (event.type === 'CounterRaised' && (event.data as { by: number }).by === 13) throw new Error('unlucky');
      return totals.apply(event, doc as never);
    },
  };

  it('pauses that projection, visibly and right before it; the others go on', async () => {
    const { store, reads, runner } = await setUp([totals, poisonous]);
    await append(store, stream(1), 'CounterOpened', { limit: 99 });
    for (const by of [1, 13, 2]) await append(store, stream(1), 'CounterRaised', { by });
    const { position } = await store.head();
    expect(await runner.reached(position!, ['totals'], 2_000)).toBe(true);
    let status = (await runner.list())[1]!;
    while (status.state !== 'paused') {
      await new Promise((resolve) => setTimeout(resolve, 20));
      status = (await runner.list())[1]!;
    }
    expect(status).toMatchObject({ name: 'poisonous', lagEvents: 2, error: { message: 'unlucky' } });
    expect((await reads.get('poisonous', idOf(1)))?.doc).toMatchObject({ total: 1, raised: 1 });
    expect(await document(reads, 1)).toMatchObject({ total: 16, raised: 3 });
    await runner.stop();
  });

  it('an unknown type in a stream of ours pauses too: it is never skipped', async () => {
    const { store, runner } = await setUp();
    await append(store, stream(1), 'CounterExploded', {});
    let [status] = await runner.list();
    while (status!.state !== 'paused') {
      await new Promise((resolve) => setTimeout(resolve, 20));
      [status] = await runner.list();
    }
    expect(status!.error!.message).toContain('CounterExploded');
    await runner.stop();
  });
});

describe('a rebuild', () => {
  it('gives the same bytes beside the one that serves; switch, and back', async () => {
    const { store, reads, runner, settled } = await setUp();
    for (const n of [1, 2, 3]) {
      await append(store, stream(n), 'CounterOpened', { limit: 9 });
      await append(store, stream(n), 'CounterRaised', { by: n });
    }
    await settled();
    expect(await runner.diff('totals')).toBeUndefined();
    const status = await runner.rebuild('totals');
    expect(status).toMatchObject({ generation: 1000, rebuild: { generation: 1001 } });
    expect(await runner.diff('totals')).toEqual({ equal: 3, different: [], missing: [], extra: [] });
    expect(await runner.activate('totals', 1001)).toMatchObject({ generation: 1001, rebuild: { generation: 1000 } });
    await append(store, stream(1), 'CounterRaised', { by: 4 });
    await settled();
    expect(await document(reads, 1)).toMatchObject({ total: 5 });
    expect(await runner.activate('totals', 1000)).toMatchObject({ generation: 1000 });
    expect(await document(reads, 1)).toMatchObject({ total: 5 });
    await runner.stop();
  });

  it('shows what differs', async () => {
    const { store, reads, runner, settled } = await setUp();
    await append(store, stream(1), 'CounterOpened', { limit: 9 });
    await settled();
    await runner.rebuild('totals');
    await runner.diff('totals');
    await runner.stop();
    const { position, logId } = await store.head();
    const wrong = { id: idOf(1), limit: 8, total: 0, raised: 0 };
    await append(store, 'stranger-2', 'Whatever', {});
    const next = (await store.head()).position!;
    for (const [generation, ops] of [
      [1000, []],
      [1001, [{ put: wrong }]],
    ] as const)
      await reads.commit({ projection: 'totals', generation, from: position, to: next, logId, ops });
    const again = await setUp([totals], store, reads);
    expect(await again.runner.diff('totals')).toEqual({ equal: 0, different: [idOf(1)], missing: [], extra: [] });
    await again.runner.stop();
  });

  it('of a new version serves the old documents until it has caught up, then switches', async () => {
    const { store, reads, runner, settled } = await setUp();
    await append(store, stream(1), 'CounterOpened', { limit: 9 });
    await settled();
    await runner.stop();
    const next = await setUp([{ ...totals, version: 2 }], store, reads);
    await next.settled();
    while ((await reads.generations('totals')).active !== 2000) await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await reads.generations('totals')).all).toEqual([1000, 2000]);
    expect(await document(reads, 1)).toMatchObject({ limit: 9 });
    await next.runner.stop();
  });
});

describe('read models that another process keeps', () => {
  /** Two runners on the same stores: one follows, the other one looks on. */
  async function beside() {
    const { runner, store, reads, settled } = await setUp();
    const { logId } = await store.head();
    const onlooker = new ProjectionRunner([totals], store, codec(eventTypes), reads, logId, async () => 0);
    await onlooker.prepare();
    return { runner, onlooker, store, reads, settled };
  }

  it('can be asked for before anybody has projected, and say how far they are', async () => {
    const store = memoryEventStore();
    const { logId } = await store.head();
    const onlooker = new ProjectionRunner([totals], store, codec(eventTypes), memoryReadStore(), logId, async () => 0);
    await append(store, stream(1), 'CounterOpened', { limit: 9 });
    await onlooker.prepare();
    expect(await onlooker.list()).toMatchObject([{ state: 'elsewhere', position: null, lagEvents: 1 }]);
  });

  it('are rebuilt, compared and switched from here, and back', async () => {
    const { runner, onlooker, store, reads, settled } = await beside();
    await append(store, stream(1), 'CounterOpened', { limit: 9 });
    await settled();
    expect(await onlooker.list()).toMatchObject([{ state: 'elsewhere', lagEvents: 0 }]);
    expect(await onlooker.rebuild('totals')).toMatchObject({ rebuild: { generation: 1001, ready: false } });
    await runner.tend();
    expect(await onlooker.diff('totals')).toEqual({ equal: 1, different: [], missing: [], extra: [] });
    expect(await onlooker.activate('totals', 1001)).toMatchObject({ generation: 1001, rebuild: { ready: true } });
    await runner.tend();
    await append(store, stream(1), 'CounterRaised', { by: 2 });
    await settled();
    expect(await document(reads, 1)).toMatchObject({ total: 2 });
    expect(await onlooker.activate('totals', 1000)).toMatchObject({ generation: 1000 });
    await runner.stop();
  });

  it('are left when they are dropped from here, and the next build is followed', async () => {
    const { runner, onlooker, store, reads, settled } = await beside();
    await append(store, stream(1), 'CounterOpened', { limit: 9 });
    await settled();
    await onlooker.rebuild('totals');
    await runner.tend();
    await onlooker.rebuild('totals');
    await runner.tend();
    expect((await reads.generations('totals')).all).toEqual([1000, 1002]);
    expect(await onlooker.diff('totals')).toMatchObject({ equal: 1 });
    expect(await runner.list()).toMatchObject([{ state: 'live', rebuild: { generation: 1002, ready: true } }]);
    await runner.stop();
    await runner.start();
    await append(store, stream(1), 'CounterRaised', { by: 2 });
    await settled();
    expect(await document(reads, 1)).toMatchObject({ total: 2 });
    await runner.stop();
  });

  it('do not say how far behind they are while the log is away', async () => {
    const { runner, onlooker, store } = await beside();
    store.head = () => Promise.reject(new StoreError('store-unavailable', 'away', {}, { retryable: true }));
    expect(await onlooker.list()).toMatchObject([{ lagEvents: null, lagSeconds: null }]);
    await runner.stop();
  });
});

describe('what is done at once', () => {
  it('a look and a rebuild: each generation is followed once, and nothing is left when it stops', async () => {
    const { runner, store } = await setUp();
    await append(store, stream(1), 'CounterOpened', { limit: 9 });
    const open = new Set<object>();
    const subscribe = store.subscribe.bind(store);
    store.subscribe = (options) => {
      const subscription = subscribe(options);
      open.add(subscription);
      options.signal?.addEventListener('abort', () => open.delete(subscription));
      return subscription;
    };
    await Promise.all([runner.rebuild('totals'), runner.tend(), runner.tend()]);
    expect(open.size).toBe(1);
    await Promise.all([runner.rebuild('totals'), runner.stop(), runner.tend()]);
    expect(open.size).toBe(0);
  });

  it('a switch to a new version that fails in passing is made at the next look', async () => {
    const { store, reads, runner, settled } = await setUp();
    await append(store, stream(1), 'CounterOpened', { limit: 9 });
    await settled();
    await runner.stop();
    const activate = reads.activate.bind(reads);
    let failures = 1;
    reads.activate = (...to) => (failures-- > 0 ? Promise.reject(new Error('stepped down')) : activate(...to));
    const next = await setUp([{ ...totals, version: 2 }], store, reads);
    while (failures > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    while ((await reads.generations('totals')).active !== 2000) {
      await next.runner.tend();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await next.runner.stop();
  });
});

describe('the head witness', () => {
  it('refuses a log that ends before what a checkpoint has seen, naming both positions', async () => {
    const { store, reads, runner, settled } = await setUp();
    await append(store, stream(1), 'CounterOpened', { limit: 9 });
    await append(store, stream(1), 'CounterRaised', { by: 1 });
    await settled();
    await runner.stop();
    const { position, logId } = await store.head();
    const truncated: EventStore = { ...store, head: async () => ({ position: null, logId }) };
    const followers = [{ name: 'totals', generation: 1000 }];
    await expect(witnessHead(truncated, reads, followers)).rejects.toThrow(
      new LostHistoryError(
        `the log ends at nothing, but totals has seen ${position}: events were lost; restore the newest log`,
      ),
    );
    await expect(witnessHead(memoryEventStore(), reads, followers)).rejects.toThrow(/was built from log/);
    await expect(witnessHead(store, reads, followers)).resolves.toEqual({ position, logId });
  });
});
