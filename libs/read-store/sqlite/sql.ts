import type { Filter, FilterOp, ModelSpec, Scalar } from '../port.ts';
import type { CheckedQuery, Key } from '../query.ts';
import type { SqlValue } from './database.ts';

/** Values are bound, never written; fields and models were checked letter by letter before they come here. */
export interface Sql {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

export const tableOf = (model: string, generation: number): string => `"${model}@${generation}"`;

/** `ANY` in a strict table: an id is compared as it is, a number never becomes a text. */
export const createTable = (table: string): string =>
  `CREATE TABLE IF NOT EXISTS ${table} (id ANY NOT NULL PRIMARY KEY, doc TEXT NOT NULL) STRICT`;

/** The declared indexes by name, each ending in the tie-breaker. The expressions must be those of the queries, to the letter. */
export const indexesOf = ({ model, generation, indexes }: ModelSpec): ReadonlyMap<string, string> =>
  new Map(
    indexes.map((fields) => {
      const name = `${model}@${generation} ${fields.join(' ')}`;
      const columns = [...fields.map(valueOf), 'id'].join(', ');
      return [name, `CREATE INDEX IF NOT EXISTS "${name}" ON ${tableOf(model, generation)} (${columns})`];
    }),
  );

/**
 * The statements that, run one after another until the page is full, give the page: first the ties of the cursor and what
 * follows them, then what lies on the other side of null. No offsets: a page costs what it holds.
 */
export function pages(table: string, { where, field, direction, after, limit }: CheckedQuery): readonly Sql[] {
  const filters = conditions(where);
  const value = valueOf(field);
  const way = direction === 1 ? 'ASC' : 'DESC';
  return stretches(value, direction, after).map((stretch) => {
    const order = stretch.ofNull === true || value === 'id' ? `id ${way}` : `${value} ${way}, id ${way}`;
    const sql = `SELECT doc FROM ${table} WHERE ${and(filters.sql, stretch.sql)} ORDER BY ${order} LIMIT ?`;
    return { sql, values: [...filters.values, ...stretch.values, limit + 1] };
  });
}

export function count(table: string, where: readonly Filter[]): Sql {
  const { sql, values } = conditions(where);
  return { sql: `SELECT count(*) AS count FROM ${table} WHERE ${and(sql)}`, values };
}

interface Stretch extends Sql {
  readonly ofNull?: boolean;
}

function stretches(value: string, direction: 1 | -1, after: Key | null): readonly Stretch[] {
  if (after === null) return [{ sql: '', values: [] }];
  const than = direction === 1 ? '>' : '<';
  if (value === 'id') return [{ sql: `id ${than} ?`, values: [after.id] }];
  if (after.value === null) {
    const ties = { sql: `${value} IS NULL AND id ${than} ?`, values: [after.id], ofNull: true };
    return direction === 1 ? [ties, { sql: `${value} IS NOT NULL`, values: [] }] : [ties];
  }
  const last = bound(after.value);
  // The first condition says no more than the second, but an index can begin there.
  const rest = {
    sql: `${value} ${than}= ? AND (${value}, id) ${than} (?, ?)`,
    values: [last, last, after.id],
  };
  return direction === 1 ? [rest] : [rest, { sql: `${value} IS NULL`, values: [], ofNull: true }];
}

const and = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' AND ') || 'TRUE';

function conditions(where: readonly Filter[]): Sql {
  const parts = where.map(([field, op, value]) => CONDITIONS[op](field, value));
  return { sql: and(...parts.map(({ sql }) => sql)), values: parts.flatMap(({ values }) => values) };
}

const CONDITIONS: Readonly<Record<FilterOp, (field: string, value: Filter[2]) => Sql>> = {
  eq: (field, value) => isOneOf(field, [value as Scalar]),
  in: (field, values) => isOneOf(field, values as readonly Scalar[]),
  gt: (field, value) => compare(field, '>', value as string | number),
  gte: (field, value) => compare(field, '>=', value as string | number),
  lt: (field, value) => compare(field, '<', value as string | number),
  lte: (field, value) => compare(field, '<=', value as string | number),
  prefix: (field, value) => startsWith(field, value as string),
  has: (field, value) => holds(field, value as Scalar),
};

function isOneOf(field: string, values: readonly Scalar[]): Sql {
  const value = valueOf(field);
  const some = values.filter((one) => one !== null).map(bound);
  const equal = some.length === 1 ? `${value} = ?` : `${value} IN (${some.map(() => '?').join(', ')})`;
  if (some.length === values.length) return { sql: equal, values: some };
  return { sql: some.length === 0 ? `${value} IS NULL` : `(${equal} OR ${value} IS NULL)`, values: some };
}

/** SQLite's order goes on from numbers to texts to blobs; a comparison stays within its type. */
function compare(field: string, than: string, limit: string | number): Sql {
  const value = valueOf(field);
  const sql = `${value} ${than} ?`;
  const up = than.startsWith('>');
  if (typeof limit === 'number') return { sql: up ? `${sql} AND ${value} < ''` : sql, values: [limit] };
  return { sql: up ? `${sql} AND ${value} < x''` : `${sql} AND ${value} >= ''`, values: [limit] };
}

function startsWith(field: string, prefix: string): Sql {
  const value = valueOf(field);
  return { sql: `${value} >= ? AND ${value} < ?`, values: [prefix, successor(prefix)] };
}

/** The first of all texts that come after every text with this prefix; the first blob when there is none. */
function successor(prefix: string): SqlValue {
  const points = Array.from(prefix, (char) => char.codePointAt(0)!);
  while (points.at(-1) === 0x10_ff_ff) points.pop();
  const last = points.pop();
  if (last === undefined) return new Uint8Array();
  return String.fromCodePoint(...points, last === 0xd7_ff ? 0xe0_00 : last + 1);
}

/** `value` alone cannot tell true from 1, nor a list from the text of its JSON. */
function holds(field: string, wanted: Scalar): Sql {
  const path = pathOf(field);
  const one = wanted === null || typeof wanted === 'boolean' ? `type = '${wanted}'` : `type = ? AND value = ?`;
  const values = typeof wanted === 'string' ? ['text', wanted] : typeof wanted === 'number' ? ['integer', wanted] : [];
  const some = `EXISTS (SELECT 1 FROM json_each(doc, ${path}) WHERE ${one})`;
  return { sql: `json_type(doc, ${path}) = 'array' AND ${some}`, values };
}

/** What filters and sorts see of a field, as `scalarOf`. Booleans are blobs, and so come after texts as in `compareScalars`. */
export function valueOf(field: string): string {
  if (field === 'id') return 'id';
  const path = pathOf(field);
  return (
    `CASE json_type(doc, ${path}) WHEN 'array' THEN NULL WHEN 'object' THEN NULL` +
    ` WHEN 'false' THEN x'00' WHEN 'true' THEN x'01' ELSE json_extract(doc, ${path}) END`
  );
}

const bound = (value: Scalar): SqlValue => (typeof value === 'boolean' ? Uint8Array.of(Number(value)) : value);

const pathOf = (field: string): string =>
  `'$.${field
    .split('.')
    .map((name) => `"${name}"`)
    .join('.')}'`;
