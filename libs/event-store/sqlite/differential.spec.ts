import { jest } from '@jest/globals';
import * as fc from 'fast-check';
import { uuidv5 } from '#kernel';
import { log, stored } from '../contract-kit.ts';
import { memoryEventStore } from '../memory/memory.ts';
import { isStoreError } from '../port.ts';
import type { AppendResult, EventStore, Expected, NewEvent, StoredEvent } from '../port.ts';
import { SqliteHarness } from './harness.ts';

jest.setTimeout(60_000); // synced commits take long on a busy disk
const sqlite = new SqliteHarness();
afterEach(() => sqlite.dispose());

interface Append {
  readonly stream: string;
  readonly events: readonly NewEvent[];
  readonly expected: Expected;
}

/** Few streams, few ids and low revisions: retries, overlaps and conflicts of every kind come up often. */
const event = fc
  .integer({ min: 0, max: 5 })
  .map((n): NewEvent => ({ id: uuidv5(String(n)), type: 'A', data: { n }, meta: {} }));
const append: fc.Arbitrary<Append> = fc.record({
  stream: fc.constantFrom('thing-1', 'thing-2'),
  events: fc.array(event, { maxLength: 3 }),
  expected: fc.oneof(fc.constant<Expected>('no_stream'), fc.bigInt({ min: 0n, max: 6n })),
});
/** The appends of one group are made at once. */
const history = fc.array(fc.array(append, { minLength: 1, maxLength: 4 }), { maxLength: 25 });

const outcome = (answer: PromiseSettledResult<AppendResult>) => {
  if (answer.status === 'fulfilled') return answer.value;
  const error: unknown = answer.reason;
  if (!isStoreError(error)) throw error;
  return { code: error.code, params: error.params };
};

const withoutClock = (events: readonly StoredEvent[]) => events.map((event) => ({ ...event, storedAt: null }));

async function play(store: EventStore, groups: readonly (readonly Append[])[]) {
  const answers = [];
  for (const group of groups) {
    const settled = await Promise.allSettled(
      group.map(({ stream, events, expected }) => store.append(stream, events, { expected })),
    );
    answers.push(settled.map(outcome));
  }
  return {
    answers,
    log: withoutClock(await log(store)),
    backwards: withoutClock(await stored(store, 'thing-1', { direction: 'backwards', limit: 3 })),
    states: [await store.streamState('thing-1'), await store.streamState('thing-2')],
    head: (await store.head()).position,
  };
}

it('answers like the specification, whatever is appended in whatever order (200 histories)', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (groups) => {
      const store = await sqlite.open();
      expect(await play(store, groups)).toEqual(await play(memoryEventStore(), groups));
      await sqlite.dispose();
    }),
    { numRuns: 200 },
  );
});
