import { s, type TypeOf } from '#kernel';
import { SENSITIVITIES, UNITS, type ReleaseEvent } from '#domain';
import { period } from './grant-card.ts';
import { localized, network } from './parts.ts';
import { homeOf, stamped, streamProjection } from './stream.ts';

const NUMBERS = ['numerator', 'denominator'] as const;
/** A line of a table but for its numbers. */
export const place = {
  indicator: s.id(),
  definitionVersion: s.integer(),
  period,
  network,
  isElsewhere: s.boolean('Whether it is what of that network is in none of the networks below it in the table.'),
  category: s.nullable(s.text('A value of the dimension; `?` for what is in none of them, null for all together.')),
};
export const shownNetwork = s.object({ id: s.id(), name: s.text(), parent: s.nullable(s.id()) });
export const shownDefinition = {
  indicator: s.id(),
  definitionVersion: s.integer(),
  code: s.text(),
  name: localized,
  unit: s.oneOf(UNITS),
};

const card = s.object({
  ...stamped,
  network,
  table: s.text('By which readers know it; they see the last one that was published.'),
  title: localized,
  status: s.oneOf(['prepared', 'checked', 'published', 'withdrawn']),
  definitions: s.list(s.object({ ...shownDefinition, sensitivity: s.oneOf(SENSITIVITIES), isAdded: s.boolean() })),
  networks: s.list(shownNetwork),
  dimension: s.nullable(s.text()),
  lines: s.list(
    s.object({
      ...place,
      numerator: s.integer(),
      upTo: s.nullable(s.integer()),
      denominator: s.nullable(s.integer()),
    }),
    'Exact: for inside.',
  ),
  knownAt: s.instant('Up to when the measurements were known.'),
  prepared: s.object({ by: s.text(), at: s.instant() }),
  check: s.nullable(
    s.object({
      rules: s.object({ k: s.integer(), suppressZero: s.boolean() }),
      hidden: s.list(
        s.object({
          line: s.integer('Which of the lines, from 0.'),
          number: s.oneOf(NUMBERS),
          why: s.oneOf(['primary', 'complement', 'percentage', 'difference', 'secondary']),
        }),
      ),
      considered: s.map(s.list(s.id()), 'The releases with which it was compared, by indicator.'),
      by: s.text(),
      at: s.instant(),
    }),
  ),
  published: s.nullable(s.object({ by: s.text(), at: s.instant() })),
  withdrawn: s.nullable(s.object({ by: s.text(), at: s.instant(), reason: s.nullable(localized) })),
});
export type ReleaseCard = TypeOf<typeof card>;

/** A release as those inside know it. */
export const releaseCard = streamProjection<ReleaseCard, ReleaseEvent, 'ReleasePrepared'>({
  name: 'release-card',
  version: 1,
  source: 'release',
  doc: card,
  starts: {
    ReleasePrepared: (event) => ({
      ...event.data,
      network: homeOf(event),
      status: 'prepared',
      prepared: { by: event.meta.actor.subject, at: event.meta.occurredAt },
      check: null,
      published: null,
      withdrawn: null,
    }),
  },
  on: {
    ReleaseChecked: (_card, { data, meta }) => ({
      status: 'checked',
      check: { ...data, by: meta.actor.subject, at: meta.occurredAt },
    }),
    ReleasePublished: (_card, { meta }) => ({
      status: 'published',
      published: { by: meta.actor.subject, at: meta.occurredAt },
    }),
    ReleaseWithdrawn: (_card, { meta }) => ({
      status: 'withdrawn',
      withdrawn: { by: meta.actor.subject, at: meta.occurredAt, reason: meta.reason?.text ?? null },
    }),
  },
  indexes: [
    ['network', 'prepared.at'],
    ['network', 'status', 'prepared.at'],
    ['network', 'table', 'prepared.at'],
    ['network', 'status', 'table', 'prepared.at'],
  ],
});
