import { addDays, dayOf, isRejected, nothing, type DecisionContext, type Instant } from '#kernel';
import type { ConditionStatus, Sector } from '../codes.ts';
import { agreement as agreementAggregate } from '../agreement/state.ts';
import { missingSectors } from '../coverage.ts';
import { reject, type Rejection } from '../rejections.ts';
import type {
  AcceptCondition,
  BreachCondition,
  EvidenceCondition,
  FlagCondition,
  PutConditionAtRisk,
  RejectCondition,
  WaiveCondition,
} from './commands.ts';
import { isOpen, overOrWrong, type Decider } from './guards.ts';
import type { AwardedGrant, Grant } from './state.ts';

type Condition = AwardedGrant['conditions'][string];

/** The condition, where it stands as one of these (`domain.md` §2.7). */
function standing(grant: Grant, code: string, ...allowed: readonly ConditionStatus[]): Condition | Rejection {
  if (!isOpen(grant)) return overOrWrong(grant);
  const found = grant.conditions[code];
  if (found === undefined) return reject('unknown-condition', { condition: code });
  return allowed.includes(found.status)
    ? found
    : reject('condition-state', { condition: code, status: found.status, allowed });
}

/** Some conditions are met by facts: each sector has a member, the agreement that is named is in force. */
function uncovered({ kind, sectors, agreement, code }: Condition, network: string, look: DecisionContext['look']) {
  if (kind === 'agreement' && agreement !== undefined && look(agreementAggregate, agreement).status !== 'in-force')
    return reject('agreement-not-in-force', { condition: code, agreement });
  if (kind !== 'sectors') return undefined;
  const missing = missingSectors(look, network, { sectors, ...(agreement !== undefined && { agreement }) });
  return missing.length > 0 ? reject('sectors-missing', { condition: code, sectors: missing }) : undefined;
}

export const evidence: Decider<EvidenceCondition> = ({ condition }, grant, { look }) => {
  const found = standing(grant, condition, 'open', 'rejected', 'at-risk');
  if (isRejected(found)) return found;
  const { network } = grant as AwardedGrant;
  return uncovered(found, network, look) ?? { type: 'ConditionEvidenced', data: { condition } };
};

export const accept: Decider<AcceptCondition> = ({ condition }, grant, { look }) => {
  const found = standing(grant, condition, 'evidenced');
  if (isRejected(found)) return found;
  const { network } = grant as AwardedGrant;
  return uncovered(found, network, look) ?? { type: 'ConditionAccepted', data: { condition } };
};

export const refuseCondition: Decider<RejectCondition> = ({ condition }, grant) => {
  const found = standing(grant, condition, 'evidenced');
  return isRejected(found) ? found : { type: 'ConditionRejected', data: { condition } };
};

export const waive: Decider<WaiveCondition> = ({ condition }, grant) => {
  const found = standing(grant, condition, 'open', 'evidenced', 'accepted', 'rejected', 'at-risk');
  return isRejected(found) ? found : { type: 'ConditionWaived', data: { condition } };
};

const fallen = (grant: Grant, condition: string, sectors: readonly Sector[], at: Instant) => {
  const found = standing(grant, condition, 'accepted');
  if (isRejected(found)) return found;
  const cureBy = addDays(dayOf(at), (grant as AwardedGrant).terms.cureDays);
  return { type: 'ConditionAtRisk' as const, data: { condition, sectors, cureBy } };
};

/** By a person who sees it. */
export const flag: Decider<FlagCondition> = ({ condition }, grant, { occurredAt }) =>
  fallen(grant, condition, [], occurredAt);

/** By the process that follows memberships; what is not accepted cannot fall back. */
export const putAtRisk: Decider<PutConditionAtRisk> = ({ condition, sectors }, grant, { occurredAt }) => {
  const fell = fallen(grant, condition, sectors, occurredAt);
  return isRejected(fell) && fell.rejected === 'condition-state' ? nothing : fell;
};

/** Not before the cure term is over. */
export const breach: Decider<BreachCondition> = ({ condition }, grant, { occurredAt }) => {
  const found = standing(grant, condition, 'at-risk');
  if (isRejected(found)) return found;
  const { cureBy } = found;
  return cureBy !== undefined && dayOf(occurredAt) <= cureBy
    ? reject('cure-term-running', { condition, cureBy })
    : { type: 'ConditionBreached', data: { condition } };
};
