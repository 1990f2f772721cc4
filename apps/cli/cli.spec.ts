import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type Server as Http } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventStore } from '#event-store/sqlite';
import { allProcesses } from '#processes';
import { built, Server } from '../../test/crash/server.ts';

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const directory = mkdtempSync(join(tmpdir(), 'spoor-cli-'));
const RUNS_MS = 20_000;

/** The built program, in a process of its own. */
function run(app: 'api' | 'cli', args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, [built(app), ...args], {
    env: { PATH: process.env['PATH'], SPOOR_DATA: directory, SPOOR_PORT: '0', SPOOR_SEED: 'none', ...environment },
    timeout: RUNS_MS,
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}
const cli = (line: string, environment?: NodeJS.ProcessEnv): Promise<Ended> => run('cli', line.split(' '), environment);
/** What it says on standard output with `--json`, when it is done. */
async function said(line: string, environment?: NodeJS.ProcessEnv): Promise<Record<string, unknown>> {
  const { code, out, err } = await cli(`--json ${line}`, environment);
  if (code !== 0) throw new Error(`${line} ended with ${code}: ${out}${err}`);
  return JSON.parse(out) as Record<string, unknown>;
}
/** One sentence, and no stack of a program that broke. */
const sentence = expect.stringMatching(/^[^\n]+\n$/);

/** Rebuild, compare, switch: the same wherever it is done. Gives the generation that serves in the end. */
async function rebuildCompareSwitch(): Promise<unknown> {
  const { rebuild } = (await said('projections rebuild organisation-card')) as { rebuild: { generation: number } };
  const { generation } = rebuild;
  expect(await said('projections diff organisation-card')).toMatchObject({ different: [], missing: [], extra: [] });
  expect(await said(`projections activate organisation-card ${generation}`)).toMatchObject({ generation });
  const { items } = (await said('projections list')) as {
    items: { name: string; generation: number; state: string }[];
  };
  expect(items.every(({ state }) => state === 'live')).toBe(true);
  expect(items.find(({ name }) => name === 'organisation-card')).toMatchObject({ generation });
  return generation;
}

/** The data open in this process, and an address beside them where their server would be. */
async function withLock(url: string, work: () => Promise<void>): Promise<void> {
  const held = await openSqliteEventStore({ directory, onFatal: () => {} });
  writeFileSync(join(directory, 'server.json'), JSON.stringify({ url, pid: 0 }));
  try {
    await work();
  } finally {
    await held.close();
    rmSync(join(directory, 'server.json'));
  }
}

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('the command line', () => {
  it.each([
    'nonsense',
    'projections nonsense',
    'projections activate x abc',
    'projections activate x',
    'doctor --fast',
  ])('ends with 64 for wrong usage: %s', async (line) => expect(await cli(line)).toMatchObject({ code: 64, out: '' }));

  it('ends with 78 for a wrong configuration', async () =>
    expect(await cli('doctor', { SPOOR_PORT: 'http' })).toMatchObject({
      code: 78,
      err: expect.stringContaining('SPOOR_PORT'),
    }));

  it('finds nothing wrong where nothing is yet, parents neither', async () =>
    expect(await said('doctor', { SPOOR_DATA: join(directory, 'not/yet') })).toEqual({
      ok: true,
      findings: ['Node', 'SQLite', 'data directory', 'free space'].map((check) => ({
        check,
        ok: true,
        found: expect.any(String),
      })),
    }));

  it('finds a directory that cannot be', async () => {
    writeFileSync(join(directory, 'file'), '');
    expect(await cli('doctor', { SPOOR_DATA: join(directory, 'file') })).toMatchObject({
      code: 1,
      out: expect.stringContaining('WRONG  data'),
      err: sentence,
    });
  });
});

describe('on servers that are away', () => {
  it('says which, and no password', async () => {
    const { code, out, err } = await cli('doctor', {
      STACK: 'server',
      EVENTSTORE_URL: 'esdb://spoor:s3cret@127.0.0.1:1?tls=false',
      MONGODB_URL: 'mongodb://spoor:s3cret@127.0.0.1:1/spoor',
    });
    expect(code).toBe(1);
    expect(out).toMatch(/^WRONG {2}EventStoreDB: .+$/m);
    expect(out).toMatch(/^WRONG {2}MongoDB: .+$/m);
    expect(out + err).not.toContain('s3cret');
    expect(err).toEqual(sentence);
  });
});

describe('on data that nobody has open', () => {
  it(
    'seeds an empty directory; again, and all is there already',
    async () => {
      const { position } = await said('seed');
      expect(position).toEqual(expect.any(String));
      expect(await said('seed')).toEqual({ position });
    },
    RUNS_MS,
  );

  it('rebuilds, compares and switches', rebuildCompareSwitch, RUNS_MS);

  it('says that a projection is unknown', async () =>
    expect(await cli('projections rebuild nonsense')).toMatchObject({ code: 1, err: sentence }));

  it('finds nothing wrong', async () => expect((await cli('doctor')).code).toBe(0));
});

describe('while the server runs', () => {
  const server = new Server(directory);
  beforeAll(() => server.start(), RUNS_MS);
  afterAll(() => server.kill());

  it('rebuilds, compares and switches in the server', rebuildCompareSwitch, RUNS_MS);

  it('says that a projection is unknown', async () =>
    expect(await cli('projections rebuild nonsense')).toMatchObject({ code: 1, err: sentence }));

  it('asks the server whether something is wrong', async () => {
    const { findings } = await said('doctor');
    expect(findings).toContainEqual({ check: 'data', ok: true, found: `open in ${server.url}` });
    const found = `${allProcesses.length} follow the log`;
    expect(findings).toContainEqual({ check: 'processes', ok: true, found });
  });

  it('does not seed', async () => expect(await cli('seed')).toEqual({ code: 1, out: '', err: sentence }));

  it('starts no second server on the same data', async () =>
    expect(await run('api', [])).toEqual({ code: 78, out: '', err: sentence }));

  it('ends with 0 at SIGTERM', async () => expect(await server.kill('SIGTERM')).toBe(0));
});

describe('when another has the data open', () => {
  it('ends with 69 where nobody answers', () =>
    withLock('http://127.0.0.1:9', async () =>
      expect(await cli('projections list')).toEqual({ code: 69, out: '', err: sentence }),
    ));

  let http: Http | undefined;
  afterAll(() => http?.close());

  it('finds a process that is paused', async () => {
    const answers: Record<string, object> = {
      '/health': { processes: [{ name: 'process:broaden', state: 'paused', position: null, error: 'poison' }] },
      '/api/v1/projections': { items: [] },
    };
    http = createServer(({ url = '' }, response) => response.end(JSON.stringify(answers[url])));
    const listening = http.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    await withLock(`http://127.0.0.1:${(listening.address() as AddressInfo).port}`, async () =>
      expect(await cli('doctor')).toMatchObject({
        code: 1,
        out: expect.stringContaining('WRONG  processes: process:broaden paused: poison'),
        err: sentence,
      }),
    );
  });
});

describe('the server as a program', () => {
  it('ends with 78 for a wrong configuration', async () =>
    expect(await run('api', [], { SPOOR_SEED: 'nonsense' })).toMatchObject({
      code: 78,
      out: '',
      err: expect.stringContaining('SPOOR_SEED'),
    }));
});
