import { s, type TypeOf } from '#kernel';
import type { PracticeEvent } from '#domain';
import { localized, network } from './parts.ts';
import { homeOf, stamped, streamProjection } from './stream.ts';

const card = s.object({
  ...stamped,
  network,
  action: s.id('From which it was published.'),
  version: s.integer(),
  title: localized,
  method: localized,
  context: localized,
  conditions: s.nullable(localized),
  evaluation: s.id('The event that says that it works.'),
  tags: s.list(s.text(), 'Of what that evaluation says works.'),
  status: s.oneOf(['published', 'withdrawn']),
  publishedAt: s.instant('Its first version.'),
  revisedAt: s.nullable(s.instant('The version it has.')),
  withdrawn: s.nullable(s.object({ at: s.instant(), reason: s.nullable(localized) })),
  adopted: s.integer('How often a network took it over.'),
  refusals: s.list(
    s.object({ adoption: s.id('The event’s.'), network: s.id(), code: s.text(), at: s.instant() }),
    'The last twenty adoptions of which the receiving network’s rules refused the proposal.',
  ),
});
export type PracticeCard = TypeOf<typeof card>;

const LAST = 20;

export const practiceCard = streamProjection<PracticeCard, PracticeEvent, 'PracticePublished'>({
  name: 'practice-card',
  version: 1,
  source: 'practice',
  doc: card,
  starts: {
    PracticePublished: (event) => ({
      ...event.data,
      network: homeOf(event),
      status: 'published',
      publishedAt: event.meta.occurredAt,
      revisedAt: null,
      withdrawn: null,
      adopted: 0,
      refusals: [],
    }),
  },
  on: {
    PracticeRevised: (_card, { data, meta }) => ({ ...data, revisedAt: meta.occurredAt }),
    PracticeWithdrawn: (_card, { meta }) => ({
      status: 'withdrawn',
      withdrawn: { at: meta.occurredAt, reason: meta.reason?.text ?? null },
    }),
    PracticeAdopted: ({ adopted }) => ({ adopted: adopted + 1 }),
    PracticeAdoptionRefused: ({ refusals }, { data, meta }) => ({
      refusals: [...refusals, { ...data, at: meta.occurredAt }].slice(-LAST),
    }),
  },
  indexes: [
    ['status', 'publishedAt'],
    ['network', 'status', 'publishedAt'],
  ],
});
