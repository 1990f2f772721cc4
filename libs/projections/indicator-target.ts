import { s, type TypeOf } from '#kernel';
import type { IndicatorEvent } from '#domain';
import { period } from './grant-card.ts';
import { network } from './parts.ts';
import { partsProjection, partStamped } from './parts-of.ts';
import { homeOf } from './stream.ts';

const targetDoc = s.object({
  ...partStamped,
  event: s.id('By which it was set.'),
  network,
  period,
  numerator: s.integer('What is to be reached, or the upper part of a ratio.'),
  denominator: s.nullable(s.integer()),
  floorPerChild: s.nullable(s.integer('What each network directly below must reach, over the same denominator.')),
  decision: s.id(),
  at: s.instant('Since when it holds.'),
});
export type IndicatorTarget = TypeOf<typeof targetDoc>;

/** What was to be reached, old targets too (IND-6): the last one set for a period is its target. */
export const indicatorTarget = partsProjection<IndicatorTarget, IndicatorEvent>({
  name: 'indicator-target',
  version: 1,
  source: 'indicator',
  doc: targetDoc,
  parts: ({ id, type }) => (type === 'TargetSet' ? [id] : []),
  starts: {
    TargetSet: (event) => ({
      ...event.data,
      event: event.id,
      network: homeOf(event),
      at: event.meta.occurredAt,
    }),
  },
  on: {},
  indexes: [
    ['of', 'position'],
    ['network', 'position'],
  ],
});
