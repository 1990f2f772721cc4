import { Double, Int32, Long } from 'mongodb';
import { badValue, failedToParse, MongoFault, notPretended, typeMismatch } from './faults.ts';
import { aggregate, matcher } from './query.ts';
import { compare, copy, isObject, keyOf, kindOf, numberType, numeric, plain, plainDoc } from './values.ts';
import type { Doc } from './values.ts';

/** What one statement changes: a document, operators, or a pipeline. Typed. */
export type Update = Doc | readonly Doc[];

const isPipeline = (update: Update): update is readonly Doc[] => Array.isArray(update);

export const isReplacement = (update: Update): boolean =>
  !isPipeline(update) && !Object.keys(update)[0]?.startsWith('$');

/** The document after the update; `inserting` for an upsert. The document given stays as it is. */
export function applyUpdate(doc: Doc, update: Update, now: Date, inserting: boolean): Doc {
  const id = doc['_id'];
  const next = changed(doc, update, now, inserting);
  if (id === undefined) return next;
  if (next['_id'] === undefined) return { _id: id, ...next };
  if (compare(plain(next['_id']), plain(id)) === 0) return next;
  throw new MongoFault(
    66,
    'ImmutableField',
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  );
}

function changed(doc: Doc, update: Update, now: Date, inserting: boolean): Doc {
  if (isPipeline(update)) return byPipeline(doc, update, now);
  return isReplacement(update) ? update : byOperators(doc, update, now, inserting);
}

const ARITHMETIC = new Set(['$add', '$subtract', '$multiply', '$divide', '$mod', '$toDate', '$dateAdd']);

/** Long literals pass through mingo as they are, but in arithmetic; what did not change keeps its type. */
function byPipeline(doc: Doc, pipeline: readonly Doc[], now: Date): Doc {
  const stages = pipeline.map((stage) => literals(stage, false) as Doc);
  const [result] = aggregate([plainDoc(doc)], stages, now, () => []);
  return retyped(result, doc) as Doc;
}

function literals(value: unknown, arithmetic: boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => literals(one, arithmetic));
  if (isObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, literals(one, arithmetic || ARITHMETIC.has(key))]),
    );
  return kindOf(value) === 'number' && numberType(value) === 'long' && !arithmetic ? value : plain(value);
}

function retyped(value: unknown, before: unknown): unknown {
  if (isObject(value))
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, one]) => one !== undefined)
        .map(([key, one]) => [key, retyped(one, isObject(before) ? before[key] : undefined)]),
    );
  if (Array.isArray(value)) return value.map((one, at) => retyped(one, Array.isArray(before) ? before[at] : undefined));
  if (typeof value !== 'number') return value;
  if (kindOf(before) === 'number' && compare(before, value) === 0) return before;
  const wide = Number.isSafeInteger(value) && Math.abs(value) >= 2 ** 31;
  const wasLong = kindOf(before) === 'number' && numberType(before) === 'long';
  return Number.isInteger(value) && (wide || wasLong) ? Long.fromNumber(value) : value;
}

interface Place {
  readonly holder: Doc | unknown[];
  readonly name: string;
}

/** Null is a value; only what is missing gets the default. */
const get = ({ holder, name }: Place, missing?: unknown): unknown =>
  Object.hasOwn(holder, name) ? (holder as Doc)[name] : missing;

const put = ({ holder, name }: Place, value: unknown): void => {
  if (Array.isArray(holder)) while (holder.length < Number(name)) holder.push(null);
  (holder as Doc)[name] = value;
};

/** Where a path ends. Objects on the way are made, unless only looked for. */
function place(doc: Doc, path: string, make: boolean): Place | undefined {
  const steps = path.split('.');
  if (steps.some((step) => step === '' || step.startsWith('$'))) throw notPretended(`update path ${path}`);
  const name = steps.pop()!;
  let holder: Doc | unknown[] = doc;
  for (const step of steps) {
    let next = get({ holder, name: step });
    if (next === undefined) {
      if (!make) return undefined;
      put({ holder, name: step }, (next = {}));
    }
    if (!isObject(next) && !Array.isArray(next)) {
      if (!make) return undefined;
      throw new MongoFault(28, 'PathNotViable', `Cannot create field '${name}' in element {${step}: ${String(next)}}`);
    }
    holder = next;
  }
  if (Array.isArray(holder) && !/^\d+$/.test(name)) {
    if (!make) return undefined;
    throw new MongoFault(28, 'PathNotViable', `Cannot create field '${name}' in an array`);
  }
  return { holder, name };
}

type Operator = (place: Place, operand: unknown, now: Date) => void;

const arithmetic =
  (
    calculate: (one: bigint, other: bigint) => bigint,
    approximate: (one: number, other: number) => number,
    none: number,
  ): Operator =>
  (at, operand) => {
    const before = get(at, new Int32(none));
    if (kindOf(before) !== 'number' || kindOf(operand) !== 'number')
      throw typeMismatch(`Cannot apply arithmetic to a value of non-numeric type at ${at.name}`);
    const types = [numberType(before), numberType(operand)];
    if (types.includes('double')) return put(at, new Double(approximate(Number(before), Number(operand))));
    const result = calculate(integer(before), integer(operand));
    if (BigInt.asIntN(64, result) !== result) throw badArithmetic(at.name);
    const wide = types.includes('long') || BigInt.asIntN(32, result) !== result;
    put(at, wide ? Long.fromBigInt(result) : new Int32(Number(result)));
  };

