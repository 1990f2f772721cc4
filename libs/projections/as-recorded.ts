import type { Meta, Recorded } from '#kernel';
import type { JournalEntry } from './journal.ts';

/** The event that a journal entry was made of, member for member. */
export function asRecorded(entry: JournalEntry): Recorded {
  const { actor, decisionRef, network, occurredAt, recordedAt, correlationId, causationId } = entry;
  return {
    id: entry.eventId,
    type: entry.type,
    stream: { aggregate: entry.aggregate, id: entry.streamId },
    revision: entry.revision,
    position: entry.position,
    data: entry.data,
    meta: {
      ...(entry.meta as Omit<Meta, 'network' | 'actor'>),
      network,
      actor: {
        subject: actor.subject,
        role: actor.role,
        ...(actor.organisation !== null && { organisation: actor.organisation }),
      },
      ...(decisionRef !== null && { decisionRef }),
      occurredAt,
      recordedAt,
      correlationId,
      causationId,
    },
  };
}
