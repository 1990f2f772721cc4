import type { Recorded } from '#kernel';
import type {
  ActionEvent,
  AgendaEvent,
  AgreementEvent,
  CoachingEvent,
  DecisionEvent,
  DrawingRightEvent,
  EvidenceEvent,
  GroupEvent,
  MeetingEvent,
  NetworkEvent,
  OrganisationEvent,
  PatternEvent,
  PersonEvent,
  PracticeEvent,
  RecommendationEvent,
  SchemeEvent,
  SecondmentEvent,
  SessionEvent,
} from '#domain';
import { actionEvaluated, actionProposed, decisionRecorded, doubleOwnTerms, idOf, schemeTerms } from './facts.ts';
import { AN, NETWORK, type Fact } from './given.ts';
import { at, log, stream, type StreamFacts } from './log.ts';

export const LEUVEN = idOf('leuven');
export const LIES = idOf('lies');

/** Ten in the morning in UTC of that day. */
export const on = (day: string): string => `${day}T10:00:00.000Z`;
const meta = (day: string, recorded = day) => ({ meta: at(on(day), on(recorded)) });
const global = (day: string) => ({ meta: { ...at(on(day)), network: null } });
const elsewhere = (day: string) => ({ meta: { ...at(on(day)), network: LEUVEN } });

const organisation = (name: string, sector: 'youth-care' | 'housing' | 'mental-health'): StreamFacts =>
  stream<OrganisationEvent>('organisation', idOf(name), {
    type: 'OrganisationRegistered',
    data: { name: `${name} (demo)`, sector, units: [], enterpriseNumber: null, umbrellaOf: [] },
    ...global('2017-01-01'),
  });

const joined = (name: string, sector: 'youth-care' | 'housing' | 'mental-health', day: string): Fact<NetworkEvent> => ({
  type: 'MemberJoined',
  data: { organisation: idOf(name), sector, seat: 'stem', representsTargetGroup: false },
  ...meta(day),
});

const meeting = (name: string, day: string, ...facts: readonly Fact<MeetingEvent>[]): StreamFacts =>
  stream<MeetingEvent>(
    'meeting',
    idOf(name),
    { type: 'MeetingPlanned', data: { body: idOf('collectief'), startsAt: on(day) }, ...meta('2020-01-10') },
    ...facts,
  );

