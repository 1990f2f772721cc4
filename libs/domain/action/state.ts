import { dayOf, type Aggregate, type DecisionContext, type Instant, type Recorded } from '#kernel';
import type { ActionKind, ActionLink, NextStep, Polarity, Verdict } from '../codes.ts';
import { group } from '../group/state.ts';
import { noted, touches, type Since } from '../order.ts';
import type { ActionEvent, Changes, Content, Field, Learning, Origin, Partner } from './events.ts';

interface LastEvaluation {
  /** Event id. */
  readonly id: string;
  readonly kind: string;
  readonly verdict: Verdict;
  readonly nextStep: NextStep;
  /** EVAL-5: what it asked for was done or declined. */
  readonly settled: boolean;
  /** Of the plan it judged. */
  readonly planVersion: number;
}

/** That a tag works, or does not, as an event tells it. */
interface Told {
  readonly event: string;
  readonly tag: string;
  readonly polarity: Polarity;
}

/** A past event, for who corrects it. */
export interface Past {
  readonly id: string;
  readonly type: ActionEvent['type'];
  readonly occurredAt: Instant;
  readonly changesStatus: boolean;
  readonly data: object;
}

interface Common {
  readonly network: string;
  readonly content: Content;
  readonly kind: ActionKind;
  readonly partners: readonly Partner[];
  readonly proposedBy: string;
  readonly proposalVersion: number;
  readonly planVersion: number;
  readonly partOf?: string;
  readonly derivedFrom?: Origin;
  readonly resubmissionOf?: string;
  readonly links: readonly { readonly kind: ActionLink; readonly action: string }[];
  readonly lead?: string;
  /** Codes of the approval's conditions not yet met. */
  readonly openConditions: readonly string[];
  readonly evaluation?: LastEvaluation;
  /** As last decided: approved, or set by the last major adjustment. */
  readonly decidedBudgetCents: number | null;
  /** The last adjustment or reopening. */
  readonly changedAt?: Instant;
  /** Whether a final evaluation came after that, also by its date. */
  readonly finallyEvaluated: boolean;
  /** Ids of evaluations and of obstacles, for what builds on them. */
  readonly evaluations: readonly string[];
  readonly obstacles: readonly string[];
  readonly learnings: readonly Told[];
  /** Grants of which money was allocated to it. */
  readonly grants: readonly string[];
  readonly history: readonly Past[];
  readonly since: Since;
}

interface Approved extends Common {
  /** The decision that approved it, and from when that holds. */
  readonly approval: { readonly decision: string; readonly effectiveAt: Instant };
}

export interface Run {
  readonly from: Instant;
  readonly until: Instant | null;
}

interface Running extends Approved {
  readonly startedAt: Instant;
  /** When it ran: from a start, resumption or reopening until the suspension or closing that followed. */
  readonly ran: readonly Run[];
  /** Its start, or its last resumption or reopening. */
  readonly runningSince: Instant;
}

export type Action =
  | { readonly status: 'none' }
  | (Common & { readonly status: 'proposed' | 'declined' | 'withdrawn' })
  | (Approved & { readonly status: 'approved' })
  | (Running & { readonly status: 'active' })
  | (Running & { readonly status: 'suspended'; readonly suspendedAt: Instant })
  | (Running & { readonly status: 'closed'; readonly closedAt: Instant });
/** An action that runs or ran. */
export type Started = Extract<Action, Running>;
export type ActionStatus = Action['status'];
/** An action that there is. */
export type Known = Exclude<Action, { readonly status: 'none' }>;

export const action: Aggregate<Action, ActionEvent> = { name: 'action', initial: { status: 'none' }, evolve };

const partner = ({ organisation }: Partner): readonly string[] => [`partner/${organisation}`];
const objective = (data: { readonly objective: string }): readonly string[] => [`objectives/${data.objective}`];
const changedFields = ({ changes }: { readonly changes: Changes }): readonly string[] => [
  'version',
  ...Object.keys(changes),
];

export const touched = touches<ActionEvent>({
  ProposalRevised: changedFields,
  ActionAdjusted: changedFields,
  ActionEvaluated: () => ['evaluation'],
  LeadAssigned: () => ['lead'],
  LeadTransferred: () => ['lead'],
  PartnerJoined: partner,
  PartnerLeft: partner,
  PartnerRoleChanged: partner,
  ObjectiveLinked: objective,
  ObjectiveUnlinked: objective,
  MovedToGroup: () => ['group'],
  ContributionStated: () => ['contribution'],
});

