import { jest } from '@jest/globals';
import { codec, StoreError, type EventStore } from '#event-store';
import { memoryEventStore } from '#event-store/memory';
import { uuidv5, type Instant } from '#kernel';
import { memorySubjects } from '#privacy';
import { closeCounter, eventTypes, openCounter, raiseCounter } from '#testkit';
import { simulatedClock } from './clock.ts';
import { CommandRunner } from './command-runner.ts';
import type { CommandRequest, CommandResult } from './types.ts';

const AN = uuidv5('an');
const MORNING = '2020-06-10T08:00:00.000Z';

function setUp(store: EventStore = memoryEventStore()) {
  const clock = simulatedClock(MORNING);
  const subjects = memorySubjects();
  const runner = new CommandRunner(store, codec(eventTypes), subjects, clock, [raiseCounter]);
  const run = (request: Partial<CommandRequest> & Pick<CommandRequest, 'definition'>): Promise<CommandResult> =>
    runner.run({ body: {}, actor: { subject: AN, role: 'back-office' }, key: 'k', ifMatch: '*', ...request });
  const open = async (limit = 10, key = 'open'): Promise<string> =>
    receipt(await run({ definition: openCounter, body: { limit } as object, key })).id;
  const raise = (id: string, by: number, more: Partial<CommandRequest> = {}) =>
    run({ definition: raiseCounter, id, body: { by } as object, key: `raise ${by}`, ...more });
  const log = async () => {
    const events = [];
    for await (const page of store.readAll()) events.push(...page);
    return events;
  };
  return { store, clock, subjects, run, open, raise, log, runner };
}

const receipt = (result: CommandResult) => {
  if (result.kind !== 'done') throw new Error(JSON.stringify(result));
  return result.receipt;
};
const code = (result: CommandResult) => (result.kind === 'refused' ? result.rejection.rejected : result.kind);

describe('a command', () => {
  it('writes one event, which says who, when, why and on what it rests', async () => {
    const { run, open, log } = setUp();
    const id = await open();
    const other = await open(5, 'other');
    await run({
      definition: raiseCounter,
      id,
      body: {
        by: 3,
        within: other,
        reason: { text: { nl: 'Omdat' } },
        occurredAt: '2020-06-10T10:30:00+02:00',
      } as object,
    });
    const event = (await log()).at(-1)!;
    expect(event).toMatchObject({ type: 'CounterRaised', data: { by: 3 } });
    expect(event.meta).toMatchObject({
      schema: 1,
      network: 'n',
      occurredAt: '2020-06-10T08:30:00.000Z',
      recordedAt: MORNING,
      actor: { subject: AN, role: 'back-office', organisation: 'org' },
      commandId: event.id,
      reason: { text: { nl: 'Omdat' } },
      basis: [{ stream: `counter-${other}`, revision: 0 }],
    });
  });

  it('gives the same answer for ever when it is given again', async () => {
    const { open, raise, log, store } = setUp();
    const id = await open();
    const first = receipt(await raise(id, 3));
    await raise(id, 4);
    const again = await raise(id, 3);
    expect(again).toMatchObject({ kind: 'done', replayed: true, receipt: first });
    const elsewhere = setUp(store);
    expect(receipt(await elsewhere.raise(id, 3))).toEqual(first);
    expect(await log()).toHaveLength(3);
  });

  it('is one when two equal ones come at once', async () => {
    const { open, raise, log } = setUp();
    const id = await open();
    const answers = await Promise.all([1, 2, 3].map(() => raise(id, 3)));
    expect(new Set(answers.map((answer) => JSON.stringify(receipt(answer)))).size).toBe(1);
    expect(await log()).toHaveLength(2);
  });

  it('is refused under a key that another body has used', async () => {
    const { open, raise } = setUp();
    const id = await open();
    await raise(id, 3, { key: 'same' });
    expect(code(await raise(id, 4, { key: 'same' }))).toBe('idempotency-key-reused');
  });

  it('that changes nothing stores nothing and is decided anew', async () => {
    const { open, raise, log } = setUp();
    const id = await open();
    expect(receipt(await raise(id, 0))).toMatchObject({ event: null, revision: 0 });
    expect(await log()).toHaveLength(1);
  });

  it('that is refused stores nothing and may succeed later', async () => {
    const { open, raise, run, log } = setUp();
    const id = await open(10);
    expect(code(await raise(id, 11))).toBe('limit-exceeded');
    expect(await log()).toHaveLength(1);
    expect(code(await run({ definition: raiseCounter, id: uuidv5('none'), body: { by: 1 } as object }))).toBe(
      'not-found',
    );
  });

  it('tried dry says what it would write and writes nothing', async () => {
    const { open, raise, log, run, subjects } = setUp();
    const id = await open();
    expect(await raise(id, 3, { dryRun: true })).toEqual({
      kind: 'dry-run',
      event: { type: 'CounterRaised', data: { by: 3 }, occurredAt: MORNING },
    });
    const body = { limit: 1, name: 'An' } as object;
    await run({ definition: openCounter, body, key: 'dry', dryRun: true });
    expect(await log()).toHaveLength(1);
    expect(await subjects.get([uuidv5(uuidv5(AN, 'OpenCounter', '', 'dry'), 'id')])).toEqual(new Map());
  });

  it('by somebody who may not is refused before anything else is told', async () => {
    const { open, raise } = setUp();
    const id = await open();
    expect(code(await raise(id, 99, { actor: { subject: AN, role: 'stranger' }, ifMatch: 7 }))).toBe('forbidden');
  });
});

