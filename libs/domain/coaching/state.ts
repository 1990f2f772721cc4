import type { Aggregate, Day, Recorded } from '#kernel';
import { noted, touches, type Since } from '../order.ts';
import type { CoachingEvent } from './events.ts';

/** All engagements of one network, one after the other: only so is it sure that no two run at once. */
export type Coaching =
  | { readonly status: 'none' }
  | {
      readonly status: 'running' | 'ended';
      readonly network: string;
      /** Of the last engagement. */
      readonly number: number;
      readonly organisations: readonly string[];
      readonly plannedUntil?: Day;
      readonly phases: readonly string[];
      readonly phase: string | null;
      readonly phaseChanges: number;
      readonly coaches: readonly string[];
      readonly since: Since;
    };

export const coaching: Aggregate<Coaching, CoachingEvent> = { name: 'coaching', initial: { status: 'none' }, evolve };

export const touched = touches<CoachingEvent>({
  EngagementPhaseChanged: () => ['phase'],
  EngagementCoachesChanged: () => ['coaches'],
  EngagementEnded: () => ['phase', 'coaches'],
});

function evolve(coaching: Coaching, event: Recorded<CoachingEvent>): Coaching {
  const next = after(coaching, event);
  return next.status === 'none' ? next : { ...next, since: noted(next.since, touched(event), event.meta.occurredAt) };
}

function after(coaching: Coaching, event: Recorded<CoachingEvent>): Coaching {
  if (event.type === 'EngagementStarted') {
    const { purpose: _purpose, ...engagement } = event.data;
    const since = coaching.status === 'none' ? {} : coaching.since;
    return { ...engagement, status: 'running', network: event.meta.network ?? '', phaseChanges: 0, since };
  }
  if (coaching.status === 'none') return coaching;
  switch (event.type) {
    case 'EngagementPhaseChanged':
      return { ...coaching, phase: event.data.phase, phaseChanges: coaching.phaseChanges + 1 };
    case 'EngagementCoachesChanged':
      return { ...coaching, coaches: event.data.coaches };
    case 'EngagementEnded':
      return { ...coaching, status: 'ended' };
    default:
      event satisfies never;
      return coaching;
  }
}
