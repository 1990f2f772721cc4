import { s, type TypeOf } from '#kernel';
import type { MeasurementEvent } from '#domain';
import { scope } from './indicator-scope.ts';
import { period } from './grant-card.ts';
import { network } from './parts.ts';
import { homeOf, stamped, streamProjection } from './stream.ts';

const scopeDoc = s.object({
  ...stamped,
  network,
  indicator: s.id(),
  scope,
  last: s.nullable(
    s.object(
      { period, definitionVersion: s.integer(), event: s.id(), at: s.instant('When it was measured.') },
      'The last period of which it has a total; null for none.',
    ),
  ),
});
export type MeasuredScope = TypeOf<typeof scopeDoc>;

type Event = Parameters<typeof homeOf>[0] & MeasurementEvent;

const lastOf = ({ id, data, meta }: Event) => ({
  period: data.period,
  definitionVersion: data.definitionVersion,
  event: id,
  at: meta.occurredAt,
});

/** The later of two periods; of the same one, what was measured of it last. */
function withLast({ last }: Pick<MeasuredScope, 'last'>, event: Event): Pick<MeasuredScope, 'last'> {
  if (Object.keys(event.data.dims).length > 0) return { last };
  return { last: last === null || last.period.until <= event.data.period.until ? lastOf(event) : last };
}

const begun = (event: Event) => ({
  network: homeOf(event),
  indicator: event.data.indicator,
  scope: event.data.scope,
  ...withLast({ last: null }, event),
});

/** What each network and action measured last, of each of its indicators. */
export const measuredScope = streamProjection<MeasuredScope, MeasurementEvent, MeasurementEvent['type']>({
  name: 'measured-scope',
  version: 1,
  source: 'measurement',
  doc: scopeDoc,
  starts: { MeasurementRecorded: begun, MeasurementSuperseded: begun },
  on: { MeasurementRecorded: withLast, MeasurementSuperseded: withLast },
  indexes: [['network'], ['network', 'indicator']],
});
