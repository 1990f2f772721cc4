import { docOf, namespaceOf } from './call.ts';
import { badValue, notPretended } from './faults.ts';
import { aggregate as runPipeline, projector, sorted } from './query.ts';
import { isObject, keyOf } from './values.ts';
import type { Call, Command } from './call.ts';
import type { Doc } from './values.ts';
import type { Found } from './versions.ts';

const FIRST_BATCH = 101;

function refuseOptions(args: Doc): void {
  for (const option of ['tailable', 'awaitData', 'min', 'max', 'returnKey', 'showRecordId'])
    if (args[option] !== undefined && args[option] !== false) throw notPretended(option);
  const { collation } = args;
  if (isObject(collation) && collation['locale'] !== 'simple') throw notPretended('collation');
}

function refuseUnknownHint(call: Call): void {
  const { hint } = call.args;
  if (hint === undefined) return;
  const indexes = [...(call.storage.collections.get(namespaceOf(call))?.indexes.values() ?? [])];
  if (!indexes.some(({ spec }) => spec['name'] === hint || keyOf(spec['key']) === keyOf(hint)))
    throw badValue('hint provided does not correspond to an existing index');
}

/** Found, sorted and cut, typed and plain. */
function search(call: Call, filter: Doc, { sort, skip = 0, limit = 0 }: Doc): Found[] {
  refuseUnknownHint(call);
  const from = Number(skip);
  const to = limit === 0 ? Infinity : from + Math.abs(Number(limit));
  let found: Found[] = [];
  for (const one of call.storage.find(namespaceOf(call), filter, call.view, call.now)) {
    found.push(one);
    if (!isObject(sort) && found.length >= to) break;
  }
  if (isObject(sort) && Object.keys(sort).length > 0) found = sorted(found, sort, (one) => one.plain);
  return found.slice(from, to);
}

export const find: Command = (call) => {
  const { args, cursors } = call;
  refuseOptions(args);
  const show = projector(args['projection'] as Doc | undefined);
  const docs = search(call, docOf(args['filter']), args).map(({ doc }) => show(doc));
  const single = args['singleBatch'] === true || Number(args['limit'] ?? 0) < 0;
  return cursors.first(namespaceOf(call), docs, Number(args['batchSize'] ?? FIRST_BATCH), single);
};

export const getMore: Command = ({ command, args, cursors }) =>
  cursors.next(String(command['getMore']), sizeOf(args['batchSize']));

const sizeOf = (size: unknown): number => (size === undefined || size === 0 ? Infinity : Number(size));

export const killCursors: Command = ({ command, cursors }) => {
  const ids = command['cursors'] as Long[];
  const killed = ids.filter((id) => cursors.kill(String(id)));
  return {
    cursorsKilled: killed,
    cursorsNotFound: ids.filter((id) => !killed.includes(id)),
    cursorsAlive: [],
    cursorsUnknown: [],
  };
};

const LEADING = ['$match', '$sort', '$skip', '$limit'];

/** The first match, sort, skip and limit keep types; what mingo makes of the rest has numbers as the driver types them. */
export const aggregate: Command = (call) => {
  const { args, storage, view, now, database, cursors } = call;
  refuseOptions(args);
  if (args['aggregate'] === 1) throw notPretended('aggregation of a database');
  const pipeline = [...(args['pipeline'] as Doc[])];
  const lead: Doc = {};
  for (const name of LEADING) if (pipeline[0] && Object.hasOwn(pipeline[0], name)) lead[name] = pipeline.shift()![name];
  const found = search(call, docOf(lead['$match']), {
    sort: lead['$sort'],
    skip: lead['$skip'],
    limit: lead['$limit'],
  });
  const resolve = (name: string): Doc[] =>
    [...storage.find(`${database}.${name}`, {}, view, now)].map((one) => one.plain);
  for (const stage of pipeline)
    for (const name of Object.keys(stage))
      if (['$out', '$merge', '$changeStream'].includes(name)) throw notPretended(name);
  const docs =
    pipeline.length === 0
      ? found.map(({ doc }) => doc)
      : runPipeline(
          found.map((one) => one.plain),
          pipeline,
          now,
          resolve,
        );
  return cursors.first(namespaceOf(call), docs, Number(docOf(args['cursor'])['batchSize'] ?? FIRST_BATCH), false);
};

export const count: Command = (call) => ({ n: search(call, docOf(call.args['query']), call.args).length });

export const distinct: Command = (call) => {
  const key = String(call.args['key']);
  const values = new Map<string, unknown>();
  for (const { plain } of search(call, docOf(call.args['query']), {}))
    for (const value of distinctValues(plain, key.split('.'))) values.set(keyOf(value), value);
  return { values: [...values.values()] };
};

function distinctValues(at: unknown, [step, ...rest]: readonly string[]): unknown[] {
  if (Array.isArray(at))
    return at.flatMap((one) => (step === undefined ? [one] : distinctValues(one, [step, ...rest])));
  if (step === undefined) return at === undefined ? [] : [at];
  return isObject(at) ? distinctValues(at[step], rest) : [];
}
