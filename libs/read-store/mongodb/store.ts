import { canonical, failpoint, type Position } from '#kernel';
import type { ClientSession } from 'mongodb';
import { validator, writes } from '../document.ts';
import type { Validate } from '../document.ts';
import { fieldOf, isId, scalarOf } from '../fields.ts';
import { isReadStoreError } from '../port.ts';
import type { Batch, Checkpoint, Committed, Doc, Lease, ModelSpec, Page, Query, ReadStore } from '../port.ts';
import { checkQuery, checkWhere, pageOf } from '../query.ts';
import { closed, generationActive, unknownModel } from '../refusals.ts';
import { commitAtOnce } from './commit.ts';
import { checkpointId, Database, within } from './database.ts';
import type { CheckpointEntry, ModelEntry } from './database.ts';
import { portError } from './errors.ts';
import { inspect } from './inspect.ts';
import type { Finding } from './inspect.ts';
import { takeLease } from './leases.ts';
import { makeRoom } from './migrate.ts';
import { collectionOf } from './numbers.ts';
import { behind, conditions, orderOf, THERE } from './query.ts';
import { commitByRedo, complete, completeAll } from './redo.ts';
import { docOf } from './stored.ts';
import { Watch } from './watch.ts';

const DUMP_PAGE = 256;
const FEW = 8;
const named = (model: string, generation: number): string => `${model}@${generation}`;
const isThere = <T>(found: T | null): found is T => found !== null;

/**
 * Opens the database that the URL names (`spoor` when it names none), shared with other processes. What a process that
 * crashed left half done is completed. Fails with `read-store-unavailable` within seconds when the server is away.
 */
export async function openMongoReadStore({ url }: { readonly url: string }): Promise<MongoReadStore> {
  try {
    const database = await Database.open(url);
    try {
      await completeAll(database);
      return new MongoReadStore(database);
    } catch (error) {
      await database.close();
      throw error;
    }
  } catch (error) {
    throw portError(error);
  }
}

/** A collection for each generation of a model (stores.md §3). Where there are no transactions: redo.ts. */
export class MongoReadStore implements ReadStore {
  readonly capabilities: { readonly kind: 'mongodb'; readonly atomicCommit: boolean };
  readonly #database: Database;
  readonly #validators = new Map<string, Validate>();
  readonly #watch = new Watch((projection) => this.#position(projection));
  #closed = false;

  constructor(database: Database) {
    this.#database = database;
    this.capabilities = { kind: 'mongodb', atomicCommit: database.transactional };
  }

