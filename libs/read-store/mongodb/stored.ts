import { BSON, Long } from 'mongodb';
import type { Json, JsonObject } from '#kernel';
import { isField } from '../fields.ts';
import { ReadStoreError } from '../port.ts';
import type { Doc, Scalar } from '../port.ts';
import { decodeName, encodeName, keyName } from './names.ts';

/** A value as the driver takes it. */
export type Bson = string | boolean | null | Long | readonly Bson[] | { readonly [name: string]: Bson };

/**
 * A document as it is kept. Filters, sorts and indexes look at `keys` and `lists` only, so that they never meet MongoDB's
 * own ideas about lists and missing members.
 */
export interface Stored {
  readonly _id: string;
  /** The number of the commit that wrote it. */
  readonly seq: number | Long;
  /** A deleted one, where a writer that was overtaken could bring it back (redo.ts). */
  readonly gone?: true;
  readonly doc?: JsonObject;
  /** What is no null, list or object, by {@link keyName}. */
  readonly keys?: Readonly<Record<string, unknown>>;
  /** The scalars of each list, null too. */
  readonly lists?: Readonly<Record<string, readonly unknown[]>>;
}

/** Without the number of its commit. */
export type Content = Readonly<Record<'doc' | 'keys' | 'lists', Bson>> | { readonly gone: true };

/** A document of MongoDB has 16 MiB at most, what surrounds the content included. */
const MOST_BYTES = 15 * 1024 * 1024;
/** Names of fields in each of many short members can make it so many times as long as its text. */
const LONGEST_GROWTH = 200;

/** In bytes, as MongoDB keeps it. */
export const sizeOf = (content: Content): number => BSON.calculateObjectSize(content);

/** Of a document's canonical text; null deletes it. Fails with `document-too-large` for one that MongoDB cannot hold. */
export function contentOf(text: string | null): Content {
  if (text === null) return { gone: true };
  const content = contentsOf(text);
  if (text.length * LONGEST_GROWTH < MOST_BYTES) return content;
  const bytes = sizeOf(content);
  if (bytes <= MOST_BYTES) return content;
  const params = { bytes, limit: MOST_BYTES };
  throw new ReadStoreError('document-too-large', `A document would have ${bytes} bytes in MongoDB`, params);
}

function contentsOf(text: string): Exclude<Content, { readonly gone: true }> {
  const doc = JSON.parse(text) as Doc;
  const keys: [string, Bson][] = [];
  const lists: [string, Bson][] = [];
  for (const [field, value] of fieldsOf(doc, '')) {
    if (Array.isArray(value)) lists.push([keyName(field), value.filter(isNoContainer).map(bson)]);
    else if (field !== 'id') keys.push([keyName(field), bson(value)]);
  }
  return { doc: bson(doc), keys: Object.fromEntries(keys), lists: Object.fromEntries(lists) };
}

export const docOf = <T extends Doc>({ doc }: Stored): T => plain(doc!) as T;

/** Integers are kept as such, never as doubles. */
export function bson(value: Json): Bson {
  if (typeof value === 'number') return Long.fromNumber(value);
  if (Array.isArray(value)) return value.map(bson);
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [encodeName(name), bson(member)]));
  return value as Scalar as string | boolean | null;
}

function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [decodeName(name), plain(member)]));
}

/** All that can be asked for: what is not null at fields that can be named. */
function* fieldsOf(object: JsonObject, path: string): Iterable<readonly [field: string, value: Json]> {
  for (const [name, value] of Object.entries(object)) {
    const field = path + name;
    if (value === null || name.includes('.') || !isField(field)) continue;
    if (isObject(value)) yield* fieldsOf(value, `${field}.`);
    else yield [field, value];
  }
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNoContainer = (value: Json): boolean => typeof value !== 'object' || value === null;
