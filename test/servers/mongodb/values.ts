import { BSON, Double, Int32, Long } from 'mongodb';

/**
 * BSON values in two forms. *Typed*: as they arrived, with `Int32`, `Double` and `Long` kept apart; that is what is
 * stored and answered. *Plain*: numbers as JavaScript numbers; that is what filters, sorts and pipelines see.
 */
export type Doc = Record<string, unknown>;

/** MongoDB's order of types; Decimal128, code and symbols are not known here. Missing comes before null, in expressions. */
const RANKS: Readonly<Record<string, number>> = {
  MinKey: 0,
  missing: 1,
  null: 2,
  number: 3,
  string: 4,
  object: 5,
  array: 6,
  Binary: 7,
  ObjectId: 8,
  boolean: 9,
  date: 10,
  Timestamp: 11,
  regex: 12,
  MaxKey: 13,
};

/** The name of a value's type: a key of {@link RANKS}. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'missing';
  if (typeof value === 'bigint') return 'number';
  if (typeof value !== 'object') return typeof value;
  if (Array.isArray(value)) return 'array';
  const type = (value as { readonly _bsontype?: unknown })._bsontype;
  if (type === 'Int32' || type === 'Double' || type === 'Long') return 'number';
  if (typeof type === 'string') return type;
  if (value instanceof Date) return 'date';
  return value instanceof RegExp ? 'regex' : 'object';
}

export const isObject = (value: unknown): value is Doc => kindOf(value) === 'object';

/** How a number is stored: the driver sends a JavaScript integer below 2^31 as int, every other number as double. */
export function numberType(value: unknown): 'int' | 'long' | 'double' {
  if (value instanceof Int32) return 'int';
  if (value instanceof Long || typeof value === 'bigint') return 'long';
  return typeof value === 'number' && (value | 0) === value && !Object.is(value, -0) ? 'int' : 'double';
}

/** A document as it arrived, its numbers typed. */
export const readTyped = (bytes: Uint8Array): Doc =>
  BSON.deserialize(bytes, { promoteValues: false, promoteLongs: false, promoteBuffers: false });

export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (kindOf(value) === 'number' && typeof value === 'object') return plainLong(value as Long);
  return isObject(value) ? mapValues(value, plain) : value;
}

export const plainDoc = (doc: Doc): Doc => plain(doc) as Doc;

const plainLong = (value: Long): number | Long => {
  const number = value.toNumber();
  return Number.isSafeInteger(number) ? number : value;
};

export const mapValues = (doc: Doc, change: (value: unknown) => unknown): Doc =>
  Object.fromEntries(Object.entries(doc).map(([key, value]) => [key, change(value)]));

/** A copy whose objects and lists may be changed. */
export function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  return isObject(value) ? mapValues(value, copy) : value;
}

export const sameBytes = (one: Doc, other: Doc): boolean =>
  Buffer.compare(BSON.serialize(one), BSON.serialize(other)) === 0;

/** Number by value whatever its type: JavaScript compares bigint with number exactly. */
export function numeric(value: unknown): number | bigint {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (value instanceof Int32 || value instanceof Double) return value.value;
  return (value as Long).toBigInt();
}

/** MongoDB's order of values. */
export function compare(one: unknown, other: unknown): number {
  const kind = kindOf(one);
  const byType = rankOf(kind) - rankOf(kindOf(other));
  if (byType !== 0) return byType;
  switch (kind) {
    case 'number':
      return compareNumbers(numeric(one), numeric(other));
    case 'string':
      return compareTexts(one as string, other as string);
    case 'boolean':
    case 'date':
      return Number(one) - Number(other);
    case 'array':
      return compareLists(one as unknown[], other as unknown[], compare);
    case 'object':
      return compareLists(Object.entries(one as Doc), Object.entries(other as Doc), compareMembers);
    case 'missing':
    case 'null':
    case 'MinKey':
    case 'MaxKey':
      return 0;
    default:
      return Buffer.compare(bytesOf(one), bytesOf(other));
  }
}

function rankOf(kind: string): number {
  const rank = RANKS[kind];
  if (rank === undefined) throw new Error(`the pretend MongoDB does not know values of type ${kind}`);
  return rank;
}

function compareNumbers(one: number | bigint, other: number | bigint): number {
  if (one < other) return -1;
  if (one > other) return 1;
  return Number(Number.isNaN(other)) - Number(Number.isNaN(one));
}

/** By UTF-8 bytes: as UTF-16 units, but surrogates come after everything else. */
function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) {
    const difference = codeRank(one.charCodeAt(at)) - codeRank(other.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

const codeRank = (unit: number): number => {
  if (unit >= 0xe000) return unit - 0x800;
  return unit >= 0xd800 ? unit + 0x2000 : unit;
};

function compareLists<T>(one: readonly T[], other: readonly T[], order: (one: T, other: T) => number): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) {
    const difference = order(one[at]!, other[at]!);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

/** Members in their order: by type, then by name, then by value. */
const compareMembers = ([name, value]: [string, unknown], [otherName, otherValue]: [string, unknown]): number =>
  rankOf(kindOf(value)) - rankOf(kindOf(otherValue)) || compareTexts(name, otherName) || compare(value, otherValue);

const bytesOf = (value: unknown): Uint8Array => BSON.serialize({ value });

/** One text for all values that compare as equal: for maps by value. */
export function keyOf(value: unknown): string {
  const kind = kindOf(value);
  if (kind === 'string') return `s${value as string}`;
  if (kind === 'number') return `n${numeric(value)}`;
  if (kind === 'null' || kind === 'missing') return 'null';
  return Buffer.from(bytesOf(plain(value))).toString('latin1');
}
