import { once } from 'node:events';
import { Double, Int32, Long, MongoClient } from 'mongodb';
import { startMongo } from './index.ts';
import type { PretendMongo } from './index.ts';
import type { ClientSession, Collection, UpdateFilter } from 'mongodb';

interface Thing {
  _id: string | number;
  [member: string]: unknown;
}

let mongo: PretendMongo;
let client: MongoClient;
let things: Collection<Thing>;

async function begin(replicaSet: boolean): Promise<void> {
  mongo = await startMongo({ replicaSet });
  client = new MongoClient(mongo.url, { ignoreUndefined: true });
  things = client.db('test').collection<Thing>('things');
}

async function end(): Promise<void> {
  await client.close();
  await mongo.close();
}

/** The driver's types want to know each member. */
const by = (operators: object): UpdateFilter<Thing> => operators;
const inc = ($inc: object): UpdateFilter<Thing> => by({ $inc });
const count = (name: string): number => mongo.commands.filter((command) => command.name === name).length;
const ids = async (filter: object, sort: Record<string, 1 | -1> = { _id: 1 }): Promise<unknown[]> =>
  (await things.find(filter).sort(sort).toArray()).map(({ _id }) => _id);

describe('documents of the pretend MongoDB', () => {
  beforeEach(() => begin(true));
  afterEach(end);

  it('are inserted, found, updated, replaced and deleted', async () => {
    await things.insertMany([
      { _id: 'a', n: 1 },
      { _id: 'b', n: 2 },
    ]);
    expect(await things.find({ n: { $gt: 1 } }).toArray()).toEqual([{ _id: 'b', n: 2 }]);
    expect(await things.updateOne({ _id: 'a' }, inc({ n: 5 }))).toMatchObject({
      matchedCount: 1,
      modifiedCount: 1,
    });
    expect(await things.updateOne({ _id: 'a' }, { $set: { n: 6 } })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 0,
    });
    expect(await things.replaceOne({ _id: 'b' }, { m: 1 })).toMatchObject({ modifiedCount: 1 });
    expect(await things.find().toArray()).toEqual([
      { _id: 'a', n: 6 },
      { _id: 'b', m: 1 },
    ]);
    expect(await things.deleteMany({ _id: { $in: ['a', 'x'] } })).toMatchObject({ deletedCount: 1 });
    expect(await things.countDocuments()).toBe(1);
    expect(await things.distinct('m')).toEqual([1]);
  });

  it('are upserted with the _id of the filter', async () => {
    const upserted = await things.replaceOne({ _id: 'a', $or: [{ n: { $lt: 1 } }] }, { n: 1 }, { upsert: true });
    expect(upserted).toMatchObject({ upsertedId: 'a', upsertedCount: 1, matchedCount: 0 });
    const again = things.replaceOne({ _id: 'a', $or: [{ n: { $lt: 1 } }] }, { n: 1 }, { upsert: true });
    await expect(again).rejects.toMatchObject({ code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 'a' } });
    await things.updateOne({ _id: 'b', k: 'v' }, { $set: { n: 2 }, $setOnInsert: { made: true } }, { upsert: true });
    await things.updateOne({ _id: 'b' }, { $unset: { n: '' }, $setOnInsert: { made: false } }, { upsert: true });
    expect(await things.findOne({ _id: 'b' })).toEqual({ _id: 'b', k: 'v', made: true });
  });

  it('count and collect from nothing, but not from null', async () => {
    await things.insertOne({ _id: 'a', nothing: null });
    await things.updateOne({ _id: 'a' }, by({ $inc: { n: 1 }, $push: { list: 1 }, $pop: { gone: 1 } }));
    expect(await things.findOne({ _id: 'a' })).toEqual({ _id: 'a', nothing: null, n: 1, list: [1] });
    await expect(things.updateOne({ _id: 'a' }, inc({ nothing: 1 }))).rejects.toMatchObject({ code: 14 });
    const push = things.updateOne({ _id: 'a' }, by({ $push: { nothing: 1 } }));
    await expect(push).rejects.toMatchObject({ code: 2 });
  });

  it('keep int, long and double apart; a JavaScript integer from 2^31 on arrives as double', async () => {
    const numbers = { int: 7, double: 0.5, long: Long.fromNumber(7), wide: 2 ** 31, huge: Long.MAX_VALUE };
    await things.insertOne({ _id: 'a', ...numbers });
    await things.updateOne({ _id: 'a' }, inc({ long: 1, int: 1 }));
    await things.updateOne({ _id: 'a' }, [{ $set: { more: { $add: ['$long', 1] } } }]);
    const raw = await things.findOne({ _id: 'a' }, { promoteValues: false, promoteLongs: false });
    expect(raw).toMatchObject({ int: new Int32(8), double: new Double(0.5), wide: new Double(2 ** 31) });
    expect(raw).toMatchObject({ long: Long.fromNumber(8), huge: Long.MAX_VALUE });
    expect(await things.findOne({ _id: 'a' })).toMatchObject({ int: 8, long: 8, more: 9, huge: Long.MAX_VALUE });
    expect(await ids({ long: 8, huge: { $gt: 1 }, wide: Long.fromNumber(2 ** 31) })).toEqual(['a']);
  });

  it('lack what is undefined, and keep NUL in strings', async () => {
    await things.insertOne({ _id: 'a\u0000b', gone: undefined, nothing: null, list: [[1, [2]], []] });
    const found = await things.findOne({ _id: 'a\u0000b' });
    expect(found).toEqual({ _id: 'a\u0000b', nothing: null, list: [[1, [2]], []] });
    expect(Object.keys(found!)).not.toContain('gone');
  });

  it('sort by type, then by value, strings by UTF-8 bytes', async () => {
    const values = [true, '\u{1F600}', '\uFF5E', 'b', 'B', '', 10, Long.fromNumber(9), -1.5, null, false, { a: 1 }];
    await things.insertMany([...values.map((v, _id) => ({ _id, v })), { _id: 99 }]);
    expect(await ids({}, { v: 1, _id: 1 })).toEqual([9, 99, 8, 7, 6, 5, 4, 3, 2, 1, 11, 10, 0]);
    expect(await ids({}, { v: -1, _id: -1 })).toEqual([0, 10, 11, 1, 2, 3, 4, 5, 6, 7, 8, 99, 9]);
    expect(await ids({ v: { $gt: '\uFF5E' } })).toEqual([1]);
    expect(await ids({ v: { $lt: 10 } })).toEqual([7, 8]);
    expect(await ids({ v: null })).toEqual([9, 99]);
    expect(await ids({ v: { $type: ['string', 'bool'] } })).toEqual([0, 1, 2, 3, 4, 5, 10]);
    expect(await ids({ $expr: { $gt: ['$v', '\uFF5E'] } })).toEqual([0, 1, 10, 11]);
    const sorted = await things.aggregate([{ $project: { v: 1 } }, { $sort: { v: -1, _id: -1 } }]).toArray();
    expect(sorted.map(({ _id }) => _id as number)).toEqual([0, 10, 11, 1, 2, 3, 4, 5, 6, 7, 8, 99, 9]);
  });

  it('are found by what is in lists and objects', async () => {
    await things.insertMany([
      { _id: 'a', lead: { person: 'x' }, tags: ['red', 'blue'] },
      { _id: 'b', lead: [{ person: 'x' }, { person: 'y' }], tags: [] },
      { _id: 'c', lead: 'x', tags: 'red' },
    ]);
    expect(await ids({ 'lead.person': 'x' })).toEqual(['a', 'b']);
    expect(await ids({ 'lead.person': null })).toEqual(['c']);
    expect(await ids({ tags: 'red' })).toEqual(['a', 'c']);
    expect(await ids({ tags: { $size: 0 } })).toEqual(['b']);
    expect(await ids({ tags: { $elemMatch: { $eq: 'red' } } })).toEqual(['a']);
    expect(await ids({ tags: /^bl/ })).toEqual(['a']);
    expect(await things.findOne({ _id: 'a' }, { projection: { 'lead.person': 1, _id: 0 } })).toEqual({
      lead: { person: 'x' },
    });
    expect(await things.findOne({ _id: 'a' }, { projection: { tags: 0 } })).toEqual({
      _id: 'a',
      lead: { person: 'x' },
    });
  });

  it('come in batches', async () => {
    await things.insertMany(Array.from({ length: 1000 }, (_, _id) => ({ _id })));
    const found = await things.find({}, { batchSize: 300, sort: { _id: -1 } }).toArray();
    expect(found).toHaveLength(1000);
    expect(found.at(-1)).toEqual({ _id: 0 });
    expect(count('getMore')).toBe(3);
    const cursor = things.find({}, { batchSize: 2 });
    await cursor.next();
    await cursor.close();
    expect(count('killCursors')).toBe(1);
    expect(await things.find().skip(990).limit(5).toArray()).toHaveLength(5);
  });

  it('are grouped, counted and projected by pipelines', async () => {
    await things.insertMany([1, 2, 3, 4].map((n) => ({ _id: n, odd: n % 2 === 1, n })));
    const groups = things.aggregate([{ $group: { _id: '$odd', sum: { $sum: '$n' } } }, { $sort: { _id: 1 } }]);
    expect(await groups.toArray()).toEqual([
      { _id: false, sum: 6 },
      { _id: true, sum: 4 },
    ]);
    expect(await things.countDocuments({ odd: true }, { limit: 1 })).toBe(1);
    expect(await things.aggregate([{ $match: { n: { $gt: 2 } } }, { $count: 'n' }]).toArray()).toEqual([{ n: 2 }]);
    expect(await things.estimatedDocumentCount()).toBe(4);
  });

  it('are written in bulk', async () => {
    const done = await things.bulkWrite([
      { insertOne: { document: { _id: 'a', n: 1 } } },
      { updateOne: { filter: { _id: 'a' }, update: inc({ n: 1 }) } },
      { replaceOne: { filter: { _id: 'b' }, replacement: { n: 1 }, upsert: true } },
      { deleteOne: { filter: { _id: 'a' } } },
    ]);
    expect(done).toMatchObject({ insertedCount: 1, modifiedCount: 1, upsertedCount: 1, deletedCount: 1 });
    const twice = [{ _id: 'c' }, { _id: 'b' }, { _id: 'd' }];
    await expect(things.insertMany(twice)).rejects.toMatchObject({ code: 11000, insertedCount: 1 });
    await expect(things.insertMany(twice, { ordered: false })).rejects.toMatchObject({ insertedCount: 1 });
    expect(await ids({})).toEqual(['b', 'c', 'd']);
  });

  it('are taken and changed in one step, by the time of the server', async () => {
    mongo.setClockOffset(3_600_000);
    const expired = { _id: 'lease', $expr: { $lt: [{ $ifNull: ['$until', new Date(0)] }, '$$NOW'] } };
    const take = (owner: string) =>
      things.findOneAndUpdate(expired, [{ $set: { owner, until: { $add: ['$$NOW', 15_000] } } }], {
        upsert: true,
        returnDocument: 'after',
      });
    const lease = await take('one');
    expect(lease).toMatchObject({ owner: 'one' });
    expect((lease!['until'] as Date).getTime() - Date.now()).toBeGreaterThan(3_500_000);
    await expect(take('two')).rejects.toMatchObject({ code: 11000 });
    mongo.setClockOffset(3_700_000);
    expect(await take('two')).toMatchObject({ owner: 'two' });
    expect(await things.findOneAndReplace({ _id: 'lease' }, { owner: 'three' })).toMatchObject({ owner: 'two' });
    expect(await things.findOneAndDelete({ _id: 'lease' }, { projection: { _id: 0 } })).toEqual({ owner: 'three' });
    expect(await things.findOneAndDelete({ _id: 'lease' })).toBeNull();
    const status = await client.db('admin').command({ serverStatus: 1 });
    expect((status['localTime'] as Date).getTime() - Date.now()).toBeGreaterThan(3_600_000);
  });
});

