import type { Json, JsonObject } from '#kernel';
import type { Scalar } from './port.ts';

/** One to sixteen names joined by dots. Names that begin with a digit are refused: MongoDB takes them for places in a list. */
const FIELD = /^[A-Za-z_][A-Za-z0-9_-]{0,63}(\.[A-Za-z_][A-Za-z0-9_-]{0,63}){0,15}$/;

export const isField = (field: unknown): field is string => typeof field === 'string' && FIELD.test(field);
export const isId = (id: unknown): id is string =>
  typeof id === 'string' && id.length > 0 && id.length <= 200 && id.isWellFormed() && !id.includes('\0');
export const isScalar = (value: unknown): value is Scalar =>
  value === null ||
  typeof value === 'boolean' ||
  Number.isSafeInteger(value) ||
  (typeof value === 'string' && value.isWellFormed());

/** What lies at a field; dots reach into objects, never into lists. */
export function fieldOf(doc: JsonObject, field: string): Json {
  let value: Json = doc;
  for (const name of field.split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return null;
    value = value[name]!;
  }
  return value;
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What filters and sorts see of a value: lists and objects count as null. */
export const scalarOf = (value: Json): Scalar => (typeof value === 'object' ? null : value);

/** The order of all scalars: null < numbers < strings < false < true. It is that of SQLite (booleans as blobs) and of MongoDB. */
export function compareScalars(a: Scalar, b: Scalar): number {
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  // Of the same type, and no texts: false is 0 and true is 1.
  return rank(a) - rank(b) || (a as number) - (b as number);
}

const RANKS: Readonly<Record<string, number>> = { object: 0, number: 1, string: 2, boolean: 3 };
const rank = (value: Scalar): number => RANKS[typeof value]!;

/** By code points, which is by UTF-8 bytes; JavaScript's own order puts 😀 before U+FF5E. */
export function compareTexts(a: string, b: string): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    // A surrogate is half of a code point beyond all others.
    if (isSurrogate(x) !== isSurrogate(y)) return isSurrogate(x) ? 1 : -1;
    return x - y;
  }
  return a.length - b.length;
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;
