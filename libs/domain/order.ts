import { dayOf, dayStart, type Event, type Instant } from '#kernel';

/**
 * When each fact of a thing last began, changed or ended, by its name: `lead`, `partner/<id>`. What lies below a name is a
 * part of that fact: replacing `objectives` replaces `objectives/O5`.
 */
export type Since = Readonly<Record<string, Instant>>;

/** The names of the facts that an event begins, changes or ends; none where nothing it says is ever replaced. */
export type Touched<E> = (event: E) => readonly string[];

type Facts<E extends Event> = {
  readonly [T in E['type']]?: (data: Extract<E, { readonly type: T }>['data']) => readonly string[];
};

/** From what each type of event touches; a type that is not named touches nothing. */
export const touches =
  <E extends Event>(facts: Facts<E>): Touched<E> =>
  ({ type, data }) =>
    (facts as Readonly<Record<string, ((data: unknown) => readonly string[]) | undefined>>)[type]?.(data) ?? [];

export const noted = (since: Since, names: readonly string[], occurredAt: Instant): Since =>
  Object.fromEntries([
    ...Object.entries(since),
    ...names.map((name) => [name, later(since[name] ?? null, occurredAt)] as const),
  ]);

const later = (one: Instant | null, other: Instant): Instant => (one !== null && one > other ? one : other);
const isWithin = (part: string, whole: string): boolean => part === whole || part.startsWith(`${whole}/`);

/** Whether two events say something of the same fact. */
export const shareFact = (some: readonly string[], others: readonly string[]): boolean =>
  some.some((one) => others.some((other) => isWithin(one, other) || isWithin(other, one)));

/** The last change of any of these facts: another one is not before it. */
export const lastChange = (since: Since, names: readonly string[]): Instant | null =>
  Object.entries(since)
    .filter(([name]) => shareFact([name], names))
    .reduce<Instant | null>((last, [, at]) => later(last, at), null);

/** A date has the precision of a day: what begins with the day of a moment is not before that moment. */
export const isThatDay = (instant: Instant, moment: Instant): boolean => instant === dayStart(dayOf(moment));
