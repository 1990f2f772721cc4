import type { NetworkCard } from '#projections';
import type { Reader } from '#read-store';
import { every } from './question.ts';

/** All networks below one, level by level, at the moment of the reader. */
export async function networksBelow(reader: Reader, top: string): Promise<readonly NetworkCard[]> {
  const found = new Map<string, NetworkCard>();
  let level: readonly string[] = [top];
  while (level.length > 0) {
    const parts = (await Promise.all(level.map((parent) => directlyBelow(reader, parent)))).flat();
    // What held at a moment may go in circles that were never there at once.
    const fresh = parts.filter(({ id }) => id !== top && !found.has(id));
    for (const network of fresh) found.set(network.id, network);
    level = fresh.map(({ id }) => id);
  }
  return [...found.values()];
}

/** The networks directly below one, by name. */
export const directlyBelow = (reader: Reader, parent: string): Promise<readonly NetworkCard[]> =>
  every<NetworkCard>(reader, { model: 'network-card', where: [['parent', 'eq', parent]], sort: ['name', 1] });

/** The ids of a network and of all below it, at the moment that the reader reads. */
export const withBelow = async (reader: Reader, network: string): Promise<readonly string[]> => [
  network,
  ...(await networksBelow(reader, network)).map(({ id }) => id),
];
