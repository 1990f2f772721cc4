const SEPARATORS = /[\s.-]/g;
const NUMBER = /^[01]\d{9}$/;

/**
 * The ten bare digits of an enterprise number (KBO/BCE) as people write it: `BE 0123.456.749`, `0123456749`.
 * Undefined when it is none: its last two digits are 97 − (the first eight mod 97).
 */
export function enterpriseNumber(written: string): string | undefined {
  const digits = written.replace(/^\s*BE/i, '').replace(SEPARATORS, '');
  if (!NUMBER.test(digits)) return undefined;
  return Number(digits.slice(8)) === 97 - (Number(digits.slice(0, 8)) % 97) ? digits : undefined;
}
