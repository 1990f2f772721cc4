import type { Json } from './json.ts';
import type { Instant } from './time.ts';

/** A fact in the domain's own words. Type and shape are storage formats: add, never rename. */
export interface Event<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
}

/** One stream an aggregate id: `action-5f0c…`. */
export interface StreamRef {
  readonly aggregate: string;
  readonly id: string;
}

/** Who gave a command: a person by pseudonymous id, an operator, or a process (`process:broaden`). */
export interface Actor {
  readonly subject: string;
  readonly role: string;
  readonly organisation?: string;
}

export interface Reason {
  readonly code?: string;
  readonly text: Readonly<Partial<Record<'nl' | 'fr' | 'en', string>>>;
}

export interface Evidence {
  readonly sha256: string;
  readonly mediaType: string;
  readonly class: string;
  readonly title: string;
  readonly heldBy: string;
}

/** What every event carries beside its payload (`architecture.md`, Envelope). */
export interface Meta {
  /** Number of the payload's version. */
  readonly schema: number;
  /** The network whose fact it is; null for what belongs to none. */
  readonly network: string | null;
  /** Business time: when it held. */
  readonly occurredAt: Instant;
  /** Application clock at append: since when we know. */
  readonly recordedAt: Instant;
  readonly actor: Actor;
  readonly onBehalfOf?: string;
  readonly commandId: string;
  /** SHA-256 of the command's canonical body without personal data: a repeat with another body is told from a retry. */
  readonly commandHash: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly decisionRef?: string;
  readonly reason?: Reason;
  readonly evidence?: readonly Evidence[];
  readonly supersedes?: string;
  /** The other streams the decision looked at, and how far it had seen them. */
  readonly basis: readonly { readonly stream: string; readonly revision: number | null }[];
  readonly $audit: { readonly salt: string };
}

/** An event as it lies in the log. */
export type Recorded<E extends Event = Event> = E & {
  readonly id: string;
  readonly stream: StreamRef;
  /** 0 for the first of its stream. */
  readonly revision: number;
  /** Opaque; sorts as text in log order. */
  readonly position: string;
  readonly meta: Meta;
};

export const streamName = ({ aggregate, id }: StreamRef): string => `${aggregate}-${id}`;

/** The id is the UUID at the end, for an aggregate may have dashes too; where there is none, what follows the first dash. */
export function streamRef(name: string): StreamRef {
  const uuid = name.search(/-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  const dash = uuid === -1 ? name.indexOf('-') : uuid;
  return { aggregate: name.slice(0, dash), id: name.slice(dash + 1) };
}

/** A payload or metadata as text-ready JSON. */
export type Payload = { readonly [member: string]: Json };
