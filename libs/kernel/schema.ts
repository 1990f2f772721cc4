import type { JsonObject } from './json.ts';

/** A JSON Schema (2020-12) that also carries the TypeScript type of what it describes. */
export type Schema<T> = JsonObject & { readonly __type?: T };
export type TypeOf<S> = S extends Schema<infer T> ? T : never;

type Members = Readonly<Record<string, Schema<unknown>>>;
type OptionalNames<M extends Members> = { [K in keyof M]: undefined extends TypeOf<M[K]> ? K : never }[keyof M];
type ObjectOf<M extends Members> = { readonly [K in Exclude<keyof M, OptionalNames<M>>]: TypeOf<M[K]> } & {
  readonly [K in OptionalNames<M>]?: Exclude<TypeOf<M[K]>, undefined>;
};

const OPTIONAL = 'x-optional';

/** The words in which a document's shape is said once: its type, its validation and its API docs all come from here. */
export const s = {
  text: (description?: string): Schema<string> => described({ type: 'string' }, description),
  id: (description?: string): Schema<string> => described({ type: 'string', format: 'uuid' }, description),
  day: (description?: string): Schema<string> => described({ type: 'string', format: 'date' }, description),
  instant: (description?: string): Schema<string> => described({ type: 'string', format: 'date-time' }, description),
  integer: (description?: string): Schema<number> => described({ type: 'integer' }, description),
  cents: (description?: string): Schema<number> =>
    described({ type: 'integer', description: 'Euro cents' }, description),
  boolean: (description?: string): Schema<boolean> => described({ type: 'boolean' }, description),
  json: (description?: string): Schema<unknown> => described({}, description),
  oneOf: <const V extends string>(values: readonly V[], description?: string): Schema<V> =>
    described({ type: 'string', enum: values }, description),
  nullable: <T>(schema: Schema<T>): Schema<T | null> => ({ anyOf: [schema, { type: 'null' }] }),
  optional: <T>(schema: Schema<T>): Schema<T | undefined> => ({ ...schema, [OPTIONAL]: true }) as Schema<T | undefined>,
  list: <T>(items: Schema<T>, description?: string): Schema<readonly T[]> =>
    described({ type: 'array', items }, description),
  map: <T>(values: Schema<T>, description?: string): Schema<Readonly<Record<string, T>>> =>
    described({ type: 'object', additionalProperties: values }, description),
  object: <M extends Members>(members: M, description?: string): Schema<ObjectOf<M>> => {
    const properties = Object.fromEntries(
      Object.entries(members).map(([name, { [OPTIONAL]: _optional, ...schema }]) => [name, schema as JsonObject]),
    );
    const required = Object.entries(members)
      .filter(([, schema]) => schema[OPTIONAL] !== true)
      .map(([name]) => name);
    return described({ type: 'object', properties, required, additionalProperties: false }, description);
  },
} as const;

const described = <T>(schema: JsonObject, description?: string): Schema<T> =>
  description === undefined ? schema : { ...schema, description };
