import * as fc from 'fast-check';
import { uuidv5 } from '#kernel';
import type { Json, JsonObject, Position } from '#kernel';
import { isStoreError } from './port.ts';
import type {
  AppendResult,
  EventStore,
  NewEvent,
  StoredEvent,
  StoreErrorCode,
  Subscription,
  SubscriptionItem,
} from './port.ts';

/** What can go wrong with an adapter. A case that needs a fault which the adapter does not have is reported as not applicable. */
export interface Faults {
  /** From now on the store fails. */
  outage?(store: EventStore): Promise<void>;
  /** Ends the outage: the same object goes on. */
  recover?(store: EventStore): Promise<void>;
  /** The store dies without a goodbye, with work in flight or not. Returns what to go on with, on the same log. */
  crash?(store: EventStore): Promise<EventStore>;
  /** The next append is committed, and its answer is lost. */
  loseNextReply?(store: EventStore): Promise<void>;
  /** Connections stay open and nothing comes through them any more. */
  silence?(store: EventStore): Promise<void>;
  /** The server ends all its calls without an error. */
  endCalls?(store: EventStore): Promise<void>;
  /** Sets the server's clock off by so much. */
  skewClock?(store: EventStore, ms: number): Promise<void>;
  /** Calls, statements and the like that are open now. */
  openCalls?(store: EventStore): Promise<number>;
  /** Spoils the text of an event as it is stored. */
  corrupt?(store: EventStore, event: StoredEvent): Promise<void>;
  /** Writes system events and streams with names that are not ours. */
  writeForeign?(store: EventStore): Promise<void>;
  /** Takes the right to read away. */
  revokeRead?(store: EventStore): Promise<void>;
  /** A store whose log goes on just before that sequence number. */
  openBefore?(sequence: bigint): Promise<EventStore>;
}

export interface Harness {
  /** A store on an empty log of its own. */
  open(): Promise<EventStore>;
  /** After each case: frees what was opened, whatever became of it. */
  dispose(): Promise<void>;
  readonly faults: Faults;
  /** Why it lacks a fault, where it is not for what {@link WITHOUT} says. */
  readonly reasons?: Partial<Readonly<Record<keyof Faults, string>>>;
  /** Cases, by number, that cannot be had here at all, and why. */
  readonly without?: Readonly<Record<string, string>>;
}

/** Why a case does not apply. */
export const WITHOUT: Record<keyof Faults, string> = {
  outage: 'nothing under it can fail',
  recover: 'it does not outlive a failure',
  crash: 'its log ends with the process',
  loseNextReply: 'its answers cannot be lost',
  silence: 'it has no connection',
  endCalls: 'it has no server',
  skewClock: "it has no clock but the application's",
  openCalls: 'it holds nothing open',
  corrupt: 'it stores no text',
  writeForeign: 'nobody else writes into its log',
  revokeRead: 'it has no access rules',
  openBefore: 'its log always begins at its start',
};

/** A case, or when there is a reason against it a skipped one that tells the reason. */
export function itUnless(reason: string | undefined, title: string, run: () => Promise<void>): void {
  if (reason === undefined) it(title, run);
  else it.skip(`${title} — not applicable: ${reason}`, run);
}

/** What a deadline of the contract may take on a busy machine. */
const SLACK = 5;
export const SECOND = 1000;

export const FAST = { minMs: 10, maxMs: 100 };

export const batch = (name: string, count: number): NewEvent[] =>
  Array.from({ length: count }, (_, n) => ({
    id: uuidv5('contract', name, String(n)),
    type: 'ThingHappened',
    data: { name, n },
    meta: { recordedAt: '2024-02-29T12:00:00.000Z' },
  }));

/** An event of exactly so many bytes; an é counts for two. */
export const sized = (name: string, bytes: number): NewEvent => ({
  ...batch(name, 1)[0]!,
  data: { text: `é${'x'.repeat(bytes - Buffer.byteLength('{"text":"é"}{}'))}` },
  meta: {},
});

export function cycle(): object {
  const value: Record<string, unknown> = {};
  value['a'] = value;
  return value;
}

const jsonName = fc.string({ unit: 'binary' }).filter((name) => !name.includes('\0') && name !== '__proto__');
export const jsonObject: fc.Arbitrary<JsonObject> = fc.letrec<{ value: Json; object: JsonObject }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 8 },
    fc.string({ unit: 'binary' }),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    tie('object'),
  ),
  object: fc.dictionary(jsonName, tie('value'), { noNullPrototype: true }),
})).object;

