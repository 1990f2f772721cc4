import { createHash } from 'node:crypto';

const SPOOR = Buffer.from('5f0c1b7e3a6d4c0e9b1f2d7a8c6e4b30', 'hex');
const SEPARATOR = '\u0000';

/** A UUID made of names (RFC 9562 §5.5): the same names give the same id for ever, so a retry finds what the first try made. */
export function uuidv5(...names: readonly string[]): string {
  const bytes = createHash('sha1').update(SPOOR).update(names.join(SEPARATOR)).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The SHA-256 of a text, in hexadecimal. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
