import { canonical, sha256 } from '#kernel';
import { isField, isId, isScalar } from './fields.ts';
import { ReadStoreError } from './port.ts';
import type { Filter, FilterOp, Query, Scalar } from './port.ts';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 1000;
const MAX_FILTERS = 20;
const MAX_VALUES = 500;

/** Where a document stands in the order of a query. */
export interface Key {
  readonly value: Scalar;
  readonly id: string;
}

/** A query that can be answered, its defaults filled in. */
export interface CheckedQuery {
  readonly model: string;
  readonly where: readonly Filter[];
  readonly field: string;
  readonly direction: 1 | -1;
  /** The page begins behind it. */
  readonly after: Key | null;
  readonly limit: number;
  /** What binds cursors to this query; the order of filters does not matter. */
  readonly fingerprint: string;
}

/** Fails with `invalid-query`, or with `invalid-cursor` for a cursor that was not given for this very query. */
export function checkQuery(query: Query): CheckedQuery {
  const { model, where = [], sort: [field, direction] = ['id', 1], limit = DEFAULT_LIMIT, cursor } = query;
  checkWhere(where);
  if (!isField(field)) throw invalid('cannot sort by this field', { field });
  if (direction !== 1 && direction !== -1) throw invalid('a direction is 1 or -1', { field, direction });
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw invalid(`a limit is 1 to ${MAX_LIMIT}`, { limit });
  const filters = where.map((filter) => canonical(filter)).toSorted();
  const fingerprint = sha256(canonical([model, filters, field, direction])).slice(0, 16);
  const after = cursor === undefined ? null : readCursor(cursor, fingerprint);
  return { model, where, field, direction, after, limit, fingerprint };
}

/** The page of what was found: up to one more than the limit, in order. */
export function pageOf<F>(
  found: readonly F[],
  query: CheckedQuery,
  keyOf: (found: F) => Key,
): { readonly items: readonly F[]; readonly next: string | null } {
  if (found.length <= query.limit) return { items: found, next: null };
  const items = found.slice(0, query.limit);
  return { items, next: writeCursor(keyOf(items.at(-1)!), query.fingerprint) };
}

export function checkWhere(where: readonly Filter[]): void {
  if (where.length > MAX_FILTERS) throw invalid(`at most ${MAX_FILTERS} filters`, { filters: where.length });
  for (const [field, op, value] of where) {
    if (!isField(field)) throw invalid('cannot filter by this field', { field });
    if (!Object.hasOwn(VALUES, op)) throw invalid('no such filter', { field, op });
    if (!VALUES[op](value)) throw invalid(`${op} does not take this value`, { field, op });
  }
}

const isComparable = (value: unknown): boolean =>
  isScalar(value) && (typeof value === 'string' || typeof value === 'number');

/** What each filter takes. Booleans and null are for `eq`, `in` and `has` only. */
const VALUES: Readonly<Record<FilterOp, (value: unknown) => boolean>> = {
  eq: isScalar,
  in: (value) => Array.isArray(value) && value.length <= MAX_VALUES && value.every(isScalar),
  gt: isComparable,
  gte: isComparable,
  lt: isComparable,
  lte: isComparable,
  prefix: (value) => typeof value === 'string' && value.isWellFormed(),
  has: isScalar,
};

const invalid = (problem: string, params: Readonly<Record<string, unknown>>): ReadStoreError =>
  new ReadStoreError('invalid-query', `Invalid query: ${problem}`, params);

const writeCursor = ({ value, id }: Key, fingerprint: string): string =>
  Buffer.from(JSON.stringify([fingerprint, value, id])).toString('base64url');

function readCursor(cursor: string, fingerprint: string): Key {
  const parts = parse(Buffer.from(cursor, 'base64url').toString());
  if (Array.isArray(parts) && parts.length === 3) {
    const [of, value, id] = parts as readonly unknown[];
    if (of === fingerprint && isScalar(value) && isId(id)) return { value, id };
  }
  throw new ReadStoreError('invalid-cursor', 'The cursor is not one of this query');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
