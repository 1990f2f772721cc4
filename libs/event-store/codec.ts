import { streamRef, type JsonObject, type Meta, type Recorded } from '#kernel';
import type { StoredEvent } from './port.ts';

/** How a stored payload of version n becomes one of version n + 1. Pure. */
export type Upcast = (data: JsonObject) => JsonObject;

/** What the log may hold under a type. */
export interface EventType {
  readonly aggregate: string;
  /** One for each former version of the payload, the oldest first; the present version is one more than there are. */
  readonly upcasts?: readonly Upcast[];
}
export type EventTypes = Readonly<Record<string, EventType>>;

/** An event of ours that this program does not know: its reader stops, it is never skipped. */
export class UnknownEventError extends Error {
  readonly code = 'unknown-event';
}

export interface Codec {
  /** The version in which payloads of this type are written. */
  readonly schemaOf: (type: string) => number;
  /** Null for an event of a stream that is not ours. Throws {@link UnknownEventError} for an unknown type or a newer version. */
  readonly decode: (stored: StoredEvent) => Recorded | null;
}

/** The only place where former versions of payloads are read: loading, subscriptions, as-of and exports agree. */
export function codec(types: EventTypes): Codec {
  const ours = new Set(Object.values(types).map(({ aggregate }) => aggregate));
  const schemaOf = (type: string): number => (types[type]?.upcasts?.length ?? 0) + 1;
  return {
    schemaOf,
    decode: (stored) => {
      const stream = streamRef(stored.stream);
      if (!ours.has(stream.aggregate)) return null;
      const where = `${stored.type} at ${stored.stream}/${stored.revision}`;
      const known = types[stored.type];
      if (known?.aggregate !== stream.aggregate) throw new UnknownEventError(`unknown event ${where}`);
      const meta = stored.meta as unknown as Meta;
      if (meta.schema > schemaOf(stored.type))
        throw new UnknownEventError(`${where} has payload version ${meta.schema}, newer than this program`);
      const data = (known.upcasts ?? []).slice(meta.schema - 1).reduce((old, upcast) => upcast(old), stored.data);
      return {
        id: stored.id,
        type: stored.type,
        data,
        meta,
        stream,
        revision: Number(stored.revision),
        position: stored.position,
      };
    },
  };
}
