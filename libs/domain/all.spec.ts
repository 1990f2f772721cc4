import {
  canonical,
  fold,
  isPrior,
  isRejected,
  nothing,
  plain,
  uuidv5,
  type Aggregate,
  type DecisionContext,
} from '#kernel';
import { record, schemeTerms } from '#testkit';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import fc from 'fast-check';
import { allAggregates, allCommands } from './all.ts';
import { ROLES } from './codes.ts';
import { eventTypes } from './event-types.ts';
import type { DomainEvent } from './events.ts';
import { ref } from './examples.ts';
import { network } from './network/state.ts';
import type { CommandEntry } from './registry.ts';
import type { SchemeTerms } from './scheme/state.ts';

const commands = allCommands.map((entry) => [entry.name, entry] as const);
const check = ({ type }: CommandEntry, body: object): readonly ValidationError[] =>
  validateSync(plainToInstance(type, body), { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });

describe.each(commands)('%s', (_name, entry) => {
  it('takes its example', () => expect(check(entry, entry.example)).toEqual([]));

  it('takes no member that it does not know', () =>
    expect(check(entry, { ...entry.example, unknown: 1 })).toMatchObject([{ property: 'unknown' }]));

  it('is summed up in one sentence', () => expect(entry.summary).toMatch(/^[A-Z][^\n.]+\.$/));

  it('comes from people through a route, or from a process without one', () => {
    expect(entry.who.length).toBeGreaterThan(0);
    expect(entry.who.every((one) => one === 'process')).toBe(entry.internal);
  });
});

