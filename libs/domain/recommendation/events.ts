import type { Event } from '#kernel';
import type { Answer, Localized, RecommendationLevel } from '../codes.ts';

/** An evaluation on which it rests beside its patterns. */
interface Ground {
  readonly action: string;
  readonly evaluation: string;
}

/** Names and shapes are storage formats: add, never rename. */
export type RecommendationEvent =
  | Event<
      'RecommendationDrafted',
      {
        readonly title: Localized;
        readonly text: Localized;
        readonly patterns: readonly string[];
        readonly basis: readonly Ground[];
      }
    >
  | Event<'RecommendationReworded', { readonly title: Localized; readonly text: Localized }>
  | Event<'RecommendationAdopted', { readonly decision: string }>
  | Event<'RecommendationSubmitted', { readonly level: RecommendationLevel; readonly addressee: string }>
  | Event<'RecommendationAnswered', { readonly answer: Answer; readonly text: string }>
  /** `done`: nothing more is to follow. */
  | Event<'RecommendationFollowedUp', { readonly text: string; readonly done: boolean }>
  | Event<'RecommendationWithdrawn'>;
