import type { Ratio, Rules, Sum } from './table.ts';

/*
 * Who wants to know a hidden number, written without a look at how numbers are hidden: it searches all whole numbers that
 * agree with all that was published. Beside that it is told more than anybody knows: of every hidden number in which
 * releases it was the same.
 */

/** What one release published: its cells by their true numbers, which of them it hid, and the percentages it showed. */
export interface Published {
  readonly cells: Readonly<Record<string, number>>;
  readonly sums: readonly Sum[];
  readonly ratios: readonly Ratio[];
  readonly hidden: ReadonlySet<string>;
  /** In hundredths of a percent, rounded half up. */
  readonly percentages: readonly { readonly ratio: Ratio; readonly shown: number }[];
  readonly rules: Rules;
}

/** A cell, or a whole without one of its parts. */
interface Secret {
  readonly whole: string;
  readonly without?: string;
}

/** What the attacker found out. */
export interface Broken {
  readonly release: number;
  readonly secret: string;
  readonly truth: number;
  readonly values: readonly number[];
}

interface What {
  readonly unknown: number | null;
  readonly constant: number;
}

/** `Σ factor · unknown ≥ least` */
interface AtLeast {
  readonly terms: readonly (readonly [unknown: number, factor: number])[];
  readonly least: number;
}

export const hundredths = (numerator: number, denominator: number): number =>
  Math.floor((20_000 * numerator + denominator) / (2 * denominator));

/** The first secret of all releases that can be narrowed to fewer than `k` values, or to values that are all below `k`. */
export function attack(releases: readonly Published[]): Broken | null {
  const mind = new Mind(releases);
  for (const [index, release] of releases.entries())
    for (const secret of secretsOf(releases, index)) {
      const broken = mind.narrow(index, secret, release.rules.k);
      if (broken !== null) return broken;
    }
  return null;
}

const value = ({ cells }: Published, { whole, without }: Secret): number =>
  cells[whole]! - (without === undefined ? 0 : cells[without]!);
const knows = ({ cells, hidden }: Published, { whole, without }: Secret): boolean =>
  [whole, ...(without === undefined ? [] : [without])].every((cell) => cells[cell] !== undefined && !hidden.has(cell));

/** Hidden cells, and small complements, and what changed by a few since it was known. */
function secretsOf(releases: readonly Published[], index: number): readonly Secret[] {
  const release = releases[index]!;
  const { cells, hidden, sums, ratios, rules } = release;
  const formers = releases.slice(0, index);
  const isFew = (few: number): boolean => (few > 0 || rules.suppressZero) && few < rules.k;
  const changedLittle = (secret: Secret): boolean =>
    formers.some((former) => {
      const change = knows(former, secret) ? Math.abs(value(former, secret) - value(release, secret)) : 0;
      return change > 0 && change < rules.k;
    });
  const complements = [
    ...sums.flatMap(({ total, parts }) =>
      parts.length < 2 ? [] : parts.map((without) => ({ whole: total, without })),
    ),
    ...ratios.filter(({ isShare }) => isShare).map((one) => ({ whole: one.denominator, without: one.numerator })),
  ];
  const isStale = (secret: Secret): boolean =>
    formers.some((former) => knows(former, secret) && value(former, secret) === value(release, secret));
  return [
    ...Object.keys(cells)
      .map((whole) => ({ whole }))
      .filter((one) => hidden.has(one.whole) || isFew(value(release, one)) || changedLittle(one)),
    ...complements.filter((one) => isFew(value(release, one)) || changedLittle(one)),
  ].filter((secret) => !isStale(secret));
}

/** Taken once: in a test's own realm each look at a global is dear. */
const ceil = Math.ceil;
const floor = Math.floor;

class Mind {
  readonly #releases: readonly Published[];
  readonly #truths: number[] = [];
  /** So far above the truth it looks at most. */
  readonly #far: number;
  readonly #facts: AtLeast[] = [];
  readonly #found = new Map<string, What>();
  /** What agrees with everything, as far as it was looked for. */
  readonly #agreeing: (readonly number[])[] = [];

  constructor(releases: readonly Published[]) {
    this.#releases = releases;
    const most = Math.max(0, ...releases.flatMap(({ cells }) => Object.values(cells)));
    this.#far = most + 3 * Math.max(0, ...releases.map(({ rules }) => rules.k));
    releases.forEach((release, index) => {
      for (const cell of Object.keys(release.cells)) this.#what(index, cell);
      for (const { total, parts } of release.sums)
        this.#equal(index, [[total, 1], ...parts.map((part) => [part, -1] as const)]);
      for (const { numerator, denominator, isShare } of release.ratios)
        if (isShare) this.#atLeast(index, [[denominator, 1], [numerator, -1]], 0); // prettier-ignore
      for (const { ratio, shown } of release.percentages) {
        const { numerator, denominator } = ratio;
        this.#atLeast(index, [[numerator, 20_000], [denominator, 1 - 2 * shown]], 0); // prettier-ignore
        this.#atLeast(index, [[denominator, 1 + 2 * shown], [numerator, -20_000]], 1); // prettier-ignore
      }
    });
  }

