import { s, sum, type TypeOf } from '#kernel';
import {
  isRatio,
  measurementId,
  QUALITIES,
  reaches,
  ref,
  rollUp,
  SCOPE_KINDS,
  valueText,
  versionOn,
  type Ranged,
  type RolledUp,
  type Tree,
  type Value,
} from '#domain';
import {
  indicatorCard,
  partOf,
  period,
  type ActionCard,
  type DefinitionVersion,
  type IndicatorCard,
  type IndicatorTarget,
  type MeasurementEntry,
  type NetworkCard,
} from '#projections';
import type { Doc, Filter, Query, Reader } from '#read-store';
import { andAbove, exactOf, targetOn, targetsOf, versionsOf } from './indicators.ts';
import { idsIn, namesOf } from './names.ts';
import { GetIndicatorRollUp, GetIndicatorSeries } from './params.ts';
import { notFound, type QueryContext } from './query.ts';
import { every, names, owned, pick, picked, question } from './question.ts';

export const INDICATOR = [
  'id',
  'network',
  'code',
  'name',
  'status',
  'version',
  'rba',
  'unit',
  'aggregation',
  'ascending',
  'frequency',
  'sensitivity',
  'baseline',
  'adopted',
] as const;

const value = s.object(
  {
    numerator: s.integer('The value, or the upper part of a ratio.'),
    upTo: s.nullable(s.integer('Where only a range is known: its upper end; `numerator` is the lower one.')),
    denominator: s.nullable(s.integer('The lower part of a ratio.')),
    text: s.text('As it is shown: a ratio with two decimals, half-up (`77.27`); `currency` in euro cents.'),
  },
  'Sums of numerators and denominators, never means; of distinct people the range from the most in one part to the sum.',
);
const asked = s.object({ numerator: s.integer(), denominator: s.nullable(s.integer()), text: s.text() });
const quality = s.nullable(s.oneOf(QUALITIES, 'The least sure of what it is made of.'));

/** What is the same in a point of a series and in a period of a roll-up. */
const ofPeriod = {
  period,
  definitionVersion: s.integer(),
  holds: s.boolean('Whether this version is the one that holds for the period.'),
  value: s.nullable(value),
  quality,
  isOwn: s.boolean('Whether it was measured as such; else it is made of its parts.'),
  target: s.nullable(asked),
  met: s.nullable(s.boolean('Null: there is no target or no value, or only a range that does not tell.')),
};

const former = s.object({
  measurement: s.id(),
  value,
  quality: s.oneOf(QUALITIES),
  recordedAt: s.instant(),
  supersededBy: s.nullable(s.id()),
  supersededAt: s.nullable(s.instant()),
});
const part = s.object({
  kind: s.oneOf(SCOPE_KINDS),
  id: s.id(),
  value: s.nullable(value),
  measurement: s.nullable(s.id('Null: it is itself made of parts, or of a network that is none of the caller’s.')),
});
const dimension = s.object({
  code: s.text(),
  values: s.list(s.object({ code: s.text(), value: s.nullable(value), measurement: s.nullable(s.id()) })),
  unknown: s.nullable(value),
});

const point = s.object({
  ...ofPeriod,
  isBreak: s.boolean('Whether the definition is another one than that of the point before: the two do not compare.'),
  measurement: s.nullable(s.id('Of a value that was measured as such.')),
  n: s.nullable(s.integer('How many were observed or asked.')),
  floor: s.nullable(asked),
  floorMissed: s.nullable(s.boolean()),
  superseded: s.list(former, 'What was measured before, of a value that was measured as such; the latest last.'),
  parts: s.list(part, 'Of which it is made, where it was not measured as such: actions, and networks directly below.'),
  dimensions: s.list(
    dimension,
    'The total by each dimension; `unknown` is what its parts do not tell (null where they cannot tell).',
  ),
});
type Point = TypeOf<typeof point>;

