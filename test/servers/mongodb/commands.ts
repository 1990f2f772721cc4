import { BSON, Long, ObjectId } from 'mongodb';
import { badValue, MongoFault, namespaceNotFound, notPretended } from './faults.ts';
import { aggregate, matcher, projector, sorted } from './query.ts';
import { addIndex, Blocked } from './storage.ts';
import { applyUpdate, fromFilter, isReplacement } from './update.ts';
import { isObject, keyOf, plainDoc } from './values.ts';
import type { Collection, Found, Storage, View } from './storage.ts';
import type { Update } from './update.ts';
import type { Doc } from './values.ts';

/** One command that runs. */
export interface Call {
  readonly name: string;
  readonly database: string;
  /** As it arrived, typed. */
  readonly command: Doc;
  /** Its members but documents, updates and deletes, plain. */
  readonly args: Doc;
  readonly view: View;
  readonly storage: Storage;
  readonly cursors: Cursors;
  readonly now: Date;
  /** Fails when the server has stopped being primary meanwhile. */
  readonly check: () => void;
}

export type Command = (call: Call) => Promise<Doc> | Doc;

const FIRST_BATCH = 101;
const MAX_BATCH_BYTES = 16 * 1024 * 1024;

interface OpenCursor {
  readonly namespace: string;
  /** What has not been fetched. */
  docs: Doc[];
}

/** Answers that are fetched in batches. A cursor has its documents from the beginning: it needs no snapshot. */
export class Cursors {
  readonly #open = new Map<string, OpenCursor>();
  #last = 0;

  first(namespace: string, docs: Doc[], size: number, single: boolean): Doc {
    const cursor = { namespace, docs };
    const firstBatch = take(cursor, size);
    const exhausted = single || cursor.docs.length === 0;
    const id = exhausted ? 0 : (this.#last += 1);
    if (!exhausted) this.#open.set(String(id), cursor);
    return { cursor: { firstBatch, id: Long.fromNumber(id), ns: namespace } };
  }

  next(id: string, size: number): Doc {
    const cursor = this.#open.get(id);
    if (cursor === undefined) throw new MongoFault(43, 'CursorNotFound', `cursor id ${id} not found`);
    const nextBatch = take(cursor, size);
    const exhausted = cursor.docs.length === 0;
    if (exhausted) this.#open.delete(id);
    return { cursor: { nextBatch, id: Long.fromString(exhausted ? '0' : id), ns: cursor.namespace } };
  }

  kill(id: string): boolean {
    return this.#open.delete(id);
  }

  clear(): void {
    this.#open.clear();
  }
}

function take(cursor: OpenCursor, size: number): Doc[] {
  let bytes = 0;
  let count = 0;
  for (const doc of cursor.docs.slice(0, size)) {
    bytes += BSON.calculateObjectSize(doc);
    if (bytes > MAX_BATCH_BYTES && count > 0) break;
    count += 1;
  }
  const batch = cursor.docs.slice(0, count);
  cursor.docs = cursor.docs.slice(count);
  return batch;
}

const namespaceOf = ({ name, args, database }: Call): string => `${database}.${String(args[name])}`;

const docOf = (value: unknown): Doc => (isObject(value) ? value : {});

/** Runs a write; outside a transaction it waits while one has the document. */
async function write<T>({ check }: Call, run: () => T): Promise<T> {
  for (;;) {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof Blocked)) throw error;
      await error.until;
      check();
    }
  }
}

/** WriteConflict and InterruptedDueToReplStateChange: no matter of one statement. */
const ENDING = new Set([112, 11602]);

