import type { Position } from '#kernel';
import { CommitFeed } from '../commit-feed.ts';
import { validator, writes } from '../document.ts';
import type { Validate } from '../document.ts';
import { evaluate, matcher } from '../evaluate.ts';
import { compareTexts } from '../fields.ts';
import { Leases } from '../leases.ts';
import type { Batch, Checkpoint, Committed, Doc, Lease, ModelSpec, Page, Query, ReadStore } from '../port.ts';
import { checkFence, closed, generationActive, unknownModel } from '../refusals.ts';

interface Stored {
  /** Parsed for each who asks: what a caller does with it is not seen by others. */
  readonly text: string;
  /** Parsed once, to be searched. */
  readonly doc: Doc;
}

interface Generation {
  readonly validate: Validate;
  readonly docs: Map<string, Stored>;
}

interface Model {
  active: number;
  readonly generations: Map<number, Generation>;
}

/** A read store that keeps nothing: the executable specification of the port, and what tests run on. */
export const memoryReadStore = (): ReadStore => new MemoryReadStore();

class MemoryReadStore implements ReadStore {
  readonly capabilities = { kind: 'memory', atomicCommit: true } as const;
  readonly #models = new Map<string, Model>();
  /** By projection, then by generation. */
  readonly #checkpoints = new Map<string, Map<number, Checkpoint>>();
  readonly #feed = new CommitFeed((projection) => this.#position(projection));
  readonly #leases = new Leases();
  #closed = false;

  async migrate(specs: readonly ModelSpec[]): Promise<void> {
    this.#open();
    const validators = specs.map(validator);
    for (const [i, { model: name, generation }] of specs.entries()) {
      const model = this.#models.get(name) ?? { active: generation, generations: new Map<number, Generation>() };
      const docs = model.generations.get(generation)?.docs ?? new Map<string, Stored>();
      model.generations.set(generation, { validate: validators[i]!, docs });
      this.#models.set(name, model);
    }
  }

  async checkpoint(projection: string, generation: number): Promise<Checkpoint | null> {
    this.#open();
    return this.#checkpoints.get(projection)?.get(generation) ?? null;
  }

  async commit({ projection, generation, from, to, logId, ops }: Batch): Promise<void> {
    this.#open();
    const changed = ops.length === 0 ? undefined : this.#generation(projection, generation);
    const texts = changed === undefined ? new Map<string, string | null>() : writes(ops, changed.validate);
    const checkpoints = this.#checkpoints.get(projection) ?? new Map<number, Checkpoint>();
    checkFence(checkpoints.get(generation) ?? null, { projection, generation, from, logId });
    for (const [id, text] of texts) {
      if (text === null) changed!.docs.delete(id);
      else changed!.docs.set(id, { text, doc: parse(text) });
    }
    this.#checkpoints.set(projection, checkpoints.set(generation, { projection, generation, position: to, logId }));
    this.#feed.announce({ projection, generation, to, touched: [...texts.keys()] });
  }

  async get<T extends Doc>(model: string, id: string): Promise<{ doc: T; asOf: Position } | null> {
    const doc = pick<T>(this.#active(model), [id]).get(id);
    return doc === undefined ? null : { doc, asOf: this.#position(model)! };
  }

  async getMany<T extends Doc>(model: string, ids: readonly string[]): Promise<ReadonlyMap<string, T>> {
    return pick<T>(this.#active(model), ids);
  }

  async load<T extends Doc>(
    model: string,
    generation: number,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, T>> {
    return pick<T>(this.#generation(model, generation), ids);
  }

  async find<T extends Doc>(query: Query): Promise<Page<T>> {
    const generation = this.#active(query.model);
    const { items, next } = evaluate(all(generation), query);
    const found = pick<T>(
      generation,
      items.map(({ id }) => id),
    );
    return { items: [...found.values()], next, asOf: this.#position(query.model) };
  }

  async count({ model, where }: Pick<Query, 'model' | 'where'>): Promise<number> {
    return all(this.#active(model)).filter(matcher(where)).length;
  }

  async *dump(model: string, generation: number): AsyncIterable<readonly string[]> {
    const stored = [...this.#generation(model, generation).docs.values()];
    if (stored.length > 0) yield stored.toSorted((a, b) => compareTexts(a.doc.id, b.doc.id)).map(({ text }) => text);
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

  async generations(name: string): Promise<{ active: number | null; all: readonly number[] }> {
    this.#open();
    const model = this.#models.get(name);
    return { active: model?.active ?? null, all: [...(model?.generations.keys() ?? [])].toSorted((a, b) => a - b) };
  }

  async activate(model: string, generation: number): Promise<void> {
    this.#generation(model, generation);
    this.#models.get(model)!.active = generation;
    this.#feed.moved(model);
  }

  async drop(model: string, generation: number): Promise<void> {
    this.#generation(model, generation);
    const { active, generations } = this.#models.get(model)!;
    if (active === generation) throw generationActive(model, generation);
    generations.delete(generation);
    this.#checkpoints.get(model)?.delete(generation);
  }

  async ready(): Promise<void> {
    this.#open();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#feed.close();
  }

  #open(): void {
    if (this.#closed) throw closed();
  }

  #active(model: string): Generation {
    return this.#generation(model, this.#models.get(model)?.active);
  }

  #generation(model: string, generation: number | undefined): Generation {
    this.#open();
    const found = generation === undefined ? undefined : this.#models.get(model)?.generations.get(generation);
    if (found === undefined) throw unknownModel(model, generation);
    return found;
  }

  /** Of the active generation; a process has none and stands where its latest does. */
  #position(projection: string): Position | null {
    const checkpoints = this.#checkpoints.get(projection) ?? new Map<number, Checkpoint>();
    const serving = this.#models.get(projection)?.active ?? Math.max(...checkpoints.keys());
    return checkpoints.get(serving)?.position ?? null;
  }
}

const parse = <T extends Doc>(text: string): T => JSON.parse(text) as T;
const all = ({ docs }: Generation): Doc[] => [...docs.values()].map(({ doc }) => doc);

function pick<T extends Doc>({ docs }: Generation, ids: readonly string[]): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const id of ids) {
    const stored = docs.get(id);
    if (stored !== undefined) found.set(id, parse<T>(stored.text));
  }
  return found;
}