const integer = (value: unknown): bigint => BigInt(numeric(value));

const badArithmetic = (name: string): MongoFault =>
  new MongoFault(2, 'BadValue', `Failed to apply $inc or $mul to ${name}: integer overflow`);

const listAt = (at: Place): unknown[] => {
  const list = get(at, []);
  if (!Array.isArray(list)) throw badValue(`The field '${at.name}' must be an array`);
  put(at, list);
  return list;
};

/** The values of `$push` and `$addToSet`: one, or `$each`. */
function eachOf(operand: unknown): { readonly values: readonly unknown[]; readonly slice?: unknown } {
  if (!isObject(operand) || !Object.hasOwn(operand, '$each')) return { values: [operand] };
  const { $each, $slice, ...others } = operand;
  if (Object.keys(others).length > 0) throw notPretended(`$push with ${Object.keys(others).join(', ')}`);
  return { values: $each as readonly unknown[], slice: plain($slice) };
}

const $set: Operator = (at, operand) => put(at, copy(operand));

const OPERATORS: Readonly<Record<string, Operator>> = {
  $set,
  $setOnInsert: $set,
  $inc: arithmetic(
    (one, other) => one + other,
    (one, other) => one + other,
    0,
  ),
  $mul: arithmetic(
    (one, other) => one * other,
    (one, other) => one * other,
    0,
  ),
  $min: (at, operand) => {
    const before = get(at);
    if (before === undefined || compare(operand, before) < 0) put(at, operand);
  },
  $max: (at, operand) => {
    const before = get(at);
    if (before === undefined || compare(operand, before) > 0) put(at, operand);
  },
  $currentDate: (at, _operand, now) => put(at, now),
  $push: (at, operand) => {
    const { values, slice } = eachOf(operand);
    const list = listAt(at);
    list.push(...values.map(copy));
    if (typeof slice === 'number') put(at, slice < 0 ? list.slice(slice) : list.slice(0, slice));
  },
  $addToSet: (at, operand) => {
    const list = listAt(at);
    const known = new Set(list.map(keyOf));
    for (const value of eachOf(operand).values) {
      if (known.has(keyOf(value))) continue;
      known.add(keyOf(value));
      list.push(copy(value));
    }
  },
};

/** Operators that make nothing where there is nothing. */
const REMOVERS: Readonly<Record<string, Operator>> = {
  $unset: ({ holder, name }) => {
    if (Array.isArray(holder)) {
      if (Number(name) < holder.length) holder[Number(name)] = null;
    } else delete holder[name];
  },
  $pop: (at, operand) => {
    const before = get(at);
    if (before === undefined) return;
    if (!Array.isArray(before)) throw typeMismatch(`Path '${at.name}' contains an element of non-array type`);
    const list = listAt(at);
    if (Number(plain(operand)) < 0) list.shift();
    else list.pop();
  },
  $pull: (at, operand, now) => {
    if (get(at) === undefined) return;
    const condition = plain(operand);
    const byOperator = isObject(condition) && Object.keys(condition).some((key) => key.startsWith('$'));
    const test = isObject(condition) && !byOperator ? matcher(condition, now) : matcher({ value: condition }, now);
    const hit = (one: unknown): boolean =>
      isObject(condition) && !byOperator ? isObject(one) && test(plainDoc(one)) : test({ value: plain(one) });
    put(
      at,
      listAt(at).filter((one) => !hit(one)),
    );
  },
};

function byOperators(before: Doc, update: Doc, now: Date, inserting: boolean): Doc {
  const doc = copy(before) as Doc;
  refuseConflicts(update);
  for (const [name, changes] of Object.entries(update)) {
    if (!isObject(changes))
      throw failedToParse(`Modifiers operate on fields but we found ${kindOf(changes)} for ${name}`);
    const make = Object.hasOwn(OPERATORS, name);
    const operator = make ? OPERATORS[name] : REMOVERS[name];
    if (operator === undefined) throw failedToParse(`Unknown modifier: ${name}`);
    if (name === '$setOnInsert' && !inserting) continue;
    for (const [path, operand] of Object.entries(changes)) {
      const at = place(doc, path, make);
      if (at !== undefined) operator(at, operand, now);
    }
  }
  return doc;
}

function refuseConflicts(update: Doc): void {
  const paths = Object.values(update).flatMap((changes) => (isObject(changes) ? Object.keys(changes) : []));
  const seen = new Set<string>();
  for (const path of paths.toSorted()) {
    const prefixes = path.split('.').map((_step, at, steps) => steps.slice(0, at + 1).join('.'));
    if (prefixes.some((prefix) => seen.has(prefix)))
      throw new MongoFault(
        40,
        'ConflictingUpdateOperators',
        `Updating the path '${path}' would create a conflict at '${path}'`,
      );
    seen.add(path);
  }
}

/** What an upsert starts from: the equalities of its filter. */
export function fromFilter(filter: Doc): Doc {
  const doc: Doc = {};
  for (const [path, condition] of Object.entries(filter)) {
    if (path === '$and') for (const part of condition as Doc[]) Object.assign(doc, fromFilter(part));
    if (path.startsWith('$') || condition instanceof RegExp) continue;
    const operators = isObject(condition) && Object.keys(condition).some((key) => key.startsWith('$'));
    if (operators && !Object.hasOwn(condition, '$eq')) continue;
    put(place(doc, path, true)!, operators ? condition['$eq'] : condition);
  }
  return doc;
}