describe('personal data', () => {
  it('is kept apart from the event and from the hash of the command', async () => {
    const { run, log, subjects } = setUp();
    const body = (name: string) => ({ limit: 1, name }) as object;
    const { id } = receipt(await run({ definition: openCounter, body: body('An'), key: 'a' }));
    const again = await run({ definition: openCounter, body: body('Bo'), key: 'a' });
    expect(again).toMatchObject({ kind: 'done', replayed: true });
    expect(JSON.stringify((await log()).map(({ data, meta }) => [data, meta]))).not.toMatch(/An"|Bo"/);
    expect((await subjects.get([id])).get(id)).toEqual({ name: 'An' });
  });
});

describe('the revision that the client has seen', () => {
  it('is the present one, or the command is refused with what happened since', async () => {
    const { open, raise } = setUp();
    const id = await open();
    await raise(id, 1, { ifMatch: 0 });
    const late = await raise(id, 2, { ifMatch: 0 });
    expect(late).toMatchObject({
      kind: 'refused',
      rejection: {
        rejected: 'revision-conflict',
        params: { currentRevision: 1, eventsSince: [{ type: 'CounterRaised', revision: 1 }] },
      },
    });
  });

  it('is not told from what happened in another network', async () => {
    const { run, open, raise } = setUp();
    const id = await open();
    const elsewhere = { ...raiseCounter, networkOf: () => 'elsewhere' };
    await run({ definition: elsewhere, id, body: { by: 1 } as object, key: 'theirs' });
    await raise(id, 1);
    expect(await raise(id, 2, { ifMatch: 0 })).toMatchObject({
      rejection: { params: { currentRevision: 2, eventsSince: [{ revision: 2 }] } },
    });
  });

  it('does not matter to a retry', async () => {
    const { open, raise } = setUp();
    const id = await open();
    const first = receipt(await raise(id, 1, { ifMatch: 0 }));
    expect(receipt(await raise(id, 1, { ifMatch: 0 }))).toEqual(first);
  });
});

describe('time', () => {
  it('no event occurs before the first of its stream', async () => {
    const { open, raise } = setUp();
    const id = await open();
    const body = (occurredAt: Instant) => ({ by: 1, occurredAt }) as object;
    expect(code(await raise(id, 1, { body: body('2020-06-09') }))).toBe('out-of-order');
  });

  it('a date is as precise as it is: on the day itself it is not before', async () => {
    const { open, raise, log } = setUp();
    const id = await open();
    await raise(id, 1, { body: { by: 1, occurredAt: '2020-06-10' } as object });
    expect((await log()).at(-1)!.meta).toMatchObject({ occurredAt: MORNING });
  });

  it('no change of status before the last one; other facts may come late', async () => {
    const { clock, open, raise, run } = setUp();
    const id = await open();
    clock.advance('2020-06-12T08:00:00.000Z');
    const at = (occurredAt: string) => ({ occurredAt });
    await run({ definition: closeCounter, id, key: 'close', body: at('2020-06-12T07:00:00.000Z') });
    expect(code(await raise(id, 1, { body: { by: 1, ...at('2020-06-11') } as object }))).toBe('done');
  });
});

