import { apportion, floorShare, isRejected, sum } from '#kernel';
import { reject, unknown } from '../rejections.ts';
import { settlementOf, totalOf } from './books.ts';
import { recoverByOf } from './close.ts';
import type { CorrectExpenditure, VerifyExpenditure } from './commands.ts';
import type { Split } from './events.ts';
import { expenditureOf, isOpen, overOrWrong, wrongState, type Decider } from './guards.ts';
import { isAwarded, isOver, type Expenditure } from './state.ts';

/** Never by who recorded it; each cent that is refused has its reason. */
export const verify: Decider<VerifyExpenditure> = (command, grant, { actor }) => {
  if (!isOpen(grant)) return overOrWrong(grant);
  const { expenditure, outcome, refusals = [] } = command;
  const found = expenditureOf(grant, expenditure);
  if (isRejected(found)) return found;
  if (found.status !== 'recorded') return reject('already-verified', { expenditure, status: found.status });
  if (found.recordedBy.includes(actor.subject)) return reject('verifier-is-recorder', { expenditure });
  const whole = { accept: found.eligibleCents, reject: 0, partly: undefined }[outcome];
  if (whole !== undefined && command.eligibleCents !== undefined && command.eligibleCents !== whole)
    return reject('eligible-differs', { member: 'eligibleCents', outcome, eligibleCents: whole });
  const eligibleCents = whole ?? command.eligibleCents;
  if (eligibleCents === undefined) return reject('eligible-required', { member: 'eligibleCents' });
  if (outcome === 'partly' && eligibleCents >= found.eligibleCents)
    return reject('eligible-over-claimed', { eligibleCents, claimedCents: found.eligibleCents });
  const refusedCents = found.eligibleCents - eligibleCents;
  const reasonedCents = sum(refusals.map(({ cents }) => cents));
  if (reasonedCents !== refusedCents)
    return reject('refusals-mismatch', { member: 'refusals', refusedCents, reasonedCents });
  const split = acceptedSplit(found, eligibleCents);
  return {
    type: 'ExpenditureVerified',
    data: {
      expenditure,
      action: found.action,
      category: found.category,
      outcome,
      eligibleCents,
      split,
      reduced: reducedBy(found.split, split),
      refusals,
    },
  };
};

/**
 * The grant's part is floor(claimed × accepted / claimed eligible), and so is all public money together, so that LED-5 holds; the
 * rest stays in the proportion of its lines, to the cent (LED-11). No line grows.
 */
function acceptedSplit({ split, eligibleCents: claimed }: Expenditure, eligibleCents: number): Split {
  const { grantCents, otherGrantCents, ...own } = split;
  const kept = { num: eligibleCents, den: claimed };
  const grant = floorShare(grantCents, kept);
  const publicCents = floorShare(grantCents + otherGrantCents, kept);
  return {
    grantCents: grant,
    otherGrantCents: publicCents - grant,
    ...apportion(eligibleCents - publicCents, own),
  };
}

const reducedBy = (claimed: Split, accepted: Split): Split => ({
  grantCents: claimed.grantCents - accepted.grantCents,
  ownCents: claimed.ownCents - accepted.ownCents,
  otherGrantCents: claimed.otherGrantCents - accepted.otherGrantCents,
  solidarityCents: claimed.solidarityCents - accepted.solidarityCents,
  inKindCents: claimed.inKindCents - accepted.inKindCents,
});

/** Also after closing (LED-10): then nothing can be used anew, and what was paid too much is recovered. */
export const correct: Decider<CorrectExpenditure> = (command, grant, { occurredAt }) => {
  if (!isAwarded(grant)) return wrongState(grant);
  const { expenditure, amountCents, ground, finding } = command;
  const found = expenditureOf(grant, expenditure);
  if (isRejected(found)) return found;
  const carried = finding === undefined ? undefined : grant.findings[finding];
  if (finding !== undefined && carried === undefined) return unknown('finding', finding);
  if (carried !== undefined && (carried.status === 'withdrawn' || (carried.expenditure ?? expenditure) !== expenditure))
    return reject('finding-not-about-this', { finding, status: carried.status });
  const acceptedCents = found.status === 'recorded' ? 0 : found.split.grantCents - found.correctedCents;
  if (amountCents > acceptedCents)
    return reject('correction-exceeded', { expenditure, askedCents: amountCents, availableCents: acceptedCents });
  const over = isOver(grant);
  const to = !grant.terms.correctionsReusable ? 'corrected' : over ? 'lapsed' : 'allocated';
  const recoveryCents = over ? recoveryAfter(grant.books, to, amountCents) : 0;
  return {
    type: 'ExpenditureCorrected',
    data: {
      expenditure,
      action: found.action,
      category: found.category,
      amountCents,
      to,
      ground,
      ...(finding !== undefined && { finding }),
      recoveryCents,
      ...(recoveryCents > 0 && { recoverBy: recoverByOf(grant, occurredAt) }),
    },
  };
};

/** LED-9 once more, with so much less accepted. */
function recoveryAfter(books: Parameters<typeof settlementOf>[0], to: string, amountCents: number): number {
  const { accepted = 0, corrected = 0 } = books.totals;
  const totals = {
    ...books.totals,
    accepted: accepted - amountCents,
    ...(to === 'corrected' && { corrected: corrected + amountCents }),
  };
  const { balanceCents } = settlementOf({ ...books, totals });
  return Math.max(0, -balanceCents - totalOf(books, 'repayable'));
}
