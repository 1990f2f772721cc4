import { projection, s, type TypeOf } from '#kernel';
import type { ReleaseEvent } from '#domain';
import { localized, network } from './parts.ts';
import { shownDefinition, place, shownNetwork } from './release-card.ts';
import { homeOf } from './stream.ts';

const doc = s.object({
  id: s.id(),
  network,
  table: s.text(),
  title: localized,
  status: s.oneOf(['published', 'withdrawn']),
  publishedAt: s.instant(),
  withdrawn: s.nullable(s.object({ at: s.instant(), reason: s.nullable(localized) })),
  definitions: s.list(s.object(shownDefinition)),
  networks: s.list(shownNetwork),
  dimension: s.nullable(s.text()),
  lines: s.list(
    s.object({
      ...place,
      numerator: s.nullable(s.integer('The value, or the upper part of a ratio; null: hidden.')),
      upTo: s.nullable(s.integer('Where only a range is known: its upper end.')),
      denominator: s.nullable(s.integer('The lower part of a ratio; null: hidden, or no ratio.')),
      hidden: s.list(s.oneOf(['numerator', 'denominator'])),
      text: s.text('As it is shown: `4812`, `77.27`, `<5`.'),
    }),
  ),
  k: s.integer('`<k` says: fewer than k, or kept back so that such a number cannot be reckoned from others.'),
});
export type PublicRelease = TypeOf<typeof doc>;

/** What everybody may read: made of what was published, and of nothing else. */
export const publicRelease = projection<PublicRelease, ReleaseEvent>({
  name: 'public-release',
  version: 1,
  source: 'release',
  doc,
  starts: {
    ReleasePublished: (event) => ({
      ...event.data,
      id: event.stream.id,
      network: homeOf(event),
      status: 'published',
      publishedAt: event.meta.recordedAt,
      withdrawn: null,
    }),
  },
  on: {
    ReleaseWithdrawn: (release, { meta }) => ({
      ...release,
      status: 'withdrawn',
      withdrawn: { at: meta.recordedAt, reason: meta.reason?.text ?? null },
      definitions: [],
      networks: [],
      lines: [],
    }),
  },
  indexes: [['publishedAt'], ['network', 'publishedAt'], ['network', 'table', 'publishedAt']],
});
