import type { EventStore, Head } from '#event-store';
import type { ReadStore } from '#read-store';

/** The log ends before what somebody has seen of it, or it is another log: going on would lose or mix histories. */
export class LostHistoryError extends Error {
  readonly code = 'lost-history';
}

/**
 * The checkpoints of the read models lie in another file than the log: they witness how far it once went.
 * Refuses a log that ends before one of them (`reliability.md` F07).
 */
export async function witnessHead(
  events: EventStore,
  reads: ReadStore,
  followers: readonly { readonly name: string; readonly generation: number }[],
): Promise<Head> {
  const head = await events.head();
  for (const { name, generation } of followers) {
    const checkpoint = await reads.checkpoint(name, generation);
    if (checkpoint === null) continue;
    if (checkpoint.logId !== head.logId)
      throw new LostHistoryError(
        `${name} was built from log ${checkpoint.logId}, but this is log ${head.logId}: restore the matching files`,
      );
    if (head.position === null || checkpoint.position > head.position)
      throw new LostHistoryError(
        `the log ends at ${head.position ?? 'nothing'}, but ${name} has seen ${checkpoint.position}: events were lost; restore the newest event file`,
      );
  }
  return head;
}
