import { Context, evalExpr, ProcessingMode } from 'mingo/core';
import { Aggregator } from 'mingo/aggregator';
import { Lazy } from 'mingo/lazy';
import * as accumulator from 'mingo/operators/accumulator';
import * as expression from 'mingo/operators/expression';
import * as pipelineStages from 'mingo/operators/pipeline';
import * as projection from 'mingo/operators/projection';
import * as query from 'mingo/operators/query';
import * as window from 'mingo/operators/window';
import { Query } from 'mingo/query';
import { badValue, notPretended } from './faults.ts';
import { compare, isObject, keyOf, kindOf, mapValues } from './values.ts';
import type { Doc } from './values.ts';
import type { Options } from 'mingo/types';

/**
 * What a filter, a sort and a pipeline mean: mingo's operators, but for comparisons, whose order is MongoDB's here
 * (types, strings by UTF-8 bytes, numbers by value, paths into lists).
 */

type Test = (value: unknown) => boolean;
type QueryOp = (path: string, operand: unknown, options: Options) => (doc: unknown) => boolean;

/** The values a path leads to: one, or one for each element of the lists on the way. */
function valuesAt(at: unknown, path: readonly string[], from: number, found: unknown[]): void {
  const step = path[from];
  if (step === undefined) found.push(at);
  else if (isObject(at)) valuesAt(Object.hasOwn(at, step) ? at[step] : undefined, path, from + 1, found);
  else if (Array.isArray(at)) {
    for (const element of at) if (isObject(element)) valuesAt(element, path, from, found);
    if (/^\d+$/.test(step) && Number(step) < at.length) valuesAt(at[Number(step)], path, from + 1, found);
  } else found.push(undefined);
}

/** A condition that holds when any value of the path fulfils it, or any element of a list it leads to. */
function anyValue(path: string, test: Test): (doc: unknown) => boolean {
  const steps = path.split('.');
  return (doc) => {
    const found: unknown[] = [];
    valuesAt(doc, steps, 0, found);
    return found.some((value) => test(value) || (Array.isArray(value) && value.some(test)));
  };
}

const not =
  (op: QueryOp): QueryOp =>
  (...args) => {
    const test = op(...args);
    return (doc) => !test(doc);
  };

/** Null stands for missing too. */
const equals =
  (operand: unknown): Test =>
  (value) =>
    compare(value ?? null, operand ?? null) === 0;

const $eq: QueryOp = (path, operand) => anyValue(path, equals(operand));

const $in: QueryOp = (path, operand) => {
  if (!Array.isArray(operand)) throw badValue('$in needs an array');
  const patterns = operand.filter((one): one is RegExp => one instanceof RegExp);
  const keys = new Set(operand.map(keyOf));
  return anyValue(
    path,
    (value) => keys.has(keyOf(value)) || (typeof value === 'string' && patterns.some((pattern) => pattern.test(value))),
  );
};

/** Only values of the operand's type are compared; MinKey and MaxKey compare with all. */
const ordered =
  (fits: (order: number) => boolean): QueryOp =>
  (path, operand) => {
    const kind = kindOf(operand ?? null);
    const comparable = (value: unknown): boolean =>
      kind === 'MinKey' || kind === 'MaxKey' || kindOf(value ?? null) === kind;
    return anyValue(path, (value) => comparable(value) && fits(compare(value ?? null, operand ?? null)));
  };

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'string',
  object: 'object',
  array: 'array',
  binData: 'Binary',
  objectId: 'ObjectId',
  bool: 'boolean',
  date: 'date',
  null: 'null',
  regex: 'regex',
  timestamp: 'Timestamp',
  number: 'number',
  2: 'string',
  3: 'object',
  4: 'array',
  5: 'Binary',
  7: 'ObjectId',
  8: 'boolean',
  9: 'date',
  10: 'null',
};

const $type: QueryOp = (path, operand) => {
  const kinds = new Set(
    (Array.isArray(operand) ? operand : [operand]).map((name) => {
      const kind = TYPE_NAMES[String(name)];
      if (kind === undefined) throw notPretended(`$type ${String(name)} in queries`);
      return kind;
    }),
  );
  return anyValue(path, (value) => kinds.has(kindOf(value)));
};

const orderOps = {
  $gt: (order: number) => order > 0,
  $gte: (order: number) => order >= 0,
  $lt: (order: number) => order < 0,
  $lte: (order: number) => order <= 0,
};

/** In expressions values of all types compare with one another. */
const compared = (answer: (order: number) => unknown) => (doc: unknown, operands: unknown, options: Options) => {
  const [one, other] = evalExpr(doc, operands, options) as [unknown, unknown];
  return answer(compare(one, other));
};

const $sort = (docs: ReturnType<typeof Lazy>, spec: unknown): ReturnType<typeof Lazy> =>
  docs.transform((all: unknown[]) => Lazy(sorted(all as Doc[], spec as Doc, (doc) => doc)));

