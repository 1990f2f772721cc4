import { addDays, dayOf, type Day } from '#kernel';
import { lastPeriodOver, versionOn } from '#domain';
import type {
  ActionCard,
  DefinitionVersion,
  IndicatorCard,
  IndicatorScope,
  IndicatorTarget,
  MeasuredScope,
  MeasurementEntry,
  NetworkCard,
} from '#projections';
import type { Reader } from '#read-store';
import { floorsMissed, rolledUpOf } from './indicator-values.ts';
import { andAbove, targetOn } from './indicators.ts';
import { every, ofNetwork } from './question.ts';
import type { WorkKind } from './words.ts';

/** What a network has to do about an indicator: measure, or see to a network below it. */
interface Due {
  readonly kind: Extract<WorkKind, 'measurement-missing' | 'floor-missed'>;
  readonly indicator: string;
  readonly subject: { readonly aggregate: 'network' | 'action'; readonly id: string };
  readonly since: Day;
}

/** Something of which a value may be expected, and since when it is there. */
interface Running {
  readonly aggregate: 'network' | 'action';
  readonly since: Day;
}

/** The last period that is over, and the definition that holds for it. */
interface Last {
  readonly card: IndicatorCard;
  readonly version: DefinitionVersion;
  readonly period: { readonly from: Day; readonly until: Day };
}

/** What was not measured of the last period that is over, and which networks below did not reach their floor in it. */
export async function measurementsDue(
  reader: Reader,
  network: NetworkCard,
  actions: readonly ActionCard[],
  today: Day,
): Promise<readonly Due[]> {
  const chain = await andAbove(reader, network.id);
  const indicators = await runningIndicators(reader, chain);
  const last = indicators.flatMap((one) => lastPeriod(one, today) ?? []);
  if (last.length === 0) return [];
  const [scopes, measured, targets] = await Promise.all([
    scopesOf(reader, network.id, chain),
    ofNetwork<MeasuredScope>(reader, 'measured-scope', network.id),
    every<IndicatorTarget>(reader, {
      model: 'indicator-target',
      where: [['network', 'eq', network.id]],
      sort: ['position', 1],
    }),
  ]);
  const running = runningOf(network, actions);
  const due = await Promise.all(
    last.map(async (one) => [
      ...(await missing(reader, one, network.id, running, scopes, measured)),
      ...(await below(reader, one, network.id, targets)),
    ]),
  );
  return due.flat();
}

/** An indicator that runs, with all its definitions. */
interface Indicator {
  readonly card: IndicatorCard;
  /** The earliest first. */
  readonly versions: readonly DefinitionVersion[];
}

/** Those of this network and of the networks above it. */
async function runningIndicators(reader: Reader, chain: readonly string[]): Promise<readonly Indicator[]> {
  const all = <T extends object>(model: string): Promise<readonly T[]> =>
    Promise.all(chain.map((network) => ofNetwork<T>(reader, model, network))).then((found) => found.flat());
  const [cards, versions] = await Promise.all([
    all<IndicatorCard>('indicator-card'),
    all<DefinitionVersion>('definition-version'),
  ]);
  return cards
    .filter(({ status }) => status === 'running')
    .map((card) => ({
      card,
      versions: versions.filter(({ of }) => of === card.id).toSorted((a, b) => a.version - b.version),
    }));
}

/** The last period that was over on a day, where the indicator has a calendar; earlier ones from the first day of a later one on. */
function lastPeriod({ card, versions }: Indicator, day: Day): Last | undefined {
  const period = lastPeriodOver(card.frequency, day);
  const version = period === null ? undefined : versionOn(versions, period.from);
  // Between two definitions with other calendars no period is over yet.
  return period !== null && version?.frequency === card.frequency ? { card, version, period } : undefined;
}

const scopesOf = (reader: Reader, network: string, chain: readonly string[]): Promise<readonly IndicatorScope[]> =>
  every<IndicatorScope>(reader, {
    model: 'indicator-scope',
    where: [
      ['measuredIn', 'eq', network],
      ['network', 'in', chain],
    ],
  });

const runningOf = (network: NetworkCard, actions: readonly ActionCard[]): ReadonlyMap<string, Running> =>
  new Map<string, Running>([
    [network.id, { aggregate: 'network', since: dayOf(network.foundedAt) }],
    ...actions.flatMap(({ id, status, startedAt }) =>
      status === 'active' && startedAt !== null
        ? [[id, { aggregate: 'action', since: dayOf(startedAt) }] as const]
        : [],
    ),
  ]);

