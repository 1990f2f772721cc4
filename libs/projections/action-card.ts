import { s, type Recorded, type TypeOf } from '#kernel';
import {
  ACTION_KINDS,
  ACTION_LINKS,
  BROADENINGS,
  CLOSING_OUTCOMES,
  EVALUATION_KINDS,
  HORIZONS,
  newValues,
  NEXT_STEPS,
  OBSTACLE_CLASSES,
  POLARITIES,
  RIGHT_BASES,
  STRENGTHS,
  SUSPENSION_CODES,
  VERDICTS,
  type ActionEvent,
  type NextStep,
} from '#domain';
import { change, end, interval, localized, network } from './parts.ts';
import { homeOf, stamped, streamProjection, unchanged } from './stream.ts';

export const ACTION_STATUSES = [
  'proposed',
  'approved',
  'active',
  'suspended',
  'closed',
  'declined',
  'withdrawn',
] as const;

const evaluation = {
  id: s.id('The event’s.'),
  kind: s.oneOf(EVALUATION_KINDS),
  verdict: s.oneOf(VERDICTS),
  confidence: s.integer('1 to 4.'),
  nextStep: s.oneOf(NEXT_STEPS),
  at: s.instant(),
};

const card = s.object({
  ...stamped,
  network,
  status: s.oneOf(ACTION_STATUSES),
  phaseSince: s.instant('Since when it has its status.'),
  kind: s.oneOf(ACTION_KINDS),
  title: localized,
  group: s.nullable(s.id()),
  objectives: s.list(s.text(), 'Codes of the network’s agenda.'),
  targetGroup: s.text(),
  regions: s.list(s.text(), 'NIS codes.'),
  intendedChange: s.text(),
  horizon: s.oneOf(HORIZONS),
  plan: s.object({ text: s.text(), from: s.optional(s.day()), until: s.optional(s.day()) }),
  planVersion: s.integer(),
  proposalVersion: s.integer(),
  budgetCents: s.nullable(s.cents()),
  partners: s.list(s.object({ organisation: s.id(), role: s.nullable(s.text()), ...interval }), 'Past ones too.'),
  organisations: s.list(s.id(), 'The partners it has now.'),
  lead: s.nullable(s.id()),
  leadSince: s.nullable(s.instant()),
  proposedBy: s.text(),
  proposedAt: s.instant(),
  approval: s.nullable(
    s.object({
      decision: s.id(),
      effectiveAt: s.instant(),
      conditions: s.list(s.object({ code: s.text(), text: s.text(), metAt: s.nullable(s.instant()) })),
    }),
  ),
  deferral: s.nullable(
    s.object({ decision: s.id(), until: s.nullable(s.day()), missingInformation: s.nullable(s.text()) }),
  ),
  decisions: s.list(s.id(), 'All that its history rests on.'),
  startedAt: s.nullable(s.instant()),
  suspension: s.nullable(
    s.object({ code: s.oneOf(SUSPENSION_CODES), since: s.instant(), expectedUntil: s.nullable(s.day()) }),
  ),
  suspendedDays: s.integer('Of all past suspensions.'),
  closedAt: s.nullable(s.instant()),
  outcome: s.nullable(s.oneOf(CLOSING_OUTCOMES)),
  adjusted: s.integer('How often.'),
  evaluated: s.integer('How often.'),
  broadened: s.integer('How often.'),
  lastEvaluation: s.nullable(
    s.object({ ...evaluation, settled: s.boolean('What it asked for was done or declined (EVAL-5).') }),
  ),
  evaluations: s.list(
    s.object({ ...evaluation, from: s.day(), until: s.day(), planVersion: s.integer(), voices: s.integer() }),
  ),
  learnings: s.list(
    s.object({
      source: s.id('The event that tells it.'),
      text: s.text(),
      tag: s.text(),
      polarity: s.oneOf(POLARITIES),
      context: s.nullable(s.text()),
      at: s.instant(),
    }),
  ),
  obstacles: s.list(
    s.object({
      id: s.id('The event’s.'),
      class: s.oneOf(OBSTACLE_CLASSES),
      confidential: s.boolean(),
      text: s.nullable(s.text('Null when it is confidential.')),
      at: s.instant(),
    }),
  ),
  milestones: s.list(s.object({ id: s.id(), text: s.text(), date: s.day() })),
  inKind: s.list(
    s.object({
      id: s.id('The event’s.'),
      organisation: s.id(),
      what: s.text(),
      amountCents: s.cents(),
      basis: s.oneOf(RIGHT_BASES),
      method: s.text('How it was valued.'),
      at: s.instant(),
    }),
    'What was put in that is not money.',
  ),
  contribution: s.nullable(
    s.object({
      id: s.id('The event’s.'),
      what: s.text('What changed.'),
      forWhom: s.text(),
      howMuch: s.nullable(s.text()),
      contribution: s.text('What the action did for it.'),
      otherExplanations: s.text(),
      strength: s.oneOf(STRENGTHS),
      evaluation: s.nullable(s.id('On which it rests.')),
      at: s.instant(),
    }),
  ),
  fundingRequests: s.list(s.object({ id: s.id(), amountCents: s.cents(), purpose: s.text(), at: s.instant() })),
  grants: s.list(s.id(), 'Of which money was allocated to it.'),
  evidenceCount: s.integer(),
  derivedFrom: s.nullable(
    s.object({
      action: s.id('The parent.'),
      network: s.id(),
      planVersion: s.integer(),
      evaluation: s.id(),
      kind: s.oneOf(BROADENINGS),
      adaptations: s.nullable(s.text()),
      leadHint: s.nullable(s.text()),
      practice: s.nullable(s.id('The practice that was followed or adopted.')),
      practiceVersion: s.nullable(s.integer()),
    }),
  ),
  root: s.id('The first of the line: itself when it comes from none.'),
  generation: s.integer('0 for what comes from none.'),
  broadenings: s.list(
    s.object({
      id: s.id('The event’s.'),
      kind: s.oneOf(BROADENINGS),
      decision: s.id(),
      evaluation: s.id(),
      networks: s.list(s.id(), 'Of its targets, in their order.'),
      practice: s.nullable(s.id('The practice that was followed.')),
      at: s.instant(),
    }),
  ),
  refusals: s.list(
    s.object({
      broadening: s.id(),
      target: s.integer('Counts from 0.'),
      network: s.id(),
      code: s.text(),
      at: s.instant(),
    }),
    'Targets whose network’s rules refused the child.',
  ),
  partOf: s.nullable(s.id()),
  inspiredBy: s.list(s.id()),
  inspiredBySessions: s.list(s.id()),
  resubmissionOf: s.nullable(s.id()),
  links: s.list(s.object({ kind: s.oneOf(ACTION_LINKS), action: s.id() })),
  lastOccurredAt: s.instant('The latest moment at which something happened to it.'),
});
export type ActionCard = TypeOf<typeof card>;