export const getIndicatorSeries = question({
  name: 'getIndicatorSeries',
  path: '/indicators/{id}/series',
  summary:
    'The values of an indicator for a network or an action, period by period, with targets, what was superseded, and breaks between definitions.',
  params: GetIndicatorSeries,
  answer: s.object({
    indicator: picked(indicatorCard.doc, INDICATOR),
    network: s.id(),
    action: s.nullable(s.id()),
    points: s.list(point, 'The earliest period first; a period without any value has no point.'),
    names,
  }),
  reads: ['indicator-card', 'definition-version', 'indicator-target', 'measurement', 'network-card', 'action-card'],
  example: { id: ref('indicator'), network: ref('network') },
  exact: ({ indicator, network, points }) => exactOf(indicator, network, points),
  run: async ({ id, network, action, dimension, ...within }, context) => {
    const scope = await scopeOf(context, id, network, action);
    if (scope === undefined) return notFound;
    const facts = await factsOf(context.reader, scope, within);
    const points = groupsOf(facts.entries).map((group) => pointOf(group, facts, context, dimension));
    const answer = {
      indicator: pick(scope.card, INDICATOR),
      network: scope.network,
      action: scope.action,
      points: points.map((one, i) => ({
        ...one,
        isBreak: i > 0 && one.definitionVersion !== points[i - 1]!.definitionVersion,
      })),
    };
    return { ...answer, names: await namesOf(context, idsIn(answer)) };
  },
});

export const ofChild = s.object({
  network: s.id(),
  value: s.nullable(value),
  quality,
  isOwn: s.boolean('Whether it was measured as such; else it is made of its parts.'),
  floor: s.nullable(asked),
  floorMissed: s.nullable(s.boolean('Null: there is no floor or no value, or only a range that does not tell.')),
});

export const rolledUp = s.object({
  ...ofPeriod,
  networks: s.list(ofChild, 'Those directly below, by name.'),
  measured: s.integer('How many of these have a value.'),
  actions: s.integer('How many actions of the network itself have one.'),
  floorsMissed: s.integer('How many of the networks are below their floor.'),
});

export const getIndicatorRollUp = question({
  name: 'getIndicatorRollUp',
  path: '/indicators/{id}/roll-up',
  summary:
    'An indicator added up over a network and all below it: the value, whether the target is met, and each network directly below with its floor.',
  params: GetIndicatorRollUp,
  answer: s.object({
    indicator: picked(indicatorCard.doc, INDICATOR),
    network: s.id(),
    periods: s.list(
      rolledUp,
      'The earliest first; one for each definition, for versions are never put together. Without `from` and `until` the last period that was measured.',
    ),
    names,
  }),
  reads: ['indicator-card', 'definition-version', 'indicator-target', 'measurement', 'network-card'],
  example: { id: ref('indicator'), network: ref('network') },
  exact: ({ indicator, network, periods }) => exactOf(indicator, network, periods),
  run: async ({ id, network, ...within }, context) => {
    const scope = await scopeOf(context, id, network);
    if (scope === undefined) return notFound;
    const facts = await factsOf(context.reader, scope, { ...within, isTotal: true });
    const periods = groupsOf(facts.entries).map((group) => periodOf(group, facts));
    const answer = { indicator: pick(scope.card, INDICATOR), network: scope.network, periods };
    return { ...answer, names: await namesOf(context, idsIn(answer)) };
  },
});

/** What is measured: a network with all below it, or an action. */
interface Scope {
  readonly card: IndicatorCard;
  readonly network: string;
  readonly above: string | null;
  readonly action: string | null;
}

/** One of the caller's networks, at or below that of the indicator, or an action of it. */
async function scopeOf(
  context: QueryContext,
  id: string,
  asked: string | undefined,
  action?: string,
): Promise<Scope | undefined> {
  const { reader, networks } = context;
  const found = await reader.get<IndicatorCard & Doc>('indicator-card', id);
  const measured = action === undefined ? undefined : await owned<ActionCard>(context, 'action-card', action);
  if (found === null || (action !== undefined && measured === undefined)) return undefined;
  const network = asked ?? measured?.network ?? found.doc.network;
  if (!networks.has(network) || (measured !== undefined && measured.network !== network)) return undefined;
  const chain = await andAbove(reader, network);
  if (!chain.includes(found.doc.network)) return undefined;
  return { card: found.doc, network, above: chain[1] ?? null, action: action ?? null };
}

interface Facts {
  readonly scope: Scope;
  readonly tree: Tree;
  readonly versions: readonly DefinitionVersion[];
  readonly targets: readonly IndicatorTarget[];
  readonly entries: readonly MeasurementEntry[];
}

