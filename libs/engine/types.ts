import type { Actor, CommandBody, CommandDefinition, Event, Instant, Position, Rejected } from '#kernel';

/** A command as it arrives: authenticated and validated, not yet authorised. */
export interface CommandRequest {
  readonly definition: CommandDefinition;
  readonly body: CommandBody;
  /** The thing it is about; absent for a create. */
  readonly id?: string;
  readonly actor: Actor;
  /** Idempotency-Key: with caller, command and target it makes the command's id, for ever. */
  readonly key: string;
  /** The revision the client has seen, or `*` for whatever it is now. */
  readonly ifMatch: number | '*';
  /** Decide, and write nothing. */
  readonly dryRun?: boolean;
  readonly correlationId?: string;
  readonly causationId?: string;
}

/** What a command led to. `event` is null when everything was already so. */
export interface Receipt {
  readonly commandId: string;
  readonly stream: string;
  readonly id: string;
  /** Of the stream now; null when there is none. */
  readonly revision: number | null;
  /** Of the event, or of the last event of the stream. */
  readonly position: Position | null;
  readonly event: { readonly id: string; readonly type: string } | null;
}

/** The engine's own refusals, beside the domain's. */
export type EngineCode =
  | 'not-found'
  | 'out-of-order'
  | 'idempotency-key-reused'
  | 'revision-conflict'
  | 'outcome-unknown'
  | 'store-unavailable'
  | 'contention'
  | 'disk-full'
  | 'payload-too-large';

export type CommandResult =
  | { readonly kind: 'done'; readonly receipt: Receipt; readonly created: boolean; readonly replayed: boolean }
  /** The event that would be written; null when everything is already so. */
  | { readonly kind: 'dry-run'; readonly event: (Event & { readonly occurredAt: Instant }) | null }
  | { readonly kind: 'refused'; readonly rejection: Rejected };

/** What happened since the revision that the client named. */
export interface EventSince {
  readonly id: string;
  readonly type: string;
  readonly revision: number;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly actor: Actor;
}
