import fc from 'fast-check';
import { addDays } from '#kernel';
import { FREQUENCIES } from './codes.ts';
import { isMet, isPeriodOf, lastPeriodOver } from './measure.ts';

describe('a period', () => {
  it.each([
    ['monthly', '2021-02-01', '2021-02-28'],
    ['monthly', '2020-02-01', '2020-02-29'],
    ['quarterly', '2021-10-01', '2021-12-31'],
    ['half-yearly', '2021-07-01', '2021-12-31'],
    ['yearly', '2021-01-01', '2021-12-31'],
    ['irregular', '2021-05-03', '2021-05-03'],
  ] as const)('is %s from %s until %s', (frequency, from, until) =>
    expect(isPeriodOf(frequency, { from, until })).toBe(true),
  );

  it.each([
    ['monthly', '2021-02-02', '2021-03-01'],
    ['monthly', '2021-02-01', '2021-03-31'],
    ['quarterly', '2021-02-01', '2021-04-30'],
    ['quarterly', '2021-01-01', '2021-06-30'],
    ['half-yearly', '2021-04-01', '2021-09-30'],
    ['yearly', '2021-01-01', '2021-12-30'],
    ['irregular', '2021-05-03', '2021-05-02'],
  ] as const)('is not %s from %s until %s', (frequency, from, until) =>
    expect(isPeriodOf(frequency, { from, until })).toBe(false),
  );

  it('that was over last ends before the day and the next one does not', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...FREQUENCIES.filter((one) => one !== 'irregular')),
        fc.nat(20_000),
        (frequency, days) => {
          const today = addDays('1999-01-01', days);
          const last = lastPeriodOver(frequency, today)!;
          expect(isPeriodOf(frequency, last)).toBe(true);
          expect(last.until < today).toBe(true);
          const next = addDays(last.until, 1);
          for (let day = next; day < today; day = addDays(day, 1))
            expect(isPeriodOf(frequency, { from: next, until: day })).toBe(false);
        },
      ),
    ));

  it('without a calendar is never the last', () => expect(lastPeriodOver('irregular', '2021-05-03')).toBeNull());
});

describe('a target', () => {
  it('is met by exactly what it asks, and by better', () => {
    expect(isMet({ numerator: 3, denominator: 4 }, { numerator: 75, denominator: 100 }, true)).toBe(true);
    expect(isMet({ numerator: 749, denominator: 1000 }, { numerator: 75, denominator: 100 }, true)).toBe(false);
    expect(isMet({ numerator: 604, denominator: null }, { numerator: 600, denominator: null }, true)).toBe(true);
  });

  it('where less is better, by less', () => {
    expect(isMet({ numerator: 15, denominator: 1 }, { numerator: 31, denominator: 2 }, false)).toBe(true);
    expect(isMet({ numerator: 16, denominator: 1 }, { numerator: 31, denominator: 2 }, false)).toBe(false);
  });
});