interface Within {
  readonly from?: string;
  readonly until?: string;
  /** Only totals that stand; without a period of the last one that was measured. */
  readonly isTotal?: boolean;
}

const STANDING_TOTALS: readonly Filter[] = [
  ['part', 'eq', ''],
  ['supersededBy', 'eq', null],
];

async function factsOf(reader: Reader, scope: Scope, within: Within): Promise<Facts> {
  const { card, network, action } = scope;
  const [tree, versions, targets] = await Promise.all([
    action === null ? treeOf(reader, network) : { id: network, below: [] },
    versionsOf(reader, card.id),
    targetsOf(reader, card.id),
  ]);
  const entries =
    action === null
      ? await measuredIn(reader, card.id, tree, within)
      : await measuredOf(reader, measurementId(card.id, network, action), within);
  // What was measured by a definition that did not hold yet at the moment asked for is no value then.
  const isDefined = ({ definitionVersion }: MeasurementEntry): boolean =>
    versions.some(({ version }) => version === definitionVersion);
  return { scope, tree, versions, targets, entries: entries.filter((one) => isTold(one, scope) && isDefined(one)) };
}

const periodsOf = ({ from, until }: Within): readonly Filter[] => [
  ...(from === undefined ? [] : ([['period.from', 'gte', from]] as const)),
  ...(until === undefined ? [] : ([['period.until', 'lte', until]] as const)),
];

/** What was superseded is told of the thing asked about, not of its parts. */
const isTold = ({ supersededBy, network, action }: MeasurementEntry, scope: Scope): boolean =>
  supersededBy === null || (network === scope.network && action === scope.action);

/** A network with all below it; in none of them twice, whatever a race made of the links. */
async function treeOf(reader: Reader, id: string, path: readonly string[] = []): Promise<Tree> {
  const passed = [...path, id];
  const below = await every<NetworkCard>(reader, {
    model: 'network-card',
    where: [['parent', 'eq', id]],
    sort: ['name', 1],
  });
  const fresh = below.filter((one) => !passed.includes(one.id));
  return { id, below: await Promise.all(fresh.map((one) => treeOf(reader, one.id, passed))) };
}

const networksIn = ({ id, below }: Tree): readonly string[] => [id, ...below.flatMap(networksIn)];

/** Of all networks of a tree, each by itself, for so they are kept. */
async function measuredIn(
  reader: Reader,
  indicator: string,
  tree: Tree,
  within: Within,
): Promise<readonly MeasurementEntry[]> {
  const { from, until, isTotal = false } = within;
  const queries = networksIn(tree).map((network) => ({
    model: 'measurement',
    where: [
      ['network', 'eq', network],
      ['indicator', 'eq', indicator],
      ...periodsOf(within),
      ...(isTotal ? STANDING_TOTALS : []),
    ] as readonly Filter[],
  }));
  const last = isTotal && from === undefined && until === undefined ? await lastOf(reader, queries) : [];
  const found = await Promise.all(
    queries.map(({ model, where }) =>
      every<MeasurementEntry>(reader, { model, where: [...where, ...last], sort: ['period.until', 1] }),
    ),
  );
  return found.flat();
}

/** The period that ended last of those that any of them measured. */
async function lastOf(reader: Reader, queries: readonly Pick<Query, 'model' | 'where'>[]): Promise<readonly Filter[]> {
  const found = await Promise.all(
    queries.map((query) => reader.find<MeasurementEntry & Doc>({ ...query, sort: ['period.until', -1], limit: 1 })),
  );
  const days = found.flatMap(({ items }) => items.map(({ period }) => period.until)).toSorted();
  const day = days.at(-1);
  return day === undefined ? [] : [['period.until', 'gte', day]];
}

const measuredOf = (reader: Reader, stream: string, within: Within): Promise<readonly MeasurementEntry[]> =>
  every<MeasurementEntry>(reader, {
    model: 'measurement',
    where: [['of', 'eq', stream], ...periodsOf(within)],
    sort: ['position', 1],
  });

/** What was measured of one period by one definition. */
interface Group extends Pick<MeasurementEntry, 'period' | 'definitionVersion'> {
  readonly entries: readonly MeasurementEntry[];
}

