import { once } from 'node:events';
import { connect } from 'node:net';
import { Api, key, OPERATOR, problem, type Network } from './harness.ts';
import { makeLog } from './log.ts';
import { startServer } from './server.ts';

let api: Api;
let home: Network;
beforeAll(async () => {
  api = await Api.start();
  home = await api.network();
});
afterAll(() => api.stop());

describe('an address', () => {
  it.each([
    '/api/v1/groupz',
    '/api/v1/groups/',
    '//api/v1/groups',
    '/API/v1/groups',
    '/api/v1/groups;x=1',
    '/api/docs/../../package.json',
    '/api/docs/%2e%2e%2fpackage.json',
    '/problems/constructor',
  ])('%s is 404', async (path) => {
    const response = await api.raw(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(response).toContain('HTTP/1.1 404');
    expect(response).toContain('"code":"no-such-page"');
  });

  it('says which methods it takes', async () => {
    const response = await api.call('DELETE', '/api/v1/groups', OPERATOR);
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST');
    expect(await problem(response)).toMatchObject({
      status: 405,
      code: 'method-not-allowed',
      allow: ['GET', 'HEAD', 'POST'],
    });
    expect((await api.call('OPTIONS', '/livez')).headers.get('allow')).toBe('GET, HEAD');
  });

  it('that has no thing with such an id is refused by name', async () => {
    for (const id of ['x', '$all', 'a-b-c', '..%2f', home.id.toUpperCase(), '%00', '%F0%9F%92%A9'])
      expect(await problem(await api.post(`/groups/${id}/end`, {}, { ...OPERATOR, 'if-match': '*' }))).toMatchObject({
        status: 400,
        code: 'invalid-parameter',
        errors: [{ parameter: 'id' }],
      });
  });

  it.each(['?x=1', '?dryRun=1', '?dryRun=true&dryRun=true', '?__proto__[x]=1'])('refuses %s', async (query) =>
    expect((await problem(await api.post(`/persons${query}`, { name: 'x' }, OPERATOR))).status).toBe(400),
  );

  it('answers HEAD as GET, without the body', async () => {
    const response = await api.call('HEAD', '/health');
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it('protects what it answers', async () => {
    for (const path of ['/health', '/api/docs', '/api/v1/nothing']) {
      const { headers } = await api.get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

describe('a connection', () => {
  it.each([
    [
      'a name that is not this machine’s',
      'GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
      421,
    ],
    ['no HTTP', 'HELLO\r\n\r\n', 400],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 421],
    ['a header of 17 kB', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`, 431],
    ['a URL of 20 kB', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431],
    ['a URL that cannot be read', 'GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', 400],
    [
      'an id of 200 characters',
      `POST /api/v1/groups/${'x'.repeat(200)}/end HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
      414,
    ],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
  ])('with %s is refused as a problem', async (_, bytes, status) => {
    const answer = await api.raw(bytes);
    expect(answer.split(' ')[1]).toBe(String(status));
    expect(answer).toContain('application/problem+json');
    expect(answer).not.toMatch(/stack|node_modules|fastify/i);
  });
});

describe('for anyone', () => {
  it('the server says how it is', async () => {
    expect(await (await api.get('/livez')).text()).toBe('ok');
    expect((await api.get('/readyz')).status).toBe(200);
    expect(await (await api.get('/health')).json()).toMatchObject({
      status: 'ok',
      stack: 'embedded',
      clock: { kind: 'system' },
      paused: [],
      projections: expect.arrayContaining([expect.objectContaining({ name: 'action-card', lagEvents: 0 })]) as unknown,
    });
    const metrics = await (await api.get('/metrics')).text();
    expect(metrics).toMatch(/command_total\{type="FoundNetwork",outcome="done"\} \d/);
    expect(metrics).toContain('projection_lag_events{projection="action-card"} 0');
  });

  it('there are docs, from this machine only', async () => {
    const page = await (await api.get('/api/docs')).text();
    const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file!);
    expect(files.filter((file) => !file.startsWith('/api/docs/') && file !== 'data:,')).toEqual([]);
    for (const file of files.filter((file) => file.startsWith('/'))) expect((await api.get(file)).status).toBe(200);
    expect(await (await api.get('/openapi.json')).json()).toMatchObject({ openapi: '3.1.0' });
  });

  it('a problem explains itself in three languages', async () => {
    expect(await (await api.get('/problems/lead-required')).json()).toMatchObject({
      status: 409,
      title: { nl: 'Er is nog geen trekker' },
    });
    const page = await (
      await api.get('/problems/lead-required', { accept: 'text/html', 'accept-language': 'fr' })
    ).text();
    expect(page).toMatch(/lang="fr".*Il n’y a pas encore de responsable.*Er is nog geen trekker/s);
  });
});

describe('the read models', () => {
  it('are the operator’s to see, rebuild, compare and switch', async () => {
    const list = (await (await api.get('/api/v1/projections', OPERATOR)).json()) as {
      items: { name: string; generation: number }[];
    };
    expect(list.items.map(({ name }) => name)).toContain('group-card');
    expect(await problem(await api.get('/api/v1/projections', home.anyone))).toMatchObject({ status: 403 });
    expect((await api.post('/projections/nothing/rebuild', {}, OPERATOR)).status).toBe(404);
    expect((await api.post('/projections/group-card/rebuild', {}, home.anyone)).status).toBe(403);
    expect((await api.post('/projections/group-card/activate', { generation: 'x' }, OPERATOR)).status).toBe(422);
    const rebuilt = await api.call('POST', '/api/v1/projections/group-card/rebuild', { ...OPERATOR, ...key() });
    expect(rebuilt.status).toBe(202);
  });
});

describe('a graceful stop', () => {
  it('finishes what is under way, ends the streams and takes nothing new', async () => {
    const own = await startServer(api.spoor, { host: '127.0.0.1', port: 0 }, makeLog('silent'));
    const stream = await fetch(`${own.url}/api/v1/stream`, { headers: home.anyone });
    const socket = connect(Number(new URL(own.url).port), '127.0.0.1');
    const body = JSON.stringify({ name: 'Op de valreep' });
    socket.write(
      `POST /api/v1/persons HTTP/1.1\r\nHost: localhost\r\nSpoor-Actor: operator\r\nContent-Type: application/json\r\n` +
        `Idempotency-Key: last\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    const stopped = own.stop();
    socket.write(body);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(String(answer)).toMatch(/^HTTP\/1.1 201/);
    expect(await stream.text()).toMatch(/retry: 3000\n\n$/);
    await stopped;
    await expect(fetch(`${own.url}/livez`)).rejects.toThrow('fetch failed');
  });
});
