import type { Aggregate, Instant, Recorded } from '#kernel';
import type { ActionKind, ActionLink, NextStep, Verdict } from '../codes.ts';
import type { ActionEvent, Changes, Content, Field, Origin, Partner } from './events.ts';

export interface LastEvaluation {
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

export interface Running {
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
  /** The decision that approved it, and from when that holds. */
  readonly approval?: { readonly decision: string; readonly effectiveAt: Instant };
  /** Codes of the approval's conditions not yet met. */
  readonly openConditions: readonly string[];
  readonly startedAt?: Instant;
  readonly suspendedAt?: Instant;
  readonly closedAt?: Instant;
  readonly evaluation?: LastEvaluation;
  /** Whether a final evaluation came after the last adjustment. */
  readonly finallyEvaluated: boolean;
  /** Ids of evaluations and of obstacles, for what builds on them. */
  readonly evaluations: readonly string[];
  readonly obstacles: readonly string[];
  readonly learnings: number;
}

export type Action =
  | { readonly status: 'none' }
  | (Running & {
      readonly status: 'proposed' | 'approved' | 'active' | 'suspended' | 'closed' | 'declined' | 'withdrawn';
    });
export type ActionStatus = Action['status'];

export const action: Aggregate<Action, ActionEvent> = { name: 'action', initial: { status: 'none' }, evolve };

function evolve(action: Action, event: Recorded<ActionEvent>): Action {
  if (event.type === 'ActionProposed') return proposed(event);
  if (action.status === 'none') return action;
  switch (event.type) {
    case 'ProposalRevised':
      return { ...changed(action, event.data.changes), proposalVersion: event.data.version };
    case 'ActionApproved':
      return approved(action, event.data.decision, event.meta.occurredAt, []);
    case 'ActionApprovedWithConditions':
      return approved(
        action,
        event.data.decision,
        event.meta.occurredAt,
        event.data.conditions.map(({ code }) => code),
      );
    case 'ActionDeclined':
      return { ...action, status: 'declined' };
    case 'ActionWithdrawn':
      return { ...action, status: 'withdrawn' };
    case 'ApprovalConditionMet':
      return { ...action, openConditions: action.openConditions.filter((code) => code !== event.data.condition) };
    case 'LeadAssigned':
    case 'LeadTransferred':
      return { ...action, lead: event.data.lead };
    case 'ActionStarted':
      return { ...action, status: 'active', startedAt: event.meta.occurredAt };
    case 'ActionAdjusted':
      return {
        ...settled(changed(action, event.data.changes), 'adjust'),
        planVersion: event.data.planVersion,
        finallyEvaluated: false,
      };
    case 'ActionSuspended':
      return { ...action, status: 'suspended', suspendedAt: event.meta.occurredAt };
    case 'ActionResumed': {
      const { suspendedAt: _resumed, ...rest } = action;
      return { ...rest, status: 'active' };
    }
    case 'ActionEvaluated':
      return evaluated(action, event);
    case 'NextStepDeclined':
      return action.evaluation?.id === event.data.evaluation
        ? { ...action, evaluation: { ...action.evaluation, settled: true } }
        : action;
    case 'ActionBroadened':
      return settled(action, 'broaden');
    case 'ActionClosed':
      return {
        ...settled(action, 'close'),
        status: 'closed',
        closedAt: event.meta.occurredAt,
        learnings: action.learnings + event.data.learnings.length,
      };
    case 'ActionReopened': {
      const { closedAt: _reopened, ...rest } = action;
      return {
        ...rest,
        status: 'active',
        finallyEvaluated: false,
        approval: { decision: event.data.decision, effectiveAt: event.meta.occurredAt },
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
      return withObjectives(action, [...action.content.objectives, event.data.objective]);
    case 'ObjectiveUnlinked':
      return withObjectives(
        action,
        action.content.objectives.filter((code) => code !== event.data.objective),
      );
    case 'ActionsLinked':
      return { ...action, links: [...action.links, event.data] };
    case 'MovedToGroup':
      return { ...action, content: { ...action.content, group: event.data.group } };
    case 'ObstacleAdded':
      return { ...action, obstacles: [...action.obstacles, event.id] };
    case 'ActionDeferred':
    case 'BroadeningRefused':
    case 'MilestoneRecorded':
    case 'EvidenceAttached':
    case 'FundingRequested':
    case 'RecordCorrected':
      return action;
    default:
      return event satisfies never;
  }
}

type Known = Exclude<Action, { readonly status: 'none' }>;

function proposed({ data, meta }: Recorded<Extract<ActionEvent, { type: 'ActionProposed' }>>): Action {
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
    finallyEvaluated: false,
    evaluations: [],
    obstacles: [],
    learnings: 0,
  };
}

function approved(action: Known, decision: string, effectiveAt: Instant, conditions: readonly string[]): Action {
  return { ...action, status: 'approved', approval: { decision, effectiveAt }, openConditions: conditions };
}

function evaluated(action: Known, event: Recorded<Extract<ActionEvent, { type: 'ActionEvaluated' }>>): Action {
  const { kind, verdict, nextStep, planVersion, learnings } = event.data;
  return {
    ...action,
    evaluation: { id: event.id, kind, verdict, nextStep, planVersion, settled: nextStep === 'continue' },
    finallyEvaluated: action.finallyEvaluated || kind === 'final',
    evaluations: [...action.evaluations, event.id],
    learnings: action.learnings + learnings.length,
  };
}

/** EVAL-5: what the last evaluation asked for is done. */
const settled = (action: Known, step: NextStep): Known =>
  action.evaluation?.nextStep === step ? { ...action, evaluation: { ...action.evaluation, settled: true } } : action;

const withObjectives = (action: Known, objectives: readonly string[]): Action => ({
  ...action,
  content: { ...action.content, objectives },
});

const changed = (action: Known, changes: Changes): Known => ({
  ...action,
  content: { ...action.content, ...newValues(changes) },
});

/** The new value of each changed field. */
export const newValues = (changes: Changes): Partial<Content> =>
  Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, to])) as Partial<Record<Field, never>>;
