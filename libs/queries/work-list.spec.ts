import type {
  ActionEvent,
  AgreementEvent,
  DecisionEvent,
  DrawingRightEvent,
  GrantEvent,
  GroupEvent,
  MeetingEvent,
  NetworkEvent,
  PersonEvent,
  RecommendationEvent,
  SessionEvent,
} from '#domain';
import { memoryReadStore } from '#read-store/memory';
import {
  actionEvaluated,
  actionProposed,
  at,
  decisionRecorded,
  doubleOwnTerms,
  idOf,
  LIES,
  log,
  NETWORK,
  on,
  stream,
  type Fact,
  type StreamFacts,
} from '#testkit';
import { Asked } from './harness.ts';
import { awarded } from './money-harness.ts';

const store = memoryReadStore();
const meta = (day: string) => ({ meta: at(on(day)) });
const founded: Fact<NetworkEvent> = {
  type: 'NetworkFounded',
  data: { kind: 'coalition', name: 'Mind the Gap', regions: ['11002'], parent: null },
  ...meta('2018-01-01'),
};
const home = stream<NetworkEvent>('network', NETWORK, founded);
const lies = stream<PersonEvent>(
  'person',
  LIES,
  { type: 'PersonRegistered', data: {}, ...meta('2018-01-01') },
  { type: 'RoleGiven', data: { role: 'back-office', network: NETWORK }, ...meta('2018-01-01') },
);
const wmb = (...facts: readonly Fact<ActionEvent>[]) =>
  stream<ActionEvent>('action', idOf('wmb'), actionProposed({}, at(on('2020-06-10'))), ...facts);
const led: Fact<ActionEvent> = { type: 'LeadAssigned', data: { lead: LIES }, ...meta('2020-06-26') };
const started: Fact<ActionEvent> = { type: 'ActionStarted', data: {}, ...meta('2020-10-01') };
const evaluated = (nextStep: 'continue' | 'adjust', day: string) => actionEvaluated({ nextStep }, at(on(day)));

/** What waits at the end of a day, given these facts in a network with one person in the back office. */
const waiting = async (day: string, ...streams: readonly StreamFacts[]): Promise<readonly unknown[][]> => {
  const events = log(...(streams.some(({ aggregate }) => aggregate === 'network') ? [] : [home]), lies, ...streams);
  interface Answer {
    readonly items: readonly { readonly kind: string; readonly dueOn: string; readonly days: number }[];
  }
  const { items }: Answer = await new Asked(events, store).ask(
    'getWorkList',
    { network: NETWORK },
    {},
    { now: on(day) },
  );
  return items.map(({ kind, dueOn, days }) => [kind, dueOn, days]);
};

