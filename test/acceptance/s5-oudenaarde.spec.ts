import type { ActionCard, AgreementCard, DrawingRightCard, GroupCard, OrganisationCard } from '#projections';
import { s5 } from '../../apps/seed/scenarios/index.ts';
import { holdsThat, SLOW_MS } from './rules.ts';
import { stacks } from './stacks.ts';
import { play, type At, type GroupBoard, type World } from './world.ts';

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

  const PARTNERS = ['stad-oudenaarde', 'ocmw-oudenaarde', 'kansen-voor-cultuur', 'verenigingen'];
  const agreement = (name: string, at: At = {}) =>
    world.client.ask<AgreementAnswer>(`/agreements/${id(name)}`, office(), { ...at });
  const right = (at: At = {}) =>
    world.client.ask<RightAnswer>(`/drawing-rights/${id('trekkingsrecht')}`, office(), { ...at });
  const yearOf = async (year: number, at: At = {}) => (await right(at)).right.years.find((one) => one.year === year)!;

  it('1: two agreements follow one another, signed by all partners', async () => {
    const second = await agreement('agreement-2');
    expect(second).toMatchObject({
      agreement: { kind: 'scheme-period', from: '2014-01-01', until: '2019-12-31', succeeds: id('agreement-1') },
      status: 'in-force',
      predecessor: { id: id('agreement-1'), from: '2009-01-01', until: '2013-12-31', status: 'superseded' },
      successors: [],
    });
    expect(second.agreement.signatures.map(({ organisation }) => organisation)).toEqual(PARTNERS.map(id));
    expect((await agreement('agreement-1')).successors).toMatchObject([{ id: id('agreement-2') }]);
  });

  it(
    '1: what time makes of them is said as of each moment',
    async () => {
      const status = async (name: string, asOf: string) => (await agreement(name, { asOf })).status;
      expect(await status('agreement-1', '2009-01-05')).toBe('drafted');
      expect(await status('agreement-1', '2009-02-02')).toBe('submitted');
      expect(await status('agreement-1', '2009-02-16')).toBe('in-force');
      expect(await status('agreement-1', '2014-01-05')).toBe('expired');
      expect(await status('agreement-2', '2014-01-05')).toBe('approved');
      expect(await status('agreement-1', '2014-01-06')).toBe('superseded');
      expect(await status('agreement-2', '2014-01-06')).toBe('in-force');
    },
    SLOW_MS,
  );

  it('1: a third one between them is refused', async () => {
    expect(world.refusals.get('agreement-overlapping')).toMatchObject({
      code: 'agreement-overlap',
      details: { status: 422 },
    });
    const { items } = await world.client.ask<{ items: { id: string }[] }>('/agreements', office(), {
      network: id('oudenaarde'),
      kind: 'scheme-period',
    });
    expect(items.map((item) => item.id)).toEqual(['agreement-2', 'agreement-1'].map(id));
  });

  it('schools and their platform work along, which an action rests on', async () => {
    expect(await agreement('agreement-lop')).toMatchObject({
      agreement: {
        kind: 'working-arrangement',
        thirdParties: ['LOP Oudenaarde (demo)', 'Basisscholen Oudenaarde (demo)'],
        scheme: null,
      },
      status: 'in-force',
      actions: [{ id: id('communicatie') }],
    });
  });

  it('2: the right is 6 613.00 a year, for which the partners bring in the double', async () => {
    const { right: card, totals } = await right();
    expect(card).toMatchObject({
      amountCents: 661_300,
      basis: 'per-year',
      agreement: id('agreement-2'),
      terms: { minOwnPerGrant: { num: 2, den: 1 }, isDemoRule: true, carryOver: false },
    });
    expect(card.years.map(({ year }) => year)).toEqual([2014, 2015, 2016, 2017, 2018, 2019]);
    expect(totals['rightCents']).toBe(3_967_800);
    expect(new Set(card.years.map(({ requiredOwnCents }) => requiredOwnCents))).toEqual(new Set([1_322_600]));
  });

  it('3: in 2014 own money was enough, to the cent', async () => {
    expect(await yearOf(2014)).toMatchObject({
      own: { own: 1_200_000, solidarity: 122_600, 'in-kind': 0 },
      ownCents: 1_322_600,
      drawnCents: 661_300,
      eligibleCents: 661_300,
      recoverCents: 0,
      lapsedCents: 0,
      isSettled: true,
    });
  });

  it('3: nothing is drawn above the right', async () => {
    expect(world.refusals.get('drawn-too-much')).toMatchObject({
      code: 'right-exceeded',
      details: { status: 422, year: 2014, availableCents: 0 },
    });
    expect(await yearOf(2014, { asOf: '2014-11-20' })).toMatchObject({ drawnCents: 661_300, availableCents: 0 });
  });

  it(
    '3: the solidarity of 2014 held in 2014, and was known in 2015',
    async () => {
      const known = { ownCents: 1_200_000, eligibleCents: 600_000 };
      const held = { ownCents: 1_322_600, eligibleCents: 661_300 };
      expect(await yearOf(2014, { asOf: '2015-02-01' })).toMatchObject(known);
      expect(await yearOf(2014, { asOf: '2015-02-02' })).toMatchObject(held);
      expect(await yearOf(2014, { effectiveAt: '2014-12-31' })).toMatchObject(held);
      expect(await yearOf(2014, { effectiveAt: '2014-12-31', asOf: '2015-02-01' })).toMatchObject(known);
      expect(await yearOf(2014, { effectiveAt: '2014-12-30' })).toMatchObject(known);
    },
    SLOW_MS,
  );

  it(
    '4: in 2015 it was not: 113.00 is recovered, and repaid',
    async () => {
      expect(await yearOf(2015, { asOf: '2016-02-07' })).toMatchObject({
        ownCents: 1_300_000,
        drawnCents: 661_300,
        eligibleCents: 650_000,
        recoverCents: 0,
        isSettled: false,
      });
      expect(await yearOf(2015, { asOf: '2016-02-08' })).toMatchObject({
        eligibleCents: 650_000,
        recoverCents: 11_300,
        recoverBy: '2016-03-09',
        repaidCents: 0,
        isSettled: true,
      });
      expect(await yearOf(2015)).toMatchObject({ recoverCents: 11_300, repaidCents: 11_300, lapsedCents: 0 });
    },
    SLOW_MS,
  );

  it(
    '5: what was not used of 2016 lapses',
    async () => {
      expect(await yearOf(2016, { asOf: '2017-02-05' })).toMatchObject({ availableCents: 161_300, lapsedCents: 0 });
      expect(await yearOf(2016)).toMatchObject({
        ownCents: 1_000_000,
        drawnCents: 500_000,
        eligibleCents: 500_000,
        recoverCents: 0,
        lapsedCents: 161_300,
        carriedCents: 0,
      });
      expect(await yearOf(2017)).toMatchObject({ rightCents: 661_300, carriedInCents: 0, availableCents: 661_300 });
    },
    SLOW_MS,
  );

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
    expect(group.members.map(({ organisation }) => organisation).sort()).toEqual(PARTNERS.map(id).sort());
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

  it('9: the two networks agree instead', async () => {
    expect(await agreement('agreement-zwalm')).toMatchObject({
      agreement: {
        kind: 'inter-network',
        withNetworks: [id('zwalm')],
        signatures: [{ organisation: id('stad-oudenaarde') }, { organisation: id('gemeente-zwalm') }],
      },
      status: 'in-force',
      actions: [{ id: id('uitstraling') }],
    });
  });

  it('7: eleven of twelve is 91.67 %, two of two 100 %', async () => {
    const path = `/networks/${id('oudenaarde')}/cadence`;
    const { items } = await world.client.ask<{ items: { id: string; cadence: object }[] }>(path, office(), {
      year: 2014,
    });
    const of = (name: string) => items.find((one) => one.id === id(name))?.cadence;
    expect(of('swaree')).toMatchObject({ held: 11, timesPerYear: 12, percent: '91.67', met: false });
    expect(of('planning')).toMatchObject({ held: 2, timesPerYear: 2, percent: '100.00', met: true });
  });

  it('8: 166.41 cents of public money a participation in 2015', async () => {
    const path = `/indicators/${id('ind-deelnames')}/cost-effectiveness`;
    expect(await world.client.ask(path, office(), { year: 2015 })).toMatchObject({
      publicCents: 650_000,
      units: 3_906,
      centsPerUnit: '166.41',
    });
    expect(await world.client.ask(path, office(), { year: 2015, asOf: '2015-12-31' })).toMatchObject({
      centsPerUnit: null,
    });
  });

  it('10: the second agreement is accounted for, objective by objective', async () => {
    const path = `/agreements/${id('agreement-2')}/report`;
    const report = await world.client.ask<{ items: { actions: { total: number } }[] }>(path, office());
    expect(report).toMatchObject({
      predecessor: { id: id('agreement-1') },
      drawingRights: [{ totals: { rightCents: 3_967_800 } }],
    });
    expect(report.items.map((one) => one.actions.total)).toHaveLength(4);
  });

  holdsThat(() => world);
});

interface AgreementAnswer {
  readonly agreement: AgreementCard;
  readonly status: string;
  readonly predecessor: object | null;
  readonly successors: readonly object[];
  readonly actions: readonly object[];
}

interface RightAnswer {
  readonly right: DrawingRightCard;
  readonly totals: Readonly<Record<string, number>>;
}
