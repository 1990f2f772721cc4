import {
  corrects,
  failpoint,
  foldDocument,
  gone,
  streamName,
  type Document,
  type Meta,
  type Position,
  type Projection,
  type Recorded,
} from '#kernel';
import type { Codec, EventStore, StoredEvent } from '#event-store';
import type { Doc, Op, ReadStore } from '#read-store';
import { Follower, type FollowerStatus } from './follower.ts';

/** Generations of one version count from `version * 1000`: the first build, then each rebuild. */
const GENERATIONS = 1_000;
export const versionOf = (generation: number): number => Math.floor(generation / GENERATIONS);

export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  /** Of the documents that are served. */
  readonly generation: number;
  readonly state: FollowerStatus['state'];
  readonly position: Position | null;
  /** Events in the log after `position`, counted up to {@link LAG_COUNTED}; time since the first of them was recorded. */
  readonly lagEvents: number;
  readonly lagSeconds: number;
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

/**
 * Keeps the read models up to the log. Each generation of each projection follows for itself: one that meets a
 * poison event pauses, visibly, and the others go on. Documents and checkpoint are committed together, so that each
 * event has its effect exactly once, whatever dies when.
 */
export class ProjectionRunner {
  readonly #followers = new Map<string, Map<number, Follower>>();
  readonly #active = new Map<string, number>();
  readonly #switching: Promise<void>[] = [];

  constructor(
    private readonly projections: readonly Projection[],
    private readonly events: EventStore,
    private readonly codec: Codec,
    private readonly reads: ReadStore,
    private readonly logId: string,
    /** How many events the log holds: for showing progress. */
    private readonly countEvents: () => Promise<number>,
  ) {}

  /** Starts what serves and what is being built. A model whose version is new is built beside the old and switched when it has caught up. */
  async start(): Promise<void> {
    for (const projection of this.projections) {
      const { active, all } = await this.reads.generations(projection.name);
      const mine = all.filter((generation) => versionOf(generation) === projection.version);
      const first = projection.version * GENERATIONS;
      if (mine.length === 0) mine.push(first);
      for (const generation of mine) await this.#follow(projection, generation);
      if (active === null) await this.#activate(projection.name, mine.at(-1)!);
      else {
        this.#active.set(projection.name, active);
        if (versionOf(active) !== projection.version)
          this.#switching.push(this.#switchWhenReady(projection.name, mine.at(-1)!));
      }
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
    if (projection === undefined) return undefined;
    const active = this.#active.get(name);
    const mine = [...this.#of(name).keys()];
    for (const generation of mine) if (generation !== active) await this.#drop(name, generation);
    await this.#follow(projection, Math.max(...mine) + 1);
    return this.#status(projection);
  }

  /** Compares when both have come to the same end of the log. Undefined: no such projection, or nothing beside the one that serves. */
  async diff(name: string): Promise<ProjectionDiff | undefined> {
    const other = this.#otherOf(name);
    if (other === undefined) return undefined;
    const served = this.#active.get(name)!;
    const { position } = await this.events.head();
    for (const generation of [served, other]) await this.#of(name).get(generation)?.reached(position);
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
    const follower = this.#of(name).get(generation);
    if (projection === undefined || follower === undefined) return undefined;
    await follower.caughtUp();
    if (follower.status().state === 'live') await this.#activate(name, generation);
    return this.#status(projection);
  }

  async stop(): Promise<void> {
    const followers = [...this.#followers.values()].flatMap((byGeneration) => [...byGeneration.values()]);
    await Promise.all([...followers.map((follower) => follower.stop()), ...this.#switching]);
  }

  async #follow(projection: Projection, generation: number): Promise<void> {
    const { name, doc, indexes } = projection;
    await this.reads.migrate([{ model: name, generation, schema: doc, indexes }]);
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
    const loaded = await this.reads.load<Doc>(projection.name, generation, ids);
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

  /** A correction changes how earlier events read: the document of its stream is folded anew. */
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
    return [[event.stream.id, foldDocument(projection, events) ?? gone]];
  }

  async #activate(name: string, generation: number): Promise<void> {
    await this.reads.activate(name, generation);
    this.#active.set(name, generation);
  }

  async #switchWhenReady(name: string, generation: number): Promise<void> {
    const follower = this.#of(name).get(generation)!;
    await follower.caughtUp();
    if (follower.status().state === 'live') await this.#activate(name, generation);
  }

  async #documents(name: string, generation: number): Promise<ReadonlyMap<string, string>> {
    const documents = new Map<string, string>();
    for await (const texts of this.reads.dump(name, generation))
      for (const text of texts) documents.set((JSON.parse(text) as Document).id, text);
    return documents;
  }

  async #drop(name: string, generation: number): Promise<void> {
    await this.#of(name).get(generation)?.stop();
    this.#of(name).delete(generation);
    await this.reads.drop(name, generation);
  }

  #projection(name: string): Projection | undefined {
    return this.projections.find((one) => one.name === name);
  }

  #otherOf(name: string): number | undefined {
    return [...this.#of(name).keys()].find((generation) => generation !== this.#active.get(name));
  }

  async #status(projection: Projection): Promise<ProjectionStatus> {
    const { name, version } = projection;
    const generation = this.#active.get(name)!;
    // A generation of a former version is served as it stands until its successor has caught up.
    const follower = this.#of(name).get(generation);
    const { state, position, error } = follower?.status() ?? { state: 'stopped', position: null, error: null };
    const other = this.#otherOf(name);
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

  async #progress(name: string, generation: number): Promise<NonNullable<ProjectionStatus['rebuild']>> {
    const { state, handled, error } = this.#of(name).get(generation)!.status();
    const total = await this.countEvents();
    const ready = state === 'live';
    return { generation, done: ready ? total : handled, total, ready, ...(error !== null && { error }) };
  }

  async #lag(position: Position | null): Promise<Pick<ProjectionStatus, 'lagEvents' | 'lagSeconds'>> {
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
