import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { failpoint, type Position } from '#kernel';
import { CommitFeed } from '../commit-feed.ts';
import { validator, writes } from '../document.ts';
import type { Validate } from '../document.ts';
import { fieldOf, isId, scalarOf } from '../fields.ts';
import { Leases } from '../leases.ts';
import type { Batch, Checkpoint, Committed, Doc, Lease, ModelSpec, Page, Query, ReadStore } from '../port.ts';
import { checkQuery, checkWhere, pageOf } from '../query.ts';
import { checkFence, closed, generationActive, unknownModel } from '../refusals.ts';
import { Database } from './database.ts';
import { count, createTable, indexesOf, pages, tableOf } from './sql.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS generation (
    model TEXT NOT NULL, generation INTEGER NOT NULL, active INTEGER NOT NULL, PRIMARY KEY (model, generation)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX IF NOT EXISTS one_active ON generation (model) WHERE active;
  CREATE TABLE IF NOT EXISTS checkpoint (
    projection TEXT NOT NULL, generation INTEGER NOT NULL, position TEXT NOT NULL, log_id TEXT NOT NULL,
    PRIMARY KEY (projection, generation)
  ) STRICT, WITHOUT ROWID;
`;
const DUMP_PAGE = 256;

/**
 * Opens `<directory>/read.db`, or makes it. The caller is the only process that has the directory: the event store's lock
 * on it sees to that, so there is no second one here.
 */
export async function openSqliteReadStore({ directory }: { readonly directory: string }): Promise<ReadStore> {
  mkdirSync(directory, { recursive: true });
  return new SqliteReadStore(Database.open(join(directory, 'read.db')));
}

/** A table for each generation of a model, one row a document; documents and checkpoint change in one transaction. */
export class SqliteReadStore implements ReadStore {
  readonly capabilities = { kind: 'sqlite', atomicCommit: true } as const;
  readonly #db: Database;
  readonly #validators = new Map<string, Validate>();
  readonly #feed = new CommitFeed((projection) => this.#position(projection));
  readonly #leases = new Leases();
  #closed = false;

  constructor(db: Database) {
    this.#db = db;
    db.write(() => db.exec(SCHEMA));
  }

  async migrate(specs: readonly ModelSpec[]): Promise<void> {
    this.#open();
    const validators = specs.map((spec) => [tableOf(spec.model, spec.generation), validator(spec)] as const);
    this.#db.write(() => specs.forEach((spec) => this.#makeRoom(spec)));
    for (const [table, validate] of validators) this.#validators.set(table, validate);
  }

  async checkpoint(projection: string, generation: number): Promise<Checkpoint | null> {
    this.#open();
    return this.#db.read(() => this.#checkpoint(projection, generation));
  }

  async commit(batch: Batch): Promise<void> {
    this.#open();
    const { projection, generation, to, logId, ops } = batch;
    const table = tableOf(projection, generation);
    const validate = this.#validators.get(table);
    if (ops.length > 0 && validate === undefined) throw unknownModel(projection, generation);
    const texts = validate === undefined ? new Map<string, string | null>() : writes(ops, validate);
    this.#db.write(() => {
      checkFence(this.#checkpoint(projection, generation), batch);
      for (const [id, text] of texts) {
        if (text === null) this.#db.run(`DELETE FROM ${table} WHERE id = ?`, id);
        else this.#db.run(`INSERT INTO ${table} VALUES (?, ?) ON CONFLICT DO UPDATE SET doc = excluded.doc`, id, text);
        failpoint('in-tx-after-doc');
      }
      // Where nothing was written, nothing can be torn from its checkpoint.
      if (texts.size > 0) failpoint('in-tx-before-checkpoint');
      this.#db.run('INSERT OR REPLACE INTO checkpoint VALUES (?, ?, ?, ?)', projection, generation, to, logId);
    });
    failpoint('after-commit');
    this.#feed.announce({ projection, generation, to, touched: [...texts.keys()] });
  }

  async get<T extends Doc>(model: string, id: string): Promise<{ doc: T; asOf: Position } | null> {
    return this.#serve(model, (table, asOf) => {
      const doc = this.#pick<T>(table, [id]).get(id);
      return doc === undefined ? null : { doc, asOf: asOf! };
    });
  }

  async getMany<T extends Doc>(model: string, ids: readonly string[]): Promise<ReadonlyMap<string, T>> {
    return this.#serve(model, (table) => this.#pick<T>(table, ids));
  }

  async load<T extends Doc>(
    model: string,
    generation: number,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, T>> {
    this.#open();
    return this.#db.read(() => this.#pick<T>(this.#table(model, generation), ids));
  }

  async find<T extends Doc>(query: Query): Promise<Page<T>> {
    return this.#serve(query.model, (table, asOf) => {
      const checked = checkQuery(query);
      const found: T[] = [];
      for (const { sql, values } of pages(table, checked)) {
        if (found.length > checked.limit) break;
        for (const { doc } of this.#db.all<{ doc: string }>(sql, ...values)) found.push(parse<T>(doc));
      }
      const keyOf = (doc: T) => ({ value: scalarOf(fieldOf(doc, checked.field)), id: doc.id });
      return { ...pageOf(found.slice(0, checked.limit + 1), checked, keyOf), asOf };
    });
  }

  async count({ model, where = [] }: Pick<Query, 'model' | 'where'>): Promise<number> {
    return this.#serve(model, (table) => {
      checkWhere(where);
      const { sql, values } = count(table, where);
      return this.#db.get<{ count: number }>(sql, ...values)!.count;
    });
  }

  async *dump(model: string, generation: number): AsyncIterable<readonly string[]> {
    // No statement is held open between pages: that would keep the log from being folded back into the file.
    for (let last = ''; ;) {
      this.#open();
      const rows = this.#db.read(() => {
        const sql = `SELECT id, doc FROM ${this.#table(model, generation)} WHERE id > ? ORDER BY id LIMIT ?`;
        return this.#db.all<{ id: string; doc: string }>(sql, last, DUMP_PAGE);
      });
      if (rows.length === 0) return;
      yield rows.map(({ doc }) => doc);
      last = rows.at(-1)!.id;
    }
  }

  async waitFor(projection: string, at: Position, timeoutMs: number): Promise<boolean> {
    this.#open();
    return this.#feed.waitFor(projection, at, timeoutMs);
  }

  onCommitted(listener: (committed: Committed) => void): () => void {
    return this.#feed.onCommitted(listener);
  }

  async lease(name: string, owner: string, ttlMs: number): Promise<Lease | null> {
    this.#open();
    return this.#leases.take(name, owner, ttlMs);
  }

  async generations(model: string): Promise<{ active: number | null; all: readonly number[] }> {
    this.#open();
    const rows = this.#db.read(() =>
      this.#db.all<{ generation: number; active: number }>(
        'SELECT generation, active FROM generation WHERE model = ? ORDER BY generation',
        model,
      ),
    );
    const all = rows.map(({ generation }) => generation);
    return { active: rows.find(({ active }) => active === 1)?.generation ?? null, all };
  }

  async activate(model: string, generation: number): Promise<void> {
    this.#open();
    this.#db.write(() => {
      this.#table(model, generation);
      this.#db.run('UPDATE generation SET active = 0 WHERE model = ? AND active', model);
      this.#db.run('UPDATE generation SET active = 1 WHERE model = ? AND generation = ?', model, generation);
    });
    this.#feed.moved(model);
  }

  async drop(model: string, generation: number): Promise<void> {
    this.#open();
    this.#db.write(() => {
      const table = this.#table(model, generation);
      if (this.#active(model) === generation) throw generationActive(model, generation);
      this.#db.exec(`DROP TABLE ${table}`);
      this.#db.run('DELETE FROM generation WHERE model = ? AND generation = ?', model, generation);
      this.#db.run('DELETE FROM checkpoint WHERE projection = ? AND generation = ?', model, generation);
    });
    this.#validators.delete(tableOf(model, generation));
  }

  async ready(): Promise<void> {
    this.#open();
    this.#db.read(() => this.#db.get('SELECT 1 FROM checkpoint'));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#feed.close();
    this.#db.close();
  }

  #open(): void {
    if (this.#closed) throw closed();
  }

  #makeRoom(spec: ModelSpec): void {
    const { model, generation } = spec;
    const table = tableOf(model, generation);
    const first = Number(this.#active(model) === undefined);
    this.#db.run('INSERT INTO generation VALUES (?, ?, ?) ON CONFLICT DO NOTHING', model, generation, first);
    this.#db.exec(createTable(table));
    const indexes = indexesOf(spec);
    const sql = `SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?`;
    for (const { name } of this.#db.all<{ name: string }>(sql, `${model}@${generation}`))
      if (!indexes.has(name)) this.#db.exec(`DROP INDEX "${name}"`);
    for (const create of indexes.values()) this.#db.exec(create);
  }

  /** Reads from the active generation; its documents and its position are of one moment. */
  #serve<T>(model: string, work: (table: string, asOf: Position | null) => T): T {
    this.#open();
    return this.#db.read(() => {
      const generation = this.#active(model);
      if (generation === undefined) throw unknownModel(model);
      return work(tableOf(model, generation), this.#checkpoint(model, generation)?.position ?? null);
    });
  }

  #active(model: string): number | undefined {
    const sql = 'SELECT generation FROM generation WHERE model = ? AND active';
    return this.#db.get<{ generation: number }>(sql, model)?.generation;
  }

  /** Its name comes from nobody but `migrate`: another one is unknown. */
  #table(model: string, generation: number): string {
    const sql = 'SELECT 1 FROM generation WHERE model = ? AND generation = ?';
    if (this.#db.get(sql, model, generation) === undefined) throw unknownModel(model, generation);
    return tableOf(model, generation);
  }

  #checkpoint(projection: string, generation: number): Checkpoint | null {
    const sql = 'SELECT position, log_id AS logId FROM checkpoint WHERE projection = ? AND generation = ?';
    const row = this.#db.get<Pick<Checkpoint, 'position' | 'logId'>>(sql, projection, generation);
    return row === undefined ? null : { projection, generation, ...row };
  }

  /** Of the active generation; a process has none and stands where its latest does. */
  #position(projection: string): Position | null {
    return this.#db.read(() => {
      const sql = 'SELECT max(generation) AS latest FROM checkpoint WHERE projection = ?';
      const serving = this.#active(projection) ?? this.#db.get<{ latest: number | null }>(sql, projection)!.latest;
      return serving === null ? null : (this.#checkpoint(projection, serving)?.position ?? null);
    });
  }

  #pick<T extends Doc>(table: string, ids: readonly string[]): ReadonlyMap<string, T> {
    const sql = `SELECT doc FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`;
    const docs = this.#db.all<{ doc: string }>(sql, JSON.stringify(ids.filter(isId))).map(({ doc }) => parse<T>(doc));
    return new Map(docs.map((doc) => [doc.id, doc]));
  }
}

const parse = <T extends Doc>(text: string): T => JSON.parse(text) as T;
