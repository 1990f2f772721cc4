import { Ajv } from 'ajv';
import { failedToParse, MongoFault, notPretended } from './faults.ts';
import { matcher } from './query.ts';
import { compare, isObject, kindOf, numberType, plain, plainDoc } from './values.ts';
import type { Doc } from './values.ts';
import type { FuncKeywordDefinition } from 'ajv';

/** Fails with code 121 for a typed document that the collection's validator refuses. */
export type Validate = (doc: Doc) => void;

/** Keywords about numbers and values, which ajv would apply to JavaScript's. */
const OWN = 'minimum maximum exclusiveMinimum exclusiveMaximum enum multipleOf'.split(' ');

const AJVS =
  'additionalItems additionalProperties allOf anyOf bsonType dependencies description items maxItems maxLength ' +
  'maxProperties minItems minLength minProperties not oneOf pattern patternProperties properties required title type ' +
  'uniqueItems';

/** The keywords of MongoDB's `$jsonSchema`: draft 4 without `$ref`, `definitions`, `default` and `format`. */
const KEYWORDS = new Set([...OWN, ...AJVS.split(' ')]);

const NAMES: Readonly<Record<string, string>> = {
  boolean: 'bool',
  ObjectId: 'objectId',
  Binary: 'binData',
  Timestamp: 'timestamp',
};

/** Whether a typed value is of one of these types, as MongoDB names them. */
function isOfType(types: string | readonly string[], value: unknown): boolean {
  const wanted = typeof types === 'string' ? [types] : types;
  const kind = kindOf(value);
  if (kind !== 'number') return wanted.includes(NAMES[kind] ?? kind);
  return wanted.includes('number') || wanted.includes(numberType(value));
}

const bound =
  (fits: (order: number, exclusive: boolean) => boolean, exclusive: string): FuncKeywordDefinition['validate'] =>
  (limit: number, value: unknown, parent?: Doc) =>
    kindOf(value) !== 'number' || fits(compare(value, limit), parent?.[exclusive] === true);

function validator(): Ajv {
  const ajv = new Ajv({ allErrors: true, strict: false, logger: false });
  for (const keyword of OWN) ajv.removeKeyword(keyword);
  ajv.addKeyword({ keyword: 'bsonType', validate: isOfType });
  ajv.addKeyword({
    keyword: 'minimum',
    validate: bound((order, open) => (open ? order > 0 : order >= 0), 'exclusiveMinimum')!,
  });
  ajv.addKeyword({
    keyword: 'maximum',
    validate: bound((order, open) => (open ? order < 0 : order <= 0), 'exclusiveMaximum')!,
  });
  ajv.addKeyword({ keyword: 'exclusiveMinimum' });
  ajv.addKeyword({ keyword: 'exclusiveMaximum' });
  ajv.addKeyword({
    keyword: 'enum',
    validate: (allowed: readonly unknown[], value: unknown) =>
      allowed.some((one) => compare(plain(one), plain(value)) === 0),
  });
  ajv.addKeyword({
    keyword: 'multipleOf',
    validate: (step: number, value: unknown) => kindOf(value) !== 'number' || Number(value) % step === 0,
  });
  return ajv;
}

const TYPES: Readonly<Record<string, string>> = { boolean: 'bool' };

/** MongoDB's dialect for ajv: `type` becomes `bsonType`. Unknown keywords are errors, as they are to MongoDB. */
function translated(schema: unknown): unknown {
  if (!isObject(schema)) return schema;
  const result: Doc = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (!KEYWORDS.has(keyword)) throw failedToParse(`Unknown $jsonSchema keyword: ${keyword}`);
    if (keyword === 'type') result['bsonType'] = types(value);
    else if (['properties', 'patternProperties', 'dependencies'].includes(keyword)) result[keyword] = members(value);
    else if (Array.isArray(value) && ['allOf', 'anyOf', 'oneOf', 'items'].includes(keyword))
      result[keyword] = value.map(translated);
    else if (['not', 'items', 'additionalItems', 'additionalProperties'].includes(keyword))
      result[keyword] = translated(value);
    else result[keyword] = value;
  }
  return result;
}

function types(value: unknown): unknown {
  const names = Array.isArray(value) ? (value as string[]) : [value as string];
  if (names.includes('integer')) throw failedToParse("$jsonSchema type 'integer' is not currently supported.");
  return names.map((name) => TYPES[name] ?? name);
}

const members = (value: unknown): unknown =>
  Object.fromEntries(Object.entries(value as Doc).map(([name, part]) => [name, translated(part)]));

/** What `validator` of `create` and `collMod` means: `$jsonSchema`, and any filter beside it. Plain. */
export function compileValidator(spec: Doc, level: string, action: string): Validate {
  if (level !== 'strict' || action !== 'error') throw notPretended(`validation ${level}/${action}`);
  const { $jsonSchema, ...filter } = spec;
  const fits = matcher(filter, new Date(0));
  const schema = $jsonSchema === undefined ? undefined : compileSchema($jsonSchema);
  return (doc) => {
    if (schema !== undefined && !schema(doc)) throw refused(doc, schema.errors ?? []);
    if (!fits(plainDoc(doc))) throw refused(doc, []);
  };
}

function compileSchema($jsonSchema: unknown): ReturnType<Ajv['compile']> {
  try {
    return validator().compile(translated($jsonSchema) as Doc);
  } catch (error) {
    if (error instanceof MongoFault) throw error;
    throw failedToParse(`$jsonSchema: ${(error as Error).message}`);
  }
}

const refused = (
  doc: Doc,
  errors: readonly { instancePath: string; keyword: string; message?: string }[],
): MongoFault =>
  new MongoFault(121, 'DocumentValidationFailure', 'Document failed validation', undefined, {
    errInfo: {
      failingDocumentId: doc['_id'],
      details: errors.map(({ instancePath, keyword, message }) => ({
        at: instancePath,
        keyword,
        message: message ?? '',
      })),
    },
  });
