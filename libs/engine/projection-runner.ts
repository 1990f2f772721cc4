import {
  corrected,
  corrects,
  failpoint,
  foldDocuments,
  gone,
  streamName,
  type Document,
  type Meta,
  type Position,
  type Projection,
  type Recorded,
} from '#kernel';
import { isStoreError, type Codec, type EventStore, type StoredEvent } from '#event-store';
import type { Doc, Op, ReadStore } from '#read-store';
import { Follower, type FollowerStatus } from './follower.ts';

/** Generations of one version count from `version * 1000`: the first build, then each rebuild. */
const GENERATIONS = 1_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
export const versionOf = (generation: number): number => Math.floor(generation / GENERATIONS);

export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  /** Of the documents that are served. */
  readonly generation: number;
  /** `elsewhere`: another process follows; only how far it is can be said here. */
  readonly state: FollowerStatus['state'] | 'elsewhere';
  readonly position: Position | null;
  /** Events in the log after `position`, counted up to {@link LAG_COUNTED}; time since the first of them was recorded. Null while the log is away. */
  readonly lagEvents: number | null;
  readonly lagSeconds: number | null;
  /** Why it is paused, or what it is trying again. */
  readonly error?: NonNullable<FollowerStatus['error']>;
  /** The generation beside it, built or being built. */
  readonly rebuild?: {
    readonly generation: number;
    readonly done: number;
    readonly total: number;
    readonly ready: boolean;
    readonly error?: NonNullable<FollowerStatus['error']>;
  };
}

/** The documents that are served against those of the generation beside them, byte by byte; ids, a hundred of each at most. */
export interface ProjectionDiff {
  readonly equal: number;
  readonly different: readonly string[];
  /** Only in what is served. */
  readonly missing: readonly string[];
  /** Only in the generation beside it. */
  readonly extra: readonly string[];
}

const LAG_COUNTED = 1_000;
const LISTED = 100;
const POLL_MS = 50;
/** A generation that another process builds, and that does not move for so long, does not come. */
const STALLED_MS = 20_000;

/**
 * Keeps the read models up to the log. Which generations there are and which one serves stands in the read store; each is
 * followed for itself: one that meets a poison event pauses, visibly, and the others go on. Documents and checkpoint are
 * committed together, so that each event has its effect exactly once, whatever dies when.
 * One process follows (`Duty`); in every process they can be looked at, rebuilt and switched.
 */
