import type { DecisionContext, Instant } from '#kernel';
import { action as actionAggregate } from '../action/state.ts';
import { indicator as indicatorAggregate, versionOn, type Version } from '../indicator/state.ts';
import type { Period } from '../indicator/events.ts';
import { isRatio } from '../measure.ts';
import { measurement, measurementId, valueKnown } from '../measurement/state.ts';
import { isPartOf, network as networkAggregate } from '../network/state.ts';
import { reject, unknown, type Rejection } from '../rejections.ts';
import { rollUp, type Own, type RolledUp, type Tree } from '../roll-up.ts';
import type { PrepareRelease } from './commands.ts';
import type { Line, Place, Prepared, Shown, ShownNetwork } from './events.ts';

type Look = DecisionContext['look'];
/** More would make one event, and one check, too large. */
const MOST_LINES = 500;
/** By networks, beside by a dimension. */
const NETWORKS = 'networks';
const UNKNOWN = '?';

interface Scopes {
  readonly networks: readonly ShownNetwork[];
  /** Actions that are measured, with their network. */
  readonly actions: readonly { readonly id: string; readonly network: string }[];
}

/** The exact table, taken from what was measured and known by then. */
export function exactTable(command: PrepareRelease, look: Look, knownAt: Instant): Prepared | Rejection {
  const { network, table, title, by = [] } = command;
  const dimensions = by.filter((one) => one !== NETWORKS);
  if (dimensions.length > 1) return reject('one-dimension', { member: 'by' });
  const [dimension = null] = dimensions;
  const scopes = scopesOf(command, look);
  if ('rejected' in scopes) return scopes;
  const shown: Shown[] = [];
  const lines: Line[] = [];
  for (const [at, indicator] of command.indicators.entries()) {
    const defined = look(indicatorAggregate, indicator);
    if (defined.status === 'none' || !isPartOf(network, defined.network, look))
      return unknown(`indicators/${at}`, indicator);
    for (const period of command.periods) {
      const version = versionOn(defined.versions, period.from);
      if (version === undefined)
        return reject('before-definition', { member: 'periods', validFrom: defined.versions[0]!.validFrom });
      const objection = unreleasable(version, `indicators/${at}`, indicator);
      if (objection !== undefined) return objection;
      const measured = linesOf({ indicator, version, period, dimension, scopes, network, isByNetwork: by.includes(NETWORKS), look, knownAt }); // prettier-ignore
      lines.push(...measured);
      if (measured.length > 0 && !shown.some((one) => isOf(one, indicator, version)))
        shown.push(shownOf(indicator, defined.code, version));
    }
  }
  if (dimension !== null && lines.every(({ category }) => category === null))
    return reject('unknown-dimension', { member: 'by', dimension, value: '' });
  if (lines.length === 0) return reject('nothing-measured');
  if (lines.length > MOST_LINES) return reject('table-too-large', { lines: lines.length, most: MOST_LINES });
  const networks = scopes.networks.filter(({ id }) => lines.some((line) => line.network === id));
  return { table, title, definitions: shown, networks, dimension, lines, knownAt };
}

const isOf = (shown: Shown, indicator: string, { version }: Version): boolean =>
  shown.indicator === indicator && shown.definitionVersion === version;

const shownOf = (
  indicator: string,
  code: string,
  { version, name, unit, sensitivity, aggregation }: Version,
): Shown => ({
  indicator,
  definitionVersion: version,
  code,
  name,
  unit,
  sensitivity,
  isAdded: aggregation !== 'distinct-none',
});

const unreleasable = ({ sensitivity, unit }: Version, member: string, indicator: string): Rejection | undefined =>
  sensitivity === 'internal' || unit === 'text'
    ? reject('not-releasable', { member, indicator, sensitivity, unit })
    : undefined;

/** All from where values are expected at or below the network, or were, and what the command names beside. */
function scopesOf(
  { network, networks = [], actions = [], indicators }: PrepareRelease,
  look: Look,
): Scopes | Rejection {
  const isHere = (id: string): boolean => isPartOf(id, network, look);
  const foreign = networks.find((id) => !isHere(id));
  if (foreign !== undefined) return unknown('networks', foreign);
  const attached = indicators.flatMap((id) => {
    const indicator = look(indicatorAggregate, id);
    return indicator.status === 'none' ? [] : Object.keys(indicator.scopes);
  });
  const found = new Map<string, { readonly id: string; readonly network: string }>();
  const below = new Set([network, ...networks]);
  for (const id of new Set([...actions, ...attached])) {
    const action = look(actionAggregate, id);
    if (action.status !== 'none' && isHere(action.network)) found.set(id, { id, network: action.network });
    else if (actions.includes(id)) return unknown('actions', id);
    else if (action.status === 'none' && isHere(id)) below.add(id);
  }
  for (const one of found.values()) below.add(one.network);
  for (const id of below) for (const one of pathTo(id, network, look)) below.add(one);
  return { networks: [...below].map((id) => shownNetwork(id, network, look)), actions: [...found.values()] };
}