export const ids = (events: readonly NewEvent[]) => events.map(({ id }) => id);
export async function pagesOf(
  pages: AsyncIterable<readonly StoredEvent[]>,
): Promise<readonly (readonly StoredEvent[])[]> {
  const all: (readonly StoredEvent[])[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

const flat = async (pages: AsyncIterable<readonly StoredEvent[]>) => (await pagesOf(pages)).flat();
export const log = (store: EventStore, options?: Parameters<EventStore['readAll']>[0]) => flat(store.readAll(options));
export const stored = (store: EventStore, stream: string, options?: Parameters<EventStore['readStream']>[1]) =>
  flat(store.readStream(stream, options));

export const refused = (promise: Promise<unknown>, code: StoreErrorCode, more: object = {}) =>
  expect(promise).rejects.toMatchObject({ name: 'StoreError', code, ...more });

/** Only some stores know whether an append was there before. */
export const knows = (store: EventStore, replayed: boolean) =>
  store.capabilities.kind === 'eventstoredb' ? 'unknown' : replayed;
export const replay = (store: EventStore, { revision, position }: { revision: bigint; position: Position }) => ({
  revision,
  position,
  replayed: knows(store, true),
});

export const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Fails when it takes longer than the contract says, with slack for a busy machine. */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`took more than ${SLACK} × ${ms} ms`)), SLACK * ms);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Appends so many events, up to a hundred a stream. */
export async function fill(store: EventStore, count: number, name = 'fill'): Promise<void> {
  const streams = Array.from({ length: Math.ceil(count / 100) }, (_, n) => n);
  for (const n of streams) {
    const stream = `${name}-${n}`;
    await store.append(stream, batch(stream, Math.min(100, count - n * 100)), { expected: 'no_stream' });
  }
}

/** So many writers at once, each on a stream of its own. */
export async function writers(store: EventStore, count: number, appends: number): Promise<void> {
  const write = async (_: unknown, writer: number) => {
    const stream = `writer-${writer}`;
    for (const [n, event] of batch(stream, appends).entries())
      await store.append(stream, [event], { expected: n === 0 ? 'no_stream' : BigInt(n - 1) });
  };
  await Promise.all(Array.from({ length: count }, write));
}

export function expectIncreasing(events: readonly StoredEvent[]): void {
  const positions = events.map(({ position }) => position);
  expect(positions).toEqual([...new Set(positions)].toSorted());
}

type Enough = (events: readonly StoredEvent[], item: SubscriptionItem) => boolean | Promise<boolean>;

export const caughtUp: Enough = (_, { kind }) => kind === 'caught-up';
export const eventsOf = (items: readonly SubscriptionItem[]): readonly StoredEvent[] =>
  items.flatMap((item) => (item.kind === 'events' ? item.events : []));

/** Takes items until there are enough; `enough` is called with all events so far. */
export async function take(subscription: Subscription, enough: Enough) {
  const items: SubscriptionItem[] = [];
  const events: StoredEvent[] = [];
  for await (const item of subscription) {
    items.push(item);
    if (item.kind === 'events') events.push(...item.events);
    if (await enough(events, item)) break;
  }
  return { items, events };
}

const systemNow = Date.now;
export const clockOff = async (ms: number) => {
  Date.now = () => systemNow() + ms;
};

export async function atSkewedClocks(skew: (ms: number) => Promise<void>, store: EventStore): Promise<void> {
  try {
    let expected: 'no_stream' | bigint = 'no_stream';
    for (const ms of [0, 3_600_000, -3_600_000, 0]) {
      await skew(ms);
      const appended: AppendResult = await store.append('thing-1', batch(`at ${ms}/${expected}`, 2), { expected });
      expected = appended.revision;
    }
  } finally {
    await skew(0);
    Date.now = systemNow;
  }
  const events = await log(store);
  expect(events.map(({ revision }) => Number(revision))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expectIncreasing(events);
}

/** Writers that repeat an append until it is answered, and a store that keeps dying under them. */
export class Chaos {
  crashes = 0;
  #restarting: Promise<void> | undefined;
  #answers = 0;

  constructor(
    public store: EventStore,
    private readonly faults: Required<Pick<Faults, 'crash' | 'loseNextReply'>>,
  ) {}

  async write(stream: string, appends: number): Promise<void> {
    for (const [n, event] of batch(stream, appends).entries())
      await this.#append(stream, event, n === 0 ? 'no_stream' : BigInt(n - 1));
  }

  async #append(stream: string, event: NewEvent, expected: 'no_stream' | bigint): Promise<void> {
    for (;;) {
      try {
        await this.store.append(stream, [event], { expected });
        this.#answers += 1;
        if (this.#answers % 41 === 0) await this.faults.loseNextReply(this.store);
        if (this.#answers % 97 === 0) await this.#restart();
        return;
      } catch (error) {
        if (!isStoreError(error) || error.code === 'concurrency') throw error;
        await this.#restart();
      }
    }
  }

  #restart(): Promise<void> {
    this.#restarting ??= (async () => {
      this.crashes += 1;
      this.store = await this.faults.crash(this.store);
      this.#restarting = undefined;
    })();
    return this.#restarting;
  }
}
