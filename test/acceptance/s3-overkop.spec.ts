import type { GrantCard, NetworkCard } from '#projections';
import { s3 } from '../../apps/seed/scenarios/index.ts';
import { holdsThat, SLOW_MS } from './rules.ts';
import { stacks } from './stacks.ts';
import { play, type At, type World } from './world.ts';

describe.each(stacks)('S3 OverKop Oostende on the $name', (stack) => {
  let world: World;
  beforeAll(async () => {
    world = await play(s3, { overkop: 'coordinator-overkop' }, stack);
  }, SLOW_MS);
  afterAll(() => world?.close());

  const id = (name: string) => world.run.id(name);
  const attempt = async (name: string, at = {}) => (await world.action(name, 'coordinator-overkop', at)).action;

  it('1: the partnership was carried by one, then ad hoc', async () => {
    const stages = async (asOf?: string) => {
      const office = world.as('back-office', 'coordinator-overkop');
      const { network } = await world.client.ask<{ network: NetworkCard }>(`/networks/${id('overkop')}`, office, {
        asOf,
      });
      return network.maturity.map(({ stage }) => stage);
    };
    expect(await stages('2016-12-31')).toEqual(['single']);
    expect(await stages()).toEqual(['single', 'ad-hoc', 'integrated']);
  });

  it.each([
    ['poging-1', '2018-12-17', { class: 'history', confidential: true, text: null }],
    [
      'poging-2',
      '2019-12-02',
      { class: 'vision', confidential: false, text: 'Jeugdwerk en hulpverlening zien het huis anders.' },
    ],
  ] as const)('2: %s did not work and is stopped, with reasons that stay', async (name, closedOn, obstacle) => {
    expect(await attempt(name)).toMatchObject({
      status: 'closed',
      outcome: 'stopped',
      lastEvaluation: { kind: 'final', verdict: 'does-not-work' },
      decisions: [id(`d-${name}`), id(`d-${name}-stop`)],
      obstacles: [obstacle],
    });
    expect(await attempt(name, { asOf: closedOn })).toMatchObject({ status: 'closed' });
  });

  it('2: what is confidential is said nowhere but in the log', async () => {
    const [obstacle] = (await world.history('poging-1', 'coordinator-overkop')).filter(
      ({ type }) => type === 'ObstacleAdded',
    );
    expect(JSON.stringify(obstacle)).not.toContain('oud conflict');
    expect(obstacle?.data).toMatchObject({ class: 'history', confidential: true });
  });

  it('2: each attempt replaces the one before', async () => {
    expect((await attempt('poging-2')).links).toEqual([{ kind: 'replaces', action: id('poging-1') }]);
    expect((await attempt('poging-3')).links).toEqual([{ kind: 'replaces', action: id('poging-2') }]);
  });

  it('3: the third one was suspended for 169 days', async () => {
    expect(await attempt('poging-3', { asOf: '2020-03-15' })).toMatchObject({ status: 'active', suspension: null });
    expect(await attempt('poging-3', { asOf: '2020-03-16' })).toMatchObject({
      status: 'suspended',
      suspension: { code: 'force-majeure', since: '2020-03-16T09:00:00.000Z' },
    });
    expect(await attempt('poging-3', { asOf: '2020-08-31' })).toMatchObject({ status: 'suspended' });
    expect(await attempt('poging-3')).toMatchObject({ status: 'active', suspension: null, suspendedDays: 169 });
  });

  const finance = () => world.as('finance', 'finance-overkop');
  const statement = async (grant: string, at: At = {}) =>
    (await world.client.ask<{ grant: GrantCard }>(`/grants/${id(grant)}`, finance(), { ...at })).grant;
  const conditions = async (at: At = {}) => {
    const told = await world.client.ask<{
      items: { condition: GrantCard['conditions'][number] }[];
      accepted: number;
      timesAtRisk: number;
    }>('/conditions', finance(), { network: id('overkop'), grant: id('g-s3'), ...at });
    const { accepted, timesAtRisk } = told;
    return {
      states: Object.fromEntries(told.items.map(({ condition: { code, status } }) => [code, status])),
      accepted,
      timesAtRisk,
    };
  };

  it('4: the city’s own means are spent and accepted in full', async () => {
    expect((await statement('g-oostende')).totals).toMatchObject({
      awardCents: 1_210_000,
      acceptedCents: 1_210_000,
      lapsedCents: 0,
      receivedCents: 1_210_000,
    });
  });

  it('5, 6: the first instalment waits for the conditions that are open', async () => {
    expect(await conditions({ asOf: '2021-05-03' })).toEqual({
      states: { C1: 'open', C2: 'accepted', C3: 'open', C4: 'accepted' },
      accepted: 2,
      timesAtRisk: 0,
    });
    expect((await statement('g-s3', { asOf: '2021-05-24' })).totals).toMatchObject({
      awardCents: 30_000_000,
      receivedCents: 0,
    });
  });

  it('7: it comes when all are accepted', async () => {
    expect((await conditions({ asOf: '2021-05-25' })).accepted).toBe(4);
    expect((await statement('g-s3', { asOf: '2021-05-25' })).totals.receivedCents).toBe(8_000_000);
  });

  it('9: a condition falls back when the last of its sector leaves, waits on the work list, and is cured', async () => {
    expect(await conditions({ asOf: '2022-02-02' })).toEqual({
      states: { C1: 'at-risk', C2: 'accepted', C3: 'accepted', C4: 'accepted' },
      accepted: 3,
      timesAtRisk: 1,
    });
    const {
      conditions: [c1],
    } = await statement('g-s3', { asOf: '2022-02-02' });
    expect(c1).toMatchObject({ missingSectors: ['mental-health'], cureBy: '2022-04-02' });
    const work = async (asOf: string) =>
      (
        await world.client.ask<{ items: { kind: string; detail: string }[] }>(
          '/work-list',
          world.as('back-office', 'coordinator-overkop'),
          { network: id('overkop'), kind: 'condition-at-risk', asOf },
        )
      ).items;
    expect(await work('2022-02-02')).toMatchObject([{ kind: 'condition-at-risk', detail: 'C1' }]);
    expect(await work('2022-01-31')).toEqual([]);
    expect(await work('2022-03-31')).toEqual([]);
  });

  it('expected on 31 March 2022: 300 000.00 awarded, 80 000.00 received, four conditions accepted, one fall', async () => {
    const grant = await statement('g-s3', { asOf: '2022-03-31' });
    expect(grant.totals).toMatchObject({ awardCents: 30_000_000, receivedCents: 8_000_000 });
    expect(await conditions({ asOf: '2022-03-31' })).toMatchObject({ accepted: 4, timesAtRisk: 1 });
    expect(grant.instalments.map(({ code, status }) => [code, status])).toEqual([
      ['jaar-1', 'received'],
      ['jaar-2', 'requested'],
      ['jaar-3', 'planned'],
      ['saldo', 'planned'],
    ]);
  });

  it('4: eight interviews and four sessions in which a plan was made, for who was there', async () => {
    const office = world.as('back-office', 'coordinator-overkop');
    const count = async (kind: string) =>
      (await world.client.ask<{ items: object[] }>('/sessions', office, { network: id('overkop'), kind })).items.length;
    expect(await count('interview')).toBe(8);
    expect(await count('co-creation')).toBe(4);
    const outcomes = async (role: string, person: string) => {
      const path = `/sessions/${id('overkop-cocreatie-4')}`;
      const { session } = await world.client.ask<{ session: { outcomes: { text: string | null }[] } }>(
        path,
        world.as(role, person),
      );
      return session.outcomes.map(({ text }) => text);
    };
    // The lead acts for an organisation that took part; the secretary for none.
    expect(await outcomes('lead', 'lead-overkop')).toEqual([expect.stringContaining('frustraties')]);
    expect(await outcomes('secretary', 'secretary-overkop')).toEqual([null]);
  });

  it('10: what the house counted in its first year', async () => {
    const steward = world.as('data-steward', 'steward-overkop');
    const value = async (indicator: string) => {
      const path = `/indicators/${id(indicator)}/series`;
      const { points } = await world.client.ask<{ points: { value: { numerator: number } }[] }>(path, steward, {
        network: id('overkop'),
      });
      return points.map(({ value: { numerator } }) => numerator);
    };
    expect(await value('ind-bezoeken')).toEqual([4_812]);
    expect(await value('ind-eerste-bezoeken')).toEqual([389]);
    expect(await value('ind-gesprekken')).toEqual([1_127]);
    expect(await value('ind-naar-therapie')).toEqual([3]);
  });

  it('10: the public sees "<5" where the house counted three', async () => {
    const path = `/api/v1/public/releases/${id('overkop')}/jaarcijfers`;
    const response = await fetch(`${world.client.url}${path}`);
    const text = await response.text();
    expect({ status: response.status, text }).toMatchObject({ status: 200, text: expect.stringContaining('<5') });
    expect(text).toContain('4812');
    expect((await fetch(`${world.client.url}${path}?asOf=2022-01-23`)).status).toBe(404);
  });

  holdsThat(() => world);
});
