import { canonical, dayOf, isRejected, nothing, plain, type DecisionContext } from '#kernel';
import { action } from '../action/state.ts';
import { authority, notBefore } from '../authority.ts';
import { approves } from '../decision/state.ts';
import { isPartOf, network as networkAggregate } from '../network/state.ts';
import { pattern } from '../pattern/state.ts';
import { reject, unknown, type Decide, type Rejection } from '../rejections.ts';
import type {
  AdoptRecommendation,
  AnswerRecommendation,
  DraftRecommendation,
  FollowUpRecommendation,
  RewordRecommendation,
  SubmitRecommendation,
  WithdrawRecommendation,
} from './commands.ts';
import type { RecommendationEvent } from './events.ts';
import type { Recommendation } from './state.ts';

type Decider<C> = Decide<C, Recommendation, RecommendationEvent>;
const wrongState = ({ status }: Recommendation) => reject('invalid-state', { status });

/** M16: it rests on patterns that were confirmed, or on evaluations. */
export const draft: Decider<DraftRecommendation> = (command, recommendation, { look }) => {
  if (recommendation.status !== 'none') return nothing;
  const { network, title, text, patterns, basis = [] } = command;
  if (look(networkAggregate, network).status !== 'running') return unknown('network', network);
  if (patterns.length + basis.length === 0) return reject('basis-required');
  return (
    unconfirmed(command, look) ??
    unevaluated(command, look) ?? { type: 'RecommendationDrafted', data: { title, text, patterns, basis } }
  );
};

type Look = DecisionContext['look'];

function unconfirmed({ network, patterns }: DraftRecommendation, look: Look): Rejection | undefined {
  const id = patterns.find((one) => {
    const found = look(pattern, one);
    return found.status !== 'confirmed' || found.network !== network;
  });
  return id === undefined ? undefined : unknown('patterns', id);
}

function unevaluated({ network, basis = [] }: DraftRecommendation, look: Look): Rejection | undefined {
  for (const { action: id, evaluation } of basis) {
    const found = look(action, id);
    if (found.status === 'none' || !isPartOf(found.network, network, look)) return unknown('basis', id);
    if (!found.evaluations.includes(evaluation))
      return reject('basis-unknown', { kind: 'evaluation', ref: evaluation });
  }
  return undefined;
}

/** Only a draft: what was adopted stays as it was decided on. */
export const reword: Decider<RewordRecommendation> = (command, recommendation) => {
  if (recommendation.status !== 'drafted') return wrongState(recommendation);
  const { title = recommendation.title, text = recommendation.text } = command;
  const isSame = canonical(plain([title, text])) === canonical(plain([recommendation.title, recommendation.text]));
  return isSame ? reject('nothing-changed') : { type: 'RecommendationReworded', data: { title, text } };
};

/** By a decision about it as it is worded: one taken before its last words is not about them. */
export const adopt: Decider<AdoptRecommendation> = ({ decisionRef }, recommendation, { look, id, occurredAt }) => {
  if (recommendation.status !== 'drafted') return wrongState(recommendation);
  const { network, wordedAt } = recommendation;
  const decision = authority(look, decisionRef, { kind: 'recommendation', id, network });
  if (isRejected(decision)) return decision;
  const { outcome, decidedAt } = decision;
  if (!approves(outcome)) return reject('wrong-outcome', { decision: decisionRef, outcome });
  if (dayOf(decidedAt) < dayOf(wordedAt))
    return reject('decision-too-early', { decision: decisionRef, decidedAt, notBefore: wordedAt });
  return {
    type: 'RecommendationAdopted',
    data: { decision: decisionRef! },
    ...notBefore(decision, occurredAt),
  };
};

export const submit: Decider<SubmitRecommendation> = ({ level, addressee }, recommendation) =>
  recommendation.status === 'adopted'
    ? { type: 'RecommendationSubmitted', data: { level, addressee } }
    : wrongState(recommendation);

/** One reply; where there was none, one that comes after all. */
export const answer: Decider<AnswerRecommendation> = ({ answer: given, text }, recommendation) => {
  if (recommendation.status === 'none') return wrongState(recommendation);
  const { status, answer: former } = recommendation;
  const isLate = former === 'no-reply' && given !== 'no-reply';
  return status === 'submitted' || isLate
    ? { type: 'RecommendationAnswered', data: { answer: given, text } }
    : wrongState(recommendation);
};

export const followUp: Decider<FollowUpRecommendation> = ({ text, done = false }, recommendation) =>
  recommendation.status === 'answered'
    ? { type: 'RecommendationFollowedUp', data: { text, done } }
    : wrongState(recommendation);

export const withdraw: Decider<WithdrawRecommendation> = ({ reason }, recommendation) => {
  const { status } = recommendation;
  if (status === 'withdrawn') return nothing;
  if (status === 'none' || status === 'answered' || status === 'followed-up') return wrongState(recommendation);
  return reason === undefined ? reject('reason-required') : { type: 'RecommendationWithdrawn', data: {} };
};
