import type { DecisionContext, PriorCommand } from '#kernel';
import type { Charge } from './state.ts';

/**
 * What the grant that made a claim says of it: it has lapsed it, or nothing came of it yet and this command lapses it; null:
 * it is booked.
 */
export type Lapsable = (look: DecisionContext['look'], claim: Charge) => 'lapsed' | PriorCommand | null;

/** Until grants are asked, every claim counts as booked. */
export const lapsable: Lapsable = () => null;
