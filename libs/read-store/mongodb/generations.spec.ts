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

describe('mongodb read store, whatever happens beside it,', () => {
  it('answers from one moment: the generation that serves, its position and its documents', async () => {
    const mongo = await startMongo();
    const open = (): Promise<ReadStore> => openMongoReadStore({ url: mongo.url });
    const stores = [await open(), await open(), await open()] as const;
    const [reader, first, second] = stores;
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

  it.each([true, false])(
    'begins anew with a generation whose drop was cut off (replica set: %s)',
    async (replicaSet) => {
      const mongo = await startMongo({ replicaSet });
      const store = await openMongoReadStore({ url: mongo.url });
      await store.migrate([things(1), things(2)]);
      await commit(store, 2, null, position(1));
      mongo.failNext('delete', { code: 13, codeName: 'Unauthorized' });
      await expect(store.drop('things', 2)).rejects.toMatchObject({ name: 'ReadStoreError' });
      await store.migrate([things(2)]);
      expect(await store.checkpoint('things', 2)).toBeNull();
      expect(await store.load('things', 2, IDS)).toEqual(new Map());
      await commit(store, 2, null, position(1));
      expect((await store.load('things', 2, IDS)).size).toBe(IDS.length);
      await store.close();
      await mongo.close();
    },
  );
});
