import { MongoFault, notPretended, writeConflict } from './faults.ts';
import { matcher } from './query.ts';
import { compileValidator } from './schema.ts';
import { isObject, keyOf, plain, plainDoc, sameBytes } from './values.ts';
import type { Validate } from './schema.ts';
import type { Doc } from './values.ts';

/** What one reads: the state after commit number `at`, and the own writes of a transaction. */
export interface View {
  readonly at: number;
  readonly transaction?: Transaction;
}

export const LATEST: View = { at: Infinity };

/** A document as of one commit; null: it was deleted. */
interface Version {
  readonly at: number;
  readonly doc: Doc | null;
  readonly plain: Doc;
}

/** All versions of one document that somebody may still read, oldest first. */
export interface Entry {
  readonly key: string;
  readonly collection: Collection;
  versions: Version[];
  /** The transaction that has written it and is still open: the first writer wins. */
  owner: Transaction | null;
  pending: Version | null;
}

export interface Transaction {
  readonly at: number;
  readonly written: Set<Entry>;
  /** Resolves when it has committed or aborted. */
  readonly ended: Promise<void>;
  readonly end: () => void;
}

export interface Found {
  readonly entry: Entry;
  readonly doc: Doc;
  readonly plain: Doc;
}

export interface Index {
  readonly spec: Doc;
  readonly paths: readonly string[];
  /** For unique ones: who held a value last. Checked against the entry, so it may be out of date. */
  readonly holders: Map<string, Entry>;
  readonly covers: (doc: Doc) => boolean;
}

export interface Collection {
  readonly name: string;
  readonly entries: Map<string, Entry>;
  readonly indexes: Map<string, Index>;
  options: Doc;
  validate: Validate;
}

/** A write outside a transaction met an open one: it waits for its end, as in mongod. */
export class Blocked extends Error {
  readonly until: Promise<void>;

  constructor(until: Promise<void>) {
    super('blocked by a transaction');
    this.until = until;
  }
}

/** Collections, versions of documents and commits. Keeps a former version only while a snapshot may read it. */
export class Storage {
  readonly collections = new Map<string, Collection>();
  /** The number of the last commit. */
  committed = 1;
  /** The snapshots that are open, by who holds them. */
  readonly #snapshots = new Map<unknown, number>();
  /** Entries with more than one version, or deleted: what is swept when a snapshot closes. */
  readonly #history = new Set<Entry>();

  collection(name: string): Collection {
    return this.collections.get(name) ?? this.create(name, {});
  }

  create(name: string, options: Doc): Collection {
    const made: Collection = { name, entries: new Map(), indexes: new Map(), options: {}, validate: () => {} };
    this.configure(made, options);
    addIndex(made, { v: 2, key: { _id: 1 }, name: '_id_' });
    this.collections.set(name, made);
    return made;
  }

  /** Options of `create` and `collMod`: `validator`, `validationLevel`, `validationAction`. */
  configure(collection: Collection, options: Doc): void {
    const next = { ...collection.options, ...options };
    const { validator, validationLevel = 'strict', validationAction = 'error', ...others } = next;
    if (Object.keys(others).length > 0) throw notPretended(`collection option ${Object.keys(others).join(', ')}`);
    collection.validate = isObject(validator)
      ? compileValidator(plainDoc(validator), String(validationLevel), String(validationAction))
      : () => {};
    collection.options = next;
  }

  begin(): Transaction {
    const { promise, resolve } = Promise.withResolvers<void>();
    const transaction: Transaction = { at: this.committed, written: new Set(), ended: promise, end: resolve };
    this.hold(transaction, transaction.at);
    return transaction;
  }

  commit(transaction: Transaction): void {
    if (transaction.written.size > 0) this.committed += 1;
    for (const entry of transaction.written) {
      const { pending } = entry;
      entry.owner = entry.pending = null;
      if (pending !== null) this.#add(entry, { ...pending, at: this.committed });
    }
    this.#close(transaction);
  }

  abort(transaction: Transaction): void {
    for (const entry of transaction.written) {
      entry.owner = entry.pending = null;
      const last = entry.versions.at(-1);
      if (last === undefined) entry.collection.entries.delete(entry.key);
      else if (last.doc === null) this.#history.add(entry);
      else hold(entry, last.plain);
    }
    this.#close(transaction);
  }

