import { s, type TypeOf } from '#kernel';
import type { IndicatorEvent } from '#domain';
import { definition } from './indicator-card.ts';
import { network } from './parts.ts';
import { partsProjection, partStamped } from './parts-of.ts';
import { homeOf } from './stream.ts';

const versionDoc = s.object({
  ...partStamped,
  network,
  version: s.integer(),
  ...definition,
  definedAt: s.instant(),
});
export type DefinitionVersion = TypeOf<typeof versionDoc>;

/** What an indicator means, version by version. */
export const definitionVersion = partsProjection<DefinitionVersion, IndicatorEvent>({
  name: 'definition-version',
  version: 1,
  source: 'indicator',
  doc: versionDoc,
  parts: ({ type, data }) =>
    type === 'DefinitionVersioned' ? [String(data.version)] : type === 'IndicatorDefined' ? ['1'] : [],
  starts: {
    IndicatorDefined: (event) => {
      const { code: _code, ...defined } = event.data;
      return { ...defined, version: 1, network: homeOf(event), definedAt: event.meta.occurredAt };
    },
    DefinitionVersioned: (event) => ({
      ...event.data,
      network: homeOf(event),
      definedAt: event.meta.occurredAt,
    }),
  },
  on: {},
  indexes: [['network'], ['of', 'version'], ['network', 'version']],
});
