import { consistencyTokens } from '#http';
import type { Position } from '#kernel';
import { ANY, Api, as, OPERATOR, problem, receiptOf, type Network } from './harness.ts';

let api: Api;
let home: Network;
beforeAll(async () => {
  api = await Api.start('simulated');
  home = await api.network();
});
afterAll(() => api.stop());

const groups = (more = '', headers = {}) =>
  api.get(`/api/v1/groups?network=${home.id}${more}`, { ...home.anyone, ...headers });
const names = async (response: Response) =>
  ((await response.json()) as { items: { name: string }[] }).items.map(({ name }) => name);

describe('a query', () => {
  it('reflects at once what its token says', async () => {
    const made = await api.group(home, 'Zorg');
    const token = made.headers.get('consistency-token')!;
    const response = await groups('', { 'consistency-token': token, prefer: 'wait=5' });
    expect(response.headers.get('preference-applied')).toBe('wait=5');
    expect(await names(response)).toContain('Zorg');
    const { position } = await receiptOf(made);
    expect(response.headers.get('as-of')! >= position!).toBe(true);
  });

  it('that cannot be up to date in time is refused, or marked', async () => {
    const later = consistencyTokens(api.spoor.tokenKey, api.spoor.logId).issue('fffffffffffffff0' as Position);
    const strict = await groups('', { 'consistency-token': later, prefer: 'wait=0' });
    expect(strict.headers.get('retry-after')).toBe('1');
    expect(await problem(strict)).toMatchObject({ status: 503, code: 'projection-behind' });
    const lenient = await groups('', { 'consistency-token': later, prefer: 'wait=0, handling=lenient' });
    expect(lenient.status).toBe(200);
    expect(lenient.headers.get('preference-applied')).toBe('handling=lenient');
    expect(lenient.headers.get('projection-position')).toMatch(/^[0-9a-f]{16}$/);
  });

  it('with a token of another log is refused', async () =>
    expect(await problem(await groups('', { 'consistency-token': 'abc.def' }))).toMatchObject({
      status: 409,
      code: 'unknown-token',
    }));

  it('answered already is 304', async () => {
    const first = await groups();
    const etag = first.headers.get('etag')!;
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const again = await groups('', { 'if-none-match': etag });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    // An event that changes nothing in the answer changes nothing for who has it.
    await api.make('/persons', { name: 'Ik' }, OPERATOR);
    expect((await groups('', { 'if-none-match': etag, prefer: 'wait=5' })).status).toBe(304);
    const token = (await api.group(home, 'Nieuw')).headers.get('consistency-token')!;
    expect((await groups('', { 'if-none-match': etag, 'consistency-token': token })).status).toBe(200);
  });

  it('answers as of a date, an instant and a position', async () => {
    const at = (now: string) => ({ 'spoor-now': now });
    const { id, position } = await receiptOf(await api.group(home, 'Oud', at('2030-01-10T09:00:00Z')));
    const headers = { ...home.anyone, ...ANY, ...at('2030-02-10T09:00:00Z') };
    await api.make(`/groups/${id}/rename`, { name: 'Jong' }, headers);
    const named = async (query: string) => {
      const response = await api.get(`/api/v1/groups/${id}${query}`, home.anyone);
      return response.ok ? ((await response.json()) as { group: { name: string } }).group.name : response.status;
    };
    expect(await named('?asOf=2030-01-31')).toBe('Oud');
    expect(await named('?asOf=2030-02-10T09:00:00Z')).toBe('Jong');
    expect(await named(`?asOf=${position}`)).toBe('Oud');
    expect(await named('?asOf=2030-01-09')).toBe(404);
    expect(await named('?effectiveAt=2030-01-31')).toBe('Oud');
  });

  it('as of today says the same as now, with the same fingerprint', async () => {
    const [now, today] = [await groups('', { prefer: 'wait=5' }), await groups('&asOf=2099-12-31')];
    expect(today.headers.get('etag')).toBe(now.headers.get('etag'));
    expect(await today.text()).toBe(await now.text());
  });

  it('of the past goes on where its first page was, whatever is written in between', async () => {
    type Rows = { items: { position: string }[]; next: string | null; asOf: string };
    const page = async (more: string) =>
      (await (
        await api.get(`/api/v1/journal?network=${home.id}&asOf=2099-12-31&limit=2${more}`, home.anyone)
      ).json()) as Rows;
    const first = await page('');
    const token = (await api.group(home, 'Later')).headers.get('consistency-token')!;
    await groups('', { 'consistency-token': token });
    const second = await page(`&cursor=${first.next}`);
    expect(second.asOf).toBe(first.asOf);
    expect(second.items[0]!.position > first.items.at(-1)!.position).toBe(true);
  });

  it('sets the clock forward only', async () => {
    const response = await groups('', { 'spoor-now': '2029-01-01T00:00:00Z' });
    expect(await problem(response)).toMatchObject({ status: 409, code: 'clock-behind' });
  });

  it.each([
    ['&asOf=yesterday!', 'invalid-parameter', 'asOf'],
    ['&effectiveAt=2026-02-30', 'invalid-parameter', 'effectiveAt'],
    ['&limit=201', 'invalid-parameter', 'limit'],
    ['&limit=1&limit=1', 'repeated-parameter', 'limit'],
    ['&phase=x', 'unknown-parameter', 'phase'],
    ['&cursor=abc', 'invalid-parameter', undefined],
  ])('%s is 400', async (more, code, parameter) => {
    const refused = await problem(await groups(more));
    expect([refused.status, refused.code, refused.errors?.[0]?.parameter]).toEqual([400, code, parameter]);
  });

  it('about another network is 404, in a role that may not ask 403', async () => {
    const other = await api.network();
    const foreign = await api.get(`/api/v1/groups?network=${home.id}`, other.anyone);
    expect(await problem(foreign)).toMatchObject({ status: 404, code: 'not-found' });
    const journal = await api.get(`/api/v1/journal?network=${home.id}`, as(home.an, 'member'));
    expect(await problem(journal)).toMatchObject({ status: 403, code: 'forbidden' });
  });
});
