import type { ModelSpec } from '../port.ts';
import { collectionName } from './database.ts';
import type { Database } from './database.ts';
import { unlessDuplicate } from './errors.ts';
import { indexesOf, validatorOf } from './schema.ts';

/** `NotImplemented` and `CommandNotFound`: FerretDB has no validators. */
const NO_VALIDATORS = new Set([238, 59]);

/** The collection of a generation with its validator and its indexes; what is declared no more is dropped. Idempotent. */
export async function makeRoom(database: Database, spec: ModelSpec): Promise<void> {
  const collection = await enter(database, spec);
  await database.create(collection);
  await validate(database, spec, collection);
  await index(database, spec, collection);
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

async function validate({ db }: Database, spec: ModelSpec, collMod: string): Promise<void> {
  try {
    await db.command({ collMod, validator: validatorOf(spec), validationLevel: 'strict', validationAction: 'error' });
  } catch (error) {
    if (!NO_VALIDATORS.has((error as { readonly code?: unknown }).code as number)) throw error;
  }
}

async function index(database: Database, spec: ModelSpec, collection: string): Promise<void> {
  const documents = database.documents(collection);
  const declared = indexesOf(spec);
  const there = (await documents.listIndexes().toArray()).map(({ name }) => String(name));
  for (const name of there) if (name !== '_id_' && !declared.has(name)) await documents.dropIndex(name);
  for (const [name, key] of declared) if (Object.keys(key).length > 1) await documents.createIndex(key, { name });
}
