import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { ProblemDocument } from '#http';
import { compose } from '../composition/compose.ts';
import { openMemory, type Stack } from '../composition/stack.ts';
import { makeLog } from './log.ts';
import { startServer, type Server } from './server.ts';
import type { Spoor } from './spoor.ts';

let stack: Stack;
let spoor: Spoor;
let server: Server;
const lines: string[] = [];

beforeAll(async () => {
  stack = openMemory();
  spoor = await compose(stack, 'system');
  server = await startServer(
    spoor,
    { host: '127.0.0.1', port: 0 },
    makeLog('info', { write: (line) => lines.push(line) }),
  );
});
afterAll(async () => {
  await server.stop();
  await spoor.close();
  await stack.close();
});

type Headers = Readonly<Record<string, string>>;
const OPERATOR = { 'spoor-actor': 'operator' };
const JSON_TYPE = { 'content-type': 'application/json' };
const key = () => ({ 'idempotency-key': randomUUID() });
const as = (person: string, role: string) => ({ 'spoor-actor': `${person}; role=${role}` });

const call = (method: string, path: string, headers: Headers = {}, body?: string | Uint8Array) =>
  fetch(server.url + path, { method, headers, ...(body !== undefined && { body }) });
const post = (path: string, body: unknown, headers: Headers) =>
  call('POST', `/api/v1${path}`, { ...JSON_TYPE, ...key(), ...headers }, JSON.stringify(body));
const get = (path: string, headers: Headers = {}) => call('GET', path, headers);
const receiptOf = async (response: Response) => {
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as { id: string; revision: number; position: string; event: { type: string } | null };
};
const make = async (path: string, body: unknown, headers: Headers) => receiptOf(await post(path, body, headers));
const problem = async (response: Response) => {
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const document = (await response.json()) as ProblemDocument;
  expect(document.status).toBe(response.status);
  expect(document.traceId).toMatch(/^[0-9a-f]{32}$/);
  return document;
};

/** A network with a back-office member, who is called An. */
async function network() {
  const { id } = await make('/networks', { kind: 'coalition', name: 'Mind the Gap', regions: ['11002'] }, OPERATOR);
  const { id: an } = await make('/persons', { name: 'An Voorbeeld' }, OPERATOR);
  await make(`/persons/${an}/give-role`, { role: 'back-office', network: id }, { ...OPERATOR, 'if-match': '*' });
  return { id, an, anyone: as(an, 'back-office') };
}
type Network = Awaited<ReturnType<typeof network>>;
let home: Network;
beforeAll(async () => {
  home = await network();
});
const group = ({ id, anyone }: Network, name = 'Wonen', headers: Headers = {}) =>
  post('/groups', { network: id, name, kind: 'action-group' }, { ...anyone, ...headers });

