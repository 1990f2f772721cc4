import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Position } from '#kernel';
import { Proxy } from '../../../../test/servers/proxy.ts';
import type { Faults, Harness } from '../../contract-kit.ts';
import { isStoreError, StoreError } from '../../port.ts';
import type {
  AppendOptions,
  Capabilities,
  EventStore,
  NewEvent,
  ReadAllOptions,
  ReadStreamOptions,
  StoredEvent,
  SubscribeOptions,
  Subscription,
  SubscriptionItem,
} from '../../port.ts';
import { encode } from '../../validate.ts';
import { readConnection } from '../connection.ts';
import { Gateway } from '../gateway.ts';
import { openEventStoreDb } from '../index.ts';

const HEARD_MS = 50;
const NOT_OURS = 'a real server, which is not ours to spoil';

/**
 * A store that sees only streams of its own in a database that others use too: their names begin with what nobody else
 * has, and for it the log begins where it ended when it was opened.
 */
class OwnView implements EventStore {
  readonly capabilities: Capabilities;

  constructor(
    private readonly store: EventStore,
    readonly prefix: string,
    private readonly start: Position | null,
  ) {
    this.capabilities = store.capabilities;
  }

  append(stream: string, events: readonly NewEvent[], options: AppendOptions) {
    return this.#named(() => this.store.append(this.prefix + stream, events, options));
  }

  async *readStream(stream: string, options?: ReadStreamOptions): AsyncGenerator<readonly StoredEvent[]> {
    for await (const page of this.store.readStream(this.prefix + stream, options)) yield this.#own(page);
  }

  streamState(stream: string) {
    return this.#named(() => this.store.streamState(this.prefix + stream));
  }

  async *readAll({ limit = Infinity, ...options }: ReadAllOptions = {}): AsyncGenerator<readonly StoredEvent[]> {
    const backwards = options.direction === 'backwards';
    const after = options.after ?? (backwards ? null : this.start);
    if (limit !== Infinity && !(limit >= 1 && Number.isInteger(limit))) yield* this.store.readAll({ limit });
    let left = limit;
    for await (const page of this.store.readAll({ ...options, after })) {
      const own = this.#own(page).slice(0, left);
      if (own.length > 0) yield own;
      left -= own.length;
      if (left === 0 || (backwards && this.start !== null && page.at(-1)!.position <= this.start)) return;
    }
  }

  async head() {
    const { logId } = await this.store.head();
    for await (const [last] of this.readAll({ direction: 'backwards', limit: 1 }))
      return { position: last!.position, logId };
    return { position: null, logId };
  }

  subscribe(options: SubscribeOptions): Subscription {
    const inner = this.store.subscribe({ ...options, after: options.after ?? this.start });
    const items = this.#items(inner, options.after);
    const close = async () => {
      await inner.close();
      await items.return();
    };
    return { [Symbol.asyncIterator]: () => items, close };
  }

  async *#items(inner: Subscription, after: Position | null): AsyncGenerator<SubscriptionItem, void, void> {
    let head = after;
    for await (const item of inner) {
      if (item.kind === 'caught-up') yield { kind: 'caught-up', head };
      else if (item.kind === 'interrupted') yield item;
      else {
        const events = this.#own(item.events);
        if (events.length > 0) yield { kind: 'events', events };
        head = events.at(-1)?.position ?? head;
      }
    }
  }

  ready = () => this.store.ready();
  close = () => this.store.close();

  #own(events: readonly StoredEvent[]): readonly StoredEvent[] {
    return events
      .filter(({ stream }) => stream.startsWith(this.prefix))
      .map((event) => ({ ...event, stream: event.stream.slice(this.prefix.length) }));
  }

  async #named<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const stream = isStoreError(error) ? error.params['stream'] : undefined;
      if (!isStoreError(error) || typeof stream !== 'string') throw error;
      const params = { ...error.params, stream: stream.slice(this.prefix.length) };
      const { code, message, retryable, indeterminate, cause } = error;
      throw new StoreError(code, message, params, { retryable, indeterminate, cause });
    }
  }
}

interface Opened {
  readonly view: OwnView;
  readonly store: EventStore;
  readonly proxy: Proxy | undefined;
}

/** The contract on a real server: what can be had by breaking the network is had, the rest is left out and said. */
export class RealHarness implements Harness {
  readonly #opened: Opened[] = [];
  /** On this machine, one node, nothing encrypted: a proxy can stand in between. */
  readonly #port: number | undefined;
  readonly without = {
    '55': 'stores in one database share its log: none is longer than the other',
    '56': 'stores in one database have its identity',
  };
  readonly reasons: Partial<Record<keyof Faults, string>>;
  readonly faults: Faults;

  constructor(private readonly url: string) {
    const port = /^esdb:\/\/(?:[^@/]*@)?(?:127\.0\.0\.1|localhost):(\d+)\/?\?(?:.*&)?tls=false/i.exec(url)?.[1];
    this.#port = port === undefined ? undefined : Number(port);
    const far = this.#port === undefined ? `${NOT_OURS}, and it is not one node on this machine without TLS` : NOT_OURS;
    this.reasons = {
      outage: far,
      recover: far,
      crash: far,
      silence: far,
      loseNextReply: 'a network cannot tell which bytes are the answer',
      endCalls: NOT_OURS,
      skewClock: NOT_OURS,
      openCalls: 'a real server does not tell which calls it has open',
      corrupt: NOT_OURS,
      revokeRead: NOT_OURS,
      openBefore: NOT_OURS,
    };
    this.faults = { ...(this.#port !== undefined && this.#network), writeForeign: this.#writeForeign };
  }

  async open(): Promise<EventStore> {
    const proxy = this.#port === undefined ? undefined : new Proxy(() => this.#port!);
    await proxy?.listen();
    const url = proxy === undefined ? this.url : this.url.replace(`:${this.#port}`, `:${proxy.port}`);
    const store = await openEventStoreDb({ url, production: false });
    const prefix = `t${randomBytes(6).toString('hex')}_`;
    const view = new OwnView(store, prefix, (await store.head()).position);
    this.#opened.push({ view, store, proxy });
    return view;
  }

  async dispose(): Promise<void> {
    for (const { store, proxy } of this.#opened.splice(0)) {
      await store.close();
      await proxy?.cut();
    }
  }

  #of(store: EventStore): Opened & { readonly proxy: Proxy } {
    return this.#opened.find(({ view }) => view === store) as Opened & { readonly proxy: Proxy };
  }

  readonly #network = {
    outage: async (store: EventStore) => {
      await this.#of(store).proxy.cut();
      await sleep(HEARD_MS);
    },
    recover: async (store: EventStore) => {
      this.#of(store).proxy.resume();
      await this.#of(store).proxy.listen();
    },
    crash: async (store: EventStore) => {
      await this.#of(store).proxy.cut();
      await sleep(HEARD_MS);
      await this.#of(store).proxy.listen();
      return store;
    },
    silence: async (store: EventStore) => this.#of(store).proxy.silence(),
  };

  /** A stream with a name that is none of ours, unique as the others. */
  readonly #writeForeign = async (store: EventStore): Promise<void> => {
    const gateway = new Gateway(readConnection(this.url));
    const { prefix } = this.#of(store).view;
    try {
      for (let n = 0; n < 5; n++) {
        const id = crypto.randomUUID();
        const events = encode('x-1', [{ id, type: 'ThingHappened', data: {}, meta: {} }], 'no_stream');
        await gateway.append(`Somebody Else ${prefix}${id}`, 'no_stream', events, 2_000);
      }
    } finally {
      await gateway.close();
    }
  };
}