/** IND-2: by period and version, the earliest period first. */
function groupsOf(entries: readonly MeasurementEntry[]): readonly Group[] {
  const orderOf = ({ period, definitionVersion }: MeasurementEntry): string =>
    `${period.until} ${period.from} ${String(definitionVersion).padStart(9, '0')}`;
  return [...Map.groupBy(entries, orderOf)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => ({ ...pick(group[0]!, ['period', 'definitionVersion']), entries: group }));
}

/** What a part of the total (none: the total itself) comes to. An action is to itself what a network is to itself. */
function rolledUpBy({ entries }: Group, { aggregation }: DefinitionVersion, { tree, scope }: Facts, part = '') {
  const current = entries.filter((one) => one.supersededBy === null && one.part === part);
  const own = scope.action === null ? current : current.map((one) => ({ ...one, action: null }));
  return rollUp(
    tree,
    Map.groupBy(own, ({ network }) => network),
    aggregation,
  );
}

const versionOf = ({ definitionVersion }: Group, { versions }: Facts): DefinitionVersion =>
  versions.find(({ version }) => version === definitionVersion)!;

const valueOf = (ranged: Ranged, { unit }: DefinitionVersion, text: string | null = null): TypeOf<typeof value> => ({
  ...pick(ranged, ['numerator', 'upTo', 'denominator']),
  text: text ?? valueText(unit, ranged),
});

const askedOf = (one: Value | null, { unit }: DefinitionVersion): TypeOf<typeof asked> | null =>
  one === null ? null : { ...one, text: valueText(unit, { ...one, upTo: null }) };

/** What a target says of a scope: a ratio is asked of each, a sum of the whole only. */
function targetOf(group: Group, version: DefinitionVersion, { targets, scope }: Facts): Value | null {
  const target = targetOn(targets, group.period);
  const isWhole = scope.action === null && scope.network === scope.card.network;
  return target !== undefined && (isWhole || isRatio(version)) ? pick(target, ['numerator', 'denominator']) : null;
}

/** What each network directly below that of the indicator must reach. */
const floorOf = (target: IndicatorTarget | undefined): Value | null =>
  target === undefined || target.floorPerChild === null
    ? null
    : { numerator: target.floorPerChild, denominator: target.denominator };

const missed = (value: Ranged | null, floor: Value | null, { ascending }: DefinitionVersion): boolean | null => {
  const reached = value === null || floor === null ? null : reaches(value, floor, ascending);
  return reached === null ? null : !reached;
};

const inPeriod = (group: Group, version: DefinitionVersion, facts: Facts, total: RolledUp<MeasurementEntry>) => {
  const target = targetOf(group, version, facts);
  return {
    ...pick(group, ['period', 'definitionVersion']),
    holds: versionOn(facts.versions, group.period.from)?.version === version.version,
    value: total.value === null ? null : valueOf(total.value, version, total.own?.text),
    quality: total.value?.quality ?? null,
    isOwn: total.own !== null,
    target: askedOf(target, version),
    met: total.value === null || target === null ? null : reaches(total.value, target, version.ascending),
  };
};

function pointOf(group: Group, facts: Facts, { networks }: QueryContext, only?: string): Omit<Point, 'isBreak'> {
  const version = versionOf(group, facts);
  const { scope } = facts;
  const total = rolledUpBy(group, version, facts);
  const floor =
    scope.action === null && scope.above === scope.card.network ? floorOf(targetOn(facts.targets, group.period)) : null;
  return {
    ...inPeriod(group, version, facts, total),
    measurement: total.own?.event ?? null,
    n: total.own?.n ?? null,
    floor: askedOf(floor, version),
    floorMissed: missed(total.value, floor, version),
    superseded: group.entries
      .filter((one) => one.supersededBy !== null && one.part === '')
      .toSorted((a, b) => (a.position < b.position ? -1 : 1))
      .map((one) => ({
        measurement: one.event,
        value: valueOf(one, version, one.text),
        ...pick(one, ['quality', 'recordedAt', 'supersededBy', 'supersededAt']),
      })),
    parts: total.own === null ? partsOf(total, version, networks) : [],
    dimensions: version.dimensions
      .filter(({ code }) => only === undefined || code === only)
      .flatMap((one) => dimensionOf(one, total.value, group, version, facts)),
  };
}

