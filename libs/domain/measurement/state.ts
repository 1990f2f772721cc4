import { canonical, plain, uuidv5, type Aggregate, type Instant, type Recorded } from '#kernel';
import type { Period } from '../indicator/events.ts';
import type { Measured, MeasurementEvent } from './events.ts';

export interface MeasuredValue extends Omit<Measured, 'indicator' | 'scope'> {
  /** Event id. */
  readonly id: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** The event that took its place, and when that was recorded. */
  readonly supersededBy: string | null;
  readonly supersededAt: Instant | null;
}

/** All values that one scope has of one indicator, superseded ones too. */
export type Measurement =
  | { readonly status: 'none' }
  | {
      readonly status: 'measured';
      readonly network: string;
      /** As they were recorded. */
      readonly values: readonly MeasuredValue[];
    };

export const measurement: Aggregate<Measurement, MeasurementEvent> = {
  name: 'measurement',
  initial: { status: 'none' },
  evolve,
};

/** The stream of what a network, or one of its actions, measured of an indicator. */
export const measurementId = (indicator: string, network: string, action?: string): string =>
  uuidv5('measurement', indicator, network, action ?? '');

function evolve(measurement: Measurement, event: Recorded<MeasurementEvent>): Measurement {
  if (event.type !== 'MeasurementRecorded' && event.type !== 'MeasurementSuperseded') return measurement;
  const { id, meta } = event;
  const { indicator: _indicator, scope: _scope, ...measured } = event.data;
  const value = {
    ...measured,
    id,
    occurredAt: meta.occurredAt,
    recordedAt: meta.recordedAt,
    supersededBy: null,
    supersededAt: null,
  };
  const before = measurement.status === 'none' ? [] : measurement.values;
  const replaced = event.type === 'MeasurementSuperseded' ? event.data.supersedes : undefined;
  const kept = before.map((one) =>
    one.id === replaced ? { ...one, supersededBy: id, supersededAt: meta.recordedAt } : one,
  );
  return { status: 'measured', network: meta.network ?? '', values: [...kept, value] };
}

type Dims = Measured['dims'];

export const sameDims = (some: Dims, others: Dims): boolean =>
  Object.keys(some).length === Object.keys(others).length &&
  Object.entries(some).every(([dimension, value]) => others[dimension] === value);

export const samePeriod = (one: Period, other: Period): boolean => one.from === other.from && one.until === other.until;

/** Whether a value says nothing else than what is already known. */
export const isSameValue = (
  known: MeasuredValue,
  { indicator: _indicator, scope: _scope, ...measured }: Measured,
): boolean =>
  Object.entries(measured).every(
    ([member, value]) => canonical(plain(known[member as keyof typeof measured])) === canonical(plain(value)),
  );

interface Asked {
  /** By default the last one that was measured by then. */
  readonly period?: Period | undefined;
  /** By default none: the total. */
  readonly dims?: Dims | undefined;
  readonly knownAt: Instant;
}

/** A value as it was known at a moment, whatever took its place since (EVAL-2). */
export function valueKnown(measurement: Measurement, { period, dims = {}, knownAt }: Asked): MeasuredValue | undefined {
  const known = (measurement.status === 'none' ? [] : measurement.values).filter(
    (one) => one.recordedAt <= knownAt && sameDims(one.dims, dims),
  );
  const asked = period ?? known.map((one) => one.period).reduce<Period | undefined>(laterOf, undefined);
  return asked === undefined ? undefined : known.findLast((one) => samePeriod(one.period, asked));
}

const laterOf = (one: Period | undefined, other: Period): Period =>
  one === undefined || one.until < other.until || (one.until === other.until && one.from < other.from) ? other : one;
