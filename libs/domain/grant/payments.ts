import { dayOf, isRejected, nothing, sum, type Instant } from '#kernel';
import { organisation as organisationAggregate } from '../organisation/state.ts';
import { reject, unknown, type Rejection } from '../rejections.ts';
import { instalmentCents, instalmentOf, overAward, unfit } from './award.ts';
import { awardOf, balanceOf, receivedOf, settlementOf, totalOf } from './books.ts';
import { recoverByOf } from './close.ts';
import type {
  PayPartner,
  PlanInstalment,
  RaiseRecovery,
  ReceiveBalance,
  ReceiveInstalment,
  RepayFunder,
  RequestInstalment,
  TakeBackFromPartner,
  WithholdInstalment,
} from './commands.ts';
import type { Instalment } from './events.ts';
import { isOpen, isRunning, overOrWrong, wrongState, type Decider } from './guards.ts';
import { paid } from './postings.ts';
import { isAwarded, isOver, type AwardedGrant } from './state.ts';

export const planInstalment: Decider<PlanInstalment> = ({ instalment }, grant) => {
  if (!isOpen(grant)) return overOrWrong(grant);
  if (grant.instalments[instalment.code] !== undefined) return reject('already-exists', { code: instalment.code });
  const planned = instalmentOf(instalment);
  const stand = Object.values(grant.instalments).filter(({ status }) => status !== 'withheld');
  return (
    unfit(planned, Object.keys(grant.conditions)) ??
    overAward([...stand, planned], awardOf(grant.books)) ?? { type: 'InstalmentPlanned', data: planned }
  );
};

/** The gate: each condition it requires is accepted by then, or waived by the funder. */
function gated(grant: AwardedGrant, code: string, at: Instant): Rejection | AwardedGrant['instalments'][string] {
  const found = grant.instalments[code];
  if (found === undefined) return unknown('instalment', code);
  if (found.status === 'received' || found.status === 'withheld')
    return reject('instalment-settled', { instalment: code, status: found.status });
  const conditions = found.requires.filter((one) => {
    const { status } = grant.conditions[one]!;
    const since = grant.since[`condition/${one}`];
    return (status !== 'accepted' && status !== 'waived') || (since !== undefined && dayOf(at) < dayOf(since));
  });
  return conditions.length > 0 ? reject('conditions-open', { instalment: code, conditions }) : found;
}

/** What an instalment comes to now. The balance is what came in and the other instalments, withheld ones too, leave of the award. */
function dueOf({ books, instalments }: AwardedGrant, { code, cents, share }: Instalment): number {
  const awardCents = awardOf(books);
  const others = Object.values(instalments).filter(
    (one) => one.code !== code && one.status !== 'received' && (one.cents !== null || one.share !== null),
  );
  const openCents = sum(others.map((one) => instalmentCents(one, { awardCents, takenCents: 0 })));
  return instalmentCents({ cents, share }, { awardCents, takenCents: receivedOf(books) + openCents });
}

export const requestInstalment: Decider<RequestInstalment> = ({ instalment }, grant, { occurredAt }) => {
  if (!isRunning(grant)) return overOrWrong(grant);
  const found = gated(grant, instalment, occurredAt);
  if (isRejected(found)) return found;
  if (found.status === 'requested') return nothing;
  const amountCents = dueOf(grant, found);
  if (amountCents === 0) return reject('nothing-due', { instalment });
  return { type: 'InstalmentRequested', data: { instalment, amountCents } };
};