describe('the commands', () => {
  it('have names of their own', () => {
    const names = allCommands.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('have URLs of their own, in words with hyphens', () => {
    const urls = allCommands
      .filter(({ internal }) => !internal)
      .map(({ collection, verb }) => `/${collection}${verb === null ? '' : `/{id}/${verb}`}`);
    expect(new Set(urls).size).toBe(urls.length);
    for (const url of urls) expect(url).toMatch(/^\/[a-z]+(-[a-z]+)*(\/\{id\}\/[a-z]+(-[a-z]+)*)?$/);
  });

  it('begin each kind of thing in one way; a grant in two: it is applied for, or awarded unasked', () => {
    const begun = new Map<string, string[]>();
    for (const { creates, aggregate, name } of allCommands.filter(({ internal }) => !internal))
      if (creates) begun.set(aggregate.name, [...(begun.get(aggregate.name) ?? []), name]);
    const claimed = allCommands.filter(({ internal, creates }) => internal && creates).map((one) => one.aggregate.name);
    expect([...new Set([...begun.keys(), ...claimed])].toSorted()).toEqual(
      allAggregates.map(({ name }) => name).toSorted(),
    );
    expect([...begun.values()].filter((names) => names.length > 1)).toEqual([['ApplyForGrant', 'AwardGrant']]);
  });
});

type Data<T extends DomainEvent['type']> = Extract<DomainEvent, { readonly type: T }>['data'];
const [organisation, home, group, person, meeting, decision, action, event, grant] = (
  ['organisation', 'network', 'group', 'person', 'meeting', 'decision', 'action', 'event', 'grant'] as const
).map((thing) => ref(thing)) as [string, string, string, string, string, string, string, string, string];
const text = { nl: 'Wonen' };
const seat = { organisation, sector: 'housing', seat: 'huisvesting', representsTargetGroup: false } as const;
const content = {
  title: text,
  group,
  objectives: ['O5'],
  targetGroup: '17-25',
  regions: ['11002'],
  intendedChange: 'Een thuis',
  horizon: 'short',
  plan: { text: 'Zes woningen' },
  budgetCents: 100,
} as const;
const carried = { indicators: [], learnings: [] };
const practice = { title: text, method: text, context: text, conditions: null, evaluation: event, tags: ['abdij'] };

const terms: SchemeTerms = { ...schemeTerms, minOwnPerGrant: { num: 2, den: 1 } };
const period = { from: '2020-01-01', until: '2022-12-31' } as const;
const funderDecision = { reference: '…', date: '2020-01-01' } as const;
const supplier = { name: '…', enterpriseNumber: null };
const supporting = { supplier, number: 'F1', date: '2020-03-01', grossCents: 500, sha256: 'a'.repeat(64) } as const;
const split = { grantCents: 400, ownCents: 100, otherGrantCents: 0, solidarityCents: 0, inKindCents: 0 };
const none = { grantCents: 0, ownCents: 0, otherGrantCents: 0, solidarityCents: 0, inKindCents: 0 };
const purpose = { action, category: 'general' };
const settlement = {
  lapsed: { unallocatedCents: 100, allocated: [], committed: [] },
  lapsedCents: 100,
  entitlementCents: 0,
  balanceCents: 0,
  recoveryCents: 0,
};
const year = { from: '2021-01-01', until: '2021-12-31' };
const definition = {
  name: text,
  definition: text,
  accountability: 'performance',
  rba: 'better-off',
  level: 'outcome',
  unit: 'percent',
  aggregation: 'ratio-of-sums',
  ascending: true,
  horizon: 'medium',
  dimensions: [{ code: 'leeftijd', values: ['17-20'] }],
  baseline: null,
  source: '…',
  method: '…',
  frequency: 'yearly',
  owner: null,
  sensitivity: 'small-numbers',
  objectives: ['O5'],
  validFrom: '2020-01-01',
} as const;
const prepared: Data<'ReleasePrepared'> = {
  table: 'kerncijfers',
  title: text,
  definitions: [
    {
      indicator: ref('indicator'),
      definitionVersion: 1,
      code: 'stabiel',
      name: text,
      unit: 'count',
      sensitivity: 'small-numbers',
      isAdded: true,
    },
  ],
  networks: [{ id: home, name: 'Mind the Gap', parent: null }],
  dimension: null,
  lines: [
    {
      indicator: ref('indicator'),
      definitionVersion: 1,
      period: { from: '2020-01-01', until: '2020-12-31' },
      network: home,
      isElsewhere: false,
      category: null,
      numerator: 3,
      upTo: null,
      denominator: null,
    },
  ],
  knownAt: '2021-01-01T00:00:00.000Z',
};
const measured = {
  indicator: ref('indicator'),
  scope: { kind: 'action', id: action },
  definitionVersion: 1,
  period: year,
  dims: {},
  numerator: 12,
  upTo: null,
  denominator: 17,
  text: null,
  source: null,
  method: null,
  quality: 'measured',
  n: 17,
} as const;
/** Of each event that there is one, those of a kind of thing in an order in which they can happen. */
const samples: { readonly [T in DomainEvent['type']]: Data<T> } = {
  OrganisationRegistered: { name: 'Stad', sector: 'other', units: [], enterpriseNumber: '0999000030', umbrellaOf: [] },
  OrganisationRenamed: { name: 'Stad en OCMW' },
  NumberCorrected: { enterpriseNumber: null },
  OrganisationEnded: {},
  NetworkFounded: { kind: 'coalition', name: 'Mind the Gap', regions: ['11002'], parent: null },
  NetworkRenamed: { name: 'Anders' },
  ParentLinked: { parent: uuidv5('spec', 'parent') },
  PolicySet: { policy: { minimumPartners: 1, mandates: { agenda: group } } },
  RegionChanged: { regions: [] },
  OrganisationInvited: { organisation },
  MemberJoined: seat,
  MemberSeatChanged: seat,
  ConditionWatched: { grant, condition: 'C1', sectors: ['housing'] },
  MemberLeft: { organisation, uncovered: [{ grant, condition: 'C1', sectors: ['housing'] }] },
  MissingActorIdentified: { number: 1, sector: 'work', description: 'VDAB' },
  MissingActorResolved: { number: 1 },
  MaturityAssessed: { stage: 'single', findings: '…' },
  CommunicationLogged: { channel: 'flyer', audience: '…', title: '…', reach: 1_200 },
  SystemChangeAssessed: { code: 'vraaggericht', from: '…', to: '…', score: 3 },
  CohortTagged: { tags: ['pionier'] },
  NetworkEnded: {},
  GroupFounded: { name: 'Wonen', kind: 'steering-group' },
  GroupRenamed: { name: 'Thuis' },
  GroupMemberAdded: { organisation },
  GroupMemberRemoved: { organisation },
  GroupLeadAssigned: { lead: person },
  GroupLeadReleased: { lead: person },
  CadenceSet: { timesPerYear: 3 },
  DecisionRuleSet: { quorum: 1, rule: 'consent', seats: [{ organisation, seats: 1 }] },
  GroupsMerged: { into: uuidv5('spec', 'into') },
  GroupEnded: {},
  PersonRegistered: {},
  RoleGiven: { role: 'back-office', network: home },
  RoleRevoked: { role: 'back-office', network: home },
  AgendaDrafted: { ambition: text, problemStatement: text },
  ObjectiveAdded: { code: 'O5', text },
  ObjectiveReworded: { code: 'O5', text },
  TheoryOfChangeDrafted: {
    version: 1,
    nodes: [{ code: 'W', kind: 'objective', text, ref: 'O5' }],
    edges: [],
  },
  AgendaVersionAdopted: { version: 1, decision: uuidv5('spec', 'decision') },
  ObjectiveEnded: { code: 'O5' },
  MeetingPlanned: { body: group, startsAt: '2020-06-25T12:00:00.000Z' },
  AgendaItemAdded: { number: 1, title: 'Wonen' },
  InputRecorded: { item: 1, organisation, text: '…' },
  InputAnswered: { item: 1, organisation, text: '…' },
  AttendanceRecorded: { present: [organisation], excused: [] },
  MeetingHeld: {},
  MeetingCancelled: {},
  DecisionRecorded: {
    body: group,
    mode: 'meeting',
    meeting,
    subjects: (['action', 'agenda', 'decision', 'indicator', 'recommendation'] as const).map((kind) => ({
      kind,
      id: {
        action,
        agenda: home,
        decision,
        indicator: ref('indicator'),
        recommendation: ref('recommendation'),
      }[kind],
      proposalVersion: 1,
    })),
    proposal: '…',
    alternatives: [],
    outcome: 'approve',
    conditions: [{ code: 'C1', text: '…' }],
    quorum: 1,
    rule: 'consent',
    entitled: [],
    present: [],
    votes: [],
    dissent: [],
    conflicts: [],
    rationale: '…',
    grounds: [],
    effectiveAt: '2020-01-01T00:00:00.000Z',
    waives: [],
    knownAt: '2020-01-01T00:00:00.000Z',
  },
  DecisionAmended: { by: uuidv5('spec', 'later'), change: '…' },
  DecisionAnnulled: { by: uuidv5('spec', 'later') },
  ActionProposed: { ...content, kind: 'regular', partners: [{ organisation }] },
  ProposalRevised: { version: 2, changes: { horizon: { from: 'short', to: 'long' } } },
  ActionDeferred: { decision, missingInformation: '…' },
  ActionApproved: { decision },
  ActionApprovedWithConditions: { decision, conditions: [{ code: 'C1', text: '…' }] },
  ApprovalConditionMet: { condition: 'C1' },
  LeadAssigned: { lead: person },
  LeadTransferred: { from: person, lead: uuidv5('spec', 'lead'), handOver: '…' },
  ActionStarted: {},
  PartnerJoined: { organisation: uuidv5('spec', 'partner') },
  PartnerRoleChanged: { organisation, role: '…' },
  PartnerLeft: { organisation },
  ObjectiveLinked: { objective: 'O4' },
  ObjectiveUnlinked: { objective: 'O4' },
  ActionsLinked: { kind: 'reinforces', action: uuidv5('spec', 'linked') },
  MovedToGroup: { group },
  ObstacleAdded: { class: 'vision', text: '…', confidential: true },
  MilestoneRecorded: { text: '…', date: '2020-06-01' },
  EvidenceAttached: {},
  ContributionStated: {
    what: '…',
    forWhom: '…',
    contribution: '…',
    otherExplanations: '…',
    strength: 'moderate',
    evaluation: event,
  },
  InKindContributed: { organisation, what: '…', amountCents: 1_800_000, basis: 'per-year', method: '…' },
  FundingRequested: { amountCents: 1, purpose: '…' },
  GrantLinked: { grant },
  ActionSuspended: { code: 'funding' },
  ActionResumed: { note: '…', suspendedDays: 3 },
  ActionEvaluated: {
    kind: 'final',
    period: { from: '2020-01-01', until: '2020-06-01' },
    method: '…',
    questions: {},
    verdict: 'works',
    confidence: 3,
    indicatorSnapshot: [],
    learnings: [],
    voices: [],
    nextStep: 'broaden',
    evaluators: [organisation],
    planVersion: 1,
  },
  NextStepDeclined: { evaluation: event },
  ActionAdjusted: {
    planVersion: 2,
    changes: { budgetCents: { from: 100, to: 200 } },
    scope: 'minor',
    basis: { kind: 'evaluation', ref: event },
  },
  ActionBroadened: {
    ...content,
    kind: 'region',
    evaluation: event,
    decision,
    planVersion: 1,
    generation: 1,
    root: action,
    actionKind: 'regular',
    targets: [],
    carried,
  },
  BroadeningRefused: { broadening: event, target: 0, network: home, code: 'unknown-reference' },
  ActionClosed: { outcome: 'achieved', learnings: [] },
  ActionReopened: { decision },
  ActionDeclined: { decision },
  ActionWithdrawn: {},
  RecordCorrected: { event, field: 'occurredAt', from: null, to: '2020-01-02T00:00:00.000Z', confirmedBy: person },
  PatternConfirmed: {
    tag: 'wachttijd',
    polarity: 'does-not-work',
    statement: text,
    actions: [
      { action, network: home, evaluation: event },
      { action: ref('otherAction'), network: home, evaluation: event },
    ],
  },
  PatternRetired: {},
  RecommendationDrafted: { title: text, text, patterns: [ref('pattern')], basis: [{ action, evaluation: event }] },
  RecommendationReworded: { title: text, text: { nl: 'Anders' } },
  RecommendationAdopted: { decision },
  RecommendationSubmitted: { level: 'flemish', addressee: 'Kabinet' },
  RecommendationAnswered: { answer: 'no-reply', text: '…' },
  RecommendationFollowedUp: { text: '…', done: true },
  RecommendationWithdrawn: {},
  PracticePublished: { ...practice, version: 1, action },
  PracticeRevised: { ...practice, version: 2, conditions: text },
  PracticeAdopted: {
    network: uuidv5('spec', 'receiving'),
    practiceVersion: 2,
    adaptations: '…',
    regions: ['12025'],
    partners: [{ organisation }],
    action,
    actionNetwork: home,
    actionKind: 'regular',
    root: action,
    generation: 1,
    planVersion: 1,
    evaluation: event,
    title: text,
    targetGroup: '17-25',
    intendedChange: 'Een thuis',
    horizon: 'short',
    plan: { text: 'Zes woningen' },
    carried,
  },
  PracticeAdoptionRefused: { adoption: event, network: uuidv5('spec', 'receiving'), code: 'unknown-reference' },
  PracticeWithdrawn: {},
  SchemeDefined: { name: '…', funder: organisation, terms },
  SchemeRevised: { version: 2, terms },
  SchemeEnded: {},
  AgreementDrafted: {
    kind: 'scheme-period',
    title: '…',
    period: { from: '2014-01-01', until: '2019-12-31' },
    parties: [organisation],
    thirdParties: [],
    withNetworks: [],
    scheme: ref('scheme'),
    succeeds: null,
    objectives: null,
    actions: [action],
  },
  AgreementSigned: { organisation },
  AgreementSubmitted: {},
  AgreementApproved: {},
  AgreementEnteredIntoForce: {},
  AgreementTerminated: {},
  AgreementRefused: {},
  AgreementClaimLapsed: { claim: event },
  PeriodClaimed: { agreement: ref('agreement'), claim: event, from: '2014-01-01', releases: [] },
  EvidenceRegistered: {
    sha256: 'a'.repeat(64),
    mediaType: 'application/pdf',
    class: 'invoice',
    title: '…',
    heldBy: '…',
    retainUntil: null,
  },
  LegalHoldSet: {},
  LegalHoldLifted: {},
  RetentionExtended: { until: '2031-12-31' },
  EvidenceSupersededBy: { by: uuidv5('spec', 'evidence') },
  RightGranted: {
    scheme: ref('scheme'),
    version: 1,
    terms,
    funder: organisation,
    amountCents: 661_300,
    basis: 'per-year',
    years: { from: 2020, until: 2021 },
    funderDecision: { reference: '…', date: '2019-12-13' },
  },
  OwnContributionRegistered: { year: 2020, kind: 'own', organisation, amountCents: 1_300_000 },
  DrawnDown: { year: 2020, amountCents: 661_300 },
  YearSettled: {
    year: 2020,
    rightCents: 661_300,
    carriedInCents: 0,
    drawnCents: 661_300,
    ownCents: 1_300_000,
    eligibleCents: 650_000,
    recoverCents: 11_300,
    lapsedCents: 0,
    carriedCents: 0,
    recoverBy: '2021-04-01',
  },
  DrawnRepaid: { year: 2020, amountCents: 11_300, bankReference: '…' },
  SecondmentAgreed: {
    secondment: event,
    secondee: person,
    sender: organisation,
    receiver: home,
    function: '…',
    fteBp: 8_000,
    from: '2019-01-01',
    temporary: false,
  },
  SecondmentChanged: { secondment: event, from: '2019-07-01', fteBp: 5_000, until: '2019-12-31' },
  SecondmentEnded: { secondment: event, until: '2019-12-31' },
  StaffCostCharged: {
    claim: event,
    grant: ref('grant'),
    secondee: person,
    from: '2019-01-01',
    until: '2019-12-31',
    shareBp: 8_000,
  },
  StaffCostReleased: { claim: event },
  IndicatorDefined: { ...definition, code: 'stabiel' },
  DefinitionVersioned: { ...definition, version: 2, validFrom: '2022-01-01' },
  IndicatorAdopted: { version: 1, decision },
  TargetSet: { period: year, numerator: 3, denominator: 4, floorPerChild: null, decision },
  IndicatorAttached: { scope: { kind: 'action', id: action }, network: home },
  IndicatorDetached: { scope: { kind: 'action', id: action }, network: home },
  IndicatorEnded: {},
  MeasurementRecorded: measured,
  MeasurementSuperseded: { ...measured, numerator: 13, supersedes: uuidv5('spec', 'measured') },
  ReleasePrepared: prepared,
  ReleaseChecked: {
    rules: { k: 5, suppressZero: false },
    hidden: [{ line: 0, number: 'numerator', why: 'primary' }],
    considered: { [ref('indicator')]: [] },
  },
  ReleasePublished: {
    table: prepared.table,
    title: prepared.title,
    definitions: prepared.definitions.map(({ sensitivity: _kept, isAdded: _added, ...one }) => one),
    networks: prepared.networks,
    dimension: null,
    lines: prepared.lines.map((line) => ({ ...line, numerator: null, hidden: ['numerator' as const], text: '<5' })),
    k: 5,
  },
  ReleaseWithdrawn: {},
  FiguresDisclosed: { indicator: ref('indicator'), release: ref('release') },
  ExactTableRead: {
    reader: person,
    role: 'back-office',
    organisation: null,
    question: 'getIndicatorSeries',
    subject: ref('indicator'),
    asOf: null,
    effectiveAt: null,
  },
  SessionHeld: {
    kind: 'workshop',
    title: '…',
    topic: 'shared-measurement',
    organisations: [organisation],
    networks: [home],
    participants: 24,
    confidentiality: 'participants-only',
  },
  OutcomeRecorded: { number: 1, text: '…', confidential: true },
  StepAgreed: { number: 1, text: '…', owner: { kind: 'group', id: group }, dueOn: '2020-09-01' },
  StepDone: { number: 1 },
  EngagementStarted: {
    number: 1,
    organisations: [organisation],
    coaches: [person],
    purpose: '…',
    phases: ['verkennen', 'opstarten'],
    phase: 'verkennen',
    plannedUntil: '2022-08-31',
  },
  EngagementPhaseChanged: { number: 1, phase: 'opstarten', note: '…' },
  EngagementCoachesChanged: { number: 1, organisations: [organisation], coaches: [], joined: [], left: [person] },
  EngagementEnded: { number: 1, exit: { findings: '…', maturity: 'coordinated' }, coaches: [] },
  GrantApplied: { title: '…', scheme: ref('scheme'), area: '11002', requestedCents: 1_000, period },
  ApplicationRefused: {},
  GrantAwarded: {
    title: '…',
    funder: organisation,
    scheme: ref('scheme'),
    schemeVersion: 1,
    terms,
    amountCents: 1_000,
    period,
    area: '11002',
    funderDecision,
    conditions: [{ code: 'C1', text: '…', kind: 'sectors', sectors: ['housing'] }],
    instalments: [{ code: 'voorschot', cents: null, share: { num: 1, den: 2 }, dueOn: null, requires: ['C1'] }],
    externalCodes: [],
    claim: uuidv5('spec', 'claim'),
  },
  AwardAmended: { deltaCents: 100, funderDecision },
  Allocated: { ...purpose, amountCents: 900 },
  Transferred: { from: purpose, to: { action, category: 'staff' }, amountCents: 100 },
  Deallocated: { action, category: 'staff', amountCents: 100 },
  Committed: { ...purpose, amountCents: 500, title: '…', supplier },
  CommitmentAmended: { ...purpose, commitment: event, deltaCents: -1 },
  CommitmentReleased: { ...purpose, commitment: event, amountCents: 1 },
  CommitmentCarried: { ...purpose, commitment: event, from: uuidv5('spec', 'closed'), amountCents: 1 },
  ExpenditureRecorded: {
    ...purpose,
    document: uuidv5('spec', 'document'),
    supporting,
    claim: uuidv5('spec', 'claim of a document'),
    period,
    eligibleCents: 500,
    split,
  },
  SimplifiedCostRecorded: {
    ...purpose,
    method: 'overhead',
    base: [event],
    baseCents: 500,
    quantity: 0,
    period,
    eligibleCents: 500,
    split,
  },
  ExpenditureVerified: {
    ...purpose,
    expenditure: event,
    outcome: 'accept',
    eligibleCents: 500,
    split,
    reduced: none,
    refusals: [],
  },
  ExpenditureCorrected: {
    ...purpose,
    expenditure: event,
    amountCents: 10,
    to: 'corrected',
    ground: '…',
    recoveryCents: 0,
  },
  ConditionEvidenced: { condition: 'C1' },
  ConditionRejected: { condition: 'C1' },
  ConditionAccepted: { condition: 'C1' },
  ConditionAtRisk: { condition: 'C1', sectors: ['housing'], cureBy: '2020-03-01' },
  ConditionBreached: { condition: 'C1' },
  ConditionWaived: { condition: 'C1' },
  InstalmentPlanned: { code: 'jaar-2', cents: 100, share: null, dueOn: null, requires: [] },
  InstalmentRequested: { instalment: 'voorschot', amountCents: 500 },
  InstalmentReceived: { instalment: 'voorschot', amountCents: 500, bankReference: '…' },
  InstalmentWithheld: { instalment: 'jaar-2' },
  PartnerPaid: { organisation, amountCents: 100, bankReference: '…' },
  PartnerRepaid: { organisation, amountCents: 50, bankReference: '…' },
  RecoveryRaised: { amountCents: 10, ground: '…', recoverBy: '2020-03-01' },
  FunderRepaid: { amountCents: 10, settledCents: 10, bankReference: '…' },
  AuditFindingRaised: { text: '…', expenditure: event },
  AuditFindingAnswered: { finding: event, text: '…' },
  AuditFindingClosed: { finding: event, outcome: 'upheld', text: '…' },
  ReportSubmitted: { kind: 'final', period },
  GrantSuspended: {},
  GrantResumed: {},
  GrantClosed: settlement,
  GrantTerminated: settlement,
  BalanceReceived: { amountCents: 10, bankReference: '…' },
  ClaimLapsed: { claim: uuidv5('spec', 'lapsed') },
  DocumentClaimed: {
    supporting,
    grant,
    network: home,
    claim: uuidv5('spec', 'claim of a document'),
    grantCents: 400,
    releases: [],
  },
  AreaReserved: {
    scheme: ref('scheme'),
    area: '11002',
    grant,
    network: home,
    claim: uuidv5('spec', 'claim'),
    period,
    releases: [],
  },
};

type AnyAggregate = Aggregate<{ readonly status: string }, never>;
const eventsOf = (name: string) =>
  (Object.keys(samples) as DomainEvent['type'][])
    .filter((type) => eventTypes[type].aggregate === name)
    .map((type) => ({ type, data: samples[type], meta: { network: home } }));

const beginningOf = <T>(all: readonly T[]): fc.Arbitrary<readonly T[]> =>
  fc.nat(all.length).map((length) => all.slice(0, length));

/** A state that some of the aggregate's events give, in order or not, after the one that begins it. */
const stateOf = (aggregate: AnyAggregate): fc.Arbitrary<{ readonly status: string }> => {
  const [first, ...rest] = eventsOf(aggregate.name);
  return fc
    .oneof(beginningOf(rest), fc.subarray(rest), fc.shuffledSubarray(rest))
    .map((facts) =>
      fold(aggregate as unknown as Aggregate, record(aggregate.name, uuidv5('spec'), [first!, ...facts])),
    );
};

describe.each(allAggregates.map((aggregate) => [aggregate.name, aggregate] as const))(
  'every state of %s',
  (_name, aggregate) => {
    it('takes any event of its own', () =>
      fc.assert(
        fc.property(stateOf(aggregate), fc.constantFrom(...eventsOf(aggregate.name)), (state, fact) => {
          const next = aggregate.evolve(state, record(aggregate.name, uuidv5('spec'), [fact])[0] as never);
          expect(typeof next.status).toBe('string');
        }),
      ));

    it('stays as it is by an event that it does not know', () =>
      fc.assert(
        fc.property(stateOf(aggregate), (state) => {
          const [unknown] = record(aggregate.name, uuidv5('spec'), [{ type: 'SomethingElse', data: {} }]);
          const next = aggregate.evolve(state, unknown as never);
          expect({ ...next, history: null }).toEqual({ ...state, history: null });
          expect(aggregate.evolve(aggregate.initial, unknown as never)).toEqual(aggregate.initial);
        }),
      ));
  },
);

it('the states above are of every status that events can give', () => {
  const seen = new Set<string>();
  for (const aggregate of allAggregates)
    for (const { status } of fc.sample(stateOf(aggregate), { numRuns: 300, seed: 1 }))
      seen.add(`${aggregate.name} ${status}`);
  expect([...seen].toSorted()).toEqual(
    [
      ...['active', 'ended'].map((status) => `organisation ${status}`),
      ...['running', 'ended'].flatMap((status) => [`network ${status}`, `group ${status}`]),
      'person registered',
      ...['drafted', 'adopted'].map((status) => `agenda ${status}`),
      ...['planned', 'held', 'cancelled'].map((status) => `meeting ${status}`),
      ...['recorded', 'amended', 'annulled'].map((status) => `decision ${status}`),
      ...['proposed', 'approved', 'active', 'suspended', 'closed', 'declined', 'withdrawn'].map(
        (status) => `action ${status}`,
      ),
      ...['confirmed', 'retired'].map((status) => `pattern ${status}`),
      ...['drafted', 'adopted', 'submitted', 'answered', 'followed-up', 'withdrawn'].map(
        (status) => `recommendation ${status}`,
      ),
      ...['published', 'withdrawn'].map((status) => `practice ${status}`),
      ...['running', 'ended'].map((status) => `scheme ${status}`),
      ...['drafted', 'submitted', 'approved', 'refused', 'in-force', 'terminated'].map(
        (status) => `agreement ${status}`,
      ),
      'agreement-calendar kept',
      ...['registered', 'superseded'].map((status) => `evidence ${status}`),
      'drawing-right granted',
      'secondment known',
      ...['running', 'ended'].map((status) => `indicator ${status}`),
      'measurement measured',
      ...['prepared', 'checked', 'published', 'withdrawn'].map((status) => `release ${status}`),
      'disclosed told',
      'access-log kept',
      'session held',
      ...['running', 'ended'].map((status) => `coaching ${status}`),
      ...['applied', 'refused', 'awarded', 'suspended', 'closed', 'terminated'].map((status) => `grant ${status}`),
      'document claimed',
      'working-area reserved',
    ].toSorted(),
  );
});

/** The other things as they may be; a network that a thing belongs to is always there. */
const world = fc.record(
  Object.fromEntries(
    allAggregates.map((aggregate) => [
      aggregate.name,
      aggregate === (network as unknown)
        ? stateOf(aggregate)
        : fc.oneof(stateOf(aggregate), fc.constant(aggregate.initial)),
    ]),
  ),
);
const moment = fc.constantFrom('2019-12-31T23:59:59.999Z', '2020-06-25T12:00:00.000Z', '2021-12-31T12:00:00.000Z');
const role = fc.constantFrom(...ROLES, 'operator', 'process');

describe.each(commands)('in every state %s', (_name, entry) => {
  const own = fc.oneof(stateOf(entry.aggregate as AnyAggregate), fc.constant(entry.aggregate.initial));
  const ids: Readonly<Record<string, string>> = {
    action,
    agenda: home,
    decision,
    group,
    meeting,
    network: home,
    organisation,
    person,
    pattern: ref('pattern'),
    recommendation: ref('recommendation'),
    practice: ref('practice'),
    scheme: ref('scheme'),
    agreement: ref('agreement'),
    'agreement-calendar': uuidv5('spec', 'calendar'),
    evidence: ref('evidence'),
    'drawing-right': ref('drawingRight'),
    secondment: ref('secondment'),
    indicator: ref('indicator'),
    measurement: uuidv5('spec', 'measurement'),
    release: ref('release'),
    disclosed: uuidv5('spec', 'disclosed'),
    'access-log': uuidv5('spec', 'access-log'),
    session: ref('session'),
    coaching: home,
    grant,
    document: uuidv5('spec', 'document'),
    'working-area': uuidv5('spec', 'area'),
  };
  const judged = (ask: (state: never, context: DecisionContext) => void): void =>
    fc.assert(
      fc.property(own, world, moment, role, (state, others, occurredAt, acting) =>
        ask(state as never, {
          look: ((looked: AnyAggregate) => others[looked.name]) as DecisionContext['look'],
          id: ids[entry.aggregate.name]!,
          eventId: uuidv5('spec', 'event'),
          occurredAt,
          now: '2022-01-01T00:00:00.000Z',
          actor: { subject: person, role: acting },
        }),
      ),
      { numRuns: 40 },
    );

  it('is decided: an event of its aggregate that can be stored and folded, nothing, or a refusal', () =>
    judged((state, context) => {
      const decided = entry.decide(entry.example, state, context);
      expect(entry.decide(entry.example as never, state, context)).toEqual(decided);
      if (decided === nothing || isRejected(decided)) return;
      const event = isPrior(decided) ? decided.then : decided;
      expect(eventTypes[event.type as DomainEvent['type']].aggregate).toBe(entry.aggregate.name);
      expect(canonical(plain(event.data))).toContain('{');
      const [told] = record(entry.aggregate.name, context.id, [event]);
      expect((entry.aggregate as unknown as Aggregate).evolve(state, told!)).toHaveProperty('status');
    }));

  it('is authorised or refused, and told in time or not', () =>
    judged((state, context) => {
      const home = entry.networkOf(entry.example, state, context.id);
      const answers = [entry.authorise(entry.example, state, context), entry.timely(entry.example, home, context)];
      const refusals = answers.filter(isRejected).map(({ rejected }) => rejected);
      expect(refusals.filter((code) => !/^[a-z]+(-[a-z0-9]+)*$/.test(code))).toEqual([]);
    }));
});
