import fc from 'fast-check';
import { canonical, MAX_DEPTH, NotCanonicalError, plain, type Json } from './json.ts';

const wellFormed = fc.string({ unit: 'binary' });
const name = wellFormed.filter((text) => !text.includes('\0'));
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    wellFormed,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4 }),
  ),
})).value;

const problem = (value: unknown): readonly [path: string, problem: string] => {
  try {
    canonical(value);
  } catch (error) {
    if (error instanceof NotCanonicalError) return [error.path, error.problem];
    throw error;
  }
  throw new Error('canonical');
};

describe('the canonical text of a value', () => {
  it('reads back the same', () =>
    fc.assert(
      fc.property(json, (value) => expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)))),
    ));

  it('is the same for the same value, however its members are ordered', () =>
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, json), { selector: ([key]) => key, maxLength: 6 }), (members) =>
        expect(canonical(Object.fromEntries(members))).toBe(canonical(Object.fromEntries(members.toReversed()))),
      ),
    ));

  it('orders members by UTF-16 code units (the example of RFC 8785 §3.2.3)', () => {
    const value = { '€': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7 };
    expect(canonical(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  it('writes numbers and texts as RFC 8785 does', () => {
    expect(canonical([-0, 0, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])).toBe(
      '[0,0,9007199254740991,-9007199254740991]',
    );
    expect(canonical('"\\/\b\n\u001f\u2028')).toBe('"\\"\\\\/\\b\\n\\u001f\u2028"');
  });

  it('keeps a member that is called __proto__', () =>
    expect(canonical(JSON.parse('{"__proto__":1}'))).toBe('{"__proto__":1}'));
});

describe('a value that would not read back the same has no canonical text', () => {
  class Money {
    cents = 1;
  }
  const cases: readonly (readonly [string, unknown, string])[] = [
    ['undefined', undefined, 'a undefined'],
    ['a bigint', 1n, 'a bigint'],
    ['a symbol', Symbol('x'), 'a symbol'],
    ['a function', () => 1, 'a function'],
    ['a fraction', 0.5, 'not a safe integer'],
    ['an unsafe integer', 2 ** 53, 'not a safe integer'],
    ['not a number', Number.NaN, 'not a safe integer'],
    ['infinity', Number.POSITIVE_INFINITY, 'not a safe integer'],
    ['a lone surrogate', '\ud800', 'a lone surrogate'],
    ['a class instance', new Money(), 'a class instance'],
    ['a date', new Date(0), 'a class instance'],
  ];

  it.each(cases)('%s', (_what, value, why) => {
    expect(problem(value)).toEqual(['', why]);
    expect(problem({ a: [1, { b: value }] })).toEqual(['/a/1/b', why]);
  });

  it('a hole in a list', () => expect(problem(Array<number>(1))).toEqual(['/0', 'a undefined']));

  it('a member name with a lone surrogate or NUL', () => {
    expect(problem({ '\udc00': 1 })[1]).toContain('lone surrogate or NUL');
    expect(problem({ 'a\0': 1 })[1]).toContain('lone surrogate or NUL');
  });

  it(`more than ${MAX_DEPTH} levels`, () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
    expect(canonical(nested(MAX_DEPTH))).toContain('1');
    expect(problem(nested(MAX_DEPTH + 1))).toEqual(['/0'.repeat(MAX_DEPTH), `more than ${MAX_DEPTH} levels`]);
  });

  it('and the pointer to it escapes the names (RFC 6901)', () =>
    expect(problem({ 'a/b~c': 0.5 })).toEqual(['/a~1b~0c', 'not a safe integer']));

  it('and is told where it is', () => {
    expect(() => canonical(0.5)).toThrow('not a safe integer at the root');
    expect(() => canonical([0.5])).toThrow('not a safe integer at /0');
  });
});

describe('a plain copy', () => {
  class Part {
    readonly label = 'x';
    readonly absent = undefined;
  }

  it('of class instances has their members, without those that are undefined', () =>
    expect(plain({ parts: [new Part()], one: new Part(), nil: null, no: undefined })).toStrictEqual({
      parts: [{ label: 'x' }],
      one: { label: 'x' },
      nil: null,
    }));

  it('of plain JSON is equal to it', () =>
    fc.assert(fc.property(json, (value) => expect(plain(value)).toEqual(value))));
});
