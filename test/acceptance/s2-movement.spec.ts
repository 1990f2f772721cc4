import { s2 } from '../../apps/seed/scenarios/index.ts';
import { OPERATOR } from './client.ts';
import { holdsThat, SLOW_MS } from './rules.ts';
import { stacks } from './stacks.ts';
import { play, type World } from './world.ts';

describe.each(stacks)('S2 A Way Home, a movement on the $name', (stack) => {
  let world: World;
  beforeAll(async () => {
    world = await play(s2, { leuven: 'coordinator-leuven', gent: 'coordinator-gent' }, stack);
  }, SLOW_MS);
  afterAll(() => world?.close());

  const id = (name: string) => world.run.id(name);

  it('1: the movement has 13 coalitions, and had fewer before', async () => {
    const coalitions = async (asOf?: string) => {
      const movement = world.as('back-office', 'coordinator-movement');
      const path = `/networks/${id('movement')}/overview`;
      return (await world.client.ask<{ below: number }>(path, movement, { asOf })).below;
    };
    expect(await coalitions('2022-01-01')).toBe(13);
    expect(await coalitions()).toBe(13);
    expect(await coalitions('2018-12-31')).toBe(3);
    expect(await coalitions('2018-01-31')).toBe(0);
    const { items } = await world.client.ask<{ items: { kind: string }[] }>('/networks', OPERATOR, {
      parent: id('movement'),
    });
    expect(items.map(({ kind }) => kind)).toEqual(Array(13).fill('coalition'));
  });

  it('2: in Leuven an unusual partner opens its abbey, and it works', async () => {
    const { action } = await world.action('abdij', 'coordinator-leuven');
    expect(action).toMatchObject({
      status: 'active',
      title: { nl: 'Opvang in abdij' },
      organisations: [id('kerkraad'), id('stad-leuven')],
      lastEvaluation: { kind: 'final', verdict: 'works' },
    });
    const evaluated = (await world.history('abdij', 'coordinator-leuven')).find(
      ({ type }) => type === 'ActionEvaluated',
    );
    expect(evaluated?.data).toMatchObject({
      indicatorSnapshot: [
        { rba: 'how-much', numerator: 9 },
        { rba: 'how-much', numerator: 31 },
        { rba: 'better-off', numerator: 22, denominator: 31 },
      ],
      voices: [{ source: 'target-group', n: 1 }],
    });
  });

  it('2: it was proposed, approved and started before', async () => {
    const status = async (asOf: string) => (await world.action('abdij', 'coordinator-leuven', { asOf })).action.status;
    expect(await status('2019-03-04')).toBe('proposed');
    expect(await status('2019-03-21')).toBe('approved');
    expect(await status('2019-05-01')).toBe('active');
  });

  it('3: in Gent it is too early to say, so nothing is broadened', async () => {
    const { action } = await world.action('leegstand', 'coordinator-gent');
    expect(action).toMatchObject({
      kind: 'exploratory',
      status: 'active',
      lastEvaluation: { verdict: 'too-early' },
      broadened: 0,
    });
    const history = await world.history('leegstand', 'coordinator-gent');
    expect(history.map(({ type }) => type)).not.toContain('ActionBroadened');
    expect(history.find(({ type }) => type === 'EvidenceAttached')).toMatchObject({
      evidence: [{ class: 'inventory', heldBy: 'Stad Gent (demo)' }],
      data: { note: '14 woningen staan leeg.' },
    });
  });

  it('a coalition does not see what another one does', async () => {
    const mechelen = world.as('back-office', 'coordinator-mechelen');
    expect((await world.client.get(`/actions/${id('abdij')}`, mechelen)).status).toBe(404);
  });

  holdsThat(() => world);
});
