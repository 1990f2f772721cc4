import { s, type TypeOf } from '#kernel';
import { QUALITIES, type MeasurementEvent } from '#domain';
import { scope } from './indicator-scope.ts';
import { period } from './grant-card.ts';
import { network } from './parts.ts';
import { partsProjection, partStamped } from './parts-of.ts';
import { homeOf } from './stream.ts';

const measurementDoc = s.object({
  ...partStamped,
  event: s.id('The measurement’s id.'),
  network,
  indicator: s.id(),
  scope,
  action: s.nullable(s.id('Null: the network itself.')),
  definitionVersion: s.integer(),
  period,
  dims: s.map(s.text(), 'Value by dimension; none: the total.'),
  part: s.text('The same in one text, in order of dimension: `age=17-20`; empty for the total.'),
  numerator: s.integer(),
  upTo: s.nullable(s.integer('The upper end of a range, of which `numerator` is the lower one.')),
  denominator: s.nullable(s.integer()),
  text: s.nullable(s.text()),
  source: s.nullable(s.text('Null: that of the indicator.')),
  method: s.nullable(s.text('Null: that of the indicator.')),
  quality: s.oneOf(QUALITIES),
  n: s.nullable(s.integer('How many were observed or asked.')),
  evidence: s.integer('Documents that show it.'),
  occurredAt: s.instant(),
  recordedAt: s.instant(),
  supersedes: s.nullable(s.id('The measurement whose place it took.')),
  supersededBy: s.nullable(s.id('The measurement that took its place.')),
  supersededAt: s.nullable(s.instant('When that was recorded.')),
});
export type MeasurementEntry = TypeOf<typeof measurementDoc>;

type Of<T extends MeasurementEvent['type']> = Parameters<typeof homeOf>[0] & Extract<MeasurementEvent, { type: T }>;

const entryOf = (event: Of<'MeasurementRecorded'> | Of<'MeasurementSuperseded'>) => ({
  ...event.data,
  supersedes: event.type === 'MeasurementSuperseded' ? event.data.supersedes : null,
  event: event.id,
  network: homeOf(event),
  action: event.data.scope.kind === 'action' ? event.data.scope.id : null,
  part: partOf(event.data.dims),
  evidence: event.meta.evidence?.length ?? 0,
  occurredAt: event.meta.occurredAt,
  recordedAt: event.meta.recordedAt,
  supersededBy: null,
  supersededAt: null,
});

/** The dimensions of a value in one text, whatever their order. */
export const partOf = (dims: Readonly<Record<string, string>>): string =>
  Object.entries(dims)
    .map(([dimension, value]) => `${dimension}=${value}`)
    .toSorted()
    .join('&');

/** Every value ever measured; what was superseded stays (IND-3). */
export const measurement = partsProjection<MeasurementEntry, MeasurementEvent>({
  name: 'measurement',
  version: 1,
  source: 'measurement',
  doc: measurementDoc,
  parts: ({ id, type, data }) => (type === 'MeasurementSuperseded' ? [id, data.supersedes] : [id]),
  starts: {
    MeasurementRecorded: entryOf,
    MeasurementSuperseded: entryOf,
  },
  on: {
    MeasurementSuperseded: (_former, event) => ({
      supersededBy: event.id,
      supersededAt: event.meta.recordedAt,
    }),
  },
  indexes: [
    ['network'],
    ['network', 'recordedAt'],
    ['network', 'indicator', 'period.until'],
    ['network', 'period.until'],
    ['of', 'position'],
  ],
});
