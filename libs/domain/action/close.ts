import { dayOf, daysBetween, isRejected } from '#kernel';
import { reject } from '../rejections.ts';
import type { CloseAction, ReopenAction } from './commands.ts';
import { closedGrant, openMoney } from './money.ts';
import { laterDecision, policyOf, wrongState, type Decider } from './guards.ts';

/** Judged as it last was, and something was learned. Who stops an action early needs a decision; an end that an evaluation found does not. */
export const close: Decider<CloseAction> = (command, action, context) => {
  if (action.status !== 'active' && action.status !== 'suspended') return wrongState(action);
  const { outcome, learnings, decisionRef } = command;
  if (!action.finallyEvaluated) return reject('final-evaluation-required');
  const open = openMoney(action, context, 'open-commitments');
  if (open !== undefined) return open;
  if (action.learnings.length + learnings.length === 0) return reject('learnings-required');
  const decision = laterDecision(command, action, context);
  if (isRejected(decision)) return decision;
  if (outcome === 'stopped' && decision === undefined) return reject('decision-required', { outcome });
  return {
    type: 'ActionClosed',
    data: { outcome, learnings, ...(decisionRef !== undefined && { decision: decisionRef }) },
  };
};

/** Always on a decision (ACT-5), within the network's reopen window. */
export const reopen: Decider<ReopenAction> = (command, action, context) => {
  if (action.status !== 'closed') return wrongState(action);
  const { decisionRef } = command;
  if (decisionRef === undefined) return reject('decision-required');
  const decision = laterDecision(command, action, context, action.closedAt);
  if (isRejected(decision)) return decision;
  const over = closedGrant(action, context);
  if (over !== undefined) return over;
  const { reopenWindowDays: most } = policyOf(context.look, action.network);
  const days = daysBetween(dayOf(action.closedAt), dayOf(context.occurredAt));
  if (days > most) return reject('reopen-window-passed', { days, most });
  return { type: 'ActionReopened', data: { decision: decisionRef } };
};