describe('collections of the pretend MongoDB', () => {
  beforeEach(() => begin(true));
  afterEach(end);

  const $jsonSchema = {
    bsonType: 'object',
    required: ['_id', 'cents'],
    additionalProperties: false,
    properties: {
      _id: { bsonType: 'string' },
      cents: { bsonType: 'long', minimum: 0 },
      kind: { enum: ['a', null] },
      tags: { bsonType: ['array', 'null'], items: { type: 'string', maxLength: 3 } },
    },
  };

  it('refuse documents that do not fit their validator', async () => {
    await client.db('test').createCollection<Thing>('things', { validator: { $jsonSchema } });
    const cents = Long.fromNumber(5);
    await things.insertOne({ _id: 'a', cents, kind: null, tags: ['abc'] });
    const bad: object[] = [
      { cents: 5 },
      { cents: Long.fromNumber(-1) },
      { cents, more: 1 },
      { cents, kind: 'b' },
      { cents, tags: [1] },
      { cents, tags: ['abcd'] },
      {},
    ];
    for (const doc of bad) await expect(things.insertOne({ _id: 'b', ...doc })).rejects.toMatchObject({ code: 121 });
    await expect(things.updateOne({ _id: 'a' }, { $set: { cents: 1.5 } })).rejects.toMatchObject({ code: 121 });
    await client.db('test').command({ collMod: 'things', validator: {} });
    await things.updateOne({ _id: 'a' }, { $set: { cents: 1.5 } });
  });

  it('refuse a schema that MongoDB would not take', async () => {
    const create = (schema: object) => client.db('test').createCollection('x', { validator: { $jsonSchema: schema } });
    await expect(create({ $ref: '#/x' })).rejects.toMatchObject({ code: 9 });
    await expect(create({ properties: { a: { const: 1 } } })).rejects.toMatchObject({ code: 9 });
    await expect(create({ type: 'integer' })).rejects.toMatchObject({ code: 9 });
  });

  it('have named indexes, unique ones enforced', async () => {
    await things.createIndex({ n: 1, _id: 1 }, { name: 'by-n' });
    await things.createIndex({ n: 1, _id: 1 }, { name: 'by-n' });
    await things.createIndex({ 'a.b': 1 }, { name: 'one', unique: true });
    expect((await things.indexes()).map(({ name }) => name)).toEqual(['_id_', 'by-n', 'one']);
    await expect(things.createIndex({ m: 1 }, { name: 'by-n' })).rejects.toMatchObject({ code: 86 });
    await things.insertOne({ _id: 1, a: { b: 1 } });
    const twice = { code: 11000, keyPattern: { 'a.b': 1 }, keyValue: { 'a.b': 1 } };
    await expect(things.insertOne({ _id: 2, a: { b: 1 } })).rejects.toMatchObject(twice);
    await things.insertOne({ _id: 2, a: { b: 2 } });
    await expect(things.updateOne({ _id: 2 }, { $set: { 'a.b': 1 } })).rejects.toMatchObject(twice);
    await things.updateOne({ _id: 1 }, { $set: { 'a.b': 3 } });
    await things.updateOne({ _id: 2 }, { $set: { 'a.b': 1 } });
    await things.dropIndex('by-n');
    await expect(things.dropIndex('by-n')).rejects.toMatchObject({ code: 27 });
  });

  it('are listed and dropped', async () => {
    await things.insertOne({ _id: 1 });
    await client.db('other').createCollection('x');
    expect((await client.db('test').listCollections({ name: 'things' }).toArray()).map(({ name }) => name)).toEqual([
      'things',
    ]);
    expect((await client.db().admin().listDatabases()).databases.map(({ name }) => name)).toEqual(['test', 'other']);
    await things.drop();
    await things.drop();
    expect(await things.countDocuments()).toBe(0);
    await client.db('other').dropDatabase();
    expect((await client.db().admin().listDatabases()).databases).toEqual([]);
  });

  it('know what they do not know', async () => {
    await expect(client.db('test').command({ mapReduce: 1 })).rejects.toMatchObject({ code: 59 });
    await expect(things.find({}, { projection: { x: '$y' } }).toArray()).rejects.toMatchObject({ code: 238 });
    await expect(things.find().explain()).rejects.toMatchObject({ code: 238 });
  });
});

