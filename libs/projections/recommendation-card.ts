import { s, type TypeOf } from '#kernel';
import { ANSWERS, RECOMMENDATION_LEVELS, type RecommendationEvent } from '#domain';
import { localized, network } from './parts.ts';
import { homeOf, stamped, streamProjection } from './stream.ts';

export const RECOMMENDATION_STATUSES = [
  'drafted',
  'adopted',
  'submitted',
  'answered',
  'followed-up',
  'withdrawn',
] as const;

const card = s.object({
  ...stamped,
  network,
  title: localized,
  text: localized,
  status: s.oneOf(RECOMMENDATION_STATUSES),
  patterns: s.list(s.id(), 'On which it rests.'),
  basis: s.list(s.object({ action: s.id(), evaluation: s.id() }), 'Evaluations on which it rests beside them.'),
  draftedAt: s.instant(),
  adopted: s.nullable(s.object({ decision: s.id(), at: s.instant() })),
  submitted: s.nullable(
    s.object({ level: s.oneOf(RECOMMENDATION_LEVELS), addressee: s.text(), at: s.instant() }, 'To whom it went.'),
  ),
  answers: s.list(
    s.object({ answer: s.oneOf(ANSWERS), text: s.text(), at: s.instant() }),
    'One; or that none came, and the one that came after all.',
  ),
  followUps: s.integer('How often it was followed up.'),
  lastFollowUps: s.list(s.object({ text: s.text(), done: s.boolean(), at: s.instant() }), 'The last twenty.'),
  withdrawn: s.nullable(s.object({ at: s.instant(), reason: s.nullable(localized) })),
});
export type RecommendationCard = TypeOf<typeof card>;

/** What is shown of follow-ups; all of them are in the journal. */
const LAST = 20;

export const recommendationCard = streamProjection<RecommendationCard, RecommendationEvent, 'RecommendationDrafted'>({
  name: 'recommendation-card',
  version: 1,
  source: 'recommendation',
  doc: card,
  starts: {
    RecommendationDrafted: (event) => ({
      ...event.data,
      network: homeOf(event),
      status: 'drafted',
      draftedAt: event.meta.occurredAt,
      adopted: null,
      submitted: null,
      answers: [],
      followUps: 0,
      lastFollowUps: [],
      withdrawn: null,
    }),
  },
  on: {
    RecommendationReworded: (_card, { data: { title, text } }) => ({ title, text }),
    RecommendationAdopted: (_card, { data, meta }) => ({
      status: 'adopted',
      adopted: { decision: data.decision, at: meta.occurredAt },
    }),
    RecommendationSubmitted: (_card, { data, meta }) => ({
      status: 'submitted',
      submitted: { ...data, at: meta.occurredAt },
    }),
    RecommendationAnswered: ({ answers }, { data, meta }) => ({
      status: 'answered',
      answers: [...answers, { ...data, at: meta.occurredAt }],
    }),
    RecommendationFollowedUp: ({ status, followUps, lastFollowUps }, { data, meta }) => ({
      status: data.done ? 'followed-up' : status,
      followUps: followUps + 1,
      lastFollowUps: [...lastFollowUps, { ...data, at: meta.occurredAt }].slice(-LAST),
    }),
    RecommendationWithdrawn: (_card, { meta }) => ({
      status: 'withdrawn',
      withdrawn: { at: meta.occurredAt, reason: meta.reason?.text ?? null },
    }),
  },
  indexes: [['network'], ['network', 'draftedAt']],
});
