import type { EventStore, Head } from '#event-store';
import type { ReadStore } from '#read-store';

/** The log ends before what somebody has seen of it, or it is another log: going on would lose or mix histories. */
export class LostHistoryError extends Error {
  readonly code = 'lost-history';
}

/**
 * The checkpoints of the read models lie apart from the log: they witness how far it once went.
 * Refuses a log that ends before one of them (`reliability.md` F07).
 */
export async function witnessHead(
  events: EventStore,
  reads: ReadStore,
  followers: readonly { readonly name: string; readonly generation: number }[],
): Promise<Head> {
  const all = await Promise.all(followers.map(({ name, generation }) => reads.checkpoint(name, generation)));
  // After the checkpoints: whoever projects beside us moves them on with the log.
  const head = await events.head();
  for (const checkpoint of all) {
    if (checkpoint === null) continue;
    const name = checkpoint.projection;
    if (checkpoint.logId !== head.logId)
      throw new LostHistoryError(
        `${name} was built from log ${checkpoint.logId}, but this is log ${head.logId}: restore what belongs together`,
      );
    if (head.position === null || checkpoint.position > head.position)
      throw new LostHistoryError(
        `the log ends at ${head.position ?? 'nothing'}, but ${name} has seen ${checkpoint.position}: events were lost; restore the newest log`,
      );
  }
  return head;
}
