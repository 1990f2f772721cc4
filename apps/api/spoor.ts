import type { CommandRequest, CommandResult, ProcessStatus, ProjectionDiff, ProjectionStatus } from '#engine';
import type { EventStore, StoredEvent } from '#event-store';
import type { Catalogue } from '#http';
import type { Actor, Clock, Position, Recorded, Rejected } from '#kernel';
import type { Moment, QueryEntry } from '#queries';

/** What a question led to. A refusal is `forbidden` or, for another network's thing, `none`. */
export type Answer =
  /** `position`: the last event that the answer reflects; null while nothing was projected. */
  | { readonly kind: 'found'; readonly value: object; readonly position: Position | null }
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly rejection: Rejected };

/** What the API needs of whatever stack runs beneath it. Made by the composition; closed by the API when it stops. */
export interface Spoor {
  readonly stack: 'embedded' | 'server';
  /** What lies beneath, and whether it answers now. `atomic`: documents and checkpoint change together. */
  stores(): Promise<{
    readonly log: { readonly kind: string; readonly reached: boolean };
    readonly readModels: { readonly kind: string; readonly reached: boolean; readonly atomic: boolean };
  }>;
  /** Who projects: this process, another one until it stops (this one waits), or never this one. */
  projector(): 'here' | 'waiting' | 'elsewhere';
  readonly catalogue: Catalogue;
  /** Of the log: a consistency token of another log is refused. */
  readonly logId: string;
  /** For signing consistency tokens: 32 bytes made at the first start and kept in the data directory. */
  readonly tokenKey: Buffer;
  /** `advance` is there with the simulated clock only, and resolves when processes and projections have caught up. Earlier than now: false. */
  readonly clock: Clock & { readonly simulated: boolean; advance?(moment: string): Promise<boolean> };
  readonly commands: {
    run(request: CommandRequest): Promise<CommandResult>;
    /** How often somebody else appended first, so far. */
    readonly conflicts: number;
  };
  readonly queries: {
    /** Authorises by `entry.who`. `asOf` is a date, an instant or a position. */
    run(entry: QueryEntry, params: object, at: Moment, actor: Actor): Promise<Answer>;
    /** A whole list page by page, all at one moment; each value is a `ListPage`. What is refused is so at the first. */
    pages(entry: QueryEntry, params: object, at: Moment, actor: Actor): AsyncGenerator<Answer, void>;
  };
  /** Whether the person is registered (and not erased); the operator is always known. What the role allows is decided later. */
  actorState(actor: Actor): Promise<'known' | 'unknown'>;
  /** Networks in which the actor holds a role now. */
  networksOf(actor: Actor): Promise<ReadonlySet<string>>;
  readonly projections: {
    list(): Promise<readonly ProjectionStatus[]>;
    /** Begins to build the next generation beside the one that serves; at most one at a time. Undefined: no such projection. */
    rebuild(name: string): Promise<ProjectionStatus | undefined>;
    /** Undefined: no such projection, or no generation beside the one that serves. */
    diff(name: string): Promise<ProjectionDiff | undefined>;
    /** Also the way back. Undefined: no such projection or generation. */
    activate(name: string, generation: number): Promise<ProjectionStatus | undefined>;
  };
  /** The process managers: what events lead to. */
  readonly processes: { list(): Promise<readonly ProcessStatus[]> };
  /** Whether these projections (all, when none is named) come to `position` within the time. */
  reached(position: Position, projections: readonly string[], timeoutMs: number): Promise<boolean>;
  /** For the stream: the log itself, so that a place to resume from never expires. */
  readonly events: Pick<EventStore, 'readAll' | 'subscribe' | 'head'>;
  /** The event as the domain reads it now (upcast); undefined for a stream that is not ours. */
  decode(event: StoredEvent): Recorded | undefined;
  /** The read models answer. */
  ready(): Promise<boolean>;
  /** Stops what runs here; the stores stay open. */
  close(): Promise<void>;
}

/** What the server itself must know. */
export interface ServerConfig {
  /** Loopback only, until there is access control. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
}
