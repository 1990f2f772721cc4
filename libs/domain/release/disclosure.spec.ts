import { sum } from '#kernel';
import fc from 'fast-check';
import { attack, hundredths, type Broken, type Published } from './attacker.ts';
import { disclose, showsRatio, type Disclosure } from './disclosure.ts';
import { isSmall, type Former, type Ratio, type Rules, type Sum, type Table } from './table.ts';

/** As many random tables, hierarchies and sequences of releases. */
const TABLES = Number(process.env['SPOOR_TABLES'] ?? 5_000);
const K5: Rules = { k: 5, suppressZero: false };

/** What stands in no total, and the totals over it. */
interface Shape {
  readonly leaves: readonly string[];
  readonly sums: readonly Sum[];
}

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, index) => index);
const total = 'total';

/** Rows below one another as the tree says, by columns; with a total over the columns when there are several. */
function crossed(tree: ReadonlyMap<string, readonly string[]>, columns: readonly string[], kind = ''): Shape {
  const rows = [...new Set([...tree.keys(), ...[...tree.values()].flat()])];
  const all = columns.length === 1 ? columns : [...columns, total];
  const at = (row: string, column: string): string => `${kind}${row}/${column}`;
  return {
    leaves: rows.filter((row) => !tree.has(row)).flatMap((row) => columns.map((column) => at(row, column))),
    sums: [
      ...[...tree].flatMap(([row, below]) =>
        all.map((column) => ({ total: at(row, column), parts: below.map((one) => at(one, column)) })),
      ),
      ...(columns.length === 1
        ? []
        : rows.map((row) => ({ total: at(row, total), parts: columns.map((column) => at(row, column)) }))),
    ],
  };
}

const grid = (rows: number, columns: number): Shape =>
  crossed(new Map([[total, upTo(rows).map((row) => `r${row}`)]]), upTo(columns).map((column) => `c${column}`)); // prettier-ignore

/** All cells, from those of which the totals are made. */
function filled({ leaves, sums }: Shape, values: readonly number[], ratios: readonly Ratio[] = []): Table {
  const cells: Record<string, number> = Object.fromEntries(leaves.map((leaf, index) => [leaf, values[index]!]));
  const value = (cell: string): number =>
    (cells[cell] ??= sums.find((sum) => sum.total === cell)!.parts.reduce((sum, part) => sum + value(part), 0));
  for (const sum of sums) value(sum.total);
  return { cells, sums, ratios };
}

const count = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 6 }) },
  { weight: 3, arbitrary: fc.integer({ min: 5, max: 40 }) },
  { weight: 1, arbitrary: fc.integer({ min: 100, max: 3_000 }) },
);
const some = (least: number, most: number): fc.Arbitrary<readonly string[]> =>
  fc.integer({ min: least, max: most }).map((n) => upTo(n).map((one) => `n${one}`));

/** One list, a table of two dimensions, or networks below networks by some dimension. */
const shape: fc.Arbitrary<Shape> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
    .map(([rows, columns]) => grid(rows, columns)),
  fc
    .tuple(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 3 }))
    .map(([below, columns]) => {
      const tree = new Map([[total, below.map((_, one) => `n${one}`)]]);
      below.forEach((n, one) => n > 0 && tree.set(`n${one}`, upTo(n).map((child) => `n${one}.${child}`))); // prettier-ignore
      return crossed(tree, upTo(columns).map((column) => `c${column}`)); // prettier-ignore
    }),
);

const counts = shape.chain((one) =>
  fc.array(count, { minLength: one.leaves.length, maxLength: one.leaves.length }).map((values) => filled(one, values)),
);

/** So many of so many in each network and in all, with the percentages. */
const shares: fc.Arbitrary<Table> = some(1, 4).chain((networks) =>
  fc.array(fc.tuple(count, count), { minLength: networks.length, maxLength: networks.length }).map((pairs) => {
    const tree = new Map([[total, networks]]);
    const [of, out] = [crossed(tree, ['of'], ''), crossed(tree, ['out'], '')];
    const both = { leaves: [...of.leaves, ...out.leaves], sums: [...of.sums, ...out.sums] };
    const values = [...pairs.map(([a, b]) => Math.min(a, b)), ...pairs.map(([a, b]) => Math.max(a, b))];
    const ratios = [total, ...networks].map((row) => ({
      numerator: `${row}/of`,
      denominator: `${row}/out`,
      isShare: true,
    }));
    return filled(both, values, ratios);
  }),
);