describe('what waits to be done', () => {
  it('is an evaluation, when the action ran longer than its minimum observation', async () => {
    const active = wmb(led, started);
    expect(await waiting('2021-03-30', active)).toEqual([]);
    expect(await waiting('2021-03-31', active)).toEqual([['evaluation-overdue', '2021-03-31', 0]]);
  });

  it('not counting the days it was suspended', async () =>
    expect(
      await waiting(
        '2021-04-10',
        wmb(
          led,
          started,
          { type: 'ActionSuspended', data: { code: 'funding' }, ...meta('2020-11-01') },
          { type: 'ActionResumed', data: { note: 'weer geld', suspendedDays: 30 }, ...meta('2020-12-01') },
        ),
      ),
    ).toEqual([]));

  it('is another one, a year after the last', async () => {
    const active = wmb(led, started, evaluated('continue', '2021-05-20'));
    expect(await waiting('2022-05-20', active)).toEqual([]);
    expect(await waiting('2022-06-01', active)).toEqual([['evaluation-overdue', '2022-05-21', 11]]);
  });

  it('is the next step of an evaluation until it is done or declined (EVAL-5)', async () => {
    const open = [led, started, { ...evaluated('adjust', '2021-05-20'), id: idOf('e1') }];
    expect(await waiting('2021-05-30', wmb(...open))).toEqual([['next-step-open', '2021-05-20', 10]]);
    const declined: Fact<ActionEvent> = {
      type: 'NextStepDeclined',
      data: { evaluation: idOf('e1') },
      ...meta('2021-05-25'),
    };
    expect(await waiting('2021-05-30', wmb(...open, declined))).toEqual([]);
  });

  it('is a step that was agreed in a session, until it is done', async () => {
    const session = (...facts: readonly Fact<SessionEvent>[]) =>
      stream<SessionEvent>(
        'session',
        idOf('sessie'),
        {
          type: 'SessionHeld',
          data: {
            kind: 'co-creation',
            title: '…',
            topic: 'other',
            organisations: [],
            networks: [],
            participants: 8,
            confidentiality: 'open',
          },
          ...meta('2021-01-20'),
        },
        ...(['2021-03-01', '2021-02-01'] as const).map((dueOn, i): Fact<SessionEvent> => {
          const owner = { kind: 'organisation', id: idOf('stad') } as const;
          return { type: 'StepAgreed', data: { number: i + 1, text: '…', owner, dueOn }, ...meta('2021-01-20') };
        }),
        ...facts,
      );
    const done: Fact<SessionEvent> = { type: 'StepDone', data: { number: 2 }, ...meta('2021-02-05') };
    expect(await waiting('2021-02-01', session())).toEqual([]);
    expect(await waiting('2021-02-04', session())).toEqual([['step-overdue', '2021-02-02', 2]]);
    expect(await waiting('2021-02-06', session(done))).toEqual([]);
    expect(await waiting('2021-03-02', session(done))).toEqual([['step-overdue', '2021-03-02', 0]]);
  });

  it('is a suspension that lasts longer than expected', async () =>
    expect(
      await waiting(
        '2020-12-03',
        wmb(led, started, {
          type: 'ActionSuspended',
          data: { code: 'funding', expectedUntil: '2020-12-01' },
          ...meta('2020-11-01'),
        }),
      ),
    ).toEqual([['suspension-passed', '2020-12-02', 1]]));

  it('is an approved action that did not start within 90 days', async () => {
    const approved = wmb({ type: 'ActionApproved', data: { decision: idOf('d1') }, ...meta('2020-06-25') });
    expect(await waiting('2020-09-23', approved)).toEqual([]);
    expect(await waiting('2020-09-24', approved)).toEqual([['not-started', '2020-09-24', 0]]);
  });

  it('is a proposal that was deferred until a day that has passed', async () =>
    expect(
      await waiting(
        '2020-09-02',
        wmb({ type: 'ActionDeferred', data: { decision: idOf('d1'), until: '2020-09-01' }, ...meta('2020-06-25') }),
      ),
    ).toEqual([['deferral-passed', '2020-09-02', 0]]));

  it('is an active action whose lead left the network (ACT-8)', async () => {
    const left = stream<PersonEvent>(
      'person',
      idOf('jan'),
      { type: 'PersonRegistered', data: {}, ...meta('2018-01-01') },
      { type: 'RoleGiven', data: { role: 'back-office', network: NETWORK }, ...meta('2018-01-01') },
      { type: 'RoleRevoked', data: { role: 'back-office', network: NETWORK }, ...meta('2020-11-01') },
    );
    const jan: Fact<ActionEvent> = { type: 'LeadAssigned', data: { lead: idOf('jan') }, ...meta('2020-06-26') };
    expect(await waiting('2020-11-11', left, wmb(jan, started))).toEqual([['action-without-lead', '2020-11-01', 10]]);
  });

  it('is a group without a lead; the collective needs none', async () => {
    const group = (name: string, kind: 'collective' | 'action-group') =>
      stream<GroupEvent>('group', idOf(name), { type: 'GroupFounded', data: { name, kind }, ...meta('2020-01-01') });
    expect(await waiting('2020-01-11', group('wonen', 'action-group'), group('collectief', 'collective'))).toEqual([
      ['group-without-lead', '2020-01-01', 10],
    ]);
  });

  it('is a lead who left the back office, where the network asks for one from there (GRP-1)', async () => {
    const member = stream<PersonEvent>(
      'person',
      idOf('mia'),
      { type: 'PersonRegistered', data: {}, ...meta('2018-01-01') },
      { type: 'RoleGiven', data: { role: 'back-office', network: NETWORK }, ...meta('2018-01-01') },
      { type: 'RoleGiven', data: { role: 'member', network: NETWORK }, ...meta('2018-01-01') },
      { type: 'RoleRevoked', data: { role: 'back-office', network: NETWORK }, ...meta('2020-02-01') },
    );
    const group = stream<GroupEvent>(
      'group',
      idOf('wonen'),
      { type: 'GroupFounded', data: { name: 'Wonen', kind: 'action-group' }, ...meta('2020-01-01') },
      { type: 'GroupLeadAssigned', data: { lead: idOf('mia') }, ...meta('2020-01-01') },
    );
    expect(await waiting('2020-02-11', group, member)).toEqual([['group-without-lead', '2020-02-01', 10]]);
  });

  it('is a member without a place in the steering group, where that holds each (GRP-3)', async () => {
    const local = stream<NetworkEvent>(
      'network',
      NETWORK,
      { ...founded, data: { ...founded.data, kind: 'local-network' } },
      ...['stad', 'ocmw'].map((name): Fact<NetworkEvent> => ({
        type: 'MemberJoined',
        data: { organisation: idOf(name), sector: 'welfare', seat: name, representsTargetGroup: false },
        ...meta('2020-03-01'),
      })),
    );
    const steering = stream<GroupEvent>(
      'group',
      idOf('stuurgroep'),
      { type: 'GroupFounded', data: { name: 'Stuurgroep', kind: 'steering-group' }, ...meta('2020-01-01') },
      { type: 'GroupLeadAssigned', data: { lead: LIES }, ...meta('2020-01-01') },
      { type: 'GroupMemberAdded', data: { organisation: idOf('stad') }, ...meta('2020-03-01') },
    );
    expect(await waiting('2020-03-11', local, steering)).toEqual([['steering-group-incomplete', '2020-03-01', 10]]);
  });

  it('is the meeting that is due, spread evenly over the year', async () => {
    const collective = stream<GroupEvent>(
      'group',
      idOf('collectief'),
      { type: 'GroupFounded', data: { name: 'Collectief', kind: 'collective' }, ...meta('2019-01-01') },
      { type: 'CadenceSet', data: { timesPerYear: 3 }, ...meta('2019-01-01') },
    );
    const held = stream<MeetingEvent>(
      'meeting',
      idOf('m1'),
      { type: 'MeetingPlanned', data: { body: idOf('collectief'), startsAt: on('2020-02-10') }, ...meta('2020-01-02') },
      { type: 'MeetingHeld', data: {}, ...meta('2020-02-10') },
    );
    expect(await waiting('2020-05-02', collective)).toEqual([['cadence-behind', '2020-05-02', 0]]);
    expect(await waiting('2020-05-02', collective, held)).toEqual([]);
    expect(await waiting('2020-09-01', collective, held)).toEqual([['cadence-behind', '2020-09-01', 0]]);
  });

  it('is a meeting that was neither held nor cancelled', async () =>
    expect(
      await waiting(
        '2020-02-12',
        stream<MeetingEvent>('meeting', idOf('m1'), {
          type: 'MeetingPlanned',
          data: { body: idOf('collectief'), startsAt: on('2020-02-10') },
          ...meta('2020-01-02'),
        }),
      ),
    ).toEqual([['meeting-unsettled', '2020-02-11', 1]]));

  it('is an actor still missing', async () =>
    expect(
      await waiting(
        '2020-01-25',
        stream<NetworkEvent>('network', NETWORK, founded, {
          type: 'MissingActorIdentified',
          data: { number: 1, sector: 'justice', description: 'Justitiehuis' },
          ...meta('2020-01-15'),
        }),
      ),
    ).toEqual([['missing-actor', '2020-01-15', 10]]));

  it('is a decision whose day of review has passed', async () =>
    expect(
      await waiting(
        '2021-01-03',
        stream<DecisionEvent>(
          'decision',
          idOf('d1'),
          decisionRecorded({ reviewDate: '2021-01-01' }, at(on('2020-06-25'))),
        ),
      ),
    ).toEqual([['review-due', '2021-01-02', 1]]));

  it('is an action whose decision was annulled (DEC-1)', async () =>
    expect(
      await waiting(
        '2020-07-05',
        stream<DecisionEvent>('decision', idOf('d1'), decisionRecorded({}, at(on('2020-06-25'))), {
          type: 'DecisionAnnulled',
          data: { by: idOf('d2') },
          ...meta('2020-07-01'),
        }),
        wmb({ type: 'ActionApproved', data: { decision: idOf('d1') }, ...meta('2020-06-25') }),
      ),
    ).toEqual([['basis-annulled', '2020-07-01', 4]]));

  it('is a broadened action that still has no group and no objective', async () => {
    const child = actionProposed(
      {
        group: null,
        objectives: [],
        derivedFrom: {
          action: idOf('wmb'),
          network: idOf('gent'),
          root: idOf('wmb'),
          planVersion: 1,
          evaluation: idOf('e1'),
          kind: 'region',
          generation: 1,
          carried: { indicators: [], learnings: [] },
        },
      },
      at(on('2022-06-18')),
    );
    expect(await waiting('2022-06-20', stream<ActionEvent>('action', idOf('kind'), child))).toEqual([
      ['child-incomplete', '2022-06-18', 2],
    ]);
  });

  describe('is an agreement in force that ends within 180 days', () => {
    const agreement = (name: string, period: { readonly from: string; readonly until?: string }, more: object = {}) =>
      ({
        aggregate: 'agreement',
        id: idOf(name),
        facts: [
          {
            type: 'AgreementDrafted',
            data: {
              kind: 'partnership',
              title: name,
              period,
              parties: [],
              thirdParties: [],
              withNetworks: [],
              scheme: null,
              succeeds: null,
              objectives: null,
              actions: [],
              ...more,
            },
            ...meta('2018-02-01'),
          },
        ] as readonly Fact<AgreementEvent>[],
      }) as const;
    const then = (drafted: StreamFacts, ...types: readonly AgreementEvent['type'][]): StreamFacts => ({
      ...drafted,
      facts: [...drafted.facts, ...types.map((type) => ({ type, data: {}, ...meta('2018-03-01') }))],
    });
    const ending = agreement('nota', { from: '2018-01-01', until: '2019-12-31' });
    const running = then(ending, 'AgreementEnteredIntoForce');
    const successor = agreement('volgende', { from: '2020-01-01' }, { succeeds: idOf('nota') });
    const item = [['agreement-ending', '2019-07-04', 0]];

    it('from the first of those days', async () => {
      expect(await waiting('2019-07-03', running)).toEqual([]);
      expect(await waiting('2019-07-04', running)).toEqual(item);
    });

    it('unless another one is drafted to succeed it, and not refused', async () => {
      expect(await waiting('2019-07-04', running, successor)).toEqual([]);
      expect(await waiting('2019-07-04', running, then(successor, 'AgreementRefused'))).toEqual(item);
    });

    it('unless it has no end, is not in force, or was terminated', async () => {
      const endless = then(agreement('altijd', { from: '2018-01-01' }), 'AgreementEnteredIntoForce');
      expect(await waiting('2019-07-04', endless)).toEqual([]);
      expect(await waiting('2019-07-04', ending)).toEqual([]);
      expect(await waiting('2019-07-04', then(running, 'AgreementTerminated'))).toEqual([]);
    });
  });

  describe('is money', () => {
    const purpose = { action: idOf('wmb'), category: 'general' };
    const supplier = { name: 'Huisvesting', enterpriseNumber: null };
    /** 10 000.00 until the end of 2022. */
    const grant = (...facts: readonly Fact<GrantEvent>[]) =>
      stream<GrantEvent>(
        'grant',
        idOf('g'),
        { type: 'GrantAwarded', data: awarded({ amountCents: 1_000_000 }), ...meta('2020-09-15') },
        ...facts,
      );
    const allocated: Fact<GrantEvent> = {
      type: 'Allocated',
      data: { ...purpose, amountCents: 1_000_000 },
      ...meta('2020-09-16'),
    };
    const committed: Fact<GrantEvent> = {
      type: 'Committed',
      id: idOf('bestelbon'),
      data: { ...purpose, amountCents: 400_000, title: 'Huur', supplier },
      ...meta('2020-10-05'),
    };
    const emptied: Fact<GrantEvent> = {
      type: 'AwardAmended',
      data: { deltaCents: -1_000_000, funderDecision: { reference: 'CBS', date: '2021-01-01' } },
      ...meta('2021-01-01'),
    };
    const reported = (kind: 'interim' | 'final'): Fact<GrantEvent> => ({
      type: 'ReportSubmitted',
      data: { kind, period: { from: '2020-09-01', until: '2022-12-31' } },
      ...meta('2023-01-10'),
    });
    const of = async (kind: string, day: string, ...streams: readonly StreamFacts[]) =>
      (await waiting(day, ...streams)).filter((item) => item[0] === kind);

    it('that lapses within as many days as the scheme says, of a suspended grant too', async () => {
      const suspended: Fact<GrantEvent> = { type: 'GrantSuspended', data: {}, ...meta('2021-01-01') };
      expect(await waiting('2022-10-01', grant(allocated))).toEqual([]);
      expect(await waiting('2022-10-02', grant(allocated))).toEqual([['money-lapsing', '2022-10-02', 0]]);
      expect(await waiting('2022-10-12', grant(suspended))).toEqual([['money-lapsing', '2022-10-02', 10]]);
      expect(await waiting('2022-10-12', grant(emptied))).toEqual([]);
    });

    it('of which the final report is not in, from the day after its period', async () => {
      const due = [['report-due', '2023-01-01', 10]];
      expect(await of('report-due', '2022-12-31', grant())).toEqual([]);
      expect(await of('report-due', '2023-01-11', grant())).toEqual(due);
      expect(await of('report-due', '2023-01-11', grant(reported('interim')))).toEqual(due);
      expect(await of('report-due', '2023-01-11', grant(reported('final')))).toEqual([]);
    });

    it('to be repaid, from its day until it is', async () => {
      const claimed: Fact<GrantEvent> = {
        type: 'RecoveryRaised',
        data: { amountCents: 50_000, ground: 'Niet verantwoord', recoverBy: '2021-06-30' },
        ...meta('2021-05-31'),
      };
      const repaid = (cents: number): Fact<GrantEvent> => ({
        type: 'FunderRepaid',
        data: { amountCents: cents, settledCents: cents, bankReference: 'B1' },
        ...meta('2021-06-15'),
      });
      expect(await waiting('2021-06-29', grant(claimed))).toEqual([]);
      expect(await waiting('2021-07-10', grant(claimed))).toEqual([['recovery-due', '2021-06-30', 10]]);
      expect(await waiting('2021-07-10', grant(claimed, repaid(49_999)))).toEqual([['recovery-due', '2021-06-30', 10]]);
      expect(await waiting('2021-07-10', grant(claimed, repaid(50_000)))).toEqual([]);
    });

    it('drawn too much in a year, from its day until it is repaid', async () => {
      const repaid = (amountCents: number): Fact<DrawingRightEvent> => ({
        type: 'DrawnRepaid',
        data: { year: 2020, amountCents, bankReference: 'B1' },
        ...meta('2021-02-20'),
      });
      const right = (...facts: readonly Fact<DrawingRightEvent>[]) =>
        stream<DrawingRightEvent>(
          'drawing-right',
          idOf('recht'),
          {
            type: 'RightGranted',
            data: {
              scheme: idOf('decreet'),
              version: 1,
              terms: doubleOwnTerms,
              funder: idOf('vlaanderen'),
              amountCents: 661_300,
              basis: 'per-year',
              years: { from: 2020, until: 2020 },
              funderDecision: { reference: 'MB', date: '2019-12-13' },
            },
            ...meta('2020-01-02'),
          },
          { type: 'DrawnDown', data: { year: 2020, amountCents: 661_300 }, ...meta('2020-03-01') },
          {
            type: 'YearSettled',
            data: {
              year: 2020,
              rightCents: 661_300,
              carriedInCents: 0,
              drawnCents: 661_300,
              ownCents: 1_300_000,
              eligibleCents: 650_000,
              recoverCents: 11_300,
              lapsedCents: 0,
              carriedCents: 0,
              recoverBy: '2021-03-02',
            },
            ...meta('2021-02-01'),
          },
          ...facts,
        );
      expect(await waiting('2021-03-01', right())).toEqual([]);
      expect(await waiting('2021-03-12', right())).toEqual([['recovery-due', '2021-03-02', 10]]);
      expect(await waiting('2021-03-12', right(repaid(11_299)))).toEqual([['recovery-due', '2021-03-02', 10]]);
      expect(await waiting('2021-03-12', right(repaid(11_300)))).toEqual([]);
    });

    it('of which a condition is at risk, until it is met again or waived', async () => {
      const condition = { code: 'C1', text: '…', kind: 'plan', sectors: [] } as const;
      const at = (type: 'ConditionAccepted' | 'ConditionWaived', day: string): Fact<GrantEvent> => ({
        type,
        data: { condition: 'C1' },
        ...meta(day),
      });
      const atRisk: Fact<GrantEvent> = {
        type: 'ConditionAtRisk',
        data: { condition: 'C1', sectors: [], cureBy: '2021-07-01' },
        ...meta('2021-05-01'),
      };
      const under = (...facts: readonly Fact<GrantEvent>[]) =>
        stream<GrantEvent>(
          'grant',
          idOf('g'),
          { type: 'GrantAwarded', data: awarded({ conditions: [condition] }), ...meta('2020-09-15') },
          at('ConditionAccepted', '2020-10-01'),
          ...facts,
        );
      expect(await waiting('2021-05-11', under())).toEqual([]);
      expect(await waiting('2021-05-11', under(atRisk))).toEqual([['condition-at-risk', '2021-05-01', 10]]);
      expect(await waiting('2021-05-11', under(atRisk, at('ConditionAccepted', '2021-05-10')))).toEqual([]);
      expect(await waiting('2021-05-11', under(atRisk, at('ConditionWaived', '2021-05-10')))).toEqual([]);
    });

    it('still committed to an action that has ended, since it did', async () => {
      const closed: Fact<ActionEvent> = {
        type: 'ActionClosed',
        data: { outcome: 'achieved', learnings: [] },
        ...meta('2021-05-01'),
      };
      const withdrawn: Fact<ActionEvent> = { type: 'ActionWithdrawn', data: {}, ...meta('2020-10-06') };
      const released: Fact<GrantEvent> = {
        type: 'CommitmentReleased',
        data: { ...purpose, commitment: idOf('bestelbon'), amountCents: 400_000 },
        ...meta('2021-05-02'),
      };
      expect(
        await of('commitment-on-closed-action', '2021-04-30', wmb(led, started), grant(allocated, committed)),
      ).toEqual([]);
      expect(await waiting('2021-05-11', wmb(led, started, closed), grant(allocated, committed))).toEqual([
        ['commitment-on-closed-action', '2021-05-01', 10],
      ]);
      expect(await waiting('2021-05-11', wmb(led, started, closed), grant(allocated, committed, released))).toEqual([]);
      expect(await waiting('2020-10-08', wmb(withdrawn), grant(allocated, committed))).toEqual([
        ['commitment-on-closed-action', '2020-10-06', 2],
      ]);
    });
  });

  describe('is a recommendation', () => {
    const adopted: Fact<RecommendationEvent> = {
      type: 'RecommendationAdopted',
      data: { decision: idOf('d3') },
      ...meta('2022-10-06'),
    };
    const submitted: Fact<RecommendationEvent> = {
      type: 'RecommendationSubmitted',
      data: { level: 'flemish', addressee: 'Kabinet' },
      ...meta('2022-10-10'),
    };
    const answered: Fact<RecommendationEvent> = {
      type: 'RecommendationAnswered',
      data: { answer: 'no-reply', text: '…' },
      ...meta('2023-02-01'),
    };
    const recommended = (...facts: readonly Fact<RecommendationEvent>[]) =>
      stream<RecommendationEvent>(
        'recommendation',
        idOf('aanbeveling'),
        {
          type: 'RecommendationDrafted',
          data: { title: { nl: '…' }, text: { nl: '…' }, patterns: [], basis: [] },
          ...meta('2022-09-01'),
        },
        ...facts,
      );

    it('that was adopted and not submitted', async () => {
      expect(await waiting('2022-10-16', recommended())).toEqual([]);
      expect(await waiting('2022-10-16', recommended(adopted))).toEqual([
        ['recommendation-to-submit', '2022-10-06', 10],
      ]);
    });

    it('that was submitted and not answered within the days that the network allows', async () => {
      expect(await waiting('2023-01-08', recommended(adopted, submitted))).toEqual([]);
      expect(await waiting('2023-01-09', recommended(adopted, submitted))).toEqual([
        ['recommendation-unanswered', '2023-01-09', 0],
      ]);
      expect(await waiting('2023-02-01', recommended(adopted, submitted, answered))).toEqual([]);
      const patient = stream<NetworkEvent>('network', NETWORK, founded, {
        type: 'PolicySet',
        data: { policy: { recommendationReplyDays: 91 } },
        ...meta('2018-01-02'),
      });
      expect(await waiting('2023-01-09', patient, recommended(adopted, submitted))).toEqual([]);
    });
  });
});
