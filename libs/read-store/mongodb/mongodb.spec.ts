import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { Long, MongoClient } from 'mongodb';
import { position, s } from '#kernel';
import type { Position } from '#kernel';
import { ferretDbIsBuilt, startFerretDb, whyNoFerretDb } from '../../../test/servers/ferretdb.ts';
import type { FerretDb } from '../../../test/servers/ferretdb.ts';
import { startMongo } from '../../../test/servers/mongodb/index.ts';
import type { PretendMongo } from '../../../test/servers/mongodb/index.ts';
import { readStoreContract } from '../contract.ts';
import type { ReadStoreHarness } from '../contract.ts';
import { isReadStoreError } from '../port.ts';
import type { Doc, ModelSpec, Op, ReadStore } from '../port.ts';
import { openMongoReadStore } from './index.ts';

// FerretDB takes its time, and processes are started.
jest.setTimeout(120_000);

const LOG = 'log';
const real = process.env['MONGODB_URL'];
let set: PretendMongo;
let standalone: PretendMongo;
let ferret: FerretDb | null;

beforeAll(async () => {
  [set, standalone, ferret] = await Promise.all([startMongo(), startMongo({ replicaSet: false }), startFerretDb()]);
  if (ferret === null) process.stderr.write(`${whyNoFerretDb}\n`);
});
afterAll(async () => {
  if (real !== undefined) await dropAll(real);
  await Promise.all([set.close(), standalone.close(), ferret?.close()]);
});

const PREFIX = `spoor-test-${process.pid}-${Date.now()}`;
let databases = 0;
/** A new database on this server. */
function fresh(server: string): string {
  const url = new URL(server);
  url.pathname = `/${PREFIX}-${++databases}`;
  return url.href;
}

async function dropAll(server: string): Promise<void> {
  const client = await MongoClient.connect(server);
  const { databases: all } = await client.db().admin().listDatabases({ nameOnly: true });
  for (const { name } of all) if (name.startsWith(PREFIX)) await client.db(name).dropDatabase();
  await client.close();
}

const program = (url: string, failpoint = '') =>
  fork(join(import.meta.dirname, 'commit-forever.ts'), [url], {
    execArgv: ['--conditions=source', '--experimental-transform-types', '--disable-warning=ExperimentalWarning'],
    env: { ...process.env, FAILPOINT: failpoint },
  });

async function killed(child: ReturnType<typeof program>): Promise<void> {
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect({ code, signal }).toEqual({ code: null, signal: 'SIGKILL' });
}

/** Kills a committing process at a random moment within what some commits take. */
async function kill(server: string, withinMs: number): Promise<{ store: ReadStore; acknowledged: Position }> {
  const url = fresh(server);
  const child = program(url);
  let acknowledged: Position | undefined;
  child.on('message', (at) => {
    if (acknowledged === undefined) setTimeout(() => child.kill('SIGKILL'), Math.random() * withinMs);
    acknowledged = at as Position;
  });
  await killed(child);
  await endTransactions(url);
  return { store: await openMongoReadStore({ url }), acknowledged: acknowledged! };
}

/** Those of clients that are gone: in time, a server does so by itself. One without transactions knows nothing of it. */
const endTransactions = (url: string): Promise<unknown> =>
  raw(url, (client) =>
    client
      .db('admin')
      .command({ killAllSessions: [] })
      .catch(() => null),
  );

const harness = (server: () => string, withinMs: number): ReadStoreHarness => ({
  open: () => openMongoReadStore({ url: fresh(server()) }),
  kill: () => kill(server(), withinMs),
});

readStoreContract('mongodb on a pretend replica set', {
  ...harness(() => set.url, 500),
  failNextTransaction: async () => set.failNext('update', { code: 112, codeName: 'WriteConflict' }),
  openWithoutTransactions: () => openMongoReadStore({ url: fresh(standalone.url) }),
});
readStoreContract(
  'mongodb on a pretend standalone',
  harness(() => standalone.url, 1_000),
);
const onFerretDb = ferretDbIsBuilt() ? describe : describe.skip;
onFerretDb(ferretDbIsBuilt() ? 'FerretDB' : whyNoFerretDb, () => {
  readStoreContract('mongodb on FerretDB', {
    ...harness(() => ferret!.url, 5_000),
    lacks: ['texts with NUL', 'lists in lists'],
  });
});
if (real !== undefined)
  readStoreContract(
    'mongodb',
    harness(() => real, 500),
  );