// Own operators first: mingo keeps the first of a name.
const context = Context.init({
  query: {
    $eq,
    $ne: not($eq),
    $in,
    $nin: not($in),
    $type,
    ...mapValues(orderOps, (fits) => ordered(fits as (order: number) => boolean)),
  },
  expression: {
    $eq: compared((order) => order === 0),
    $ne: compared((order) => order !== 0),
    $cmp: compared(Math.sign),
    ...mapValues(orderOps, (fits) => compared(fits as (order: number) => unknown)),
  },
  pipeline: { $sort },
} as unknown as Parameters<typeof Context.init>[0])
  .addAccumulatorOps({ ...accumulator })
  .addExpressionOps({ ...expression })
  .addPipelineOps({ ...pipelineStages })
  .addProjectionOps({ ...projection })
  .addQueryOps({ ...query })
  .addWindowOps({ ...window });

/** Whether a plain document fits a plain filter. `$$NOW` is the server's time. */
export function matcher(filter: Doc, now: Date): (doc: Doc) => boolean {
  if (Object.keys(filter).length === 0) return () => true;
  const compiled = asFault(() => new Query(withNow(filter, now, false) as Doc, { context }));
  return (doc) => compiled.test(doc);
}

/** What a pipeline makes of plain documents, which it leaves as they are. */
export function aggregate(
  docs: Doc[],
  pipeline: readonly Doc[],
  now: Date,
  collectionResolver: (name: string) => Doc[],
): Doc[] {
  const stages = withNow(pipeline, now, true) as Doc[];
  return asFault(() =>
    new Aggregator(stages, { context, collectionResolver, processingMode: ProcessingMode.CLONE_INPUT }).run<Doc>(docs),
  );
}

/** mingo takes the time from the process: `$$NOW` becomes the server's before. In a filter only expressions have variables. */
function withNow(value: unknown, now: Date, inExpression: boolean): unknown {
  if (value === '$$NOW') return inExpression ? now : value;
  if (Array.isArray(value)) return value.map((one) => withNow(one, now, inExpression));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, withNow(one, now, inExpression || key === '$expr')]),
  );
}

function asFault<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof Error && error.name !== 'MongoFault') throw badValue(error.message);
    throw error;
  }
}

/** In a sort, missing is null, and a list stands for its least element (ascending) or its greatest. */
export function sorted<T>(items: readonly T[], spec: Doc, docOf: (item: T) => Doc): T[] {
  const keys = Object.entries(spec).map(([path, direction]) => ({
    steps: path.split('.'),
    direction: direction as number,
  }));
  const keyed = items.map((item) => ({
    item,
    key: keys.map(({ steps, direction }) => sortValue(docOf(item), steps, direction)),
  }));
  const order = (one: (typeof keyed)[number], other: (typeof keyed)[number]): number => {
    for (const [at, { direction }] of keys.entries()) {
      const difference = compare(one.key[at], other.key[at]) * direction;
      if (difference !== 0) return difference;
    }
    return 0;
  };
  return keyed.sort(order).map(({ item }) => item);
}

function sortValue(doc: Doc, steps: readonly string[], direction: number): unknown {
  const found: unknown[] = [];
  valuesAt(doc, steps, 0, found);
  const values = found.flatMap((value) => {
    if (!Array.isArray(value)) return [value ?? null];
    return value.length === 0 ? [undefined] : value;
  });
  if (values.length === 0) return null;
  return values.reduce((best, value) => (compare(value, best) * direction < 0 ? value : best));
}

interface Tree {
  [name: string]: Tree | true;
}

/** A find's projection: members named or left out; computed ones are refused. */
export function projector(spec: Doc | undefined): (doc: Doc) => Doc {
  const { _id: id, ...fields } = spec ?? {};
  const entries = Object.entries(fields);
  for (const [path, value] of entries)
    if (!['number', 'boolean'].includes(kindOf(value)) || /^\$|\.\$/.test(path))
      throw notPretended('computed projections');
  const including = entries.length > 0 ? Boolean(entries[0]![1]) : Boolean(id ?? false);
  if (entries.some(([, value]) => Boolean(value) !== including))
    throw badValue('Cannot do inclusion and exclusion in one projection');
  if (spec === undefined || Object.keys(spec).length === 0) return (doc) => doc;
  const tree: Tree = {};
  for (const [path] of entries) grow(tree, path.split('.'));
  const withId = id === undefined ? true : Boolean(id);
  if (withId === including) tree['_id'] = true;
  return including ? (doc) => only(doc, tree) as Doc : (doc) => without(doc, tree) as Doc;
}

function grow(tree: Tree, [step, ...rest]: readonly string[]): void {
  if (rest.length === 0) tree[step!] = true;
  else {
    const branch = tree[step!];
    grow(branch === undefined || branch === true ? (tree[step!] = {}) : branch, rest);
  }
}

function only(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((one) => only(one, tree)).filter((one) => one !== undefined);
  if (!isObject(value)) return undefined;
  const kept: Doc = {};
  for (const [name, member] of Object.entries(value)) {
    const branch = Object.hasOwn(tree, name) ? tree[name] : undefined;
    const part = branch === true ? member : branch && only(member, branch);
    if (part !== undefined) kept[name] = part;
  }
  return kept;
}

function without(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((one) => without(one, tree));
  if (!isObject(value)) return value;
  const kept: Doc = {};
  for (const [name, member] of Object.entries(value)) {
    const branch = Object.hasOwn(tree, name) ? tree[name] : undefined;
    if (branch !== true) kept[name] = branch === undefined ? member : without(member, branch);
  }
  return kept;
}
