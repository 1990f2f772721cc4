import type { Event } from '#kernel';
import type { Period } from '../grant/state.ts';

/** Names and shapes are storage formats: add, never rename. */
export type WorkingAreaEvent = Event<
  'AreaReserved',
  {
    readonly scheme: string;
    readonly area: string;
    readonly grant: string;
    /** The network of the grant. */
    readonly network: string;
    readonly claim: string;
    readonly period: Period;
    /** Claims that no longer stand, of which it takes the place. */
    readonly releases: readonly string[];
  }
>;