const things: ModelSpec = {
  model: 'things',
  generation: 1,
  schema: s.object({
    id: s.text(),
    n: s.optional(s.cents()),
    tags: s.optional(s.list(s.text())),
    of: s.optional(s.json()),
  }),
  indexes: [['n'], ['tags', 'n'], ['id']],
};
const put = (id: string, members: Omit<Doc, 'id'> = {}): Op => ({ put: { ...members, id } });

async function open(url: string): Promise<Awaited<ReturnType<typeof openMongoReadStore>>> {
  const store = await openMongoReadStore({ url });
  await store.migrate([things]);
  return store;
}

/** Adds one to each of three documents, by what is stored: a batch that took effect twice, or by half, shows. */
async function addOne(store: ReadStore, ids = ['a', 'b', 'c']): Promise<Position> {
  const from = (await store.checkpoint('things', 1))?.position ?? null;
  const stored = await store.load<Doc & { n: number }>('things', 1, ids);
  const to = position(BigInt(`0x${from ?? 0}`) + 1n);
  const ops = ids.map((id) => put(id, { n: (stored.get(id)?.n ?? 0) + 1 }));
  await store.commit({ projection: 'things', generation: 1, from, to, logId: LOG, ops });
  return to;
}

async function dumpOf(store: ReadStore): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const page of store.dump('things', 1)) texts.push(...page);
  return texts;
}

const allAt = (n: number): readonly string[] => ['a', 'b', 'c'].map((id) => `{"id":"${id}","n":${n}}`);

/** What the server holds, without the store. */
async function raw<T>(url: string, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = await MongoClient.connect(url);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}
const nameOf = (url: string): string => new URL(url).pathname.slice(1);

