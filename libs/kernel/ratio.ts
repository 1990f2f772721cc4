/** A quotient (numerator ≥ 0, denominator ≥ 1) with two decimals, half up, from exact integers: 3 010 / 170 is `17.71`. */
export function quotient(numerator: number, denominator: number): string {
  const whole = BigInt(denominator);
  const digits = String((200n * BigInt(numerator) + whole) / (2n * whole)).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A share in percent, as {@link quotient}: 17 of 22 is `77.27`. */
export const percent = (part: number, whole: number): string => quotient(100 * part, whole);
