import type { ActionCard, GroupCard, OrganisationCard } from '#projections';
import { s5 } from '../../apps/seed/scenarios/index.ts';
import { holdsThat, SLOW_MS } from './rules.ts';
import { stacks } from './stacks.ts';
import { play, type GroupBoard, type World } from './world.ts';

describe.each(stacks)('S5 Lokaal netwerk Oudenaarde on the $name', (stack) => {
  let world: World;
  beforeAll(async () => {
    world = await play(s5, { oudenaarde: 'coordinator-oudenaarde', zwalm: 'coordinator-zwalm' }, stack);
  }, SLOW_MS);
  afterAll(() => world?.close());

  const id = (name: string) => world.run.id(name);
  const office = () => world.as('back-office', 'coordinator-oudenaarde');
  const board = async (year: number) => {
    const { groups } = await world.client.ask<GroupBoard>('/group-board', office(), {
      network: id('oudenaarde'),
      year,
    });
    return (name: string) => groups.find((group) => group.id === id(name))?.cadence;
  };

  it('6: four objectives and six actions, one of them a part of another', async () => {
    const { agenda } = await world.client.ask<{ agenda: object }>(`/agendas/${id('oudenaarde')}`, office());
    expect(agenda).toMatchObject({ version: 1 });
    const { items } = await world.client.ask<{ items: ActionCard[] }>('/actions', office(), {
      network: id('oudenaarde'),
    });
    expect(items).toHaveLength(6);
    expect(new Set(items.flatMap(({ objectives }) => objectives))).toEqual(new Set(['O1', 'O2', 'O3', 'O4']));
    const heading = await world.action('uitbreiding', 'coordinator-oudenaarde');
    expect(heading.action.title).toEqual({ nl: 'Uitbreiding en activering' });
    expect(heading.parts.map((part) => part.id)).toEqual([id('drempels')]);
  });

  it('6: the approval was known before it held', async () => {
    const status = async (at: object) =>
      (await world.action('uitbreiding', 'coordinator-oudenaarde', at)).action.status;
    expect(await status({ asOf: '2013-12-20' })).toBe('approved');
    expect(await status({ effectiveAt: '2013-12-20' })).toBe('proposed');
    expect(await status({ effectiveAt: '2014-01-01' })).toBe('approved');
    expect(await status({ effectiveAt: '2014-01-06' })).toBe('active');
  });

  it('6: four groups; the steering group holds every partner, one of which has no enterprise number', async () => {
    const { group } = await world.client.ask<{ group: GroupCard }>(`/groups/${id('stuurgroep')}`, office());
    expect(group.members.map(({ organisation }) => organisation).sort()).toEqual(
      ['stad-oudenaarde', 'ocmw-oudenaarde', 'kansen-voor-cultuur', 'verenigingen'].map(id).sort(),
    );
    const body = await world.client.ask<{ organisation: OrganisationCard }>(
      `/organisations/${id('kansen-voor-cultuur')}`,
      office(),
    );
    expect(body.organisation.enterpriseNumber).toBeNull();
    const { items } = await world.client.ask<{ items: GroupCard[] }>('/groups', office(), {
      network: id('oudenaarde'),
    });
    expect(items.map(({ name }) => name).sort()).toEqual([
      'Kansen voor Cultuur',
      'OK Swaree',
      'Planning',
      'Stuurgroep',
    ]);
  });

  it('7: in 2014 OK Swaree met 11 of 12 times, the planning 2 of 2', async () => {
    const of2014 = await board(2014);
    expect(of2014('swaree')).toMatchObject({ held: 11, timesPerYear: 12, basisPoints: 9167, met: false });
    expect(of2014('planning')).toMatchObject({ held: 2, timesPerYear: 2, basisPoints: 10_000, met: true });
  });

  it('9: what was broadened to Zwalm is proposed there, and Zwalm withdraws it', async () => {
    const child = async (asOf: string) =>
      (await world.action('uitstraling-zwalm', 'coordinator-zwalm', { asOf })).action;
    expect(await child('2015-10-12')).toMatchObject({
      network: id('zwalm'),
      status: 'proposed',
      generation: 1,
      regions: ['45065'],
      derivedFrom: { action: id('uitstraling'), kind: 'network' },
    });
    expect(await child('2015-11-09')).toMatchObject({ status: 'withdrawn' });
    const withdrawn = (await world.history('uitstraling-zwalm', 'coordinator-zwalm')).at(-1);
    expect(withdrawn).toMatchObject({
      type: 'ActionWithdrawn',
      who: { person: id('coordinator-zwalm'), role: 'back-office', organisation: id('gemeente-zwalm') },
      reason: { text: { nl: expect.stringContaining('gelijkaardig initiatief') } },
    });
    expect((await world.action('uitstraling', 'coordinator-oudenaarde')).action.status).toBe('active');
  });

  holdsThat(() => world);
});
