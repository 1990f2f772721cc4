import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { consistencyTokens } from '#http';
import type { Position } from '#kernel';
import { seed } from '../seed/seed.ts';
import { Api, as, problem, receiptOf, type Headers } from './harness.ts';
import { makeLog } from './log.ts';
import { startServer, type Server } from './server.ts';
import type { Spoor } from './spoor.ts';

let api: Api;
/** A network of the demo, and who is its back office. */
let home: { readonly id: string; readonly name: string; readonly an: string; readonly anyone: Headers };
/** What every proposal there says. */
let content: object;
/** More than two pages of 200. */
const MORE = 450;
/** For what reads many lists, or a long one twice. */
const SLOW_MS = 30_000;
beforeAll(async () => {
  api = await Api.start('simulated');
  await seed(api.spoor);
  await settleIn();
  for (let n = 0; n < MORE; n++) await propose(`Actie ${n}`, n * 100 + 1);
}, 120_000);
afterAll(() => api.stop());

/** Finds a network of the demo where more can be proposed like what was proposed there. */
async function settleIn(): Promise<void> {
  for await (const page of api.spoor.events.readAll())
    for (const stored of page) {
      const { stream, type, data } = api.spoor.decode(stored)!;
      const { role, network = '' } = data as { readonly role?: string; readonly network?: string };
      if (type !== 'RoleGiven' || role !== 'back-office') continue;
      home = { id: network, name: '', an: stream.id, anyone: as(stream.id, role) };
      const { items, names } = (await (await list('')).json()) as { items: Row[]; names: Record<string, string> };
      const { group, objectives, regions } = items.find((one) => one.group !== null) ?? {};
      content = { network, group, objectives, regions };
      home = { ...home, name: names[network] ?? '' };
      const tried = await api.post('/actions?dryRun=true', proposal('Proef', 1), home.anyone);
      if (tried.ok) return;
    }
  throw new Error('nothing can be proposed in the demo');
}

const proposal = (title: string, budgetCents: number) => ({
  ...content,
  title: { nl: title },
  targetGroup: 'jongeren',
  intendedChange: 'een thuis',
  horizon: 'short',
  plan: { text: '=1+1, "een"' },
  partners: [],
  budgetCents,
});
const propose = (title: string, budgetCents: number) =>
  api.make('/actions', proposal(title, budgetCents), { ...home.anyone, prefer: 'wait=5' });

interface Row {
  readonly id: string;
  readonly title: { readonly nl: string };
  readonly group: string | null;
  readonly objectives: readonly string[];
  readonly regions: readonly string[];
}
const list = (suffix: string, more = '', headers = {}) =>
  api.get(`/api/v1/actions${suffix}?network=${home.id}${more}`, { ...home.anyone, ...headers });
const rows = (text: string): Row[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Row);

/** The items of all JSON pages. */
async function paged(path: string, query: string): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  let cursor = '';
  for (;;) {
    const page = (await (await api.get(`${path}?${query}&limit=200${cursor}`, home.anyone)).json()) as {
      items: unknown[];
      next: string | null;
    };
    all.push(...page.items);
    if (page.next === null) return all;
    cursor = `&cursor=${encodeURIComponent(page.next)}`;
  }
}

