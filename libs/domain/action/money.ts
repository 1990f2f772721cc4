import { nothing, sum, type DecisionContext } from '#kernel';
import { grant as grantAggregate, isAwarded, isOver, openCommitments } from '../grant/state.ts';
import { reject, type Rejection } from '../rejections.ts';
import type { LinkGrant } from './commands.ts';
import { wrongState, type Decider } from './guards.ts';
import type { Known } from './state.ts';

/** How money reaches the action's own history; through it the action knows where to look. */
export const linkGrant: Decider<LinkGrant> = ({ grant }, action) => {
  if (action.status === 'none') return wrongState(action);
  return action.grants.includes(grant) ? nothing : { type: 'GrantLinked', data: { grant } };
};

/** What is still committed to the action: to be spent, released, or carried to another one first. */
export function openMoney(
  { grants }: Known,
  { look, id }: DecisionContext,
  code: 'open-commitments' | 'money-committed',
): Rejection | undefined {
  const commitments = grants.flatMap((grant) =>
    openCommitments(look(grantAggregate, grant), id).map((one) => ({ grant, ...one })),
  );
  return commitments.length > 0
    ? reject(code, { commitments, committedCents: sum(commitments.map(({ cents }) => cents)) })
    : undefined;
}

/** A grant that funded it and is over funds nothing more. */
export function closedGrant({ grants }: Known, { look }: DecisionContext): Rejection | undefined {
  const over = grants.find((grant) => {
    const state = look(grantAggregate, grant);
    return isAwarded(state) && isOver(state);
  });
  return over === undefined ? undefined : reject('grant-closed', { grant: over });
}