const partsOf = (
  { actions, below }: RolledUp<MeasurementEntry>,
  version: DefinitionVersion,
  networks: ReadonlySet<string>,
): Point['parts'] => [
  ...actions.map((one) => ({
    kind: 'action' as const,
    id: one.scope.id,
    value: valueOf(one, version, one.text),
    measurement: one.event,
  })),
  ...below.flatMap(({ network, value, own }) =>
    value === null
      ? []
      : {
          kind: 'network' as const,
          id: network,
          value: valueOf(value, version, own?.text),
          measurement: networks.has(network) ? (own?.event ?? null) : null,
        },
  ),
];

/** IND-5: the parts by one dimension, and what they come to less than the total. */
function dimensionOf(
  { code, values }: DefinitionVersion['dimensions'][number],
  total: Ranged | null,
  group: Group,
  version: DefinitionVersion,
  facts: Facts,
): Point['dimensions'] {
  const parts = values.map((one) => ({
    code: one,
    ...rolledUpBy(group, version, facts, partOf({ [code]: one })),
  }));
  const known = parts.flatMap(({ value }) => value ?? []);
  if (known.length === 0) return [];
  const rest = restOf(total, known, version);
  return [
    {
      code,
      values: parts.map((one) => ({
        code: one.code,
        value: one.value === null ? null : valueOf(one.value, version, one.own?.text),
        measurement: one.own?.event ?? null,
      })),
      unknown: rest === null ? null : valueOf(rest, version),
    },
  ];
}

/** Nothing can be said of ranges and of distinct people, nor where parts that are added up come to more than what was measured. */
function restOf(total: Ranged | null, parts: readonly Ranged[], { aggregation }: DefinitionVersion): Ranged | null {
  if (total === null || aggregation === 'distinct-none' || [total, ...parts].some(({ upTo }) => upTo !== null))
    return null;
  const numerator = total.numerator - sum(parts.map((one) => one.numerator));
  const denominator =
    total.denominator === null ? null : total.denominator - sum(parts.map((one) => one.denominator ?? 0));
  return numerator < 0 || (denominator ?? 0) < 0 ? null : { ...total, numerator, denominator };
}

function periodOf(group: Group, facts: Facts): TypeOf<typeof rolledUp> {
  const version = versionOf(group, facts);
  const { scope } = facts;
  const total = rolledUpBy(group, version, facts);
  const floor = scope.network === scope.card.network ? floorOf(targetOn(facts.targets, group.period)) : null;
  const networks = total.below.map(({ network, value, own }) => ({
    network,
    value: value === null ? null : valueOf(value, version, own?.text),
    quality: value?.quality ?? null,
    isOwn: own !== null,
    floor: askedOf(floor, version),
    floorMissed: missed(value, floor, version),
  }));
  return {
    ...inPeriod(group, version, facts, total),
    networks,
    measured: networks.filter(({ value }) => value !== null).length,
    actions: total.actions.length,
    floorsMissed: networks.filter(({ floorMissed }) => floorMissed === true).length,
  };
}

/** What a network comes to, period by period; within these days. */
export async function periodsWithin(
  reader: Reader,
  card: IndicatorCard,
  network: string,
  within: { readonly from?: string; readonly until?: string },
): Promise<readonly TypeOf<typeof rolledUp>[]> {
  const scope = { card, network, above: null, action: null };
  const facts = await factsOf(reader, scope, { ...within, isTotal: true });
  return groupsOf(facts.entries).map((group) => periodOf(group, facts));
}

/** What a network comes to in one period, by one definition. */
export async function rolledUpOf(
  reader: Reader,
  { of, version, aggregation }: DefinitionVersion,
  network: string,
  { from, until }: Group['period'],
): Promise<RolledUp<MeasurementEntry>> {
  const tree = await treeOf(reader, network);
  const entries = await measuredIn(reader, of, tree, { from, until, isTotal: true });
  const fitting = entries.filter(
    ({ definitionVersion, period }) => definitionVersion === version && period.from === from && period.until === until,
  );
  return rollUp(
    tree,
    Map.groupBy(fitting, (one) => one.network),
    aggregation,
  );
}

/** Networks directly below that do not reach their floor. */
export const floorsMissed = (
  { below }: RolledUp<MeasurementEntry>,
  target: IndicatorTarget,
  version: DefinitionVersion,
): readonly string[] =>
  below.filter(({ value }) => missed(value, floorOf(target), version) === true).map(({ network }) => network);