/** A coalition and the life of one of its actions, from the proposal to the child in another network. */
export const story: readonly Recorded[] = log(
  organisation('jeugdhulp', 'youth-care'),
  organisation('huisvesting', 'housing'),
  organisation('ggz', 'mental-health'),
  stream<PersonEvent>(
    'person',
    AN,
    { type: 'PersonRegistered', data: {}, ...global('2018-01-01') },
    { type: 'RoleGiven', data: { role: 'back-office', network: NETWORK }, ...meta('2018-01-01') },
  ),
  stream<PersonEvent>(
    'person',
    LIES,
    { type: 'PersonRegistered', data: {}, ...global('2018-01-01') },
    { type: 'RoleGiven', data: { role: 'back-office', network: NETWORK }, ...meta('2018-01-02') },
    { type: 'RoleGiven', data: { role: 'member', network: LEUVEN }, ...elsewhere('2018-01-03') },
    { type: 'RoleRevoked', data: { role: 'back-office', network: NETWORK }, ...meta('2022-09-01') },
  ),
  stream<NetworkEvent>(
    'network',
    NETWORK,
    {
      type: 'NetworkFounded',
      data: { kind: 'coalition', name: 'Mind the Gap', regions: ['11002'], parent: null },
      ...meta('2018-01-01'),
    },
    {
      type: 'PolicySet',
      data: { policy: { requiredSectors: ['youth-care', 'housing', 'mental-health', 'justice'] } },
      ...meta('2018-01-02'),
    },
    joined('jeugdhulp', 'youth-care', '2018-02-01'),
    joined('huisvesting', 'housing', '2018-02-01'),
    joined('ggz', 'mental-health', '2018-02-01'),
    { type: 'MemberLeft', data: { organisation: idOf('ggz') }, ...meta('2019-12-01') },
    {
      type: 'MissingActorIdentified',
      data: { number: 1, sector: 'justice', description: 'Justitiehuis' },
      ...meta('2020-01-15'),
    },
  ),
  stream<NetworkEvent>('network', LEUVEN, {
    type: 'NetworkFounded',
    data: { kind: 'coalition', name: 'Leuven', regions: ['24062'], parent: NETWORK },
    ...elsewhere('2018-01-01'),
  }),
  stream<AgendaEvent>(
    'agenda',
    NETWORK,
    {
      type: 'AgendaDrafted',
      data: { ambition: { nl: 'Thuis' }, problemStatement: { nl: 'Dakloos' } },
      ...meta('2018-03-01'),
    },
    { type: 'ObjectiveAdded', data: { code: 'O5', text: { nl: 'Stabiel wonen' } }, ...meta('2018-03-01') },
    { type: 'AgendaVersionAdopted', data: { version: 1, decision: idOf('d0') }, ...meta('2018-04-01') },
  ),
  stream<GroupEvent>(
    'group',
    idOf('collectief'),
    { type: 'GroupFounded', data: { name: 'Collectief', kind: 'collective' }, ...meta('2018-01-05') },
    { type: 'CadenceSet', data: { timesPerYear: 3 }, ...meta('2020-01-01') },
  ),
  stream<GroupEvent>(
    'group',
    idOf('wonen'),
    { type: 'GroupFounded', data: { name: 'Wonen', kind: 'action-group' }, ...meta('2018-01-05') },
    { type: 'GroupMemberAdded', data: { organisation: idOf('huisvesting') }, ...meta('2018-01-06') },
    { type: 'GroupLeadAssigned', data: { lead: LIES }, ...meta('2018-01-06') },
  ),
  meeting('m1', '2020-02-10', { type: 'MeetingHeld', data: {}, ...meta('2020-02-10') }),
  meeting(
    'm2',
    '2020-06-25',
    {
      type: 'AgendaItemAdded',
      data: { number: 1, title: 'WMB', subject: { kind: 'action', id: idOf('wmb') } },
      ...meta('2020-06-11'),
    },
    {
      type: 'InputRecorded',
      data: { item: 1, organisation: idOf('huisvesting'), text: 'Doen' },
      ...meta('2020-06-20'),
    },
    { type: 'AttendanceRecorded', data: { present: [idOf('jeugdhulp')], excused: [] }, ...meta('2020-06-25') },
    { type: 'MeetingHeld', data: { minutes: 'Kort' }, ...meta('2020-06-25') },
  ),
  meeting('m3', '2020-11-12', { type: 'MeetingCancelled', data: {}, ...meta('2020-11-01') }),
  stream<DecisionEvent>(
    'decision',
    idOf('d1'),
    decisionRecorded({ meeting: idOf('m2') }, at(on('2020-06-25'), on('2020-08-01'))),
  ),
  stream<DecisionEvent>(
    'decision',
    idOf('d2'),
    decisionRecorded(
      {
        proposal: 'Verbreden naar Leuven',
        meeting: idOf('m9'),
        effectiveAt: on('2022-06-16'),
        knownAt: on('2022-06-16'),
      },
      at(on('2022-06-16')),
    ),
  ),
  stream<ActionEvent>(
    'action',
    idOf('wmb'),
    actionProposed({}, at(on('2020-06-10'))),
    {
      type: 'ActionApproved',
      data: { decision: idOf('d1') },
      meta: { ...at(on('2020-06-25'), on('2020-08-01')), decisionRef: idOf('d1') },
    },
    { type: 'LeadAssigned', data: { lead: LIES }, ...meta('2020-08-02') },
    { id: idOf('start'), type: 'ActionStarted', data: {}, ...meta('2020-10-01') },
    {
      type: 'ObstacleAdded',
      data: { class: 'history', text: 'Een oude ruzie', confidential: true },
      ...meta('2020-11-01'),
    },
    {
      type: 'PartnerLeft',
      data: { organisation: idOf('huisvesting') },
      meta: {
        ...at(on('2020-12-01'), on('2021-03-05')),
        reason: { code: 'late-registration', text: { nl: 'Vergeten' } },
      },
    },
    { ...actionEvaluated({}, at(on('2021-05-20'))), id: idOf('e1') },
    {
      type: 'ActionAdjusted',
      data: {
        planVersion: 2,
        changes: {
          plan: { from: { text: 'Samen huren' }, to: { text: 'Intake binnen 10 dagen' } },
          budgetCents: { from: 6_000_000, to: 5_500_050 },
        },
        scope: 'minor',
        basis: { kind: 'evaluation', ref: idOf('e1') },
      },
      ...meta('2021-05-21'),
    },
    {
      type: 'RecordCorrected',
      data: {
        event: idOf('start'),
        field: 'occurredAt',
        from: on('2020-10-01'),
        to: on('2020-09-15'),
        confirmedBy: AN,
      },
      ...meta('2021-06-01'),
    },
    {
      ...actionEvaluated(
        { kind: 'final', verdict: 'works', nextStep: 'broaden', planVersion: 2 },
        at(on('2022-05-18')),
      ),
      id: idOf('e2'),
    },
    {
      id: idOf('broadening'),
      type: 'ActionBroadened',
      data: {
        kind: 'region',
        evaluation: idOf('e2'),
        decision: idOf('d2'),
        planVersion: 2,
        generation: 1,
        root: idOf('wmb'),
        actionKind: 'regular',
        title: { nl: 'Wonen met begeleiding' },
        targetGroup: '17-25 jaar',
        intendedChange: 'Een stabiele thuis',
        horizon: 'medium',
        plan: { text: 'Intake binnen 10 dagen' },
        targets: [{ network: LEUVEN, regions: ['24062'], partners: [] }],
        carried: { indicators: [], learnings: [] },
      },
      ...meta('2022-06-17'),
    },
  ),
  stream<AgreementEvent>(
    'agreement',
    idOf('scholen'),
    {
      type: 'AgreementDrafted',
      data: {
        kind: 'working-arrangement',
        title: 'Werkafspraak met de scholen',
        period: { from: '2020-09-01' },
        parties: [idOf('jeugdhulp')],
        thirdParties: ['Basisschool De Eik'],
        withNetworks: [],
        scheme: null,
        succeeds: null,
        objectives: null,
        actions: [idOf('wmb')],
      },
      ...meta('2020-09-01'),
    },
    { type: 'AgreementSigned', data: { organisation: idOf('jeugdhulp') }, ...meta('2020-09-02') },
    { type: 'AgreementEnteredIntoForce', data: {}, ...meta('2020-09-03') },
  ),
  stream<EvidenceEvent>('evidence', idOf('factuur'), {
    type: 'EvidenceRegistered',
    data: {
      sha256: 'a'.repeat(64),
      mediaType: 'application/pdf',
      class: 'invoice',
      title: 'Factuur 14',
      heldBy: 'CAW',
      retainUntil: '2030-12-31',
    },
    ...meta('2020-10-15'),
  }),
  stream<ActionEvent>('action', idOf('kind'), {
    ...actionProposed({
      group: null,
      objectives: [],
      partners: [],
      derivedFrom: {
        action: idOf('wmb'),
        network: NETWORK,
        root: idOf('wmb'),
        planVersion: 2,
        evaluation: idOf('e2'),
        kind: 'region',
        generation: 1,
        carried: { indicators: [], learnings: [] },
      },
    }),
    ...elsewhere('2022-06-18'),
  }),
  stream<ActionEvent>(
    'action',
    idOf('nachtopvang'),
    actionProposed(
      { title: { nl: 'Nachtopvang', fr: 'Accueil de nuit' }, budgetCents: 1_000_000 },
      at(on('2021-01-05')),
    ),
  ),
  stream<PatternEvent>('pattern', idOf('patroon'), {
    type: 'PatternConfirmed',
    data: {
      tag: 'wachttijd',
      polarity: 'does-not-work',
      statement: { nl: 'Wie lang wacht, haakt af.' },
      actions: ['wmb', 'nachtopvang'].map((name) => ({
        action: idOf(name),
        network: NETWORK,
        evaluation: idOf(name === 'wmb' ? 'e1' : 'e3'),
      })),
    },
    ...meta('2021-02-01'),
  }),
  stream<RecommendationEvent>('recommendation', idOf('aanbeveling'), {
    type: 'RecommendationDrafted',
    data: {
      title: { nl: 'Kortere wachttijden' },
      text: { nl: 'Betaal een vaste intake.' },
      patterns: [idOf('patroon')],
      basis: [{ action: idOf('wmb'), evaluation: idOf('e2') }],
    },
    ...meta('2021-02-02'),
  }),
  stream<PracticeEvent>('practice', idOf('praktijk'), {
    type: 'PracticePublished',
    data: {
      version: 1,
      action: idOf('wmb'),
      title: { nl: 'Samen huren' },
      method: { nl: 'Een vaste begeleider' },
      context: { nl: 'Een grote stad' },
      conditions: null,
      evaluation: idOf('e2'),
      tags: ['vaste-begeleider'],
    },
    ...meta('2021-02-03'),
  }),
  stream<SchemeEvent>('scheme', idOf('projectsubsidie'), {
    type: 'SchemeDefined',
    data: {
      name: 'Projectsubsidie (demo)',
      funder: null,
      terms: schemeTerms,
    },
    ...global('2017-01-01'),
  }),
  stream<DrawingRightEvent>(
    'drawing-right',
    idOf('trekkingsrecht'),
    {
      type: 'RightGranted',
      data: {
        scheme: idOf('decreet'),
        version: 1,
        terms: doubleOwnTerms,
        funder: idOf('jeugdhulp'),
        amountCents: 661_300,
        basis: 'per-year',
        years: { from: 2020, until: 2021 },
        funderDecision: { reference: 'MB 2019-12-13', date: '2019-12-13' },
      },
      ...meta('2020-01-02'),
    },
    {
      type: 'OwnContributionRegistered',
      data: { year: 2020, kind: 'own', organisation: idOf('huisvesting'), amountCents: 1_322_600 },
      ...meta('2020-03-01'),
    },
    { type: 'DrawnDown', data: { year: 2020, amountCents: 661_300 }, ...meta('2020-03-02') },
  ),
  stream<SecondmentEvent>(
    'secondment',
    idOf('detacheringen'),
    {
      type: 'SecondmentAgreed',
      data: {
        secondment: idOf('detachering'),
        secondee: LIES,
        sender: idOf('jeugdhulp'),
        receiver: NETWORK,
        function: 'Coach',
        fteBp: 5_000,
        from: '2020-01-01',
        temporary: false,
      },
      ...meta('2019-12-01'),
    },
    {
      type: 'StaffCostCharged',
      data: {
        claim: idOf('loonkost'),
        grant: idOf('subsidie'),
        secondee: LIES,
        from: '2020-01-01',
        until: '2020-12-31',
        shareBp: 5_000,
      },
      ...meta('2020-06-01'),
    },
  ),
  stream<SessionEvent>(
    'session',
    idOf('gedeelde meting'),
    {
      type: 'SessionHeld',
      data: {
        kind: 'learning-network',
        title: 'Gedeelde meting',
        topic: 'shared-measurement',
        organisations: [idOf('jeugdhulp')],
        networks: [],
        participants: 12,
        confidentiality: 'open',
        action: idOf('wmb'),
      },
      ...meta('2021-02-10'),
    },
    {
      type: 'OutcomeRecorded',
      data: { number: 1, text: 'Wij meten hetzelfde.', confidential: false },
      ...meta('2021-02-10'),
    },
  ),
  stream<CoachingEvent>('coaching', NETWORK, {
    type: 'EngagementStarted',
    data: {
      number: 1,
      organisations: [idOf('jeugdhulp')],
      coaches: [LIES],
      purpose: 'Op gang helpen',
      phases: ['verkennen', 'opstarten'],
      phase: 'verkennen',
    },
    ...meta('2020-09-01'),
  }),
);
