import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { startNode, type PretendNode } from '../servers/eventstoredb/index.ts';
import { startMongo, type PretendMongo } from '../servers/mongodb/index.ts';
import { built } from './server.ts';

/** The lease's time to live and the pace of those who wait, ×5 for a busy machine. */
const TAKEN_OVER_MS = 5 * 16_000;
const OPERATOR = { 'Spoor-Actor': 'operator' };

/** A process of the server stack; its address is the one it prints. */
class Program {
  readonly #child: ChildProcess;
  readonly url: Promise<string>;

  constructor(app: 'api' | 'projector', environment: NodeJS.ProcessEnv) {
    this.#child = spawn(process.execPath, [built(app)], {
      env: { PATH: process.env['PATH'], STACK: 'server', SPOOR_PORT: '0', SPOOR_LOG: 'error', ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.url = this.#address();
  }

  async #address(): Promise<string> {
    for await (const line of createInterface(this.#child.stdout!)) {
      const address = /health\s+(\S+)\/health/.exec(line)?.[1];
      if (address !== undefined) return address;
    }
    throw new Error('it ended before it was ready');
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill(signal);
    await ended;
  }
}

describe('an API that does not project, and two projectors', () => {
  let node: PretendNode;
  let mongo: PretendMongo;
  const programs: Program[] = [];
  const run = async (app: 'api' | 'projector', environment: NodeJS.ProcessEnv = {}): Promise<Program> => {
    const program = new Program(app, { EVENTSTORE_URL: node.url, MONGODB_URL: mongo.url, ...environment });
    programs.push(program);
    await program.url;
    return program;
  };
  beforeAll(async () => {
    [node, mongo] = await Promise.all([startNode(), startMongo({})]);
  });
  afterAll(async () => {
    await Promise.all(programs.map((program) => program.kill()));
    await node?.close();
    await mongo?.close();
  });

  const register = async (url: string): Promise<string> => {
    const key = randomUUID();
    const name = `Organisatie ${key}`;
    const response = await fetch(`${url}/api/v1/organisations`, {
      method: 'POST',
      headers: { ...OPERATOR, 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify({ name, sector: 'other' }),
    });
    expect(response.status).toBe(201);
    return name;
  };
  const shown = async (url: string, name: string): Promise<void> => {
    for (;;) {
      const response = await fetch(`${url}/api/v1/organisations?limit=200`, { headers: OPERATOR });
      expect(response.status).toBe(200);
      const { items } = (await response.json()) as { items: { name: string }[] };
      if (items.some((item) => item.name === name)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const health = async (url: string) =>
    (await (await fetch(`${url}/health`)).json()) as {
      readonly projector: string;
      readonly projections: readonly { readonly name: string; readonly state: string; readonly lagEvents: number }[];
    };

  it('the other projector takes over when the first one is killed; meanwhile the API answers and says how far behind', async () => {
    const api = await (await run('api', { SPOOR_PROJECTIONS: 'elsewhere' })).url;
    const first = await run('projector');
    const second = await run('projector');
    expect([(await health(await first.url)).projector, (await health(await second.url)).projector]).toEqual([
      'here',
      'waiting',
    ]);
    await shown(api, await register(api));
    await first.kill();
    const missed = await register(api);
    const { projector, projections } = await health(api);
    expect(projector).toBe('elsewhere');
    expect(projections.find(({ name }) => name === 'organisation-card')).toMatchObject({
      state: 'elsewhere',
      lagEvents: 1,
    });
    const began = performance.now();
    await shown(api, missed);
    expect(performance.now() - began).toBeLessThan(TAKEN_OVER_MS);
    expect((await health(await second.url)).projector).toBe('here');

    // One that leaves in order lets the next one begin at once.
    const third = await run('projector');
    await second.kill('SIGTERM');
    await shown(api, await register(api));
    expect((await health(await third.url)).projector).toBe('here');
  }, 180_000);
});
