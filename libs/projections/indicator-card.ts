import { s, type TypeOf } from '#kernel';
import {
  ACCOUNTABILITIES,
  AGGREGATIONS,
  FREQUENCIES,
  HORIZONS,
  INDICATOR_LEVELS,
  RBA,
  SENSITIVITIES,
  UNITS,
  type IndicatorEvent,
} from '#domain';
import { localized, network } from './parts.ts';
import { homeOf, stamped, streamProjection, unchanged } from './stream.ts';

/** What an indicator means, by one version of it. */
export const definition = {
  name: localized,
  definition: localized,
  accountability: s.oneOf(ACCOUNTABILITIES),
  rba: s.oneOf(RBA),
  level: s.oneOf(INDICATOR_LEVELS),
  unit: s.oneOf(UNITS, '`currency` is euro cents.'),
  aggregation: s.oneOf(AGGREGATIONS),
  ascending: s.boolean('Whether more is better.'),
  horizon: s.oneOf(HORIZONS),
  dimensions: s.list(s.object({ code: s.text(), values: s.list(s.text()) })),
  baseline: s.nullable(
    s.object({
      numerator: s.integer(),
      denominator: s.nullable(s.integer()),
      year: s.integer(),
      source: s.text(),
    }),
  ),
  source: s.text(),
  method: s.text(),
  frequency: s.oneOf(FREQUENCIES),
  owner: s.nullable(s.id('The organisation that answers for it.')),
  sensitivity: s.oneOf(SENSITIVITIES),
  objectives: s.list(s.text(), 'Codes of objectives of the agenda.'),
  validFrom: s.day('It holds for periods that begin on this day or later.'),
};

const card = s.object({
  ...stamped,
  network,
  code: s.text('Names it within its network.'),
  status: s.oneOf(['running', 'ended']),
  version: s.integer('The last one; what follows is its definition.'),
  ...definition,
  adopted: s.nullable(
    s.object(
      { version: s.integer(), decision: s.id(), at: s.instant() },
      'Since when it is shared by its network and all below it; null: it is not.',
    ),
  ),
  definedAt: s.instant(),
  endedAt: s.nullable(s.instant()),
});
export type IndicatorCard = TypeOf<typeof card>;

export const indicatorCard = streamProjection<IndicatorCard, IndicatorEvent, 'IndicatorDefined'>({
  name: 'indicator-card',
  version: 1,
  source: 'indicator',
  doc: card,
  starts: {
    IndicatorDefined: (event) => ({
      ...event.data,
      network: homeOf(event),
      status: 'running',
      version: 1,
      adopted: null,
      definedAt: event.meta.occurredAt,
      endedAt: null,
    }),
  },
  on: {
    DefinitionVersioned: (_card, { data }) => data,
    IndicatorAdopted: (_card, { data, meta }) => ({ adopted: { ...data, at: meta.occurredAt } }),
    TargetSet: unchanged,
    IndicatorAttached: unchanged,
    IndicatorDetached: unchanged,
    IndicatorEnded: (_card, { meta }) => ({ status: 'ended', endedAt: meta.occurredAt }),
  },
  indexes: [['network'], ['code'], ['status', 'code']],
});
