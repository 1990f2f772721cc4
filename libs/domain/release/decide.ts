import { canonical, nothing, plain, type DecisionContext } from '#kernel';
import { network as networkAggregate } from '../network/state.ts';
import { reject, unknown, type Decide, type Rejection } from '../rejections.ts';
import { valueText } from '../roll-up.ts';
import type { CheckRelease, PrepareRelease, PublishRelease, WithdrawRelease } from './commands.ts';
import { disclose } from './disclosure.ts';
import type { Hidden, Line, Place, Prepared, PublicLine, PublicTable, ReleaseEvent } from './events.ts';
import { exactTable } from './exact.ts';
import { figuresOf, numbersOf } from './figures.ts';
import { keptIn, release as releaseAggregate, toldOf, type Check, type Release } from './state.ts';
import type { Former, Rules } from './table.ts';

type Decider<C> = Decide<C, Release, ReleaseEvent>;
type Look = DecisionContext['look'];
const wrongState = ({ status }: Release): Rejection => reject('invalid-state', { status });

export const prepare: Decider<PrepareRelease> = (command, release, { look, now }) => {
  if (release.status !== 'none') return nothing;
  if (look(networkAggregate, command.network).status !== 'running') return unknown('network', command.network);
  const prepared = exactTable(command, look, now);
  return 'rejected' in prepared ? prepared : { type: 'ReleasePrepared', data: prepared };
};

/** `domain.md` §4.4: what is hidden, for its size and for all that was ever told of the same figures. */
export const check: Decider<CheckRelease> = (_command, release, { look, id }) => {
  if (release.status !== 'prepared' && release.status !== 'checked') return wrongState(release);
  const kept = keptIn(release.prepared);
  // Others have been compared with it as it is, though it never came to be published.
  if (kept.some((indicator) => toldOf(indicator, look).includes(id))) return wrongState(release);
  const network = look(networkAggregate, release.network);
  if (network.status === 'none') return unknown('network', release.network);
  const rules = network.policy.disclosure;
  const hidden = kept.map((indicator) => hiddenOf(release.prepared, indicator, rules, look));
  const cells = hidden.flatMap(({ exposed }) => exposed);
  if (cells.length > 0) return reject('release-differs', { cells });
  const checked: Check = {
    rules,
    hidden: hidden.flatMap((one) => one.hidden).toSorted((a, b) => a.line - b.line),
    considered: Object.fromEntries(kept.map((indicator) => [indicator, toldOf(indicator, look)])),
  };
  return release.check !== null && canonical(plain(release.check)) === canonical(plain(checked))
    ? nothing
    : { type: 'ReleaseChecked', data: checked };
};

/** What of one indicator is hidden, and what cannot be. */
function hiddenOf(prepared: Prepared, indicator: string, rules: Rules, look: Look) {
  const { places, ...table } = figuresOf(prepared, indicator);
  const formers = toldOf(indicator, look).flatMap((id) => formerOf(id, indicator, look));
  const { hidden, exposed } = disclose(table, rules, formers);
  const told: readonly Hidden[] = Object.entries(hidden).map(([name, why]) => ({ ...places.get(name)!, why }));
  return { hidden: told, exposed: exposed.map((name) => placeOf(prepared, places.get(name)?.line, indicator)) };
}

/** Where the reader finds it; of what another table hides only of which indicator it is. */
function placeOf({ lines }: Prepared, line: number | undefined, indicator: string): Partial<Place> {
  if (line === undefined) return { indicator };
  const { period, network, category } = lines[line]!;
  return { indicator, period, network, category };
}

function formerOf(id: string, indicator: string, look: Look): readonly Former[] {
  const former = look(releaseAggregate, id);
  if (former.status === 'none' || former.check === null) return [];
  const { places, ...table } = figuresOf(former.prepared, indicator);
  const isHidden = ({ line, number }: { readonly line: number; readonly number: string }): boolean =>
    former.check!.hidden.some((one) => one.line === line && one.number === number);
  const hidden = [...places].filter(([, place]) => isHidden(place)).map(([name]) => name);
  return [{ ...table, hidden, rules: former.check.rules }];
}

/** By another person than who prepared it; first each indicator notes that it is told. */
export const publish: Decider<PublishRelease> = (_command, release, { look, id, actor }) => {
  if (release.status === 'published') return nothing;
  if (release.status !== 'checked' || release.check === null) return wrongState(release);
  const { preparedBy, prepared, check } = release;
  if (actor.subject === preparedBy) return reject('four-eyes', { person: preparedBy });
  const network = look(networkAggregate, release.network);
  if (network.status === 'none' || !isSame(network.policy.disclosure, check.rules)) return reject('check-outdated', {});
  const event = { type: 'ReleasePublished', data: publicTable(prepared, check) } as const;
  const untold = keptIn(prepared).find((indicator) => !toldOf(indicator, look).includes(id));
  if (untold === undefined) return event;
  const body = { indicator: untold, release: id, considered: check.considered[untold]! };
  return { first: { command: 'DiscloseFigures', body, key: `${id}/${untold}` }, then: event };
};

const isSame = (one: Rules, other: Rules): boolean => one.k === other.k && one.suppressZero === other.suppressZero;

export const withdraw: Decider<WithdrawRelease> = ({ reason }, release) => {
  if (release.status === 'withdrawn') return nothing;
  if (release.status !== 'published') return wrongState(release);
  return reason === undefined ? reject('reason-required') : { type: 'ReleaseWithdrawn', data: {} };
};

/** All that is hidden looks the same: why a number is not told would tell of it. */
function publicTable(
  { table, title, networks, dimension, ...prepared }: Prepared,
  { hidden, rules }: Check,
): PublicTable {
  const definitions = prepared.definitions.map(({ sensitivity: _sensitivity, isAdded: _isAdded, ...one }) => one);
  const lines = prepared.lines.map((line, index): PublicLine => {
    const { unit } = definitionOf(prepared, line);
    const kept = numbersOf(line).filter((number) => hidden.some((one) => one.line === index && one.number === number));
    return {
      ...line,
      numerator: kept.includes('numerator') ? null : line.numerator,
      denominator: kept.includes('denominator') ? null : line.denominator,
      hidden: kept,
      text: kept.length === 0 ? valueText(unit, line) : isSmallAlone(line, prepared, rules) ? `<${rules.k}` : HIDDEN,
    };
  });
  return { table, title, networks, dimension, definitions, lines, k: rules.k };
}

/** Hidden numbers that stand beside others all look alike: which of them are small is not told. */
const HIDDEN = '–';

/** A small count that is the only one of its indicator and period: with nothing beside it, "below k" tells no more than that. */
const isSmallAlone = (
  { indicator, period, numerator, denominator }: Line,
  { lines }: Pick<Prepared, 'lines'>,
  { k }: Rules,
): boolean =>
  denominator === null &&
  numerator < k &&
  lines.filter(
    (one) => one.indicator === indicator && one.period.from === period.from && one.period.until === period.until,
  ).length === 1;

const definitionOf = ({ definitions }: Pick<Prepared, 'definitions'>, line: Line) =>
  definitions.find((one) => one.indicator === line.indicator && one.definitionVersion === line.definitionVersion)!;