/** Statements of a write command, in order. Errors of single ones are collected, unless a transaction must end by them. */
async function statements(call: Call, list: unknown, run: (statement: Doc, index: number) => Doc): Promise<Doc> {
  const reply: Doc = { n: 0 };
  const writeErrors: Doc[] = [];
  const upserted: Doc[] = [];
  for (const [index, statement] of (list as Doc[]).entries()) {
    try {
      const done = await write(call, () => run(statement, index));
      for (const name of ['n', 'nModified'])
        if (typeof done[name] === 'number') reply[name] = Number(reply[name] ?? 0) + done[name];
      if (done['upserted'] !== undefined) upserted.push({ index, _id: done['upserted'] });
    } catch (error) {
      if (!(error instanceof MongoFault) || ENDING.has(error.code)) throw error;
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.more });
      if (call.args['ordered'] !== false || call.view.transaction !== undefined) break;
    }
  }
  return {
    ...reply,
    ...(upserted.length > 0 && { upserted }),
    ...(writeErrors.length > 0 && { writeErrors }),
  };
}

const insert: Command = (call) =>
  statements(call, call.command['documents'], (doc) => {
    call.storage.insert(namespaceOf(call), withId(doc), call.view);
    return { n: 1 };
  });

const withId = (doc: Doc): Doc => (doc['_id'] === undefined ? { _id: new ObjectId(), ...doc } : doc);

/** All that will be written is free before anything is, so that waiting repeats nothing. */
function targets(call: Call, filter: Doc, multi: boolean, sort?: Doc): Found[] {
  let found = [
    ...several(call.storage.find(namespaceOf(call), filter, call.view, call.now), multi || sort !== undefined),
  ];
  if (sort !== undefined) found = sorted(found, sort, (one) => one.plain);
  if (!multi) found = found.slice(0, 1);
  for (const { entry } of found) call.storage.claim(entry, call.view.transaction);
  return found;
}

/** Of a scan no more than needed. */
function* several<T>(items: Iterable<T>, all: boolean): Iterable<T> {
  for (const item of items) {
    yield item;
    if (!all) return;
  }
}

interface Change {
  readonly matched: number;
  readonly modified: number;
  readonly upserted?: unknown;
  readonly before: Doc | null;
  readonly after: Doc | null;
}

interface Statement {
  readonly filter: unknown;
  readonly update: unknown;
  readonly multi?: boolean;
  readonly upsert?: boolean;
  readonly sort?: Doc | undefined;
}

function change(call: Call, { filter, update, multi = false, upsert = false, sort }: Statement): Change {
  const query = docOf(filter);
  const what = update as Update;
  if (multi && isReplacement(what)) throw badValue('multi update is not supported for replacement-style update');
  const found = targets(call, plainDoc(query), multi, sort);
  let modified = 0;
  let after: Doc | null = null;
  for (const one of found) {
    after = applyUpdate(one.doc, what, call.now, false);
    if (call.storage.replace(one, after, call.view)) modified += 1;
  }
  if (found.length > 0 || !upsert) return { matched: found.length, modified, before: found[0]?.doc ?? null, after };
  const made = withId(upsertOf(query, what, call.now));
  call.storage.insert(namespaceOf(call), made, call.view);
  return { matched: 0, modified: 0, upserted: made['_id'], before: null, after: made };
}

function upsertOf(filter: Doc, update: Update, now: Date): Doc {
  const start = fromFilter(filter);
  const { _id: id } = start;
  if (!isReplacement(update)) return applyUpdate(start, update, now, true);
  return id === undefined ? (update as Doc) : applyUpdate({ _id: id }, update, now, true);
}

const update: Command = (call) =>
  statements(call, call.command['updates'], (statement) => {
    const { q, u, arrayFilters, collation, ...options } = statement;
    if (arrayFilters !== undefined || collation !== undefined) throw notPretended('arrayFilters or collation');
    const { multi, upsert, sort } = plainDoc(options);
    const done = change(call, {
      filter: q,
      update: u,
      multi: multi === true,
      upsert: upsert === true,
      sort: sort as Doc | undefined,
    });
    const { matched, modified, upserted } = done;
    return { n: matched + (upserted === undefined ? 0 : 1), nModified: modified, upserted };
  }).then((reply) => ({ nModified: 0, ...reply }));

const remove: Command = (call) =>
  statements(call, call.command['deletes'], ({ q, limit }) => {
    const found = targets(call, plainDoc(docOf(q)), Number(limit) === 0);
    for (const { entry } of found) call.storage.write(entry, null, call.view);
    return { n: found.length };
  });

