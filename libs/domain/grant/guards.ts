import { addDays, dayOf, got, isRejected, type DecisionContext } from '#kernel';
import { action as actionAggregate, type Known, type Run } from '../action/state.ts';
import { authority } from '../authority.ts';
import { approves } from '../decision/state.ts';
import { enterpriseNumber } from '../enterprise-number.ts';
import { reject, unknown, type Decide, type Rejection } from '../rejections.ts';
import { balanceOf } from './books.ts';
import type { PeriodGiven, SupplierGiven } from '../commands.ts';
import type { PurposeGiven } from './commands.ts';
import type { GrantEvent, Period, Purpose, Supplier } from './events.ts';
import { allocated, committed } from './postings.ts';
import { isAwarded, isOver, type AwardedGrant, type Commitment, type Expenditure, type Grant } from './state.ts';

/*
 * What several decisions on a grant ask: each answers with the refusal, or undefined for "no objection", so that a decision
 * strings them together with `??`.
 */

export type Decider<C> = Decide<C, Grant, GrantEvent>;
type Look = DecisionContext['look'];
type Objection = Rejection | undefined;

export const wrongState = ({ status }: Grant): Rejection => reject('invalid-state', { status });

/** LED-10: a closed grant takes corrections and the settling of its balance only. */
export const overOrWrong = (grant: Grant): Rejection =>
  isAwarded(grant) && isOver(grant) ? reject('grant-closed', { status: grant.status }) : wrongState(grant);

/** Money moves: it was awarded and is neither suspended nor over. */
export const isRunning = (grant: Grant): grant is AwardedGrant & { readonly status: 'awarded' } =>
  grant.status === 'awarded';

/** It was awarded and is not over. */
export const isOpen = (grant: Grant): grant is AwardedGrant & { readonly status: 'awarded' | 'suspended' } =>
  isAwarded(grant) && !isOver(grant);

export const reversed = ({ from, until }: PeriodGiven): Objection =>
  until < from ? reject('period-reversed', { from, until }) : undefined;

const GENERAL = 'general';
export const purposeOf = ({ action, category }: PurposeGiven): Purpose => ({ action, category: category ?? GENERAL });

export const ineligible = ({ terms: { categories } }: AwardedGrant, { category }: Purpose): Objection =>
  categories.length > 0 && !categories.includes(category)
    ? reject('category-not-eligible', { category, eligible: categories })
    : undefined;

/** The action, where it is of the grant's network. */
function actionOf(look: Look, { network }: AwardedGrant, id: string, member = 'action'): Known | Rejection {
  const found = look(actionAggregate, id);
  return found.status === 'none' || found.network !== network ? unknown(member, id) : found;
}

/** Money goes to actions that were approved, by then, and run or will. */
export function notFundable(look: Look, grant: AwardedGrant, id: string, at: string, member = 'action'): Objection {
  const found = actionOf(look, grant, id, member);
  if (isRejected(found)) return found;
  if (found.status !== 'approved' && found.status !== 'active')
    return reject('action-not-fundable', { action: id, status: found.status });
  return dayOf(at) < dayOf(found.approval.effectiveAt)
    ? reject('action-not-fundable', { action: id, status: 'proposed', approvedFrom: found.approval.effectiveAt })
    : undefined;
}

/** The decision on which money moves: about the action or about the grant, in force, approving, and taken by then. */
export function undecided(
  decisionRef: string,
  { network }: AwardedGrant,
  action: string,
  { look, id, occurredAt }: DecisionContext,
): Objection {
  const matters = [
    { kind: 'action', id: action, network },
    { kind: 'grant', id, network },
  ] as const;
  const found = matters.map((matter) => authority(look, decisionRef, matter));
  const decision = found.find((one) => !isRejected(one)) ?? found[0]!;
  if (isRejected(decision)) return decision;
  if (!approves(decision.outcome)) return reject('wrong-outcome', { decision: decisionRef, outcome: decision.outcome });
  return dayOf(occurredAt) < dayOf(decision.effectiveAt)
    ? reject('before-decision', { occurredAt, effectiveAt: decision.effectiveAt })
    : undefined;
}

export function notAllocated({ books }: AwardedGrant, purpose: Purpose, askedCents: number): Objection {
  const availableCents = balanceOf(books, allocated(purpose));
  return askedCents > availableCents
    ? reject('insufficient-allocation', { ...purpose, askedCents, availableCents })
    : undefined;
}

export function notCommitted({ books }: AwardedGrant, commitment: string, askedCents: number): Objection {
  const availableCents = balanceOf(books, committed(commitment));
  return askedCents > availableCents
    ? reject('commitment-exceeded', { commitment, askedCents, availableCents })
    : undefined;
}

export const commitmentOf = ({ commitments }: AwardedGrant, id: string): Commitment | Rejection =>
  got(commitments, id) ?? unknown('commitment', id);

export const expenditureOf = ({ expenditures }: AwardedGrant, id: string): Expenditure | Rejection =>
  got(expenditures, id) ?? unknown('expenditure', id);

/** The supplier as it is kept: with the ten bare digits of its number. */
export function supplierOf({ name, enterpriseNumber: written }: SupplierGiven): Supplier | Rejection {
  const number = written === null ? null : enterpriseNumber(written);
  return number === undefined
    ? reject('invalid-enterprise-number', { enterpriseNumber: written })
    : { name, enterpriseNumber: number };
}

/** LED-6: within the grant's period, and while the action ran. */
export function outside(look: Look, grant: AwardedGrant, purpose: Purpose, period: Period): Objection {
  const found = actionOf(look, grant, purpose.action);
  if (isRejected(found)) return found;
  if (period.from < grant.period.from || period.until > grant.period.until)
    return reject('outside-period', { asked: period, from: grant.period.from, until: grant.period.until });
  const ran = 'ran' in found ? found.ran : [];
  return wasRunning(ran, period)
    ? undefined
    : reject('outside-period', {
        asked: period,
        from: ran[0] === undefined ? null : dayOf(ran[0].from),
        until: ran.at(-1)?.until == null ? null : dayOf(ran.at(-1)!.until!),
      });
}

/** On each day of it; the days on which it started and stopped count. */
function wasRunning(ran: readonly Run[], { from, until }: Period): boolean {
  let day = from;
  for (const run of ran) {
    if (dayOf(run.from) > day) return false;
    if (run.until === null || dayOf(run.until) >= until) return true;
    if (dayOf(run.until) >= day) day = addDays(dayOf(run.until), 1);
  }
  return false;
}
