import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, closeSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { jest } from '@jest/globals';
import type { Position } from '#kernel';
import { batch, fill, ids, itUnless, log, refused, stored, take, turn } from '../contract-kit.ts';
import { PAGE } from '../port.ts';
import type { EventStore } from '../port.ts';
import { checkSqliteVersion } from './files.ts';
import { newDirectory, SqliteHarness } from './harness.ts';
import { openSqliteEventStore } from './index.ts';

jest.setTimeout(60_000); // synced commits take long on a busy disk
const sqlite = new SqliteHarness();
afterEach(() => sqlite.dispose());

const append = (store: EventStore, name: string, count = 1) =>
  store.append(name, batch(name, count), { expected: 'no_stream' });

describe('group commit', () => {
  it('makes one transaction of what is appended in one turn', async () => {
    const store = await sqlite.open();
    const { db } = sqlite.of(store);
    const before = db.commits;
    await Promise.all(Array.from({ length: 200 }, (_, n) => append(store, `thing-${n}`, 2)));
    expect(db.commits - before).toBe(1);
    expect(await log(store)).toHaveLength(400);
  });

  it('answers a conflict inside the group without failing the others', async () => {
    const store = await sqlite.open();
    const outcomes = await Promise.allSettled([
      append(store, 'thing-1'),
      store.append('thing-1', batch('rival', 1), { expected: 'no_stream' }),
      append(store, 'thing-2'),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await log(store)).toHaveLength(2);
  });

  it('copies the write-ahead log into the database as it grows, also while reads stand half done', async () => {
    const store = await sqlite.open();
    await fill(store, 2 * PAGE);
    const reads = [store.readAll(), store.readStream('fill-0')].map((pages) => pages[Symbol.asyncIterator]());
    for (const read of reads) await read.next();
    await fill(store, 15_000, 'more');
    expect(statSync(join(sqlite.of(store).directory, 'events.db-wal')).size).toBeLessThan(5 * 2 ** 20);
  });
});

describe('closing', () => {
  it('commits what was appended before', async () => {
    const store = await sqlite.open();
    const appends = [append(store, 'thing-1'), append(store, 'thing-2')];
    await store.close();
    await Promise.all(appends);
    await turn();
    expect(sqlite.of(store).fatal).toEqual([]);
    expect(await log(await sqlite.faults.crash(store))).toHaveLength(2);
  });
});

describe('live subscribers', () => {
  it('are handed the very events that were committed, nothing is read again', async () => {
    const store = await sqlite.open();
    const [event] = batch('a', 1);
    const { events } = await take(store.subscribe({ name: 'x', after: null }), async (taken, item) => {
      if (item.kind === 'caught-up') await store.append('thing-1', [event!], { expected: 'no_stream' });
      return taken.length === 1;
    });
    expect(events[0]!.data).toBe(event!.data);
  });
});

describe('a full disk', () => {
  const mount = mountTmpfs();
  afterAll(() => {
    if (mount === undefined) return;
    execFileSync('umount', [mount]);
    rmSync(mount, { recursive: true });
  });

  async function fillsUp(store: EventStore, makeRoom: () => void): Promise<void> {
    const acknowledged: string[] = [];
    const big = (n: number) => [{ ...batch(`big/${n}`, 1)[0]!, data: { text: 'x'.repeat(100_000) } }];
    const write = (n: number) => store.append(`big-${n}`, big(n), { expected: 'no_stream' });
    const untilFull = async () => {
      for (let n = 0; ; n++) {
        await write(n);
        acknowledged.push(...ids(big(n)));
      }
    };
    await refused(untilFull(), 'disk-full', { retryable: true, indeterminate: false });
    for (let i = 0; i < 5; i++) await refused(write(10_000), 'disk-full');
    expect(ids(await log(store))).toEqual(acknowledged);
    makeRoom();
    await write(10_000);
    expect(ids(await log(store))).toEqual([...acknowledged, ...ids(big(10_000))]);
    expect(sqlite.of(store).fatal).toEqual([]);
  }

  it('refuses appends, keeps reading, and goes on in the same process when there is room again', async () => {
    const store = await sqlite.open();
    const { db } = sqlite.of(store);
    db.exec('PRAGMA max_page_count = 500');
    await fillsUp(store, () => db.exec('PRAGMA max_page_count = 5000'));
  });

  it('is rolled back also when SQLite did not do so itself', async () => {
    const store = await sqlite.open();
    const { db } = sqlite.of(store);
    db.fault = 'no space';
    await refused(append(store, 'thing-1'), 'disk-full');
    db.fault = 'none';
    await append(store, 'thing-2');
    expect(ids(await log(store))).toEqual(ids(batch('thing-2', 1)));
  });

  const reason = mount === undefined ? 'none may be mounted here' : undefined;
  itUnless(reason, 'does so on a file system that is full', async () => {
    const filler = join(mount!, 'filler');
    writeFileSync(filler, Buffer.alloc(2 * 2 ** 20));
    const store = await sqlite.open(join(mount!, 'data'));
    await fillsUp(store, () => rmSync(filler));
  });
});

describe('after an I/O error nobody can say what is in the log, so', () => {
  it('every append of the group is answered "outcome unknown", everything after is refused, and the process is told once', async () => {
    const store = await sqlite.open();
    await append(store, 'thing-1');
    const subscription = take(store.subscribe({ name: 'x', after: null }), () => false);
    await sqlite.faults.outage(store);
    const group = [append(store, 'thing-2'), append(store, 'thing-3'), append(store, 'thing-1', 2)];
    for (const outcome of await Promise.allSettled(group))
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { code: 'store-unavailable', retryable: true, indeterminate: true, cause: { errcode: 1034 } },
      });
    const refusals = [append(store, 'thing-4'), store.head(), store.ready(), log(store), store.streamState('thing-1')];
    for (const refusal of [...refusals, subscription])
      await refused(refusal, 'store-unavailable', { retryable: false, indeterminate: false });
    await turn();
    expect(sqlite.of(store).fatal).toMatchObject([{ message: expect.stringMatching(/events\.db failed .*1034/) }]);
  });

  it.each(['outage', 'loseNextReply'] as const)(
    'after %s each of them is wholly in or wholly out, and a retry settles it',
    async (fault) => {
      let store = await sqlite.open();
      await sqlite.faults[fault](store);
      const names = ['thing-1', 'thing-2', 'thing-3'];
      await Promise.allSettled(names.map((name) => append(store, name, 3)));
      store = await sqlite.faults.crash(store);
      for (const name of names) expect((await stored(store, name)).length % 3).toBe(0);
      await Promise.all(names.map((name) => append(store, name, 3)));
      expect(ids(await log(store))).toEqual(names.flatMap((name) => ids(batch(name, 3))));
    },
  );

  it('a failed sync in a checkpoint ends the process too, and loses nothing', async () => {
    let store = await sqlite.open();
    sqlite.of(store).db.fault = 'checkpoint fails';
    let acknowledged = 0;
    while (sqlite.of(store).fatal.length === 0) {
      const name = `thing-${acknowledged}`;
      await append(store, name, 100).then(
        () => (acknowledged += 1),
        () => {},
      );
      await turn();
    }
    store = await sqlite.faults.crash(store);
    expect(await log(store)).toHaveLength(100 * acknowledged);
  });

  it('damage that a read meets ends the process', async () => {
    let store = await sqlite.open();
    const { directory } = sqlite.of(store);
    await fill(store, 2000);
    await store.close();
    const file = openSync(join(directory, 'events.db'), 'r+');
    writeSync(file, Buffer.alloc(4096 * 20, 0xa5), 0, 4096 * 20, 4096 * 8);
    closeSync(file);
    store = await sqlite.open(directory);
    await refused(log(store), 'store-unavailable', { cause: expect.objectContaining({ errcode: 11 }) });
    await turn();
    expect(sqlite.of(store).fatal).toHaveLength(1);
  });

  it('a row that somebody else wrote into our log ends the process', async () => {
    const store = await sqlite.open();
    await append(store, 'thing-1');
    sqlite.beside(store, (db) =>
      db.exec(`INSERT INTO event SELECT 2, 'alien-1', 0, id, type, data, meta, crc, 0 FROM event`),
    );
    await refused(append(store, 'thing-2'), 'store-unavailable', { indeterminate: true });
    await turn();
    expect(sqlite.of(store).fatal).toHaveLength(1);
  });
});

