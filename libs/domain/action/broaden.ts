import { isRejected, nothing, type DecisionContext } from '#kernel';
import { network } from '../network/state.ts';
import { practice } from '../practice/state.ts';
import { reject, unknown, type Rejection } from '../rejections.ts';
import type { BroadenAction, NoteBroadeningRefused, ProposeBroadened } from './commands.ts';
import { laterDecision, notRunning, unknownOrganisations, wrongState, type Decider } from './guards.ts';

/** BRD-1: on the latest evaluation, which says that it works, or on a decision that sets that aside. */
export const broaden: Decider<BroadenAction> = (command, action, context) => {
  if (action.status !== 'active' && action.status !== 'closed') return wrongState(action);
  const { evaluation, content, planVersion, derivedFrom } = action;
  const { decisionRef, evaluationRef, kind, targets, carried } = command;
  if (evaluation === undefined) return reject('no-evaluation');
  if (evaluation.id !== evaluationRef) return reject('basis-unknown', { kind: 'evaluation', ref: evaluationRef });
  const decision = laterDecision(command, action, context);
  const waived = decision !== undefined && !isRejected(decision) && decision.waives.includes('verdict-not-works');
  if (evaluation.verdict !== 'works' && !waived) return reject('verdict-not-works', { verdict: evaluation.verdict });
  if (decisionRef === undefined) return reject('decision-required');
  if (isRejected(decision)) return decision;
  const stranger = targets.find((target) => context.look(network, target.network).status !== 'running');
  if (stranger !== undefined) return unknown('targets', stranger.network);
  const followed = practiceOf(command.practice, context);
  if (isRejected(followed)) return followed;
  const { title, targetGroup, intendedChange, horizon, plan } = content;
  return {
    type: 'ActionBroadened',
    data: {
      kind,
      evaluation: evaluationRef,
      decision: decisionRef,
      planVersion,
      generation: (derivedFrom?.generation ?? 0) + 1,
      root: derivedFrom?.root ?? context.id,
      actionKind: kind === 'supporting-offer' ? kind : action.kind,
      title,
      targetGroup,
      intendedChange,
      horizon,
      plan,
      targets,
      ...followed,
      carried,
    },
  };
};

/** A practice that was published from this very action, and the version it has. */
function practiceOf(
  id: string | undefined,
  { look, id: action }: DecisionContext,
): Rejection | { readonly practice?: string; readonly practiceVersion?: number } {
  if (id === undefined) return {};
  const followed = look(practice, id);
  return followed.status === 'published' && followed.action === action
    ? { practice: id, practiceVersion: followed.version }
    : unknown('practice', id);
}

/** BRD-2: begins without group and objective; the receiving network decides for itself. BRD-5: money never comes along. */
export const proposeBroadened: Decider<ProposeBroadened> = (command, action, { look }) => {
  if (action.status !== 'none') return nothing;
  const { title, targetGroup, regions, intendedChange, horizon, plan, kind, partners, derivedFrom } = command;
  const organisations = partners.map(({ organisation }) => organisation);
  return (
    notRunning(look, command.network) ??
    unknownOrganisations(look, 'partners', organisations) ?? {
      type: 'ActionProposed',
      data: {
        title,
        targetGroup,
        regions,
        intendedChange,
        horizon,
        plan,
        kind,
        partners,
        derivedFrom,
        group: null,
        objectives: [],
        budgetCents: null,
      },
    }
  );
};

export const noteBroadeningRefused: Decider<NoteBroadeningRefused> = (command, action) => {
  if (action.status !== 'active' && action.status !== 'suspended' && action.status !== 'closed')
    return wrongState(action);
  const { broadening, target, network, code } = command;
  return { type: 'BroadeningRefused', data: { broadening, target, network, code } };
};
