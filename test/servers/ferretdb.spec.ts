import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

import { MongoClient } from 'mongodb';

import { type FerretDb, ferretDbIsBuilt, startFerretDb, whyNoFerretDb } from './ferretdb.ts';

const where = ferretDbIsBuilt() ? describe : describe.skip;

it('says why where there is none', async () => {
  if (ferretDbIsBuilt()) return;
  process.stderr.write(`${whyNoFerretDb}\n`);
  expect(await startFerretDb()).toBeNull();
});

where('FerretDB for tests', () => {
  let server: FerretDb;

  beforeEach(async () => {
    server = (await startFerretDb())!;
  });
  afterEach(() => server.close());

  it('answers as a standalone on the loopback interface, and is empty', async () => {
    const client = await MongoClient.connect(server.url);
    try {
      expect(new URL(server.url).hostname).toBe('127.0.0.1');
      expect(await client.db('spoor').command({ hello: 1 })).not.toHaveProperty('setName');
      expect(await client.db('spoor').listCollections().toArray()).toEqual([]);
      await client.db('spoor').collection<{ _id: string }>('c').insertOne({ _id: 'a' });
      expect(await client.db('spoor').collection('c').find().toArray()).toEqual([{ _id: 'a' }]);
    } finally {
      await client.close();
    }
  });

  it('has a port and a directory of its own', async () => {
    const other = (await startFerretDb())!;
    expect(other.url).not.toBe(server.url);
    expect(other.directory).not.toBe(server.directory);
    await other.close();
  });

  it('closes with a client connected, leaving neither process nor directory, and closes again', async () => {
    const client = await MongoClient.connect(server.url);
    await server.close();
    await server.close();
    await client.close();
    expect(runs(server.pid)).toBe(false);
    expect(existsSync(server.directory)).toBe(false);
  });

  it('is gone at once when killed', async () => {
    await server.kill();
    expect(runs(server.pid)).toBe(false);
  });

  it('ends with the process that started it, even by kill -9', async () => {
    const parent = spawn(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      '--input-type=module',
      '--eval',
      `import { startFerretDb } from '${import.meta.dirname}/ferretdb.ts';
       const { pid, directory } = await startFerretDb();
       console.log(JSON.stringify({ pid, directory }));`,
    ]);
    const [line] = (await once(createInterface(parent.stdout), 'line')) as [string];
    const { pid, directory } = JSON.parse(line) as FerretDb;
    expect(runs(pid)).toBe(true);
    parent.kill('SIGKILL');
    for (let tries = 0; runs(pid) && tries < 250; tries++) await new Promise((done) => setTimeout(done, 20));
    expect(runs(pid)).toBe(false);
    expect(existsSync(directory)).toBe(false);
  });
});

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
