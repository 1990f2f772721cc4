import type { Day, Event, Fraction } from '#kernel';
import type { CostMethod, RetentionAnchor, Rounding } from '../codes.ts';

/** How a cost is reckoned without its documents. */
export interface SimplifiedCost {
  readonly code: string;
  readonly method: CostMethod;
  /** Of a flat rate: on the total of its base (LED-11). */
  readonly rate?: Fraction;
  /** Of a unit cost: for each unit; of a lump sum: the whole. */
  readonly amountCents?: number;
  /** Where method and amount are laid down. */
  readonly basis: string;
}

/** An instalment as a scheme plans it for each grant. */
interface PlannedShare {
  readonly code: string;
  /** Of the award at the moment it is asked for, rounded down; null: the balance. */
  readonly share: Fraction | null;
}

/** The rules of a scheme as they are from a day on. Every number that a law or a funder sets stands here, and nowhere in code. */
export interface SchemeTerms {
  /** Grants whose period begins from this day on. */
  readonly validFrom: Day;
  readonly validUntil?: Day;
  readonly legalBasis: string;
  /** Made up for a demonstration, or not yet checked against the text of the law. */
  readonly isDemoRule: boolean;
  /** LED-5: public money is at most so much of what is eligible. */
  readonly maxPublicShare: Fraction;
  /** Co-financing of a drawing right: own money for each euro of the right. */
  readonly minOwnPerGrant?: Fraction;
  /** Cost categories that are eligible; any when there is none. */
  readonly categories: readonly string[];
  readonly simplifiedCosts: readonly SimplifiedCost[];
  /** Of flat rates, to the cent; half-up by default (LED-11). A grant's share is always rounded down, so that LED-5 holds. */
  readonly flatRateRounding?: Rounding;
  readonly instalments: readonly PlannedShare[];
  /** What a correction takes back may be allocated anew. */
  readonly correctionsReusable: boolean;
  /** What of a yearly right is not used goes over to the next year. */
  readonly carryOver: boolean;
  /** At most one grant in a working area at a time. */
  readonly oneGrantPerArea: boolean;
  /** Days from the end of the period until the final report is due. */
  readonly reportDays: number;
  /** Days in which a condition at risk must be cured. */
  readonly cureDays: number;
  /** Days in which what is recovered must be repaid. */
  readonly recoveryDays: number;
  /** Money that lapses within so many days is on the work list. */
  readonly lapseWarningDays: number;
  /** Documents are kept until 31 December of the anchor's year, and so many years more. */
  readonly retention: { readonly anchor: RetentionAnchor; readonly years: number };
}

/** Names and shapes are storage formats: add, never rename. */
export type SchemeEvent =
  | Event<'SchemeDefined', { readonly name: string; readonly funder: string | null; readonly terms: SchemeTerms }>
  /** A version more; those before it keep holding for what was granted under them. */
  | Event<'SchemeRevised', { readonly version: number; readonly terms: SchemeTerms }>
  | Event<'SchemeEnded'>;
