import { percent, quotient, sum } from '#kernel';
import type { Aggregation, Quality, Unit } from './codes.ts';
import { isMet, isRatio, type Value } from './measure.ts';

/** A network with those below it. */
export interface Tree {
  readonly id: string;
  readonly below: readonly Tree[];
}

/** A value, or where it is not known more closely the range in which it lies: from `numerator` up to `upTo`. */
export interface Ranged extends Value {
  readonly upTo: number | null;
  readonly quality: Quality;
}

/** What a network, or one of its actions, measured: of one version, period and part. */
export interface Own extends Ranged {
  /** Null: the network itself. */
  readonly action: string | null;
}

export interface RolledUp<M extends Own> {
  readonly network: string;
  /** Null: nothing was measured, here or below. */
  readonly value: Ranged | null;
  /** What the network itself measured; then nothing is added up. */
  readonly own: M | null;
  readonly actions: readonly M[];
  readonly below: readonly RolledUp<M>[];
}

/**
 * What a network comes to: its own measurement where there is one, else what its actions and the networks directly below it
 * come to, each by the same rule (IND-1, IND-2, IND-4). All values are of one version, period and part.
 */
export function rollUp<M extends Own>(
  tree: Tree,
  measured: ReadonlyMap<string, readonly M[]>,
  aggregation: Aggregation,
): RolledUp<M> {
  const here = measured.get(tree.id) ?? [];
  const own = here.find(({ action }) => action === null) ?? null;
  const actions = here.filter(({ action }) => action !== null);
  const below = tree.below.map((one) => rollUp(one, measured, aggregation));
  const parts = [...actions, ...below.flatMap(({ value }) => value ?? [])];
  return { network: tree.id, value: own ?? together(parts, aggregation), own, actions, below };
}

/** From the surest to the least sure. */
const SURE: readonly Quality[] = ['measured', 'estimated', 'provisional'];

/** Numerators and denominators are added up, never means; of distinct people only the range is known in which they lie. */
function together(parts: readonly Ranged[], aggregation: Aggregation): Ranged | null {
  const [first] = parts;
  if (first === undefined) return null;
  const lowest = parts.map(({ numerator }) => numerator);
  const low = aggregation === 'distinct-none' ? Math.max(...lowest) : sum(lowest);
  const high = sum(parts.map(({ numerator, upTo }) => upTo ?? numerator));
  return {
    numerator: low,
    upTo: high > low ? high : null,
    denominator: isRatio({ aggregation }) ? sum(parts.map(({ denominator }) => denominator ?? 0)) : null,
    quality: SURE[Math.max(...parts.map(({ quality }) => SURE.indexOf(quality)))]!,
  };
}

/** As it is shown: two decimals, half-up, from exact integers, as text; what is no ratio in whole numbers. */
export function valueText(unit: Unit, { numerator, upTo, denominator }: Omit<Ranged, 'quality'>): string {
  const share = unit === 'percent' ? percent : quotient;
  const shown = (number: number): string =>
    denominator === null || denominator === 0 ? String(number) : share(number, denominator);
  return upTo === null ? shown(numerator) : `${shown(numerator)}–${shown(upTo)}`;
}

/** Whether it reaches that; null where only a range is known and the answer depends on where in it the value lies. */
export function reaches(value: Ranged, asked: Value, ascending: boolean): boolean | null {
  const ends = [value.numerator, value.upTo ?? value.numerator].map((numerator) =>
    isMet({ ...value, numerator }, asked, ascending),
  );
  return ends[0] === ends[1] ? ends[0]! : null;
}
