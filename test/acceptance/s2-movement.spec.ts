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

  it('1: four of them are coached', async () => {
    const movement = world.as('back-office', 'coordinator-movement');
    const coached = (asOf: string) =>
      world.client.ask<object>(`/networks/${id('movement')}/coaching`, movement, { asOf });
    expect(await coached('2022-01-01')).toMatchObject({ coached: 4, networks: 13 });
    expect(await coached('2018-09-30')).toMatchObject({ coached: 1 });
    // Leuven's ended on the day that was planned.
    expect(await coached('2022-12-15')).toMatchObject({ coached: 3 });
  });

  it('2: in Leuven an unusual partner opens its abbey, and it works', async () => {
    const { action } = await world.action('abdij', 'coordinator-leuven');
    expect(action).toMatchObject({
      status: 'active',
      title: { nl: 'Opvang in abdij' },
      organisations: [id('kerkraad'), id('stad-leuven')],
      lastEvaluation: { kind: 'final', verdict: 'works' },
      inKind: [{ organisation: id('kerkraad'), amountCents: 1_800_000, basis: 'per-year' }],
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

  it('4: eleven of thirteen agree on what to measure, and their body adopts it', async () => {
    const movement = world.as('back-office', 'coordinator-movement');
    const { session } = await world.client.ask<{ session: { networks: string[] } }>(
      `/sessions/${id('session-meting')}`,
      movement,
    );
    expect(session).toMatchObject({ topic: 'shared-measurement', steps: [{ doneAt: expect.any(String) as string }] });
    expect(session.networks.filter((one) => one !== id('movement'))).toHaveLength(11);
    const path = `/indicators/${id('ind-dagen')}`;
    const { indicator } = await world.client.ask<{ indicator: object }>(path, movement, { asOf: '2022-01-01' });
    expect(indicator).toMatchObject({ version: 1, adopted: { version: 1 } });
  });

  it('5: 3 010 days over 170 young people are 17.71, not the mean of means', async () => {
    const movement = world.as('back-office', 'coordinator-movement');
    const { periods } = await world.client.ask<{
      periods: { networks: { network: string; value: object | null }[] }[];
    }>(`/indicators/${id('ind-dagen')}/roll-up`, movement, { network: id('movement') });
    expect(periods).toMatchObject([
      { definitionVersion: 1, value: { numerator: 3_010, denominator: 170, text: '17.71' }, measured: 4 },
    ]);
    const of = (name: string) => periods[0]!.networks.find(({ network }) => network === id(name))!.value;
    expect(of('antwerpen')).toMatchObject({ text: '20.00' });
    expect(of('leuven')).toMatchObject({ text: '15.00' });
    expect(of('gent')).toMatchObject({ text: '18.00' });
    expect(of('mechelen')).toMatchObject({ text: '15.00' });
    expect(of('brugge')).toBeNull();
  });

  it('6: Mechelen and Turnhout adopt the practice; Turnhout decides otherwise', async () => {
    for (const [child, network, status] of [
      ['opvang-mechelen', 'mechelen', 'proposed'],
      ['opvang-turnhout', 'turnhout', 'declined'],
    ] as const)
      expect((await world.action(child, `coordinator-${network}`)).action).toMatchObject({
        status,
        generation: 1,
        derivedFrom: { action: id('abdij'), practice: id('practice-abdij'), practiceVersion: 1 },
      });
    const leuven = world.as('back-office', 'coordinator-leuven');
    const tree = await world.client.ask<{ nodes: object[] }>(`/actions/${id('abdij')}/provenance`, leuven);
    expect(tree.nodes).toHaveLength(3);
    const { record } = await world.client.ask<{ record: object[] }>(`/practices/${id('practice-abdij')}`, leuven);
    expect(record).toHaveLength(3);
  });

  it('7: the coach reads what is coached, and no more from the day on which it ended', async () => {
    const coach = world.as('coach', 'coach-movement');
    const read = async (name: string) => (await world.client.get(`/networks/${id(name)}`, coach)).status;
    expect(await read('gent')).toBe(200);
    expect(await read('brugge')).toBe(404);
    expect(await read('leuven')).toBe(404);
  });

  it('8: from 2023 on another definition holds, and a value by the old one is refused', async () => {
    const movement = world.as('back-office', 'coordinator-movement');
    const { versions } = await world.client.ask<{ versions: object[] }>(`/indicators/${id('ind-dagen')}`, movement);
    expect(versions).toMatchObject([
      { version: 1, validFrom: '2022-01-01' },
      { version: 2, validFrom: '2023-01-01' },
    ]);
  });

  it('a coalition does not see what another one does', async () => {
    const mechelen = world.as('back-office', 'coordinator-mechelen');
    expect((await world.client.get(`/actions/${id('abdij')}`, mechelen)).status).toBe(404);
  });

  holdsThat(() => world);
});