describe('mongodb read store', () => {
  let url: string;
  let store: Awaited<ReturnType<typeof openMongoReadStore>>;
  beforeEach(async () => {
    url = fresh(set.url);
    store = await open(url);
  });
  afterEach(() => store.close());

  const collection = async (client: MongoClient): Promise<string> =>
    (await client.db(nameOf(url)).listCollections().toArray())
      .map(({ name }) => name)
      .find((name) => name.startsWith('things.'))!;

  it('keeps integers as such', async () => {
    await store.commit({
      projection: 'things',
      generation: 1,
      from: null,
      to: position(1),
      logId: LOG,
      ops: [put('a', { n: 1 })],
    });
    const stored = await raw(url, async (client) =>
      client
        .db(nameOf(url))
        .collection(await collection(client))
        .findOne({}, { promoteValues: false }),
    );
    expect(stored!['doc']).toMatchObject({ n: Long.ONE });
    expect(stored!['keys']).toEqual({ n: Long.ONE });
  });

  it('lets nobody else write what does not fit the schema', async () => {
    const wrong = raw(url, async (client) =>
      client
        .db(nameOf(url))
        .collection(await collection(client))
        .insertOne({ seq: Long.ONE, doc: { id: 'a', n: 1.5 } }),
    );
    await expect(wrong).rejects.toMatchObject({ code: 121 });
  });

  it('keeps member names that MongoDB has other ideas about', async () => {
    const of = {
      $set: 1,
      'a.b': { '': 'x', '%': 'y', '%2e': 'z' },
      ['__proto__']: 1,
      _bsontype: 'Long',
      $ref: 'a',
      $id: 1,
      toBSON: 'x',
      '1': 1,
    };
    await store.commit({
      projection: 'things',
      generation: 1,
      from: null,
      to: position(1),
      logId: LOG,
      ops: [put('a', { of })],
    });
    const { doc } = (await store.get('things', 'a'))!;
    expect(JSON.stringify(doc)).toBe(JSON.stringify(JSON.parse((await dumpOf(store))[0]!)));
    expect(Object.keys(doc['of'] as object).toSorted()).toEqual(Object.keys(of).toSorted());
    expect(doc['of']).toEqual(of);
    expect(
      await store.count({
        model: 'things',
        where: [
          ['of._bsontype', 'eq', 'Long'],
          ['of.__proto__', 'eq', 1],
        ],
      }),
    ).toBe(1);
  });

  it('is found by what lists hold, with an index of that', async () => {
    const names = await raw(url, async (client) =>
      client
        .db(nameOf(url))
        .collection(await collection(client))
        .indexes(),
    );
    expect(names.map(({ name, key }) => [name, key])).toEqual([
      ['_id_', { _id: 1 }],
      ['n', { 'keys.n': 1, _id: 1 }],
      ['tags n', { 'lists.tags': 1, 'keys.n': 1, _id: 1 }],
    ]);
  });

  it('drops an index that is declared no more', async () => {
    await store.migrate([{ ...things, indexes: [['tags']] }]);
    const names = await raw(url, async (client) =>
      client
        .db(nameOf(url))
        .collection(await collection(client))
        .indexes(),
    );
    expect(names.map(({ name }) => name)).toEqual(['_id_', 'tags']);
  });

  it('is seen by another process: commits, documents, the generation that serves', async () => {
    const other = await open(url);
    const waiting = other.waitFor('things', position(1), 60_000);
    await addOne(store);
    expect(await waiting).toBe(true);
    expect(await other.get('things', 'a')).toEqual({ doc: { id: 'a', n: 1 }, asOf: position(1) });
    await other.migrate([{ ...things, generation: 2 }]);
    await other.activate('things', 2);
    expect(await store.count({ model: 'things' })).toBe(0);
    expect(await store.waitFor('things', position(1), 50)).toBe(false);
    await other.close();
  });

  it('fences a second runner, in whatever process', async () => {
    const other = await open(url);
    await addOne(store);
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map((i) => addOne(i % 2 === 0 ? store : other)));
    const done = outcomes.filter(({ status }) => status === 'fulfilled').length;
    const reasons: unknown[] = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(reasons).toMatchObject(reasons.map(() => ({ code: 'stale-projector' })));
    expect(done).toBeGreaterThan(0);
    expect(await dumpOf(store)).toEqual(allAt(1 + done));
    await other.close();
  });

  it('tells apart whose lease it is, by the clock of the server', async () => {
    const other = await open(url);
    const mine = await store.lease('projector', 'me', 60_000);
    expect(await other.lease('projector', 'another', 60_000)).toBeNull();
    set.setClockOffset(61_000);
    expect(await mine!.renew()).toBe(false);
    expect(await other.lease('projector', 'another', 60_000)).not.toBeNull();
    set.setClockOffset(0);
    await other.close();
  });

  it('uses the database `spoor` when the URL names none', async () => {
    const unnamed = await openMongoReadStore({ url: set.url });
    await unnamed.close();
    expect(set.commands.some(({ database }) => database === 'spoor')).toBe(true);
  });

  it('leaves no connection behind', async () => {
    await addOne(store);
    expect(set.openConnections()).toBeGreaterThan(0);
    await store.close();
    // The server hears of it a little later.
    while (set.openConnections() > 0) await new Promise(setImmediate);
  });
});

describe('mongodb read store, inspected', () => {
  const look = async (store: Awaited<ReturnType<typeof openMongoReadStore>>): Promise<object> =>
    Object.fromEntries((await store.inspect()).map(({ check, ok, found }) => [check, [ok, found]]));

  it('says what the server is, and that all is as declared', async () => {
    const store = await open(fresh(set.url));
    expect(await look(store)).toEqual({
      'MongoDB version': [true, expect.stringMatching(/^\d+\.\d+/)],
      'MongoDB topology': [true, 'the replica set rs0: each commit is one transaction'],
      'MongoDB clock': [true, expect.stringMatching(/ms from the clock here$/)],
      'MongoDB indexes and validators': [true, 'of 1 generations of read models, as declared'],
      'MongoDB commits': [true, 'none is half done'],
    });
    await store.close();
  });

  it('says what is missing, and by how much the clocks differ', async () => {
    const url = fresh(set.url);
    const store = await open(url);
    await raw(url, async (client) => {
      const db = client.db(nameOf(url));
      const names = (await db.listCollections().toArray()).map((one) => one.name);
      const name = names.find((one) => one.startsWith('things.'))!;
      await db.collection(name).dropIndex('n');
      await db.command({ collMod: name, validator: {} });
    });
    set.setClockOffset(60_000);
    const missing = /^missing: the index "n" of things\.1\.\d+, the validator of things\.1\.\d+; start a projector/;
    expect(await look(store)).toMatchObject({
      'MongoDB clock': [false, expect.stringMatching(/^[56]\d{4} ms/)],
      'MongoDB indexes and validators': [false, expect.stringMatching(missing)],
    });
    set.setClockOffset(0);
    await store.migrate([things]);
    expect(await look(store)).toMatchObject({ 'MongoDB indexes and validators': [true, expect.anything()] });
    await store.close();
  });

  it('says what a standalone means', async () => {
    const store = await open(fresh(standalone.url));
    expect(await look(store)).toMatchObject({
      'MongoDB topology': [true, expect.stringContaining('a standalone: no transactions')],
    });
    await store.close();
  });

  it('says which commit is half done', async () => {
    const url = fresh(standalone.url);
    const store = await open(url);
    await killed(program(url, 'redo-decided:2'));
    const half = /^half done: rounds@1 up to 0{15}2;/;
    expect(await look(store)).toMatchObject({ 'MongoDB commits': [false, expect.stringMatching(half)] });
    await store.close();
  });
});

