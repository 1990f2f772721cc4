import type { Event, Recorded } from './event.ts';
import { corrected, CORRECTION } from './fold.ts';

import type { Schema } from './schema.ts';

/** A document of a read model. */
export type Document = { readonly id: string };
/** The document is no more. */
export const gone = Symbol('gone');

/** A read model: pure, total, synchronous folds; the same on every store, for rebuilds and for every moment. */
export interface Projection<D extends Document = Document> {
  readonly name: string;
  /** Another one when the same events give other documents: a new generation is built beside the old. */
  readonly version: number;
  readonly doc: Schema<D>;
  /** Fields by which it is found, in order; each list query is served by one. */
  readonly indexes: readonly (readonly string[])[];
  /** Ids of the documents an event reads or writes. */
  keys(event: Recorded): readonly string[];
  /** What the event makes of them. */
  apply(event: Recorded, document: (id: string) => D | undefined): readonly (readonly [id: string, D | typeof gone])[];
  /**
   * The aggregate whose streams it folds: the documents of a stream have its id, or `<its id>/<part>`. Null when a document
   * spans streams.
   */
  readonly source: string | null;
}

type Of<E extends Event, T extends E['type']> = Recorded<Extract<E, { readonly type: T }>>;

interface Declaration<D extends Document, E extends Event> {
  readonly name: string;
  readonly version: number;
  readonly source: string;
  readonly doc: Schema<D>;
  /** Events that begin a document; about a document that is there they go to `on`. */
  readonly starts: { readonly [T in E['type']]?: (event: Of<E, T>) => D };
  /** Events that change it; one about an absent document is ignored. */
  readonly on: { readonly [T in E['type']]?: (document: D, event: Of<E, T>) => D | typeof gone };
  readonly indexes: readonly (readonly string[])[];
}

/** A read model with one document a stream. */
export function projection<D extends Document, E extends Event>(declared: Declaration<D, E>): Projection<D> {
  const { name, version, source, doc, indexes } = declared;
  const starts = declared.starts as Readonly<Record<string, ((event: Recorded) => D) | undefined>>;
  const on = declared.on as Readonly<Record<string, ((document: D, event: Recorded) => D | typeof gone) | undefined>>;
  return {
    name,
    version,
    source,
    doc,
    indexes,
    keys: ({ stream, type }) => (stream.aggregate === source && (type in starts || type in on) ? [stream.id] : []),
    apply: (event, document) => {
      const { id } = event.stream;
      const present = document(id);
      if (present === undefined) {
        const start = starts[event.type];
        return start === undefined ? [] : [[id, start(event)]];
      }
      const change = on[event.type];
      return change === undefined ? [] : [[id, change(present, event)]];
    },
  };
}

/** The stream that makes the document of this id. */
export const streamOf = (id: string): string => id.split('/', 1)[0]!;

/** The documents that the events of one stream give, in the order given, by id. */
export function foldDocuments<D extends Document>(
  model: Projection<D>,
  events: readonly Recorded[],
): ReadonlyMap<string, D> {
  const documents = new Map<string, D>();
  for (const event of events)
    for (const [id, made] of model.apply(event, (id) => documents.get(id)))
      if (made === gone) documents.delete(id);
      else documents.set(id, made);
  return documents;
}

/** The document of a stream that makes one; corrections among the events apply to all. */
export const foldDocument = <D extends Document>(model: Projection<D>, events: readonly Recorded[]): D | undefined =>
  foldDocuments(model, corrected(events)).values().next().value;

/** What one event more makes of a document. */
export function step<D extends Document>(model: Projection<D>, before: D | undefined, event: Recorded): D | undefined {
  let document = before;
  for (const [, made] of model.apply(event, () => document)) document = made === gone ? undefined : made;
  return document;
}

/** Whether the event changes how earlier ones are read: the documents it touches are folded anew. */
export const corrects = (event: Recorded): boolean => event.type === CORRECTION;
