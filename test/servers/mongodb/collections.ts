import { docOf, namespaceOf } from './call.ts';
import { MongoFault, namespaceNotFound, notPretended } from './faults.ts';
import { addIndex } from './indexes.ts';
import { matcher } from './query.ts';
import { isObject, keyOf } from './values.ts';
import type { Call, Command } from './call.ts';
import type { Doc } from './values.ts';
import type { Collection } from './versions.ts';

const OPTIONS = ['validator', 'validationLevel', 'validationAction'];
const pick = (doc: Doc, names: readonly string[]): Doc =>
  Object.fromEntries(names.filter((name) => doc[name] !== undefined).map((name) => [name, doc[name]]));

export const create: Command = (call) => {
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

export const collMod: Command = (call) => {
  const unknown = Object.keys(call.args).filter((name) => ['index', 'cappedSize', 'viewOn'].includes(name));
  if (unknown.length > 0) throw notPretended(`collMod ${unknown.join(', ')}`);
  call.storage.configure(existing(call), pick(call.command, OPTIONS));
  return {};
};

export const listCollections: Command = (call) => {
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

export const listIndexes: Command = (call) => {
  const docs = [...existing(call).indexes.values()].map(({ spec }) => spec);
  return call.cursors.first(namespaceOf(call), docs, Infinity, false);
};

export const createIndexes: Command = (call) => {
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

export const dropIndexes: Command = (call) => {
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

export const drop: Command = (call) => (call.storage.drop(namespaceOf(call)) ? { ns: namespaceOf(call) } : {});

export const dropDatabase: Command = ({ storage, database }) => {
  for (const name of storage.collections.keys()) if (name.startsWith(`${database}.`)) storage.drop(name);
  return { dropped: database };
};

export const listDatabases: Command = ({ storage }) => {
  const names = new Set([...storage.collections.keys()].map((name) => name.split('.')[0]));
  return { databases: [...names].map((name) => ({ name, sizeOnDisk: 0, empty: false })), totalSize: 0 };
};