/** Asked for or not: the funder may pay on its own. */
export const receiveInstalment: Decider<ReceiveInstalment> = (command, grant, { occurredAt }) => {
  if (!isOpen(grant)) return overOrWrong(grant);
  const { instalment, bankReference } = command;
  const found = gated(grant, instalment, occurredAt);
  if (isRejected(found)) return found;
  const amountCents = command.amountCents ?? found.requestedCents ?? dueOf(grant, found);
  if (amountCents === 0) return reject('nothing-due', { instalment });
  // Before closing nobody pays more than was awarded: a slip of the pen would end as a debt.
  const awardCents = awardOf(grant.books);
  const plannedCents = receivedOf(grant.books) - totalOf(grant.books, 'repaid') + amountCents;
  if (plannedCents > awardCents) return reject('instalments-over-award', { plannedCents, awardCents });
  return { type: 'InstalmentReceived', data: { instalment, amountCents, bankReference } };
};

export const withholdInstalment: Decider<WithholdInstalment> = ({ instalment }, grant) => {
  if (!isOpen(grant)) return overOrWrong(grant);
  const found = grant.instalments[instalment];
  if (found === undefined) return unknown('instalment', instalment);
  if (found.status === 'withheld') return nothing;
  return found.status === 'received'
    ? reject('instalment-settled', { instalment, status: found.status })
    : { type: 'InstalmentWithheld', data: { instalment } };
};

/** What closing left to be received (LED-9). */
export const receiveBalance: Decider<ReceiveBalance> = ({ amountCents, bankReference }, grant) => {
  if (!isAwarded(grant) || !isOver(grant)) return wrongState(grant);
  const { balanceCents } = settlementOf(grant.books);
  return amountCents > balanceCents
    ? reject('balance-exceeded', { askedCents: amountCents, balanceCents })
    : { type: 'BalanceReceived', data: { amountCents, bankReference } };
};

function withoutCash({ books }: AwardedGrant, askedCents: number): Rejection | undefined {
  const availableCents = totalOf(books, 'received');
  return askedCents > availableCents ? reject('insufficient-cash', { askedCents, availableCents }) : undefined;
}

export const payPartner: Decider<PayPartner> = ({ organisation, amountCents, bankReference }, grant, { look }) => {
  if (!isRunning(grant)) return overOrWrong(grant);
  if (look(organisationAggregate, organisation).status !== 'active') return unknown('organisation', organisation);
  return withoutCash(grant, amountCents) ?? { type: 'PartnerPaid', data: { organisation, amountCents, bankReference } };
};

/** Also after closing: what is to be repaid may have to come back from partners first. */
export const takeBack: Decider<TakeBackFromPartner> = ({ organisation, amountCents, bankReference }, grant) => {
  if (!isAwarded(grant)) return wrongState(grant);
  const paidCents = balanceOf(grant.books, paid(organisation));
  return amountCents > paidCents
    ? reject('insufficient-cash', { askedCents: amountCents, availableCents: paidCents })
    : { type: 'PartnerRepaid', data: { organisation, amountCents, bankReference } };
};

/** What the funder claims back of what it paid, for a ground of its own. */
export const raiseRecovery: Decider<RaiseRecovery> = ({ amountCents, ground }, grant, { occurredAt }) => {
  if (!isAwarded(grant)) return wrongState(grant);
  const { books } = grant;
  const openCents = receivedOf(books) - totalOf(books, 'repaid') - totalOf(books, 'repayable');
  return amountCents > openCents
    ? reject('recovery-exceeded', { askedCents: amountCents, openCents })
    : { type: 'RecoveryRaised', data: { amountCents, ground, recoverBy: recoverByOf(grant, occurredAt) } };
};

export const repayFunder: Decider<RepayFunder> = ({ amountCents, bankReference }, grant) => {
  if (!isAwarded(grant)) return wrongState(grant);
  const openCents = totalOf(grant.books, 'repayable');
  // While it runs an advance may go back unasked; once it is settled, what is owed and no more.
  if (isOver(grant) && amountCents > openCents)
    return reject('recovery-exceeded', { askedCents: amountCents, openCents });
  const settledCents = Math.min(amountCents, openCents);
  return (
    withoutCash(grant, amountCents) ?? { type: 'FunderRepaid', data: { amountCents, settledCents, bankReference } }
  );
};
