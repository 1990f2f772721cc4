import { type Document, type Event, type Projection, type Recorded, type Schema, s } from '#kernel';

/** What every part says of its thing and of the last event that changed it. */
export const partStamped = {
  id: s.text('`<of>/<part>`.'),
  of: s.id('The thing it is a part of.'),
  position: s.text('Of the last event that changed it.'),
  updatedAt: s.instant('When that event was recorded.'),
};
type Stamp = Document & { readonly of: string; readonly position: string; readonly updatedAt: string };
type Body<D> = Omit<D, keyof Stamp>;
type Of<E extends Event, T extends E['type']> = Recorded<Extract<E, { readonly type: T }>>;

interface Declaration<D extends Stamp, E extends Event> {
  readonly name: string;
  readonly version: number;
  readonly source: string;
  readonly doc: Schema<D>;
  /** Which part an event is about; its place in the documents of its thing. */
  readonly part: (event: Recorded<E>) => string | undefined;
  readonly starts: { readonly [T in E['type']]?: (event: Of<E, T>) => Body<D> };
  /** An event about a part that is not there is ignored. */
  readonly on: { readonly [T in E['type']]?: (document: D, event: Of<E, T>) => Partial<Body<D>> };
  readonly indexes: readonly (readonly string[])[];
}

type Start = ((event: Recorded) => object) | undefined;
type Change = ((document: object, event: Recorded) => object) | undefined;

/** A read model with a document for each part of a thing: what would outgrow one document of its stream. */
export function partsProjection<D extends Stamp, E extends Event>(declared: Declaration<D, E>): Projection<D> {
  const { name, version, source, doc, indexes, part } = declared;
  const starts = declared.starts as Readonly<Record<string, Start>>;
  const on = declared.on as Readonly<Record<string, Change>>;
  const idOf = (event: Recorded): string | undefined => {
    if (event.stream.aggregate !== source || !(event.type in starts || event.type in on)) return undefined;
    const named = part(event as Recorded<E>);
    return named === undefined ? undefined : `${event.stream.id}/${named}`;
  };
  return {
    name,
    version,
    source,
    doc,
    indexes,
    keys: (event) => [idOf(event)].filter((id) => id !== undefined),
    apply: (event, document) => {
      const id = idOf(event);
      if (id === undefined) return [];
      const present = document(id);
      const body =
        present === undefined ? starts[event.type]?.(event) : { ...present, ...on[event.type]?.(present, event) };
      if (body === undefined) return [];
      const stamp = { id, of: event.stream.id, position: event.position, updatedAt: event.meta.recordedAt };
      return [[id, { ...body, ...stamp } as unknown as D]];
    },
  };
}
