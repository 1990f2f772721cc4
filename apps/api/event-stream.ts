import type { StoredEvent } from '#event-store';
import { API, frame, SseClient } from '#http';
import type { Position, Recorded } from '#kernel';
import type { Writable } from 'node:stream';
import { cloudEvent, kebab } from './cloud-event.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Spoor } from './spoor.ts';

/** What one listener may and wants to hear. */
export interface Listening {
  /** After this; null for everything that ever happened. */
  readonly after: Position | null;
  /** Kinds of things; undefined for all. */
  readonly topics: ReadonlySet<string> | undefined;
  /** Asked now and then, for a role may end: networks whose events the listener may hear. Null: nothing any more. */
  networks(): Promise<ReadonlySet<string> | null>;
}

const MAX_LISTENERS = 2_000;
const PAUSE_MS = 1_000;

/**
 * Tells events to listeners as they come, from the log itself: one subscription for all, and for each the gap between
 * where it was and now. Nothing is told twice and nothing is left out: a listener that has read up to what the
 * subscription has told goes on with the subscription, and what it gets is always after what it had.
 */
export class EventStream {
  readonly #listeners = new Set<Listener>();
  /** What the subscription has told last. */
  #told: Position | null = null;
  #stopped = false;
  readonly #collections: ReadonlyMap<string, string>;
  #subscription: ReturnType<Spoor['events']['subscribe']> | undefined;

  constructor(
    private readonly spoor: Spoor,
    private readonly log: Log,
    private readonly metrics: Metrics,
  ) {
    this.#collections = new Map(
      spoor.catalogue.commands.map(({ aggregate, collection }) => [aggregate.name, collection]),
    );
  }

  /** Collections, which are the topics. */
  get topics(): ReadonlySet<string> {
    return new Set(this.#collections.values());
  }

  get full(): boolean {
    return this.#listeners.size >= MAX_LISTENERS;
  }

  start(): void {
    void this.#follow();
  }

  /** Adds a listener; it hears until it leaves, is cut off or the server stops. */
  async listen(out: Writable, listening: Listening): Promise<void> {
    const networks = (await listening.networks()) ?? new Set();
    const client = new SseClient(
      out,
      () => this.metrics.sseDropped.inc(),
      () => void this.#recheck(listener),
    );
    const listener: Listener = { client, listening, networks, last: listening.after, live: false };
    this.#listeners.add(listener);
    this.metrics.sseClients.set(this.#listeners.size);
    out.once('close', () => this.#leave(listener));
    try {
      await this.#catchUp(listener);
    } catch (error) {
      this.log.error({ err: error }, 'a listener could not catch up');
      client.close();
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#subscription?.close();
    for (const { client } of this.#listeners) client.close();
  }

  /** From where it was to where the subscription is; after that the subscription tells it. */
  async #catchUp(listener: Listener): Promise<void> {
    const { client } = listener;
    while (client.open) {
      for await (const page of this.spoor.events.readAll({ after: listener.last }))
        for (const event of page) {
          this.#tell(listener, event.position, this.#framed(event));
          await client.drained();
          if (!client.open) return;
        }
      // Without a pause between this look and the switch: nothing can be told in between.
      if (this.#told === null || (listener.last !== null && this.#told <= listener.last)) {
        listener.live = true;
        return;
      }
    }
  }

  async #follow(): Promise<void> {
    while (!this.#stopped)
      try {
        const { position, logId } = await this.spoor.events.head();
        this.#told = position;
        this.#subscription = this.spoor.events.subscribe({ name: 'stream', after: position, logId });
        for await (const item of this.#subscription)
          if (item.kind === 'events') for (const event of item.events) this.#tellAll(event);
      } catch (error) {
        if (this.#stopped) return;
        this.log.error({ err: error }, 'the event stream was interrupted');
        // Whoever comes back begins where it was, and nothing is missed.
        for (const { client } of this.#listeners) client.close();
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS).unref());
      }
  }

  #tellAll(event: StoredEvent): void {
    const framed = this.#framed(event);
    this.#told = event.position;
    for (const listener of this.#listeners) if (listener.live) this.#tell(listener, event.position, framed);
  }

  #tell(listener: Listener, position: Position, framed: Framed | undefined): void {
    if (listener.last !== null && position <= listener.last) return;
    listener.last = position;
    if (framed === undefined) return;
    const { topics } = listener.listening;
    const { network, topic } = framed;
    if (network === null || !listener.networks.has(network) || topics?.has(topic) === false) return;
    listener.client.send(framed.text);
  }

  /** The event in the words of the stream; nothing for one that is not ours or belongs to no network. */
  #framed(stored: StoredEvent): Framed | undefined {
    const event = this.spoor.decode(stored);
    const topic = event === undefined ? undefined : this.#collections.get(event.stream.aggregate);
    return event === undefined || topic === undefined ? undefined : framedOnce(event, topic);
  }

  async #recheck(listener: Listener): Promise<void> {
    try {
      const networks = await listener.listening.networks();
      if (networks === null) listener.client.close();
      else listener.networks = networks;
    } catch (error) {
      this.log.error({ err: error }, 'could not see what a listener may hear');
      listener.client.close();
    }
  }

  #leave(listener: Listener): void {
    this.#listeners.delete(listener);
    this.metrics.sseClients.set(this.#listeners.size);
  }
}

interface Listener {
  readonly client: SseClient;
  readonly listening: Listening;
  networks: ReadonlySet<string>;
  /** Up to where it has been told. */
  last: Position | null;
  /** Told by the subscription; before that, it reads the gap. */
  live: boolean;
}

interface Framed {
  readonly network: string | null;
  readonly topic: string;
  readonly text: string;
}

/** The text of an event, made at first use and the same for every listener. */
function framedOnce(event: Recorded, topic: string): Framed {
  let text: string | undefined;
  return {
    network: event.meta.network,
    topic,
    get text() {
      text ??= frame({
        id: event.position,
        event: kebab(event.type),
        data: JSON.stringify(cloudEvent(event, `${API}/${topic}`)),
      });
      return text;
    },
  };
}
