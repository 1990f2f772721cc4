import type { Day, Event, Instant } from '#kernel';
import type { DecisionRule, Outcome, SubjectKind, Vote, Waivable } from '../codes.ts';
import type { Seat } from '../group/events.ts';

export interface Subject {
  readonly kind: SubjectKind;
  /** The stream it is about; a policy initiative has none. */
  readonly id?: string;
  /** Of an action: the version of the proposal that lay on the table. */
  readonly proposalVersion?: number;
  readonly title?: string;
}

export interface Condition {
  /** Names it within the decision: `C1`. */
  readonly code: string;
  readonly text: string;
}

/** Names and shapes are storage formats: add, never rename. A decision is immutable (DEC-1). */
export type DecisionEvent =
  /** Its date is the event's `occurredAt`. */
  | Event<
      'DecisionRecorded',
      {
        readonly body: string;
        readonly mode: 'meeting' | 'written';
        readonly meeting?: string;
        readonly subjects: readonly Subject[];
        readonly proposal: string;
        readonly alternatives: readonly string[];
        readonly outcome: Outcome;
        readonly conditions: readonly Condition[];
        /** The body's rule on that date (DEC-2). */
        readonly quorum: number;
        readonly rule: DecisionRule;
        readonly entitled: readonly Seat[];
        readonly present: readonly string[];
        readonly votes: readonly { readonly organisation: string; readonly vote: Vote }[];
        readonly dissent: readonly { readonly organisation?: string; readonly text: string }[];
        /** Organisations that declared a conflict of interest and abstained. */
        readonly conflicts: readonly string[];
        readonly rationale: string;
        /** What the body had before it: evaluations, measurements, documents. */
        readonly grounds: readonly {
          readonly kind: 'evaluation' | 'measurement' | 'decision' | 'document';
          readonly ref: string;
        }[];
        /** From when it holds. */
        readonly effectiveAt: Instant;
        readonly reviewDate?: Day;
        /** Of a deferral. */
        readonly deferredUntil?: Day;
        readonly missingInformation?: string;
        readonly waives: readonly { readonly rule: Waivable; readonly reason: string }[];
        /** The moment up to which the body knew. */
        readonly knownAt: Instant;
      }
    >
  /** `by` is the later decision that says so. */
  | Event<'DecisionAmended', { readonly by: string; readonly change: string }>
  | Event<'DecisionAnnulled', { readonly by: string }>;