describe('what must come first on another stream', () => {
  const PROCESS = { subject: 'process:claims', role: 'process' };
  const after = (by: number, other: string, more: object = {}) => ({ by, after: other, ...more }) as object;
  const told = async (log: () => Promise<readonly { stream: string; data: object }[]>) =>
    (await log()).filter(({ data }) => 'by' in data).map(({ stream }) => stream);

  it('is carried out first, by nobody but the engine, for the sake of the command', async () => {
    const { open, raise, log } = setUp();
    const [id, other] = [await open(), await open(10, 'other')];
    const { commandId } = receipt(await raise(id, 3, { body: after(3, other) }));
    expect(await told(log)).toEqual([`counter-${other}`, `counter-${id}`]);
    const [claim, event] = (await log()).slice(-2);
    expect(claim).toMatchObject({
      data: { by: 3, claim: commandId },
      meta: { actor: PROCESS, causationId: commandId },
    });
    expect(event!.meta).toMatchObject({ basis: [{ stream: `counter-${other}`, revision: 1 }] });
  });

  it('when it is refused is the answer, and nothing is written', async () => {
    const { open, raise, log } = setUp();
    const [id, other] = [await open(), await open(2, 'other')];
    const refused = await raise(id, 3, { body: after(3, other) });
    expect(refused).toMatchObject({ rejection: { rejected: 'limit-exceeded', params: { limit: 2 } } });
    expect(await told(log)).toEqual([]);
    expect(code(await raise(id, 3, { body: after(3, uuidv5('none')) }))).toBe('not-found');
  });

  it('is not asked for by a command that is refused itself, for its time too', async () => {
    const { open, raise, log } = setUp();
    const [id, other] = [await open(2), await open(10, 'other')];
    expect(code(await raise(id, 3, { body: after(3, other) }))).toBe('limit-exceeded');
    expect(code(await raise(id, 1, { body: after(1, other, { occurredAt: '2020-06-09' }) }))).toBe('out-of-order');
    expect(await told(log)).toEqual([]);
  });

  it('is decided and not written by a dry run, which says what the command would write', async () => {
    const { open, raise, log } = setUp();
    const [id, other] = [await open(), await open(5, 'other')];
    expect(await raise(id, 3, { body: after(3, other), dryRun: true })).toEqual({
      kind: 'dry-run',
      event: { type: 'CounterRaised', data: { by: 3 }, occurredAt: MORNING },
    });
    expect(code(await raise(id, 6, { body: after(6, other), dryRun: true }))).toBe('limit-exceeded');
    expect(await told(log)).toEqual([]);
  });

  it('is repeated by no command that is repeated: one after another, at once, after a crash in between', async () => {
    const { open, raise, log, store } = setUp();
    const [id, other] = [await open(), await open(10, 'other')];
    const body = after(3, other);
    const first = receipt(await raise(id, 3, { body }));
    expect(await raise(id, 3, { body })).toMatchObject({ replayed: true, receipt: first });
    expect(await told(log)).toHaveLength(2);
    const answers = await Promise.all([1, 2, 3].map(() => raise(id, 1, { body: after(1, other) })));
    expect(new Set(answers.map((one) => receipt(one).event?.id)).size).toBe(1);
    expect(await told(log)).toHaveLength(4);

    // The claim is written, the booking is not.
    const append = store.append.bind(store);
    let appends = 0;
    store.append = (...appended) => {
      if (appends++ === 1) throw new StoreError('store-unavailable', 'gone');
      return append(...appended);
    };
    expect(code(await raise(id, 2, { body: after(2, other) }))).toBe('store-unavailable');
    expect(await told(log)).toHaveLength(5);
    expect(code(await setUp(store).raise(id, 2, { body: after(2, other) }))).toBe('done');
    expect(await told(log)).toHaveLength(6);
  });

  it('of each other does not wait for ever', async () => {
    const { open, raise, log } = setUp();
    const [id, other] = [await open(1_000), await open(1_000, 'other')];
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => [
        raise(id, 1, { body: after(1, other), key: `a${i}` }),
        raise(other, 1, { body: after(1, id), key: `b${i}` }),
      ]).flat(),
    );
    expect(new Set(answers.map(code))).toEqual(new Set(['done']));
    expect(await told(log)).toHaveLength(200);
  });

  it('that comes first for ever is given up', async () => {
    const { open, run, log } = setUp();
    const id = await open();
    const first = { command: 'RaiseCounter', id, body: { by: 0 }, key: 'k' };
    const decide = () => ({ first, then: { type: 'CounterRaised', data: { by: 1 } } });
    const definition = { ...raiseCounter, decide } as typeof raiseCounter;
    expect(code(await run({ definition, id, body: { by: 1 } as object }))).toBe('contention');
    expect(await told(log)).toEqual([]);
  });
});