const findAndModify: Command = (call) =>
  write(call, () => {
    const { command, args } = call;
    if (args['arrayFilters'] !== undefined || args['collation'] !== undefined)
      throw notPretended('arrayFilters or collation');
    const shown = projector(args['fields'] as Doc | undefined);
    const sort = args['sort'] as Doc | undefined;
    if (args['remove'] === true) {
      const [found] = targets(call, docOf(args['query']), false, sort);
      if (found !== undefined) call.storage.write(found.entry, null, call.view);
      return {
        lastErrorObject: { n: found === undefined ? 0 : 1 },
        value: found === undefined ? null : shown(found.doc),
      };
    }
    const done = change(call, {
      filter: command['query'],
      update: command['update'],
      upsert: args['upsert'] === true,
      sort,
    });
    const value = args['new'] === true ? done.after : done.before;
    return {
      lastErrorObject: {
        n: done.matched + (done.upserted === undefined ? 0 : 1),
        updatedExisting: done.matched > 0,
        ...(done.upserted !== undefined && { upserted: done.upserted }),
      },
      value: value === null ? null : shown(value),
    };
  });

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

const find: Command = (call) => {
  const { args, cursors } = call;
  refuseOptions(args);
  const show = projector(args['projection'] as Doc | undefined);
  const docs = search(call, docOf(args['filter']), args).map(({ doc }) => show(doc));
  const single = args['singleBatch'] === true || Number(args['limit'] ?? 0) < 0;
  return cursors.first(namespaceOf(call), docs, Number(args['batchSize'] ?? FIRST_BATCH), single);
};

const getMore: Command = ({ command, args, cursors }) =>
  cursors.next(String(command['getMore']), sizeOf(args['batchSize']));

const sizeOf = (size: unknown): number => (size === undefined || size === 0 ? Infinity : Number(size));

