import { asMoment, isRejected, type DecisionContext, type Instant } from '#kernel';
import { indicator as indicatorAggregate, targetKnown, type Version } from '../indicator/state.ts';
import { measurement, measurementId, valueKnown } from '../measurement/state.ts';
import { reject, unknown, type Rejection } from '../rejections.ts';
import type { IndicatorValueGiven } from './commands.ts';
import type { IndicatorValue } from './events.ts';
import type { Known } from './state.ts';

/** EVAL-2: the values on which a verdict rests, each as it was known at a stated moment. */
export function snapshotOf(
  given: readonly IndicatorValueGiven[],
  action: Known,
  context: DecisionContext,
): readonly IndicatorValue[] | Rejection {
  const values: IndicatorValue[] = [];
  for (const [i, one] of given.entries()) {
    const knownAt = one.knownAt === undefined ? context.occurredAt : asMoment(one.knownAt);
    if (knownAt > context.now) return reject('occurred-in-future', { occurredAt: knownAt, now: context.now });
    const at = `indicatorSnapshot/${i}`;
    const value = one.indicator === undefined ? stated(one, knownAt, at) : known(one, knownAt, at, action, context);
    if (isRejected(value)) return value;
    values.push(value);
  }
  return values;
}

/** What has no indicator: as the evaluators say it. */
function stated(
  { label, rba, numerator, denominator, target }: IndicatorValueGiven,
  knownAt: Instant,
  at: string,
): IndicatorValue | Rejection {
  if (label === undefined || rba === undefined || numerator === undefined)
    return reject('value-incomplete', { member: at });
  return {
    label,
    rba,
    numerator,
    ...(denominator !== undefined && { denominator }),
    ...(target !== undefined && { target }),
    knownAt,
  };
}

/** Copied from what was measured of this action, and from the definition by which it was. */
function known(
  one: IndicatorValueGiven,
  knownAt: Instant,
  at: string,
  { network }: Known,
  { look, id }: DecisionContext,
): IndicatorValue | Rejection {
  const indicator = one.indicator!;
  const defined = look(indicatorAggregate, indicator);
  const dims = Object.fromEntries((one.dims ?? []).map(({ dimension, value }) => [dimension, value]));
  const measured = valueKnown(look(measurement, measurementId(indicator, network, id)), {
    period: one.period,
    dims,
    knownAt,
  });
  if (defined.status === 'none') return unknown(`${at}/indicator`, indicator);
  if (measured === undefined) return reject('not-measured', { member: `${at}/indicator`, indicator });
  const { numerator, denominator, definitionVersion, period } = measured;
  const { name, rba } = defined.versions.find(({ version }) => version === definitionVersion)!;
  const target = targetKnown(defined, period, knownAt);
  const copied = {
    label: labelOf(name),
    rba,
    numerator,
    ...(denominator !== null && { denominator }),
    ...(target !== undefined && { target: target.numerator }),
  };
  for (const member of ['label', 'rba', 'numerator', 'denominator', 'target'] as const)
    if (one[member] !== undefined && one[member] !== copied[member])
      return reject('value-differs', { member: `${at}/${member}`, present: copied[member] ?? null });
  return {
    ...copied,
    ...(target !== undefined && target.denominator !== null && { targetDenominator: target.denominator }),
    indicator,
    definitionVersion,
    measurement: measured.id,
    period,
    dims,
    knownAt,
  };
}

const labelOf = ({ nl, fr, en }: Version['name']): string => nl ?? fr ?? en ?? '';