export const actionCard = streamProjection<ActionCard, ActionEvent, 'ActionProposed'>({
  name: 'action-card',
  version: 3,
  source: 'action',
  doc: card,
  starts: { ActionProposed: proposed },
  on: {
    ProposalRevised: (_card, { data }) => ({ ...newValues(data.changes), proposalVersion: data.version }),
    ActionApproved: (_card, event) => approved(event, []),
    ActionApprovedWithConditions: (_card, event) => approved(event, event.data.conditions),
    ActionDeclined: (_card, { meta }) => ({ status: 'declined', phaseSince: meta.occurredAt, deferral: null }),
    ActionDeferred: (_card, { data: { decision, until, missingInformation } }) => ({
      deferral: { decision, until: until ?? null, missingInformation: missingInformation ?? null },
    }),
    ActionWithdrawn: (_card, { meta }) => ({ status: 'withdrawn', phaseSince: meta.occurredAt, deferral: null }),
    ApprovalConditionMet: ({ approval }, { data, meta }) => ({
      approval: approval && {
        ...approval,
        conditions: approval.conditions.map((condition) =>
          condition.code === data.condition ? { ...condition, metAt: meta.occurredAt } : condition,
        ),
      },
    }),
    LeadAssigned: (_card, { data, meta }) => ({ lead: data.lead, leadSince: meta.occurredAt }),
    LeadTransferred: (_card, { data, meta }) => ({ lead: data.lead, leadSince: meta.occurredAt }),
    ActionStarted: (_card, { meta }) => ({
      status: 'active',
      phaseSince: meta.occurredAt,
      startedAt: meta.occurredAt,
    }),
    ActionAdjusted: (card, { data }) => ({
      ...newValues(data.changes),
      ...settles(card, 'adjust'),
      planVersion: data.planVersion,
      adjusted: card.adjusted + 1,
    }),
    ActionSuspended: (_card, { data, meta }) => ({
      status: 'suspended',
      phaseSince: meta.occurredAt,
      suspension: { code: data.code, since: meta.occurredAt, expectedUntil: data.expectedUntil ?? null },
    }),
    ActionResumed: (card, { data, meta }) => ({
      status: 'active',
      phaseSince: meta.occurredAt,
      suspension: null,
      suspendedDays: card.suspendedDays + data.suspendedDays,
    }),
    ActionEvaluated: evaluated,
    NextStepDeclined: ({ lastEvaluation }, { data }) =>
      lastEvaluation?.id === data.evaluation ? { lastEvaluation: { ...lastEvaluation, settled: true } } : {},
    ActionBroadened: (card, { id, data, meta }) => ({
      ...settles(card, 'broaden'),
      broadened: card.broadened + 1,
      broadenings: [
        ...card.broadenings,
        {
          id,
          kind: data.kind,
          decision: data.decision,
          evaluation: data.evaluation,
          networks: data.targets.map(({ network }) => network),
          practice: data.practice ?? null,
          at: meta.occurredAt,
        },
      ],
    }),
    BroadeningRefused: ({ refusals }, { data, meta }) => ({
      refusals: [...refusals, { ...data, at: meta.occurredAt }],
    }),
    ActionClosed: (card, event) => ({
      ...settles(card, 'close'),
      status: 'closed',
      phaseSince: event.meta.occurredAt,
      closedAt: event.meta.occurredAt,
      outcome: event.data.outcome,
      suspension: null,
      learnings: [...card.learnings, ...learningsOf(event)],
    }),
    ActionReopened: (_card, { data, meta }) => ({
      status: 'active',
      phaseSince: meta.occurredAt,
      closedAt: null,
      outcome: null,
      approval: { decision: data.decision, effectiveAt: meta.occurredAt, conditions: [] },
    }),
    PartnerJoined: ({ partners }, { data, meta }) =>
      withPartners([
        ...partners,
        { organisation: data.organisation, role: data.role ?? null, from: meta.occurredAt, until: null },
      ]),
    PartnerLeft: ({ partners }, { data, meta }) =>
      withPartners(end(partners, meta.occurredAt, ({ organisation }) => organisation === data.organisation)),
    PartnerRoleChanged: ({ partners }, { data }) => ({
      partners: change(partners, { role: data.role }, ({ organisation }) => organisation === data.organisation),
    }),
    ObjectiveLinked: ({ objectives }, { data }) => ({ objectives: [...objectives, data.objective] }),
    ObjectiveUnlinked: ({ objectives }, { data }) => ({
      objectives: objectives.filter((code) => code !== data.objective),
    }),
    ActionsLinked: ({ links }, { data }) => ({ links: [...links, data] }),
    MovedToGroup: (_card, { data }) => ({ group: data.group }),
    ObstacleAdded: ({ obstacles }, { id, data, meta }) => ({
      obstacles: [
        ...obstacles,
        {
          id,
          class: data.class,
          confidential: data.confidential,
          text: data.confidential ? null : data.text,
          at: meta.occurredAt,
        },
      ],
    }),
    MilestoneRecorded: ({ milestones }, { id, data }) => ({ milestones: [...milestones, { id, ...data }] }),
    ContributionStated: (_card, { id, data, meta }) => ({
      contribution: {
        ...data,
        id,
        howMuch: data.howMuch ?? null,
        evaluation: data.evaluation ?? null,
        at: meta.occurredAt,
      },
    }),
    InKindContributed: ({ inKind }, { id, data, meta }) => ({
      inKind: [...inKind, { id, ...data, at: meta.occurredAt }],
    }),
    EvidenceAttached: unchanged,
    FundingRequested: ({ fundingRequests }, { id, data, meta }) => ({
      fundingRequests: [...fundingRequests, { id, ...data, at: meta.occurredAt }],
    }),
    GrantLinked: ({ grants }, { data }) => ({ grants: [...grants, data.grant] }),
    RecordCorrected: unchanged,
  },
  every: (card, event) => ({
    evidenceCount: card.evidenceCount + (event.meta.evidence?.length ?? 0),
    decisions: [...new Set([...card.decisions, ...decisionsOf(event)])],
    lastOccurredAt: card.lastOccurredAt > event.meta.occurredAt ? card.lastOccurredAt : event.meta.occurredAt,
  }),
  indexes: [
    ['network'],
    ['network', 'proposedAt'],
    ['network', 'status', 'proposedAt'],
    ['network', 'group', 'proposedAt'],
    ['network', 'lead', 'proposedAt'],
    ['root'],
    ['derivedFrom.action'],
    ['partOf'],
    ['inspiredBySessions'],
  ],
});

