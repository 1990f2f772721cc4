import { position } from '#kernel';
import type { Position } from '#kernel';
import { startMongo } from '../../../test/servers/mongodb/index.ts';
import type { ModelSpec, ReadStore } from '../port.ts';
import { openMongoReadStore } from './index.ts';

const IDS = ['a', 'b', 'c'];
const things = (generation: number): ModelSpec => ({
  model: 'things',
  generation,
  schema: { type: 'object' },
  indexes: [],
});

/** Each document tells which generation and which commit it is of. */
const commit = (store: ReadStore, generation: number, from: Position | null, to: Position): Promise<void> => {
  const ops = IDS.map((id) => ({ put: { id, generation, at: to } }));
  return store.commit({ projection: 'things', generation, from, to, logId: 'log', ops });
};

describe('mongodb read store with transactions', () => {
  it('answers from one moment: the generation that serves, its position and its documents', async () => {
    const mongo = await startMongo();
    const stores = await Promise.all([1, 2, 3].map(() => openMongoReadStore({ url: mongo.url })));
    const [reader, first, second] = stores as [ReadStore, ReadStore, ReadStore];
    for (const store of stores) await store.migrate([things(1), things(2)]);
    for (const generation of [1, 2]) await commit(first, generation, null, position(1));

    let running = true;
    const commits = async (store: ReadStore, generation: number): Promise<void> => {
      for (let at = 1; running; at++) await commit(store, generation, position(at), position(at + 1));
    };
    const switches = async (): Promise<void> => {
      for (let to = 2; running; to = 3 - to) await first.activate('things', to);
    };
    const writing = Promise.all([commits(first, 1), commits(second, 2), switches()]);
    const generations = new Set<unknown>();
    for (let i = 0; i < 60; i++) {
      const { items, asOf } = await reader.find({ model: 'things' });
      expect(items.map(({ at }) => at)).toEqual(IDS.map(() => asOf));
      expect(new Set(items.map(({ generation }) => generation)).size).toBe(1);
      generations.add(items[0]!['generation']);
    }
    running = false;
    await writing;
    expect(generations).toEqual(new Set([1, 2]));
    for (const store of stores) await store.close();
    await mongo.close();
  }, 60_000);
});
