import type { NetworkCard } from '#projections';
import { s3 } from '../../apps/seed/scenarios/index.ts';
import { holdsThat, SLOW_MS } from './rules.ts';
import { stacks } from './stacks.ts';
import { play, type World } from './world.ts';

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
    expect(await stages()).toEqual(['single', 'ad-hoc']);
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

  holdsThat(() => world);
});
