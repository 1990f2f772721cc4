import { addDays, dayOf, isRejected, nothing, sum } from '#kernel';
import { agreement as agreementAggregate, type Agreement } from '../agreement/state.ts';
import { network } from '../network/state.ts';
import { organisation } from '../organisation/state.ts';
import { reject, unknown, type Decide, type Rejection } from '../rejections.ts';
import { scheme, versionOn } from '../scheme/state.ts';
import type {
  DrawDown,
  GrantDrawingRight,
  RegisterOwnContribution,
  RepayDrawn,
  SettleYear,
  YearsGiven,
} from './commands.ts';
import type { DrawingRightEvent } from './events.ts';
import { asksOwn, requiredOwn, settlementOf, yearsOf, type DrawingRight, type Year } from './state.ts';

type Decider<C> = Decide<C, DrawingRight, DrawingRightEvent>;
type Granted = Extract<DrawingRight, { readonly status: 'granted' }>;
const wrongState = (right: DrawingRight) => reject('invalid-state', { status: right.status });

/** The scheme's version on 1 January of the first year holds for the whole right. */
export const grant: Decider<GrantDrawingRight> = (command, right, { look }) => {
  if (right.status !== 'none') return nothing;
  const { network: home, scheme: id, funder, amountCents, basis, years, agreement, funderDecision } = command;
  if (look(network, home).status !== 'running') return unknown('network', home);
  if (look(organisation, funder).status !== 'active') return unknown('funder', funder);
  if (agreement !== undefined && !isOf(home, look(agreementAggregate, agreement)))
    return unknown('agreement', agreement);
  if (years.until < years.from) return reject('period-reversed', { from: years.from, until: years.until });
  const under = look(scheme, id);
  if (under.status === 'none') return unknown('scheme', id);
  const firstDay = `${years.from}-01-01`;
  const valid = under.status === 'running' ? versionOn(under, firstDay) : undefined;
  if (valid === undefined) return reject('scheme-not-valid', { scheme: id, day: firstDay });
  const { version, terms } = valid;
  if (terms.minOwnPerGrant === undefined) return reject('own-share-unknown', { scheme: id, version });
  const whole = basis === 'per-year' ? amountCents * yearsIn(years) : amountCents;
  if (requiredOwn(whole, terms) > LARGEST) return reject('sum-too-large', { largestCents: LARGEST });
  return {
    type: 'RightGranted',
    data: {
      scheme: id,
      version,
      terms,
      funder,
      amountCents,
      basis,
      years,
      ...(agreement !== undefined && { agreement }),
      funderDecision,
    },
  };
};

const isOf = (network: string, agreement: Agreement): boolean =>
  agreement.status !== 'none' && agreement.network === network;
const yearsIn = ({ from, until }: YearsGiven): number => until - from + 1;
/** Half of what a whole number can be told exactly: sums of what is below it are still exact. */
const LARGEST = 2 ** 52;

export const registerOwn: Decider<RegisterOwnContribution> = (command, right, { look }) => {
  if (right.status === 'none') return wrongState(right);
  const { year, kind, organisation: from, amountCents, valuation } = command;
  const open = openYear(right, year);
  if (isRejected(open)) return open;
  if (look(organisation, from).status !== 'active') return unknown('organisation', from);
  if (kind !== 'own' && valuation === undefined) return reject('valuation-required', { kind });
  if (amountCents + sum(yearsOf(right).map(({ ownCents }) => ownCents)) > LARGEST)
    return reject('sum-too-large', { largestCents: LARGEST });
  return {
    type: 'OwnContributionRegistered',
    data: { year, kind, organisation: from, amountCents, ...(valuation !== undefined && { valuation }) },
  };
};

export const draw: Decider<DrawDown> = ({ year, amountCents }, right) => {
  if (right.status === 'none') return wrongState(right);
  const open = openYear(right, year);
  if (isRejected(open)) return open;
  if (asksOwn(right.terms) && open.ownCents === 0) return reject('own-contribution-required', { year });
  const { availableCents } = open;
  if (amountCents > availableCents) return reject('right-exceeded', { year, availableCents });
  return { type: 'DrawnDown', data: { year, amountCents } };
};

/** One year after the other: what a year hands on must be known before the next is settled. */
export const settle: Decider<SettleYear> = ({ year }, right, { occurredAt }) => {
  if (right.status === 'none') return wrongState(right);
  const years = yearsOf(right);
  const asked = years.find((one) => one.year === year);
  if (asked === undefined) return outside(right, year);
  if (asked.isSettled) return nothing;
  if (dayOf(occurredAt) < `${year}-12-31`) return reject('year-not-over', { year });
  const former = years.find((one) => !one.isSettled)!.year;
  if (former !== year) return reject('former-year-open', { year: former });
  const figures = settlementOf(right, asked);
  const recoverBy = addDays(dayOf(occurredAt), right.terms.recoveryDays);
  return { type: 'YearSettled', data: { year, ...figures, ...(figures.recoverCents > 0 && { recoverBy }) } };
};

export const repay: Decider<RepayDrawn> = ({ year, amountCents, bankReference }, right) => {
  if (right.status === 'none') return wrongState(right);
  const asked = yearsOf(right).find((one) => one.year === year);
  if (asked === undefined) return outside(right, year);
  const openCents = asked.recoverCents - asked.repaidCents;
  if (amountCents > openCents) return reject('recovery-exceeded', { year, openCents });
  return { type: 'DrawnRepaid', data: { year, amountCents, bankReference } };
};

/** The year, if something can still be registered of it. */
function openYear(right: Granted, year: number): Year | Rejection {
  const asked = yearsOf(right).find((one) => one.year === year);
  if (asked === undefined) return outside(right, year);
  return asked.isSettled ? reject('year-settled', { year }) : asked;
}

const outside = ({ years }: Granted, year: number): Rejection =>
  reject('outside-period', { asked: year, from: years[0]?.year, until: years.at(-1)?.year });