  #close(transaction: Transaction): void {
    this.release(transaction);
    transaction.end();
  }

  /** Keeps the state after commit `at` readable until it is released. */
  hold(holder: unknown, at: number): void {
    this.#snapshots.set(holder, at);
  }

  held(holder: unknown): number | undefined {
    return this.#snapshots.get(holder);
  }

  release(holder: unknown): void {
    const at = this.#snapshots.get(holder);
    if (at === undefined) return;
    this.#snapshots.delete(holder);
    const oldest = this.#oldest();
    if (at < oldest) for (const entry of this.#history) this.#forget(entry, oldest);
  }

  #oldest(): number {
    return Math.min(...this.#snapshots.values());
  }

  #forget(entry: Entry, oldest: number): void {
    const { versions } = entry;
    while (versions.length > 1 && versions[1]!.at <= oldest) versions.shift();
    if (versions.length > 1) return;
    const only = versions[0];
    if (only?.doc === null && only.at > oldest) return;
    this.#history.delete(entry);
    if (only?.doc === null && entry.owner === null) entry.collection.entries.delete(entry.key);
  }

  #add(entry: Entry, version: Version): void {
    entry.versions.push(version);
    if (entry.versions.length === 1 && version.doc !== null) return;
    this.#history.add(entry);
    this.#forget(entry, this.#oldest());
  }

  /** The documents that fit, in order of insertion. Equality of `_id` is answered from the map, all else by a scan. */
  *find(name: string, filter: Doc, view: View, now: Date): Generator<Found> {
    const collection = this.collections.get(name);
    const fits = matcher(filter, now);
    if (collection === undefined) return;
    for (const entry of candidates(collection, filter)) {
      const version = visible(entry, view);
      if (version !== null && version.doc !== null && fits(version.plain))
        yield { entry, doc: version.doc, plain: version.plain };
    }
  }

  /** Fails, or says to wait, when this document cannot be written now. */
  claim(entry: Entry, transaction: Transaction | undefined): void {
    if (entry.owner !== null && entry.owner !== transaction) {
      if (transaction === undefined) throw new Blocked(entry.owner.ended);
      throw writeConflict();
    }
    if (transaction !== undefined && (entry.versions.at(-1)?.at ?? 0) > transaction.at) throw writeConflict();
  }

  /** Fails with E11000, with code 121, or like {@link claim}. */
  insert(name: string, doc: Doc, view: View): void {
    const collection = this.collection(name);
    checkId(doc);
    const id = plain(doc['_id']);
    const key = keyOf(id);
    const known = collection.entries.get(key);
    const entry: Entry = known ?? { key, collection, versions: [], owner: null, pending: null };
    this.claim(entry, view.transaction);
    if (visible(entry, view)?.doc) throw duplicate(collection, '_id_', { _id: 1 }, { _id: doc['_id'] });
    this.write(entry, doc, view);
    collection.entries.set(key, entry);
  }

  /** Null deletes. */
  write(entry: Entry, doc: Doc | null, { transaction }: View): void {
    this.claim(entry, transaction);
    const version: Version = { at: 0, doc, plain: doc === null ? {} : plainDoc(doc) };
    if (doc !== null) {
      entry.collection.validate(doc);
      checkUnique(entry, version.plain, transaction);
    }
    if (transaction === undefined) this.#add(entry, { ...version, at: (this.committed += 1) });
    else {
      entry.owner = transaction;
      entry.pending = version;
      transaction.written.add(entry);
    }
    if (doc !== null) hold(entry, version.plain);
  }

  /** True if something changed. */
  replace(found: Found, doc: Doc, view: View): boolean {
    if (sameBytes(found.doc, doc)) return false;
    this.write(found.entry, doc, view);
    return true;
  }

  drop(name: string): boolean {
    return this.collections.delete(name);
  }
}

function checkId(doc: Doc): void {
  const id = doc['_id'];
  if (Array.isArray(id) || id === undefined || id instanceof RegExp)
    throw new MongoFault(53, 'InvalidIdField', "The '_id' value cannot be of type array or regex");
}

function visible(entry: Entry, { at, transaction }: View): Version | null {
  if (transaction !== undefined && entry.owner === transaction) return entry.pending;
  return entry.versions.findLast((version) => version.at <= at) ?? null;
}

function* candidates({ entries }: Collection, filter: Doc): Iterable<Entry> {
  const keys = idKeys(filter['_id']);
  if (keys === undefined) return yield* entries.values();
  for (const key of keys) {
    const entry = entries.get(key);
    if (entry !== undefined) yield entry;
  }
}

function idKeys(condition: unknown): Iterable<string> | undefined {
  if (condition === undefined || condition instanceof RegExp) return undefined;
  if (!isObject(condition)) return [keyOf(condition)];
  const names = Object.keys(condition);
  if (!names.some((name) => name.startsWith('$'))) return [keyOf(condition)];
  if (Object.hasOwn(condition, '$eq')) return [keyOf(condition['$eq'])];
  const list = condition['$in'];
  if (!Array.isArray(list) || list.some((one) => one instanceof RegExp)) return undefined;
  return new Set(list.map(keyOf));
}

const valueOf = (doc: Doc, path: string): unknown => {
  let value: unknown = doc;
  for (const step of path.split('.')) value = isObject(value) ? value[step] : undefined;
  return value ?? null;
};

const indexKey = (index: Index, doc: Doc): string | undefined =>
  index.covers(doc) ? index.paths.map((path) => keyOf(valueOf(doc, path))).join('\u0000') : undefined;

function hold(entry: Entry, doc: Doc): void {
  for (const index of entry.collection.indexes.values()) {
    if (index.spec['unique'] !== true) continue;
    const key = indexKey(index, doc);
    if (key !== undefined) index.holders.set(key, entry);
  }
}

function checkUnique(entry: Entry, doc: Doc, transaction: Transaction | undefined): void {
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

const duplicate = (collection: Collection, index: string, keyPattern: Doc, keyValue: Doc): MongoFault =>
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
