import { corrected, CORRECTION, streamName, type Aggregate, type Instant, type Position, type Recorded } from '#kernel';
import type { Codec, EventStore } from '#event-store';

type Status = { readonly status: string };

/** A command that this stream has carried out. */
export interface Told {
  readonly hash: string;
  readonly eventId: string;
  readonly type: string;
  readonly revision: number;
  readonly position: Position;
}

/** A stream as folded up to a revision. */
export interface Folded<S extends Status = Status> {
  readonly state: S;
  /** Of the last event; -1 for a stream that is not there. */
  readonly revision: number;
  readonly position: Position | null;
  /** Every command it has carried out: a retry finds its answer here for ever. */
  readonly told: ReadonlyMap<string, Told>;
  readonly firstAt: Instant | null;
  /** When the last change of status held. */
  readonly statusAt: Instant | null;
}

const MOST = 2_000;

/**
 * Folded streams, the least recently used of {@link MOST} forgotten. Each use first reads on from the revision it
 * knows, so what is kept is never trusted to be the latest.
 */
export class Streams {
  readonly #folded = new Map<string, Folded>();

  constructor(
    private readonly store: EventStore,
    private readonly codec: Codec,
  ) {}

  async load<S extends Status>(aggregate: Aggregate<S, never>, id: string): Promise<Folded<S>> {
    const name = streamName({ aggregate: aggregate.name, id });
    const known = this.#folded.get(name);
    const news = await this.#read(name, (known?.revision ?? -1) + 1);
    if (known !== undefined && news.length === 0) return this.#keep(name, known) as Folded<S>;
    const again = known !== undefined && news.some(({ type }) => type === CORRECTION);
    const folded = again
      ? advance(aggregate, empty(aggregate), await this.#read(name, 0))
      : advance(aggregate, (known ?? empty(aggregate)) as Folded<S>, news);
    return this.#keep(name, folded) as Folded<S>;
  }

  /** The events of a stream from a revision on. */
  async events(aggregate: string, id: string, from: number): Promise<readonly Recorded[]> {
    return this.#read(streamName({ aggregate, id }), from);
  }

  async #read(name: string, from: number): Promise<readonly Recorded[]> {
    const events: Recorded[] = [];
    for await (const page of this.store.readStream(name, { from: BigInt(from) }))
      for (const stored of page) {
        const event = this.codec.decode(stored);
        if (event !== null) events.push(event);
      }
    return events;
  }

  #keep(name: string, folded: Folded): Folded {
    this.#folded.delete(name);
    if (folded.revision >= 0) this.#folded.set(name, folded);
    if (this.#folded.size > MOST) this.#folded.delete(this.#folded.keys().next().value!);
    return folded;
  }
}

const empty = <S extends Status>(aggregate: Aggregate<S, never>): Folded<S> => ({
  state: aggregate.initial,
  revision: -1,
  position: null,
  told: new Map(),
  firstAt: null,
  statusAt: null,
});

function advance<S extends Status>(
  aggregate: Aggregate<S, never>,
  from: Folded<S>,
  events: readonly Recorded[],
): Folded<S> {
  // Whoever holds an older fold of the same stream sees commands added to the same map: harmless, they are facts.
  const told = from.told as Map<string, Told>;
  const any = aggregate as unknown as Aggregate<S>;
  let { state, statusAt } = from;
  let firstAt = from.firstAt;
  for (const event of corrected(events)) {
    const next = any.evolve(state, event);
    if (next.status !== state.status) statusAt = event.meta.occurredAt;
    state = next;
    // A stream that only let a claim go holds nothing yet: what it will hold may have begun before that.
    firstAt ??= state.status === any.initial.status ? null : event.meta.occurredAt;
    told.set(event.meta.commandId, {
      hash: event.meta.commandHash,
      eventId: event.id,
      type: event.type,
      revision: event.revision,
      position: event.position as Position,
    });
  }
  const last = events.at(-1);
  return last === undefined
    ? from
    : { state, revision: last.revision, position: last.position as Position, told, firstAt, statusAt };
}
