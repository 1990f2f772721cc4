import { Certificates, type Movable } from './certificate.ts';
import { History, type Figure } from './history.ts';
import { isSmall, levels, partsOf, type Former, type Rules, type Table } from './table.ts';

/** Why a cell is not shown: only inside, for outside all that is hidden looks the same. */
export type Why = 'primary' | 'complement' | 'percentage' | 'difference' | 'secondary';

export interface Disclosure {
  readonly hidden: Readonly<Record<string, Why>>;
  /** What cannot be kept whatever is hidden, for what was published before. */
  readonly exposed: readonly string[];
}

/**
 * What of a table may be shown, after all that was shown of its cells before (`domain.md` §4.4). Small counts are hidden, and
 * what would tell them; then more, the cheapest first, until each secret has its certificate: at least `k` values that agree
 * with everything that was ever published, one of them `k` or more. A percentage is shown where both its cells are.
 */
export function disclose(table: Table, rules: Rules, formers: readonly Former[] = []): Disclosure {
  const history = new History(table, rules, formers);
  const hidden = new Map(firstHidden(table, rules, history));
  const isHidden = ({ cell, isNow }: Figure): boolean => isNow && hidden.has(cell);
  const certificates = new Certificates(movableIn(table, history, isHidden));
  const exposed = new Set<string>();
  const open = [...history.open.values()].filter((figure) => figure.demand > 0 || isHidden(figure));
  // What is hidden for a secret is one itself.
  const secrets = open.toSorted((a, b) => a.value - b.value || (a.name < b.name ? -1 : 1));
  for (const { name, cell, demand } of secrets) {
    const k = demand === 0 ? rules.k : Math.min(demand, rules.k);
    const moved = certificates.of(name, k);
    for (const one of moved ?? history.open.keys()) {
      const figure = history.open.get(one)!;
      if (!figure.isNow || !(figure.cell in table.cells) || isHidden(figure)) continue;
      hidden.set(figure.cell, 'secondary');
      secrets.push(figure);
    }
    if (moved === null && certificates.of(name, k) === null) exposed.add(cell);
  }
  return { hidden: Object.fromEntries(hidden), exposed: [...exposed] };
}

/** Whether a percentage may be shown. */
export const showsRatio = (
  { numerator, denominator }: { readonly numerator: string; readonly denominator: string },
  hidden: Disclosure['hidden'],
): boolean => hidden[numerator] === undefined && hidden[denominator] === undefined;

/** What a rule hides by itself, with the first reason that holds. */
function firstHidden(table: Table, rules: Rules, history: History): readonly (readonly [string, Why])[] {
  const { cells } = table;
  const why = new Map<string, Why>();
  const hide = (cell: string, reason: Why): unknown => why.has(cell) || why.set(cell, reason);
  for (const [cell, value] of Object.entries(cells)) if (isSmall(value, rules)) hide(cell, 'primary');
  for (const { whole, part, because } of partsOf(table))
    if (cells[whole]! >= cells[part]! && isSmall(cells[whole]! - cells[part]!, rules)) hide(part, because);
  for (const cell of Object.keys(cells))
    if (history.wasHidden(cell) || history.changedLittle(cell)) hide(cell, 'difference');
  return [...why];
}

/** What is shown can be moved at the price of hiding it: a total is dearer than a part, a large part than a small one. */
function movableIn(table: Table, history: History, isHidden: (figure: Figure) => boolean): Movable {
  const level = levels(table.sums);
  const prices = new Map(
    Object.entries(table.cells).map(([cell, value]) => [cell, 1_000 * (1 + 2 * level(cell)) + Math.min(value, 999)]),
  );
  return {
    least: new Map([...history.open.values()].map(({ name, value }) => [name, value])),
    price: (name) => {
      const figure = history.open.get(name)!;
      return figure.isNow && !isHidden(figure) ? (prices.get(figure.cell) ?? 0) : 0;
    },
    equations: history.equations(),
  };
}