const killCursors: Command = ({ command, cursors }) => {
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
const aggregateCommand: Command = (call) => {
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
      : aggregate(
          found.map((one) => one.plain),
          pipeline,
          now,
          resolve,
        );
  return cursors.first(namespaceOf(call), docs, Number(docOf(args['cursor'])['batchSize'] ?? FIRST_BATCH), false);
};

const count: Command = (call) => ({ n: search(call, docOf(call.args['query']), call.args).length });

const distinct: Command = (call) => {
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

const OPTIONS = ['validator', 'validationLevel', 'validationAction'];
const pick = (doc: Doc, names: readonly string[]): Doc =>
  Object.fromEntries(names.filter((name) => doc[name] !== undefined).map((name) => [name, doc[name]]));

const create: Command = (call) => {
  const name = namespaceOf(call);
  const refused = ['capped', 'timeseries', 'viewOn', 'clusteredIndex', 'collation'].filter((one) => call.args[one]);
  if (refused.length > 0) throw notPretended(`collections with ${refused.join(', ')}`);
  const options = pick(call.command, OPTIONS);
  const known = call.storage.collections.get(name);
  if (known === undefined) call.storage.create(name, options);
  else if (keyOf(known.options) !== keyOf(options))
    throw new MongoFault(48, 'NamespaceExists', `namespace ${name} already exists, but with different options`);
  return {};
};

const existing = (call: Call): Collection => {
  const name = namespaceOf(call);
  const known = call.storage.collections.get(name);
  if (known === undefined) throw namespaceNotFound(name);
  return known;
};

const collMod: Command = (call) => {
  const unknown = Object.keys(call.args).filter((name) => ['index', 'cappedSize', 'viewOn'].includes(name));
  if (unknown.length > 0) throw notPretended(`collMod ${unknown.join(', ')}`);
  call.storage.configure(existing(call), pick(call.command, OPTIONS));
  return {};
};

const listCollections: Command = (call) => {
  const { storage, database, args, cursors, now } = call;
  const fits = matcher(docOf(args['filter']), now);
  const docs = [...storage.collections.values()]
    .filter(({ name }) => name.startsWith(`${database}.`))
    .map(({ name, options }) => ({
      name: name.slice(database.length + 1),
      type: 'collection',
      options,
      info: { readOnly: false },
    }))
    .filter(fits)
    .map((doc) => (args['nameOnly'] === true ? pick(doc, ['name', 'type']) : doc));
  return cursors.first(`${database}.$cmd.listCollections`, docs, Infinity, false);
};

const listIndexes: Command = (call) => {
  const docs = [...existing(call).indexes.values()].map(({ spec }) => spec);
  return call.cursors.first(namespaceOf(call), docs, Infinity, false);
};

const createIndexes: Command = (call) => {
  const name = namespaceOf(call);
  const known = call.storage.collections.has(name);
  const collection = call.storage.collection(name);
  const before = collection.indexes.size;
  for (const spec of call.args['indexes'] as Doc[]) addIndex(collection, { v: 2, ...spec });
  return {
    numIndexesBefore: before,
    numIndexesAfter: collection.indexes.size,
    createdCollectionAutomatically: !known,
  };
};

const dropIndexes: Command = (call) => {
  const { indexes } = existing(call);
  const nIndexesWas = indexes.size;
  const { index } = call.args;
  const all = [...indexes.keys()].filter((name) => name !== '_id_');
  let names = index === '*' ? all : [index].flat();
  if (isObject(index)) names = all.filter((name) => keyOf(indexes.get(name)!.spec['key']) === keyOf(index));
  for (const name of names) {
    if (name === '_id_') throw new MongoFault(72, 'InvalidOptions', 'cannot drop _id index');
    if (!indexes.delete(String(name)))
      throw new MongoFault(27, 'IndexNotFound', `index not found with name [${String(name)}]`);
  }
  return { nIndexesWas };
};

const drop: Command = (call) => (call.storage.drop(namespaceOf(call)) ? { ns: namespaceOf(call) } : {});

const dropDatabase: Command = ({ storage, database }) => {
  for (const name of storage.collections.keys()) if (name.startsWith(`${database}.`)) storage.drop(name);
  return { dropped: database };
};

const listDatabases: Command = ({ storage }) => {
  const names = new Set([...storage.collections.keys()].map((name) => name.split('.')[0]));
  return { databases: [...names].map((name) => ({ name, sizeOnDisk: 0, empty: false })), totalSize: 0 };
};

const listen: Command = () => ({});

export const VERSION = '8.0.0';

/** Commands that read or write; what a transaction may hold is in {@link IN_TRANSACTION}. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  insert,
  update,
  delete: remove,
  findAndModify,
  findandmodify: findAndModify,
  find,
  getMore,
  killCursors,
  aggregate: aggregateCommand,
  count,
  distinct,
  create,
  collMod,
  listCollections,
  listIndexes,
  createIndexes,
  dropIndexes,
  drop,
  dropDatabase,
  listDatabases,
  ping: listen,
  buildInfo: () => ({
    version: VERSION,
    versionArray: [8, 0, 0, 0],
    gitVersion: 'pretend',
    maxBsonObjectSize: MAX_BATCH_BYTES,
  }),
  getParameter: () => ({ featureCompatibilityVersion: { version: '8.0' } }),
  serverStatus: ({ now }) => ({ host: 'pretend', version: VERSION, process: 'mongod', localTime: now }),
  hostInfo: ({ now }) => ({ system: { currentTime: now, hostname: 'pretend' } }),
  explain: () => {
    throw notPretended('explain');
  },
};

const setOf = (names: string): ReadonlySet<string> => new Set(names.split(' '));

export const WRITES = setOf(
  'insert update delete findAndModify findandmodify create collMod createIndexes dropIndexes drop dropDatabase',
);

/** Collections may come to be in a transaction, but not change. */
export const IN_TRANSACTION = setOf(
  'insert update delete findAndModify findandmodify find getMore killCursors aggregate distinct create createIndexes',
);