describe('transactions of the pretend MongoDB', () => {
  beforeEach(() => begin(true));
  afterEach(end);

  const options = { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } } as const;

  it('show nothing before the commit, and everything after it', async () => {
    await things.insertOne({ _id: 1, n: 1 });
    await client.withSession((session) =>
      session.withTransaction(async () => {
        await things.updateOne({ _id: 1 }, { $set: { n: 2 } }, { session });
        await things.insertOne({ _id: 2 }, { session });
        expect(await things.find({}, { session }).toArray()).toEqual([{ _id: 1, n: 2 }, { _id: 2 }]);
        expect(await things.find().toArray()).toEqual([{ _id: 1, n: 1 }]);
      }, options),
    );
    expect(await things.find().toArray()).toEqual([{ _id: 1, n: 2 }, { _id: 2 }]);
  });

  it('leave nothing behind when they abort', async () => {
    await things.createIndex({ n: 1 }, { name: 'one', unique: true });
    await things.insertOne({ _id: 1, n: 1 });
    const stopped = client.withSession((session) =>
      session.withTransaction(async () => {
        await things.deleteOne({ _id: 1 }, { session });
        await things.insertOne({ _id: 2, n: 1 }, { session });
        throw new Error('stop');
      }),
    );
    await expect(stopped).rejects.toThrow('stop');
    expect(await ids({})).toEqual([1]);
    await expect(things.insertOne({ _id: 3, n: 1 })).rejects.toMatchObject({ code: 11000 });
  });

  it('read as it was when they began', async () => {
    await things.insertMany([{ _id: 1, n: 1 }, { _id: 2 }]);
    await client.withSession(async (session) => {
      session.startTransaction(options);
      expect(await things.findOne({ _id: 1 }, { session })).toEqual({ _id: 1, n: 1 });
      await things.updateOne({ _id: 1 }, { $set: { n: 2 } });
      await things.deleteOne({ _id: 2 });
      await things.insertOne({ _id: 3 });
      expect(await things.find({}, { session }).toArray()).toEqual([{ _id: 1, n: 1 }, { _id: 2 }]);
      await session.commitTransaction();
    });
    expect(await things.find().toArray()).toEqual([{ _id: 1, n: 2 }, { _id: 3 }]);
  });

  it('conflict when another has written first, and run again', async () => {
    await things.insertOne({ _id: 1, n: 0 });
    let runs = 0;
    await client.withSession((session) =>
      session.withTransaction(async () => {
        runs += 1;
        await things.findOne({ _id: 1 }, { session });
        if (runs === 1) await things.updateOne({ _id: 1 }, inc({ n: 10 }));
        await things.updateOne({ _id: 1 }, inc({ n: 1 }), { session });
      }, options),
    );
    expect(runs).toBe(2);
    expect(await things.findOne({ _id: 1 })).toEqual({ _id: 1, n: 11 });
  });

  it('conflict with an open one at once; a write outside waits for its end', async () => {
    await things.insertOne({ _id: 1, n: 0 });
    await client.withSession(async (first) => {
      first.startTransaction(options);
      await things.updateOne({ _id: 1 }, { $set: { n: 1 } }, { session: first });
      await client.withSession(async (second) => {
        second.startTransaction(options);
        const conflict = await things
          .updateOne({ _id: 1 }, { $set: { n: 2 } }, { session: second })
          .catch((e: unknown) => e);
        expect(conflict).toMatchObject({ code: 112, errorLabels: ['TransientTransactionError'] });
        await second.abortTransaction();
      });
      const outside = things.updateOne({ _id: 1 }, inc({ n: 10 }));
      await first.commitTransaction();
      await outside;
    });
    expect(await things.findOne({ _id: 1 })).toEqual({ _id: 1, n: 11 });
  });

  it('end by an error of a statement', async () => {
    await things.insertOne({ _id: 1 });
    await client.withSession(async (session) => {
      session.startTransaction();
      await things.insertOne({ _id: 2 }, { session });
      await expect(things.insertOne({ _id: 1 }, { session })).rejects.toMatchObject({ code: 11000 });
      await expect(session.commitTransaction()).rejects.toMatchObject({ code: 251 });
    });
    expect(await ids({})).toEqual([1]);
  });

  it.each([
    [
      'an error',
      () => mongo.failNext('commitTransaction', { code: 91, codeName: 'ShutdownInProgress' }, 1, { afterEffect: true }),
    ],
    ['a closed connection', () => mongo.loseNextReply('commitTransaction')],
  ])('are committed again after %s that leaves the result unknown; the callback ran once', async (_what, fail) => {
    let runs = 0;
    fail();
    await client.withSession((session) =>
      session.withTransaction(async () => {
        runs += 1;
        await things.insertOne({ _id: 1 }, { session });
      }, options),
    );
    expect(runs).toBe(1);
    expect(count('commitTransaction')).toBe(2);
    expect(await ids({})).toEqual([1]);
  });

  it('run again after the primary has stepped down in their midst', async () => {
    let runs = 0;
    await client.withSession((session) =>
      session.withTransaction(async () => {
        runs += 1;
        await things.insertOne({ _id: runs }, { session });
        if (runs === 1) {
          mongo.stepDown();
          setTimeout(() => mongo.stepUp(), 50);
        }
        await things.insertOne({ _id: 'end' }, { session });
      }, options),
    );
    expect(runs).toBe(2);
    expect(await ids({}, { _id: 1 })).toEqual([2, 'end']);
  });

  it('are lost when the primary steps down before the commit', async () => {
    await client.withSession(async (session) => {
      session.startTransaction();
      await things.insertOne({ _id: 1 }, { session });
      mongo.stepDown();
      mongo.stepUp();
      await expect(session.commitTransaction()).rejects.toMatchObject({
        code: 251,
        errorLabels: ['TransientTransactionError'],
      });
    });
    expect(await ids({})).toEqual([]);
  });

  it('read one moment in a session of snapshots', async () => {
    await things.insertMany([{ _id: 1, n: 1 }, { _id: 2 }, { _id: 3 }]);
    await client.withSession({ snapshot: true }, async (session) => {
      expect(await things.findOne({ _id: 1 }, { session })).toEqual({ _id: 1, n: 1 });
      await things.updateOne({ _id: 1 }, { $set: { n: 2 } });
      await things.deleteOne({ _id: 2 });
      await things.insertOne({ _id: 4 });
      expect(await things.find({}, { session, batchSize: 2 }).toArray()).toEqual([
        { _id: 1, n: 1 },
        { _id: 2 },
        { _id: 3 },
      ]);
      expect(await things.countDocuments({}, { session })).toBe(3);
      expect(await things.distinct('_id', {}, { session })).toEqual([1, 2, 3]);
    });
    expect(await ids({})).toEqual([1, 3, 4]);
  });
});

