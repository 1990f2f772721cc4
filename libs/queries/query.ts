import type { Actor, Instant, Schema } from '#kernel';
import type { Role } from '#domain';
import type { Reader } from '#read-store';

/** From where a query reads: now, or as it was known and as it held at a moment. */
export interface Moment {
  /** What was known: a position, an instant, or a date (its end); now by default. */
  readonly asOf?: string;
  /** What held: an instant. */
  readonly effectiveAt?: Instant;
}

export interface QueryContext {
  /** Reads at the moment asked for (`readerAt`); `now` for what has no other moment. */
  readonly reader: Reader;
  /** The moment asked for; empty for now. */
  readonly moment: Moment;
  /** A reader for another moment, `{}` for now: for differences. */
  readonly at: (moment: Moment) => Reader;
  /** The application's clock, or the moment asked for: the later a fact is due, the less it is overdue then. */
  readonly now: Instant;
  /** Names of persons, where they are known and not erased. */
  names(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  readonly actor: Actor;
  /** Networks in which the caller holds a role now. */
  readonly networks: ReadonlySet<string>;
  /** Organisations for which the caller holds it. */
  readonly organisations: ReadonlySet<string>;
}

/** One kind of question, for the API: route, parameters, schema and docs are made from it. */
export interface QueryEntry<P extends object = never, R = unknown> {
  /** `listActions`: the operation's id. */
  readonly name: string;
  /** Below `/api/v1`, path parameters as `{id}`. */
  readonly path: string;
  readonly summary: string;
  /**
   * Class with class-validator constraints, path parameters included; `asOf` and `effectiveAt` are not, for they are
   * every query's with `timeTravel`. A list is said with commas (`status=active,suspended`).
   */
  readonly params: new () => P;
  /** Of the answer, `asOf` included. */
  readonly result: Schema<R>;
  /** Who may ask (`public`: whoever, without saying who); in which network is decided by `network` or by the answer itself (`notFound`). */
  readonly who: readonly (Role | 'operator')[] | 'anyone' | 'public';
  /** Read models it reads: what a consistency token waits for. */
  readonly reads: readonly string[];
  /** Whether it answers `asOf` and `effectiveAt`. */
  readonly timeTravel: boolean;
  readonly example: object;
  /** Whether the answer holds exact numbers of an indicator of small numbers, and whose: its reader leaves a record. */
  readonly exact?: (answer: R) => { readonly network: string; readonly subject: string } | null;
  readonly run: (params: P, context: QueryContext) => Promise<R | typeof notFound>;
}

/** It does not exist, or not for this caller: the same answer. */
export const notFound = Symbol('not found');
