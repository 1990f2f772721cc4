import * as fc from 'fast-check';
import { assertJson, parseBody } from './json-body.ts';
import { HttpProblem } from './problem.ts';

const parse = (text: string): unknown => parseBody(Buffer.from(text));
const refusal = (text: string | Buffer): unknown => {
  try {
    parseBody(Buffer.from(text as string));
  } catch (error) {
    if (error instanceof HttpProblem) return [error.code, error.errors[0]?.pointer];
    throw error;
  }
  return 'accepted';
};

describe('a body', () => {
  it('is an object of plain values', () =>
    expect(parse('{"a":[1,-2,0,{"b":"é","c":null,"d":true}],"":{}}')).toEqual({
      a: [1, -2, 0, { b: 'é', c: null, d: true }],
      '': {},
    }));

  it('keeps its strings in NFC', () => expect(parse(String.raw`{"a":"e\u0301"}`)).toEqual({ a: 'é' }));

  it.each([
    ['nothing', '', ['malformed-json', '']],
    ['no JSON', '{"a":', ['malformed-json', '']],
    ['more than JSON', '{} {}', ['malformed-json', '']],
    ['a trailing comma', '{"a":1,}', ['malformed-json', '']],
    ['a list', '[]', ['malformed-json', '']],
    ['null', 'null', ['malformed-json', '']],
    ['a text', '"a"', ['malformed-json', '']],
    ['a byte order mark', '\uFEFF{}', ['malformed-json', '']],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), ['malformed-json', '']],
    ['a member twice', '{"a":{"b":1,"c":[{"b":1,"b":2}]}}', ['duplicate-member', '/a/c/0/b']],
    ['a member twice, once escaped', String.raw`{"a":1,"\u0061":2}`, ['duplicate-member', '/a']],
    ['__proto__', '{"a":[1,{"__proto__":{"admin":true}}]}', ['forbidden-member', '/a/1/__proto__']],
    ['__proto__, escaped', String.raw`{"__pro\u0074o__":1}`, ['forbidden-member', '/__proto__']],
    ['constructor', '{"constructor":{"prototype":{}}}', ['forbidden-member', '/constructor']],
    ['prototype', '{"prototype":1}', ['forbidden-member', '/prototype']],
    // class-validator's whitelist lets this one through
    ['hasOwnProperty', '{"hasOwnProperty":1}', ['forbidden-member', '/hasOwnProperty']],
    ['a lone surrogate', String.raw`{"a~b/c":"\ud800x"}`, ['bad-text', '/a~0b~1c']],
    ['a lone surrogate in a name', String.raw`{"\udc00":1}`, ['bad-text', '/\uFFFD']],
    ['NUL', String.raw`{"a":"b\u0000"}`, ['bad-text', '/a']],
    ['a fraction', '{"a":1.0}', ['bad-number', '/a']],
    ['an exponent', '{"a":1e2}', ['bad-number', '/a']],
    ['minus zero', '{"a":-0}', ['bad-number', '/a']],
    ['infinity', '{"a":[0,1e400]}', ['bad-number', '/a/1']],
    ['2^53', '{"a":9007199254740992}', ['bad-number', '/a']],
    ['2^53 + 1', '{"a":-9007199254740993}', ['bad-number', '/a']],
  ])('is refused with %s', (_, text, expected) => expect(refusal(text)).toEqual(expected));

  it('is at most 32 levels deep', () => {
    const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    expect(refusal(nested(32))).toBe('accepted');
    expect(refusal(nested(33))).toEqual(['too-deep', `/a${'/0'.repeat(31)}`]);
    expect(refusal(nested(120_000))).toEqual(['too-deep', `/a${'/0'.repeat(31)}`]);
  });

  it('is at most 256 KiB', () => {
    const sized = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`;
    expect(refusal(sized(262_144))).toBe('accepted');
    expect(refusal(sized(262_145))).toEqual(['body-too-large', undefined]);
  });

  it('is read in linear time, however it is made', () => {
    const started = performance.now();
    refusal(`{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":0`).join(',')}}`);
    refusal(`{"a":"${String.raw`\\`.repeat(60_000)}`);
    refusal(`{"a":"${String.raw`\"`.repeat(120_000)}"}`);
    refusal(`{"a":${'9'.repeat(250_000)}}`);
    expect(performance.now() - started).toBeLessThan(2_500);
  });

  it('comes out as it went in', () => {
    const text = fc.string({ unit: 'binary' }).map((s) => s.replaceAll('\0', '').normalize('NFC'));
    const name = text.filter((name) => !(name in Object.prototype) && name !== 'prototype');
    const { object } = fc.letrec((tie) => ({
      object: fc.dictionary(name, tie('value'), { maxKeys: 5, noNullPrototype: true }),
      value: fc.oneof(
        { maxDepth: 6, depthSize: 'small' },
        text,
        fc.maxSafeInteger().map((n) => n + 0),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        tie('object'),
      ),
    }));
    fc.assert(fc.property(object, (value) => expect(parse(JSON.stringify(value))).toEqual(value)));
  });

  it('that is damaged anywhere gives a value or a problem, and changes no prototype', () => {
    const whole = '{"a":[1,"x\\u00e9",{"b":null}],"__proto":{"c":-12,"d":"\\"\\\\"}}';
    const pieces = [
      '"',
      '\\',
      '{',
      '[',
      '}',
      ',',
      ':',
      '1e9',
      '-',
      '\\ud800',
      '\0',
      '"__proto__":{"p":1},',
      'true',
      '﻿',
    ];
    const damage = fc.record({
      at: fc.nat(whole.length),
      cut: fc.nat(5),
      put: fc.oneof(fc.constantFrom(...pieces), fc.string()),
    });
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
        const text = damages.reduce((text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut), whole);
        refusal(text);
        expect(({} as { p?: unknown }).p).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the media type', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset=UTF-8'])(
    'may be %j',
    (type) => expect(() => assertJson(type)).not.toThrow(),
  );

  it.each([
    undefined,
    '',
    'text/plain',
    'application/json\ta',
    ' application/json',
    'application/json; charset=utf-16',
    'application/json, text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=application/json',
    'application/problem+json',
  ])('is not %j', (type) => expect(() => assertJson(type)).toThrow('unsupported-media-type'));
});
