import type { Day, Event } from '#kernel';
import type {
  Accountability,
  Aggregation,
  Frequency,
  Horizon,
  IndicatorLevel,
  Localized,
  Rba,
  ScopeKind,
  Sensitivity,
  Unit,
} from '../codes.ts';

interface Dimension {
  readonly code: string;
  /** Codes; what is in none of them is the residual "unknown" (IND-5). */
  readonly values: readonly string[];
}

interface Baseline {
  readonly numerator: number;
  readonly denominator: number | null;
  readonly year: number;
  readonly source: string;
}

/** What an indicator means in one version of it. */
export interface Definition {
  readonly name: Localized;
  readonly definition: Localized;
  readonly accountability: Accountability;
  readonly rba: Rba;
  readonly level: IndicatorLevel;
  readonly unit: Unit;
  readonly aggregation: Aggregation;
  /** Whether more is better. */
  readonly ascending: boolean;
  readonly horizon: Horizon;
  readonly dimensions: readonly Dimension[];
  readonly baseline: Baseline | null;
  readonly source: string;
  readonly method: string;
  readonly frequency: Frequency;
  /** The organisation that answers for it. */
  readonly owner: string | null;
  readonly sensitivity: Sensitivity;
  /** Codes of objectives of the network's agenda. */
  readonly objectives: readonly string[];
  /** It holds for periods that begin on that day or later. */
  readonly validFrom: Day;
}

/** From the first to the last day. */
export interface Period {
  readonly from: Day;
  readonly until: Day;
}

/** What is measured. */
export interface Scope {
  readonly kind: ScopeKind;
  readonly id: string;
}

export interface Target {
  readonly period: Period;
  readonly numerator: number;
  readonly denominator: number | null;
  /** What each network directly below must reach, over the same denominator. */
  readonly floorPerChild: number | null;
}

/** Names and shapes are storage formats: add, never rename. */
export type IndicatorEvent =
  /** `code` names it within its network for ever. This is version 1. */
  | Event<'IndicatorDefined', Definition & { readonly code: string }>
  /** The whole of it: a version is read without those before it. */
  | Event<'DefinitionVersioned', Definition & { readonly version: number }>
  /** It is an indicator that its network and all networks below it share. */
  | Event<'IndicatorAdopted', { readonly version: number; readonly decision: string }>
  /** IND-6: always on a decision; what was the target of the period before stays in the history. */
  | Event<'TargetSet', Target & { readonly decision: string }>
  /** From this scope a value is expected for each period that is over. `network` is the scope's own. */
  | Event<'IndicatorAttached', { readonly scope: Scope; readonly network: string }>
  | Event<'IndicatorDetached', { readonly scope: Scope; readonly network: string }>
  | Event<'IndicatorEnded'>;
