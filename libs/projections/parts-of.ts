import { gone, s, type Document, type Event, type Projection, type Recorded, type Schema } from '#kernel';

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
  /** Which parts an event is about: their names within the thing. */
  readonly parts: (event: Recorded<E>) => readonly string[];
  readonly starts: { readonly [T in E['type']]?: (event: Of<E, T>, part: string) => Body<D> };
  /** An event about a part that is not there is ignored. */
  readonly on: {
    readonly [T in E['type']]?: (document: D, event: Of<E, T>, part: string) => Partial<Body<D>> | typeof gone;
  };
  readonly indexes: readonly (readonly string[])[];
}

type Start = ((event: Recorded, part: string) => object) | undefined;
type Change = ((document: object, event: Recorded, part: string) => object | typeof gone) | undefined;

/** A read model with a document for each part of a thing: what would outgrow one document of its stream. */
export function partsProjection<D extends Stamp, E extends Event>(declared: Declaration<D, E>): Projection<D> {
  const { name, version, source, doc, indexes } = declared;
  const starts = declared.starts as Readonly<Record<string, Start>>;
  const on = declared.on as Readonly<Record<string, Change>>;
  const partsOf = (event: Recorded): readonly string[] =>
    event.stream.aggregate === source && (event.type in starts || event.type in on)
      ? [...new Set(declared.parts(event as Recorded<E>))]
      : [];
  const idOf = ({ stream }: Recorded, part: string): string => `${stream.id}/${part}`;
  return {
    name,
    version,
    source,
    doc,
    indexes,
    keys: (event) => partsOf(event).map((part) => idOf(event, part)),
    apply: (event, document) =>
      partsOf(event).flatMap((part): readonly (readonly [string, D | typeof gone])[] => {
        const id = idOf(event, part);
        const present = document(id);
        const change =
          present === undefined ? starts[event.type]?.(event, part) : on[event.type]?.(present, event, part);
        if (change === undefined) return [];
        if (change === gone) return [[id, gone]];
        const stamp = { id, of: event.stream.id, position: event.position, updatedAt: event.meta.recordedAt };
        return [[id, { ...present, ...change, ...stamp } as unknown as D]];
      }),
  };
}
