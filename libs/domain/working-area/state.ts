import { uuidv5, type Aggregate, type DecisionContext, type Recorded } from '#kernel';
import { claimState, grant as grantAggregate, isAwarded, isOver, type Period } from '../grant/state.ts';
import type { WorkingAreaEvent } from './events.ts';

interface AreaClaim {
  readonly grant: string;
  readonly network: string;
  readonly claim: string;
  readonly period: Period;
}

/** A working area of a scheme, and which grants have it. */
export interface WorkingArea {
  readonly status: 'none' | 'reserved';
  readonly claims: readonly AreaClaim[];
}

export const workingArea: Aggregate<WorkingArea, WorkingAreaEvent> = {
  name: 'working-area',
  initial: { status: 'none', claims: [] },
  evolve,
};

export const areaId = (scheme: string, area: string): string => uuidv5('working-area', scheme, area);

function evolve(area: WorkingArea, event: Recorded<WorkingAreaEvent>): WorkingArea {
  if (event.type !== 'AreaReserved') return area;
  const { grant, network, claim, period, releases } = event.data;
  const kept = area.claims.filter((one) => !releases.includes(one.claim));
  return { status: 'reserved', claims: [...kept, { grant, network, claim, period }] };
}

interface Reservation extends AreaClaim {
  /** `open`: it may still lead to an award. */
  readonly state: 'booked' | 'open';
}

/** The grants that have it in some part of that period. */
export const reservations = (
  { claims }: WorkingArea,
  period: Period,
  look: DecisionContext['look'],
): readonly Reservation[] =>
  claims.flatMap((one): readonly Reservation[] => {
    if (one.period.until < period.from || period.until < one.period.from) return [];
    const holder = look(grantAggregate, one.grant);
    const state = claimState(holder, one.claim);
    return state === 'lapsed' || (isAwarded(holder) && isOver(holder)) ? [] : [{ ...one, state }];
  });