describe('a list as a file', () => {
  it('has all of it, in order, line by line', async () => {
    const response = await list('.ndjson');
    const text = await response.text();
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="actions-\d{4}-\d\d-\d\d.ndjson"$/,
    );
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('as-of')).toBe((await api.spoor.events.head()).position);
    expect(rows(text).length).toBeGreaterThan(MORE);
    expect(rows(text)).toEqual(await paged('/api/v1/actions', `network=${home.id}`));
  });

  it('is CSV for spreadsheets', async () => {
    const response = await list('.csv', '&status=proposed');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(response.headers.get('content-disposition')).toMatch(/filename="actions-.*\.csv"/);
    const [head, ...lines] = (await response.text()).split('\r\n');
    const columns = head!.split(',');
    expect(columns.slice(0, 7)).toEqual([
      'id',
      'network',
      'network.name',
      'title.nl',
      'title.fr',
      'title.en',
      'status',
    ]);
    expect(lines.length).toBeGreaterThan(MORE);
    const cells = lines.find((line) => line.includes(',Actie 12,'))!.split(',');
    expect([cells[2], cells[3], cells[columns.indexOf('budget')]]).toEqual([home.name, 'Actie 12', '12.01']);
    const excel = await (await list('.csv', '&dialect=excel-be')).arrayBuffer();
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(excel);
    expect(text).toMatch(/^\uFEFFid;network;/);
    expect(text).toMatch(/;12,01;/);
  });

  it(
    'is there for every list, and says what its pages say',
    async () => {
      const lists = api.spoor.catalogue.queries.filter(({ result }) => 'next' in (result['properties'] as object));
      expect(lists.length).toBeGreaterThan(8);
      for (const { path } of lists.filter(({ path }) => !path.includes('{'))) {
        const query = await queryOf(path);
        const response = await api.get(`/api/v1${path}.ndjson?${query}`, home.anyone);
        expect([path, response.status]).toEqual([path, 200]);
        const lines = rows(await response.text());
        expect([path, lines]).toEqual([path, await paged(`/api/v1${path}`, query)]);
        const csv = await (await api.get(`/api/v1${path}.csv?${query}`, home.anyone)).text();
        expect(csv.split('\r\n').length).toBeGreaterThan(lines.length);
      }
    },
    SLOW_MS,
  );

  /** Lists of a network need to be told which, and what was measured, of what. */
  async function queryOf(path: string): Promise<string> {
    if ((await api.get(`/api/v1${path}`, home.anyone)).ok) return '';
    const query = `network=${home.id}`;
    if (path !== '/measurements') return query;
    const { example } = api.spoor.catalogue.commands.find(({ name }) => name === 'DefineIndicator')!;
    const definition = { ...example, network: home.id, baseline: null, owner: null, objectives: [] };
    const { id } = await api.make('/indicators', definition, home.anyone);
    return `${query}&indicator=${id}`;
  }

  it('is of one moment, whatever is written while it is read', async () => {
    const entry = api.spoor.catalogue.queries.find(({ name }) => name === 'listActions')!;
    const actor = { subject: home.an, role: 'back-office' };
    const before = rows(await (await list('.ndjson')).text()).map(({ id }) => id);
    const pages = api.spoor.queries.pages(entry, { network: home.id }, {}, actor);
    const seen: string[] = [];
    const positions = new Set<unknown>();
    for await (const page of pages) {
      const { items, asOf } = (page as unknown as { value: { items: Row[]; asOf: string } }).value;
      seen.push(...items.map(({ id }) => id));
      positions.add(asOf);
      await propose('Intussen', 1);
    }
    expect(seen).toEqual(before);
    expect(positions.size).toBe(1);
  });

  it('is as of the moment asked for', async () => {
    const then = (await api.spoor.events.head()).position!;
    const now = rows(await (await list('.ndjson')).text()).length;
    await propose('Later', 1);
    const response = await list('.ndjson', `&asOf=${then}`);
    expect(response.headers.get('as-of')).toBe(then);
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="actions-${then}.ndjson"`);
    expect(rows(await response.text())).toHaveLength(now);
    expect(rows(await (await list('.ndjson')).text())).toHaveLength(now + 1);
    const past = await list('.csv', '&asOf=1999-12-31');
    expect(past.headers.get('content-disposition')).toBe('attachment; filename="actions-1999-12-31.csv"');
    expect([past.headers.get('as-of'), (await past.text()).match(/\r\n/g)]).toEqual([null, ['\r\n']]);
  });

  it('reflects at once what its token says', async () => {
    const made = await api.group(home, 'Zorg, en zo');
    const { position } = await receiptOf(made.clone());
    const response = await api.get(`/api/v1/groups.csv?network=${home.id}`, {
      ...home.anyone,
      'consistency-token': made.headers.get('consistency-token')!,
    });
    expect(await response.text()).toContain(',"Zorg, en zo",');
    expect(response.headers.get('as-of')! >= position!).toBe(true);
  });

  it('that cannot be up to date in time is refused, or marked', async () => {
    const later = consistencyTokens(api.spoor.tokenKey, api.spoor.logId).issue('fffffffffffffff0' as Position);
    const strict = await list('.csv', '', { 'consistency-token': later, prefer: 'wait=0' });
    expect(await problem(strict)).toMatchObject({ status: 503, code: 'projection-behind' });
    const lenient = await list('.csv', '', { 'consistency-token': later, prefer: 'wait=0, handling=lenient' });
    expect([lenient.status, lenient.headers.get('preference-applied')]).toEqual([200, 'handling=lenient']);
    expect(lenient.headers.get('projection-position')).toMatch(/^[0-9a-f]{16}$/);
    await lenient.text();
  });

  it('answers HEAD without reading it', async () => {
    const response = await api.call('HEAD', `/api/v1/actions.csv?network=${home.id}`, home.anyone);
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(response.headers.get('content-type')).toContain('text/csv');
  });

  it.each([
    ['.csv', '&limit=10', 'unknown-parameter', 'limit'],
    ['.csv', '&cursor=x', 'unknown-parameter', 'cursor'],
    ['.csv', '&phase=x', 'unknown-parameter', 'phase'],
    ['.csv', '&status=x', 'invalid-parameter', 'status'],
    ['.csv', '&asOf=yesterday', 'invalid-parameter', 'asOf'],
    ['.csv', '&dialect=excel-nl', 'invalid-parameter', 'dialect'],
    ['.csv', '&dialect=toString', 'invalid-parameter', 'dialect'],
    ['.ndjson', '&dialect=excel-be', 'unknown-parameter', 'dialect'],
  ])('%s with %s is 400', async (suffix, more, code, parameter) => {
    const refused = await problem(await list(suffix, more));
    expect([refused.status, refused.code, refused.errors?.[0]?.parameter]).toEqual([400, code, parameter]);
  });

  it('of another network is 404, in a role that may not ask 403, by nobody 401, of one thing not there', async () => {
    const other = await api.network();
    const foreign = await api.get(`/api/v1/actions.csv?network=${home.id}`, other.anyone);
    expect(await problem(foreign)).toMatchObject({ status: 404, code: 'not-found' });
    const member = { 'spoor-actor': `${home.an}; role=member` };
    expect(await problem(await list('.csv', '', member))).toMatchObject({ status: 403 });
    expect(await problem(await api.get('/api/v1/actions.csv'))).toMatchObject({ status: 401 });
    const board = await api.get(`/api/v1/action-board.csv?network=${home.id}`, home.anyone);
    expect(await problem(board)).toMatchObject({ status: 404, code: 'no-such-page' });
  });
});

describe('a history as a text', () => {
  const history = (more = '') => api.get(`/api/v1/networks/${home.id}/history.txt${more}`, home.anyone);

  it(
    'has a line for every event, in the language asked for, as of one moment',
    async () => {
      const response = await history('?language=fr');
      expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(response.headers.get('content-disposition')).toMatch(/filename="network-history-\d{4}-\d\d-\d\d\.txt"/);
      const [title, moment, blank, ...lines] = (await response.text()).split('\n');
      expect(title).toMatch(/^Historique du réseau /);
      expect(moment).toBe(`Jusqu’à la position ${response.headers.get('as-of')} du journal`);
      const items = await paged(`/api/v1/networks/${home.id}/history`, '');
      expect([blank, lines.pop(), lines.length]).toEqual(['', '', items.length]);
      expect(lines.length).toBeGreaterThan(MORE);
      expect(lines.every((line) => line.startsWith('- '))).toBe(true);
    },
    SLOW_MS,
  );

  it('says which moment it is of, on both clocks', async () => {
    const text = await (await history('?asOf=2022-06-30&effectiveAt=2021-12-31')).text();
    expect(text.split('\n')[1]).toMatch(
      /^Tot en met positie [0-9a-f]{16} van het logboek, zoals bekend op 30 juni 2022, zoals het gold op 31 december 2021$/,
    );
  });

  it('is for histories only, in nl, fr or en', async () => {
    expect(await problem(await history('?language=de'))).toMatchObject({ status: 400, code: 'invalid-parameter' });
    expect(await problem(await list('.txt'))).toMatchObject({ status: 404, code: 'no-such-page' });
  });
});

describe('a response that is long', () => {
  /** A list without end, or that fails after so many pages. */
  async function serving(
    failsAfter = Infinity,
  ): Promise<{ server: Server; told: { pages: number; left: boolean }; lines: string[] }> {
    const told = { pages: 0, left: false };
    const pages = async function* () {
      try {
        for (;;) {
          if (told.pages === failsAfter) throw new Error('the store is gone');
          told.pages++;
          const items = [{ id: 'x'.repeat(200_000) }];
          yield { kind: 'found', position: null, value: { items, next: 'more', names: {}, asOf: null } } as const;
          await setTimeout(1);
        }
      } finally {
        told.left = true;
      }
    };
    const spoor = { ...api.spoor, queries: { ...api.spoor.queries, pages } } as Spoor;
    const lines: string[] = [];
    const log = makeLog('error', { write: (line) => lines.push(line) });
    return { server: await startServer(spoor, { host: '127.0.0.1', port: 0 }, log), told, lines };
  }
  const path = (): string => `/api/v1/actions.ndjson?network=${home.id}`;
  /** Time for much more than is read. */
  const A_WHILE_MS = 500;

  it('waits for the client, and ends when that goes away', async () => {
    const { server, told } = await serving();
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write(`GET ${path()} HTTP/1.1\r\nHost: localhost\r\nSpoor-Actor: ${home.anyone['spoor-actor']}\r\n\r\n`);
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    expect(String(chunk)).toMatch(/^HTTP\/1.1 200/);
    socket.pause();
    await setTimeout(A_WHILE_MS);
    const { pages } = told;
    await setTimeout(A_WHILE_MS);
    // What lies in the buffers of both sides, and no more.
    expect([told.pages, told.left]).toEqual([pages, false]);
    socket.destroy();
    for (let waited = 0; !told.left && waited < 5_000; waited += 10) await setTimeout(10);
    expect(told.left).toBe(true);
    await server.stop();
  });

  it('that fails on the way is cut off, and cannot be taken for whole', async () => {
    const { server, lines } = await serving(2);
    const response = await fetch(server.url + path(), { headers: home.anyone });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['an export broke off']);
    await server.stop();
  });

  it('that fails before its first line is a problem', async () => {
    const { server } = await serving(0);
    const response = await fetch(server.url + path(), { headers: home.anyone });
    expect(await problem(response)).toMatchObject({ status: 500, code: 'internal' });
    await server.stop();
  });
});
