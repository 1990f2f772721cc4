import { randomUUID } from 'node:crypto';
import { ANY, Api, JSON_TYPE, key, problem, type Network } from './harness.ts';

/* Amounts are whole euro cents: what is anything else is refused where it stands, and never rounded. */

let api: Api;
let home: Network;
beforeAll(async () => {
  api = await Api.start();
  home = await api.network();
});
afterAll(() => api.stop());

const give = (path: string, body: string) =>
  api.call('POST', `/api/v1${path}`, { ...JSON_TYPE, ...key(), ...home.anyone, ...ANY }, body);

/** The budget of a proposal, as it is written in the body. Its network is nobody's: what is well said is then 404. */
const budget = (amount: string, more = ''): Promise<Response> =>
  give(
    '/actions',
    `{"network":"${randomUUID()}","group":"${randomUUID()}","title":{"nl":"Wonen"},"objectives":["O1"],` +
      `"targetGroup":"jongeren","regions":["11002"],"intendedChange":"een thuis","horizon":"short",` +
      `"plan":{"text":"bouwen"},"partners":[],"budgetCents":${amount}${more}}`,
  );
/** What is asked for an action that is not there. */
const request = (amount: string): Promise<Response> =>
  give(`/actions/${randomUUID()}/request-funding`, `{"amountCents":${amount},"purpose":"bouwen"}`);

const MEMBERS = [
  ['/budgetCents', budget],
  ['/amountCents', request],
] as const;
/** As written, and the first thing that is wrong with it. */
const BAD = [
  ['1e3', 400, 'bad-number'],
  ['1E+3', 400, 'bad-number'],
  ['100e-2', 400, 'bad-number'],
  ['1.0', 400, 'bad-number'],
  ['12.34', 400, 'bad-number'],
  ['-0', 400, 'bad-number'],
  ['-0.0', 400, 'bad-number'],
  ['9007199254740992', 400, 'bad-number'],
  ['9007199254740993', 400, 'bad-number'],
  ['-9007199254740993', 400, 'bad-number'],
  ['1e400', 400, 'bad-number'],
  ['1000000000001', 422, 'max'],
  ['9007199254740991', 422, 'max'],
  ['-1', 422, 'min'],
  ['"100"', 422, 'is-int'],
  ['"1.00"', 422, 'is-int'],
  ['"€ 1"', 422, 'is-int'],
  ['true', 422, 'is-int'],
  ['[100]', 422, 'is-int'],
  ['{"amount":100,"currency":"USD"}', 422, 'is-int'],
  ['{"amount":100,"currency":"EUR"}', 422, 'is-int'],
] as const;

describe.each(MEMBERS)('the amount at %s', (pointer, say) => {
  it.each(BAD)('is not %s', async (amount, status, code) => {
    const refused = await problem(await say(amount));
    expect([refused.status, refused.code]).toEqual([status, status === 400 ? code : 'validation-failed']);
    expect(refused.errors).toContainEqual(expect.objectContaining({ pointer, code }));
    expect(new Set(refused.errors!.map((fault) => fault.pointer))).toEqual(new Set([pointer]));
  });

  it.each(['1', '99', '1000000000000'])('may be %s', async (amount) =>
    expect(await problem(await say(amount))).toMatchObject({ status: 404, code: 'not-found' }),
  );
});

describe('an amount', () => {
  it('of nothing may be a budget, and no funding request', async () => {
    for (const amount of ['0', 'null']) expect((await budget(amount)).status).toBe(404);
    expect(await problem(await request('0'))).toMatchObject({
      code: 'validation-failed',
      errors: [{ pointer: '/amountCents', code: 'min' }],
    });
    expect(await problem(await request('null'))).toMatchObject({
      errors: expect.arrayContaining([expect.objectContaining({ pointer: '/amountCents', code: 'is-int' })]) as unknown,
    });
  });

  it('is said once, in cents, in euros', async () => {
    expect(await problem(await budget('100', ',"budgetCents":200'))).toMatchObject({
      status: 400,
      errors: [{ pointer: '/budgetCents', code: 'duplicate-member' }],
    });
    for (const [name, value] of [
      ['currency', '"USD"'],
      ['budget', '1'],
    ])
      expect(await problem(await budget('100', `,"${name}":${value}`))).toMatchObject({
        status: 422,
        errors: [{ pointer: `/${name}`, code: 'unknown-member' }],
      });
  });
});
