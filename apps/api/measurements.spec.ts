import { Api, as, key, problem, receiptOf, type Network } from './harness.ts';

/* Measurements over HTTP: one stream an indicator and scope, begun by the first value and gone on with by the next. */

let api: Api;
let home: Network;
let other: Network;
let indicator: string;
const period = { from: '2020-01-01', until: '2020-12-31' };

beforeAll(async () => {
  api = await Api.start();
  [home, other] = [await api.network(), await api.network()];
  const definition = {
    network: home.id,
    code: 'stabiel',
    name: { nl: 'Stabiel na 6 maanden' },
    definition: { nl: 'Wie na zes maanden nog in dezelfde woning woont' },
    accountability: 'performance',
    rba: 'better-off',
    level: 'outcome',
    unit: 'percent',
    aggregation: 'ratio-of-sums',
    ascending: true,
    horizon: 'medium',
    dimensions: [{ code: 'leeftijd', values: ['17-20', '21-25'] }],
    source: 'Registratie',
    method: 'Telling',
    frequency: 'yearly',
    sensitivity: 'small-numbers',
    validFrom: '2018-01-01',
  };
  ({ id: indicator } = await api.make('/indicators', definition, home.anyone));
});
afterAll(() => api.stop());

const measure = (body: object, headers = {}, who = home) =>
  api.post(
    '/measurements',
    { network: who.id, indicator, period, numerator: 12, denominator: 17, ...body },
    { ...who.anyone, ...headers },
  );

it('a value is recorded, replaced and said again, each with a key of its own and without a revision', async () => {
  const again = key();
  const [first, replayed] = [await measure({}, again), await measure({}, again)];
  expect([first.status, first.headers.get('etag')]).toEqual([201, '"0"']);
  expect(await first.json()).toMatchObject({ revision: 0, event: { type: 'MeasurementRecorded' } });
  expect([replayed.status, replayed.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
  const second = await measure({ numerator: 13 });
  expect([second.status, second.headers.get('etag')]).toEqual([201, '"1"']);
  expect(await second.json()).toMatchObject({ revision: 1, event: { type: 'MeasurementSuperseded' } });
  const same = await measure({ numerator: 13 });
  expect([same.status, await same.json()]).toMatchObject([200, { revision: 1, event: null }]);
  expect(await problem(await measure({ numerator: 14 }, { 'if-match': '"0"' }))).toMatchObject({
    status: 412,
    currentRevision: 1,
  });
  expect((await receiptOf(await measure({ numerator: 14 }, { 'if-match': '"1"' }))).revision).toBe(2);
});

it('what is told of it waits for the token, and lists what took the place of what', async () => {
  const told = await measure({ numerator: 15 });
  const read = { ...home.anyone, 'consistency-token': told.headers.get('consistency-token')!, prefer: 'wait=5' };
  const series = await api.get(`/api/v1/indicators/${indicator}/series`, read);
  expect(await series.json()).toMatchObject({
    points: [{ value: { text: '88.24' }, superseded: [{ value: { text: '70.59' } }, {}, {}] }],
  });
  const list = await api.get(`/api/v1/measurements?network=${home.id}&indicator=${indicator}`, read);
  const { items } = (await list.json()) as {
    readonly items: readonly { numerator: number; supersededBy: string | null }[];
  };
  expect(items.map(({ numerator, supersededBy }) => [numerator, supersededBy === null])).toEqual([
    [15, true],
    [14, false],
    [13, false],
    [12, false],
  ]);
});

it.each([
  ['denominator 0', { denominator: 0 }, '/denominator'],
  ['no denominator', { denominator: undefined }, '/denominator'],
  ['more than the whole', { numerator: 18 }, '/numerator'],
  ['an unknown dimension', { dims: [{ dimension: 'plaats', value: 'noord' }] }, '/dims/0'],
  ['a value that its dimension has not', { dims: [{ dimension: 'leeftijd', value: '26-30' }] }, '/dims/0'],
  ['a period of another frequency', { period: { from: '2020-01-01', until: '2020-06-30' } }, '/period'],
  ['a period that is not over', { period: { from: '2999-01-01', until: '2999-12-31' } }, '/period'],
  ['a period before the definition', { period: { from: '2017-01-01', until: '2017-12-31' } }, '/period'],
  ['another definition version', { definitionVersion: 2 }, '/definitionVersion'],
  ['a range', { upTo: 14 }, '/upTo'],
  ['a text', { text: 'Beter' }, '/text'],
  [
    'parts above their total',
    { dims: [{ dimension: 'leeftijd', value: '17-20' }], numerator: 16, denominator: 17 },
    '/numerator',
  ],
])('%s is refused with a pointer', async (_what, body, pointer) => {
  const refused = await problem(await measure(body));
  expect(refused).toMatchObject({ status: 422, errors: [{ pointer }] });
});

it('nothing of another network is measured, nor told of', async () => {
  expect(await problem(await measure({}, { 'if-match': '"0"' }, other))).toMatchObject({
    status: 412,
    currentRevision: -1,
  });
  expect(await problem(await measure({}, {}, other))).toMatchObject({
    status: 422,
    errors: [{ pointer: '/indicator' }],
  });
  expect(await problem(await measure({ network: home.id }, {}, other))).toMatchObject({ status: 404 });
  for (const path of [
    `/indicators/${indicator}`,
    `/indicators/${indicator}/series`,
    `/indicators/${indicator}/roll-up`,
  ])
    expect((await api.get(`/api/v1${path}`, other.anyone)).status).toBe(404);
});

it('a lead measures the own action and nothing else', async () => {
  await api.make(
    `/persons/${home.an}/give-role`,
    { role: 'lead', network: home.id },
    { ...home.anyone, 'if-match': '*' },
  );
  expect(await problem(await measure({}, as(home.an, 'lead')))).toMatchObject({ status: 403, code: 'forbidden' });
});
