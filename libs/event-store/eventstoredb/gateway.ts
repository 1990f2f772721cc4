import { get as httpGet } from 'node:http';
import { get as httpsGet } from 'node:https';
import type { Readable } from 'node:stream';
import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  eventTypeFilter,
  FORWARDS,
  START,
  UnavailableError,
} from '@eventstore/db-client';
import type { AllStreamSubscription, EventData, ResolvedEvent, StreamingRead } from '@eventstore/db-client';
import type { Json, Position } from '#kernel';
import { PAGE, StoreError } from '../port.ts';
import type { Expected, StreamName } from '../port.ts';
import { givenUp } from '../validate.ts';
import type { EncodedEvent } from '../validate.ts';
import type { Connection } from './connection.ts';
import { isDeadline, isStreamNotFound, portError } from './errors.ts';
import type { Asked } from './errors.ts';
import { Live } from './live.ts';
import { pointOf, positionOf } from './position.ts';

/** A record as it lies in the log: ours or anybody's, its JSON not looked at. */
export interface StoredRecord {
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly meta: unknown;
  readonly created: Date;
  readonly position: Position;
}

export interface Appended {
  readonly revision: bigint;
  /** Unknown for an append that was there before and whose place the server has forgotten. */
  readonly position: Position | undefined;
}

interface PageOptions {
  readonly backwards: boolean;
  readonly count: number;
  readonly signal?: AbortSignal | undefined;
}

interface ReadOptions {
  readonly requiresLeader: boolean;
  readonly resolveLinkTos: boolean;
  readonly credentials: Connection['credentials'];
  readonly maxCount: number;
  readonly direction: typeof FORWARDS | typeof BACKWARDS;
}

/**
 * A page of a read is given up after this long without a byte; what flows is never cut. Long enough for a leader that
 * is busy, short enough that a command, which may need a few reads, is answered within its 5 s (`reliability.md` F11).
 */
const SILENCE_MS = 2_000;
/** The call has a deadline of its own, which the server and the client keep; this guards against both. */
const GRACE_MS = 250;
const SHUTDOWN = 4;
/** The longest that calls which were cancelled may take to say so. */
const DISPOSE_MS = 1_000;

interface Channel {
  getTarget(): string;
  getConnectivityState(connect: boolean): number;
  close(): void;
}
interface HasChannel {
  getChannel(): Channel;
}
/** What the client keeps to itself and we cannot do without; its version is pinned, `traps.spec.ts` sees it work. */
interface Internals {
  readonly capabilities: Promise<{ readonly serverVersion: string }>;
  getChannel(): Promise<Channel>;
  createChannel: () => Promise<Channel>;
  getGRPCClient(service: unknown, name: string): Promise<HasChannel>;
  handleError: (client: HasChannel, error: unknown) => Promise<void>;
  execute(service: unknown, name: string, action: (client: HasChannel) => Promise<unknown>): Promise<unknown>;
}

/** The only place that knows the client. Every call ends within its time, with what was asked or a `StoreError`. */
export class Gateway {
  readonly #client: EventStoreDBClient;
  readonly #internals: Internals;
  readonly #connection: Connection;
  #channels: Channel[] = [];
  #closed = false;

  /** Makes no connection yet. Throws `invalid-request` for a connection string that the client refuses. */
  constructor(connection: Connection) {
    this.#connection = connection;
    try {
      this.#client = EventStoreDBClient.connectionString(connection.url);
    } catch (error) {
      // What it cannot read it repeats, with the password in it.
      const told = (error as Error).message;
      const problem = told.startsWith('Unexpected') ? 'it is none that the client can read' : told;
      throw new StoreError('invalid-request', `the connection string of the event store is wrong: ${problem}`);
    }
    this.#internals = tamed(this.#client, (channel) => this.#keep(channel));
  }

  /** Whether the server asks who calls. */
  get secured(): boolean {
    return this.#connection.tls;
  }

  get user(): string {
    return this.#connection.credentials.username;
  }

  async version(): Promise<string> {
    return this.#call({ what: 'log' }, SILENCE_MS, async () => (await this.#internals.capabilities).serverVersion);
  }

  /** The host and port that is talked to now. */
  async address(): Promise<string> {
    const channel = await this.#channel(SILENCE_MS);
    return channel.getTarget().replace(/^[a-z]+:(\/\/\/?)?/, '');
  }

