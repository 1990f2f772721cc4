import type { CommandEntry } from '#domain';
import type { Receipt } from '#engine';
import { validated } from '#http';
import type { Actor, Instant, JsonObject } from '#kernel';
import type { Spoor } from '../api/spoor.ts';

/** A command with every name resolved. */
export interface Given {
  readonly entry: CommandEntry;
  readonly id?: string;
  readonly body: JsonObject;
  readonly actor: Actor;
  readonly key: string;
  /** The revision that its giver has seen. */
  readonly ifMatch: number | '*';
  readonly now: Instant;
}

export type Outcome =
  | { readonly kind: 'done'; readonly receipt: Receipt; readonly replayed: boolean }
  | { readonly kind: 'refused'; readonly code: string; readonly details: unknown };

/** A way to give Spoor commands: in its own process, or over HTTP. */
export interface Driver {
  give(given: Given): Promise<Outcome>;
}

/** Gives commands as the API does, without HTTP. The clock goes to the moment of each; an earlier one leaves it where it is. */
export const inProcess = (spoor: Spoor): Driver => ({
  give: async ({ entry, body, now, ...request }) => {
    const { valid, ...checked } = validated(entry.type, body);
    if (!valid) return { kind: 'refused', code: 'validation-failed', details: checked };
    if (spoor.clock.advance === undefined) throw new Error('a history is written with the simulated clock only');
    await spoor.clock.advance(now);
    const result = await spoor.commands.run({ definition: entry, body, correlationId: request.key, ...request });
    if (result.kind === 'dry-run') throw new Error('nobody asked for a dry run');
    return result.kind === 'done'
      ? { kind: 'done', receipt: result.receipt, replayed: result.replayed }
      : { kind: 'refused', code: result.rejection.rejected, details: result.rejection.params };
  },
});
