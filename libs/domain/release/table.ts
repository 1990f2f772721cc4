/** A total and the parts that add up to it; over one dimension or another, or down a hierarchy. */
export interface Sum {
  readonly total: string;
  readonly parts: readonly string[];
}

/** Two cells of which one is shown as a percentage or a ratio of the other. */
export interface Ratio {
  readonly numerator: string;
  readonly denominator: string;
  /** Whether the numerator counts a part of what the denominator counts. */
  readonly isShare: boolean;
}

/** Exact counts, none below 0, and what an outsider knows of how they hang together. */
export interface Table {
  readonly cells: Readonly<Record<string, number>>;
  readonly sums: readonly Sum[];
  readonly ratios: readonly Ratio[];
}

/** Below which a count is small, and whether nobody at all is too few as well. */
export interface Rules {
  readonly k: number;
  readonly suppressZero: boolean;
}

/** What was published of a table and by which rules, withdrawn since or not: who saw it remembers it. */
export interface Former extends Table {
  readonly hidden: readonly string[];
  readonly rules: Rules;
}

export const isSmall = (value: number, { k, suppressZero }: Rules): boolean => value < k && (value > 0 || suppressZero);
/** So few came or went between two figures that they could be told apart. */
export const isSmallChange = (one: number, other: number, { k }: Rules): boolean =>
  one !== other && Math.abs(one - other) < k;

/** A whole and a part of it: what is left when the part is taken away can be reckoned by whoever sees both. */
export interface PartOf {
  readonly whole: string;
  readonly part: string;
  readonly because: 'complement' | 'percentage';
}

/** Every part of every whole whose complement is not a cell of its own. */
export function partsOf({ sums, ratios }: Table): readonly PartOf[] {
  const ofSums = sums.flatMap(({ total, parts }) =>
    parts.length < 2 ? [] : parts.map((part) => ({ whole: total, part, because: 'complement' }) as const),
  );
  const ofRatios = ratios.flatMap(({ numerator, denominator, isShare }) =>
    isShare ? [{ whole: denominator, part: numerator, because: 'percentage' } as const] : [],
  );
  return [...ofSums, ...ofRatios];
}

/** How many sums lie below a cell: 0 for one that is no total. */
export function levels(sums: readonly Sum[]): (cell: string) => number {
  const found = new Map<string, number>();
  const level = (cell: string): number => {
    if (!found.has(cell)) {
      found.set(cell, 0);
      const below = sums.filter(({ total }) => total === cell).flatMap(({ parts }) => parts.map(level));
      if (below.length > 0) found.set(cell, 1 + Math.max(...below));
    }
    return found.get(cell)!;
  };
  return level;
}
