/** A rate as it stands in a rule: 80 % is 4/5, never 0.8. */
export interface Fraction {
  readonly num: number;
  /** At least 1. */
  readonly den: number;
}

/** So much of an amount (cents ≥ 0), rounded down to the cent: a ceiling never breaks (LED-5). */
export const floorShare = (cents: number, { num, den }: Fraction): number =>
  Number((BigInt(cents) * BigInt(num)) / BigInt(den));

/** So much of an amount (cents ≥ 0), half a cent rounded up: what a flat rate comes to (LED-11). */
export const halfUpShare = (cents: number, { num, den }: Fraction): number =>
  Number((2n * BigInt(cents) * BigInt(num) + BigInt(den)) / (2n * BigInt(den)));

/**
 * An amount (cents ≥ 0) over shares by their weights, to the last cent: by largest remainder, ties by the name of the share
 * (LED-11). Shares without weight get nothing; there must be some weight when there is something to divide.
 */
export function apportion<K extends string>(
  cents: number,
  weights: Readonly<Record<K, number>>,
): Readonly<Record<K, number>> {
  const names = (Object.keys(weights) as K[]).toSorted();
  const total = names.reduce((sum, name) => sum + BigInt(weights[name]), 0n);
  if (total === 0n) return Object.fromEntries(names.map((name) => [name, 0])) as Record<K, number>;
  const parts = names.map((name) => {
    const product = BigInt(cents) * BigInt(weights[name]);
    return { name, whole: product / total, rest: product % total };
  });
  const left = Number(BigInt(cents) - parts.reduce((sum, { whole }) => sum + whole, 0n));
  const favoured = new Set(
    parts
      .toSorted((a, b) => (a.rest === b.rest ? (a.name < b.name ? -1 : 1) : a.rest > b.rest ? -1 : 1))
      .slice(0, left)
      .map(({ name }) => name),
  );
  return Object.fromEntries(
    parts.map(({ name, whole }) => [name, Number(whole) + (favoured.has(name) ? 1 : 0)]),
  ) as Record<K, number>;
}

/** The sum of amounts in cents. */
export const sum = (amounts: readonly number[]): number => amounts.reduce((total, cents) => total + cents, 0);

/** An amount in cents as a plain decimal, to the last cent: `-5.00`. */
export function decimal(cents: number, point = '.'): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}${point}${digits.slice(-2)}`;
}

const EUROS = new Map<string, Intl.NumberFormat>();

/** An amount in cents as people in Belgium read it in that language (`nl`, `fr`, `en`), to the last cent: `€ 60.000,00`. */
export function euros(cents: number, language: string): string {
  const format = EUROS.get(language) ?? new Intl.NumberFormat(`${language}-BE`, { style: 'currency', currency: 'EUR' });
  EUROS.set(language, format);
  // The text, not the number of euros: that is no longer exact for the largest amounts.
  return format.format(decimal(cents) as `${number}`);
}

/** The cents of such a decimal; NaN for any other text. */
export const centsOf = (text: string): number =>
  /^-?(0|[1-9]\d*)\.\d{2}$/.test(text) ? Number(text.replace('.', '')) : Number.NaN;
