import { randomUUID } from 'node:crypto';
import { makeLog } from '../../apps/api/log.ts';
import { startServer, type Server } from '../../apps/api/server.ts';
import type { Spoor } from '../../apps/api/spoor.ts';
import { compose } from '../../apps/composition/compose.ts';
import type { Stack } from '../../apps/composition/stack.ts';
import { startNode, type PretendNode } from '../servers/eventstoredb/index.ts';
import { startMongo, type PretendMongo } from '../servers/mongodb/index.ts';
import { openOn } from './stacks.ts';

/** Contractual, ×5 for a busy machine. */
const ANSWERED_MS = 5 * 5_000;
const RECOVERED_MS = 5 * 2_000;
const OPERATOR = { 'Spoor-Actor': 'operator' };

/** Fails when it takes longer; gives what it comes to. */
async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await work();
  expect(performance.now() - began).toBeLessThan(ms);
  return result;
}

describe('on the server stack (pretend EventStoreDB, pretend MongoDB)', () => {
  let node: PretendNode;
  let mongo: PretendMongo;
  let stack: Stack;
  let spoor: Spoor;
  let server: Server;
  beforeAll(async () => {
    [node, mongo] = await Promise.all([startNode(), startMongo({})]);
    stack = await openOn(node, mongo);
    spoor = await compose(stack, 'system');
    server = await startServer(spoor, { host: '127.0.0.1', port: 0 }, makeLog('silent'));
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
    await spoor?.close();
    await stack?.close();
  }, 60_000);

  const ask = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${server.url}${path}`, { headers: { ...OPERATOR, ...headers } });
  const register = (key: string = randomUUID()): Promise<Response> =>
    fetch(`${server.url}/api/v1/organisations`, {
      method: 'POST',
      headers: { ...OPERATOR, 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify({ name: `Organisatie ${key}`, sector: 'other' }),
    });
  const codeOf = async (response: Response): Promise<string> => ((await response.json()) as { code: string }).code;
  const names = async (): Promise<readonly string[]> => {
    const response = await ask('/api/v1/organisations?limit=200');
    expect(response.status).toBe(200);
    return ((await response.json()) as { items: { name: string }[] }).items.map(({ name }) => name);
  };
  /** Until it is done, whatever is answered meanwhile: what a client with patience does. */
  const done = async (key: string): Promise<Response> => {
    for (;;) {
      const response = await register(key);
      if (response.status < 300) return response;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const shown = async (key: string): Promise<void> => {
    while (!(await names()).includes(`Organisatie ${key}`)) await new Promise((resolve) => setTimeout(resolve, 50));
  };

  /** How the log goes away, and what brings it back. */
  const ways: readonly (readonly [string, () => Promise<void>, () => Promise<void>])[] = [
    ['killed', () => node.kill(), () => node.start()],
    ['stopped', () => node.stop(), () => node.start()],
    ['silent', () => node.pause(), () => node.resume()],
  ];

  it.each(ways)(
    'EventStoreDB %s: commands are refused in time, reads go on, and all of it is back soon, without gap or double',
    async (_, away, back) => {
      const before = randomUUID();
      expect((await register(before)).status).toBe(201);
      await shown(before);
      const { position } = await spoor.events.head();
      const subscription = spoor.events.subscribe({ name: 'listener', after: position });
      const heard: string[] = [];
      const listening = (async () => {
        for await (const item of subscription)
          if (item.kind === 'events') heard.push(...item.events.map(({ id }) => id));
      })();
      await away();
      const keys = [randomUUID(), randomUUID(), randomUUID()];
      const refusals = await within(ANSWERED_MS, () => Promise.all(keys.map((key) => register(key))));
      for (const refusal of refusals) {
        expect([refusal.status, refusal.headers.get('retry-after')]).toEqual([503, '1']);
        expect(['store-unavailable', 'outcome-unknown']).toContain(await codeOf(refusal));
      }
      expect(await names()).toContain(`Organisatie ${before}`);
      expect((await ask('/readyz')).status).toBe(200);
      expect(await (await ask('/health')).json()).toMatchObject({
        status: 'degraded',
        log: { kind: 'eventstoredb', reached: false },
        readModels: { kind: 'mongodb', reached: true },
      });
      await back();
      await within(RECOVERED_MS, async () => {
        await Promise.all(keys.map((key) => done(key)));
        await shown(keys[2]!);
        while (heard.length < keys.length) await new Promise((resolve) => setTimeout(resolve, 20));
      });
      const all: string[] = [];
      for await (const page of spoor.events.readAll({ after: position })) all.push(...page.map(({ id }) => id));
      expect(all).toHaveLength(keys.length);
      expect(heard).toEqual(all);
      await subscription.close();
      await listening;
    },
    120_000,
  );

  it('MongoDB away: no command fails, questions are refused in time, and all of it is back soon', async () => {
    await mongo.kill();
    const keys = [randomUUID(), randomUUID()];
    for (const key of keys) expect((await register(key)).status).toBe(201);
    const refused = await within(ANSWERED_MS, () => ask('/api/v1/organisations'));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect((await ask('/readyz')).status).toBe(503);
    expect(await (await ask('/health')).json()).toMatchObject({ status: 'degraded', readModels: { reached: false } });
    await mongo.start();
    await within(RECOVERED_MS, async () => {
      for (;;) {
        const response = await ask('/api/v1/organisations?limit=200');
        if (response.status === 200) break;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      for (const key of keys) await shown(key);
    });
  }, 120_000);

  it('says which mode the read models are in', async () => {
    expect(await (await ask('/health')).json()).toMatchObject({
      stack: 'server',
      status: 'ok',
      log: { kind: 'eventstoredb', reached: true },
      readModels: { kind: 'mongodb', reached: true, atomic: true },
      projector: 'here',
    });
  });
});
