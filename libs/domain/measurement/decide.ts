import { dayOf, nothing, sum, type DecisionContext, type Instant } from '#kernel';
import { action as actionAggregate, leadOf } from '../action/state.ts';
import type { DimensionValueGiven } from '../commands.ts';
import { indicator as indicatorAggregate, versionOn, type Defined, type Version } from '../indicator/state.ts';
import { isPeriodOf, unfitNumbers } from '../measure.ts';
import { isPartOf, network as networkAggregate } from '../network/state.ts';
import { reject, unknown, type Decide, type Rejection } from '../rejections.ts';
import type { RecordMeasurement } from './commands.ts';
import type { Measured, MeasurementEvent } from './events.ts';
import { isSameValue, sameDims, samePeriod, type Measurement } from './state.ts';

type Objection = Rejection | undefined;

/** IND-3: one value for a period and its dimensions; another one takes its place, the same one changes nothing. */
export const record: Decide<RecordMeasurement, Measurement, MeasurementEvent> = (command, measurement, context) => {
  const { look } = context;
  const { network, indicator, period } = command;
  if (look(networkAggregate, network).status !== 'running') return unknown('network', network);
  const defined = look(indicatorAggregate, indicator);
  if (defined.status === 'none' || !isPartOf(network, defined.network, look)) return unknown('indicator', indicator);
  const version = versionOn(defined.versions, period.from);
  if (version === undefined)
    return reject('before-definition', { member: 'period', validFrom: defined.versions[0]!.validFrom });
  const measured = measuredBy(command, version);
  const objection =
    unmeasurable(command, context) ??
    unfitPeriod(command, defined, version, context) ??
    unfitValue(command, version) ??
    unknownDimension(command, version) ??
    overTotal(measurement, measured, version);
  if (objection !== undefined) return objection;
  const former = currentOf(measurement).find((one) => isOfSame(one, measured));
  if (former === undefined) return { type: 'MeasurementRecorded', data: measured };
  return isSameValue(former, measured)
    ? nothing
    : { type: 'MeasurementSuperseded', data: { ...measured, supersedes: former.id } };
};

function measuredBy(command: RecordMeasurement, { version: definitionVersion }: Version): Measured {
  const { indicator, network, action, period, numerator, dims = [] } = command;
  return {
    indicator,
    scope: action === undefined ? { kind: 'network', id: network } : { kind: 'action', id: action },
    definitionVersion,
    period,
    dims: Object.fromEntries(dims.map(({ dimension, value }) => [dimension, value])),
    numerator,
    upTo: command.upTo ?? null,
    denominator: command.denominator ?? null,
    text: command.text ?? null,
    source: command.source ?? null,
    method: command.method ?? null,
    quality: command.quality ?? 'measured',
    n: command.n ?? null,
  };
}

/** An action of that network that was not refused, by its own lead or by who keeps the data; once closed, for what was over. */
function unmeasurable(command: RecordMeasurement, { look, actor }: DecisionContext): Objection {
  const { network, action: id, period } = command;
  const forbidden = reject('forbidden', { role: actor.role, allowed: ['back-office', 'data-steward'] });
  if (id === undefined) return actor.role === 'lead' ? forbidden : undefined;
  const action = look(actionAggregate, id);
  if (action.status === 'none' || action.network !== network) return unknown('action', id);
  if (actor.role === 'lead' && leadOf(action, look) !== actor.subject) return forbidden;
  const isOver = action.status === 'closed' && !overBy(action.closedAt, period.until);
  return isOver || action.status === 'declined' || action.status === 'withdrawn'
    ? reject('invalid-state', { status: action.status })
    : undefined;
}

const overBy = (moment: Instant, lastDay: string): boolean => lastDay <= dayOf(moment);

/** One of the periods in which it is measured, which is over or is so that day, by the definition that holds for it (IND-2). */
function unfitPeriod(
  { period, definitionVersion }: RecordMeasurement,
  { status, endedAt }: Defined,
  { version, frequency }: Version,
  { occurredAt }: DecisionContext,
): Objection {
  if (definitionVersion !== undefined && definitionVersion !== version)
    return reject('other-version', { member: 'definitionVersion', holds: version });
  if (!isPeriodOf(frequency, period)) return reject('period-unfit', { member: 'period', frequency });
  if (period.until > dayOf(occurredAt)) return reject('period-not-over', { member: 'period', until: period.until });
  return endedAt === undefined || overBy(endedAt, period.until) ? undefined : reject('invalid-state', { status });
}