const table = fc.oneof({ weight: 2, arbitrary: counts }, { weight: 1, arbitrary: shares });
const ruled = fc.record({
  k: fc.constantFrom(5, 5, 5, 6, 10),
  suppressZero: fc.constantFrom(false, false, true),
});

/** The same table some time later: some counts corrected, by a few or by more. */
function corrected(former: Table, changes: readonly (readonly [number, number])[]): Table {
  const totals = new Set(former.sums.map((sum) => sum.total));
  const leaves = Object.keys(former.cells).filter((cell) => !totals.has(cell));
  const values = leaves.map((leaf) => former.cells[leaf]!);
  for (const [at, by] of changes) values[at % leaves.length] = Math.max(0, values[at % leaves.length]! + by);
  const next = filled({ leaves, sums: former.sums }, values, former.ratios);
  const isFit = next.ratios.every(({ numerator, denominator }) => next.cells[numerator]! <= next.cells[denominator]!);
  return isFit ? next : former;
}

/** Without some of its rows, or of its totals: another table of the same cells. */
function reduced(whole: Table, without: number): Table {
  if (without === 0) return whole;
  const cells = Object.keys(whole.cells).filter((_, index) => index % (without + 1) !== 1);
  const kept = new Set(cells);
  return {
    cells: Object.fromEntries(cells.map((cell) => [cell, whole.cells[cell]!])),
    sums: whole.sums.filter((sum) => [sum.total, ...sum.parts].every((cell) => kept.has(cell))),
    ratios: whole.ratios.filter(({ numerator, denominator }) => kept.has(numerator) && kept.has(denominator)),
  };
}

const changes = fc.array(
  fc.tuple(fc.nat(20), fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -12, max: 12 }))),
  { maxLength: 3 },
);
const later = fc.record({ changes, without: fc.constantFrom(0, 0, 0, 1, 2, 3) });
const sequence = fc
  .tuple(table, fc.constantFrom(0, 0, 0, 2), fc.array(later, { maxLength: 2 }))
  .map(([first, without, laters]) => {
    let whole = first;
    const all = [reduced(first, without)];
    for (const next of laters) {
      whole = corrected(whole, next.changes);
      all.push(reduced(whole, next.without));
    }
    return all;
  });

type Hide = (table: Table, rules: Rules, formers: readonly Former[]) => Disclosure['hidden'] | null;
const asDesigned: Hide = (table, rules, formers) => {
  const { hidden, exposed } = disclose(table, rules, formers);
  return exposed.length === 0 ? hidden : null;
};

/** One release after another, as they are published; what is refused is not. */
function publish(tables: readonly Table[], rules: Rules, hide: Hide = asDesigned): readonly Published[] {
  const published: Published[] = [];
  for (const one of tables) {
    const formers = published.map((former) => ({ ...former, hidden: [...former.hidden] }));
    const hidden = hide(one, rules, formers);
    if (hidden !== null) published.push({ ...one, rules, ...shown(one, hidden) });
  }
  return published;
}

const shown = ({ ratios, cells }: Table, hidden: Disclosure['hidden']): Pick<Published, 'hidden' | 'percentages'> => ({
  hidden: new Set(Object.keys(hidden)),
  percentages: percentagesOf({ ratios, cells }, (ratio) => showsRatio(ratio, hidden)),
});

const percentagesOf = ({ ratios, cells }: Pick<Table, 'ratios' | 'cells'>, isShown: (ratio: Ratio) => boolean) =>
  ratios
    .filter((ratio) => cells[ratio.denominator]! > 0 && isShown(ratio))
    .map((ratio) => ({ ratio, shown: hundredths(cells[ratio.numerator]!, cells[ratio.denominator]!) }));

/** One of the tables that differ only by the order of their rows and columns: that whose first row and column rise. */
function isInOrder(values: readonly number[], columns: number): boolean {
  const rises = (some: readonly number[]): boolean => some.every((one, at) => at === 0 || some[at - 1]! <= one);
  return rises(values.slice(0, columns)) && rises(values.filter((_, at) => at % columns === 0));
}

/** How many of many the attacker breaks. */
function brokenOf(publishing: (tables: readonly Table[], rules: Rules) => readonly Published[]): readonly Broken[] {
  return fc
    .sample(fc.tuple(sequence, ruled), { numRuns: 300, seed: 6 })
    .flatMap(([tables, rules]) => attack(publishing(tables, rules)) ?? []);
}