  /** Takes at most `ms`, relative: no clock but this one matters. The texts were made before: nothing can fail half way. */
  async append(stream: StreamName, expected: Expected, events: readonly EncodedEvent[], ms: number): Promise<Appended> {
    const until = performance.now() + ms;
    // While the client still looks for a leader nothing is sent, now or later.
    await this.#channel(ms);
    const deadline = Math.max(1, Math.ceil(until - performance.now()));
    const { success, nextExpectedRevision, position } = await this.#call(
      { what: 'append', stream, expected },
      deadline + GRACE_MS,
      () =>
        this.#client.appendToStream(stream, events.map(eventData), {
          expectedRevision: expected,
          deadline,
          requiresLeader: true,
          credentials: this.#connection.credentials,
        }),
    );
    // A connection string may ask for an answer instead of an error (`stores.md` §0.8).
    if (!success) {
      const actualVersion = nextExpectedRevision < 0n ? 'no_stream' : nextExpectedRevision;
      throw portError({ type: 'wrong-expected-version', actualVersion }, { what: 'append', stream, expected });
    }
    return { revision: nextExpectedRevision, position: position && positionOf(position) };
  }

  /** From that revision on, which is included; undefined: from the end. An unknown stream is empty. */
  async streamPage(stream: string, from: bigint | undefined, page: PageOptions): Promise<readonly StoredRecord[]> {
    return this.#page({ what: 'stream', stream }, page, (options) =>
      this.#client.readStream(stream, { ...options, fromRevision: from ?? END }),
    );
  }

  /** From that place on, which is included forwards and excluded backwards; undefined: from the start, or the end. */
  async logPage(from: Position | undefined, page: PageOptions): Promise<readonly StoredRecord[]> {
    const fromPosition = from === undefined ? (page.backwards ? END : START) : pointOf(from);
    return this.#page({ what: 'log' }, page, (options) => this.#client.readAll({ ...options, fromPosition }));
  }

  /** Everything after that place, for as long as it lasts. */
  follow(after: Position | null): Live {
    return live(
      this.#client.subscribeToAll(
        { fromPosition: after === null ? START : pointOf(after), ...this.#options() },
        { highWaterMark: PAGE },
      ),
    );
  }

  /** The metadata of streams, wherever in the log: the server picks it out. Ends when all that is there was given. */
  async *streamMetadata(): AsyncGenerator<readonly StoredRecord[]> {
    let done = false;
    const subscription = this.#client.subscribeToAll({
      fromPosition: START,
      // The server says how far it is: as long as it does, it is not silent.
      filter: eventTypeFilter({
        prefixes: ['$metadata'],
        checkpointInterval: 10,
        checkpointReached: () => found.stir(),
      }),
      ...this.#options(),
    });
    const found = live(subscription);
    subscription.on('caughtUp', () => {
      done = true;
      found.stir();
    });
    try {
      for (;;) {
        const { records, stirred } = await found.take(done ? 0 : 5 * SILENCE_MS);
        if (records.length > 0) yield records;
        else if (done) return;
        else if (!stirred) throw timedOut({ what: 'log' });
      }
    } catch (error) {
      throw portError(error, { what: 'log' });
    } finally {
      found.close();
    }
  }

  /** The server's clock, as its web server says it, in ms; null when it says none. */
  async serverClock(): Promise<number | null> {
    const { tls, ca } = this.#connection;
    const url = `${tls ? 'https' : 'http'}://${await this.address()}/info`;
    return this.#call(
      { what: 'log' },
      SILENCE_MS,
      () =>
        new Promise<number | null>((resolve, reject) => {
          const answered = ({ headers }: { headers: { date?: string | undefined } }) =>
            resolve(headers.date === undefined ? null : Date.parse(headers.date));
          const options = { agent: false as const, timeout: SILENCE_MS, signal: AbortSignal.timeout(SILENCE_MS) };
          const request = tls
            ? httpsGet(url, { ...options, ...(ca && { ca }) }, (response) => answered(response.resume()))
            : httpGet(url, options, (response) => answered(response.resume()));
          request.on('error', reject);
        }),
    );
  }

  /** Ends every call and every connection, within a second or two. */
  async close(): Promise<void> {
    await inTime(DISPOSE_MS, this.#client.dispose());
    this.#closed = true;
    for (const channel of this.#channels.filter(isOpen)) channel.close();
  }

  /** The client forgets its connections without closing them. */
  #keep(channel: Channel): void {
    this.#channels = [...this.#channels.filter(isOpen), channel];
    if (this.#closed) channel.close();
  }

  #options() {
    return { requiresLeader: true, resolveLinkTos: false, credentials: this.#connection.credentials };
  }

  async #page(
    asked: Asked,
    { backwards, count, signal }: PageOptions,
    open: (options: ReadOptions) => StreamingRead<ResolvedEvent>,
  ): Promise<readonly StoredRecord[]> {
    if (signal?.aborted) throw givenUp(signal);
    const channel = await this.#channel(SILENCE_MS, signal);
    const direction = backwards ? BACKWARDS : FORWARDS;
    try {
      return await gathered(open({ ...this.#options(), maxCount: count, direction }), signal);
    } catch (error) {
      if (isStreamNotFound(error)) return [];
      if (error === silence) await this.#reconnect(channel);
      throw error === silence ? timedOut(asked) : portError(error, asked);
    }
  }

  async #call<T>(asked: Asked, ms: number, work: () => Promise<T>): Promise<T> {
    const channel = await this.#channel(ms);
    try {
      const answer = await inTime(
        ms,
        work().then((value) => ({ value })),
      );
      if (answer !== undefined) return answer.value;
    } catch (error) {
      const told = portError(error, asked);
      if (isDeadline(error)) await this.#reconnect(channel);
      throw told;
    }
    await this.#reconnect(channel);
    throw timedOut(asked);
  }

  /** The connection in use. Before there is one the client may look for a leader for a long time. */
  async #channel(ms: number, signal?: AbortSignal): Promise<Channel> {
    try {
      const channel = await inTime(ms, this.#internals.getChannel(), signal);
      if (channel !== undefined) return channel;
    } catch (error) {
      throw portError(error, { what: 'log' });
    }
    if (signal?.aborted) throw givenUp(signal);
    throw new StoreError('store-unavailable', 'no node of the event store answers', {}, { retryable: true });
  }

  /** A connection on which nothing comes may be dead: the next call gets a new one, those under way keep theirs. */
  async #reconnect(channel: Channel): Promise<void> {
    // Nobody waits for it when the client looks for a leader meanwhile.
    await inTime(0, this.#internals.handleError({ getChannel: () => channel }, new UnavailableError()));
  }
}

const isOpen = (channel: Channel): boolean => channel.getConnectivityState(false) !== SHUTDOWN;

/** Repairs two ways in which the client (6.2.1) ends the process with a rejection that nobody can catch. */
function tamed(client: EventStoreDBClient, keep: (channel: Channel) => void): Internals {
  const internals = client as unknown as Internals;
  const create = internals.createChannel;
  internals.createChannel = async () => {
    const channel = await create();
    keep(channel);
    return channel;
  };
  const handle = internals.handleError;
  // It is never awaited, and fails with the discovery that it waits for.
  internals.handleError = (grpc, error) => handle(grpc, error).catch(() => {});
  // An append throws where nobody looks when its channel was closed a moment before.
  internals.execute = async (service, name, action) => {
    const grpc = await internals.getGRPCClient(service, name);
    try {
      if (!isOpen(grpc.getChannel())) throw new UnavailableError();
      return await action(grpc);
    } catch (error) {
      void internals.handleError(grpc, error);
      throw error;
    }
  };
  return internals;
}

const silence = Symbol('silence');

/** All that a finite read gives. However it ends, its call is over. */
async function gathered(
  reading: StreamingRead<ResolvedEvent>,
  signal: AbortSignal | undefined,
): Promise<readonly StoredRecord[]> {
  const records: StoredRecord[] = [];
  const end = Promise.withResolvers<void>();
  const timer = setTimeout(() => end.reject(silence), SILENCE_MS);
  const giveUp = () => end.reject(givenUp(signal!));
  signal?.addEventListener('abort', giveUp);
  reading.on('error', end.reject);
  reading.on('end', () => end.resolve());
  reading.on('close', () => end.resolve());
  reading.on('data', (resolved: ResolvedEvent) => {
    timer.refresh();
    const record = recordOf(resolved);
    if (record) records.push(record);
  });
  try {
    await end.promise;
    return records;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
    if (!reading.readableEnded) ended(reading, reading.cancel());
  }
}

const live = (subscription: AllStreamSubscription): Live =>
  new Live(
    subscription as unknown as Readable,
    (resolved) => recordOf(resolved as ResolvedEvent),
    () => ended(subscription, subscription.unsubscribe()),
  );

/**
 * What still comes of a call that was cancelled concerns nobody; but it is taken: one that ended at the server in the same
 * moment would else be kept by the client for ever.
 */
function ended(reading: StreamingRead<ResolvedEvent> | AllStreamSubscription, cancelled: Promise<void>): void {
  reading.on('error', () => {});
  (reading as NodeJS.EventEmitter).removeAllListeners('readable');
  reading.resume();
  cancelled.catch(() => {});
}

function recordOf({ event }: ResolvedEvent): StoredRecord | undefined {
  if (event?.position === undefined) return undefined;
  const { streamId, revision, id, type, data, metadata, created, position } = event;
  return { stream: streamId, revision, id, type, data, meta: metadata, created, position: positionOf(position) };
}

/** The client makes JSON of the data by itself; of metadata it takes the bytes. */
const eventData = ({ event, data, meta }: EncodedEvent): EventData =>
  ({
    id: event.id,
    type: event.type,
    contentType: 'application/json',
    data: inOrder(JSON.parse(data) as Json),
    metadata: new Uint8Array(Buffer.from(meta)),
  }) as EventData;

/** `JSON.stringify` writes names like "10" first and as numbers; so that it writes canonical JSON they are told in order. */
function inOrder(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const members = Object.entries(value).map(([name, member]) => [name, inOrder(member)] as const);
  const names = members.map(([name]) => name).sort();
  const copy = Object.fromEntries(members);
  return members.every(([name], i) => name === names[i]) ? copy : new Proxy(copy, { ownKeys: () => names });
}

const timedOut = (asked: Asked): StoreError => portError({ type: 'timeout', message: 'silence' }, asked);

/** What it comes to within the time (ms), else undefined: also when the signal fires. */
async function inTime<T>(ms: number, work: Promise<T>, signal?: AbortSignal): Promise<T | undefined> {
  const late = Promise.withResolvers<undefined>();
  const stop = () => late.resolve(undefined);
  const timer = setTimeout(stop, ms);
  signal?.addEventListener('abort', stop);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}