export class ProjectionRunner {
  readonly #followers = new Map<string, Map<number, Follower>>();
  readonly #switching = new Map<string, Promise<void>>();
  #follows = false;
  /** One after another: what is followed never changes under somebody who changes it. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly projections: readonly Projection[],
    private readonly events: EventStore,
    private readonly codec: Codec,
    private readonly reads: ReadStore,
    private readonly logId: string,
    /** How many events the log holds, up to a position: for showing progress. */
    private readonly countEvents: (upTo?: Position) => Promise<number>,
  ) {}

  /** Makes room for what this program projects, so that it can be asked for. */
  async prepare(): Promise<void> {
    for (const projection of this.projections) {
      const mine = await this.#mine(projection);
      const first = projection.version * GENERATIONS;
      for (const generation of mine.length === 0 ? [first] : mine) await this.#makeRoom(projection, generation);
    }
  }

  async start(): Promise<void> {
    await this.prepare();
    this.#follows = true;
    await this.tend();
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /**
   * Follows what there is to follow: generations may be made and dropped by other processes. A model whose version is new
   * is built beside the old and switched when it has caught up.
   */
  tend(): Promise<void> {
    return this.#alone(() => this.#tend());
  }

  async #tend(): Promise<void> {
    for (const projection of this.projections) {
      if (!this.#follows) return;
      const { name, version } = projection;
      const mine = await this.#mine(projection);
      for (const [generation, follower] of this.#of(name))
        if (!mine.includes(generation)) await this.#leave(name, generation, follower);
      for (const generation of mine) if (!this.#of(name).has(generation)) await this.#follow(projection, generation);
      const { active } = await this.reads.generations(name);
      if (versionOf(active!) !== version && !this.#switching.has(name))
        this.#switching.set(name, this.#switchWhenReady(name, mine.at(-1)!));
    }
  }

  /** All active generations have reached that position. */
  async reached(at: Position, names: readonly string[], timeoutMs: number): Promise<boolean> {
    const reached = await Promise.all(names.map((name) => this.reads.waitFor(name, at, timeoutMs)));
    return reached.every(Boolean);
  }

  async list(): Promise<readonly ProjectionStatus[]> {
    return Promise.all(this.projections.map((projection) => this.#status(projection)));
  }

  /** Builds a new generation from the first event on, beside the one that serves. It follows on until it is activated or replaced. */
  async rebuild(name: string): Promise<ProjectionStatus | undefined> {
    const projection = this.#projection(name);
    return projection && this.#alone(() => this.#rebuild(projection));
  }

  async #rebuild(projection: Projection): Promise<ProjectionStatus> {
    const { name } = projection;
    const { active } = await this.reads.generations(name);
    const mine = await this.#mine(projection);
    for (const generation of mine) if (generation !== active) await this.#drop(name, generation);
    const next = Math.max(...mine) + 1;
    await this.#makeRoom(projection, next);
    if (this.#follows) await this.#follow(projection, next);
    return this.#status(projection);
  }

  /** Compares when both have come to the same end of the log. Undefined: no such projection, or nothing beside the one that serves. */
  async diff(name: string): Promise<ProjectionDiff | undefined> {
    const projection = this.#projection(name);
    const other = projection && (await this.#otherOf(projection));
    if (other === undefined) return undefined;
    const served = (await this.reads.generations(name)).active!;
    const { position } = await this.events.head();
    for (const generation of [served, other]) await this.#arrived(name, generation, position);
    const [ours, theirs] = [await this.#documents(name, served), await this.#documents(name, other)];
    const shared = [...ours.keys()].filter((id) => theirs.has(id));
    const different = shared.filter((id) => ours.get(id) !== theirs.get(id));
    return {
      equal: shared.length - different.length,
      different: different.slice(0, LISTED),
      missing: [...ours.keys()].filter((id) => !theirs.has(id)).slice(0, LISTED),
      extra: [...theirs.keys()].filter((id) => !ours.has(id)).slice(0, LISTED),
    };
  }

  /** Readers now get that generation, once it has caught up; the former follows on and can be activated again: that is the way back. */
  async activate(name: string, generation: number): Promise<ProjectionStatus | undefined> {
    const projection = this.#projection(name);
    if (projection === undefined || !(await this.#mine(projection)).includes(generation)) return undefined;
    const { position } = await this.events.head();
    if (await this.#arrived(name, generation, position)) await this.reads.activate(name, generation);
    return this.#status(projection);
  }

  async stop(): Promise<void> {
    this.#follows = false;
    await this.#alone(() => this.#stop());
  }

  async #stop(): Promise<void> {
    const followers = [...this.#followers.values()].flatMap((byGeneration) => [...byGeneration.values()]);
    await Promise.all([...followers.map((follower) => follower.stop()), ...this.#switching.values()]);
    this.#followers.clear();
    this.#switching.clear();
  }

  async #makeRoom({ name, doc, indexes }: Projection, generation: number): Promise<void> {
    await this.reads.migrate([{ model: name, generation, schema: doc, indexes }]);
  }

  async #follow(projection: Projection, generation: number): Promise<void> {
    const { name } = projection;
    await this.#makeRoom(projection, generation);
    const follower = new Follower({
      name: `${name}@${generation}`,
      events: this.events,
      logId: this.logId,
      checkpoint: async () => (await this.reads.checkpoint(name, generation))?.position ?? null,
      handle: (page, from) => this.#apply(projection, generation, page, from),
    });
    this.#of(name).set(generation, follower);
    follower.start();
  }

  async #apply(
    projection: Projection,
    generation: number,
    page: readonly StoredEvent[],
    from: Position | null,
  ): Promise<void> {
    failpoint('after-read');
    const events = page.map((stored) => this.codec.decode(stored)).filter((event) => event !== null);
    const ids = [...new Set(events.flatMap((event) => projection.keys(event)))];
    // Most events are another model's: nothing is asked of the store for them.
    const loaded = ids.length === 0 ? [] : await this.reads.load<Doc>(projection.name, generation, ids);
    const documents = new Map<string, Document | undefined>(loaded);
    const touched = new Set<string>();
    for (const event of events)
      for (const [id, made] of await this.#make(projection, event, (one) => documents.get(one))) {
        documents.set(id, made === gone ? undefined : made);
        touched.add(id);
      }
    const ops = [...touched].map((id): Op => {
      const document = documents.get(id);
      return document === undefined ? { del: id } : { put: document };
    });
    failpoint('before-tx');
    await this.reads.commit({
      projection: projection.name,
      generation,
      from,
      to: page.at(-1)!.position,
      logId: this.logId,
      ops,
    });
  }

  /** A correction changes how earlier events read: the documents of its stream are folded anew. */
  async #make(
    projection: Projection,
    event: Recorded,
    document: (id: string) => Document | undefined,
  ): Promise<ReturnType<Projection['apply']>> {
    if (!corrects(event) || projection.source !== event.stream.aggregate) return projection.apply(event, document);
    const events: Recorded[] = [];
    const upTo = event.position as Position;
    for await (const page of this.events.readStream(streamName(event.stream), { upTo }))
      for (const stored of page) events.push(this.codec.decode(stored)!);
    return [...foldDocuments(projection, corrected(events))];
  }

  async #switchWhenReady(name: string, generation: number): Promise<void> {
    const follower = this.#of(name).get(generation)!;
    try {
      await follower.caughtUp();
      if (follower.status().state === 'live') await this.reads.activate(name, generation);
    } catch (error) {
      // In passing, or for good: the next look tries again.
      process.emitWarning(`${name}@${generation} could not be activated: ${String(error)}`);
    } finally {
      this.#switching.delete(name);
    }
  }

  /** Whether that generation comes to `at`: false when it is paused, or does not move. */
  async #arrived(name: string, generation: number, at: Position | null): Promise<boolean> {
    const follower = this.#of(name).get(generation);
    if (follower !== undefined) return follower.reached(at);
    let seen: Position | null = null;
    for (let since = performance.now(); performance.now() - since < STALLED_MS; await pause(POLL_MS)) {
      const position = (await this.reads.checkpoint(name, generation))?.position ?? null;
      if (at === null || (position !== null && position >= at)) return true;
      if (position !== seen) since = performance.now();
      seen = position;
    }
    return false;
  }

  async #documents(name: string, generation: number): Promise<ReadonlyMap<string, string>> {
    const documents = new Map<string, string>();
    for await (const texts of this.reads.dump(name, generation))
      for (const text of texts) documents.set((JSON.parse(text) as Document).id, text);
    return documents;
  }

  async #drop(name: string, generation: number): Promise<void> {
    const follower = this.#of(name).get(generation);
    if (follower !== undefined) await this.#leave(name, generation, follower);
    await this.reads.drop(name, generation);
  }

  async #leave(name: string, generation: number, follower: Follower): Promise<void> {
    this.#of(name).delete(generation);
    await follower.stop();
  }

  #projection(name: string): Projection | undefined {
    return this.projections.find((one) => one.name === name);
  }

  /** The generations of this version, the oldest first. */
  async #mine({ name, version }: Projection): Promise<number[]> {
    return (await this.reads.generations(name)).all.filter((generation) => versionOf(generation) === version);
  }

  async #otherOf(projection: Projection): Promise<number | undefined> {
    const { active } = await this.reads.generations(projection.name);
    return (await this.#mine(projection)).find((generation) => generation !== active);
  }

  async #status(projection: Projection): Promise<ProjectionStatus> {
    const { name, version } = projection;
    const generation = (await this.reads.generations(name)).active!;
    const { state, position, error } = await this.#followed(name, generation);
    const other = await this.#otherOf(projection);
    return {
      name,
      version,
      generation,
      state,
      position,
      ...(await this.#lag(position)),
      ...(error !== null && { error }),
      ...(other !== undefined && { rebuild: await this.#progress(name, other) }),
    };
  }

  /** A generation of a former version is served as it stands, until its successor has caught up. */
  async #followed(
    name: string,
    generation: number,
  ): Promise<Pick<FollowerStatus, 'position' | 'error'> & { readonly state: ProjectionStatus['state'] }> {
    const follower = this.#of(name).get(generation);
    if (follower !== undefined) return follower.status();
    const checkpoint = await this.reads.checkpoint(name, generation);
    return { state: this.#follows ? 'stopped' : 'elsewhere', position: checkpoint?.position ?? null, error: null };
  }

  async #progress(name: string, generation: number): Promise<NonNullable<ProjectionStatus['rebuild']>> {
    const { state, position, error } = await this.#followed(name, generation);
    const total = await this.countEvents();
    const ready = state === 'live' || (state !== 'paused' && (await this.#lag(position)).lagEvents === 0);
    const done = position === null ? 0 : await this.countEvents(position);
    return { generation, done: ready ? total : done, total, ready, ...(error !== null && { error }) };
  }

  async #lag(position: Position | null): Promise<Pick<ProjectionStatus, 'lagEvents' | 'lagSeconds'>> {
    try {
      return await this.#behind(position);
    } catch (error) {
      if (isStoreError(error)) return { lagEvents: null, lagSeconds: null };
      throw error;
    }
  }

  async #behind(position: Position | null): Promise<{ readonly lagEvents: number; readonly lagSeconds: number }> {
    if (position === (await this.events.head()).position) return { lagEvents: 0, lagSeconds: 0 };
    let lagEvents = 0;
    let first: StoredEvent | undefined;
    for await (const page of this.events.readAll({ after: position, limit: LAG_COUNTED })) {
      first ??= page[0];
      lagEvents += page.length;
    }
    const since = first === undefined ? Date.now() : Date.parse((first.meta as unknown as Meta).recordedAt);
    return { lagEvents, lagSeconds: Math.max(0, Math.round((Date.now() - since) / 1_000)) };
  }

  #of(name: string): Map<number, Follower> {
    const followers = this.#followers.get(name) ?? new Map<number, Follower>();
    this.#followers.set(name, followers);
    return followers;
  }
}
