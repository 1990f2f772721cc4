import { projection, s, type Document, type Event, type Projection, type Recorded, type Schema } from '#kernel';

/** What every document says of the last event that changed it. */
export const stamped = {
  id: s.id(),
  revision: s.integer('Of its stream: what `If-Match` names.'),
  position: s.text('Of the last event that changed it.'),
  updatedAt: s.instant('When that event was recorded.'),
};
type Stamp = Document & { readonly revision: number; readonly position: string; readonly updatedAt: string };
type Of<E extends Event, T extends E['type']> = Recorded<Extract<E, { readonly type: T }>>;

interface Declaration<D extends Stamp, E extends Event, S extends E['type']> {
  readonly name: string;
  readonly version: number;
  /** The aggregate whose streams it folds. */
  readonly source: string;
  readonly doc: Schema<D>;
  /** The first event of a stream; where such an event may come again, `on` says what it changes then. */
  readonly starts: { readonly [T in S]: (event: Of<E, T>) => Omit<D, keyof Stamp> };
  /** What each other event changes; a type left out does not compile, for the revision counts every one. */
  readonly on: {
    readonly [T in Exclude<E['type'], S>]: (document: D, event: Of<E, T>) => Partial<Omit<D, keyof Stamp>>;
  } & { readonly [T in S]?: (document: D, event: Of<E, T>) => Partial<Omit<D, keyof Stamp>> };
  /** What an event of any type changes. */
  readonly every?: (document: D, event: Recorded<E>) => Partial<Omit<D, keyof Stamp>>;
  readonly indexes: readonly (readonly string[])[];
}

/** A read model with one document a stream, in which every event of the stream leaves its revision. */
export function streamProjection<D extends Stamp, E extends Event, S extends E['type']>(
  declared: Declaration<D, E, S>,
): Projection<D> {
  const { every = unchanged } = declared;
  const finish = (document: D, event: Recorded<E>): D => ({ ...document, ...every(document, event), ...stamp(event) });
  const start = (first: (event: Recorded<E>) => object) => (event: Recorded<E>) =>
    finish({ id: event.stream.id, ...first(event), ...stamp(event) } as D, event);
  const follow = (change: (document: D, event: Recorded<E>) => Partial<D>) => (document: D, event: Recorded<E>) =>
    finish({ ...document, ...change(document, event) }, event);
  const { starts, on, ...rest } = declared;
  return projection<D, Event>({ ...rest, starts: each(starts, start as never), on: each(on, follow as never) });
}

/** The same for each event type; what a type's function takes is seen to fit where it is declared. */
const each = (functions: object, wrap: (one: never) => never): Readonly<Record<string, never>> =>
  Object.fromEntries(Object.entries(functions).map(([type, one]) => [type, wrap(one as never)]));

const stamp = ({ revision, position, meta }: Recorded): Omit<Stamp, 'id'> => ({
  revision,
  position,
  updatedAt: meta.recordedAt,
});

/** What changes nothing but the revision. */
export const unchanged = (): object => ({});

/** The network whose fact an event is; only streams that belong to one are asked. */
export const homeOf = ({ meta }: Recorded): string => meta.network ?? '';