describe('mongodb read store, when the server fails', () => {
  let mongo: PretendMongo;
  let store: Awaited<ReturnType<typeof openMongoReadStore>>;
  beforeEach(async () => {
    mongo = await startMongo();
    store = await open(fresh(mongo.url));
    await addOne(store);
  });
  afterEach(async () => {
    await store.close();
    await mongo.close();
  });

  it.each<readonly [string, (server: PretendMongo) => void]>([
    [
      'two transactions get into each other’s way',
      (server) => server.failNext('update', { code: 112, codeName: 'WriteConflict' }, 3),
    ],
    ['the answer to a commit is lost', (server) => server.loseNextReply('commitTransaction')],
    [
      'nobody knows how a commit ended, and it took effect',
      (server) =>
        server.failNext('commitTransaction', { code: 50, codeName: 'MaxTimeMSExpired' }, 1, { afterEffect: true }),
    ],
    ['a connection breaks in a transaction', (server) => server.loseNextReply('update')],
  ])('commits once when %s', async (_, fail) => {
    fail(mongo);
    const to = await addOne(store);
    expect(await dumpOf(store)).toEqual(allAt(2));
    expect(await store.checkpoint('things', 1)).toMatchObject({ position: to });
  });

  it('asks again when a snapshot is not to be had, as while a collection is made', async () => {
    mongo.failNext('find', { code: 246, codeName: 'SnapshotUnavailable' }, 2);
    expect(await store.count({ model: 'things' })).toBe(3);
  });

  it('says that it is unavailable when a commit did not happen, and goes on', async () => {
    mongo.failNext('commitTransaction', { code: 50, codeName: 'MaxTimeMSExpired' });
    await expect(addOne(store)).rejects.toMatchObject({ code: 'read-store-unavailable' });
    await addOne(store);
    expect(await dumpOf(store)).toEqual(allAt(2));
  });

  it('says that it is unavailable within seconds while a transaction of one who was killed stands in the way', async () => {
    const url = fresh(mongo.url);
    await killed(program(url, 'in-tx-before-checkpoint:2'));
    const next = await open(url);
    const { position: from, logId } = (await next.checkpoint('rounds', 1))!;
    const batch = { projection: 'rounds', generation: 1, from, to: position(9), logId, ops: [] };
    await expect(next.commit(batch)).rejects.toMatchObject({ code: 'read-store-unavailable' });
    await endTransactions(url);
    await next.commit(batch);
    await next.close();
  });

  it('says that there is no room', async () => {
    mongo.failNext('update', { code: 14_031, codeName: 'OutOfDiskSpace' });
    await expect(addOne(store)).rejects.toMatchObject({ code: 'disk-full' });
    expect(await dumpOf(store)).toEqual(allAt(1));
  });

  it('says that it is unavailable when nobody is there, at once when opened', async () => {
    await expect(openMongoReadStore({ url: 'mongodb://127.0.0.1:1' })).rejects.toMatchObject({
      code: 'read-store-unavailable',
    });
    await mongo.kill();
    await expect(store.find({ model: 'things' })).rejects.toMatchObject({ code: 'read-store-unavailable' });
    await mongo.start();
    expect(await dumpOf(store)).toEqual(allAt(1));
  });

  it.each<readonly [string, (one: ReadStore) => Promise<unknown>]>([
    ['a query', (one) => one.find({ model: 'things' })],
    ['a commit', (one) => addOne(one)],
    ['a lease', (one) => one.lease('projector', 'me', 1000)],
  ])('says so within seconds to %s when the server falls silent', async (_, ask) => {
    mongo.pause();
    const asked = performance.now();
    await expect(ask(store)).rejects.toMatchObject({ code: 'read-store-unavailable' });
    // Contract: five seconds; five times that on a machine that has other things to do.
    expect(performance.now() - asked).toBeLessThan(25_000);
    mongo.resume();
  });

  it('projects the same through step-downs as without', async () => {
    const rounds = 30;
    const stepping = (async () => {
      for (let i = 0; i < 5; i++) {
        await new Promise((resolve) => setTimeout(resolve, 30));
        mongo.stepDown();
        await new Promise((resolve) => setTimeout(resolve, 30));
        mongo.stepUp();
      }
    })();
    let refused = 0;
    for (let at = position(1); at < position(rounds);) {
      try {
        at = await addOne(store);
      } catch (error) {
        if (!isReadStoreError(error, 'read-store-unavailable') && !isReadStoreError(error, 'stale-projector'))
          throw error;
        refused++;
      }
    }
    await stepping;
    expect(refused).toBeLessThan(100);
    expect(await dumpOf(store)).toEqual(allAt(rounds));
  });
});