  narrow(index: number, { whole, without }: Secret, k: number): Broken | null {
    const terms = [[whole, 1] as const, ...(without === undefined ? [] : [[without, -1] as const])];
    const form = this.#sum(index, terms);
    const of = (solution: readonly number[]): number =>
      form.constant + form.terms.reduce((sum, [unknown, factor]) => sum + factor * solution[unknown]!, 0);
    const truth = value(this.#releases[index]!, { whole, ...(without !== undefined && { without }) });
    const values = new Set(this.#agreeing.map(of));
    const isKept = (): boolean => values.size >= k && [...values].some((one) => one >= k);
    for (let away = 0; away <= truth + 3 * k && !isKept(); away++)
      for (const one of new Set([truth + away, truth - away])) {
        if (one < 0 || values.has(one) || isKept()) continue;
        const solution = this.#solve([
          { terms: form.terms, least: one - form.constant },
          { terms: form.terms.map(([unknown, factor]) => [unknown, -factor]), least: form.constant - one },
        ]);
        if (solution === null) continue;
        this.#agreeing.push(solution);
        values.add(one);
      }
    const secret = without === undefined ? whole : `${whole} without ${without}`;
    return isKept() ? null : { release: index, secret, truth, values: [...values].toSorted((a, b) => a - b) };
  }

  /** A number that is known, or what stands for it in every release in which it is the same. */
  #what(index: number, cell: string): What {
    const truth = this.#releases[index]!.cells[cell]!;
    const name = `${cell}: ${truth}`;
    const found = this.#found.get(name) ?? this.#find(cell, truth);
    this.#found.set(name, found);
    return found;
  }

  #find(cell: string, truth: number): What {
    const same = this.#releases.filter(({ cells }) => cells[cell] === truth);
    if (same.some(({ hidden }) => !hidden.has(cell))) return { unknown: null, constant: truth };
    return { unknown: this.#truths.push(truth) - 1, constant: 0 };
  }

  #sum(index: number, terms: readonly (readonly [cell: string, factor: number])[]) {
    const found = new Map<number, number>();
    let constant = 0;
    for (const [cell, factor] of terms) {
      const { unknown, constant: known } = this.#what(index, cell);
      constant += factor * known;
      if (unknown !== null) found.set(unknown, (found.get(unknown) ?? 0) + factor);
    }
    return { terms: [...found].filter(([, factor]) => factor !== 0), constant };
  }

  #atLeast(index: number, terms: readonly (readonly [cell: string, factor: number])[], least: number): void {
    const sum = this.#sum(index, terms);
    if (sum.terms.length > 0) this.#facts.push({ terms: sum.terms, least: least - sum.constant });
  }

  #equal(index: number, terms: readonly (readonly [cell: string, factor: number])[]): void {
    this.#atLeast(index, terms, 0);
    this.#atLeast(index, terms.map(([cell, factor]) => [cell, -factor]), 0); // prettier-ignore
  }

  #solve(more: readonly AtLeast[]): readonly number[] | null {
    const facts = [...this.#facts, ...more];
    return search(facts, this.#truths.map(() => 0), this.#truths.map((truth) => truth + this.#far), this.#truths); // prettier-ignore
  }
}

/** Whole numbers between these bounds for which all facts hold: exact; it begins near the truth only to be done sooner. */
function search(
  facts: readonly AtLeast[],
  low: number[],
  high: number[],
  truths: readonly number[],
): readonly number[] | null {
  if (!narrowed(facts, low, high)) return null;
  let open = -1;
  for (let unknown = 0; unknown < low.length; unknown++) {
    const room = high[unknown]! - low[unknown]!;
    if (room > 0 && (open < 0 || room < high[open]! - low[open]!)) open = unknown;
  }
  if (open < 0) return low;
  const [least, most] = [low[open]!, high[open]!];
  const near = truths[open]! < least ? least : truths[open]! > most ? most : truths[open]!;
  for (const [from, to] of [
    [near, near],
    [least, near - 1],
    [near + 1, most],
  ] as const) {
    const found = from > to ? null : search(facts, with_(low, open, from), with_(high, open, to), truths);
    if (found !== null) return found;
  }
  return null;
}

function with_(bounds: readonly number[], at: number, bound: number): number[] {
  const copy = [...bounds];
  copy[at] = bound;
  return copy;
}

/** Draws the bounds in until no fact says more; false when there is nothing between them. */
function narrowed(facts: readonly AtLeast[], low: number[], high: number[]): boolean {
  for (let changed = true; changed;) {
    changed = false;
    for (const { terms, least } of facts) {
      let most = -least;
      for (const [unknown, factor] of terms) most += factor * (factor > 0 ? high : low)[unknown]!;
      if (most < 0) return false;
      for (const [unknown, factor] of terms) {
        // So far this one may go before the fact breaks with all others at their best.
        const room = most / factor;
        if (factor > 0 && high[unknown]! - room > low[unknown]!) {
          low[unknown] = ceil(high[unknown]! - room);
          changed = true;
        } else if (factor < 0 && low[unknown]! - room < high[unknown]!) {
          high[unknown] = floor(low[unknown]! - room);
          changed = true;
        }
        if (low[unknown]! > high[unknown]!) return false;
      }
    }
  }
  return true;
}
