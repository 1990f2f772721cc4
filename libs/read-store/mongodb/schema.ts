import type { Json, JsonObject } from '#kernel';
import { encodeName, keyName } from './names.ts';
import type { ModelSpec } from '../port.ts';

const TYPES: Readonly<Record<string, string>> = { integer: 'long', number: 'long', boolean: 'bool' };

/**
 * The validator of a collection: a second net below our own check, and the one that holds whoever writes. It says what
 * `$jsonSchema` can say of types and members; what it leaves out makes it weaker, never stricter.
 */
export const validatorOf = ({ schema }: ModelSpec): JsonObject => ({
  $jsonSchema: {
    bsonType: 'object',
    required: ['_id', 'seq'],
    properties: { _id: { bsonType: 'string' }, seq: { bsonType: 'long' }, doc: translated(schema) },
  },
});

function translated(schema: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(schema).flatMap(([keyword, value]) =>
      Object.hasOwn(KEYWORDS, keyword) ? [KEYWORDS[keyword]!(value)] : [],
    ),
  );
}

const nested = (value: Json): Json => (typeof value === 'boolean' ? value : translated(value as JsonObject));

const KEYWORDS: Readonly<Record<string, (value: Json) => readonly [keyword: string, value: Json]>> = {
  type: (value) => ['bsonType', [value as string | string[]].flat().map((type) => TYPES[type] ?? type)],
  properties: (value) => [
    'properties',
    Object.fromEntries(Object.entries(value as JsonObject).map(([name, part]) => [encodeName(name), nested(part)])),
  ],
  required: (value) => ['required', (value as readonly string[]).map(encodeName)],
  additionalProperties: (value) => ['additionalProperties', nested(value)],
  items: (value) => ['items', nested(value)],
  anyOf: (value) => ['anyOf', (value as readonly Json[]).map(nested)],
  allOf: (value) => ['allOf', (value as readonly Json[]).map(nested)],
  enum: (value) => ['enum', value],
};

/** An index by its name: what each declared one is in MongoDB, ending in the tie-breaker. */
export const indexesOf = ({ schema, indexes }: ModelSpec): ReadonlyMap<string, Readonly<Record<string, 1>>> =>
  new Map(
    indexes.map((fields) => [
      fields.join(' '),
      Object.fromEntries([...fields.map((field) => [placeOf(schema, field), 1]), ['_id', 1]]) as Record<
        string,
        1
      >,
    ]),
  );

/** A field that the schema says is a list is asked for by what it holds. */
function placeOf(schema: JsonObject, field: string): string {
  if (field === 'id') return '_id';
  let at: JsonObject | undefined = schema;
  for (const name of field.split('.')) at = memberOf(at, name);
  return `${typesOf(at).includes('array') ? 'lists' : 'keys'}.${keyName(field)}`;
}

const alternatives = (schema: JsonObject | undefined): readonly JsonObject[] =>
  schema === undefined ? [] : [schema, ...((schema['anyOf'] ?? []) as readonly JsonObject[])];

const memberOf = (schema: JsonObject | undefined, name: string): JsonObject | undefined =>
  alternatives(schema)
    .map(({ properties }) => (properties as JsonObject | undefined)?.[name] as JsonObject | undefined)
    .find((member) => member !== undefined);

const typesOf = (schema: JsonObject | undefined): readonly Json[] =>
  alternatives(schema).flatMap(({ type }) => type as string | string[]);
