import { ANY, Api, as, OPERATOR, problem, type Headers } from './harness.ts';

/* S2, step 7 of `domain.md` §7: a coach reads the coached network during the engagement, and no day longer. */

let api: Api;
beforeAll(async () => {
  api = await Api.start('simulated');
});
afterAll(() => api.stop());

const at = (now: string): Headers => ({ 'spoor-now': now });
const on = (day: string): Headers => at(`${day}T10:00:00Z`);

/** A movement with three coalitions below it, founded in 2018; its back office, and a coach without any role. */
async function movement() {
  const found = async (name: string, parent?: string): Promise<string> =>
    (
      await api.make(
        '/networks',
        { kind: parent === undefined ? 'movement' : 'coalition', name, regions: [], ...(parent && { parent }) },
        OPERATOR,
      )
    ).id;
  const top = await found('A Way Home');
  const [leuven, gent, brugge] = [await found('Leuven', top), await found('Gent', top), await found('Brugge', top)];
  const [an, coach] = [
    (await api.make('/persons', { name: 'An' }, OPERATOR)).id,
    (await api.make('/persons', { name: 'Bo' }, OPERATOR)).id,
  ];
  await api.make(`/persons/${an}/give-role`, { role: 'back-office', network: top }, { ...OPERATOR, ...ANY });
  const knowledge = (await api.make('/organisations', { name: 'Kenniscentrum (demo)', sector: 'other' }, OPERATOR)).id;
  const office = as(an, 'back-office');
  return {
    top,
    leuven,
    gent,
    brugge,
    coach,
    office,
    coaching: as(coach, 'coach'),
    engagement: (network: string, more: object = {}) => ({
      network,
      organisations: [knowledge],
      coaches: [coach],
      purpose: 'Op gang helpen',
      ...more,
    }),
    end: (network: string, body: object, headers: Headers) =>
      api.make(
        `/coaching-engagements/${network}/end`,
        { exit: { findings: '…' }, ...body },
        {
          ...office,
          ...ANY,
          ...headers,
        },
      ),
  };
}

/** Once processes and projections have seen everything so far. */
async function read(path: string, headers: Headers): Promise<Response> {
  const { position } = await api.spoor.events.head();
  await api.spoor.reached(position!, [], 5_000);
  return api.get(`/api/v1${path}`, headers);
}
const statusOf = async (path: string, headers: Headers): Promise<number> => (await read(path, headers)).status;

