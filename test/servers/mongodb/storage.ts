import { MongoFault, notPretended, writeConflict } from './faults.ts';
import { addIndex, checkUnique, duplicate, hold } from './indexes.ts';
import { matcher } from './query.ts';
import { compileValidator } from './schema.ts';
import { isObject, keyOf, plain, plainDoc, sameBytes } from './values.ts';
import { Blocked, visible } from './versions.ts';
import type { Doc } from './values.ts';
import type { Collection, Entry, Found, Transaction, Version, View } from './versions.ts';

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
