import { dayStart, type Day } from '#kernel';
import { decisionRecorded, idOf } from './facts.ts';

type Said = NonNullable<Parameters<typeof decisionRecorded>[0]>;
type Meta = NonNullable<Parameters<typeof decisionRecorded>[1]>;

export const COLLECTIVE = idOf('collectief');

/** A decision of the collective on that day, which holds from then; it approves unless said otherwise. */
export function decided(
  day: Day,
  said: Said & Required<Pick<Said, 'subjects'>>,
  meta: Meta = {},
): ReturnType<typeof decisionRecorded> {
  const occurredAt = dayStart(day);
  return decisionRecorded(
    { body: COLLECTIVE, effectiveAt: occurredAt, knownAt: occurredAt, ...said },
    { occurredAt, ...meta },
  );
}
