import { dayOf, daysBetween, isRejected, type DecisionContext } from '#kernel';
import { person } from '../person/state.ts';
import { reject, type Rejection } from '../rejections.ts';
import type { DeclineNextStep, EvaluateAction } from './commands.ts';
import {
  namedDecision,
  policyOf,
  reversed,
  tooEarlyFor,
  unknownGroup,
  unknownOrganisations,
  wrongState,
  type Decider,
} from './guards.ts';
import type { IndicatorValue } from './events.ts';
import { snapshotOf } from './snapshot.ts';
import { leadOf, type Known, type Started } from './state.ts';

type Objection = Rejection | undefined;

/** A closed action is evaluated ex post, a running one is not. */
export const evaluate: Decider<EvaluateAction> = (command, action, context) => {
  if (action.status !== 'active' && action.status !== 'suspended' && action.status !== 'closed')
    return wrongState(action);
  if ((command.kind === 'ex-post') !== (action.status === 'closed'))
    return reject('invalid-state', { status: action.status, kind: command.kind });
  const { look, occurredAt } = context;
  const indicatorSnapshot = snapshotOf(command.indicatorSnapshot, action, context);
  if (isRejected(indicatorSnapshot)) return indicatorSnapshot;
  const decision = namedDecision(command, action, context);
  if (isRejected(decision)) return decision;
  const waives = decision?.waives ?? [];
  const objection =
    tooEarlyFor(action.startedAt, occurredAt) ??
    reversed(command.period) ??
    unknownOrganisations(look, 'evaluators', command.evaluators) ??
    (command.confirmedBy === undefined
      ? undefined
      : unknownGroup(look, 'confirmedBy', command.confirmedBy, action.network)) ??
    onlyLead(command.evaluators, action, context) ??
    (waives.includes('minimum-observation') ? undefined : tooEarly(command, action, context)) ??
    (waives.includes('works-needs-evidence')
      ? undefined
      : withoutEvidence(command, indicatorSnapshot, action, context));
  if (objection !== undefined) return objection;
  const { kind, period, method, questions, verdict, confidence, learnings, voices, nextStep, evaluators } = command;
  return {
    type: 'ActionEvaluated',
    data: {
      kind,
      period,
      method,
      questions,
      verdict,
      confidence,
      indicatorSnapshot,
      learnings,
      voices,
      nextStep,
      evaluators,
      planVersion: action.planVersion,
      ...(command.confirmedBy !== undefined && { confirmedBy: command.confirmedBy }),
      ...(command.decisionRef !== undefined && { decision: command.decisionRef }),
    },
  };
};

/** EVAL-5: what the last evaluation asked for will not be done. */
export const declineNextStep: Decider<DeclineNextStep> = (_command, action) => {
  if (action.status !== 'active' && action.status !== 'suspended' && action.status !== 'closed')
    return wrongState(action);
  if (action.evaluation === undefined) return reject('no-evaluation');
  if (action.evaluation.settled) return reject('next-step-settled', { nextStep: action.evaluation.nextStep });
  return { type: 'NextStepDeclined', data: { evaluation: action.evaluation.id } };
};

/** EVAL-1: "works" rests on a value of who is better off, and on a voice of the target group. */
function withoutEvidence(
  { verdict, voices }: EvaluateAction,
  values: readonly IndicatorValue[],
  { network }: Known,
  { look }: DecisionContext,
): Objection {
  if (verdict !== 'works' || !policyOf(look, network).worksNeedsEvidence) return undefined;
  const betterOff = values.some(({ rba }) => rba === 'better-off');
  const targetGroup = voices.some(({ source }) => source === 'target-group');
  return betterOff && targetGroup ? undefined : reject('works-needs-evidence', { betterOff, targetGroup });
}

/** EVAL-3: a verdict takes time, the longer the horizon of what is to change. */
function tooEarly({ verdict }: EvaluateAction, action: Started, { look, occurredAt }: DecisionContext): Objection {
  if (verdict === 'too-early') return undefined;
  const minimum = policyOf(look, action.network).minimumObservationDays[action.content.horizon];
  const days = daysBetween(dayOf(action.startedAt), dayOf(occurredAt));
  return days < minimum ? reject('minimum-observation', { days: minimum, passed: days }) : undefined;
}

/** EVAL-4: others than the lead's own organisation judge too. */
function onlyLead(evaluators: readonly string[], action: Known, context: DecisionContext): Objection {
  const own = leadOrganisations(action, context);
  return evaluators.every((organisation) => own.includes(organisation))
    ? reject('evaluators-only-lead', { organisations: own })
    : undefined;
}

/** For which the lead acts now, or holds a role in the network. */
function leadOrganisations(action: Known, { look, actor, occurredAt }: DecisionContext): readonly string[] {
  const lead = leadOf(action, look);
  if (lead === actor.subject && actor.organisation !== undefined) return [actor.organisation];
  const held = lead === undefined ? undefined : look(person, lead);
  if (held?.status !== 'registered') return [];
  return held.roles.flatMap(({ network, organisation, from, until }) =>
    network === action.network &&
    organisation !== undefined &&
    from <= occurredAt &&
    (until === undefined || occurredAt < until)
      ? [organisation]
      : [],
  );
}