describe('a coach', () => {
  it('reads the coached network from the day the engagement starts until the day it ends, and no other', async () => {
    const { top, leuven, gent, coaching, office, engagement, end } = await movement();
    expect(await statusOf(`/networks/${leuven}`, { ...coaching, ...on('2018-08-31') })).toBe(403);
    await api.make('/coaching-engagements', engagement(leuven), { ...office, ...on('2018-09-01') });
    // The clock moves on when processes have seen all.
    expect(await statusOf(`/networks/${leuven}`, { ...coaching, ...on('2018-09-02') })).toBe(200);
    expect(await statusOf(`/actions?network=${leuven}`, coaching)).toBe(200);
    for (const other of [gent, top]) {
      expect(await statusOf(`/networks/${other}`, coaching)).toBe(404);
      expect(await statusOf(`/actions?network=${other}`, coaching)).toBe(404);
    }
    await end(leuven, { occurredAt: '2018-10-01' }, on('2018-10-01'));
    const after = { ...coaching, ...on('2018-10-02') };
    expect(await problem(await read(`/networks/${leuven}`, after))).toMatchObject({ status: 404, code: 'not-found' });
    expect(await statusOf(`/actions?network=${leuven}`, coaching)).toBe(404);
    expect(await statusOf(`/coaching-engagements/${leuven}`, coaching)).toBe(404);
    // Not what was then either.
    expect(await statusOf(`/networks/${leuven}?asOf=2018-09-15`, coaching)).toBe(404);
  });

  it('of two networks keeps the one whose engagement goes on', async () => {
    const { leuven, gent, coaching, office, engagement, end } = await movement();
    await api.make('/coaching-engagements', engagement(leuven), { ...office, ...on('2019-01-10') });
    await api.make('/coaching-engagements', engagement(gent), { ...office, ...on('2019-01-10') });
    await end(leuven, {}, on('2019-02-01'));
    expect(await statusOf(`/networks/${gent}`, { ...coaching, ...on('2019-02-02') })).toBe(200);
    expect(await statusOf(`/networks/${leuven}`, coaching)).toBe(404);
  });

  it('reads up to the end of the planned last day without anybody ending it', async () => {
    const { leuven, coaching, office, engagement } = await movement();
    const planned = engagement(leuven, { plannedUntil: '2020-03-31' });
    await api.make('/coaching-engagements', planned, { ...office, ...on('2020-03-01') });
    expect(await statusOf(`/networks/${leuven}`, { ...coaching, ...at('2020-03-31T21:59:59Z') })).toBe(200);
    expect(await statusOf(`/networks/${leuven}`, { ...coaching, ...at('2020-03-31T22:00:00Z') })).toBe(404);
  });

  it('records sessions in the network while coaching it, and not after', async () => {
    const { leuven, coaching, office, engagement, end } = await movement();
    await api.make('/coaching-engagements', engagement(leuven), { ...office, ...on('2020-05-01') });
    const session = {
      network: leuven,
      kind: 'workshop',
      title: 'Gedeelde agenda',
      topic: 'common-agenda',
      organisations: [],
      participants: 9,
      confidentiality: 'open',
    };
    const { id } = await api.make('/sessions', session, { ...coaching, ...on('2020-05-02') });
    await end(leuven, {}, on('2020-05-03'));
    const late = await api.post(
      `/sessions/${id}/record-outcome`,
      { text: '…' },
      {
        ...coaching,
        ...ANY,
        ...on('2020-05-04'),
      },
    );
    expect(late.status).toBe(404);
  });
});

describe('the movement', () => {
  interface Overview {
    readonly networks: number;
    readonly coached: number;
    readonly engagements: readonly { readonly network: string; readonly engagement: { readonly startedAt: string } }[];
  }

  it('sees how many of its coalitions are coached at the moment asked for', async () => {
    const { top, leuven, gent, office, engagement, end } = await movement();
    await api.make('/coaching-engagements', engagement(leuven), { ...office, ...on('2021-01-10') });
    await api.make('/coaching-engagements', engagement(gent), { ...office, ...on('2021-02-10') });
    await end(leuven, { exit: { findings: 'Klaar', maturity: 'coordinated' } }, on('2021-03-10'));
    const overview = async (query = ''): Promise<Overview> =>
      (await (await read(`/networks/${top}/coaching${query}`, { ...office, ...on('2021-04-01') })).json()) as Overview;
    expect(await overview()).toMatchObject({ networks: 3, coached: 1, engagements: [{ network: gent }] });
    expect(await overview('?asOf=2021-02-15')).toMatchObject({ networks: 3, coached: 2 });
    expect(await overview('?effectiveAt=2021-01-20')).toMatchObject({ networks: 3, coached: 1 });
    expect(await overview('?asOf=2021-01-09')).toMatchObject({ networks: 3, coached: 0, engagements: [] });
    const one = await read(`/coaching-engagements/${leuven}`, office);
    expect(await one.json()).toMatchObject({
      engagement: { number: 1, status: 'ended', exit: { findings: 'Klaar', maturity: 'coordinated' } },
    });
  });

  it('does not read the coalitions themselves', async () => {
    const { leuven, office } = await movement();
    expect(await statusOf(`/networks/${leuven}`, office)).toBe(404);
    expect(await statusOf(`/sessions?network=${leuven}`, office)).toBe(404);
  });

  it('of another network arranges nothing', async () => {
    const { leuven, engagement } = await movement();
    const elsewhere = await api.network();
    const refused = await api.post('/coaching-engagements', engagement(leuven), elsewhere.anyone);
    expect(await problem(refused)).toMatchObject({ status: 404, code: 'not-found' });
  });
});
