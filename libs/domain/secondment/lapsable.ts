import type { DecisionContext, PriorCommand } from '#kernel';
import { claimState, grant as grantAggregate, standingOf } from '../grant/state.ts';
import type { Charge } from './state.ts';

/**
 * What the grant that made a claim says of it: it has lapsed it, or nothing of it stands; nothing came of it yet, and this
 * command lapses it; null: it is booked.
 */
export function lapsable(
  look: DecisionContext['look'],
  { grant, network, claim }: Charge,
): 'lapsed' | PriorCommand | null {
  const holder = look(grantAggregate, grant);
  switch (claimState(holder, claim)) {
    case 'booked':
      return standingOf(holder, claim) > 0 ? null : 'lapsed';
    case 'lapsed':
      return 'lapsed';
    case 'open':
      return { command: 'LapseClaim', body: { grant, network, claim }, key: claim };
  }
}