describe('faults of the pretend MongoDB', () => {
  beforeEach(() => begin(true));
  afterEach(end);

  it.each([
    ['an answer that was lost', () => mongo.loseNextReply('update')],
    [
      'an error after the effect',
      () => mongo.failNext('update', { code: 189, codeName: 'PrimarySteppedDown' }, 1, { afterEffect: true }),
    ],
    ['an error before the effect', () => mongo.failNext('update', { code: 10107, codeName: 'NotWritablePrimary' })],
  ])('a write is sent again after %s, and happens once', async (_what, fail) => {
    await things.insertOne({ _id: 1, n: 0 });
    fail();
    expect(await things.updateOne({ _id: 1 }, inc({ n: 1 }))).toMatchObject({ modifiedCount: 1 });
    expect(await things.findOne({ _id: 1 })).toEqual({ _id: 1, n: 1 });
    const [first, second] = mongo.commands.filter(({ name }) => name === 'update');
    expect(second).toEqual(first);
  });

  it('fails a command as often as it was told to', async () => {
    mongo.failNext('insert', { code: 64, codeName: 'WriteConcernFailed', message: 'told to', labels: ['Mine'] }, 2);
    for (const _time of [1, 2])
      await expect(things.insertOne({ _id: 1 })).rejects.toMatchObject({
        code: 64,
        message: 'told to',
        errorLabels: ['Mine'],
      });
    await things.insertOne({ _id: 1 });
  });

  it('waits for a primary', async () => {
    await things.insertOne({ _id: 1 });
    mongo.stepDown();
    const write = things.insertOne({ _id: 2 });
    setTimeout(() => mongo.stepUp(), 50);
    await write;
    expect(await ids({})).toEqual([1, 2]);
  });

  it('answers reads that need no primary', async () => {
    await things.insertOne({ _id: 1 });
    mongo.stepDown();
    expect(await things.findOne({}, { readPreference: 'secondaryPreferred' })).toEqual({ _id: 1 });
  });

  it('keeps its data when it is killed and started again', async () => {
    await things.insertOne({ _id: 1 });
    const noticed = once(client, 'serverDescriptionChanged');
    await mongo.kill();
    expect(mongo.openConnections()).toBe(0);
    await noticed; // until then the driver passes on a raw ECONNRESET and does not try again
    await mongo.start();
    expect(await ids({})).toEqual([1]);
  });

  it('is silent while paused', async () => {
    const impatient = new MongoClient(mongo.url, { socketTimeoutMS: 100, retryWrites: false });
    const mine = impatient.db('test').collection<Thing>('things');
    await mine.insertOne({ _id: 1 });
    mongo.pause();
    await expect(mine.insertOne({ _id: 2 })).rejects.toThrow('timed out');
    mongo.resume();
    await mine.insertOne({ _id: 3 });
    await impatient.close();
    expect(await ids({ _id: { $ne: 2 } })).toEqual([1, 3]);
  });

  it('leaves no handle open', async () => {
    await things.insertOne({ _id: 1 });
    expect(mongo.openConnections()).toBeGreaterThan(0);
    await client.close();
    await mongo.close();
    expect(mongo.openConnections()).toBe(0);
    const open = (): string[] => process.getActiveResourcesInfo().filter((kind) => kind.startsWith('TCP'));
    while (open().length > 0) await new Promise((done) => setImmediate(done));
  });
});

