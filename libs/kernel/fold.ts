import type { Aggregate } from './decider.ts';
import type { Event, Recorded } from './event.ts';

export const CORRECTION = 'RecordCorrected';

interface Correction {
  readonly event: string;
  readonly field: string;
  readonly to: unknown;
}

/** The events as they stand after the corrections among them: each corrected event carries its right value. */
export function corrected<E extends Event>(events: readonly Recorded<E>[]): readonly Recorded<E>[] {
  const corrections = events.filter(({ type }) => type === CORRECTION);
  if (corrections.length === 0) return events;
  const byId = new Map(events.map((event) => [event.id, event]));
  for (const { data } of corrections) {
    const { event: id, field, to } = data as Correction;
    const wrong = byId.get(id);
    if (wrong === undefined) continue;
    byId.set(
      id,
      field === 'occurredAt'
        ? { ...wrong, meta: { ...wrong.meta, occurredAt: to as string } }
        : { ...wrong, data: { ...wrong.data, [field]: to } },
    );
  }
  return events.map(({ id }) => byId.get(id)!);
}

/** The state after these events of one stream, in log order, corrections applied. */
export const fold = <S extends { readonly status: string }, E extends Event>(
  aggregate: Aggregate<S, E>,
  events: readonly Recorded<E>[],
): S => corrected(events).reduce((state, event) => aggregate.evolve(state, event), aggregate.initial);
