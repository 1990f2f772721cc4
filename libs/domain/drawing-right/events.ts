import type { Day, Event } from '#kernel';
import type { OwnKind, RightBasis } from '../codes.ts';
import type { SchemeTerms } from '../scheme/state.ts';

/** Calendar years, both included. */
interface Years {
  readonly from: number;
  readonly until: number;
}

/** The act by which the funder gave the right. */
interface FunderDecision {
  readonly reference: string;
  readonly date: Day;
}

/** What a year comes to. `eligible + recover = drawn`; `drawn + lapsed + carried = right + carriedIn`. */
export interface YearFigures {
  /** The right of the year itself. */
  readonly rightCents: number;
  /** What came over from the year before. */
  readonly carriedInCents: number;
  readonly drawnCents: number;
  /** Of every kind of own contribution together. */
  readonly ownCents: number;
  readonly eligibleCents: number;
  /** Drawn above what the own contributions allow. */
  readonly recoverCents: number;
  readonly lapsedCents: number;
  /** What goes over to the year after. */
  readonly carriedCents: number;
}

/** Names and shapes are storage formats: add, never rename. */
export type DrawingRightEvent =
  | Event<
      'RightGranted',
      {
        readonly scheme: string;
        /** Number of the scheme's version, and its terms as they were: later versions do not touch this right. */
        readonly version: number;
        readonly terms: SchemeTerms;
        readonly funder: string;
        /** Of each year, or of the whole period. */
        readonly amountCents: number;
        readonly basis: RightBasis;
        readonly years: Years;
        readonly agreement?: string;
        readonly funderDecision: FunderDecision;
      }
    >
  /** In kind and solidarity are valued and never paid out (LED-7). */
  | Event<
      'OwnContributionRegistered',
      {
        readonly year: number;
        readonly kind: OwnKind;
        readonly organisation: string;
        readonly amountCents: number;
        readonly valuation?: string;
      }
    >
  | Event<'DrawnDown', { readonly year: number; readonly amountCents: number }>
  /** `recoverBy`: until when what is to be recovered must be repaid. */
  | Event<'YearSettled', { readonly year: number; readonly recoverBy?: Day } & YearFigures>
  | Event<'DrawnRepaid', { readonly year: number; readonly amountCents: number; readonly bankReference: string }>;
