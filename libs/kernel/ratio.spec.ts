import fc from 'fast-check';
import { percent, quotient } from './ratio.ts';

describe('a quotient', () => {
  it('has two decimals, half up', () => {
    expect(quotient(3_010, 170)).toBe('17.71');
    expect(quotient(650_000, 3_906)).toBe('166.41');
    expect(quotient(1, 200)).toBe('0.01');
    expect(quotient(0, 7)).toBe('0.00');
  });

  it('in percent is a share', () => {
    expect(percent(551, 604)).toBe('91.23');
    expect(percent(604, 600)).toBe('100.67');
    expect(percent(2, 2)).toBe('100.00');
  });

  it('is never half a hundredth off, however large', () =>
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (part, whole) => {
        const twice = 2n * BigInt(quotient(part, whole).replace('.', '')) * BigInt(whole) - 200n * BigInt(part);
        expect(twice > -BigInt(whole) && twice <= BigInt(whole)).toBe(true);
      }),
    ));
});
