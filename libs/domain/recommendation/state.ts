import type { Aggregate, Instant, Recorded } from '#kernel';
import type { Answer, Localized } from '../codes.ts';
import { noted, touches, type Since } from '../order.ts';
import type { RecommendationEvent } from './events.ts';

export type Recommendation =
  | { readonly status: 'none' }
  | {
      readonly status: 'drafted' | 'adopted' | 'submitted' | 'answered' | 'followed-up' | 'withdrawn';
      readonly network: string;
      readonly title: Localized;
      readonly text: Localized;
      /** When its words were last given. */
      readonly wordedAt: Instant;
      readonly answer?: Answer;
      readonly since: Since;
    };

export const recommendation: Aggregate<Recommendation, RecommendationEvent> = {
  name: 'recommendation',
  initial: { status: 'none' },
  evolve,
};

const status = (): readonly string[] => ['status'];

export const touched = touches<RecommendationEvent>({
  RecommendationDrafted: status,
  RecommendationReworded: status,
  RecommendationAdopted: status,
  RecommendationSubmitted: status,
  RecommendationAnswered: status,
  RecommendationFollowedUp: status,
  RecommendationWithdrawn: status,
});

function evolve(recommendation: Recommendation, event: Recorded<RecommendationEvent>): Recommendation {
  const next = after(recommendation, event);
  return next.status === 'none' ? next : { ...next, since: noted(next.since, touched(event), event.meta.occurredAt) };
}

function after(recommendation: Recommendation, event: Recorded<RecommendationEvent>): Recommendation {
  const { occurredAt, network } = event.meta;
  if (event.type === 'RecommendationDrafted') {
    const { title, text } = event.data;
    return { status: 'drafted', network: network ?? '', title, text, wordedAt: occurredAt, since: {} };
  }
  if (recommendation.status === 'none') return recommendation;
  switch (event.type) {
    case 'RecommendationReworded':
      return { ...recommendation, ...event.data, wordedAt: occurredAt };
    case 'RecommendationAdopted':
      return { ...recommendation, status: 'adopted' };
    case 'RecommendationSubmitted':
      return { ...recommendation, status: 'submitted' };
    case 'RecommendationAnswered':
      return { ...recommendation, status: 'answered', answer: event.data.answer };
    case 'RecommendationFollowedUp':
      return event.data.done ? { ...recommendation, status: 'followed-up' } : recommendation;
    case 'RecommendationWithdrawn':
      return { ...recommendation, status: 'withdrawn' };
    default:
      event satisfies never;
      return recommendation;
  }
}