/** The networks from one up to another. */
function pathTo(id: string, top: string, look: Look): readonly string[] {
  const found = look(networkAggregate, id);
  return id === top || found.status === 'none' || found.parent === null
    ? [id]
    : [id, ...pathTo(found.parent, top, look)];
}

function shownNetwork(id: string, top: string, look: Look): ShownNetwork {
  const found = look(networkAggregate, id);
  if (found.status === 'none') return { id, name: '', parent: null };
  return { id, name: found.name, parent: id === top ? null : found.parent };
}

interface Asked {
  readonly indicator: string;
  readonly version: Version;
  readonly period: Period;
  readonly dimension: string | null;
  readonly scopes: Scopes;
  readonly network: string;
  readonly isByNetwork: boolean;
  readonly look: Look;
  readonly knownAt: Instant;
}

/** What one indicator comes to in one period: in all and by each value of the dimension, here and in each network below. */
function linesOf(asked: Asked): readonly Line[] {
  const { version, dimension } = asked;
  const values = version.dimensions.find(({ code }) => code === dimension)?.values ?? [];
  const lines = [null, ...values].flatMap((category) => rowsOf(asked, category));
  return version.aggregation === 'distinct-none' ? lines : [...lines, ...unknownsIn(lines)];
}

function rowsOf(asked: Asked, category: string | null): readonly Line[] {
  const { indicator, version, period, network, scopes, isByNetwork } = asked;
  const rolled = rollUp(treeOf(network, scopes), measuredIn(asked, category), version.aggregation);
  const place = { indicator, definitionVersion: version.version, period, category };
  return (isByNetwork ? flat(rolled) : [rolled]).flatMap((one) => lineOf(one, place, version, isByNetwork));
}

const treeOf = (id: string, scopes: Scopes): Tree => ({
  id,
  below: scopes.networks.filter(({ parent }) => parent === id).map((one) => treeOf(one.id, scopes)),
});

const flat = (rolled: RolledUp<Own>): readonly RolledUp<Own>[] => [rolled, ...rolled.below.flatMap(flat)];

/** What each network and its actions measured of that, by the definition that holds for the period. */
function measuredIn({ indicator, version, period, dimension, scopes, look, knownAt }: Asked, category: string | null) {
  const dims = category === null ? {} : { [dimension!]: category };
  const measured = new Map<string, Own[]>();
  const all = [...scopes.networks.map(({ id }) => ({ network: id, action: null })), ...scopes.actions.map(({ id, network }) => ({ network, action: id }))]; // prettier-ignore
  for (const { network, action } of all) {
    const stream = look(measurement, measurementId(indicator, network, action ?? undefined));
    const value = valueKnown(stream, { period, dims, knownAt });
    if (value?.definitionVersion === version.version)
      measured.set(network, [...(measured.get(network) ?? []), { ...value, action }]);
  }
  return measured;
}

/** A network, and what of it is in none of those below; of small numbers no range is told. */
function lineOf(
  { network, value, below }: RolledUp<Own>,
  place: Omit<Place, 'network' | 'isElsewhere'>,
  version: Version,
  isByNetwork: boolean,
): readonly Line[] {
  if (value === null || (value.upTo !== null && version.sensitivity !== 'open')) return [];
  const { numerator, upTo } = value;
  const total = { ...place, network, isElsewhere: false, numerator, upTo, denominator: isRatio(version) ? value.denominator : null }; // prettier-ignore
  const parts = below.flatMap((one) => one.value ?? []);
  if (!isByNetwork || parts.length === 0 || version.aggregation === 'distinct-none') return [total];
  return [total, ...rest(total, parts).map((line) => ({ ...line, isElsewhere: true }))];
}

/** By IND-5: what the parts by the dimension do not tell. */
const unknownsIn = (lines: readonly Line[]): readonly Line[] =>
  lines
    .filter(({ category }) => category === null)
    .flatMap((total) => {
      const parts = lines.filter(
        (one) => one.category !== null && one.network === total.network && one.isElsewhere === total.isElsewhere,
      );
      return parts.length === 0 ? [] : rest(total, parts).map((line) => ({ ...line, category: UNKNOWN }));
    });

/** What is left of a total; nothing where nothing is, or where there is no saying. */
function rest(total: Line, parts: readonly Pick<Line, 'numerator' | 'denominator' | 'upTo'>[]): readonly Line[] {
  const numerator = parts.reduce((left, part) => left - part.numerator, total.numerator);
  const denominator =
    total.denominator === null ? null : parts.reduce((left, part) => left - (part.denominator ?? 0), total.denominator);
  const isRange = [total, ...parts].some(({ upTo }) => upTo !== null);
  const isNothing = numerator === 0 && (denominator ?? 0) === 0;
  return isRange || isNothing || numerator < 0 || (denominator ?? 0) < 0 ? [] : [{ ...total, numerator, denominator }];
}
