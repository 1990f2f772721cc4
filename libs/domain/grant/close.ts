import { addDays, dayOf, got, type Day, type Instant } from '#kernel';
import { reject } from '../rejections.ts';
import { accountsOf, settlementOf, totalOf } from './books.ts';
import type { CloseGrant, ResumeGrant, SubmitReport, SuspendGrant, TerminateGrant } from './commands.ts';
import type { Settlement } from './events.ts';
import { isOpen, overOrWrong, reversed, type Decider } from './guards.ts';
import type { AwardedGrant } from './state.ts';

export const submitReport: Decider<SubmitReport> = ({ kind, period }, grant) => {
  if (!isOpen(grant)) return overOrWrong(grant);
  return reversed(period) ?? { type: 'ReportSubmitted', data: { kind, period } };
};

export const suspend: Decider<SuspendGrant> = (_command, grant) =>
  grant.status === 'awarded' ? { type: 'GrantSuspended', data: {} } : overOrWrong(grant);

export const resume: Decider<ResumeGrant> = (_command, grant) =>
  grant.status === 'suspended' ? { type: 'GrantResumed', data: {} } : overOrWrong(grant);

/** All is verified and reported: what is left lapses, and what is due either way is reckoned (LED-9). */
export const close: Decider<CloseGrant> = (_command, grant, { occurredAt }) => {
  if (!isOpen(grant)) return overOrWrong(grant);
  return (
    unverified(grant) ??
    (grant.finallyReported
      ? { type: 'GrantClosed', data: settled(grant, occurredAt) }
      : reject('final-report-required'))
  );
};

/** Before its time, by the funder: without a report. */
export const terminate: Decider<TerminateGrant> = (_command, grant, { occurredAt }) => {
  if (!isOpen(grant)) return overOrWrong(grant);
  return unverified(grant) ?? { type: 'GrantTerminated', data: settled(grant, occurredAt) };
};

function unverified({ books }: AwardedGrant) {
  const spentCents = totalOf(books, 'spent');
  return spentCents > 0 ? reject('unverified-expenditure', { spentCents }) : undefined;
}

function settled(grant: AwardedGrant, occurredAt: Instant): Settlement {
  const { books } = grant;
  const { entitlementCents, balanceCents } = settlementOf(books);
  const recoveryCents = Math.max(0, -balanceCents - totalOf(books, 'repayable'));
  const lapsed = {
    unallocatedCents: totalOf(books, 'unallocated'),
    allocated: accountsOf(books, 'allocated').map(([account, cents]) => {
      const [, action = '', category = ''] = account.split('/');
      return { action, category, cents };
    }),
    committed: accountsOf(books, 'committed').map(([account, cents]) => {
      const commitment = account.slice('committed/'.length);
      const { action, category } = got(grant.commitments, commitment)!;
      return { commitment, action, category, cents };
    }),
  };
  return {
    lapsed,
    lapsedCents: lapsed.unallocatedCents + totalOf(books, 'allocated') + totalOf(books, 'committed'),
    entitlementCents,
    balanceCents,
    recoveryCents,
    ...(recoveryCents > 0 && { recoverBy: recoverByOf(grant, occurredAt) }),
  };
}

export const recoverByOf = ({ terms }: AwardedGrant, at: Instant): Day => addDays(dayOf(at), terms.recoveryDays);
