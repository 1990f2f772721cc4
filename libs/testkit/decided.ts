import type { DecisionEvent } from '#domain/decision';
import { dayStart, uuidv5, type Day } from '#kernel';
import type { Fact } from './given.ts';

type Recorded = Extract<DecisionEvent, { readonly type: 'DecisionRecorded' }>;
type Said = Partial<Recorded['data']> & { readonly subjects: Recorded['data']['subjects'] };

export const COLLECTIVE = uuidv5('testkit', 'collective');

/** A decision of the collective on that day, by consent of its one member, that approves unless said otherwise. */
export function decided(day: Day, said: Said, meta: Fact['meta'] = {}): Fact<Recorded> {
  const occurredAt = dayStart(day);
  const city = uuidv5('testkit', 'city');
  return {
    type: 'DecisionRecorded',
    data: {
      body: COLLECTIVE,
      mode: 'written',
      proposal: 'Zo doen we het.',
      alternatives: [],
      outcome: 'approve',
      conditions: [],
      quorum: 1,
      rule: 'consent',
      entitled: [{ organisation: city, seats: 1 }],
      present: [city],
      votes: [],
      dissent: [],
      conflicts: [],
      rationale: 'Het is nodig.',
      grounds: [],
      effectiveAt: occurredAt,
      waives: [],
      knownAt: occurredAt,
      ...said,
    },
    meta: { occurredAt, ...meta },
  };
}
