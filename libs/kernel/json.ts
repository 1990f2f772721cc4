/** What may be stored: I-JSON with safe integers only. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };
export type JsonObject = { readonly [member: string]: Json };

export const MAX_DEPTH = 16;

/** The value cannot be stored; `path` is the JSON pointer of the first offending member. */
export class NotCanonicalError extends Error {
  constructor(
    readonly path: string,
    readonly problem: string,
  ) {
    super(`${problem} at ${path === '' ? 'the root' : path}`);
  }
}

/**
 * The one JSON text of a value (RFC 8785 for integers): members sorted by UTF-16 code units, no white space.
 * Throws {@link NotCanonicalError} on anything that would not read back the same: `undefined`, bigint, fractions,
 * unsafe integers, lone surrogates, class instances, more than {@link MAX_DEPTH} levels.
 */
export function canonical(value: unknown): string {
  return write(value, '', 0);
}

function write(value: unknown, path: string, depth: number): string {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new NotCanonicalError(path, 'a lone surrogate');
      return JSON.stringify(value);
    case 'number':
      if (!Number.isSafeInteger(value)) throw new NotCanonicalError(path, 'not a safe integer');
      return Object.is(value, -0) ? '0' : String(value);
    case 'boolean':
      return String(value);
    case 'object':
      if (value === null) return 'null';
      if (depth === MAX_DEPTH) throw new NotCanonicalError(path, `more than ${MAX_DEPTH} levels`);
      return Array.isArray(value) ? writeArray(value, path, depth) : writeObject(value, path, depth);
    case 'undefined':
    case 'bigint':
    case 'symbol':
    case 'function':
      throw new NotCanonicalError(path, `a ${typeof value}`);
  }
}

function writeArray(items: readonly unknown[], path: string, depth: number): string {
  const texts: string[] = [];
  for (let i = 0; i < items.length; i++) texts.push(write(items[i], `${path}/${i}`, depth + 1));
  return `[${texts.join(',')}]`;
}

function writeObject(value: object, path: string, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new NotCanonicalError(path, 'a class instance');
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  const texts: string[] = [];
  for (const [name, member] of members) {
    if (!name.isWellFormed() || name.includes('\0'))
      throw new NotCanonicalError(path, 'a member name with a lone surrogate or NUL');
    texts.push(`${JSON.stringify(name)}:${write(member, `${path}/${pointer(name)}`, depth + 1)}`);
  }
  return `{${texts.join(',')}}`;
}

const pointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** A plain copy of a value that may hold class instances and `undefined` members: those members vanish. */
export function plain(value: unknown): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([name, member]) => [name, plain(member)]),
    );
  return value as Json;
}
