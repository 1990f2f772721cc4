import { sum } from '#kernel';
import type { GrantCard, GroupCard, NetworkCard, SecondmentCard, StaffCharge } from '#projections';
import { s4 } from '../../apps/seed/scenarios/index.ts';
import { holdsThat, SLOW_MS } from './rules.ts';
import { stacks } from './stacks.ts';
import { play, type At, type World } from './world.ts';

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

  const totals = async (grant: string, at: At = {}) => {
    const finance = world.as('finance', 'finance-gezin');
    const statement = await world.client.ask<{ grant: GrantCard }>(`/grants/${id(grant)}`, finance, { ...at });
    return statement.grant.totals;
  };
  const secondments = (network: string, on: string, at: At = {}) =>
    world.client.ask<Statement>('/secondments', world.as('back-office', `coordinator-${network}`), {
      network: id(network),
      on,
      ...at,
    });

  it('1: each project has a million for 2019, the programme three', async () => {
    const grants = await Promise.all(['g-samen1plan', 'g-tafels', 'g-waas'].map((grant) => totals(grant)));
    expect(grants.map(({ awardCents }) => awardCents)).toEqual([100_000_000, 100_000_000, 100_000_000]);
    expect(sum(grants.map(({ awardCents }) => awardCents))).toBe(300_000_000);
  });

  it('3: five people are seconded: 41 000 bp in March, 36 000 bp in September', async () => {
    const march = await secondments('gezin', '2019-03-01');
    expect(march.totalBp).toBe(41_000);
    expect(march.secondments.map(({ bp }) => bp).sort((a, b) => b - a)).toEqual([10_000, 10_000, 8_000, 8_000, 5_000]);
    expect(new Set(march.secondments.map(({ secondment }) => secondment.sender))).toEqual(new Set([id('dop')]));
    const september = await secondments('gezin', '2019-09-01');
    expect(september.totalBp).toBe(36_000);
    expect(september.secondments.map(({ secondment }) => secondment.secondee)).not.toContain(id('temporary'));
  });

  it(
    '3: the temporary worker came on 1 January and was registered on the 21st',
    async () => {
      const bp = async (at: At) => (await secondments('gezin', '2019-03-01', at)).totalBp;
      expect(await bp({ asOf: '2019-01-20' })).toBe(36_000);
      expect(await bp({ asOf: '2019-01-21' })).toBe(41_000);
      expect(await bp({ effectiveAt: '2019-01-01' })).toBe(41_000);
      expect(await bp({ effectiveAt: '2019-01-20', asOf: '2019-01-20' })).toBe(36_000);
    },
    SLOW_MS,
  );

  it('4: who is seconded for four days of five is not seconded for one and a half more', async () => {
    expect(world.refusals.get('secondment-worker-more')).toMatchObject({
      code: 'fte-over-100',
      details: { status: 422, day: '2019-01-01', bp: 8_000, asked: 3_000 },
    });
    const { secondments: agreed } = await secondments('gezin', '2019-03-01');
    const ofWorker = agreed.filter(({ secondment }) => secondment.secondee === id('worker'));
    expect(ofWorker.map(({ bp }) => bp)).toEqual([8_000]);
  });

  it(
    '5: 80 % of a salary of 54 000.00 is charged to De Tafels: spent when recorded, accepted when verified',
    async () => {
      expect(await totals('g-tafels', { asOf: '2020-01-12' })).toMatchObject({
        allocatedCents: 5_000_000,
        spentCents: 0,
        acceptedCents: 0,
      });
      expect(await totals('g-tafels', { asOf: '2020-01-13' })).toMatchObject({
        allocatedCents: 680_000,
        spentCents: 4_320_000,
        acceptedCents: 0,
      });
      expect(await totals('g-tafels')).toMatchObject({
        unallocatedCents: 95_000_000,
        allocatedCents: 680_000,
        spentCents: 0,
        acceptedCents: 4_320_000,
      });
    },
    SLOW_MS,
  );

  it(
    '5: it was spent in 2019, which was known in 2020',
    async () => {
      const spent = async (at: At) => (await totals('g-tafels', at)).spentCents;
      expect(await spent({ effectiveAt: '2019-12-30' })).toBe(0);
      expect(await spent({ effectiveAt: '2019-12-31' })).toBe(4_320_000);
      expect(await spent({ effectiveAt: '2019-12-31', asOf: '2020-01-12' })).toBe(0);
      expect(await spent({ effectiveAt: '2020-01-20' })).toBe(0);
      const charged = async (at: At) => (await secondments('tafels', '2019-06-03', at)).charges.length;
      expect(await charged({ asOf: '2020-01-12' })).toBe(0);
      expect(await charged({ asOf: '2020-01-13' })).toBe(1);
      expect(await charged({ effectiveAt: '2019-12-31' })).toBe(1);
      expect(await charged({ effectiveAt: '2019-12-31', asOf: '2020-01-12' })).toBe(0);
      expect(await charged({ effectiveAt: '2019-12-30' })).toBe(0);
    },
    SLOW_MS,
  );

  it(
    '5: of the rest Gent is charged 20 % and not 25 %',
    async () => {
      expect(world.refusals.get('e-worker-too-much')).toMatchObject({
        code: 'staff-cost-over-100',
        details: { status: 422, day: '2019-01-01', bp: 8_000, asked: 2_500 },
      });
      expect(await totals('g-samen1plan', { asOf: '2020-02-02' })).toMatchObject({ spentCents: 0, acceptedCents: 0 });
      expect(await totals('g-samen1plan', { asOf: '2020-02-03' })).toMatchObject({ spentCents: 1_080_000 });
      expect(await totals('g-samen1plan')).toMatchObject({ spentCents: 0, acceptedCents: 1_080_000 });
      for (const [network, shareBp] of [
        ['tafels', 8_000],
        ['samen1plan', 2_000],
      ] as const) {
        const { charges } = await secondments(network, '2019-06-03');
        expect(charges).toMatchObject([{ secondee: id('worker'), grant: id(`g-${network}`), shareBp }]);
      }
    },
    SLOW_MS,
  );

  it('5: both are on one document, which is claimed to its last cent', async () => {
    const finance = world.as('finance', 'finance-gezin');
    const { items } = await world.client.ask<{ items: object[] }>('/documents', finance, { network: id('tafels') });
    expect(items).toMatchObject([
      {
        number: 'LOON-2019-W1',
        grossCents: 5_400_000,
        standingCents: 5_400_000,
        elsewhereCents: 0,
        pendingCents: 0,
        grants: expect.arrayContaining([
          expect.objectContaining({ grant: id('g-tafels'), standingCents: 4_320_000, status: 'accepted' }),
          expect.objectContaining({ grant: id('g-samen1plan'), standingCents: 1_080_000, status: 'accepted' }),
        ]),
      },
    ]);
  });

  it('6: 604 families are more than the 600 promised, and De Tafels is below its floor', async () => {
    const office = world.as('back-office', 'coordinator-gezin');
    const rollUp = (indicator: string) =>
      world.client.ask<{ periods: object[] }>(`/indicators/${id(indicator)}/roll-up`, office, { network: id('gezin') });
    expect((await rollUp('ind-gezinnen')).periods).toMatchObject([
      {
        value: { numerator: 604, text: '604' },
        target: { numerator: 600 },
        met: true,
        measured: 3,
        floorsMissed: 1,
        networks: expect.arrayContaining([
          expect.objectContaining({ network: id('tafels'), floorMissed: true }),
          expect.objectContaining({ network: id('samen1plan'), floorMissed: false }),
        ]) as object,
      },
    ]);
    // Two families were counted late.
    const known = await world.client.ask<{ periods: object[] }>(`/indicators/${id('ind-gezinnen')}/roll-up`, office, {
      network: id('gezin'),
      asOf: '2020-01-12',
    });
    expect(known.periods).toMatchObject([{ value: { numerator: 602 } }]);
    const { items } = await world.client.ask<{ items: { subject: { id: string } }[] }>('/work-list', office, {
      network: id('gezin'),
      kind: 'floor-missed',
      asOf: '2020-01-15',
    });
    expect(items.map(({ subject }) => subject.id)).toEqual([id('tafels')]);
    // 7
    expect((await rollUp('ind-antwoord')).periods).toMatchObject([
      { value: { numerator: 551, denominator: 604, text: '91.23' } },
    ]);
  });

  it('6: the three projects side by side: families, floor, money and staff', async () => {
    const office = world.as('back-office', 'coordinator-gezin');
    const path = `/networks/${id('gezin')}/variation`;
    const { items } = await world.client.ask<{ items: { id: string; indicators: { id: string; here: object }[] }[] }>(
      path,
      office,
      { year: 2019 },
    );
    const families = (name: string) =>
      items.find((one) => one.id === id(name))?.indicators.find((one) => one.id === id('ind-gezinnen'))?.here;
    expect(families('samen1plan')).toMatchObject({ value: { text: '214' }, floorMissed: false });
    expect(families('tafels')).toMatchObject({ value: { text: '187' }, floor: { text: '200' }, floorMissed: true });
    expect(families('waas')).toMatchObject({ value: { text: '203' }, floorMissed: false });
  });

  it('8: a training offer for the three projects: six days, 118 took part', async () => {
    const office = world.as('back-office', 'coordinator-gezin');
    const { action } = await world.action('vorming', 'coordinator-gezin');
    expect(action).toMatchObject({
      kind: 'supporting-offer',
      inspiredBy: [id('gezinnen-samen1plan'), id('gezinnen-tafels')],
    });
    const { items } = await world.client.ask<{ items: { participants: number }[] }>('/sessions', office, {
      network: id('gezin'),
      kind: 'training',
    });
    expect(items).toHaveLength(6);
    expect(items.reduce((total, { participants }) => total + participants, 0)).toBe(118);
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

interface Statement {
  readonly totalBp: number;
  readonly secondments: readonly { readonly bp: number; readonly secondment: SecondmentCard }[];
  readonly charges: readonly StaffCharge[];
}
