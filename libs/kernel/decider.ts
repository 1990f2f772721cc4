import type { Actor, Event, Recorded } from './event.ts';
import type { Instant } from './time.ts';

/** An aggregate is its first state and how each event changes it. `status` tells a change of status from other facts. */
export interface Aggregate<
  S extends { readonly status: string } = { readonly status: string },
  E extends Event = Event,
> {
  /** Also the first part of its stream names. */
  readonly name: string;
  readonly initial: S;
  /** Total, synchronous, deterministic. */
  evolve(state: S, event: Recorded<E>): S;
}

/** A business "no": a value, never an exception. */
export interface Rejected<Code extends string = string> {
  readonly rejected: Code;
  readonly params: Readonly<Record<string, unknown>>;
}

/** It is already so: no event, and no error. */
export const nothing = Symbol('nothing');
export type Nothing = typeof nothing;

/** All that a decision may know beside the command and the state of its own stream. */
export interface DecisionContext {
  /** The state of another stream; the event keeps what was looked at as its `basis`. */
  readonly look: <S extends { readonly status: string }>(aggregate: Aggregate<S, never>, id: string) => S;
  /** The id of the stream being decided on. */
  readonly id: string;
  /** The event's own id, should there be one: the id of the command. */
  readonly eventId: string;
  /** When the fact holds. */
  readonly occurredAt: Instant;
  /** The application's clock. */
  readonly now: Instant;
  readonly actor: Actor;
}

/** What a decision may say beside its event: when it holds, where that is not when the command says it happened. */
export type Decided<E extends Event> = E & { readonly occurredAt?: Instant };

/** A command on another stream that must have been carried out before: a claim on what several streams share. */
export interface PriorCommand {
  /** Name of the command's class; it is an internal one. */
  readonly command: string;
  /** The thing it is about; absent where the command says itself which stream it begins. */
  readonly id?: string;
  readonly body: object;
  /** What makes it the same one when it is asked for again: a claim has one effect. */
  readonly key: string;
}

/** Not yet: `first` must be carried out, then it is decided anew. `then` is the event to which that leads. */
export interface Prior<E extends Event> {
  readonly first: PriorCommand;
  readonly then: E;
}

/** What a decision comes to. */
export type Outcome<E extends Event, Code extends string = string> = Decided<E> | Prior<E> | Nothing | Rejected<Code>;

/** Pure: one command on one state gives one event, nothing, a refusal, or what must come first. */
export type Decide<C, S, E extends Event, Code extends string = string> = (
  command: C,
  state: S,
  context: DecisionContext,
) => Outcome<E, Code>;

export const isPrior = <E extends Event>(outcome: Outcome<E>): outcome is Prior<E> =>
  typeof outcome === 'object' && 'first' in outcome;

export const isRejected = (outcome: unknown): outcome is Rejected =>
  typeof outcome === 'object' && outcome !== null && 'rejected' in outcome;
