import { ObjectId } from 'mongodb';
import { docOf, namespaceOf } from './call.ts';
import { badValue, MongoFault, notPretended } from './faults.ts';
import { projector, sorted } from './query.ts';
import { applyUpdate, fromFilter, isReplacement } from './update.ts';
import { plainDoc } from './values.ts';
import { Blocked } from './versions.ts';
import type { Call, Command } from './call.ts';
import type { Update } from './update.ts';
import type { Doc } from './values.ts';
import type { Found } from './versions.ts';

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

export const insert: Command = (call) =>
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

export const update: Command = (call) =>
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

export const remove: Command = (call) =>
  statements(call, call.command['deletes'], ({ q, limit }) => {
    const found = targets(call, plainDoc(docOf(q)), Number(limit) === 0);
    for (const { entry } of found) call.storage.write(entry, null, call.view);
    return { n: found.length };
  });

export const findAndModify: Command = (call) =>
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
