import type { JsonObject } from '#kernel';
import { pointer } from './pointer.ts';
import { HttpProblem } from './problem.ts';
import type { ProblemCode } from './problems.ts';

export const MAX_BODY_BYTES = 256 * 1024;
const MAX_DEPTH = 32;

const MEDIA_TYPE = /^application\/json(?:; ?charset=(?:utf-8|"utf-8"))?$/i;

/** Only plain JSON, whatever a lenient reading of the header would make of it. */
export function assertJson(contentType: string | undefined): void {
  if (contentType === undefined || !MEDIA_TYPE.test(contentType))
    throw new HttpProblem('unsupported-media-type', {
      errors: [{ header: 'content-type', code: 'unsupported-media-type', message: 'is application/json' }],
    });
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The body of a request as a value that may be stored: an object with safe integers only, no member twice, no name that
 * objects have from birth (`__proto__`, `constructor`, `hasOwnProperty` …), no lone surrogate and no NUL, at most 32
 * levels. Strings come out in NFC; names stay as they are. Throws an {@link HttpProblem} whose pointer names the member.
 * Linear in time, and no recursion before the depth is known.
 */
export function parseBody(bytes: Uint8Array): JsonObject {
  if (bytes.length > MAX_BODY_BYTES) throw new HttpProblem('body-too-large');
  const text = decoded(bytes);
  const value = parsed(text);
  new Scan(text).run();
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuse('malformed-json', '', 'the body is an object');
  return normalised(value) as JsonObject;
}

function decoded(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return refuse('malformed-json', '', 'the body is UTF-8');
  }
}

/** The grammar is the platform's: what comes through is JSON, a byte order mark is not. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse('malformed-json', '', text === '' ? 'the body is empty' : 'the body is not JSON');
  }
}

function refuse(code: ProblemCode, pointer: string, message: string): never {
  throw new HttpProblem(code, { errors: [{ pointer, code, message }] });
}

/** The parts of a text that is known to be JSON. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|-?[0-9][0-9.eE+-]*|[a-z]+/g;
const WHOLE = /^(?:0|-?[1-9][0-9]*)$/;

interface Level {
  /** Names so far; null in a list. */
  readonly names: Set<string> | null;
  /** The member or item being read. */
  at: string | number;
}

/** What `JSON.parse` lets through and a store must not: read off the text, since the value no longer shows it. */
class Scan {
  readonly #levels: Level[] = [];

  constructor(private readonly text: string) {}

  run(): void {
    let nameNext = false;
    for (const [token] of this.text.matchAll(TOKEN)) {
      const level = this.#levels.at(-1);
      switch (token) {
        case '{':
        case '[':
          this.#open(token === '{');
          nameNext = token === '{';
          break;
        case '}':
        case ']':
          this.#levels.pop();
          nameNext = false;
          break;
        case ',':
          nameNext = level!.names !== null;
          if (!nameNext) level!.at = (level!.at as number) + 1;
          break;
        case ':':
          nameNext = false;
          break;
        default:
          if (nameNext) this.#name(token, level!);
          else this.#value(token);
      }
    }
  }

  #open(isObject: boolean): void {
    if (this.#levels.length === MAX_DEPTH) this.#refuse('too-deep', `holds at most ${MAX_DEPTH} levels`);
    this.#levels.push({ names: isObject ? new Set() : null, at: isObject ? '' : 0 });
  }

  #name(token: string, level: Level): void {
    const name = JSON.parse(token) as string;
    const twice = level.names!.has(name);
    level.names!.add(name);
    level.at = name;
    this.#text(name);
    if (twice) this.#refuse('duplicate-member', 'is there twice');
    if (name === 'prototype' || name in Object.prototype)
      this.#refuse('forbidden-member', 'is a name that objects have from birth');
  }

  #value(token: string): void {
    if (token.startsWith('"')) this.#text(JSON.parse(token) as string);
    else if (!/^[a-z]/.test(token) && !(WHOLE.test(token) && Number.isSafeInteger(Number(token))))
      this.#refuse('bad-number', 'is a whole number without fraction or exponent, between -(2^53-1) and 2^53-1');
  }

  #text(text: string): void {
    if (!text.isWellFormed()) this.#refuse('bad-text', 'holds half of a surrogate pair');
    if (text.includes('\0')) this.#refuse('bad-text', 'holds NUL');
  }

  #refuse(code: ProblemCode, message: string): never {
    return refuse(code, pointer(this.#levels.map(({ at }) => at)), message);
  }
}

/** At most {@link MAX_DEPTH} levels by now. */
function normalised(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC');
  if (Array.isArray(value)) return value.map(normalised);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, normalised(member)]));
  return value;
}
