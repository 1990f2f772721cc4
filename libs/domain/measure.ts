import { addDays, type Day } from '#kernel';
import type { Aggregation, Frequency, Unit } from './codes.ts';
import type { Definition, Period } from './indicator/events.ts';
import { reject, type Rejection } from './rejections.ts';

/** What one value of an indicator comes to at most: sums of very many stay exact. */
export const MOST = 100_000_000_000;

/** A value in whole numbers: a ratio is its two parts (IND-1). */
export interface Value {
  readonly numerator: number;
  readonly denominator: number | null;
}

const MONTHS: Readonly<Record<Exclude<Frequency, 'irregular'>, number>> = {
  monthly: 1,
  quarterly: 3,
  'half-yearly': 6,
  yearly: 12,
};

/** So many months after the first day of a month. */
function monthsLater(day: Day, months: number): Day {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const [year, inYear] = [Math.floor(month / 12), (month % 12) + 1];
  return `${String(year).padStart(4, '0')}-${String(inYear).padStart(2, '0')}-01`;
}

/** The calendar month, quarter, half-year or year in which that day lies. */
function periodAround(day: Day, months: number): Period {
  const before = (Number(day.slice(5, 7)) - 1) % months;
  const from = monthsLater(`${day.slice(0, 7)}-01`, -before);
  return { from, until: addDays(monthsLater(from, months), -1) };
}

/** Whether it is one of the periods in which an indicator of that frequency is measured. */
export function isPeriodOf(frequency: Frequency, { from, until }: Period): boolean {
  if (frequency === 'irregular') return from <= until;
  const around = periodAround(from, MONTHS[frequency]);
  return around.from === from && around.until === until;
}

/** The last period that was over on that day; null where there is no saying. */
export function lastPeriodOver(frequency: Frequency, today: Day): Period | null {
  if (frequency === 'irregular') return null;
  const current = periodAround(today, MONTHS[frequency]);
  return periodAround(addDays(current.from, -1), MONTHS[frequency]);
}

/** Whether a value reaches a target: fractions are compared as whole numbers, never as decimals. */
export function isMet(value: Value, target: Value, ascending: boolean): boolean {
  const reached = BigInt(value.numerator) * BigInt(target.denominator ?? 1);
  const asked = BigInt(target.numerator) * BigInt(value.denominator ?? 1);
  return ascending ? reached >= asked : reached <= asked;
}

/** Whether its values are ratios: two numbers, whose sums are made apart (IND-1). */
export const isRatio = ({ aggregation }: Pick<Definition, 'aggregation'>): boolean =>
  aggregation === 'ratio-of-sums' || aggregation === 'weighted-mean';

const FIT: Readonly<Record<Unit, readonly Aggregation[]>> = {
  count: ['sum', 'last', 'distinct-none'],
  percent: ['ratio-of-sums', 'weighted-mean'],
  ratio: ['ratio-of-sums', 'weighted-mean'],
  scale: ['ratio-of-sums', 'weighted-mean'],
  currency: ['sum', 'last', 'ratio-of-sums', 'weighted-mean'],
  days: ['sum', 'last', 'ratio-of-sums', 'weighted-mean'],
  text: ['last'],
};

/** How values are put together must fit what they count: a percentage is never summed. */
export const unfitAggregation = ({
  unit,
  aggregation,
}: Pick<Definition, 'unit' | 'aggregation'>): Rejection | undefined =>
  FIT[unit].includes(aggregation)
    ? undefined
    : reject('aggregation-unfit', { member: 'aggregation', unit, allowed: FIT[unit] });

/** Numbers that cannot be a value of such an indicator; `at` is where in the command they stand: `baseline/`. */
export function unfitNumbers(
  definition: Pick<Definition, 'unit' | 'aggregation'>,
  { numerator, denominator }: Value,
  at = '',
): Rejection | undefined {
  const member = `${at}denominator`;
  if (!isRatio(definition)) return denominator === null ? undefined : reject('denominator-not-allowed', { member });
  if (denominator === null || denominator === 0) return reject('denominator-required', { member });
  return definition.unit === 'percent' && numerator > denominator
    ? reject('numerator-over-denominator', { member: `${at}numerator`, numerator, denominator })
    : undefined;
}