/** Numbers and text that are no value of this indicator. */
function unfitValue(command: RecordMeasurement, version: Version): Objection {
  const { numerator, denominator = null, upTo, text } = command;
  const unfit = unfitNumbers(version, { numerator, denominator });
  if (unfit !== undefined) return unfit;
  if (text === undefined && version.unit === 'text') return reject('text-required', { member: 'text' });
  if (text !== undefined && version.unit !== 'text') return reject('text-not-allowed', { member: 'text' });
  if (upTo === undefined) return undefined;
  // IND-7
  if (version.accountability !== 'population') return reject('range-not-allowed', { member: 'upTo' });
  if (upTo < numerator) return reject('range-reversed', { member: 'upTo', numerator });
  return version.unit === 'percent' && upTo > denominator!
    ? reject('numerator-over-denominator', { member: 'upTo', numerator: upTo, denominator })
    : undefined;
}

function unknownDimension({ dims = [] }: RecordMeasurement, { dimensions }: Version): Objection {
  const isKnown = ({ dimension, value }: DimensionValueGiven): boolean =>
    dimensions.some(({ code, values }) => code === dimension && values.includes(value));
  const at = dims.findIndex((one) => !isKnown(one));
  return at === -1
    ? undefined
    : reject('unknown-dimension', { member: `dims/${at}`, dimension: dims[at]!.dimension, value: dims[at]!.value });
}

type Part = Pick<Measured, 'definitionVersion' | 'period' | 'dims' | 'numerator' | 'upTo' | 'denominator'>;

const currentOf = (measurement: Measurement) =>
  measurement.status === 'none' ? [] : measurement.values.filter(({ supersededBy }) => supersededBy === null);
const isOfSame = (one: Part, other: Part): boolean =>
  samePeriod(one.period, other.period) && sameDims(one.dims, other.dims);

/**
 * IND-5: the parts by one dimension come to no more than the total they are of; what they come to less is unknown. Judged
 * for the value as the total of its parts, and as a part of each total above it.
 */
function overTotal(measurement: Measurement, measured: Part, version: Version): Objection {
  const others = currentOf(measurement).filter(
    (one) =>
      one.definitionVersion === version.version &&
      samePeriod(one.period, measured.period) &&
      !sameDims(one.dims, measured.dims),
  );
  const values = [...others, measured];
  const totals = [
    measured,
    ...others.filter((one) => Object.keys(measured.dims).some((code) => isTotalOf(one, measured, code))),
  ];
  for (const total of totals)
    for (const { code } of version.dimensions) {
      const parts = values.filter((one) => isTotalOf(total, one, code));
      if (parts.length > 0 && !fitsInto(total, parts, version))
        return reject('parts-over-total', { member: 'numerator', dimension: code });
    }
  return undefined;
}

/** Whether the part has a value of that dimension more than the total, and nothing else. */
const isTotalOf = (total: Part, part: Part, code: string): boolean => {
  const { [code]: value, ...rest } = part.dims;
  return value !== undefined && !(code in total.dims) && sameDims(rest, total.dims);
};

/** A range counts at the end that does it good; distinct people may be in several parts, but in none more than in all. */
function fitsInto(total: Part, parts: readonly Part[], { aggregation }: Version): boolean {
  const numerators = parts.map(({ numerator }) => numerator);
  const upper = aggregation === 'distinct-none' ? Math.max(...numerators) : sum(numerators);
  const lower = sum(parts.map(({ denominator }) => denominator ?? 0));
  return upper <= (total.upTo ?? total.numerator) && lower <= (total.denominator ?? 0);
}

/** A value takes the place of one that is not of later. */
export function lastChange(event: MeasurementEvent, measurement: Measurement): Instant | null {
  if (event.type !== 'MeasurementSuperseded' || measurement.status === 'none') return null;
  return measurement.values.find(({ id }) => id === event.data.supersedes)?.occurredAt ?? null;
}
