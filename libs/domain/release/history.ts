import type { Equation } from './certificate.ts';
import {
  isSmall,
  isSmallChange,
  partsOf,
  type Former,
  type PartOf,
  type Rules,
  type Sum,
  type Table,
} from './table.ts';

/** One release, with what is left of a whole without a part as a cell of its own (a rest), which is never shown as such. */
interface Release {
  readonly cells: Readonly<Record<string, number>>;
  readonly sums: readonly Sum[];
  readonly rests: ReadonlyMap<string, PartOf>;
  readonly rules: Rules;
  /** Whether its readers know the number; of the release that is being prepared nobody does yet. */
  readonly isShown: (cell: string) => boolean;
  readonly isHidden: (cell: string) => boolean;
}

/** What a cell comes to in one release, or in several that say the same. */
export interface Figure {
  readonly name: string;
  readonly cell: string;
  readonly value: number;
  /** Whether it stands in the release that is being prepared. */
  readonly isNow: boolean;
  /** So many values it must keep, by the first rule under which it had to; 0 when it need not be kept. */
  readonly demand: number;
}

/**
 * All releases of the same cells, the last one being prepared. A reader knows what was ever shown, and he is thought to know
 * of all that was hidden where it did not change from one release to another: so it is one figure, and known everywhere when
 * it was shown somewhere.
 */
export class History {
  /** What no reader knows yet. */
  readonly open: ReadonlyMap<string, Figure>;
  readonly #releases: readonly Release[];
  /** The rests that must be watched. */
  readonly #rests: ReadonlySet<string>;

  constructor(table: Table, rules: Rules, formers: readonly Former[]) {
    const rests = new Map([...formers, table].flatMap(partsOf).map((rest) => [restName(rest), rest]));
    this.#releases = [
      ...formers.map((former) => released(former, former.rules, former.hidden, rests)),
      released(table, rules, null, rests),
    ];
    this.#rests = new Set(
      this.#releases.flatMap(({ rests }, index) =>
        [...rests]
          .filter(([rest, one]) => one.because === 'percentage' || this.#tells(rest, index))
          .map(([rest]) => rest),
      ),
    );
    this.open = this.#open();
  }

  /** Whether it was hidden, and has not changed much since: who guesses that it has not shall not be helped. */
  wasHidden(cell: string): boolean {
    const { cells, rules } = this.#now;
    return this.#releases.some(
      (former) => former.isHidden(cell) && Math.abs(former.cells[cell]! - cells[cell]!) < rules.k,
    );
  }

  /** Whether it differs from a number that was shown by so few that they could be told apart. */
  changedLittle(cell: string): boolean {
    return this.#changedLittle(cell, this.#releases.length - 1);
  }

  /** What a reader can reckon with: in each release its sums, over what he does not know. */
  equations(): readonly Equation[] {
    const equations = new Map<string, Equation>();
    for (const { cells, sums, rests } of this.#releases)
      for (const { total, parts } of sums) {
        if (parts.some((part) => rests.has(part) && !this.#rests.has(part))) continue;
        const equation = [total, ...parts]
          .map((cell) => ({ cell: figureName(cell, cells[cell]!), sign: cell === total ? 1 : -1 }) as const)
          .filter(({ cell }) => this.open.has(cell));
        equations.set(JSON.stringify(equation), equation);
      }
    return [...equations.values()];
  }

  get #now(): Release {
    return this.#releases.at(-1)!;
  }

  #open(): ReadonlyMap<string, Figure> {
    const figures = new Map<string, Figure>();
    const known = new Set<string>();
    this.#releases.forEach((release, index) => {
      for (const [cell, value] of Object.entries(release.cells)) {
        if (release.rests.has(cell) && !this.#rests.has(cell)) continue;
        const name = figureName(cell, value);
        if (release.isShown(cell)) known.add(name);
        const isKept = release.rests.has(cell) ? this.#tells(cell, index) : release.isHidden(cell);
        const { demand = 0 } = figures.get(name) ?? {};
        const asked = isKept && (demand === 0 || release.rules.k < demand) ? release.rules.k : demand;
        figures.set(name, { name, cell, value, isNow: release === this.#now, demand: asked });
      }
    });
    for (const name of known) figures.delete(name);
    return figures;
  }

  /** Whether by its size, or by how little it changed since it was shown, it tells of a few. */
  #tells(cell: string, index: number): boolean {
    const { cells, rules } = this.#releases[index]!;
    return isSmall(cells[cell]!, rules) || this.#changedLittle(cell, index);
  }

  #changedLittle(cell: string, index: number): boolean {
    const { cells, rules } = this.#releases[index]!;
    return this.#releases
      .slice(0, index)
      .some((former) => former.isShown(cell) && isSmallChange(former.cells[cell]!, cells[cell]!, rules));
  }
}

function released(
  { cells, sums }: Table,
  rules: Rules,
  hidden: readonly string[] | null,
  ofAll: ReadonlyMap<string, PartOf>,
): Release {
  const rests = new Map([...ofAll].filter(([, { whole, part }]) => cells[whole]! >= cells[part]!));
  const left = [...rests].map(([name, { whole, part }]) => [name, cells[whole]! - cells[part]!] as const);
  const kept = new Set(hidden);
  const isShown = (cell: string): boolean => cell in cells && !kept.has(cell);
  return {
    cells: { ...cells, ...Object.fromEntries(left) },
    sums: [...sums, ...[...rests].map(([name, { whole, part }]) => ({ total: whole, parts: [part, name] }))],
    rests,
    rules,
    isShown: (cell) => {
      const rest = rests.get(cell);
      return hidden !== null && (rest === undefined ? isShown(cell) : isShown(rest.whole) && isShown(rest.part));
    },
    isHidden: (cell) => kept.has(cell),
  };
}

/** No cell's name has this sign. */
const restName = ({ whole, part }: PartOf): string => `${whole}\u2216${part}`;
const figureName = (cell: string, value: number): string => `${cell}=${value}`;
