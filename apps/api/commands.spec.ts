import { randomUUID } from 'node:crypto';
import { Api, as, JSON_TYPE, key, OPERATOR, problem, receiptOf, type Headers, type Network } from './harness.ts';

let api: Api;
let home: Network;
beforeAll(async () => {
  api = await Api.start();
  home = await api.network();
});
afterAll(() => api.stop());

describe('a command', () => {
  it('that makes something answers 201 with where it is', async () => {
    const response = await api.group(home);
    const { id } = await receiptOf(response.clone());
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
    const [first, second] = [await api.group(home, 'Werk', again), await api.group(home, 'Werk', again)];
    expect(second.status).toBe(201);
    expect(await second.json()).toEqual(await first.json());
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(await problem(await api.group(home, 'Zorg', again))).toMatchObject({
      status: 422,
      code: 'idempotency-key-reused',
    });
  });

  it('given at once many times has one effect', async () => {
    const again = key();
    const answers = await Promise.all(Array.from({ length: 8 }, () => api.group(home, 'Jeugd', again)));
    const receipts = await Promise.all(answers.map((answer) => answer.json()));
    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
  });

  it('on what exists needs the revision that was seen', async () => {
    const { id } = await receiptOf(await api.group(home));
    const rename = (name: string, headers: Headers) =>
      api.post(`/groups/${id}/rename`, { name }, { ...home.anyone, ...headers });
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
    const tried = await api.post(
      '/groups?dryRun=true',
      { network: home.id, name: 'X', kind: 'think-tank' },
      home.anyone,
    );
    expect(tried.status).toBe(200);
    expect(await tried.json()).toMatchObject({ dryRun: true, event: { type: 'GroupFounded', data: { name: 'X' } } });
    const before = await api.spoor.events.head();
    expect((await api.post('/groups?dryRun=true', { network: home.id, name: '', kind: 'x' }, home.anyone)).status).toBe(
      422,
    );
    expect(await api.spoor.events.head()).toEqual(before);
  });

  it('waits for the read models when it is asked to', async () => {
    const response = await api.group(home, 'Wacht', { prefer: 'wait=5' });
    expect(response.headers.get('preference-applied')).toBe('wait=5');
    const { position } = await receiptOf(response);
    for (const { position: at } of await api.spoor.projections.list()) expect(at! >= position!).toBe(true);
  });

  it('by the wrong role is 403, in another network 404, by nobody 401', async () => {
    const other = await api.network();
    const { id } = await receiptOf(await api.group(home));
    const end = (headers: Headers, thing = id) => api.post(`/groups/${thing}/end`, {}, { 'if-match': '*', ...headers });
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
    const response = await api.post(
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
    const response = await api.call('POST', '/api/v1/persons', { ...OPERATOR, 'if-match': '*', ...headers }, body);
    expect(await problem(response)).toMatchObject({ status, code });
  });

  it('is asked who acts before anything else of it is read', async () => {
    const response = await api.call('POST', '/api/v1/persons', { 'content-type': 'text/plain' }, '{');
    expect(await problem(response)).toMatchObject({ code: 'unauthenticated' });
  });

  it('leaves one line in the log, without names', async () => {
    api.lines.length = 0;
    await api.make('/persons', { name: 'Bea Voorbeeld' }, OPERATOR);
    const told = api.lines.filter((line) => line.includes('RegisterPerson'));
    expect(told).toHaveLength(1);
    expect(JSON.parse(told[0]!)).toMatchObject({ type: 'RegisterPerson', outcome: 'done', msg: 'command' });
    expect(api.lines.join('')).not.toContain('Bea');
  });
});
