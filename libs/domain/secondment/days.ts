import { sum, type Day } from '#kernel';

/** So much, in basis points, on each day from the first to the last; null: it goes on. */
export interface Span {
  readonly from: Day;
  readonly until: Day | null;
  readonly bp: number;
}

/** All there is of a person on a day. */
const WHOLE = 10_000;

export const covers = ({ from, until }: Pick<Span, 'from' | 'until'>, day: Day): boolean =>
  from <= day && (until === null || day <= until);

/** So much they come to on that day. */
export const bpOn = (spans: readonly Span[], day: Day): number =>
  sum(spans.map((span) => (covers(span, day) ? span.bp : 0)));

/** A day on which there is no room for what is asked. */
export interface Overfull {
  readonly day: Day;
  readonly bp: number;
  readonly asked: number;
}

/** The first day on which what is there and what is asked come to more than the whole: their sum rises only where one begins. */
export function overfull(there: readonly Span[], asked: readonly Span[]): Overfull | undefined {
  const days = new Set([...there, ...asked].map(({ from }) => from));
  return [...days]
    .toSorted()
    .map((day) => ({ day, bp: bpOn(there, day), asked: bpOn(asked, day) }))
    .find(({ bp, asked: more }) => bp + more > WHOLE);
}
