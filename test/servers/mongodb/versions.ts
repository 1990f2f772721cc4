import type { Validate } from './schema.ts';
import type { Doc } from './values.ts';

/** What one reads: the state after commit number `at`, and the own writes of a transaction. */
export interface View {
  readonly at: number;
  readonly transaction?: Transaction;
}

export const LATEST: View = { at: Infinity };

/** A document as of one commit; null: it was deleted. */
export interface Version {
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

/** What a view sees of a document. */
export function visible(entry: Entry, { at, transaction }: View): Version | null {
  if (transaction !== undefined && entry.owner === transaction) return entry.pending;
  return entry.versions.findLast((version) => version.at <= at) ?? null;
}
