import type { Event } from '#kernel';
import type { Localized, Polarity } from '../codes.ts';

/** An action of which an evaluation, or its closing, tells the learning. */
export interface Teller {
  readonly action: string;
  readonly network: string;
  /** The last event that tells it. */
  readonly evaluation: string;
}

/** Names and shapes are storage formats: add, never rename. */
export type PatternEvent =
  /** Each action once, however often it tells it; all on which the pattern now rests. */
  | Event<
      'PatternConfirmed',
      {
        readonly tag: string;
        readonly polarity: Polarity;
        readonly statement: Localized;
        readonly actions: readonly Teller[];
      }
    >
  | Event<'PatternRetired'>;
