import type { JsonObject, Position, Schema } from '#kernel';

/** A document: plain JSON with safe integers only, at most 1 MiB of text. Its `id` (1 to 200 characters, no NUL) is the member by which it is put and got. */
export type Doc = JsonObject & { readonly id: string };
export type Scalar = string | number | boolean | null;

/**
 * A read model is built by one projection and kept in generations: a rebuild fills the next one beside the one that
 * serves, `activate` switches, and the former is kept for going back.
 */
export interface ModelSpec {
  readonly model: string;
  readonly generation: number;
  /** JSON Schema of the documents; one that does not fit stops its projection (`schema-violation`). */
  readonly schema: Schema<unknown>;
  /** Fields by which it is found, in order. Dots reach into objects (`lead.person`). Every list query is served by one. */
  readonly indexes: readonly (readonly string[])[];
}

export interface Checkpoint {
  readonly projection: string;
  readonly generation: number;
  readonly position: Position;
  readonly logId: string;
}

export type Op = { readonly put: Doc } | { readonly del: string };

export interface Batch {
  /** Also the name of its model; a process has a checkpoint and no documents. */
  readonly projection: string;
  readonly generation: number;
  /** Compare-and-set: the position of the stored checkpoint, null for none yet. */
  readonly from: Position | null;
  readonly to: Position;
  readonly logId: string;
  /** In order; the last write of a document wins. */
  readonly ops: readonly Op[];
}

export type FilterOp = 'eq' | 'in' | 'gt' | 'gte' | 'lt' | 'lte' | 'prefix' | 'has';
/**
 * `eq` and `in` match any scalar, `has` a list that holds it. Comparisons take a string or a number and match only values
 * of the same type, never null. A missing field is the same as null, and so is a list or an object, but for `has`.
 */
export type Filter = readonly [field: string, op: FilterOp, value: Scalar | readonly Scalar[]];

export interface Query {
  readonly model: string;
  /** All must hold. */
  readonly where?: readonly Filter[];
  /** Ascending: null and missing, numbers, strings by UTF-8 bytes, false, true; ties by id, in the same direction. Default: by id. */
  readonly sort?: readonly [field: string, direction: 1 | -1];
  /** From the former page's `next`, for the same query. */
  readonly cursor?: string;
  /** 1 to 1000, default 50. */
  readonly limit?: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
  /** The position the answer reflects: all events up to it and none after; null when none was projected. */
  readonly asOf: Position | null;
}

export interface Committed {
  readonly projection: string;
  readonly generation: number;
  readonly to: Position;
  /** Ids of the documents put or deleted. */
  readonly touched: readonly string[];
}

/** What queries need: the read store as it is now, or a fold of the journal as it was (engine). A model never migrated is `unknown-model`. */
export interface Reader {
  get<T extends Doc>(model: string, id: string): Promise<{ readonly doc: T; readonly asOf: Position } | null>;
  getMany<T extends Doc>(model: string, ids: readonly string[]): Promise<ReadonlyMap<string, T>>;
  find<T extends Doc>(query: Query): Promise<Page<T>>;
  count(query: Pick<Query, 'model' | 'where'>): Promise<number>;
}

export interface Lease {
  /** False: it was lost. */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

/** The read models. What "supports" means is `contract.ts`, case by case. */
export interface ReadStore extends Reader {
  readonly capabilities: { readonly kind: 'memory' | 'sqlite' | 'mongodb'; readonly atomicCommit: boolean };
  /** Makes room for these generations: collections, indexes. Idempotent. The first generation of a model is active at once. */
  migrate(models: readonly ModelSpec[]): Promise<void>;
  checkpoint(projection: string, generation: number): Promise<Checkpoint | null>;
  /**
   * Documents and checkpoint become visible together, or nothing does. Fails with `stale-projector` when the stored
   * checkpoint is not at `from` or belongs to another log: that is the fence. Documents need their generation migrated.
   */
  commit(batch: Batch): Promise<void>;
  /** The documents of one generation, for the fold: read before write. */
  load<T extends Doc>(model: string, generation: number, ids: readonly string[]): Promise<ReadonlyMap<string, T>>;
  /** All documents of a generation as canonical JSON texts in order of id: for comparing two of them byte by byte. */
  dump(model: string, generation: number): AsyncIterable<readonly string[]>;
  /** The projection's checkpoint (active generation; a process: its latest) reaches `at` within `timeoutMs`. */
  waitFor(projection: string, at: Position, timeoutMs: number): Promise<boolean>;
  /** Called once for each commit, after it is visible and before it resolves. Returns what unsubscribes. A listener that throws is reported as a process warning and harms nobody. */
  onCommitted(listener: (committed: Committed) => void): () => void;
  /** Liveness only, never safety: it keeps a second runner from trying. Null: somebody else has it. */
  lease(name: string, owner: string, ttlMs: number): Promise<Lease | null>;
  generations(model: string): Promise<{ readonly active: number | null; readonly all: readonly number[] }>;
  /** Readers see the old or the new generation, never a mix. */
  activate(model: string, generation: number): Promise<void>;
  /** Deletes a generation with its checkpoint; the active one is refused with `generation-active`. */
  drop(model: string, generation: number): Promise<void>;
  ready(): Promise<void>;
  close(): Promise<void>;
}

export type ReadStoreErrorCode =
  | 'stale-projector'
  | 'schema-violation'
  | 'document-too-large'
  | 'invalid-document'
  | 'invalid-query'
  | 'invalid-cursor'
  | 'unknown-model'
  | 'invalid-model'
  | 'generation-active'
  | 'read-store-unavailable'
  /** It will say the same again: rights that are missing, a server that cannot do this. Somebody must act. */
  | 'read-store-refused'
  | 'read-store-locked'
  | 'read-store-closed'
  | 'disk-full';

/** What a read store says. Tell errors apart by `code`, never by class. */
export class ReadStoreError extends Error {
  constructor(
    readonly code: ReadStoreErrorCode,
    message: string,
    readonly params: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = 'ReadStoreError';
  }
}

export const isReadStoreError = (error: unknown, code?: ReadStoreErrorCode): error is ReadStoreError =>
  error instanceof Error &&
  error.name === 'ReadStoreError' &&
  (code === undefined || (error as ReadStoreError).code === code);
