import { jest } from '@jest/globals';
import type { Lease, ReadStore } from '#read-store';
import { memoryReadStore } from '#read-store/memory';
import { Duty } from './duty.ts';

const SECOND = 1_000;
const pass = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

/** A process that would do the work, and whether it does. */
function worker(reads: ReadStore) {
  const seen = { working: false, tended: 0, failures: [] as unknown[] };
  const work = {
    start: async () => void (seen.working = true),
    tend: async () => void seen.tended++,
    stop: async () => void (seen.working = false),
  };
  return { seen, work, duty: new Duty(reads, [work], (error) => seen.failures.push(error)) };
}

/** The store as one process reaches it: it can be cut off, and its renewals can be lost. */
function reached(reads: ReadStore): { store: ReadStore; cut: (off: boolean) => void } {
  let off = false;
  const whileReached = <T>(call: () => Promise<T>): Promise<T> => (off ? Promise.reject(new Error('away')) : call());
  const lease: ReadStore['lease'] = async (...asked) => {
    const held = await whileReached(() => reads.lease(...asked));
    return held && ({ renew: () => whileReached(() => held.renew()), release: () => held.release() } satisfies Lease);
  };
  return { store: { ...reads, lease }, cut: (now) => void (off = now) };
}

describe('who is on duty', () => {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] }));
  afterEach(() => void jest.useRealTimers());

  it('is one of two; the other takes over at once when the first one leaves', async () => {
    const reads = memoryReadStore();
    const [first, second] = [worker(reads), worker(reads)];
    await first.duty.start();
    await second.duty.start();
    await pass(60 * SECOND);
    expect([first.seen.working, second.seen.working]).toEqual([true, false]);
    expect(first.seen.tended).toBeGreaterThan(5);
    await first.duty.stop();
    expect(first.seen.working).toBe(false);
    await pass(1 * SECOND);
    expect(second.seen.working).toBe(true);
    await second.duty.stop();
  });

  it('is another one within the time to live when the first one dies', async () => {
    const reads = memoryReadStore();
    const dying = reached(reads);
    const [first, second] = [worker(dying.store), worker(reads)];
    await first.duty.start();
    await second.duty.start();
    await pass(7 * SECOND);
    dying.cut(true);
    await pass(16 * SECOND);
    expect([first.seen.working, second.seen.working]).toEqual([false, true]);
    await first.duty.stop();
    await second.duty.stop();
  });

  it('stays on duty through a short outage: nobody else can have the lease meanwhile', async () => {
    const { store, cut } = reached(memoryReadStore());
    const { seen, duty } = worker(store);
    await duty.start();
    await pass(5 * SECOND);
    cut(true);
    await pass(8 * SECOND);
    cut(false);
    await pass(10 * SECOND);
    expect(seen.working).toBe(true);
    await duty.stop();
  });

  it('tries again when it could not begin, and says why', async () => {
    const reads = memoryReadStore();
    const { seen, work, duty } = worker(reads);
    let away = true;
    const { start } = work;
    work.start = () => (away ? Promise.reject(new Error('away')) : start());
    await duty.start();
    expect(seen).toMatchObject({ working: false, failures: [new Error('away')] });
    away = false;
    await pass(1 * SECOND);
    expect(seen.working).toBe(true);
    await duty.stop();
  });
});
