import type { Json, JsonObject } from '#kernel';
import { HttpProblem, type Fault } from './problem.ts';
import type { ProblemCode } from './problems.ts';
import { schemaOf } from './json-schema.ts';
import { validated } from './validate.ts';

export interface Given<P> {
  readonly params: P;
  /** Those of `others` that are there, as they stand. */
  readonly others: ReadonlyMap<string, string>;
}

/** The parameters of one route: flat, each known, none twice. */
export interface ParameterReader<P> {
  /** JSON Schema of each, path parameters included. */
  readonly schema: JsonObject;
  /** `query` is what comes after the `?`. Throws an {@link HttpProblem} that names the parameter. */
  readonly read: (query: string, path: Readonly<Record<string, string>>) => Given<P>;
}

/**
 * Reads parameters into a class. A URL holds text only: whole numbers, `true`, `false` and comma-separated lists become
 * what the class says they are, and nothing else is converted. `others` are parameters that are not the class's; those of
 * the class in `without`, which are optional, are not of this route.
 */
export function parametersOf<P extends object>(
  type: new () => P,
  others: readonly string[] = [],
  without: readonly string[] = [],
): ParameterReader<P> {
  const schema = schemaOf(type, new Map());
  const all = schema['properties'] as Readonly<Record<string, JsonObject>>;
  const properties = Object.fromEntries(Object.entries(all).filter(([name]) => !without.includes(name)));
  return {
    schema: { ...schema, properties },
    read: (query, path) => {
      const given: Record<string, Json> = {};
      const all = flat(query, (name) => (Object.hasOwn(properties, name) && !(name in path)) || others.includes(name));
      for (const [name, text] of [...all, ...Object.entries(path)])
        if (Object.hasOwn(properties, name)) given[name] = converted(text, properties[name]!);
      const result = validated(type, given);
      if (result.valid)
        return { params: result.value, others: new Map([...all].filter(([name]) => others.includes(name))) };
      throw new HttpProblem('invalid-parameter', {
        errors: result.faults.map(({ pointer, code, message }) => ({ parameter: pointer!.slice(1), code, message })),
      });
    },
  };
}

/** The parameters of a query string as they stand, in NFC. */
export function flat(query: string, isKnown: (name: string) => boolean): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const [name, text] of new URLSearchParams(query)) {
    if (!isKnown(name)) refuse('unknown-parameter', name, 'is not a parameter of this address');
    if (given.has(name)) refuse('repeated-parameter', name, 'is there twice');
    // oxlint-disable-next-line no-control-regex -- that is what it is for
    if (/[\u0000-\u001f]/.test(text)) refuse('invalid-parameter', name, 'holds control characters');
    given.set(name, text.normalize('NFC'));
  }
  return given;
}

function converted(text: string, schema: JsonObject): Json {
  const { type, items } = schema;
  if (type === 'array') return text.split(',').map((item) => converted(item, items as JsonObject));
  if (type === 'integer' && /^(?:0|-?[1-9]\d{0,15})$/.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function refuse(code: ProblemCode, name: string, message: string): never {
  const fault: Fault = { parameter: name.slice(0, 100), code, message };
  throw new HttpProblem(code, { errors: [fault] });
}