describe('a command', () => {
  it('that makes something answers 201 with where it is', async () => {
    const response = await group(home);
    const { id } = await receiptOf(response.clone() as Response);
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({
      stream: `group-${id}`,
      revision: 0,
      event: { type: 'GroupFounded' },
    });
    expect(response.headers.get('etag')).toBe('"0"');
    expect(response.headers.get('location')).toBe(`/api/v1/groups/${id}`);
    expect(response.headers.get('consistency-token')).toMatch(/^[\w-]+\.[\w-]{22}$/);
    expect(response.headers.get('idempotency-replayed')).toBeNull();
  });

  it('repeated with its key answers the same, and says so', async () => {
    const again = key();
    const [first, second] = [await group(home, 'Werk', again), await group(home, 'Werk', again)];
    expect(second.status).toBe(201);
    expect(await second.json()).toEqual(await first.json());
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(await problem(await group(home, 'Zorg', again))).toMatchObject({
      status: 422,
      code: 'idempotency-key-reused',
    });
  });

  it('given at once many times has one effect', async () => {
    const again = key();
    const answers = await Promise.all(Array.from({ length: 8 }, () => group(home, 'Jeugd', again)));
    const receipts = await Promise.all(answers.map((answer) => answer.json()));
    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
  });

  it('on what exists needs the revision that was seen', async () => {
    const { id } = await receiptOf(await group(home));
    const rename = (name: string, headers: Headers) =>
      post(`/groups/${id}/rename`, { name }, { ...home.anyone, ...headers });
    expect(await problem(await rename('Een', {}))).toMatchObject({ status: 428, code: 'revision-required' });
    const done = await rename('Een', { 'if-match': '"0"' });
    expect([done.status, done.headers.get('etag')]).toEqual([200, '"1"']);
    expect(await problem(await rename('Twee', { 'if-match': '"0"' }))).toMatchObject({
      status: 412,
      code: 'revision-conflict',
      currentRevision: 1,
      eventsSince: [{ type: 'GroupRenamed', revision: 1, actor: { subject: home.an, role: 'back-office' } }],
    });
    const same = await rename('Een', { 'if-match': '*' });
    expect([same.status, await same.json()]).toMatchObject([200, { event: null, revision: 1 }]);
  });

  it('tried out writes nothing', async () => {
    const tried = await post('/groups?dryRun=true', { network: home.id, name: 'X', kind: 'think-tank' }, home.anyone);
    expect(await tried.json()).toMatchObject({ dryRun: true, event: { type: 'GroupFounded', data: { name: 'X' } } });
    const before = await spoor.events.head();
    expect((await post('/groups?dryRun=true', { network: home.id, name: '', kind: 'x' }, home.anyone)).status).toBe(
      422,
    );
    expect(await spoor.events.head()).toEqual(before);
  });

  it('waits for the read models when it is asked to', async () => {
    const response = await group(home, 'Wacht', { prefer: 'wait=5' });
    expect(response.headers.get('preference-applied')).toBe('wait=5');
    const { position } = await receiptOf(response);
    for (const { position: at } of await spoor.projections.list()) expect(at! >= position).toBe(true);
  });

  it('by the wrong role is 403, in another network 404, by nobody 401', async () => {
    const other = await network();
    const { id } = await receiptOf(await group(home));
    const end = (headers: Headers, thing = id) => post(`/groups/${thing}/end`, {}, { 'if-match': '*', ...headers });
    expect(await problem(await end(OPERATOR))).toMatchObject({
      status: 403,
      code: 'forbidden',
      allowed: ['back-office'],
    });
    const foreign = await problem(await end(other.anyone));
    const missing = await problem(await end(other.anyone, randomUUID()));
    expect({ ...foreign, instance: '', traceId: '' }).toEqual({ ...missing, instance: '', traceId: '' });
    expect(foreign).toMatchObject({ status: 404, code: 'not-found' });
    for (const headers of [
      {},
      as(randomUUID(), 'back-office'),
      { 'spoor-actor': 'root' },
      { authorization: 'Bearer x' },
    ]) {
      const refused = await end(headers);
      expect(refused.headers.get('www-authenticate')).toContain('Spoor-Actor');
      expect(await problem(refused)).toMatchObject({ status: 401, code: 'unauthenticated' });
    }
  });

  it('with a wrong body says where, in the language asked for', async () => {
    const response = await post(
      '/groups',
      { network: 'x', kind: 'action-group', revision: 1, evidence: [{ title: 'x' }] },
      { ...home.anyone, 'accept-language': 'fr-BE, en;q=0.5' },
    );
    expect(response.headers.get('content-language')).toBe('fr');
    expect(await problem(response)).toMatchObject({
      status: 422,
      code: 'validation-failed',
      title: 'Quelque chose n’est pas correct dans votre envoi',
      errors: expect.arrayContaining([
        { pointer: '/revision', code: 'unknown-member', message: 'is not a member of this body' },
        { pointer: '/name', code: 'missing', message: 'is required' },
        { pointer: '/network', code: 'is-id', message: 'network is an id (lower-case UUID)' },
        { pointer: '/evidence/0/sha256', code: 'missing', message: 'is required' },
      ]) as unknown,
    });
  });

  it.each([
    ['no key', JSON_TYPE, '{}', 400, 'idempotency-key-missing'],
    ['a key of two words', { ...JSON_TYPE, 'idempotency-key': 'a b' }, '{}', 400, 'invalid-header'],
    ['no type', { ...key(), 'content-type': '' }, '{}', 415, 'unsupported-media-type'],
    ['plain text', { ...key(), 'content-type': 'text/plain' }, '{}', 415, 'unsupported-media-type'],
    ['a form', { ...key(), 'content-type': 'application/x-www-form-urlencoded' }, 'a=1', 415, 'unsupported-media-type'],
    ['no body', { ...key(), ...JSON_TYPE }, '', 400, 'malformed-json'],
    ['a body twice', { ...key(), ...JSON_TYPE }, '{}{}', 400, 'malformed-json'],
    ['__proto__', { ...key(), ...JSON_TYPE }, '{"__proto__":{"admin":true}}', 400, 'forbidden-member'],
    ['a member twice', { ...key(), ...JSON_TYPE }, '{"name":"a","name":"b"}', 400, 'duplicate-member'],
    ['5,000 levels', { ...key(), ...JSON_TYPE }, `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, 400, 'too-deep'],
    ['300 KiB', { ...key(), ...JSON_TYPE }, `{"a":"${'x'.repeat(300_000)}"}`, 413, 'body-too-large'],
    ['a wrong revision', { ...key(), ...JSON_TYPE, 'if-match': 'abc' }, '{"name":"x"}', 400, 'invalid-header'],
    ['a wrong Prefer', { ...key(), ...JSON_TYPE, prefer: 'wait=x' }, '{"name":"x"}', 400, 'invalid-header'],
    ['a stated now', { ...key(), ...JSON_TYPE, 'spoor-now': '2026-01-01T00:00:00Z' }, '{}', 400, 'clock-not-simulated'],
    ['gzip', { ...key(), ...JSON_TYPE, 'content-encoding': 'gzip' }, '\u001F\u008B', 400, 'malformed-json'],
  ])('with %s is refused', async (_, headers, body, status, code) => {
    const response = await call('POST', '/api/v1/persons', { ...OPERATOR, 'if-match': '*', ...headers }, body);
    expect(await problem(response)).toMatchObject({ status, code });
  });

  it('is asked who acts before anything else of it is read', async () => {
    const response = await call('POST', '/api/v1/persons', { 'content-type': 'text/plain' }, '{');
    expect(await problem(response)).toMatchObject({ code: 'unauthenticated' });
  });

  it('leaves one line in the log, without names', async () => {
    lines.length = 0;
    await make('/persons', { name: 'Bea Voorbeeld' }, OPERATOR);
    const told = lines.filter((line) => line.includes('RegisterPerson'));
    expect(told).toHaveLength(1);
    expect(JSON.parse(told[0]!)).toMatchObject({ type: 'RegisterPerson', outcome: 'done', msg: 'command' });
    expect(lines.join('')).not.toContain('Bea');
  });
});

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
    const response = await new Promise<string>((resolve, reject) =>
      raw(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`).then(resolve, reject),
    );
    expect(response).toContain('HTTP/1.1 404');
    expect(response).toContain('"code":"no-such-page"');
  });

  it('says which methods it takes', async () => {
    const response = await call('DELETE', '/api/v1/groups', OPERATOR);
    expect(response.headers.get('allow')).toBe('POST');
    expect(await problem(response)).toMatchObject({ status: 405, code: 'method-not-allowed', allow: ['POST'] });
    expect((await call('OPTIONS', '/livez')).headers.get('allow')).toBe('GET, HEAD');
  });

  it('that has no thing with such an id is refused by name', async () => {
    for (const id of ['x', '$all', 'a-b-c', '..%2f', home.id.toUpperCase(), '%00', '%F0%9F%92%A9'])
      expect(await problem(await post(`/groups/${id}/end`, {}, { ...OPERATOR, 'if-match': '*' }))).toMatchObject({
        status: 400,
        code: 'invalid-parameter',
        errors: [{ parameter: 'id' }],
      });
  });

  it.each(['?x=1', '?dryRun=1', '?dryRun=true&dryRun=true', '?__proto__[x]=1'])('refuses %s', async (query) =>
    expect((await problem(await post(`/persons${query}`, { name: 'x' }, OPERATOR))).status).toBe(400),
  );

  it('answers HEAD as GET, without the body', async () => {
    const response = await call('HEAD', '/health');
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it('protects what it answers', async () => {
    for (const path of ['/health', '/api/docs', '/api/v1/nothing']) {
      const { headers } = await get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

/** What the server says to these bytes, until it closes. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.end(bytes);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

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
    const answer = await raw(bytes);
    expect(answer.split(' ')[1]).toBe(String(status));
    expect(answer).toContain('application/problem+json');
    expect(answer).not.toMatch(/stack|node_modules|fastify/i);
  });
});

describe('for anyone', () => {
  it('the server says how it is', async () => {
    expect(await (await get('/livez')).text()).toBe('ok');
    expect((await get('/readyz')).status).toBe(200);
    expect(await (await get('/health')).json()).toMatchObject({
      status: 'ok',
      stack: 'embedded',
      clock: { kind: 'system' },
      paused: [],
      projections: expect.arrayContaining([expect.objectContaining({ name: 'action-card', lagEvents: 0 })]) as unknown,
    });
    const metrics = await (await get('/metrics')).text();
    expect(metrics).toMatch(/command_total\{type="FoundGroup",outcome="done"\} \d/);
    expect(metrics).toContain('projection_lag_events{projection="action-card"} 0');
  });

  it('there are docs, from this machine only', async () => {
    const page = await (await get('/api/docs')).text();
    const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file!);
    expect(files.filter((file) => !file.startsWith('/api/docs/') && file !== 'data:,')).toEqual([]);
    for (const file of files.filter((file) => file.startsWith('/'))) expect((await get(file)).status).toBe(200);
    expect(await (await get('/openapi.json')).json()).toMatchObject({ openapi: '3.1.0' });
  });

  it('a problem explains itself in three languages', async () => {
    expect(await (await get('/problems/lead-required')).json()).toMatchObject({
      status: 409,
      title: { nl: 'Er is nog geen trekker' },
    });
    const page = await (await get('/problems/lead-required', { accept: 'text/html', 'accept-language': 'fr' })).text();
    expect(page).toMatch(/lang="fr".*Il n’y a pas encore de responsable.*Er is nog geen trekker/s);
  });
});

/** Listens until `count` messages or, without a number, until the end. */
async function listen(query: string, headers: Headers, count = Infinity) {
  const leave = new AbortController();
  const response = await fetch(`${server.url}/api/v1/stream${query}`, { headers, signal: leave.signal });
  const messages: {
    id: string;
    event: string;
    data: { type: string; sequence: string; network: string; data: object };
  }[] = [];
  const done = (async () => {
    let text = '';
    if (count === 0) return;
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const parts = text.split('\n\n');
      text = parts.pop()!;
      for (const part of parts) {
        const fields = Object.fromEntries(part.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2))) as Record<
          string,
          string
        >;
        if (fields['data'] !== undefined)
          messages.push({ id: fields['id']!, event: fields['event']!, data: JSON.parse(fields['data']) as never });
        if (messages.length >= count) return;
      }
    }
  })().finally(() => leave.abort());
  return { response, messages, done };
}

describe('the stream', () => {
  it('tells the events of the caller’s networks as they come, and no others', async () => {
    const other = await network();
    const { messages, done, response } = await listen('', home.anyone, 2);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    await group(other, 'Elders');
    const { id, position } = await receiptOf(await group(home, 'Hier'));
    await post(`/groups/${id}/rename`, { name: 'Hier ook' }, { ...home.anyone, 'if-match': '*' });
    await done;
    expect(messages.map(({ event }) => event)).toEqual(['group-founded', 'group-renamed']);
    expect(messages[0]).toMatchObject({
      id: position,
      data: {
        specversion: '1.0',
        source: '/api/v1/groups',
        type: 'be.spoor.group-founded.v1',
        subject: id,
        sequence: position,
        network: home.id,
        authid: home.an,
        data: { name: 'Hier' },
      },
    });
  });

  it('goes on where it was, without gap and without double', async () => {
    const fresh = await network();
    for (let i = 0; i < 20; i++) await group(fresh, `G${i}`);
    const all = await listen('?lastEventId=earliest', fresh.anyone, 22);
    const writing = (async () => {
      for (let i = 20; i < 40; i++) await group(fresh, `G${i}`);
    })();
    await all.done;
    expect(all.response.headers.get('stream-resumed-from')).toBe('earliest');
    const last = all.messages.at(-1)!.id;
    const rest = await listen('?topics=groups', { ...fresh.anyone, 'last-event-id': last }, 20);
    expect(rest.response.headers.get('stream-resumed-from')).toBe(last);
    await Promise.all([rest.done, writing]);
    const names = [...all.messages, ...rest.messages].flatMap(({ event, data }) =>
      event === 'group-founded' ? [(data.data as { name: string }).name] : [],
    );
    expect(names).toEqual(Array.from({ length: 40 }, (_, i) => `G${i}`));
  });

  it.each([
    ['?network=x', 400, 'invalid-parameter'],
    [`?network=${randomUUID()}`, 404, 'not-found'],
    ['?topics=groups,money', 400, 'invalid-parameter'],
    ['?topic=groups', 400, 'unknown-parameter'],
    ['?lastEventId=zzzz', 409, 'unknown-token'],
    ['?lastEventId=!', 409, 'unknown-token'],
  ])('%s is refused', async (query, status, code) =>
    expect(await problem(await get(`/api/v1/stream${query}`, home.anyone))).toMatchObject({ status, code }),
  );

  it('needs somebody who acts', async () => expect((await get('/api/v1/stream')).status).toBe(401));
});

describe('the read models', () => {
  it('are the operator’s to see, rebuild, compare and switch', async () => {
    const list = (await (await get('/api/v1/projections', OPERATOR)).json()) as {
      items: { name: string; generation: number }[];
    };
    expect(list.items.map(({ name }) => name)).toContain('group-card');
    expect(await problem(await get('/api/v1/projections', home.anyone))).toMatchObject({ status: 403 });
    expect((await post('/projections/nothing/rebuild', {}, OPERATOR)).status).toBe(404);
    expect((await post('/projections/group-card/rebuild', {}, home.anyone)).status).toBe(403);
    expect((await post('/projections/group-card/activate', { generation: 'x' }, OPERATOR)).status).toBe(422);
    const rebuilt = await call('POST', '/api/v1/projections/group-card/rebuild', { ...OPERATOR, ...key() });
    expect(rebuilt.status).toBe(202);
  });
});

describe('a graceful stop', () => {
  it('finishes what is under way, ends the streams and takes nothing new', async () => {
    const own = await startServer(spoor, { host: '127.0.0.1', port: 0 }, makeLog('silent'));
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
