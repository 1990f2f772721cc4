/** RFC 3339 in UTC with milliseconds, `2020-06-10T22:00:00.000Z`: sorts as text. */
export type Instant = string;
/** `YYYY-MM-DD`. */
export type Day = string;

const ZONE = 'Europe/Brussels';
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;
export const DAY_MS = 86_400_000;

/** What the clock says now; never earlier than what it said before. */
export interface Clock {
  now(): Instant;
}

export const isDay = (text: string): boolean => DAY.test(text) && isReal(text);
export const isMoment = (text: string): boolean =>
  isDay(text) || (INSTANT.test(text) && isReal(text.slice(0, 10)) && hasFourDigits(Date.parse(text)));

/** A date or instant as the moment up to which something is asked: a date means the end of that day in Brussels. */
export const asMoment = (text: string): Instant => (DAY.test(text) ? dayEnd(text) : toInstant(Date.parse(text)));
/** A date or instant as the moment at which something happened: a date means the start of that day in Brussels. */
export const asOccurrence = (text: string): Instant => (DAY.test(text) ? dayStart(text) : toInstant(Date.parse(text)));

export const toInstant = (ms: number): Instant => new Date(ms).toISOString();
export const dayStart = (day: Day): Instant => toInstant(midnight(day));
export const dayEnd = (day: Day): Instant => toInstant(midnight(addDays(day, 1)) - 1);
/** The calendar day in Brussels at that instant. */
export const dayOf = (instant: Instant): Day => wallClock(Date.parse(instant)).slice(0, 10);
/** `days` later than an instant; negative for earlier. */
export const plusDays = (instant: Instant, days: number): Instant => toInstant(Date.parse(instant) + days * DAY_MS);
/** So many calendar days later; negative for earlier. */
export const addDays = (day: Day, days: number): Day => toInstant(Date.parse(day) + days * DAY_MS).slice(0, 10);
/** Whole calendar days from one day to another. */
export const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** Whether it lies in the years 0000 to 9999 of UTC: outside them an instant's text no longer sorts. */
const hasFourDigits = (ms: number): boolean => !Number.isNaN(ms) && /^\d{4}-/.test(toInstant(ms));

/** 31 April is a date that `Date` would turn into another one. */
const isReal = (day: string): boolean => {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && toInstant(ms).startsWith(day);
};

/** Belgium is one or two hours ahead of UTC; the right guess is the one that reads 00:00 there. */
function midnight(day: Day): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  for (const hours of [1, 2, 0]) {
    const guess = utc - hours * 3_600_000;
    if (wallClock(guess) === `${day} 00:00:00`) return guess;
  }
  return utc;
}

const format = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short', timeStyle: 'medium' });
const wallClock = (ms: number): string => format.format(ms);
