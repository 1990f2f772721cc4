import { ANY, Api, as, OPERATOR, problem, type Headers } from './harness.ts';

/* S3, step 10 of `domain.md` §7: four tallies of a house are published, and the small one is not told. */

let api: Api;
let here: House;
beforeEach(async () => {
  api = await Api.start('simulated');
  here = await house();
});
afterEach(() => api.stop());

const YEAR = { from: '2021-01-01', until: '2021-12-31' };
const TALLIES = { bezoeken: 4_812, 'eerste-bezoeken': 389, gesprekken: 1_127, 'naar-therapie': 3 };
const TABLE = 'kerncijfers';
const on = (day: string): Headers => ({ 'spoor-now': `${day}T10:00:00Z` });

/** Once processes and projections have seen everything so far. */
async function read(path: string, headers: Headers = {}): Promise<Response> {
  const { position } = await api.spoor.events.head();
  await api.spoor.reached(position!, [], 5_000);
  return api.get(`/api/v1${path}`, headers);
}
async function found<T>(path: string, headers: Headers = {}): Promise<T> {
  const response = await read(path, headers);
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

/** A house with its tallies, two who keep the data and one who looks on. */
async function house() {
  const network = await api.make('/networks', { kind: 'integrated-partnership', name: 'OverKop', regions: ['35013'] }, { ...OPERATOR, ...on('2016-01-01') }); // prettier-ignore
  const person = async (name: string, role: string, by: Headers): Promise<Headers> => {
    const { id } = await api.make('/persons', { name }, OPERATOR);
    await api.make(`/persons/${id}/give-role`, { role, network: network.id }, { ...by, ...ANY });
    return as(id, role);
  };
  const office = await person('Bo', 'back-office', OPERATOR);
  const [an, lies, dpo, member] = [
    await person('An', 'data-steward', office),
    await person('Lies', 'data-steward', office),
    await person('Do', 'dpo', office),
    await person('Mo', 'member', office),
  ];
  const indicators: string[] = [];
  for (const code of Object.keys(TALLIES)) {
    const definition = {
      network: network.id,
      code,
      name: { nl: code },
      definition: { nl: code },
      accountability: 'performance',
      rba: 'how-much',
      level: 'output',
      unit: 'count',
      aggregation: 'sum',
      ascending: true,
      horizon: 'short',
      source: 'Telling',
      method: 'Turven',
      frequency: 'yearly',
      sensitivity: 'small-numbers',
      validFrom: '2020-01-01',
    };
    const { id } = await api.make('/indicators', definition, { ...an, ...on('2021-01-01') });
    indicators.push(id);
  }
  for (const [at, numerator] of Object.values(TALLIES).entries())
    await api.make('/measurements', { network: network.id, indicator: indicators[at], period: YEAR, numerator }, { ...an, ...on('2022-01-10') }); // prettier-ignore
  return { network: network.id, indicators, an, lies, dpo, member };
}
type House = Awaited<ReturnType<typeof house>>;

const tableAt = (day?: string): string =>
  `/public/releases/${here.network}/${TABLE}${day === undefined ? '' : `?asOf=${day}`}`;
const measure = (at: number, numerator: number, day: string) =>
  api.make('/measurements', { network: here.network, indicator: here.indicators[at], period: YEAR, numerator }, { ...here.an, ...on(day) }); // prettier-ignore
const prepare = (day: string) =>
  api.make('/releases', { network: here.network, table: TABLE, title: { nl: 'Kerncijfers 2021' }, indicators: here.indicators, periods: [YEAR] }, { ...here.an, ...on(day) }); // prettier-ignore
async function publish(day: string): Promise<string> {
  const { id } = await prepare(day);
  await api.make(`/releases/${id}/check`, {}, { ...here.an, ...ANY });
  await api.make(`/releases/${id}/publish`, {}, { ...here.lies, ...ANY });
  return id;
}
interface Checked {
  readonly release: { readonly check: { readonly hidden: object } };
}
interface Table {
  readonly release: {
    readonly id: string;
    readonly status: string;
    readonly lines: readonly { readonly numerator: number | null; readonly text: string }[];
  };
}

describe('a table is published', () => {
  it('when it was checked, and by another than who prepared it', async () => {
    const { id } = await prepare('2022-02-01');
    const early = await api.post(`/releases/${id}/publish`, {}, { ...here.lies, ...ANY });
    expect(await problem(early)).toMatchObject({ status: 409, code: 'invalid-state' });
    await api.make(`/releases/${id}/check`, {}, { ...here.an, ...ANY });
    const own = await api.post(`/releases/${id}/publish`, {}, { ...here.an, ...ANY });
    expect(await problem(own)).toMatchObject({ status: 422, code: 'four-eyes' });
    expect((await read(tableAt())).status).toBe(404);
    await api.make(`/releases/${id}/publish`, {}, { ...here.lies, ...ANY });
    expect((await read(tableAt())).status).toBe(200);
  });

  it('for whoever asks, without saying who; the small number is not told', async () => {
    await publish('2022-02-01');
    const response = await read(tableAt());
    const { release } = (await response.json()) as Table;
    expect(release.lines.map(({ numerator, text }) => [numerator, text])).toEqual([
      [4_812, '4812'],
      [389, '389'],
      [1_127, '1127'],
      [null, '<5'],
    ]);
    const told = (name: string) => response.headers.get(name);
    expect([told('cache-control'), told('as-of'), told('vary')]).toEqual(['public, no-cache', null, null]);
    expect((await read(tableAt(), { 'if-none-match': told('etag')! })).status).toBe(304);
  });

  it('and for nobody anything else: no other question, no moment of the log', async () => {
    const id = await publish('2022-02-01');
    for (const path of [
      `/releases/${id}`,
      `/releases?network=${here.network}`,
      `/networks/${here.network}/exact-reads`,
    ])
      expect(await problem(await read(path))).toMatchObject({ status: 401 });
    for (const moment of ['asOf=2022-02-01', 'effectiveAt=2022-02-01'])
      expect(await problem(await read(`/public/releases?${moment}`))).toMatchObject({ code: 'unknown-parameter' });
    expect(await problem(await read(tableAt('0000000000000001')))).toMatchObject({ status: 400 });
    const { items } = await found<{ readonly items: readonly object[] }>('/public/releases');
    expect(items).toMatchObject([{ id, status: 'published' }]);
    expect((await read('/public/releases.csv')).status).toBe(200);
  });

  it('as of a day it is the one that was published by then; withdrawn, it tells no number', async () => {
    const first = await publish('2022-02-01');
    await measure(0, 4_900, '2022-03-01');
    const second = await publish('2022-03-02');
    const asOf = async (day: string) => (await found<Table>(tableAt(day))).release;
    expect(await asOf('2022-03-01')).toMatchObject({ id: first, lines: [{ numerator: 4_812 }, {}, {}, {}] });
    expect(await asOf('2022-03-02')).toMatchObject({ id: second, lines: [{ numerator: 4_900 }, {}, {}, {}] });
    expect((await read(tableAt('2022-01-31'))).status).toBe(404);
    await api.make(`/releases/${first}/withdraw`, { reason: { text: { nl: 'Fout' } } }, { ...here.lies, ...ANY });
    expect(await asOf('2022-03-01')).toMatchObject({ status: 'withdrawn', lines: [] });
  });

  it('a change by a few is not told: that number is kept back', async () => {
    await publish('2022-02-01');
    await measure(1, 391, '2022-03-01');
    const { id } = await prepare('2022-03-02');
    await api.make(`/releases/${id}/check`, {}, { ...here.an, ...ANY });
    const { release } = await found<Checked>(`/releases/${id}`, here.an);
    expect(release.check.hidden).toEqual([
      { line: 1, number: 'numerator', why: 'difference' },
      { line: 3, number: 'numerator', why: 'primary' },
    ]);
  });

  it('of two that were checked side by side the second is checked again', async () => {
    const made = [(await prepare('2022-02-01')).id, (await prepare('2022-02-01')).id] as const;
    for (const id of made) await api.make(`/releases/${id}/check`, {}, { ...here.an, ...ANY });
    await api.make(`/releases/${made[0]}/publish`, {}, { ...here.lies, ...ANY });
    const late = await api.post(`/releases/${made[1]}/publish`, {}, { ...here.lies, ...ANY });
    expect(await problem(late)).toMatchObject({ status: 409, code: 'check-outdated' });
    await api.make(`/releases/${made[1]}/check`, {}, { ...here.an, ...ANY });
    await api.make(`/releases/${made[1]}/publish`, {}, { ...here.lies, ...ANY });
  });
});

describe('who reads exact small numbers', () => {
  it('is on record, for who keeps an eye on it', async () => {
    const [visits] = here.indicators;
    const { id } = await prepare('2022-02-01');
    await found(`/indicators/${visits}/series?network=${here.network}&asOf=2022-12-31`, here.member);
    await found(`/indicators/${visits}/roll-up?network=${here.network}`, here.an);
    await found(`/releases/${id}`, here.an);
    await found(`/releases?network=${here.network}`, here.an);
    const reads = `/networks/${here.network}/exact-reads`;
    const personOf = (headers: Headers): string => headers['spoor-actor']!.split(';')[0]!;
    const { items } = await found<{ readonly items: readonly { readonly question: string }[] }>(reads, here.dpo);
    expect(items.toSorted((a, b) => (a.question < b.question ? -1 : 1))).toMatchObject([
      { reader: personOf(here.an), role: 'data-steward', question: 'getIndicatorRollUp', subject: visits },
      { reader: personOf(here.member), role: 'member', question: 'getIndicatorSeries', subject: visits },
      { reader: personOf(here.an), question: 'getRelease', subject: id, asOf: null },
    ]);
    expect(await problem(await read(reads, here.member))).toMatchObject({ status: 403 });
  });
});
