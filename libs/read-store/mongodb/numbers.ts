import { Long } from 'mongodb';
import type { ClientSession } from 'mongodb';
import type { Batch } from '../port.ts';
import { firstNumber, within } from './database.ts';
import type { CheckpointEntry, Database } from './database.ts';

/** Where the documents of a generation are; nowhere for a process, and for a model that was never made. */
export async function collectionOf(
  { models }: Database,
  { projection, generation }: Pick<Batch, 'projection' | 'generation'>,
  session?: ClientSession,
): Promise<string | undefined> {
  return (await models.findOne({ _id: projection }, within(session)))?.generations[generation];
}

/** Commits of a generation are numbered one by one: positions say where they are in the log, not how they follow each other. */
export function nextNumber(stored: CheckpointEntry | null, collection: string | undefined): Long {
  if (stored !== null) return Long.fromValue(stored.seq).add(1);
  return collection === undefined ? Long.ONE : firstNumber(collection).add(1);
}