describe('what is hidden', () => {
  const hiddenIn = (cells: Record<string, number>, more: Partial<Table> = {}, rules = K5) =>
    disclose({ cells, sums: [], ratios: [], ...more }, rules).hidden;

  it('is a count below k, and no other when nothing hangs together', () =>
    expect(hiddenIn({ visits: 4_812, first: 389, talks: 1_127, therapy: 3 })).toEqual({ therapy: 'primary' }));

  it('is zero only where the network says so', () => {
    expect(hiddenIn({ none: 0, five: 5 })).toEqual({});
    expect(hiddenIn({ none: 0, five: 5 }, {}, { k: 5, suppressZero: true })).toEqual({ none: 'primary' });
  });

  it('is what leaves a small count when it is taken from its total', () =>
    expect(hiddenIn({ a: 50, b: 2, c: 1, all: 53 }, { sums: [{ total: 'all', parts: ['a', 'b', 'c'] }] })).toEqual({
      a: 'complement',
      b: 'primary',
      c: 'primary',
    }));

  it('is a share of which nearly all, or all but a few, are counted', () => {
    const ratios = [{ numerator: 'stable', denominator: 'housed', isShare: true }];
    expect(hiddenIn({ stable: 20, housed: 22 }, { ratios })).toEqual({ stable: 'percentage' });
    expect(hiddenIn({ stable: 17, housed: 22 }, { ratios })).toEqual({});
    expect(showsRatio(ratios[0]!, { stable: 'percentage' })).toBe(false);
  });

  it('is what would tell it: the smallest that will do, before a total', () =>
    expect(
      hiddenIn({ a: 3, b: 40, c: 12, d: 0, all: 55 }, { sums: [{ total: 'all', parts: ['a', 'b', 'c', 'd'] }] }),
    ).toEqual({ a: 'primary', c: 'secondary' }));

  it('is a corner of a rectangle in a table of two dimensions', () => {
    const { hidden } = disclose(filled(grid(3, 3), [3, 20, 30, 40, 50, 60, 70, 80, 90]), K5);
    expect(Object.keys(hidden).toSorted()).toEqual(['r0/c0', 'r0/c1', 'r1/c0', 'r1/c1']);
  });
});

describe('after former releases', () => {
  const before: Former = { ...filled(grid(3, 1), [10, 20, 30]), hidden: [], rules: K5 };
  const after = (...values: readonly number[]) => disclose(filled(grid(3, 1), values), K5, [before]);

  it('what did not change, or by k or more, is shown as before', () => {
    expect(after(10, 20, 30)).toEqual({ hidden: {}, exposed: [] });
    expect(after(15, 20, 30)).toEqual({ hidden: {}, exposed: [] });
  });

  it('what changed by a few is hidden, with its total', () =>
    expect(after(12, 20, 30).hidden).toEqual({ 'r0/c0': 'difference', 'total/c0': 'difference' }));

  const kept: Former = { ...filled(grid(3, 1), [3, 20, 30]), hidden: ['r0/c0', 'r1/c0'], rules: K5 };

  it('what was hidden stays so, until it has changed by k or more', () => {
    const hiddenIn = (...values: readonly number[]) => disclose(filled(grid(3, 1), values), K5, [kept]).hidden;
    expect(hiddenIn(7, 20, 30)).toMatchObject({ 'r0/c0': 'difference', 'r1/c0': 'difference' });
    expect(hiddenIn(13, 40, 30)).toEqual({});
  });

  it('what another table of the same cells hides is not told by this one', () => {
    const { hidden } = disclose({ cells: { 'r1/c0': 20, other: 90 }, sums: [], ratios: [] }, K5, [kept]);
    expect(hidden).toEqual({ 'r1/c0': 'difference' });
  });

  it('what cannot be kept is named: the release is refused', () => {
    const told: Former = { cells: { 'r1/c0': 20 }, sums: [], ratios: [], hidden: [], rules: K5 };
    expect(disclose(filled(grid(3, 1), [3, 20, 30]), K5, [kept, told]).exposed).toEqual(['r0/c0']);
  });
});

