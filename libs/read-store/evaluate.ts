import { compareScalars, compareTexts, fieldOf, scalarOf } from './fields.ts';
import type { Doc, Filter, FilterOp, Page, Query, Scalar } from './port.ts';
import { checkQuery, checkWhere, pageOf } from './query.ts';
import type { Key } from './query.ts';
import type { Json } from '#kernel';

/**
 * Answers a query from documents at hand: what every store answers, said in code. The memory store and answers *as of* a
 * moment use it. Fails like {@link checkQuery}.
 */
export function evaluate<T extends Doc>(docs: Iterable<T>, query: Query): Omit<Page<T>, 'asOf'> {
  const checked = checkQuery(query);
  const { where, field, direction, after, limit } = checked;
  const order = (a: Key, b: Key): number => direction * (compareScalars(a.value, b.value) || compareTexts(a.id, b.id));
  const fits = matcher(where);
  const found: { readonly doc: T; readonly key: Key }[] = [];
  /** Only the page and one more are kept: of many documents, few are put in order. */
  const cut = (): void => void found.sort((a, b) => order(a.key, b.key)).splice(limit + 1);
  for (const doc of docs) {
    const key = { value: scalarOf(fieldOf(doc, field)), id: doc.id };
    if (!fits(doc) || (after !== null && order(key, after) <= 0)) continue;
    found.push({ doc, key });
    if (found.length > 2 * (limit + 1)) cut();
  }
  cut();
  const { items, next } = pageOf(found, checked, ({ key }) => key);
  return { items: items.map(({ doc }) => doc), next };
}

/** Whether a document fits all filters. Fails with `invalid-query`. */
export function matcher(where: readonly Filter[] = []): (doc: Doc) => boolean {
  checkWhere(where);
  return (doc) => where.every(([field, op, value]) => TESTS[op](fieldOf(doc, field), value));
}

const TESTS: Readonly<Record<FilterOp, (field: Json, value: Filter[2]) => boolean>> = {
  eq: (field, value) => scalarOf(field) === value,
  in: (field, values) => (values as readonly Scalar[]).includes(scalarOf(field)),
  gt: (field, value) => sameType(field, value) && compareScalars(field, value as Scalar) > 0,
  gte: (field, value) => sameType(field, value) && compareScalars(field, value as Scalar) >= 0,
  lt: (field, value) => sameType(field, value) && compareScalars(field, value as Scalar) < 0,
  lte: (field, value) => sameType(field, value) && compareScalars(field, value as Scalar) <= 0,
  prefix: (field, value) => typeof field === 'string' && field.startsWith(value as string),
  has: (field, value) => Array.isArray(field) && field.includes(value),
};

const sameType = (field: Json, value: Filter[2]): field is string | number => typeof field === typeof value;