describe('the file', () => {
  it('is one process’s: a second one is refused at once and told which directory', async () => {
    const { directory } = sqlite.of(await sqlite.open());
    const second = openSqliteEventStore({ directory, onFatal: () => {} });
    await refused(second, 'store-locked', { message: expect.stringContaining(directory), params: { directory } });
    const child = spawnWriter(directory, 0);
    const errors: string[] = [];
    child.stderr.on('data', (text: Buffer) => errors.push(String(text)));
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(errors.join('')).toContain(`another process uses the event log in ${directory}`);
  });

  it('keeps the log, its identity and dense positions over reopening, refusals and rollbacks', async () => {
    let store = await sqlite.open();
    const { logId } = await store.head();
    for (let n = 0; n < 5; n++) {
      await Promise.allSettled([append(store, `thing-${n}`, 2), append(store, 'thing-0', 5)]);
      store = await sqlite.faults.crash(store);
    }
    const events = await log(store);
    expect(events.map(({ position }) => parseInt(position, 16))).toEqual(
      [...Array(events.length).keys()].map((n) => n + 1),
    );
    expect(await store.head()).toEqual({ position: events.at(-1)!.position, logId });
  });

  it('refuses to change or delete an event', async () => {
    const store = await sqlite.open();
    await append(store, 'thing-1');
    for (const sql of ["UPDATE event SET data = '{}'", 'UPDATE event SET stored_at = 1', 'DELETE FROM event'])
      expect(() => sqlite.beside(store, (db) => db.exec(sql))).toThrow(/events are never/);
  });

  it('is safe against power cuts: write-ahead log, synced by every commit, not mapped', async () => {
    const { db } = sqlite.of(await sqlite.open());
    const pragma = (name: string) => Object.values(db.prepare(`PRAGMA ${name}`).get()!)[0];
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('mmap_size')]).toEqual(['wal', 2, 0]);
  });

  it('of a newer program is refused', async () => {
    const store = await sqlite.open();
    const { directory } = sqlite.of(store);
    sqlite.beside(store, (db) => db.exec('PRAGMA user_version = 2'));
    await store.close();
    await refused(sqlite.open(directory), 'store-unavailable', { message: expect.stringContaining('format 2') });
  });

  it('that is none is refused, and its lock is free again', async () => {
    const directory = newDirectory();
    writeFileSync(join(directory, 'events.db'), 'not a database, but long enough to be looked at '.repeat(100));
    for (let i = 0; i < 2; i++)
      await refused(sqlite.open(directory), 'store-unavailable', { message: expect.stringContaining(directory) });
    rmSync(directory, { recursive: true });
  });

  it('is refused in a place where it cannot be, with the place named', async () => {
    await refused(sqlite.open('/dev/null/data'), 'store-unavailable', { params: { directory: '/dev/null/data' } });
  });

  it.each(['3.40.1', '3.51.2', '3.9.9'])('is refused to SQLite %s, which may damage it', (version) => {
    expect(() => checkSqliteVersion(version)).toThrow(`SQLite ${version} is too old`);
  });

  it.each(['3.51.3', '3.53.4', '3.100.0', '4.0.0'])('is given to SQLite %s', (version) => {
    expect(() => checkSqliteVersion(version)).not.toThrow();
  });
});

