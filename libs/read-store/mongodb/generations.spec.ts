import { Long, MongoClient } from 'mongodb';
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

/** Decides the next commit of `things`, up to position 2; of its writes so many chunks should be there, and none is. */
async function decide(url: string, chunks: number): Promise<void> {
  const client = await MongoClient.connect(url);
  const spoor = client.db('spoor');
  const checkpoint = (await spoor.collection('checkpoints').findOne({ projection: 'things' }))!;
  const seq = Number(checkpoint['seq']) + 1;
  await spoor.collection<{ _id: string; [member: string]: unknown }>('decided').insertOne({
    _id: `${String(checkpoint._id)} ${seq}`,
    checkpoint: checkpoint._id,
    seq: Long.fromNumber(seq),
    token: 'a token',
    to: position(2),
    logId: 'log',
    chunks,
  });
  await client.close();
}

describe('mongodb read store, when a decided commit cannot be carried out,', () => {
  it('opens all the same; its own projection is told, and a rebuild is the way out', async () => {
    const mongo = await startMongo({ replicaSet: false });
    const first = await openMongoReadStore({ url: mongo.url });
    await first.migrate([things(1), { ...things(1), model: 'others' }]);
    await commit(first, 1, null, position(1));
    await decide(mongo.url, 1);
    const second = await openMongoReadStore({ url: mongo.url });
    await expect(second.checkpoint('things', 1)).rejects.toMatchObject({ code: 'read-store-refused' });
    expect(await second.checkpoint('others', 1)).toBeNull();
    await second.migrate([things(1), things(2)]);
    await commit(second, 2, null, position(2));
    await second.activate('things', 2);
    await second.drop('things', 1);
    expect((await second.load('things', 2, IDS)).size).toBe(IDS.length);
    for (const store of [first, second]) await store.close();
    await mongo.close();
  });

  it('is completed by a server that has transactions by now', async () => {
    const mongo = await startMongo();
    const store = await openMongoReadStore({ url: mongo.url });
    await store.migrate([things(1)]);
    await commit(store, 1, null, position(1));
    await decide(mongo.url, 0);
    const after = await openMongoReadStore({ url: mongo.url });
    expect(await after.checkpoint('things', 1)).toMatchObject({ position: position(2) });
    for (const one of [store, after]) await one.close();
    await mongo.close();
  });
});

describe('mongodb read store, of the server,', () => {
  it('wants each commit on a majority, in a snapshot, and each answer from one moment', async () => {
    const mongo = await startMongo();
    const store = await openMongoReadStore({ url: mongo.url });
    await store.migrate([things(1)]);
    await commit(store, 1, null, position(1));
    await store.find({ model: 'things' });
    const lease = await store.lease('projector', 'me', 1_000);
    await lease!.renew();
    const majority = expect.objectContaining({ w: 'majority' }) as unknown;
    const named = (name: string) => mongo.commands.filter((one) => one.name === name);
    expect(named('commitTransaction').map(({ writeConcern }) => writeConcern)).toEqual([majority]);
    const begun = mongo.commands.filter(({ startTransaction }) => startTransaction);
    expect(begun.map(({ readConcern }) => readConcern)).toEqual(['snapshot']);
    expect(named('find').some(({ readConcern }) => readConcern === 'snapshot')).toBe(true);
    const writes = mongo.commands.filter(
      ({ name, autocommit }) => ['insert', 'update', 'delete', 'findAndModify'].includes(name) && autocommit !== false,
    );
    expect(writes.length).toBeGreaterThan(2);
    expect(writes.map(({ writeConcern }) => writeConcern)).toEqual(writes.map(() => majority));
    await store.close();
    await mongo.close();
  });
});

describe('mongodb read store, at an address that is none,', () => {
  it.each(['mongodb://127.0.0.1:1/?bogus=1', 'mongodb://127.0.0.1/?authMechanism=none'])(
    '%s, says so and is not taken for one that is away',
    async (url) => {
      await expect(openMongoReadStore({ url })).rejects.toMatchObject({ code: 'read-store-refused' });
    },
  );
});
