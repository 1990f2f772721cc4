import type { Json, JsonObject } from '#kernel';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata.js';

export type Constructor = new () => object;
/** Named schemas, as they stand under `components.schemas`. */
export type Definitions = Map<string, JsonObject>;

/**
 * The JSON Schema (2020-12) of what class-validator accepts for a class, inherited members included; classes of its
 * parts are added to `definitions`. Throws on a constraint it cannot translate: a schema that says less would be a lie.
 */
export function schemaOf(type: Constructor, definitions: Definitions): JsonObject {
  const members = Map.groupBy(metadataOf(type), ({ propertyName }) => propertyName);
  const properties: Record<string, JsonObject> = {};
  const required: string[] = [];
  for (const [name, constraints] of members) {
    const schema = memberOf(type, name, constraints, definitions);
    properties[name] = skips(constraints, null) ? orNull(schema) : schema;
    if (!skips(constraints, undefined)) required.push(name);
  }
  return { type: 'object', properties, ...(required.length > 0 && { required }), additionalProperties: false };
}

/** A reference to the schema of a class, which is added to `definitions`. */
export function referenceTo(type: Constructor, definitions: Definitions): JsonObject {
  const schema = schemaOf(type, definitions);
  const known = definitions.get(type.name);
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema))
    throw new Error(`two classes are called ${type.name} and differ`);
  definitions.set(type.name, schema);
  return { $ref: `#/components/schemas/${type.name}` };
}

/** Members as class-validator sees them: its own order, the nearest declaration winning. */
const metadataOf = (type: Constructor): readonly ValidationMetadata[] =>
  getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);

/** Whether its conditions (`Optional`, `Nullable`) let this value pass unlooked at. */
const skips = (constraints: readonly ValidationMetadata[], value: null | undefined): boolean =>
  constraints.some(
    ({ type, constraints }) =>
      type === 'conditionalValidation' && !(constraints[0] as (object: object, value: unknown) => boolean)({}, value),
  );

const orNull = (schema: JsonObject): JsonObject => {
  const { description, ...rest } = schema;
  return { anyOf: [rest, { type: 'null' }], ...(description !== undefined && { description }) };
};

function memberOf(
  type: Constructor,
  name: string,
  constraints: readonly ValidationMetadata[],
  definitions: Definitions,
): JsonObject {
  const whole: JsonObject[] = [];
  const items: JsonObject[] = [];
  for (const constraint of constraints) {
    if (constraint.type === 'conditionalValidation') continue;
    const said = translated(type, name, constraint, definitions);
    (constraint.each ? items : whole).push(said);
  }
  const { description, ...schema } = Object.assign({}, ...whole) as JsonObject;
  return {
    ...schema,
    ...(schema.type === 'array' && { items: Object.assign({}, ...items) as JsonObject }),
    ...(description !== undefined && { description }),
  };
}

/** What one constraint says. Own checks carry their schema in `context.schema`. */
function translated(
  type: Constructor,
  name: string,
  constraint: ValidationMetadata,
  definitions: Definitions,
): JsonObject {
  const { schema } = (constraint.context ?? {}) as { schema?: JsonObject };
  if (constraint.type === 'nestedValidation') return { ...referenceTo(partOf(type, name), definitions), ...schema };
  const [bound] = (constraint.constraints ?? []) as readonly unknown[];
  const own = BUILT_IN[constraint.name ?? '']?.(bound);
  if (own === undefined && schema === undefined)
    throw new Error(`${type.name}.${name}: no JSON Schema is known for ${constraint.name ?? constraint.type}`);
  return { ...own, ...schema };
}

const BUILT_IN: Readonly<Record<string, (bound: unknown) => JsonObject>> = {
  isInt: () => ({ type: 'integer' }),
  min: (minimum) => ({ minimum: minimum as number }),
  max: (maximum) => ({ maximum: maximum as number }),
  isBoolean: () => ({ type: 'boolean' }),
  isIn: (values) => ({ enum: values as Json }),
  matches: (pattern) => ({ type: 'string', pattern: (pattern as RegExp).source }),
  isArray: () => ({ type: 'array' }),
  arrayMinSize: (minItems) => ({ minItems: minItems as number }),
  arrayMaxSize: (maxItems) => ({ maxItems: maxItems as number }),
  arrayUnique: () => ({ uniqueItems: true }),
};

const partOf = (type: Constructor, member: string): Constructor =>
  defaultMetadataStorage.findTypeMetadata(type, member).typeFunction() as Constructor;
