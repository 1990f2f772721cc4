import { s, type TypeOf } from '#kernel';
import { SCOPE_KINDS, type IndicatorEvent } from '#domain';
import { network } from './parts.ts';
import { partsProjection, partStamped } from './parts-of.ts';
import { homeOf } from './stream.ts';

export const scope = s.object({ kind: s.oneOf(SCOPE_KINDS), id: s.id() });

const scopeDoc = s.object({
  ...partStamped,
  network,
  measuredIn: s.id('The network that measures: that of the indicator, or one below it.'),
  scope,
  attached: s.boolean('Whether a value is expected of it; else it is expected no more.'),
  since: s.instant(),
});
export type IndicatorScope = TypeOf<typeof scopeDoc>;

/** From which networks and actions values of an indicator are expected. */
export const indicatorScope = partsProjection<IndicatorScope, IndicatorEvent>({
  name: 'indicator-scope',
  version: 1,
  source: 'indicator',
  doc: scopeDoc,
  parts: ({ type, data }) => (type === 'IndicatorAttached' || type === 'IndicatorDetached' ? [data.scope.id] : []),
  starts: {
    IndicatorAttached: (event) => scopeOf(event, true),
    IndicatorDetached: (event) => scopeOf(event, false),
  },
  on: {
    IndicatorAttached: (_scope, event) => scopeOf(event, true),
    IndicatorDetached: (_scope, event) => scopeOf(event, false),
  },
  indexes: [['of', 'measuredIn'], ['measuredIn']],
});

type Said = Parameters<typeof homeOf>[0] & {
  readonly data: { readonly scope: TypeOf<typeof scope>; readonly network: string };
};

const scopeOf = (event: Said, attached: boolean) => ({
  network: homeOf(event),
  measuredIn: event.data.network,
  scope: event.data.scope,
  attached,
  since: event.meta.occurredAt,
});
