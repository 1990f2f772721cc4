/** A JSON pointer (RFC 6901); names that a client made up are cut to a length that an answer can bear. */
export const pointer = (path: readonly (string | number)[]): string =>
  path.map((part) => `/${escaped(String(part))}`).join('');

const escaped = (name: string): string =>
  name.slice(0, 100).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('\0', '\u{FFFD}');
