import { isRejected, type DecisionContext } from '#kernel';
import { reject, type Rejection } from '../rejections.ts';
import type { AdjustAction } from './commands.ts';
import type { Changes, Field } from './events.ts';
import { laterDecision, policyOf, tooEarlyFor, wrongState, type Decider } from './guards.ts';
import { changesOf, unfitContent } from './propose.ts';
import type { Started } from './state.ts';

/** The plan changes on a basis: an evaluation, an obstacle or a decision. A major change needs a decision. */
export const adjust: Decider<AdjustAction> = (command, action, context) => {
  if (action.status !== 'active') return wrongState(action);
  const { look, occurredAt } = context;
  const changes = changesOf(action.content, command);
  if (Object.keys(changes).length === 0) return reject('nothing-changed');
  const objection =
    tooEarlyFor(action.runningSince, occurredAt) ??
    unfitContent(command, action.network, look) ??
    unknownBasis(command.basis, action, context);
  if (objection !== undefined) return objection;
  const decision = laterDecision(command, action, context);
  if (isRejected(decision)) return decision;
  const scope = scopeOf(action.decidedBudgetCents, changes, policyOf(look, action.network).majorBudgetChangePercent);
  if (scope === 'major' && decision === undefined) return reject('decision-required', { scope });
  return {
    type: 'ActionAdjusted',
    data: {
      planVersion: action.planVersion + 1,
      changes,
      scope,
      basis: command.basis,
      ...(command.decisionRef !== undefined && { decision: command.decisionRef }),
    },
  };
};

function unknownBasis(
  { kind, ref }: AdjustAction['basis'],
  action: Started,
  context: DecisionContext,
): Rejection | undefined {
  switch (kind) {
    case 'evaluation':
      return action.evaluations.includes(ref) ? undefined : reject('basis-unknown', { kind, ref });
    case 'obstacle':
      return action.obstacles.includes(ref) ? undefined : reject('basis-unknown', { kind, ref });
    case 'decision': {
      const decision = laterDecision({ decisionRef: ref }, action, context);
      return isRejected(decision) ? decision : undefined;
    }
    default:
      return kind satisfies never;
  }
}

const MAJOR: readonly Field[] = ['regions', 'targetGroup', 'objectives'];

/**
 * Major: where, for whom or for which objectives changes, or the budget by more than the network's percentage of what was
 * last decided: small steps do not add up to a large one without a decision.
 */
function scopeOf(decidedBudgetCents: number | null, changes: Changes, percent: number): 'minor' | 'major' {
  if (MAJOR.some((field) => field in changes)) return 'major';
  if (changes.budgetCents === undefined) return 'minor';
  const from = decidedBudgetCents ?? 0;
  const to = (changes.budgetCents.to as number | null) ?? 0;
  return Math.abs(to - from) * 100 > from * percent ? 'major' : 'minor';
}
