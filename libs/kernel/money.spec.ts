import fc from 'fast-check';
import { apportion, centsOf, decimal, euros, floorShare, halfUpShare, sum } from './money.ts';

const cents = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const rate = fc.integer({ min: 1, max: 10_000 }).chain((den) => fc.record({ num: fc.nat(den), den: fc.constant(den) }));

describe('a share of an amount', () => {
  it('is rounded down to the cent, so that a ceiling never breaks (LED-5)', () => {
    expect(floorShare(100, { num: 1, den: 3 })).toBe(33);
    expect(floorShare(Number.MAX_SAFE_INTEGER, { num: 4, den: 5 })).toBe(7_205_759_403_792_792);
    fc.assert(
      fc.property(cents, rate, (whole, { num, den }) => {
        const share = BigInt(floorShare(whole, { num, den }));
        expect(share * BigInt(den)).toBeLessThanOrEqual(BigInt(whole) * BigInt(num));
        expect((share + 1n) * BigInt(den)).toBeGreaterThan(BigInt(whole) * BigInt(num));
      }),
    );
  });

  it('by a flat rate has half a cent rounded up (LED-11)', () => {
    expect([1, 3, 5].map((whole) => halfUpShare(whole, { num: 1, den: 2 }))).toEqual([1, 2, 3]);
    expect(halfUpShare(100, { num: 1, den: 3 })).toBe(33);
    expect(halfUpShare(200, { num: 1, den: 3 })).toBe(67);
  });
});

describe('an amount over shares', () => {
  it('goes by largest remainder, ties by name (LED-11)', () => {
    expect(apportion(100, { b: 1, a: 1, c: 1 })).toEqual({ a: 34, b: 33, c: 33 });
    expect(apportion(101, { a: 1, b: 2 })).toEqual({ a: 34, b: 67 });
    expect(apportion(0, { a: 0, b: 0 })).toEqual({ a: 0, b: 0 });
  });

  it('never loses or makes a cent, and gives nobody a cent more than the next whole one', () =>
    fc.assert(
      fc.property(
        fc.nat(10_000_000),
        fc.dictionary(fc.stringMatching(/^[a-f]{1,4}$/), fc.nat(1_000), { minKeys: 1, maxKeys: 8 }),
        (whole, weights) => {
          const total = sum(Object.values(weights));
          fc.pre(total > 0);
          const parts = apportion(whole, weights);
          expect(sum(Object.values(parts))).toBe(whole);
          for (const [name, weight] of Object.entries(weights))
            expect(Math.abs(parts[name]! - (whole * weight) / total)).toBeLessThan(1);
        },
      ),
    ));
});

describe('an amount as a decimal', () => {
  it.each([
    [0, '0.00'],
    [-0, '0.00'],
    [1, '0.01'],
    [99, '0.99'],
    [100, '1.00'],
    [-1, '-0.01'],
    [-500, '-5.00'],
    [120_050, '1200.50'],
    [Number.MAX_SAFE_INTEGER, '90071992547409.91'],
    [-Number.MAX_SAFE_INTEGER, '-90071992547409.91'],
  ])('%d cents is %s', (cents, text) => expect(decimal(cents)).toBe(text));

  it('says each cent, and nothing else', () =>
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom('.', ','), (cents, point) => {
        const text = decimal(cents, point);
        expect(text).toMatch(point === '.' ? /^-?\d+\.\d\d$/ : /^-?\d+,\d\d$/);
        expect(BigInt(text.replace(point, ''))).toBe(BigInt(cents));
      }),
    ));

  it('is read back to the cent, and no other text is', () => {
    fc.assert(fc.property(fc.maxSafeInteger(), (cents) => expect(centsOf(decimal(cents))).toBe(cents)));
    for (const text of ['', '1', '1.5', '1,50', '01.00', '1e2', '1.000', '.50']) expect(centsOf(text)).toBeNaN();
  });
});

describe('an amount as people read it', () => {
  it.each([
    ['nl', 6_000_000, '€ 60.000,00'],
    ['fr', -5, '-0,05 €'],
    ['en', 123_456, '€1,234.56'],
    ['nl', Number.MAX_SAFE_INTEGER, '€ 90.071.992.547.409,91'],
  ])('in %s: %d cents', (language, cents, text) =>
    expect(euros(cents, language).replaceAll(/[\u00A0\u202F]/g, ' ')).toBe(text),
  );
});
