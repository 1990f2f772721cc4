import type { Event, Instant } from '#kernel';
import type { Localized, Sensitivity, Unit } from '../codes.ts';
import type { Period } from '../indicator/events.ts';
import type { Why } from './disclosure.ts';
import type { Rules } from './table.ts';

/** One definition of an indicator, as the table shows it. */
export interface Shown {
  readonly indicator: string;
  readonly definitionVersion: number;
  readonly code: string;
  readonly name: Localized;
  readonly unit: Unit;
  readonly sensitivity: Sensitivity;
  /** Whether values of parts add up: not those of distinct people. */
  readonly isAdded: boolean;
}

/** A network that is shown, and the one above it that is shown too. */
export interface ShownNetwork {
  readonly id: string;
  readonly name: string;
  readonly parent: string | null;
}

/** Where in the table a value stands. */
export interface Place {
  readonly indicator: string;
  readonly definitionVersion: number;
  readonly period: Period;
  readonly network: string;
  /** What of the network is in none of the networks below it that are shown. */
  readonly isElsewhere: boolean;
  /** A value of the dimension; `?` for what is in none of them, null for all together. */
  readonly category: string | null;
}

export interface Line extends Place {
  readonly numerator: number;
  /** Where only a range is known: its upper end. */
  readonly upTo: number | null;
  readonly denominator: number | null;
}

export interface Hidden {
  /** Index of the line. */
  readonly line: number;
  readonly number: NumberOf;
  readonly why: Why;
}
export type NumberOf = 'numerator' | 'denominator';

/** The exact table, for inside. */
export interface Prepared {
  /** By which readers know it: of its releases they see the last one. */
  readonly table: string;
  readonly title: Localized;
  readonly definitions: readonly Shown[];
  readonly networks: readonly ShownNetwork[];
  readonly dimension: string | null;
  readonly lines: readonly Line[];
  /** What was known then. */
  readonly knownAt: Instant;
}

/** A line as everybody sees it: of what is hidden only that it is. */
export interface PublicLine extends Place {
  readonly numerator: number | null;
  readonly upTo: number | null;
  readonly denominator: number | null;
  /** What is hidden of it, without why. */
  readonly hidden: readonly NumberOf[];
  /** As it is shown: `4812`, `77.27`, `<5`. */
  readonly text: string;
}

export interface PublicTable extends Omit<Prepared, 'lines' | 'definitions' | 'knownAt'> {
  readonly definitions: readonly Omit<Shown, 'sensitivity' | 'isAdded'>[];
  readonly lines: readonly PublicLine[];
  /** `<k`: fewer than k, or kept back so that such a number cannot be reckoned from others. */
  readonly k: number;
}

/** Names and shapes are storage formats: add, never rename. */
export type ReleaseEvent =
  | Event<'ReleasePrepared', Prepared>
  | Event<
      'ReleaseChecked',
      {
        readonly rules: Rules;
        readonly hidden: readonly Hidden[];
        /** With which former releases each indicator was compared. */
        readonly considered: Readonly<Record<string, readonly string[]>>;
      }
    >
  | Event<'ReleasePublished', PublicTable>
  | Event<'ReleaseWithdrawn'>;
