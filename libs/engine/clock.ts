import { toInstant, type Clock, type Instant } from '#kernel';

/** The system's clock, which never goes back: after a jump it stands until it is reached again. */
export function systemClock(notBefore?: Instant): Clock {
  let last = notBefore === undefined ? 0 : Date.parse(notBefore);
  return {
    now: () => {
      last = Math.max(last, Date.now());
      return toInstant(last);
    },
  };
}

export interface SimulatedClock extends Clock {
  /** Sets the clock; false when that would be earlier than it stands. */
  advance(to: Instant): boolean;
}

/** A clock that stands where it was last set: for histories and acceptance tests. */
export function simulatedClock(start: Instant): SimulatedClock {
  let now = start;
  return {
    now: () => now,
    advance: (to) => {
      if (to < now) return false;
      now = to;
      return true;
    },
  };
}
