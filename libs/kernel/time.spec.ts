import fc from 'fast-check';
import {
  asMoment,
  asOccurrence,
  DAY_MS,
  dayEnd,
  dayOf,
  daysBetween,
  dayStart,
  isDay,
  isMoment,
  plusDays,
  toInstant,
} from './time.ts';

const day = fc
  .integer({ min: Date.parse('1946-01-01') / DAY_MS, max: Date.parse('2100-12-31') / DAY_MS })
  .map((days) => toInstant(days * DAY_MS).slice(0, 10));

describe('a day', () => {
  it.each(['2020-02-29', '2000-02-29', '2020-12-31'])('is %s', (text) => expect(isDay(text)).toBe(true));

  it.each([
    '2021-02-29',
    '1900-02-29',
    '2020-04-31',
    '2020-13-01',
    '2020-00-10',
    '2020-1-1',
    '20200101',
    '2020-01-01T00:00Z',
    '',
  ])('is not %s', (text) => expect(isDay(text)).toBe(false));
});

describe('a moment', () => {
  it.each(['2020-06-10', '2020-06-10T10:00:00Z', '2020-06-10T10:00:00.123456789Z', '2020-06-10T12:00:00+02:00'])(
    'is %s',
    (text) => expect(isMoment(text)).toBe(true),
  );

  it.each([
    '2020-06-10T10:00:00',
    '2020-06-10T10:00Z',
    '2020-02-30T10:00:00Z',
    '2020-06-10T25:00:00Z',
    '2020-06-10T10:61:00Z',
    'yesterday',
    '2020-06-10 10:00Z',
    // Year 10000 and year -1 in UTC: their text would not sort.
    '9999-12-31T23:59:59-12:00',
    '0000-01-01T00:00:00+14:00',
  ])('is not %s', (text) => expect(isMoment(text)).toBe(false));

  it('is kept in UTC with milliseconds, so that it sorts as text', () => {
    expect(asMoment('2020-06-10T12:00:00+02:00')).toBe('2020-06-10T10:00:00.000Z');
    expect(asOccurrence('2020-06-10T10:00:00.123456Z')).toBe('2020-06-10T10:00:00.123Z');
  });
});

describe('a day in Brussels', () => {
  it('lasts 24 hours in winter and in summer', () => {
    expect([dayStart('2020-01-15'), dayEnd('2020-01-15')]).toEqual([
      '2020-01-14T23:00:00.000Z',
      '2020-01-15T22:59:59.999Z',
    ]);
    expect([dayStart('2020-07-15'), dayEnd('2020-07-15')]).toEqual([
      '2020-07-14T22:00:00.000Z',
      '2020-07-15T21:59:59.999Z',
    ]);
  });

  it('lasts 23 hours when summer time begins', () =>
    expect([dayStart('2020-03-29'), dayEnd('2020-03-29')]).toEqual([
      '2020-03-28T23:00:00.000Z',
      '2020-03-29T21:59:59.999Z',
    ]));

  it('lasts 25 hours when it ends', () =>
    expect([dayStart('2020-10-25'), dayEnd('2020-10-25')]).toEqual([
      '2020-10-24T22:00:00.000Z',
      '2020-10-25T22:59:59.999Z',
    ]));

  it('holds its first and its last millisecond, and the next one begins right after', () =>
    fc.assert(
      fc.property(day, (today) => {
        expect([dayOf(dayStart(today)), dayOf(dayEnd(today))]).toEqual([today, today]);
        const next = toInstant(Date.parse(today) + DAY_MS).slice(0, 10);
        expect(Date.parse(dayStart(next))).toBe(Date.parse(dayEnd(today)) + 1);
      }),
    ));

  it('is meant as its end where one asks up to a day, and as its start where something happened on it', () => {
    expect(asMoment('2020-01-15')).toBe(dayEnd('2020-01-15'));
    expect(asOccurrence('2020-01-15')).toBe(dayStart('2020-01-15'));
  });
});

describe('days are counted', () => {
  it('on the calendar, also over a change of clocks', () => {
    expect(daysBetween('2020-03-16', '2020-09-01')).toBe(169);
    expect(daysBetween('2020-01-01', '2020-01-01')).toBe(0);
    expect(daysBetween('2020-03-01', '2020-02-28')).toBe(-2);
  });

  it('from an instant as 24 hours each', () => {
    expect(plusDays('2020-03-28T12:00:00.000Z', 2)).toBe('2020-03-30T12:00:00.000Z');
    expect(plusDays('2020-03-01T12:00:00.000Z', -1)).toBe('2020-02-29T12:00:00.000Z');
  });
});
