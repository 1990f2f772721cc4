import { s, type TypeOf } from '#kernel';
import { ROLES, type AccessLogEvent } from '#domain';
import { network } from './parts.ts';
import { partsProjection, partStamped } from './parts-of.ts';
import { homeOf } from './stream.ts';

const doc = s.object({
  ...partStamped,
  network,
  reader: s.id('The person who read.'),
  role: s.oneOf(ROLES),
  organisation: s.nullable(s.id()),
  question: s.text('`getIndicatorSeries` …'),
  subject: s.id('The indicator, or the release.'),
  asOf: s.nullable(s.text('The moment asked for; null for now.')),
  effectiveAt: s.nullable(s.text()),
  at: s.instant(),
});
export type ExactReadEntry = TypeOf<typeof doc>;

/** Each time that somebody inside was given exact small numbers. */
export const exactRead = partsProjection<ExactReadEntry, AccessLogEvent>({
  name: 'exact-read',
  version: 1,
  source: 'access-log',
  doc,
  parts: ({ id }) => [id],
  starts: {
    ExactTableRead: (event) => ({
      ...event.data,
      role: event.data.role as ExactReadEntry['role'],
      network: homeOf(event),
      at: event.meta.recordedAt,
    }),
  },
  on: {},
  indexes: [['network', 'at']],
});