describe('an attacker who knows all that was published', () => {
  it(`narrows no hidden number of ${TABLES} random tables, hierarchies and sequences of releases`, () =>
    fc.assert(
      fc.property(sequence, ruled, (tables, rules) => expect(attack(publish(tables, rules))).toBeNull()),
      { numRuns: TABLES },
    ));

  it.each([
    ['1 × 3', grid(1, 3), [0, 1, 2, 3, 4, 5, 6]],
    ['2 × 2', grid(2, 2), [0, 1, 2, 3, 4, 5, 6]],
    ['2 × 3', grid(2, 3), [0, 1, 4, 6]],
    ['3 × 3', grid(3, 3), [0, 2, 6]],
  ])(
    'narrows none of any table of %s with its totals, whatever the order of rows and columns',
    (size, shape, values) => {
      const columns = Number(size.at(-1));
      for (let at = 0; at < values.length ** shape.leaves.length; at++) {
        const chosen = shape.leaves.map((_, place) => values[Math.floor(at / values.length ** place) % values.length]!);
        if (!isInOrder(chosen, columns)) continue;
        const broken = attack(publish([filled(shape, chosen)], K5));
        // Said only when it is: an expectation a table takes longer than all the rest.
        if (broken !== null) throw new Error(JSON.stringify({ chosen, broken }));
      }
    },
  );

  it('sees no small number', () =>
    fc.assert(
      fc.property(table, ruled, (one, rules) => {
        const { hidden } = disclose(one, rules);
        const small = Object.keys(one.cells).filter((cell) => isSmall(one.cells[cell]!, rules));
        expect(Object.keys(hidden)).toEqual(expect.arrayContaining(small));
      }),
      { numRuns: 500 },
    ));

  it('is told the same by the same table', () =>
    fc.assert(
      fc.property(sequence, ruled, (tables, rules) => expect(publish(tables, rules)).toEqual(publish(tables, rules))),
      { numRuns: 100 },
    ));

  it('has little less to read for it: no release is refused but for what other tables of the same cells told', () => {
    const asked = { alike: 0, others: 0 };
    const given = { alike: 0, others: 0 };
    for (const [tables, rules] of fc.sample(fc.tuple(sequence, ruled), { numRuns: 1_000, seed: 7 })) {
      const kind = new Set(tables.map(({ cells }) => Object.keys(cells).length)).size === 1 ? 'alike' : 'others';
      asked[kind] += tables.length;
      given[kind] += publish(tables, rules).length;
    }
    expect(given.alike).toBe(asked.alike);
    expect(given.others / asked.others).toBeGreaterThan(0.9);
  });
});

describe('the attacker does break a table', () => {
  const without =
    (...reasons: readonly string[]): Hide =>
    (table, rules, formers) =>
      Object.fromEntries(
        Object.entries(disclose(table, rules, formers).hidden).filter(([, why]) => !reasons.includes(why)),
      );

  it.each<[string, Hide]>([
    ['without the secondary step', without('secondary')],
    ['without the complement', without('complement', 'percentage')],
    ['without a memory of former releases', (table, rules) => asDesigned(table, rules, [])],
    ['that is hidden by its size alone', without('complement', 'percentage', 'difference', 'secondary')],
  ])('%s', (_bug, hide) =>
    expect(brokenOf((tables, rules) => publish(tables, rules, hide)).length).toBeGreaterThan(10),
  );

  it('with a percentage of hidden numbers', () => {
    const all = (one: Published): Published => ({ ...one, percentages: percentagesOf(one, () => true) });
    expect(brokenOf((tables, rules) => publish(tables, rules).map(all)).length).toBeGreaterThan(10);
  });
});

it('far more stays visible than when each row with a small number is hidden: 65 of 100 numbers, and not 44', () => {
  const rowOf = (cell: string): string => cell.split('/')[0]!;
  /** Without its totals over the rows, which would tell what a row comes to. */
  const byRow = ({ cells }: Table): readonly string[] => {
    const small = new Set(Object.keys(cells).filter((cell) => isSmall(cells[cell]!, K5)).map(rowOf)); // prettier-ignore
    return Object.keys(cells).filter((cell) => !small.has(rowOf(cell)) && (small.size === 0 || rowOf(cell) !== total));
  };
  const tables = fc.sample(table, { numRuns: 2_000, seed: 8 });
  const share = (visible: (one: Table) => number): number =>
    sum(tables.map(visible)) / sum(tables.map(({ cells }) => Object.keys(cells).length));
  const designed = share((one) => Object.keys(one.cells).length - Object.keys(disclose(one, K5).hidden).length);
  expect([designed, share((one) => byRow(one).length)].map((part) => Math.round(100 * part))).toEqual([65, 44]);
});