describe('kill -9', () => {
  it('loses nothing that was acknowledged and leaves no half batch, five times over on one directory', async () => {
    const directory = newDirectory();
    const acknowledged = new Map<string, Position>();
    for (let round = 0; round < 5; round++) {
      for (const [at, position] of await killedWriter(directory, round)) acknowledged.set(at, position);
      const store = await sqlite.open(directory);
      const events = await log(store);
      const found = new Map(events.map(({ stream, revision, position }) => [`${stream} ${revision}`, position]));
      for (const [at, position] of acknowledged) expect([at, found.get(at)]).toEqual([at, position]);
      const perStream = Map.groupBy(events, ({ stream }) => stream);
      for (const batches of perStream.values()) expect(batches.length % 3).toBe(0);
      expect(parseInt(events.at(-1)!.position, 16)).toBe(events.length);
      await store.close();
    }
    expect(acknowledged.size).toBeGreaterThan(100);
    rmSync(directory, { recursive: true });
  });
});

function spawnWriter(directory: string, round: number) {
  const script = join(import.meta.dirname, 'writer.ts');
  const flags = ['--experimental-transform-types', '--conditions=source', '--disable-warning=ExperimentalWarning'];
  return spawn(process.execPath, [...flags, script, directory, String(round)], { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Kills a writer a random while after its first acknowledgement; returns what it had acknowledged: "stream revision" → position. */
async function killedWriter(directory: string, round: number): Promise<Map<string, Position>> {
  const child = spawnWriter(directory, round);
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (lines.push(line) === 1) setTimeout(() => child.kill('SIGKILL'), Math.random() * 150);
  });
  await once(child, 'close');
  const whole = lines.filter((line) => /^\S+ \d+ [0-9a-f]{16}$/.test(line));
  return new Map(whole.map((line) => [line.slice(0, -17), line.slice(-16) as Position]));
}

function mountTmpfs(): string | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'spoor-full-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', directory], { stdio: 'ignore' });
    return directory;
  } catch {
    rmSync(directory, { recursive: true });
    return undefined;
  }
}
