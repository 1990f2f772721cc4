import type { GroupCard, NetworkCard } from '#projections';
import { s4 } from '../../apps/seed/scenarios/index.ts';
import { holdsThat, SLOW_MS } from './rules.ts';
import { stacks } from './stacks.ts';
import { play, type World } from './world.ts';

describe.each(stacks)('S4 1 Gezin 1 Plan on the $name', (stack) => {
  let world: World;
  beforeAll(async () => {
    world = await play(s4, { tafels: 'coordinator-tafels', waas: 'coordinator-waas' }, stack);
  }, SLOW_MS);
  afterAll(() => world?.close());

  const id = (name: string) => world.run.id(name);

  it('1: a programme has three projects, each with its region', async () => {
    const office = world.as('back-office', 'coordinator-gezin');
    const overview = await world.client.ask<object>(`/networks/${id('gezin')}/overview`, office);
    expect(overview).toMatchObject({ network: { kind: 'programme' }, below: 3 });
    for (const [name, title, nis] of [
      ['samen1plan', 'Samen1Plan Gent', '44021'],
      ['tafels', 'RTJ De Tafels', '43005'],
      ['waas', 'Krachtgericht Waas en Dender', '46021'],
    ] as const) {
      const reader = world.as('back-office', `coordinator-${name}`);
      const { network } = await world.client.ask<{ network: NetworkCard }>(`/networks/${id(name)}`, reader);
      expect(network).toMatchObject({ name: title, kind: 'project', parent: id('gezin'), regions: [nis] });
    }
  });

  it('9: the name as of before and after differs', async () => {
    const name = async (at: object) => {
      const office = world.as('back-office', 'coordinator-waas');
      const path = `/networks/${id('waas')}`;
      return (await world.client.ask<{ network: NetworkCard }>(path, office, { ...at })).network.name;
    };
    expect(await name({ asOf: '2019-10-06' })).toBe('Krachtgericht RTJ Waas en Dender');
    expect(await name({ asOf: '2019-10-07' })).toBe('Krachtgericht Waas en Dender');
    expect(await name({ effectiveAt: '2019-10-06' })).toBe('Krachtgericht RTJ Waas en Dender');
    expect(await name({})).toBe('Krachtgericht Waas en Dender');
  });

  it('9: the lead of a group hands over, with a note', async () => {
    const office = world.as('back-office', 'coordinator-tafels');
    const path = `/groups/${id('tafelteam')}`;
    const { group } = await world.client.ask<{ group: GroupCard }>(path, office);
    expect(group).toMatchObject({
      lead: id('next-lead-tafelteam'),
      leads: [
        { lead: id('lead-tafelteam'), handOver: expect.stringContaining('twee gesprekken') },
        { lead: id('next-lead-tafelteam'), handOver: null, until: null },
      ],
    });
    const before = await world.client.ask<{ group: GroupCard }>(path, office, { asOf: '2019-09-01' });
    expect(before.group.lead).toBe(id('lead-tafelteam'));
  });

  holdsThat(() => world);
});