type Of<T extends ActionEvent['type']> = Recorded<Extract<ActionEvent, { readonly type: T }>>;
type Facts = Omit<ActionCard, keyof typeof stamped>;

function proposed(event: Of<'ActionProposed'>): Facts {
  const { data, meta, stream } = event;
  const { derivedFrom: origin } = data;
  const from = meta.occurredAt;
  return {
    network: homeOf(event),
    status: 'proposed',
    phaseSince: from,
    kind: data.kind,
    title: data.title,
    group: data.group,
    objectives: data.objectives,
    targetGroup: data.targetGroup,
    regions: data.regions,
    intendedChange: data.intendedChange,
    horizon: data.horizon,
    plan: data.plan,
    planVersion: 1,
    proposalVersion: 1,
    budgetCents: data.budgetCents,
    ...withPartners(
      data.partners.map(({ organisation, role }) => ({ organisation, role: role ?? null, from, until: null })),
    ),
    lead: null,
    leadSince: null,
    proposedBy: meta.actor.subject,
    proposedAt: from,
    approval: null,
    deferral: null,
    decisions: [],
    startedAt: null,
    suspension: null,
    suspendedDays: 0,
    closedAt: null,
    outcome: null,
    adjusted: 0,
    evaluated: 0,
    broadened: 0,
    lastEvaluation: null,
    evaluations: [],
    learnings: [],
    obstacles: [],
    milestones: [],
    inKind: [],
    contribution: null,
    fundingRequests: [],
    grants: [],
    evidenceCount: 0,
    derivedFrom:
      origin === undefined
        ? null
        : {
            action: origin.action,
            network: origin.network,
            planVersion: origin.planVersion,
            evaluation: origin.evaluation,
            kind: origin.kind,
            adaptations: origin.adaptations ?? null,
            leadHint: origin.leadHint ?? null,
            practice: origin.practice ?? null,
            practiceVersion: origin.practiceVersion ?? null,
          },
    root: origin?.root ?? stream.id,
    generation: origin?.generation ?? 0,
    broadenings: [],
    refusals: [],
    partOf: data.partOf ?? null,
    inspiredBy: data.inspiredBy ?? [],
    inspiredBySessions: data.inspiredBySessions ?? [],
    resubmissionOf: data.resubmissionOf ?? null,
    links: [],
    lastOccurredAt: from,
  };
}