/** A store whose next append goes wrong in a given way. */
const failing = (store: EventStore, ways: ('before' | 'after' | 'conflict')[]): EventStore => ({
  capabilities: store.capabilities,
  append: async (stream, events, options) => {
    const way = ways.shift();
    if (way === 'conflict') throw new StoreError('concurrency', 'somebody else was first');
    if (way === 'before') throw new StoreError('store-timeout', 'lost', {}, { indeterminate: true });
    const result = await store.append(stream, events, options);
    if (way === 'after') throw new StoreError('store-timeout', 'reply lost', {}, { indeterminate: true });
    return result;
  },
  readStream: store.readStream.bind(store),
  streamState: store.streamState.bind(store),
  readAll: store.readAll.bind(store),
  head: store.head.bind(store),
  subscribe: store.subscribe.bind(store),
  ready: store.ready.bind(store),
  close: store.close.bind(store),
});

describe('an append whose outcome is unknown', () => {
  it.each([['before'], ['after']] as const)('is found out: lost %s the commit', async (way) => {
    const ways: ('before' | 'after')[] = [];
    const { open, raise, log } = setUp(failing(memoryEventStore(), ways));
    const id = await open();
    ways.push(way);
    expect(receipt(await raise(id, 3))).toMatchObject({ revision: 1 });
    expect(await log()).toHaveLength(2);
  });

  it('after a conflict is decided again', async () => {
    const ways: 'conflict'[] = [];
    const { open, raise, runner } = setUp(failing(memoryEventStore(), ways));
    const id = await open();
    ways.push('conflict', 'conflict');
    expect(receipt(await raise(id, 3))).toMatchObject({ revision: 1 });
    expect(runner.conflicts).toBe(2);
    ways.push('conflict', 'conflict', 'conflict', 'conflict', 'conflict');
    expect(code(await raise(id, 4))).toBe('contention');
  });
});

/** The same log as a server has it: an append says nothing of whether it was there before. */
function remote(store: EventStore): EventStore {
  const append: EventStore['append'] = async (...appended) => ({
    ...(await store.append(...appended)),
    replayed: 'unknown',
  });
  return { ...failing(store, []), append, capabilities: { kind: 'eventstoredb' } };
}

describe('two processes on one log', () => {
  it('with the same key and two bodies at once: one is done, the other one is told', async () => {
    const store = memoryEventStore();
    const arrived: (() => void)[] = [];
    // Both have decided before either appends.
    const together = (one: EventStore): EventStore => {
      const append: EventStore['append'] = async (...appended) => {
        await new Promise<void>((resolve) => {
          arrived.push(resolve);
          if (arrived.length >= 2) for (const go of arrived) go();
        });
        return one.append(...appended);
      };
      return { ...one, append };
    };
    const [first, second] = [1, 2].map(() => setUp(together(remote(store))));
    const results = await Promise.all(
      [first!, second!].map(({ run }, i) => run({ definition: openCounter, body: { limit: i + 1 } as object })),
    );
    expect(results.map(code).toSorted()).toEqual(['done', 'idempotency-key-reused']);
    expect(await first!.log()).toHaveLength(1);
  });

  it('with the same key and the same body at once: both get the one answer', async () => {
    const store = memoryEventStore();
    const [first, second] = [1, 2].map(() => setUp(remote(store)));
    const results = await Promise.all(
      [first!, second!].map(({ run }) => run({ definition: openCounter, body: { limit: 1 } as object })),
    );
    expect(receipt(results[0]!)).toEqual(receipt(results[1]!));
    expect(await first!.log()).toHaveLength(1);
  });
});