function evolve(action: Action, event: Recorded<ActionEvent>): Action {
  const next =
    event.type === 'ActionProposed' ? proposed(event) : action.status === 'none' ? action : after(action, event);
  if (next.status === 'none') return next;
  const { id, type, data, meta } = event;
  const past = { id, type, data, occurredAt: meta.occurredAt, changesStatus: next.status !== action.status };
  return {
    ...next,
    history: [...next.history, past],
    since: noted(next.since, touched(event), meta.occurredAt),
  };
}

/** An event that the table of `domain.md` §2.3 does not allow here changes nothing: it was never accepted. */
function after(action: Known, event: Recorded<Exclude<ActionEvent, { type: 'ActionProposed' }>>): Known {
  switch (event.type) {
    case 'ProposalRevised':
      return { ...changed(action, event.data.changes), proposalVersion: event.data.version };
    case 'ActionApproved':
      return approved(action, event.data.decision, event.meta.occurredAt, []);
    case 'ActionApprovedWithConditions': {
      const { decision, conditions } = event.data;
      return approved(
        action,
        decision,
        event.meta.occurredAt,
        conditions.map(({ code }) => code),
      );
    }
    case 'ActionDeclined':
      return action.status === 'proposed' ? { ...action, status: 'declined' } : action;
    case 'ActionWithdrawn':
      return action.status === 'proposed' || action.status === 'approved' ? { ...action, status: 'withdrawn' } : action;
    case 'ApprovalConditionMet':
      return { ...action, openConditions: action.openConditions.filter((code) => code !== event.data.condition) };
    case 'LeadAssigned':
    case 'LeadTransferred':
      return { ...action, lead: event.data.lead };
    case 'ActionStarted':
      return action.status === 'approved'
        ? {
            ...action,
            status: 'active',
            startedAt: event.meta.occurredAt,
            ran: began([], event.meta.occurredAt),
            runningSince: event.meta.occurredAt,
          }
        : action;
    case 'ActionAdjusted': {
      const next = changed(action, event.data.changes);
      return {
        ...settled(next, 'adjust'),
        planVersion: event.data.planVersion,
        ...(event.data.scope === 'major' && { decidedBudgetCents: next.content.budgetCents }),
        changedAt: event.meta.occurredAt,
        finallyEvaluated: false,
      };
    }
    case 'ActionSuspended':
      return action.status === 'active'
        ? {
            ...action,
            status: 'suspended',
            ran: stopped(action.ran, event.meta.occurredAt),
            suspendedAt: event.meta.occurredAt,
          }
        : action;
    case 'ActionResumed': {
      if (action.status !== 'suspended') return action;
      const { suspendedAt: _resumed, ...rest } = action;
      const ran = began(rest.ran, event.meta.occurredAt);
      return { ...rest, status: 'active', ran, runningSince: event.meta.occurredAt };
    }
    case 'ActionEvaluated':
      return evaluated(action, event);
    case 'NextStepDeclined':
      return action.evaluation?.id === event.data.evaluation
        ? { ...action, evaluation: { ...action.evaluation, settled: true } }
        : action;
    case 'ActionBroadened':
      return settled(action, 'broaden');
    case 'ActionClosed': {
      if (action.status !== 'active' && action.status !== 'suspended') return action;
      return {
        ...settled(action, 'close'),
        status: 'closed',
        ran: stopped(action.ran, event.meta.occurredAt),
        closedAt: event.meta.occurredAt,
        learnings: withLearnings(action, event),
      };
    }
    case 'ActionReopened': {
      if (action.status !== 'closed') return action;
      const { closedAt: _reopened, ...rest } = action;
      return {
        ...rest,
        status: 'active',
        ran: began(rest.ran, event.meta.occurredAt),
        runningSince: event.meta.occurredAt,
        changedAt: event.meta.occurredAt,
        finallyEvaluated: false,
      };
    }
    case 'PartnerJoined':
      return { ...action, partners: [...action.partners, event.data] };
    case 'PartnerLeft':
      return {
        ...action,
        partners: action.partners.filter(({ organisation }) => organisation !== event.data.organisation),
      };
    case 'PartnerRoleChanged':
      return {
        ...action,
        partners: action.partners.map((partner) =>
          partner.organisation === event.data.organisation ? event.data : partner,
        ),
      };
    case 'ObjectiveLinked':
      return withContent(action, { objectives: [...action.content.objectives, event.data.objective] });
    case 'ObjectiveUnlinked':
      return withContent(action, {
        objectives: action.content.objectives.filter((code) => code !== event.data.objective),
      });
    case 'ActionsLinked':
      return { ...action, links: [...action.links, event.data] };
    case 'MovedToGroup':
      return withContent(action, { group: event.data.group });
    case 'ObstacleAdded':
      return { ...action, obstacles: [...action.obstacles, event.id] };
    case 'GrantLinked':
      return { ...action, grants: [...action.grants, event.data.grant] };
    case 'ActionDeferred':
    case 'BroadeningRefused':
    case 'MilestoneRecorded':
    case 'ContributionStated':
    case 'InKindContributed':
    case 'EvidenceAttached':
    case 'FundingRequested':
    case 'RecordCorrected':
      return action;
    default:
      event satisfies never;
      return action;
  }
}

