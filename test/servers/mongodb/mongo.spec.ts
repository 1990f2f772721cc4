import { MongoClient } from 'mongodb';
import { startMongo } from './index.ts';
import type { PretendMongo } from './index.ts';

describe('the pretend MongoDB, driven by the official driver', () => {
  let mongo: PretendMongo;
  let client: MongoClient;

  beforeEach(async () => {
    mongo = await startMongo();
    client = new MongoClient(mongo.url, { ignoreUndefined: true });
  });
  afterEach(async () => {
    await client.close();
    await mongo.close();
  });

  it('inserts, finds, updates, deletes', async () => {
    const things = client.db('test').collection<{ _id: string; n: number }>('things');
    await things.insertMany([
      { _id: 'a', n: 1 },
      { _id: 'b', n: 2 },
    ]);
    expect(await things.find({ n: { $gt: 1 } }).toArray()).toEqual([{ _id: 'b', n: 2 }]);
    expect(await things.updateOne({ _id: 'a' }, { $inc: { n: 5 } })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 1,
    });
    expect(await things.findOne({ _id: 'a' })).toEqual({ _id: 'a', n: 6 });
    expect(await things.deleteOne({ _id: 'a' })).toMatchObject({ deletedCount: 1 });
    expect(await things.countDocuments()).toBe(1);
    await things.createIndex({ n: 1 }, { name: 'by-n', unique: true });
    expect((await things.indexes()).map(({ name }) => name)).toEqual(['_id_', 'by-n']);
    await expect(things.insertOne({ _id: 'c', n: 2 })).rejects.toMatchObject({ code: 11000, keyPattern: { n: 1 } });
  });
});
