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

function translated(schema: Json): JsonObject {
  // Of draft 4, in which only `additionalProperties` may be true or false, and no list may be empty.
  if (schema === true) return {};
  if (schema === false) return { not: {} };
  return Object.fromEntries(
    Object.entries(schema as JsonObject).flatMap(([keyword, value]) =>
      Object.hasOwn(KEYWORDS, keyword) && !isEmpty(value) ? [KEYWORDS[keyword]!(value)] : [],
    ),
  );
}

const isEmpty = (value: Json): boolean => Array.isArray(value) && value.length === 0;

const KEYWORDS: Readonly<Record<string, (value: Json) => readonly [keyword: string, value: Json]>> = {
  type: (value) => ['bsonType', [value as string | string[]].flat().map((type) => TYPES[type] ?? type)],
  properties: (value) => [
    'properties',
    Object.fromEntries(Object.entries(value as JsonObject).map(([name, part]) => [encodeName(name), translated(part)])),
  ],
  required: (value) => ['required', (value as readonly string[]).map(encodeName)],
  additionalProperties: (value) => ['additionalProperties', typeof value === 'boolean' ? value : translated(value)],
  items: (value) => ['items', translated(value)],
  anyOf: (value) => ['anyOf', (value as readonly Json[]).map(translated)],
  allOf: (value) => ['allOf', (value as readonly Json[]).map(translated)],
  enum: (value) => ['enum', value],
};

/** The declared indexes by name, as MongoDB keeps them: each ends in the tie-breaker. That of ids is there by itself. */
export const indexesOf = ({ schema, indexes }: ModelSpec): ReadonlyMap<string, Readonly<Record<string, 1>>> =>
  new Map(
    indexes
      .filter((fields) => fields[0] !== 'id')
      .map((fields) => [fields.join(' '), ascending([...fields.map((field) => placeOf(schema, field)), '_id'])]),
  );

const ascending = (places: readonly string[]): Readonly<Record<string, 1>> =>
  Object.fromEntries(places.map((place) => [place, 1]));

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