describe('a store that passes', () => {
  it('is tried again: what was not written is not refused for a connection that was just reset', async () => {
    const store = memoryEventStore();
    const { open, raise } = setUp(store);
    const id = await open();
    const readStream = store.readStream.bind(store);
    let resets = 2;
    store.readStream = async function* (...read) {
      if (resets-- > 0) throw new StoreError('store-unavailable', 'reset', {}, { retryable: true });
      yield* readStream(...read);
    };
    expect(receipt(await raise(id, 1))).toMatchObject({ revision: 1 });
  });
});

describe('an embedded store', () => {
  it('is waited for as long as it takes: nobody is refused because many came before', async () => {
    const { open, raise } = setUp();
    const id = await open(10_000);
    const results = await Promise.all(Array.from({ length: 500 }, (_, i) => raise(id, 1, { key: `k${i}` })));
    expect(new Set(results.map(code))).toEqual(new Set(['done']));
  });
});

describe('a server that says nothing', () => {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] }));
  afterEach(() => void jest.useRealTimers());
  const within5s = async (results: Promise<CommandResult>): Promise<string> => {
    await jest.advanceTimersByTimeAsync(5_000);
    return code(await Promise.race([results, Promise.resolve<CommandResult>({ kind: 'dry-run', event: null })]));
  };
  const never = new Promise<never>(() => {});

  it('to an append: the outcome is unknown, and the client hears that within 5 s', async () => {
    const { run, store } = setUp(remote(memoryEventStore()));
    const deadlines: unknown[] = [];
    store.append = (_stream, _events, { deadlineMs }) => {
      deadlines.push(deadlineMs);
      return never;
    };
    expect(await within5s(run({ definition: openCounter, body: { limit: 1 } as object }))).toBe('outcome-unknown');
    expect(deadlines).toEqual([2_000]);
  });

  it('to a read: nothing was written, and the client hears that within 5 s', async () => {
    const { run, store } = setUp(remote(memoryEventStore()));
    store.readStream = () => ({ [Symbol.asyncIterator]: () => ({ next: () => never }) });
    expect(await within5s(run({ definition: openCounter, body: { limit: 1 } as object }))).toBe('store-unavailable');
  });

  it('whoever waits behind such a command is told in time, and is not carried out afterwards', async () => {
    const { run, store, open, raise, log } = setUp(remote(memoryEventStore()));
    const id = await open();
    const append = store.append.bind(store);
    const answer = Promise.withResolvers<void>();
    store.append = async (...append_) => {
      await answer.promise;
      return append(...append_);
    };
    const first = raise(id, 1);
    const [second, again] = [raise(id, 2), raise(id, 1)];
    expect(await within5s(first)).toBe('outcome-unknown');
    expect(code(await second)).toBe('contention');
    // The same as the first, which may be written all the same.
    expect(code(await again)).toBe('outcome-unknown');
    answer.resolve();
    await jest.advanceTimersByTimeAsync(1_000);
    expect((await log()).map(({ data }) => data)).toEqual([{ limit: 10 }, { by: 1 }]);
    expect(code(await run({ definition: raiseCounter, id, body: { by: 2 } as object, key: 'raise 2' }))).toBe('done');
  });

  it('long enough to a read: what it then says comes too late to write', async () => {
    const { run, store, log } = setUp(remote(memoryEventStore()));
    const readStream = store.readStream.bind(store);
    const answer = Promise.withResolvers<void>();
    store.readStream = async function* (...read) {
      await answer.promise;
      yield* readStream(...read);
    };
    expect(await within5s(run({ definition: openCounter, body: { limit: 1 } as object }))).toBe('store-unavailable');
    answer.resolve();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await log()).toEqual([]);
  });
});
