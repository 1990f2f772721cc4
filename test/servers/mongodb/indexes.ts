import { MongoFault, writeConflict } from './faults.ts';
import { matcher } from './query.ts';
import { isObject, keyOf, plain, plainDoc } from './values.ts';
import { Blocked, visible } from './versions.ts';
import type { Doc } from './values.ts';
import type { Collection, Entry, Index, Transaction } from './versions.ts';

const valueOf = (doc: Doc, path: string): unknown => {
  let value: unknown = doc;
  for (const step of path.split('.')) value = isObject(value) ? value[step] : undefined;
  return value ?? null;
};

const indexKey = (index: Index, doc: Doc): string | undefined =>
  index.covers(doc) ? index.paths.map((path) => keyOf(valueOf(doc, path))).join('\u0000') : undefined;

/** The entry has these values of the unique indexes now. */
export function hold(entry: Entry, doc: Doc): void {
  for (const index of entry.collection.indexes.values()) {
    if (index.spec['unique'] !== true) continue;
    const key = indexKey(index, doc);
    if (key !== undefined) index.holders.set(key, entry);
  }
}

/** Fails with E11000 when another document has a value of a unique index; in a conflict like `claim`. */
export function checkUnique(entry: Entry, doc: Doc, transaction: Transaction | undefined): void {
  for (const index of entry.collection.indexes.values()) {
    if (index.spec['unique'] !== true) continue;
    const key = indexKey(index, doc);
    const holder = key === undefined ? undefined : index.holders.get(key);
    if (holder === undefined || holder === entry) continue;
    const foreign = holder.owner !== null && holder.owner !== transaction;
    const versions = foreign
      ? [holder.pending, holder.versions.at(-1)]
      : [visible(holder, { at: Infinity, ...(transaction && { transaction }) })];
    if (!versions.some((version) => version?.doc && indexKey(index, version.plain) === key)) continue;
    if (foreign || (transaction !== undefined && (holder.versions.at(-1)?.at ?? 0) > transaction.at))
      throw transaction === undefined ? new Blocked(holder.owner!.ended) : writeConflict();
    const value = Object.fromEntries(index.paths.map((path) => [path, valueOf(doc, path)]));
    throw duplicate(entry.collection, String(index.spec['name']), index.spec['key'] as Doc, value);
  }
}

export const duplicate = (collection: Collection, index: string, keyPattern: Doc, keyValue: Doc): MongoFault =>
  new MongoFault(
    11000,
    'DuplicateKey',
    `E11000 duplicate key error collection: ${collection.name} index: ${index} dup key: ${JSON.stringify(plain(keyValue))}`,
    undefined,
    { keyPattern, keyValue },
  );

/** False when it is there already. */
export function addIndex(collection: Collection, spec: Doc): boolean {
  const name = String(spec['name']);
  const same = (other: Doc, member: string): boolean => keyOf(other[member]) === keyOf(spec[member]);
  for (const { spec: other } of collection.indexes.values()) {
    if (same(other, 'name') && same(other, 'key') && same(other, 'unique')) return false;
    if (other['name'] === name)
      throw new MongoFault(
        86,
        'IndexKeySpecsConflict',
        `An existing index has the same name as the requested index: ${name}`,
      );
    if (same(other, 'key'))
      throw new MongoFault(
        85,
        'IndexOptionsConflict',
        `Index already exists with a different name: ${String(other['name'])}`,
      );
  }
  const paths = Object.keys(spec['key'] as Doc);
  const { partialFilterExpression: partial, sparse } = spec;
  const inPart = isObject(partial) ? matcher(plainDoc(partial), new Date(0)) : () => true;
  const covers = (doc: Doc): boolean =>
    inPart(doc) && (sparse !== true || paths.some((path) => valueOf(doc, path) !== null));
  const index: Index = { spec, paths, holders: new Map(), covers };
  if (spec['unique'] === true) fill(collection, index);
  collection.indexes.set(name, index);
  return true;
}

function fill(collection: Collection, index: Index): void {
  for (const entry of collection.entries.values()) {
    const version = entry.versions.at(-1);
    const key = version?.doc ? indexKey(index, version.plain) : undefined;
    if (key === undefined) continue;
    if (index.holders.has(key)) throw duplicate(collection, String(index.spec['name']), index.spec['key'] as Doc, {});
    index.holders.set(key, entry);
  }
}
