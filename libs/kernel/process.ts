import type { CommandBody } from './command.ts';
import type { Rejected } from './decider.ts';
import type { Recorded } from './event.ts';

/** A command that a process gives. */
export interface ProcessCommand {
  /** Name of the command's class. */
  readonly command: string;
  readonly body: CommandBody;
  /** The thing it is about; absent for a create. */
  readonly id?: string;
  /** What a refusal leads to; without it a refusal is passed over. */
  readonly refused?: (rejection: Rejected) => ProcessCommand | undefined;
}

/** A process manager: which commands an event leads to. Pure; the runner sees to order, retries and restarts. */
export interface Process {
  readonly name: string;
  reacts(event: Recorded): readonly ProcessCommand[];
}
