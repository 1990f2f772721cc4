import { s, type Instant } from '#kernel';
import { SECTORS } from '#domain';

/** A text in one or more of the product's languages. */
export const localized = s.object({
  nl: s.optional(s.text()),
  fr: s.optional(s.text()),
  en: s.optional(s.text()),
});

export const sector = s.oneOf(SECTORS);
export const network = s.id('The network whose thing it is.');

/** Since when, and until when (exclusive; null: still). */
export const interval = { from: s.instant(), until: s.nullable(s.instant()) };
interface Interval {
  readonly from: Instant;
  readonly until: Instant | null;
}

/** Ends what still goes on and fits. */
export const end = <T extends Interval>(items: readonly T[], at: Instant, fits: (item: T) => boolean): readonly T[] =>
  items.map((item) => (item.until === null && fits(item) ? { ...item, until: at } : item));

/** Changes what still goes on and fits. */
export const change = <T extends Interval>(
  items: readonly T[],
  changes: Partial<T>,
  fits: (item: T) => boolean,
): readonly T[] => items.map((item) => (item.until === null && fits(item) ? { ...item, ...changes } : item));
