import { isRejected, nothing } from '#kernel';
import { network as networkAggregate } from '../network/state.ts';
import { reject, unknown } from '../rejections.ts';
import type { AnswerFinding, CloseFinding, LapseClaim, RaiseFinding } from './commands.ts';
import { expenditureOf, wrongState, type Decider } from './guards.ts';
import { claimState, isAwarded } from './state.ts';

/** Also on a closed grant: an audit comes when it comes. */
export const raise: Decider<RaiseFinding> = ({ text, expenditure, amountCents }, grant) => {
  if (!isAwarded(grant)) return wrongState(grant);
  const found = expenditure === undefined ? undefined : expenditureOf(grant, expenditure);
  if (isRejected(found)) return found;
  return {
    type: 'AuditFindingRaised',
    data: {
      text,
      ...(expenditure !== undefined && { expenditure }),
      ...(amountCents !== undefined && { amountCents }),
    },
  };
};

const isClosed = (status: string): boolean => status === 'closed' || status === 'withdrawn';

export const answer: Decider<AnswerFinding> = ({ finding, text }, grant) => {
  if (!isAwarded(grant)) return wrongState(grant);
  const found = grant.findings[finding];
  if (found === undefined) return unknown('finding', finding);
  return isClosed(found.status)
    ? reject('finding-closed', { finding })
    : { type: 'AuditFindingAnswered', data: { finding, text } };
};

export const closeFinding: Decider<CloseFinding> = ({ finding, outcome, text }, grant) => {
  if (!isAwarded(grant)) return wrongState(grant);
  const found = grant.findings[finding];
  if (found === undefined) return unknown('finding', finding);
  return isClosed(found.status) ? nothing : { type: 'AuditFindingClosed', data: { finding, outcome, text } };
};

/** Given for who needs the room: a claim that was booked stays. */
export const lapse: Decider<LapseClaim> = ({ claim, network }, grant, { look }) => {
  if (claimState(grant, claim) !== 'open') return nothing;
  const event = { type: 'ClaimLapsed', data: { claim } } as const;
  // The first event of a stream bounds all that may be registered on it later.
  const home = look(networkAggregate, network);
  return grant.status === 'none' && home.status !== 'none' ? { ...event, occurredAt: home.foundedAt } : event;
};
