import type { DecisionContext, Instant } from '#kernel';
import type { SubjectKind } from './codes.ts';
import { network as networkAggregate } from './network/state.ts';
import { reject, unknown, type Rejection } from './rejections.ts';
import { decision as decisionAggregate, type RecordedDecision } from './decision/state.ts';

/** What a command needs a decision about. */
interface Matter {
  readonly kind: SubjectKind;
  readonly id: string;
  readonly network: string;
}

/**
 * ACT-5: the decision on which a command rests: of the same network, in force, about this very thing, of the body that the
 * network lets decide on such things. Which outcome will do is for the command to judge.
 */
export function authority(
  look: DecisionContext['look'],
  decisionRef: string | undefined,
  { kind, id, network }: Matter,
): RecordedDecision | Rejection {
  if (decisionRef === undefined) return reject('decision-required');
  const decision = look(decisionAggregate, decisionRef);
  if (decision.status === 'none' || decision.network !== network) return unknown('decisionRef', decisionRef);
  if (decision.status === 'annulled') return reject('decision-annulled', { decision: decisionRef });
  if (!decision.subjects.some((subject) => subject.kind === kind && subject.id === id))
    return reject('decision-not-about-this', { decision: decisionRef, kind, id });
  const home = look(networkAggregate, network);
  const mandated = home.status === 'none' ? undefined : home.policy.mandates[kind];
  if (mandated !== undefined && mandated !== decision.body)
    return reject('no-mandate', { kind, body: decision.body, mandated });
  return decision;
}

/** What a decision allows does not hold before the decision does: from when, where that is later than the command says. */
export const notBefore = ({ effectiveAt }: RecordedDecision, occurredAt: Instant): { readonly occurredAt?: Instant } =>
  occurredAt < effectiveAt ? { occurredAt: effectiveAt } : {};
