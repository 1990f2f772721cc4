import {
  corrects,
  failpoint,
  foldDocument,
  gone,
  streamName,
  type Document,
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

export interface GenerationStatus extends FollowerStatus {
  readonly generation: number;
  readonly active: boolean;
}

export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  readonly generations: readonly GenerationStatus[];
}

/** How two generations compare, byte by byte. */
export interface Difference {
  readonly projection: string;
  readonly left: number;
  readonly right: number;
  readonly documents: number;
  /** Ids of documents that differ or are missing on one side, the first hundred. */
  readonly different: readonly string[];
}

/** Says why an operation on a projection cannot be done. */
export class ProjectionError extends Error {
  constructor(
    readonly code: 'unknown-projection' | 'unknown-generation' | 'not-caught-up' | 'nothing-to-compare',
    message: string,
  ) {
    super(message);
  }
}

/**
 * Keeps the read models up to the log. Each generation of each projection follows for itself: one that meets a
 * poison event pauses, visibly, and the others go on. Documents and checkpoint are committed together, so that each
 * event has its effect exactly once, whatever dies when.
 */
export class ProjectionRunner {
  readonly #followers = new Map<string, Map<number, Follower>>();
  readonly #active = new Map<string, number>();

  constructor(
    private readonly projections: readonly Projection[],
    private readonly events: EventStore,
    private readonly codec: Codec,
    private readonly reads: ReadStore,
    private readonly logId: string,
  ) {}

  /** Starts what serves and what is being built. A model whose version is new is built beside the old and switched when it has caught up. */
  async start(): Promise<void> {
    for (const projection of this.projections) {
      const { active, all } = await this.reads.generations(projection.name);
      const mine = all.filter((generation) => versionOf(generation) === projection.version);
      const first = projection.version * GENERATIONS;
      if (mine.length === 0) mine.push(first);
      for (const generation of mine) await this.#follow(projection, generation);
      if (active === null || versionOf(active) !== projection.version) {
        const next = mine.at(-1)!;
        if (active === null) await this.#activate(projection.name, next);
        else void this.#switchWhenReady(projection.name, next);
      } else this.#active.set(projection.name, active);
    }
  }

  /** All active generations have reached that position. */
  async reached(at: Position, names: readonly string[], timeoutMs: number): Promise<boolean> {
    const reached = await Promise.all(names.map((name) => this.reads.waitFor(name, at, timeoutMs)));
    return reached.every(Boolean);
  }

  list(): readonly ProjectionStatus[] {
    return this.projections.map(({ name, version }) => ({
      name,
      version,
      generations: [...this.#of(name)].map(([generation, follower]) => ({
        generation,
        active: this.#active.get(name) === generation,
        ...follower.status(),
      })),
    }));
  }

  /** Builds a new generation from the first event on, beside the one that serves. It then follows on until it is activated or replaced. */
  async rebuild(name: string): Promise<number> {
    const projection = this.#projection(name);
    const { active, all } = await this.reads.generations(name);
    const mine = all.filter((generation) => versionOf(generation) === projection.version);
    for (const generation of mine) if (generation !== active) await this.#drop(name, generation);
    const next = Math.max(...mine, projection.version * GENERATIONS - 1) + 1;
    await this.#follow(projection, next);
    return next;
  }

  /** Compares the generation that serves with the other one. Both must have caught up. */
  async diff(name: string): Promise<Difference> {
    const [left, right] = [this.#activeOf(name), this.#otherOf(name)];
    await this.#settled(name, [left, right]);
    const [ours, theirs] = await Promise.all([this.#documents(name, left), this.#documents(name, right)]);
    const ids = new Set([...ours.keys(), ...theirs.keys()]);
    const different = [...ids].filter((id) => ours.get(id) !== theirs.get(id)).sort();
    return { projection: name, left, right, documents: ids.size, different: different.slice(0, 100) };
  }

  /** Readers now get that generation; the former follows on and can be activated again: that is the way back. */
  async activate(name: string, generation?: number): Promise<number> {
    this.#projection(name);
    const next = generation ?? this.#otherOf(name);
    const follower = this.#of(name).get(next);
    if (follower === undefined) throw new ProjectionError('unknown-generation', `${name} has no generation ${next}`);
    if (follower.status().state !== 'live')
      throw new ProjectionError('not-caught-up', `generation ${next} of ${name} has not caught up`);
    await this.#activate(name, next);
    return next;
  }

  async stop(): Promise<void> {
    const followers = [...this.#followers.values()].flatMap((byGeneration) => [...byGeneration.values()]);
    await Promise.all(followers.map((follower) => follower.stop()));
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
      return document === undefined ? { del: id } : { put: document as Doc };
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
    await this.#of(name).get(generation)?.caughtUp();
    await this.#activate(name, generation);
  }

  async #settled(name: string, generations: readonly number[]): Promise<void> {
    const { position } = await this.events.head();
    for (const generation of generations) {
      const follower = this.#of(name).get(generation);
      if (follower === undefined || !(await follower.reached(position)))
        throw new ProjectionError('not-caught-up', `generation ${generation} of ${name} has not caught up`);
    }
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

  #projection(name: string): Projection {
    const projection = this.projections.find((one) => one.name === name);
    if (projection === undefined) throw new ProjectionError('unknown-projection', `there is no projection ${name}`);
    return projection;
  }

  #activeOf(name: string): number {
    this.#projection(name);
    return this.#active.get(name)!;
  }

  #otherOf(name: string): number {
    const other = [...this.#of(name).keys()].find((generation) => generation !== this.#activeOf(name));
    if (other === undefined)
      throw new ProjectionError('nothing-to-compare', `${name} has one generation only: rebuild it first`);
    return other;
  }

  #of(name: string): Map<number, Follower> {
    const followers = this.#followers.get(name) ?? new Map<number, Follower>();
    this.#followers.set(name, followers);
    return followers;
  }
}