function approved(
  { data, meta }: Of<'ActionApproved' | 'ActionApprovedWithConditions'>,
  conditions: readonly { readonly code: string; readonly text: string }[],
): Partial<Facts> {
  return {
    status: 'approved',
    phaseSince: meta.occurredAt,
    deferral: null,
    approval: {
      decision: data.decision,
      effectiveAt: meta.occurredAt,
      conditions: conditions.map(({ code, text }) => ({ code, text, metAt: null })),
    },
  };
}

function evaluated(card: ActionCard, event: Of<'ActionEvaluated'>): Partial<Facts> {
  const { id, data, meta } = event;
  const { kind, verdict, confidence, nextStep, period, planVersion } = data;
  const made = { id, kind, verdict, confidence, nextStep, at: meta.occurredAt };
  const voices = data.voices.reduce((sum, { n }) => sum + n, 0);
  return {
    evaluated: card.evaluated + 1,
    lastEvaluation: { ...made, settled: nextStep === 'continue' },
    evaluations: [...card.evaluations, { ...made, from: period.from, until: period.until, planVersion, voices }],
    learnings: [...card.learnings, ...learningsOf(event)],
  };
}

const learningsOf = ({ id, data, meta }: Of<'ActionEvaluated' | 'ActionClosed'>): Facts['learnings'] =>
  data.learnings.map(({ text, tag, polarity, context }) => ({
    source: id,
    text,
    tag,
    polarity,
    context: context ?? null,
    at: meta.occurredAt,
  }));

/** EVAL-5: what the last evaluation asked for is done. */
const settles = ({ lastEvaluation }: ActionCard, step: NextStep): Partial<Facts> =>
  lastEvaluation?.nextStep === step ? { lastEvaluation: { ...lastEvaluation, settled: true } } : {};

const withPartners = (partners: ActionCard['partners']): Pick<Facts, 'partners' | 'organisations'> => ({
  partners,
  organisations: partners.flatMap(({ organisation, until }) => (until === null ? organisation : [])),
});

function decisionsOf({ data, meta }: Recorded<ActionEvent>): readonly string[] {
  const named = [meta.decisionRef, 'decision' in data ? data.decision : undefined];
  return named.filter((decision) => decision !== undefined);
}