  async migrate(specs: readonly ModelSpec[]): Promise<void> {
    this.#open();
    const validators = specs.map((spec) => [named(spec.model, spec.generation), validator(spec)] as const);
    await this.#ask(async () => {
      for (const spec of specs) await makeRoom(this.#database, spec);
    });
    for (const [id, validate] of validators) this.#validators.set(id, validate);
  }

  checkpoint(projection: string, generation: number): Promise<Checkpoint | null> {
    return this.#ask(async () => {
      const stored = await this.#stored(projection, generation);
      if (stored === null) return null;
      const { position, logId } = stored;
      return { projection, generation, position, logId };
    });
  }

  async commit(batch: Batch): Promise<void> {
    this.#open();
    const { projection, generation, to, ops } = batch;
    const validate = this.#validators.get(named(projection, generation));
    if (ops.length > 0 && validate === undefined) throw unknownModel(projection, generation);
    const texts = validate === undefined ? new Map<string, string | null>() : writes(ops, validate);
    await this.#committed(batch, texts);
    failpoint('after-commit');
    await this.#watch.announce({ projection, generation, to, touched: [...texts.keys()] });
  }

  get<T extends Doc>(model: string, id: string): Promise<{ doc: T; asOf: Position } | null> {
    return this.#serve(model, async (collection, asOf, session) => {
      const doc = (await this.#pick<T>(collection, [id], session)).get(id);
      return doc === undefined ? null : { doc, asOf: asOf! };
    });
  }

  getMany<T extends Doc>(model: string, ids: readonly string[]): Promise<ReadonlyMap<string, T>> {
    return this.#serve(model, (collection, _, session) => this.#pick<T>(collection, ids, session));
  }

  load<T extends Doc>(model: string, generation: number, ids: readonly string[]): Promise<ReadonlyMap<string, T>> {
    return this.#ask(async () => {
      await this.#stored(model, generation);
      return this.#database.read(async (session) =>
        this.#pick<T>(await this.#collection(model, generation, session), ids, session),
      );
    });
  }

  find<T extends Doc>(query: Query): Promise<Page<T>> {
    return this.#serve(query.model, async (collection, asOf, session) => {
      const checked = checkQuery(query);
      const after = behind(checked);
      const found = await this.#database
        .documents(collection)
        .find(conditions(checked.where, ...(after === null ? [] : [after])), within(session))
        .sort(orderOf(checked))
        .limit(checked.limit + 1)
        .toArray();
      const keyOf = (doc: T) => ({ value: scalarOf(fieldOf(doc, checked.field)), id: doc.id });
      return { ...pageOf(found.map(docOf<T>), checked, keyOf), asOf };
    });
  }

  count({ model, where = [] }: Pick<Query, 'model' | 'where'>): Promise<number> {
    return this.#serve(model, (collection, _, session) => {
      checkWhere(where);
      return this.#database.documents(collection).countDocuments(conditions(where), within(session));
    });
  }

  async *dump(model: string, generation: number): AsyncIterable<readonly string[]> {
    // No cursor is held open between pages: a server ends it when nobody asks for long.
    for (let last = ''; ;) {
      const page = await this.#ask(async () => {
        await this.#stored(model, generation);
        return this.#database.read(async (session) => {
          const documents = this.#database.documents(await this.#collection(model, generation, session));
          const found = documents.find({ _id: { $gt: last }, ...THERE } as object, within(session));
          return found.sort({ _id: 1 }).limit(DUMP_PAGE).toArray();
        });
      });
      if (page.length === 0) return;
      yield page.map((stored) => canonical(docOf(stored)));
      last = page.at(-1)!._id;
    }
  }

  waitFor(projection: string, at: Position, timeoutMs: number): Promise<boolean> {
    return this.#ask(() => this.#watch.waitFor(projection, at, timeoutMs));
  }

  onCommitted(listener: (committed: Committed) => void): () => void {
    return this.#watch.onCommitted(listener);
  }

  lease(name: string, owner: string, ttlMs: number): Promise<Lease | null> {
    return this.#ask(async () => {
      const lease = await takeLease(this.#database, name, owner, ttlMs);
      if (lease === null) return null;
      return { renew: () => this.#ask(() => lease.renew()), release: () => this.#ask(() => lease.release()) };
    });
  }

  generations(model: string): Promise<{ active: number | null; all: readonly number[] }> {
    return this.#ask(async () => {
      const entry = await this.#entry(model);
      const all = Object.keys(entry?.generations ?? {}).map(Number);
      return { active: entry?.active ?? null, all: all.toSorted((a, b) => a - b) };
    });
  }

  activate(model: string, generation: number): Promise<void> {
    return this.#ask(async () => {
      const known = { _id: model, [`generations.${generation}`]: { $exists: true } };
      const { matchedCount } = await this.#database.models.updateOne(known, { $set: { active: generation } });
      if (matchedCount === 0) throw unknownModel(model, generation);
      await this.#watch.moved(model);
    });
  }

  drop(model: string, generation: number): Promise<void> {
    return this.#ask(async () => {
      const collection = await this.#collection(model, generation);
      const field = `generations.${generation}`;
      const { modifiedCount } = await this.#database.models.updateOne(
        { _id: model, active: { $ne: generation }, [field]: collection },
        { $unset: { [field]: true } },
      );
      if (modifiedCount === 0) throw generationActive(model, generation);
      this.#validators.delete(named(model, generation));
      const checkpoint = checkpointId(model, generation, collection);
      const { checkpoints, decided, redo, declarations } = this.#database;
      await checkpoints.deleteOne({ _id: checkpoint });
      await decided.deleteMany({ checkpoint });
      await redo.deleteMany({ checkpoint });
      await declarations.deleteOne({ _id: collection });
      await this.#database.db.dropCollection(collection);
    });
  }

  ready(): Promise<void> {
    return this.#ask(async () => void (await this.#database.checkpoints.findOne({})));
  }

  /** For an operator: what the server is, and whether the read models are as their last migration left them. */
  inspect(): Promise<readonly Finding[]> {
    return this.#ask(() => inspect(this.#database));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#watch.close();
    await this.#database.close();
  }

  #open(): void {
    if (this.#closed) throw closed();
  }

  /** Everything that asks the server: what fails, fails in the words of the port. */
  async #ask<T>(work: () => Promise<T>): Promise<T> {
    this.#open();
    try {
      return await work();
    } catch (error) {
      throw this.#closed ? closed() : portError(error);
    }
  }

  /** When it is not known whether the commit happened, the checkpoint tells. */
  async #committed(batch: Batch, texts: ReadonlyMap<string, string | null>): Promise<void> {
    const commit = this.#database.transactional ? commitAtOnce : commitByRedo;
    try {
      await this.#ask(() => commit(this.#database, batch, texts));
    } catch (error) {
      if (!isReadStoreError(error, 'read-store-unavailable')) throw error;
      const stored = await this.checkpoint(batch.projection, batch.generation).catch(() => null);
      if (stored?.position !== batch.to || stored.logId !== batch.logId) throw error;
    }
  }

  /** Whole: before anything is folded onto it. */
  async #stored(projection: string, generation: number): Promise<CheckpointEntry | null> {
    const collection = await collectionOf(this.#database, { projection, generation });
    return this.#database.transactional
      ? this.#database.checkpoints.findOne({ _id: checkpointId(projection, generation, collection) })
      : complete(this.#database, { projection, generation }, collection);
  }

  /**
   * Reads from the active generation. With transactions documents and position are of one moment; without, the position is
   * read first, so that it is never ahead of the documents.
   */
  #serve<T>(
    model: string,
    work: (collection: string, asOf: Position | null, session?: ClientSession) => Promise<T>,
  ): Promise<T> {
    return this.#ask(() =>
      this.#database.read(async (session) => {
        const entry = await this.#entry(model, session);
        if (entry === null) throw unknownModel(model);
        const collection = entry.generations[entry.active]!;
        const _id = checkpointId(model, entry.active, collection);
        const stored = await this.#database.checkpoints.findOne({ _id }, within(session));
        return work(collection, stored?.position ?? null, session);
      }),
    );
  }

  #entry(model: string, session?: ClientSession): Promise<ModelEntry | null> {
    return this.#database.models.findOne({ _id: model }, within(session));
  }

  async #collection(model: string, generation: number, session?: ClientSession): Promise<string> {
    const collection = await collectionOf(this.#database, { projection: model, generation }, session);
    if (collection === undefined) throw unknownModel(model, generation);
    return collection;
  }

  /** Of the active generation; a process has none and stands where its latest does. */
  async #position(projection: string): Promise<Position | null> {
    const { checkpoints } = this.#database;
    const entry = await this.#entry(projection);
    const of =
      entry === null
        ? { projection }
        : { _id: checkpointId(projection, entry.active, entry.generations[entry.active]) };
    const [latest] = await checkpoints.find(of).sort({ generation: -1 }).limit(1).toArray();
    return latest?.position ?? null;
  }

  async #pick<T extends Doc>(
    collection: string,
    ids: readonly string[],
    session?: ClientSession,
  ): Promise<ReadonlyMap<string, T>> {
    const documents = this.#database.documents(collection);
    const wanted = [...new Set(ids.filter(isId))];
    // A few are asked for one by one: not every server finds a list of ids without looking at all there are (FerretDB 1).
    const found =
      session === undefined && wanted.length <= FEW
        ? (await Promise.all(wanted.map((_id) => documents.findOne({ _id, ...THERE } as object)))).filter(isThere)
        : await documents.find({ _id: { $in: wanted }, ...THERE } as object, within(session)).toArray();
    return new Map(found.map((stored) => [stored._id, docOf<T>(stored)]));
  }
}
