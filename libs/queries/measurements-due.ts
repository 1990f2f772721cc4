import { addDays, dayOf, type Day } from '#kernel';
import { lastPeriodOver, versionOn } from '#domain';
import type {
  ActionCard,
  DefinitionVersion,
  IndicatorCard,
  IndicatorScope,
  IndicatorTarget,
  MeasuredScope,
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
  const last = await lastPeriods(reader, chain, today);
  if (last.length === 0) return [];
  const [scopes, measured, targets] = await Promise.all([
    every<IndicatorScope>(reader, {
      model: 'indicator-scope',
      where: [
        ['measuredIn', 'eq', network.id],
        ['network', 'in', chain],
      ],
    }),
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

/** Of each indicator that runs, of this network and those above it, and has a calendar. */
async function lastPeriods(reader: Reader, chain: readonly string[], today: Day): Promise<readonly Last[]> {
  const all = <T extends object>(model: string): Promise<readonly T[]> =>
    Promise.all(chain.map((network) => ofNetwork<T>(reader, model, network))).then((found) => found.flat());
  const [cards, versions] = await Promise.all([
    all<IndicatorCard>('indicator-card'),
    all<DefinitionVersion>('definition-version'),
  ]);
  return cards.flatMap((card) => {
    const period = card.status === 'running' ? lastPeriodOver(card.frequency, today) : null;
    if (period === null) return [];
    const own = versions.filter(({ of }) => of === card.id).toSorted((a, b) => a.version - b.version);
    const version = versionOn(own, period.from);
    // Between two definitions with other calendars no period is over yet.
    return version?.frequency === card.frequency ? [{ card, version, period }] : [];
  });
}

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
