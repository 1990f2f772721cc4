import { ReadStoreError } from './port.ts';
import type { Batch, Checkpoint } from './port.ts';

export const closed = (): ReadStoreError => new ReadStoreError('read-store-closed', 'The read store is closed');

export const unknownModel = (model: string, generation?: number): ReadStoreError =>
  new ReadStoreError('unknown-model', `There is no read model ${named(model, generation)}`, { model, generation });

export const generationActive = (model: string, generation: number): ReadStoreError =>
  new ReadStoreError('generation-active', `${named(model, generation)} serves`, { model, generation });

/** The fence: only who continues exactly where the stored checkpoint stands, in the same log, may commit. */
export function checkFence(
  stored: Pick<Checkpoint, 'position' | 'logId'> | null,
  { projection, generation, from, logId }: Omit<Batch, 'to' | 'ops'>,
): void {
  const actual = stored?.position ?? null;
  if (actual === from && (stored === null || stored.logId === logId)) return;
  throw new ReadStoreError('stale-projector', `${named(projection, generation)} is at ${actual}, not at ${from}`, {
    projection,
    generation,
    expected: from,
    actual,
  });
}

const named = (model: string, generation?: number): string =>
  generation === undefined ? model : `${model}@${generation}`;
