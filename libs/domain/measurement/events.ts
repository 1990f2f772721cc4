import type { Event } from '#kernel';
import type { Quality } from '../codes.ts';
import type { Period, Scope } from '../indicator/events.ts';

/** Its id is that of its event. */
export interface Measured {
  readonly indicator: string;
  readonly scope: Scope;
  /** The one that holds for the period. */
  readonly definitionVersion: number;
  readonly period: Period;
  /** Value by dimension; none: the total. */
  readonly dims: Readonly<Record<string, string>>;
  readonly numerator: number;
  /** Of an external source that gives a range: its upper end (IND-7). */
  readonly upTo: number | null;
  /** Of a ratio (IND-1). */
  readonly denominator: number | null;
  readonly text: string | null;
  readonly source: string | null;
  readonly method: string | null;
  readonly quality: Quality;
  /** How many were observed or asked. */
  readonly n: number | null;
}

/** Names and shapes are storage formats: add, never rename. One stream an indicator and scope. */
export type MeasurementEvent =
  | Event<'MeasurementRecorded', Measured>
  /** IND-3: takes the place of the value of the same period and dimensions, which stays visible. */
  | Event<'MeasurementSuperseded', Measured & { readonly supersedes: string }>;
