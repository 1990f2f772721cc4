import { dayOf, daysBetween, isRejected, nothing } from '#kernel';
import { authority } from '../authority.ts';
import { approves, decision as decisionAggregate, type RecordedDecision } from '../decision/state.ts';
import { reject } from '../rejections.ts';
import type {
  AssignLead,
  DecideAction,
  MeetApprovalCondition,
  ResumeAction,
  StartAction,
  SuspendAction,
  TransferLead,
} from './commands.ts';
import type { ActionEvent } from './events.ts';
import { isOpen, policyOf, unfitLead, wrongState, type Decider } from './guards.ts';
import { isIncomplete } from './propose.ts';

/** The outcome is the decision's, and holds from when the decision does. Four eyes: who proposed did not record it. */
export const decide: Decider<DecideAction> = ({ decisionRef }, action, { look, id }) => {
  if (action.status !== 'proposed') return wrongState(action);
  const decision = authority(look, decisionRef, { kind: 'action', id, network: action.network });
  if (isRejected(decision)) return decision;
  if (decision.recordedBy === action.proposedBy) return reject('four-eyes', { person: action.proposedBy });
  const subject = decision.subjects.find(({ kind, id: named }) => kind === 'action' && named === id);
  if (subject?.proposalVersion !== action.proposalVersion)
    return reject('proposal-changed', { decided: subject?.proposalVersion ?? null, current: action.proposalVersion });
  if (approves(decision.outcome) && isIncomplete(action)) return reject('incomplete-proposal');
  return { ...outcomeOf(decisionRef, decision), occurredAt: decision.effectiveAt };
};

function outcomeOf(ref: string, decision: RecordedDecision): ActionEvent {
  switch (decision.outcome) {
    case 'approve':
      return { type: 'ActionApproved', data: { decision: ref } };
    case 'approve-with-conditions':
      return { type: 'ActionApprovedWithConditions', data: { decision: ref, conditions: decision.conditions } };
    case 'decline':
      return { type: 'ActionDeclined', data: { decision: ref } };
    case 'defer': {
      const { deferredUntil: until, missingInformation } = decision;
      return {
        type: 'ActionDeferred',
        data: {
          decision: ref,
          ...(until !== undefined && { until }),
          ...(missingInformation !== undefined && { missingInformation }),
        },
      };
    }
    default:
      return decision.outcome satisfies never;
  }
}

export const meetCondition: Decider<MeetApprovalCondition> = ({ condition }, action, { look }) => {
  if (action.status !== 'approved') return wrongState(action);
  if (action.openConditions.includes(condition)) return { type: 'ApprovalConditionMet', data: { condition } };
  const approval = look(decisionAggregate, action.approval.decision);
  const named = approval.status !== 'none' && approval.conditions.some(({ code }) => code === condition);
  return named ? nothing : reject('unknown-condition', { condition });
};

export const assignLead: Decider<AssignLead> = ({ lead }, action, { look, occurredAt }) => {
  if (!isOpen(action) || action.status === 'proposed') return wrongState(action);
  if (action.lead === lead) return nothing;
  return unfitLead(look, lead, action.network, occurredAt) ?? { type: 'LeadAssigned', data: { lead } };
};

export const transferLead: Decider<TransferLead> = ({ lead, handOver }, action, { look, occurredAt }) => {
  if (!isOpen(action)) return wrongState(action);
  if (action.lead === undefined) return reject('lead-required');
  if (action.lead === lead) return nothing;
  return (
    unfitLead(look, lead, action.network, occurredAt) ?? {
      type: 'LeadTransferred',
      data: { from: action.lead, lead, handOver },
    }
  );
};

/** ACT-5: it starts on a decision that is still in force, and not before that holds. */
export const start: Decider<StartAction> = (_command, action, { look, occurredAt }) => {
  if (action.status !== 'approved') return wrongState(action);
  if (action.lead === undefined) return reject('lead-required');
  const { minimumPartners } = policyOf(look, action.network);
  if (action.partners.length < minimumPartners)
    return reject('too-few-partners', { partners: action.partners.length, minimum: minimumPartners });
  if (action.openConditions.length > 0)
    return reject('approval-conditions-open', { conditions: action.openConditions });
  const { decision, effectiveAt } = action.approval;
  if (look(decisionAggregate, decision).status === 'annulled') return reject('decision-annulled', { decision });
  if (occurredAt < effectiveAt) return reject('start-before-decision', { occurredAt, effectiveAt });
  return { type: 'ActionStarted', data: {} };
};

export const suspend: Decider<SuspendAction> = ({ code, expectedUntil }, action) => {
  if (action.status !== 'active') return wrongState(action);
  return { type: 'ActionSuspended', data: { code, ...(expectedUntil !== undefined && { expectedUntil }) } };
};

/** Days are calendar days in Brussels: from 16 March to 1 September are 169. */
export const resume: Decider<ResumeAction> = ({ note }, action, { occurredAt }) => {
  if (action.status !== 'suspended') return wrongState(action);
  const suspendedDays = daysBetween(dayOf(action.suspendedAt), dayOf(occurredAt));
  return { type: 'ActionResumed', data: { note, suspendedDays } };
};
