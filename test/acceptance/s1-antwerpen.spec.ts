import type { Commitment, DecisionEntry, Expenditure, GrantCard } from '#projections';
import { s1 } from '../../apps/seed/scenarios/index.ts';
import { holdsThat, SLOW_MS } from './rules.ts';
import { stacks } from './stacks.ts';
import { play, type At, type GroupBoard, type Ratio, type World } from './world.ts';

interface Statement {
  readonly grant: GrantCard;
  readonly balanceCents: number;
  readonly retainUntil: string | null;
}

describe.each(stacks)('S1 Mind the Gap Antwerpen on the $name', (stack) => {
  let world: World;
  beforeAll(async () => {
    world = await play(s1, { antwerpen: 'coordinator-antwerpen' }, stack);
  }, SLOW_MS);
  afterAll(() => world?.close());

  const id = (name: string) => world.run.id(name);
  const office = () => world.as('back-office', 'coordinator-antwerpen');
  const wmb = async (at = {}) => (await world.action('wmb', 'coordinator-antwerpen', at)).action;
  const step = async (type: string, action = 'wmb') =>
    (await world.history(action, 'coordinator-antwerpen')).filter((item) => item.type === type);

  it('1: an action is proposed', async () => {
    expect(await wmb({ asOf: '2020-06-10' })).toMatchObject({
      status: 'proposed',
      proposalVersion: 1,
      title: { nl: 'Wonen met begeleiding' },
      objectives: ['O5'],
      group: id('wonen'),
      organisations: [id('jeugdhulp'), id('huisvesting'), id('welzijn')],
      lead: null,
    });
    expect((await world.client.get(`/actions/${id('wmb')}`, office(), { asOf: '2020-06-09' })).status).toBe(404);
  });

  it('2: the collective decides with 14 of 18 seats, by consent, with one dissent', async () => {
    expect(await wmb({ asOf: '2020-06-25' })).toMatchObject({ status: 'approved', approval: { decision: id('d1') } });
    expect(await wmb({ asOf: '2020-06-24' })).toMatchObject({ status: 'proposed' });
    const { decision } = await world.client.ask<{ decision: DecisionEntry }>(`/decisions/${id('d1')}`, office());
    expect(decision).toMatchObject({
      body: id('collectief'),
      meeting: id('collectief-2020-2'),
      outcome: 'approve',
      rule: 'consent',
      seatsPresent: 14,
      seatsEntitled: 18,
      subjects: [{ kind: 'action', id: id('wmb'), proposalVersion: 1 }],
    });
    expect(decision.dissent).toHaveLength(1);
  });

  it('3: it starts with a lead, and not without', async () => {
    expect(await step('ActionStarted')).toHaveLength(1);
    expect(await wmb({ asOf: '2020-06-30' })).toMatchObject({ status: 'approved', lead: null });
    expect(await wmb({ asOf: '2020-07-01' })).toMatchObject({ status: 'approved', lead: id('lead-wonen') });
  });

  it('4: it is active from 1 October 2020', async () => {
    expect(await wmb({ asOf: '2020-09-30' })).toMatchObject({ status: 'approved', startedAt: null });
    expect(await wmb({ asOf: '2020-10-01' })).toMatchObject({
      status: 'active',
      startedAt: '2020-10-01T08:00:00.000Z',
    });
  });

  it('a partner who came in October and was registered in November: what held and what was known differ', async () => {
    const partners = async (at: object) => (await wmb(at)).organisations.length;
    expect(await partners({ asOf: '2020-10-20' })).toBe(3);
    expect(await partners({ effectiveAt: '2020-10-20' })).toBe(4);
    expect(await partners({ effectiveAt: '2020-10-20', asOf: '2020-10-20' })).toBe(3);
    expect(await partners({ effectiveAt: '2020-10-14' })).toBe(3);
    expect(await partners({ asOf: '2020-11-05' })).toBe(4);
  });

  it('8: it is measured: 17 of 22 housed, 12 of 17 stable after half a year', async () => {
    const series = async (indicator: string, at: object = {}) => {
      const path = `/indicators/${id(indicator)}/series`;
      const { points } = await world.client.ask<{ points: { value: { text: string } }[] }>(path, office(), {
        network: id('antwerpen'),
        action: id('wmb'),
        ...at,
      });
      return points.map(({ value }) => value.text);
    };
    expect(await series('ind-gehuisvest')).toEqual(['77.27']);
    expect(await series('ind-stabiel')).toEqual(['70.59', '78.95']);
    expect(await series('ind-stabiel', { asOf: '2021-05-20' })).toEqual(['70.59']);
    expect(await series('ind-stabiel', { asOf: '2021-05-09' })).toEqual([]);
  });

  it('9: an interim evaluation says works partly, and the plan is adjusted on it', async () => {
    const [interim] = await step('ActionEvaluated');
    expect(interim).toMatchObject({
      id: world.run.event('wmb-interim'),
      who: { person: id('lead-wonen'), role: 'lead', organisation: id('huisvesting') },
      data: {
        kind: 'interim',
        verdict: 'works-partly',
        indicatorSnapshot: [
          { label: 'Gehuisvest', numerator: 17, denominator: 22, knownAt: '2021-05-10T21:59:59.999Z' },
          { label: 'Stabiel na 6 maanden', rba: 'better-off', numerator: 12, denominator: 17 },
        ],
        learnings: [
          { tag: 'wachttijd', polarity: 'does-not-work' },
          { tag: 'vaste-begeleider', polarity: 'works' },
        ],
      },
    });
    expect(interim!.data.indicatorSnapshot!.map(percent)).toEqual(['77.27', '70.59']);
    expect(await wmb({ asOf: '2021-05-19' })).toMatchObject({ planVersion: 1, evaluated: 0 });
    expect(await wmb({ asOf: '2021-05-20' })).toMatchObject({
      planVersion: 2,
      lastEvaluation: { verdict: 'works-partly', settled: true },
    });
    const { changes } = await world.client.ask<{ changes: { field: string }[] }>(
      `/actions/${id('wmb')}/diff`,
      office(),
      {
        from: '2021-05-19',
        to: '2021-05-20',
      },
    );
    expect(changes.map(({ field }) => field).sort()).toEqual(['learnings', 'plan', 'planVersion', 'verdict']);
  });

  it('10: the final evaluation says that it works', async () => {
    const [, final] = await step('ActionEvaluated');
    expect(final!.data).toMatchObject({
      kind: 'final',
      verdict: 'works',
      voices: [{ source: 'target-group', n: 1 }],
      learnings: [{ tag: 'vaste-begeleider', polarity: 'works' }],
      planVersion: 2,
    });
    expect(final!.data.indicatorSnapshot!.map(percent)).toEqual(['78.95']);
  });

  it('11: it is broadened to Leuven and Gent, where it is a proposal of the first generation', async () => {
    expect(await wmb({ asOf: '2022-06-16' })).toMatchObject({
      status: 'active',
      broadened: 1,
      broadenings: [{ decision: id('d2'), networks: [id('leuven'), id('gent')] }],
      lastEvaluation: { settled: true },
    });
    for (const [child, network, nis] of [
      ['wmb-leuven', 'leuven', '24062'],
      ['wmb-gent', 'gent', '44021'],
    ] as const) {
      const { action } = await world.action(child, `coordinator-${network}`);
      expect(action).toMatchObject({
        network: id(network),
        status: 'proposed',
        generation: 1,
        root: id('wmb'),
        derivedFrom: { action: id('wmb'), planVersion: 2, evaluation: world.run.event('wmb-final') },
        regions: [nis],
        group: null,
        objectives: [],
        budgetCents: null,
        proposedBy: 'process:broaden',
      });
      expect((await world.client.get(`/actions/${id(child)}`, office())).status).toBe(404);
    }
    const { nodes } = await world.client.ask<{ nodes: { generation: number; visible: boolean }[] }>(
      `/actions/${id('wmb')}/provenance`,
      office(),
    );
    expect(nodes.map(({ generation, visible }) => [generation, visible])).toEqual([
      [0, true],
      [1, false],
      [1, false],
    ]);
  });

  it('12: two actions taught the same: a pattern, a recommendation, and what was answered', async () => {
    const { items } = await world.client.ask<{ items: object[] }>('/patterns', office(), { network: id('antwerpen') });
    expect(items).toContainEqual(
      expect.objectContaining({ tag: 'vaste-begeleider', polarity: 'works', actions: 2 }) as object,
    );
    const path = `/recommendations/${id('r-begeleider')}`;
    const { recommendation } = await world.client.ask<{ recommendation: object }>(path, office());
    expect(recommendation).toMatchObject({
      status: 'answered',
      adopted: { decision: id('d3') },
      submitted: { level: 'flemish' },
    });
    const before = await world.client.ask<{ recommendation: object }>(path, office(), { asOf: '2022-10-19' });
    expect(before.recommendation).toMatchObject({ status: 'drafted' });
  });

  it('13: the pilot that does not work is stopped by decision, and stays in the history', async () => {
    const { action } = await world.action('nachtopvang', 'coordinator-antwerpen');
    expect(action).toMatchObject({
      status: 'closed',
      outcome: 'stopped',
      lastEvaluation: { verdict: 'does-not-work', settled: true },
      decisions: [id('d-nachtopvang'), id('d4')],
    });
    const types = (await world.history('nachtopvang', 'coordinator-antwerpen')).map(({ type }) => type);
    expect(types).toEqual([
      'ActionProposed',
      'ActionApproved',
      'LeadAssigned',
      'ActionStarted',
      'ActionEvaluated',
      'ActionClosed',
    ]);
    const { items } = await world.client.ask<{ items: { id: string }[] }>('/actions', office(), {
      network: id('antwerpen'),
    });
    expect(items.map((item) => item.id)).toContain(id('nachtopvang'));
  });

  const auditor = () => world.as('auditor', 'auditor-antwerpen');
  const statement = (at: At = {}) => world.client.ask<Statement>(`/grants/${id('g-s1')}`, auditor(), { ...at });
  const totals = async (at: At = {}) => (await statement(at)).grant.totals;

  it('3: 85 000.00 are awarded, 60 000.00 of it allocated, 42 500.00 received', async () => {
    expect(await totals({ asOf: '2020-09-15' })).toMatchObject({
      awardCents: 8_500_000,
      unallocatedCents: 2_500_000,
      allocatedCents: 6_000_000,
      receivedCents: 4_250_000,
    });
  });

  it('5: 54 000.00 are committed', async () => {
    expect(await totals({ asOf: '2020-10-05' })).toMatchObject({ allocatedCents: 600_000, committedCents: 5_400_000 });
  });

  it('6: 48 000.00 are spent; 2 000.00 and 4 000.00 are left of the orders', async () => {
    expect(await totals({ asOf: '2021-04-01' })).toMatchObject({ spentCents: 4_800_000, acceptedCents: 0 });
    const { items } = await world.client.ask<{ items: Commitment[] }>('/commitments', auditor(), {
      network: id('antwerpen'),
      asOf: '2021-03-31',
    });
    expect(Object.fromEntries(items.map(({ title, openCents }) => [title, openCents]))).toEqual({
      Begeleidingsuren: 400_000,
      Huurwaarborgen: 200_000,
    });
  });

  it('7: 47 200.00 are accepted, 800.00 go back to what is allocated', async () => {
    expect(await totals({ asOf: '2021-04-16' })).toMatchObject({
      spentCents: 0,
      acceptedCents: 4_720_000,
      allocatedCents: 680_000,
    });
    expect(await totals({ asOf: '2021-04-14' })).toMatchObject({ spentCents: 4_800_000, acceptedCents: 0 });
    const { items } = await world.client.ask<{ items: Expenditure[] }>('/expenditures', auditor(), {
      network: id('antwerpen'),
    });
    expect(
      Object.fromEntries(items.map(({ status, acceptedCents, split }) => [status, [acceptedCents, split.ownCents]])),
    ).toEqual({ accepted: [2_800_000, 700_000], partly: [1_920_000, 480_000] });
  });

  it('14: it closes with 47 200.00 accepted, 37 800.00 lapsed, and 4 700.00 still to be received', async () => {
    const closed = await statement();
    expect(closed.grant).toMatchObject({
      status: 'closed',
      totals: {
        awardCents: 8_500_000,
        unallocatedCents: 0,
        allocatedCents: 0,
        committedCents: 0,
        spentCents: 0,
        acceptedCents: 4_720_000,
        correctedCents: 0,
        lapsedCents: 3_780_000,
        receivedCents: 4_250_000,
      },
      settlement: { entitlementCents: 4_720_000, balanceCents: 470_000, recoveryCents: 0, recoverBy: null },
    });
    expect(closed.balanceCents).toBe(470_000);
    expect(closed.retainUntil).toBe('2029-12-31');
  });

  it('the books, the statement and the lists agree to the cent, and every euro spent reaches its evidence', async () => {
    const reconciled = await world.client.ask<object>(`/grants/${id('g-s1')}/reconciliation`, auditor());
    expect(reconciled).toMatchObject({
      differenceCents: 0,
      expenditures: { count: 2, claimedCents: 4_800_000, provenCents: 4_800_000 },
      withoutEvidence: { count: 0 },
      withoutMoney: { count: 0 },
    });
  });

  it('the money is in the history of the action, between its own events', async () => {
    const types = (await world.history('wmb', 'coordinator-antwerpen')).map(({ type }) => type);
    expect(types.filter((type) => !type.startsWith('Action'))).toEqual([
      'FundingRequested',
      'LeadAssigned',
      'Allocated',
      'GrantLinked',
      'IndicatorAttached',
      'IndicatorAttached',
      'Committed',
      'Committed',
      'PartnerJoined',
      'ExpenditureRecorded',
      'ExpenditureRecorded',
      'ExpenditureVerified',
      'ExpenditureVerified',
      'MeasurementRecorded',
      'MeasurementRecorded',
      'MeasurementRecorded',
      'ContributionStated',
      'CommitmentReleased',
      'CommitmentReleased',
    ]);
  });

  it('14: it is closed on the last day of 2022', async () => {
    expect(await wmb({ asOf: '2022-12-30' })).toMatchObject({ status: 'active' });
    expect(await wmb()).toMatchObject({ status: 'closed', outcome: 'achieved' });
    expect((await wmb()).learnings.map(({ tag }) => tag)).toEqual([
      'wachttijd',
      'vaste-begeleider',
      'vaste-begeleider',
      'kleine-woningen',
    ]);
  });

  it('the pack of the second meeting of 2020 has the proposal and what the youth council said of it', async () => {
    const pack = await world.client.ask<object>(`/meetings/${id('collectief-2020-2')}/pack`, office(), {
      asOf: '2020-06-24',
    });
    expect(pack).toMatchObject({
      meeting: {
        items: [{ subject: { kind: 'action', id: id('wmb') } }],
        inputs: [{ organisation: id('jongerenraad') }],
      },
      previous: { id: id('collectief-2020-1') },
      proposals: [{ id: id('wmb'), proposalVersion: 1 }],
    });
  });

  it('every required sector has a member', async () => {
    const overview = await world.client.ask<{ missingSectors: string[] }>(
      `/networks/${id('antwerpen')}/overview`,
      office(),
    );
    expect(overview.missingSectors).toEqual([]);
  });

  it('the collective met twice in 2020, and three times were agreed', async () => {
    const cadence = async (year: number) => {
      const { groups } = await world.client.ask<GroupBoard>('/group-board', office(), {
        network: id('antwerpen'),
        year,
      });
      return groups.find((group) => group.id === id('collectief'))?.cadence;
    };
    expect(await cadence(2020)).toMatchObject({ held: 2, cancelled: 1, timesPerYear: 3, met: false });
    expect(await cadence(2021)).toMatchObject({ held: 3, timesPerYear: 3, met: true });
    const report = { year: 2020 };
    expect(await world.client.ask(`/networks/${id('antwerpen')}/cadence`, office(), report)).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({
          id: id('collectief'),
          cadence: expect.objectContaining({ held: 2, timesPerYear: 3, percent: '66.67', met: false }) as object,
        }),
      ]) as object,
    });
  });

  it('the history of the objective has the action’s life, money and measurements, as the audit asks', async () => {
    const path = `/networks/${id('antwerpen')}/objectives/O5/history`;
    const { items } = await world.client.ask<{ items: { type: string; subject: { aggregate: string } }[] }>(
      path,
      office(),
      { limit: 200 },
    );
    const told = new Set(items.map(({ subject }) => subject.aggregate));
    expect([...told].toSorted()).toEqual(expect.arrayContaining(['action', 'agenda', 'grant', 'measurement']));
    expect(items.filter(({ type }) => type === 'ExpenditureVerified')).toHaveLength(2);
  });

  holdsThat(() => world);
});

const percent = ({ numerator, denominator = 1 }: Ratio): string => ((100 * numerator) / denominator).toFixed(2);
