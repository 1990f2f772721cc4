import type { Filter as Condition } from 'mongodb';
import type { Filter, FilterOp, Scalar } from '../port.ts';
import type { CheckedQuery } from '../query.ts';
import { keyName } from './names.ts';
import { bson } from './stored.ts';
import type { Bson, Stored } from './stored.ts';

export type { Condition };

/** Documents that are there. */
export const THERE = { gone: null };

/** What fits all filters. `$and`, for one field may be filtered twice. */
export function conditions(where: readonly Filter[], ...more: readonly object[]): Condition<Stored> {
  const all = [...where.map(([field, op, value]) => CONDITIONS[op](field, value)), ...more, THERE];
  return { $and: all };
}

/** The order of a page, which is that of an index read forwards or backwards. */
export const orderOf = ({ field, direction }: CheckedQuery): Readonly<Record<string, 1 | -1>> =>
  field === 'id' ? { _id: direction } : { [keyOf(field)]: direction, _id: direction };

/** What lies behind the cursor, each stretch a range of an index. */
export function behind({ field, direction, after }: CheckedQuery): object | null {
  if (after === null) return null;
  const beyond = direction === 1 ? '$gt' : '$lt';
  if (field === 'id') return { _id: { [beyond]: after.id } };
  const key = keyOf(field);
  const { value } = after;
  const ties = { [key]: bson(value), _id: { [beyond]: after.id } };
  // A comparison stays within its type; those further on follow by themselves.
  const same = value === null ? [] : [{ [key]: { [beyond]: bson(value) } }];
  const rank = TYPES.findIndex(({ holds }) => holds(value));
  const further = (direction === 1 ? TYPES.slice(rank + 1) : TYPES.slice(0, rank)).map(({ all }) => ({ [key]: all }));
  return { $or: [ties, ...same, ...further] };
}

/** In ascending order. */
const TYPES: readonly { readonly holds: (value: Scalar) => boolean; readonly all: object | null }[] = [
  { holds: (value) => value === null, all: null },
  { holds: (value) => typeof value === 'number', all: { $type: 'number' } },
  { holds: (value) => typeof value === 'string', all: { $type: 'string' } },
  { holds: (value) => typeof value === 'boolean', all: { $type: 'bool' } },
];

const keyOf = (field: string): string => (field === 'id' ? '_id' : `keys.${keyName(field)}`);

const compared =
  (operator: string) =>
  (field: string, value: Filter[2]): object => ({ [keyOf(field)]: { [operator]: operand(value) } });

const operand = (value: Filter[2]): Bson => bson(value);

/** What is null is not among the keys. */
const CONDITIONS: Readonly<Record<FilterOp, (field: string, value: Filter[2]) => object>> = {
  eq: compared('$eq'),
  in: compared('$in'),
  gt: compared('$gt'),
  gte: compared('$gte'),
  lt: compared('$lt'),
  lte: compared('$lte'),
  prefix: (field, value) => {
    const from = value as string;
    const to = successor(from);
    return { [keyOf(field)]: { $gte: from, ...(to === null ? {} : { $lt: to }) } };
  },
  has: (field, value) => ({ [`lists.${keyName(field)}`]: { $elemMatch: { $eq: operand(value) } } }),
};

/** The least text behind all that begin with this one; null when there is none. */
function successor(prefix: string): string | null {
  const points = Array.from(prefix, (one) => one.codePointAt(0)!);
  while (points.at(-1) === 0x10_ffff) points.pop();
  const last = points.pop();
  if (last === undefined) return null;
  return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
}
