import { ROLES } from '#domain';
import { isMoment, type Actor } from '#kernel';
import { HttpProblem } from './problem.ts';
import type { ProblemCode } from './problems.ts';

/** As Node gives it: absent, or all values of that name joined by `, `. */
export type Header = string | undefined;

export const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const refuse = (code: ProblemCode, header: string, message: string): HttpProblem =>
  new HttpProblem(code, { params: { header }, errors: [{ header: header.toLowerCase(), code, message }] });

/** Required on every POST: bare or quoted, 1 to 255 visible characters. */
export function idempotencyKey(header: Header): string {
  if (header === undefined) throw refuse('idempotency-key-missing', 'Idempotency-Key', 'is required');
  const key = /^"([\x21\x23-\x7e]{1,255})"$/.exec(header)?.[1] ?? header;
  if (!/^[\x21\x23-\x2b\x2d-\x7e][\x21\x23-\x7e]{0,254}$/.test(key))
    throw refuse('invalid-header', 'Idempotency-Key', 'is 1 to 255 visible characters without quotes');
  return key;
}

/** The revision that the client has seen: `"7"` or `7`; `*` for whatever it is now. Required on what exists already. */
export function expectedRevision(header: Header, creates: boolean): number | '*' {
  if (header === undefined) {
    if (creates) return '*';
    throw refuse('revision-required', 'If-Match', 'is required');
  }
  if (header === '*') return '*';
  const revision = /^(?:"(\d{1,15})"|(\d{1,15}))$/.exec(header);
  if (revision === null) throw refuse('invalid-header', 'If-Match', 'is one revision, as in "7", or *');
  return Number(revision[1] ?? revision[2]);
}

/** Whether one of the tags of an `If-None-Match` is this one; the comparison is weak, as RFC 9110 wants it there. */
export const matches = (header: Header, etag: string): boolean =>
  header !== undefined &&
  header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag.replace(/^W\//, ''));

export interface Preferences {
  /** Seconds; undefined when nothing is said. */
  readonly wait?: number;
  readonly handling: 'strict' | 'lenient';
}

const MAX_WAIT_S = 20;

/** `Prefer: wait=5, handling=lenient` (RFC 7240); preferences that we do not know are passed over. */
export function preferences(header: Header): Preferences {
  const told = new Map(
    (header ?? '').split(',').map((one) => {
      const [name = '', value = ''] = one.split(';')[0]!.split('=');
      return [name.trim().toLowerCase(), value.trim().replaceAll('"', '').toLowerCase()] as const;
    }),
  );
  const wait = told.get('wait');
  if (wait !== undefined && !/^\d{1,4}$/.test(wait))
    throw refuse('invalid-header', 'Prefer', 'wait is a whole number of seconds');
  return {
    ...(wait !== undefined && { wait: Math.min(Number(wait), MAX_WAIT_S) }),
    handling: told.get('handling') === 'lenient' ? 'lenient' : 'strict',
  };
}

/** Who acts: `<person id>; role=<role>` or `operator`. For development, until there is access control. */
export function actingPerson(header: Header): Actor {
  if (header === 'operator') return { subject: 'operator', role: 'operator' };
  const [, subject = '', role = ''] = /^([0-9a-f-]{36}) ?; ?role=([a-z-]{1,20})$/.exec(header ?? '') ?? [];
  if (!ID.test(subject) || !(ROLES as readonly string[]).includes(role)) throw unauthenticated();
  return { subject, role };
}

export const unauthenticated = (): HttpProblem =>
  new HttpProblem('unauthenticated', {
    errors: [
      { header: 'spoor-actor', code: 'unauthenticated', message: 'is "<person id>; role=<role>" or "operator"' },
    ],
    headers: { 'www-authenticate': 'Spoor-Actor realm="spoor"' },
  });

/** The date or instant that a request states as its own now, with the simulated clock. */
export function statedNow(header: string): string {
  if (!isMoment(header)) throw refuse('invalid-header', 'Spoor-Now', 'is a date or an instant (RFC 3339)');
  return header;
}
