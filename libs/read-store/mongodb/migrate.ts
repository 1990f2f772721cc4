import { MongoServerError } from 'mongodb';
import type { ModelSpec } from '../port.ts';
import { collectionName } from './database.ts';
import type { Database, DeclarationEntry } from './database.ts';
import { unlessDuplicate, unlessMissing } from './errors.ts';
import { indexesOf, validatorOf } from './schema.ts';

/** `NotImplemented` and `CommandNotFound`: FerretDB has no validators. */
const NO_VALIDATORS: readonly unknown[] = [238, 59];
const BY_ID = '_id_';

/** The collection of a generation with its validator and its indexes; what is declared no more is dropped. Idempotent. */
export async function makeRoom(database: Database, spec: ModelSpec): Promise<void> {
  const collection = await enter(database, spec);
  await database.create(collection);
  const validator = await validate(database, spec, collection);
  const indexes = await index(database, spec, collection);
  const declaration = { $set: { validator, indexes } };
  await unlessDuplicate(database.declarations.updateOne({ _id: collection }, declaration, { upsert: true }));
}

/** Several processes may do this at once: the first one names the collection. The first generation is active. */
async function enter({ models }: Database, { model, generation }: ModelSpec): Promise<string> {
  const field = `generations.${generation}`;
  if ((await models.findOne({ _id: model })) === null)
    await unlessDuplicate(models.insertOne({ _id: model, active: generation, generations: {} }));
  const name = collectionName(model, generation);
  await models.updateOne({ _id: model, [field]: { $exists: false } }, { $set: { [field]: name } });
  return (await models.findOne({ _id: model }))!.generations[generation]!;
}

/** Gives what the server checks from now on, null for a server that cannot. */
async function validate({ db }: Database, spec: ModelSpec, collMod: string): Promise<string | null> {
  const validator = validatorOf(spec);
  try {
    await db.command({ collMod, validator, validationLevel: 'strict', validationAction: 'error' });
    return JSON.stringify(validator);
  } catch (error) {
    if (error instanceof MongoServerError && NO_VALIDATORS.includes(error.code)) return null;
    throw error;
  }
}

async function index(database: Database, spec: ModelSpec, collection: string): Promise<DeclarationEntry['indexes']> {
  const documents = database.documents(collection);
  const declared = indexesOf(spec);
  const isWanted = (name: string, key: unknown): boolean =>
    name === BY_ID || (declared.has(name) && JSON.stringify(declared.get(name)) === JSON.stringify(key));
  for (const { name, key } of await documents.listIndexes().toArray())
    if (!isWanted(String(name), key)) await unlessMissing(documents.dropIndex(String(name)));
  for (const [name, key] of declared) await documents.createIndex(key, { name });
  return [...declared].map(([name, key]) => ({ name, key: JSON.stringify(key) }));
}
