import type { Day, Event, Instant, Json } from '#kernel';
import type {
  ActionKind,
  ActionLink,
  AdjustmentBasis,
  BroadeningKind,
  ClosingOutcome,
  EvaluationKind,
  Horizon,
  Localized,
  NextStep,
  ObstacleClass,
  Polarity,
  Rba,
  RightBasis,
  Strength,
  SuspensionCode,
  Verdict,
  VoiceSource,
} from '../codes.ts';
import type { Condition } from '../decision/events.ts';
import type { Period } from '../indicator/events.ts';

export interface Partner {
  readonly organisation: string;
  /** What it does in the action, in its own words. */
  readonly role?: string;
}

export interface Plan {
  readonly text: string;
  readonly from?: Day;
  readonly until?: Day;
}

/** Where a broadened action comes from (BRD-3). */
export interface Origin {
  /** The parent. */
  readonly action: string;
  readonly network: string;
  /** The first of the line. */
  readonly root: string;
  /** The parent's plan version. */
  readonly planVersion: number;
  /** The evaluation it builds on. */
  readonly evaluation: string;
  readonly kind: BroadeningKind;
  /** Parent + 1; what was never broadened from anything is 0. */
  readonly generation: number;
  readonly adaptations?: string;
  readonly leadHint?: string;
  /** The practice that was followed or adopted, and which version of it. */
  readonly practice?: string;
  readonly practiceVersion?: number;
  readonly carried: Carried;
}

export interface Carried {
  readonly method?: string;
  readonly indicators: readonly string[];
  readonly learnings: readonly string[];
}

export interface BroadeningTarget {
  readonly network: string;
  /** NIS codes. */
  readonly regions: readonly string[];
  readonly targetGroup?: string;
  readonly partners: readonly Partner[];
  readonly adaptations?: string;
  readonly leadHint?: string;
}

/** A value as it was known at a moment (EVAL-2); the numbers are integers, a percentage is its two parts. */
export interface IndicatorValue {
  readonly label: string;
  readonly rba: Rba;
  readonly numerator: number;
  readonly denominator?: number;
  readonly target?: number;
  readonly targetDenominator?: number;
  readonly knownAt: Instant;
  /** Where it was copied from: the event by which it was measured, and by which definition. */
  readonly indicator?: string;
  readonly definitionVersion?: number;
  readonly measurement?: string;
  readonly period?: Period;
  readonly dims?: Readonly<Record<string, string>>;
}

export interface Learning {
  readonly text: string;
  readonly tag: string;
  readonly polarity: Polarity;
  readonly context?: string;
}

/** What an action wants to do; a proposal is revised and a running action adjusted field by field. */
export interface Content {
  readonly title: Localized;
  readonly group: string | null;
  /** Codes of objectives of the network's agenda. */
  readonly objectives: readonly string[];
  readonly targetGroup: string;
  /** NIS codes. */
  readonly regions: readonly string[];
  readonly intendedChange: string;
  readonly horizon: Horizon;
  readonly plan: Plan;
  readonly budgetCents: number | null;
}
export type Field = keyof Content;
/** Old and new value of each field that changes. */
export type Changes = { readonly [F in Field]?: { readonly from: Json; readonly to: Json } };

