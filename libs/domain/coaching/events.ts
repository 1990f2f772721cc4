import type { Day, Event } from '#kernel';
import type { MaturityStage } from '../codes.ts';

/** What it came to, as seen at its end. */
interface Exit {
  readonly findings: string;
  readonly maturity?: MaturityStage;
}

/** Names and shapes are storage formats: add, never rename. `number` is the engagement's in its network, from 1. */
export type CoachingEvent =
  | Event<
      'EngagementStarted',
      {
        readonly number: number;
        /** That coach. */
        readonly organisations: readonly string[];
        /** Persons. */
        readonly coaches: readonly string[];
        readonly purpose: string;
        /** In their order; none where they are not agreed beforehand. */
        readonly phases: readonly string[];
        readonly phase: string | null;
        /** The last day. */
        readonly plannedUntil?: Day;
      }
    >
  | Event<'EngagementPhaseChanged', { readonly number: number; readonly phase: string; readonly note: string }>
  /** `coaches` are all there are now; for whom and until when those who join have their role is as at the start. */
  | Event<
      'EngagementCoachesChanged',
      {
        readonly number: number;
        readonly organisations: readonly string[];
        readonly plannedUntil?: Day;
        readonly coaches: readonly string[];
        readonly joined: readonly string[];
        readonly left: readonly string[];
      }
    >
  /** `coaches` are those there were until then. */
  | Event<'EngagementEnded', { readonly number: number; readonly exit: Exit; readonly coaches: readonly string[] }>;