const began = (ran: readonly Run[], from: Instant): readonly Run[] => [...ran, { from, until: null }];
const stopped = (ran: readonly Run[], at: Instant): readonly Run[] =>
  ran.map((run) => (run.until === null ? { ...run, until: at } : run));

function proposed({ data, meta }: Recorded<Extract<ActionEvent, { type: 'ActionProposed' }>>): Known {
  const { title, group, objectives, targetGroup, regions, intendedChange, horizon, plan, budgetCents } = data;
  return {
    status: 'proposed',
    network: meta.network ?? '',
    content: { title, group, objectives, targetGroup, regions, intendedChange, horizon, plan, budgetCents },
    kind: data.kind,
    partners: data.partners,
    proposedBy: meta.actor.subject,
    proposalVersion: 1,
    planVersion: 1,
    ...(data.partOf !== undefined && { partOf: data.partOf }),
    ...(data.derivedFrom !== undefined && { derivedFrom: data.derivedFrom }),
    ...(data.resubmissionOf !== undefined && { resubmissionOf: data.resubmissionOf }),
    links: [],
    openConditions: [],
    decidedBudgetCents: budgetCents,
    finallyEvaluated: false,
    evaluations: [],
    obstacles: [],
    learnings: [],
    grants: [],
    history: [],
    since: {},
  };
}

function approved(action: Known, decision: string, effectiveAt: Instant, conditions: readonly string[]): Known {
  if (action.status !== 'proposed') return action;
  return {
    ...action,
    status: 'approved',
    approval: { decision, effectiveAt },
    openConditions: conditions,
    decidedBudgetCents: action.content.budgetCents,
  };
}

function evaluated(action: Known, event: Recorded<Extract<ActionEvent, { type: 'ActionEvaluated' }>>): Known {
  const { kind, verdict, nextStep, planVersion } = event.data;
  const { changedAt } = action;
  const isFinal = kind === 'final' && (changedAt === undefined || dayOf(changedAt) <= dayOf(event.meta.occurredAt));
  return {
    ...action,
    evaluation: { id: event.id, kind, verdict, nextStep, planVersion, settled: nextStep === 'continue' },
    finallyEvaluated: action.finallyEvaluated || isFinal,
    evaluations: [...action.evaluations, event.id],
    learnings: withLearnings(action, event),
  };
}

const withLearnings = (
  { learnings }: Known,
  { id, data }: { readonly id: string; readonly data: { readonly learnings: readonly Learning[] } },
): readonly Told[] => [...learnings, ...data.learnings.map(({ tag, polarity }) => ({ event: id, tag, polarity }))];

/** The last event that tells it; undefined: the action does not. */
export const toldBy = ({ learnings }: Known, tag: string, polarity: Polarity): string | undefined =>
  learnings.findLast((told) => told.tag === tag && told.polarity === polarity)?.event;

/** EVAL-5: what the last evaluation asked for is done. */
const settled = <A extends Known>(action: A, step: NextStep): A =>
  action.evaluation?.nextStep === step ? { ...action, evaluation: { ...action.evaluation, settled: true } } : action;

const withContent = (action: Known, changes: Partial<Content>): Known => ({
  ...action,
  content: { ...action.content, ...changes },
});

const changed = (action: Known, changes: Changes): Known => withContent(action, newValues(changes));

/** The new value of each changed field. */
export const newValues = (changes: Changes): Partial<Content> =>
  Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, to])) as Partial<Record<Field, never>>;

/** The action's lead, or while it has none its group's. */
export function leadOf(action: Action, look: DecisionContext['look']): string | undefined {
  if (action.status === 'none') return undefined;
  if (action.lead !== undefined || action.content.group === null) return action.lead;
  const carrier = look(group, action.content.group);
  return carrier.status === 'running' ? carrier.lead : undefined;
}