/** Names and shapes are storage formats: add, never rename. */
export type ActionEvent =
  | Event<
      'ActionProposed',
      Content & {
        readonly kind: ActionKind;
        readonly partners: readonly Partner[];
        /** The action it is a part of: a tree of at most three levels. */
        readonly partOf?: string;
        readonly derivedFrom?: Origin;
        /** Actions whose lessons it takes up. */
        readonly inspiredBy?: readonly string[];
        /** Sessions whose outcomes it takes up. */
        readonly inspiredBySessions?: readonly string[];
        /** The declined or withdrawn action it proposes anew. */
        readonly resubmissionOf?: string;
      }
    >
  | Event<'ProposalRevised', { readonly version: number; readonly changes: Changes }>
  | Event<'ActionApproved', { readonly decision: string }>
  | Event<'ActionApprovedWithConditions', { readonly decision: string; readonly conditions: readonly Condition[] }>
  | Event<'ActionDeclined', { readonly decision: string }>
  | Event<'ActionDeferred', { readonly decision: string; readonly until?: Day; readonly missingInformation?: string }>
  | Event<'ActionWithdrawn'>
  | Event<'ApprovalConditionMet', { readonly condition: string }>
  | Event<'LeadAssigned', { readonly lead: string }>
  | Event<'LeadTransferred', { readonly from: string; readonly lead: string; readonly handOver: string }>
  | Event<'ActionStarted'>
  /** `planVersion` is the new one. A major change has its decision. */
  | Event<
      'ActionAdjusted',
      {
        readonly planVersion: number;
        readonly changes: Changes;
        readonly scope: 'minor' | 'major';
        readonly basis: { readonly kind: AdjustmentBasis; readonly ref: string };
        readonly decision?: string;
      }
    >
  | Event<'ActionSuspended', { readonly code: SuspensionCode; readonly expectedUntil?: Day }>
  /** Calendar days since it was suspended. */
  | Event<'ActionResumed', { readonly note: string; readonly suspendedDays: number }>
  /** Its id is the evaluation's. */
  | Event<
      'ActionEvaluated',
      {
        readonly kind: EvaluationKind;
        readonly period: { readonly from: Day; readonly until: Day };
        readonly method: string;
        readonly questions: {
          readonly worked?: string;
          readonly workedNot?: string;
          readonly forWhom?: string;
          readonly why?: string;
        };
        readonly verdict: Verdict;
        /** 1 to 4. */
        readonly confidence: number;
        readonly indicatorSnapshot: readonly IndicatorValue[];
        readonly learnings: readonly Learning[];
        readonly voices: readonly { readonly source: VoiceSource; readonly n: number }[];
        readonly nextStep: NextStep;
        /** Organisations. */
        readonly evaluators: readonly string[];
        readonly confirmedBy?: string;
        readonly decision?: string;
        readonly planVersion: number;
      }
    >
  | Event<'NextStepDeclined', { readonly evaluation: string }>
  | Event<
      'ActionBroadened',
      {
        readonly kind: BroadeningKind;
        readonly evaluation: string;
        readonly decision: string;
        readonly planVersion: number;
        /** Of the children: this action's own + 1 (BRD-3). */
        readonly generation: number;
        readonly root: string;
        /** What the children begin with, as it was when it was decided to broaden. */
        readonly actionKind: ActionKind;
        readonly title: Localized;
        readonly targetGroup: string;
        readonly intendedChange: string;
        readonly horizon: Horizon;
        readonly plan: Plan;
        readonly targets: readonly BroadeningTarget[];
        readonly practice?: string;
        readonly practiceVersion?: number;
        readonly carried: Carried;
      }
    >
  /** The receiving network's rules refused what the process proposed; `target` counts from 0. */
  | Event<
      'BroadeningRefused',
      { readonly broadening: string; readonly target: number; readonly network: string; readonly code: string }
    >
  | Event<
      'ActionClosed',
      { readonly outcome: ClosingOutcome; readonly learnings: readonly Learning[]; readonly decision?: string }
    >
  | Event<'ActionReopened', { readonly decision: string }>
  | Event<'PartnerJoined', Partner>
  | Event<'PartnerLeft', { readonly organisation: string }>
  | Event<'PartnerRoleChanged', { readonly organisation: string; readonly role: string }>
  | Event<'ObjectiveLinked', { readonly objective: string }>
  | Event<'ObjectiveUnlinked', { readonly objective: string }>
  | Event<'ActionsLinked', { readonly kind: ActionLink; readonly action: string }>
  | Event<'MovedToGroup', { readonly group: string }>
  | Event<'ObstacleAdded', { readonly class: ObstacleClass; readonly text: string; readonly confidential: boolean }>
  | Event<'MilestoneRecorded', { readonly text: string; readonly date: Day }>
  /** What changed through the action, and how sure that is (`domain.md` §4.3); the last one stands. */
  | Event<
      'ContributionStated',
      {
        readonly what: string;
        readonly forWhom: string;
        readonly howMuch?: string;
        /** What the action did for it. */
        readonly contribution: string;
        /** What else may explain it. */
        readonly otherExplanations: string;
        readonly strength: Strength;
        readonly evaluation?: string;
      }
    >
  /** What somebody puts in that is not money (A12), valued by a stated method; it never leaves through a cash book (LED-7). */
  | Event<
      'InKindContributed',
      {
        readonly organisation: string;
        readonly what: string;
        readonly amountCents: number;
        readonly basis: RightBasis;
        readonly method: string;
      }
    >
  /** The evidence itself is in the event's metadata. */
  | Event<'EvidenceAttached', { readonly note?: string }>
  /** Money of this grant was allocated to it. */
  | Event<'GrantLinked', { readonly grant: string }>
  | Event<'FundingRequested', { readonly amountCents: number; readonly purpose: string }>
  | Event<
      'RecordCorrected',
      {
        /** Id of the event that was wrong. */
        readonly event: string;
        readonly field: string;
        readonly from: Json;
        readonly to: Json;
        /** The second person. */
        readonly confirmedBy: string;
      }
    >;