/** The nth command of this name from now on does its work and is not answered. It is noted before it is served. */
function loseReply(mongo: PretendMongo, command: string, nth: number): void {
  let seen = 0;
  const { commands } = mongo;
  commands.push = (...logged) => {
    if (logged[0]?.name === command && ++seen === nth) mongo.loseNextReply(command);
    return Array.prototype.push.apply(commands, logged);
  };
}

describe('mongodb read store without transactions', () => {
  it.each(
    ['insert', 'update', 'delete', 'find'].flatMap((command) => [1, 2, 3, 4].map((nth) => [command, nth] as const)),
  )('has whole commits when the answer to %s no. %i of one is lost', async (command, nth) => {
    const mongo = await startMongo({ replicaSet: false });
    const store = await open(fresh(mongo.url));
    await addOne(store);
    loseReply(mongo, command, nth);
    let rounds = 1;
    const refusals: unknown[] = [];
    for (let tries = 0; rounds < 4 && tries < 20; tries++) {
      await addOne(store).catch((error: unknown) => refusals.push(error));
      const stands = await store.checkpoint('things', 1).catch(() => null);
      if (stands !== null) rounds = Number(BigInt(`0x${stands.position}`));
    }
    expect(refusals).toMatchObject(refusals.map(() => ({ code: 'read-store-unavailable' })));
    expect(await dumpOf(store)).toEqual(allAt(4));
    await store.close();
    await mongo.close();
  });

  const steps = [
    ['written down', 'redo-written:2', 1],
    ['decided', 'redo-decided:2', 2],
    ['half carried out', 'redo-applied:3', 2],
    ['carried out', 'redo-applied:4', 2],
    ['whole', 'redo-whole:2', 2],
    ['half tidied up', 'redo-tidying:2', 2],
  ] as const;
  it.each(steps)('completes what a process that was killed left when it was %s', async (_, failpoint, round) => {
    const url = fresh(standalone.url);
    const bystander = await openMongoReadStore({ url });
    await killed(program(url, failpoint));
    const late = await openMongoReadStore({ url });
    for (const store of [bystander, late]) {
      expect(await store.checkpoint('rounds', 1)).toMatchObject({ position: position(round) });
      const { items, asOf } = await store.find({ model: 'rounds', limit: 1000 });
      expect(items.map(({ at }) => at)).toEqual(items.map(() => asOf));
      expect(asOf).toBe(position(round));
    }
    await late.close();
    await bystander.migrate([{ model: 'rounds', generation: 1, schema: { type: 'object' }, indexes: [] }]);
    const batch = { projection: 'rounds', generation: 1, from: position(round), to: position(9), ops: [put('x')] };
    const { logId } = (await bystander.checkpoint('rounds', 1))!;
    await bystander.commit({ ...batch, logId });
    expect(await bystander.get('rounds', 'x')).toMatchObject({ asOf: position(9) });
    const left = await raw(url, async (client) =>
      Promise.all(['redo', 'decided'].map((name) => client.db(nameOf(url)).collection(name).countDocuments())),
    );
    expect(left).toEqual([0, 0]);
    await bystander.close();
  });
});
