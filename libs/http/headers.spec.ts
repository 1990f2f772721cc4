import type { Position } from '#kernel';
import { consistencyTokens } from './consistency-token.ts';
import { actingPerson, expectedRevision, idempotencyKey, matches, preferences, statedNow } from './headers.ts';

const AN = '4d7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10';

describe('Idempotency-Key', () => {
  it('is bare or quoted', () => {
    expect(idempotencyKey('k-1')).toBe('k-1');
    expect(idempotencyKey('"k-1"')).toBe('k-1');
    expect(idempotencyKey('x'.repeat(255))).toHaveLength(255);
  });
  it('is required', () => expect(() => idempotencyKey(undefined)).toThrow('idempotency-key-missing'));
  it.each(['', '""', 'a b', 'a, b', '"a', 'a"b', 'é', 'x'.repeat(256), `"${'x'.repeat(256)}"`])('is not %j', (key) =>
    expect(() => idempotencyKey(key)).toThrow('invalid-header'),
  );
});

describe('If-Match', () => {
  it('names one revision, or whatever it is', () => {
    expect(expectedRevision('"7"', false)).toBe(7);
    expect(expectedRevision('0', false)).toBe(0);
    expect(expectedRevision('*', false)).toBe('*');
  });
  it('is required on what exists', () => {
    expect(() => expectedRevision(undefined, false)).toThrow('revision-required');
    expect(expectedRevision(undefined, true)).toBe('*');
  });
  it.each(['', '"', '"7', 'W/"7"', '-1', '1.5', '"1", "2"', 'abc', '9'.repeat(16)])('is not %j', (header) =>
    expect(() => expectedRevision(header, false)).toThrow('invalid-header'),
  );
});

describe('If-None-Match', () => {
  it('matches weakly, any of several, or all', () => {
    expect(matches('"a", W/"b"', '"b"')).toBe(true);
    expect(matches('*', '"b"')).toBe(true);
    expect(matches('"a"', '"b"')).toBe(false);
    expect(matches(undefined, '"b"')).toBe(false);
  });
});

describe('Prefer', () => {
  it('says how long to wait, and what then', () => {
    expect(preferences('wait=5, handling=lenient')).toEqual({ wait: 5, handling: 'lenient' });
    expect(preferences('respond-async; x=1, Wait = "3"')).toEqual({ wait: 3, handling: 'strict' });
    expect(preferences(undefined)).toEqual({ handling: 'strict' });
  });
  it('never waits longer than 20 s', () => expect(preferences('wait=9999').wait).toBe(20));
  it.each(['wait=', 'wait=-1', 'wait=1e3', 'wait=1.5'])('is not %j', (header) =>
    expect(() => preferences(header)).toThrow('invalid-header'),
  );
});

describe('Spoor-Actor', () => {
  it('is a person in a role, or the operator', () => {
    expect(actingPerson(`${AN}; role=back-office`)).toEqual({ subject: AN, role: 'back-office' });
    expect(actingPerson('operator')).toEqual({ subject: 'operator', role: 'operator' });
  });
  it.each([
    undefined,
    '',
    AN,
    `${AN}; role=`,
    `${AN}; role=operator`,
    `${AN}; role=process`,
    `${AN}; role=back-office; role=lead`,
    `${AN.toUpperCase()}; role=lead`,
    `process:broaden; role=lead`,
    'Operator',
    'operator, operator',
  ])('is not %j', (header) => expect(() => actingPerson(header)).toThrow('unauthenticated'));
});

describe('Spoor-Now', () => {
  it.each(['2026-03-14T10:00:00+01:00', '2026-03-14'])('is a date or an instant', (header) =>
    expect(statedNow(header)).toBe(header),
  );
  it.each(['now', '2026-02-30T00:00:00Z'])('is not %j', (header) =>
    expect(() => statedNow(header)).toThrow('invalid-header'),
  );
});

describe('Consistency-Token', () => {
  const key = Buffer.alloc(32, 1);
  const tokens = consistencyTokens(key, 'log-1');
  const token = tokens.issue('00000000000001a4' as Position);

  it('holds a position of this log', () => expect(tokens.read(token)).toBe('00000000000001a4'));
  it('of another log or another installation is refused', () => {
    expect(() => consistencyTokens(key, 'log-2').read(token)).toThrow('unknown-token');
    expect(() => consistencyTokens(Buffer.alloc(32, 2), 'log-1').read(token)).toThrow('unknown-token');
  });
  it.each(['', '.', 'x', `${token}x`, token.slice(1), `${token},${token}`, 'é'.repeat(1_000)])('is not %j', (made) =>
    expect(() => tokens.read(made)).toThrow('unknown-token'),
  );
});
