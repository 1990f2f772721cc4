import { dayOf, isRejected, type DecisionContext, type Instant } from '#kernel';
import { authority } from '../authority.ts';
import { approves, type RecordedDecision } from '../decision/state.ts';
import { group } from '../group/state.ts';
import { network as networkAggregate, type Policy } from '../network/state.ts';
import { organisation } from '../organisation/state.ts';
import { holds, person } from '../person/state.ts';
import { isThatDay } from '../order.ts';
import { reject, unknown, type Decide, type Rejection } from '../rejections.ts';
import type { ActionEvent, Plan } from './events.ts';
import type { Action, Known, Started } from './state.ts';

/*
 * What several decisions on an action ask: each answers with the refusal, or undefined for "no objection", so that a
 * decision strings them together with `??`.
 */

export type Decider<C> = Decide<C, Action, ActionEvent>;
type Look = DecisionContext['look'];
type Objection = Rejection | undefined;

/** ACT-1: no other pair of command and state than those of `domain.md` §2.3. */
export const wrongState = (action: Action): Rejection => reject('invalid-state', { status: action.status });

type Open = Known & { readonly status: 'proposed' | 'approved' | 'active' | 'suspended' };
/** Neither ended nor closed. */
export const isOpen = (action: Action): action is Open =>
  action.status === 'proposed' ||
  action.status === 'approved' ||
  action.status === 'active' ||
  action.status === 'suspended';

export function policyOf(look: Look, network: string): Policy {
  const home = look(networkAggregate, network);
  if (home.status === 'none') throw new Error(`an action of network ${network}, which never was`);
  return home.policy;
}

export const notRunning = (look: Look, network: string): Objection =>
  look(networkAggregate, network).status === 'running' ? undefined : unknown('network', network);

export function unknownGroup(look: Look, member: string, id: string, network: string): Objection {
  const found = look(group, id);
  return found.status === 'running' && found.network === network ? undefined : unknown(member, id);
}

export function unknownOrganisations(look: Look, member: string, ids: readonly string[]): Objection {
  const id = ids.find((id) => look(organisation, id).status !== 'active');
  return id === undefined ? undefined : unknown(member, id);
}

export const reversed = (period: Pick<Plan, 'from' | 'until'>): Objection =>
  period.from !== undefined && period.until !== undefined && period.until < period.from
    ? reject('period-reversed', { from: period.from, until: period.until })
    : undefined;

/** GRP-1: where the network says so, the lead is in the back office on the day it begins. */
export function unfitLead(look: Look, lead: string, network: string, at: Instant): Objection {
  const candidate = look(person, lead);
  if (candidate.status !== 'registered') return unknown('lead', lead);
  return policyOf(look, network).leadInBackOffice && !holds(candidate, 'back-office', network, at)
    ? reject('lead-not-in-back-office', { lead })
    : undefined;
}

/**
 * The decision that the command names, if it names one. It must carry the command (ACT-5): name this action, approve, and
 * hold by the day on which the command's fact holds.
 */
export function namedDecision(
  { decisionRef }: { readonly decisionRef?: string },
  { network }: Known,
  { look, id, occurredAt }: DecisionContext,
): RecordedDecision | Objection {
  if (decisionRef === undefined) return undefined;
  const decision = authority(look, decisionRef, { kind: 'action', id, network });
  if (isRejected(decision)) return decision;
  const { outcome, effectiveAt } = decision;
  if (!approves(outcome)) return reject('wrong-outcome', { decision: decisionRef, outcome });
  if (dayOf(occurredAt) < dayOf(effectiveAt)) return reject('before-decision', { occurredAt, effectiveAt });
  return decision;
}

/**
 * The named decision that changes, ends or takes up again what runs. What approved the action does not carry a later step,
 * nor does what was decided before there was anything to change: `since`, compared by day.
 */
export function laterDecision(
  command: { readonly decisionRef?: string },
  action: Started,
  context: DecisionContext,
  since: Instant = action.startedAt,
): RecordedDecision | Objection {
  const found = namedDecision(command, action, context);
  if (found === undefined || isRejected(found)) return found;
  const decision = command.decisionRef;
  if (decision === action.approval.decision) return reject('decision-not-about-this', { decision, approved: true });
  const { decidedAt } = found;
  return dayOf(decidedAt) < dayOf(since)
    ? reject('decision-too-early', { decision, decidedAt, notBefore: since })
    : found;
}

/** A date on the day of that moment means that moment. */
export const tooEarlyFor = (notBefore: Instant, occurredAt: Instant): Objection =>
  occurredAt < notBefore && !isThatDay(occurredAt, notBefore)
    ? reject('out-of-order', { occurredAt, notBefore })
    : undefined;