describe('the pretend MongoDB as a standalone', () => {
  beforeEach(() => begin(false));
  afterEach(end);

  it('reads and writes without transaction numbers', async () => {
    await things.insertOne({ _id: 1, n: 1 });
    await things.updateOne({ _id: 1 }, inc({ n: 1 }));
    expect(await things.findOne({ _id: 1 })).toEqual({ _id: 1, n: 2 });
    expect(mongo.commands.filter(({ transaction }) => transaction !== undefined)).toEqual([]);
    expect(await client.db('admin').command({ hello: 1 })).not.toHaveProperty('setName');
  });

  it('refuses transactions; the driver says of a write only that it cannot be repeated', async () => {
    const run = (first: (session: ClientSession) => Promise<unknown>): Promise<unknown> =>
      client.withSession((session) => session.withTransaction(() => first(session)));
    await expect(run((session) => things.findOne({}, { session }))).rejects.toMatchObject({
      code: 20,
      message: 'Transaction numbers are only allowed on a replica set member or mongos',
    });
    await expect(run((session) => things.insertOne({ _id: 1 }, { session }))).rejects.toMatchObject({
      message: expect.stringContaining('does not support retryable writes') as string,
      originalError: { code: 20 },
    });
    expect(await ids({})).toEqual([]);
  });
});