/** Of what was attached, or measured once and not detached since; a network has a value too when its parts have. */
async function missing(
  reader: Reader,
  { card, version, period }: Last,
  network: string,
  running: ReadonlyMap<string, Running>,
  scopes: readonly IndicatorScope[],
  measured: readonly MeasuredScope[],
): Promise<readonly Due[]> {
  const said = new Map(scopes.filter(({ of }) => of === card.id).map((one) => [one.scope.id, one]));
  const own = new Map(measured.filter(({ indicator }) => indicator === card.id).map((one) => [one.scope.id, one]));
  const silent = [...new Set([...said.keys(), ...own.keys()])].filter((id) => {
    const last = own.get(id)?.last;
    const isTold = last?.period.until === period.until && last.definitionVersion === version.version;
    const wasThere = (running.get(id)?.since ?? '9999') <= period.until;
    return wasThere && !isTold && said.get(id)?.attached !== false;
  });
  const summed = silent.includes(network) ? (await rolledUpOf(reader, version, network, period)).value : null;
  return silent
    .filter((id) => id !== network || summed === null)
    .map((id) => {
      const over = addDays(period.until, 1);
      const attached = said.get(id);
      const since = attached === undefined || dayOf(attached.since) < over ? over : dayOf(attached.since);
      const { aggregate } = running.get(id)!;
      return { kind: 'measurement-missing', indicator: card.id, subject: { aggregate, id }, since };
    });
}

async function below(
  reader: Reader,
  { card, version, period }: Last,
  network: string,
  targets: readonly IndicatorTarget[],
): Promise<readonly Due[]> {
  const target = targetOn(
    targets.filter(({ of }) => of === card.id),
    period,
  );
  if (target === undefined || target.floorPerChild === null) return [];
  const missed = floorsMissed(await rolledUpOf(reader, version, network, period), target, version);
  return missed.map((id) => ({
    kind: 'floor-missed',
    indicator: card.id,
    subject: { aggregate: 'network', id },
    since: addDays(period.until, 1),
  }));
}

/** A period of which something is to be measured, and whether it was. */
export interface ToMeasure extends Pick<Due, 'indicator' | 'subject'> {
  readonly period: Last['period'];
  readonly measured: boolean;
}

/** What is to be measured of periods that are over, first on a day from `from` to `until`. */
export async function measurementsBetween(
  reader: Reader,
  network: NetworkCard,
  actions: readonly ActionCard[],
  { from, until }: Last['period'],
): Promise<readonly ToMeasure[]> {
  const chain = await andAbove(reader, network.id);
  const indicators = await runningIndicators(reader, chain);
  const [scopes, measured, values] = await Promise.all([
    scopesOf(reader, network.id, chain),
    ofNetwork<MeasuredScope>(reader, 'measured-scope', network.id),
    every<MeasurementEntry>(reader, {
      model: 'measurement',
      where: [
        ['network', 'eq', network.id],
        ['part', 'eq', ''],
        ['period.until', 'gte', addDays(from, -1)],
        ['period.until', 'lt', until],
      ],
      sort: ['period.until', 1],
    }),
  ]);
  const told = new Set(values.map((one) => keyOf(one.indicator, one.scope.id, one.period)));
  const running = runningOf(network, actions);
  const found = indicators
    .flatMap((one) => periodsOver(one, from, until))
    .flatMap((last) => expectedOf(last, running, scopes, measured).map((id) => ({ id, last })));
  return Promise.all(
    found.map(async ({ id, last: { card, version, period } }) => ({
      indicator: card.id,
      subject: { aggregate: running.get(id)!.aggregate, id },
      period,
      measured:
        told.has(keyOf(card.id, id, period)) ||
        (id === network.id && (await rolledUpOf(reader, version, id, period)).value !== null),
    })),
  );
}

const keyOf = (indicator: string, scope: string, { from, until }: Last['period']): string =>
  [indicator, scope, from, until].join(' ');

function periodsOver(indicator: Indicator, from: Day, until: Day): readonly Last[] {
  const periods: Last[] = [];
  for (
    let last = lastPeriod(indicator, until);
    last !== undefined && addDays(last.period.until, 1) >= from;
    last = lastPeriod(indicator, last.period.from)
  )
    periods.push(last);
  return periods;
}

/** Networks and actions that were there in the period and had been attached by its end, or measured once and were not detached since. */
function expectedOf(
  { card, period }: Last,
  running: ReadonlyMap<string, Running>,
  scopes: readonly IndicatorScope[],
  measured: readonly MeasuredScope[],
): readonly string[] {
  const said = new Map(scopes.filter(({ of }) => of === card.id).map((one) => [one.scope.id, one]));
  const own = measured.flatMap(({ indicator, scope }) => (indicator === card.id ? scope.id : []));
  const isExpected = (id: string): boolean => {
    const attached = said.get(id);
    return attached === undefined
      ? own.includes(id)
      : attached.attached && dayOf(attached.since) <= addDays(period.until, 1);
  };
  return [...new Set([...said.keys(), ...own])].filter(
    (id) => isExpected(id) && (running.get(id)?.since ?? '9999') <= period.until,
  );
}
