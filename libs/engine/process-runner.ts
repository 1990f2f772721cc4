import type { CommandDefinition, Position, Process, ProcessCommand, Recorded } from '#kernel';
import type { Codec, EventStore, StoredEvent } from '#event-store';
import type { ReadStore } from '#read-store';
import type { CommandRunner } from './command-runner.ts';
import { Follower, type FollowerStatus } from './follower.ts';
import type { CommandResult } from './types.ts';

const GENERATION = 1;
/** Refusals of the engine that say nothing of the command itself: it is given again. */
const PASSING: ReadonlySet<string> = new Set(['outcome-unknown', 'store-unavailable', 'contention', 'disk-full']);

export interface ProcessStatus extends Pick<FollowerStatus, 'position' | 'error'> {
  readonly name: string;
  /** `elsewhere`: another process follows. */
  readonly state: FollowerStatus['state'] | 'elsewhere';
}

/**
 * Gives the commands to which events lead. The caller is `process:<name>` and the key `<event id>/<index>`, so that a
 * command given again after a crash, a retry or a loss of the checkpoint has its one effect.
 */
export class ProcessRunner {
  readonly #followers = new Map<string, Follower>();
  readonly #processes: ReadonlyMap<string, Process>;

  constructor(
    processes: readonly Process[],
    private readonly definitions: readonly CommandDefinition[],
    private readonly commands: CommandRunner,
    private readonly events: EventStore,
    private readonly codec: Codec,
    private readonly reads: ReadStore,
    private readonly logId: string,
  ) {
    this.#processes = new Map(processes.map((process) => [`process:${process.name}`, process]));
  }

  async start(): Promise<void> {
    for (const [name, process] of this.#processes) {
      const follower = new Follower({
        name,
        events: this.events,
        logId: this.logId,
        checkpoint: () => this.#checkpoint(name),
        handle: (page, from) => this.#handle(process, name, page, from),
      });
      this.#followers.set(name, follower);
      follower.start();
    }
  }

  async list(): Promise<readonly ProcessStatus[]> {
    return Promise.all([...this.#processes.keys()].map((name) => this.#status(name)));
  }

  /** Whether all of them get to that position within the time. */
  async reached(at: Position, timeoutMs: number): Promise<boolean> {
    const names = [...this.#processes.keys()];
    const reached = await Promise.all(names.map((name) => this.reads.waitFor(name, at, timeoutMs)));
    return reached.every(Boolean);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#followers.values()].map((follower) => follower.stop()));
    this.#followers.clear();
  }

  async #status(name: string): Promise<ProcessStatus> {
    const follower = this.#followers.get(name);
    if (follower === undefined)
      return { name, state: 'elsewhere', position: await this.#checkpoint(name), error: null };
    const { state, position, error } = follower.status();
    return { name, state, position, error };
  }

  async #checkpoint(name: string): Promise<Position | null> {
    return (await this.reads.checkpoint(name, GENERATION))?.position ?? null;
  }

  async #handle(process: Process, name: string, page: readonly StoredEvent[], from: Position | null): Promise<void> {
    for (const stored of page) {
      const event = this.codec.decode(stored);
      if (event === null) continue;
      for (const [index, command] of process.reacts(event).entries())
        await this.#give(name, command, event, `${event.id}/${index}`);
    }
    const to = page.at(-1)!.position;
    await this.reads.commit({ projection: name, generation: GENERATION, from, to, logId: this.logId, ops: [] });
  }

  async #give(subject: string, command: ProcessCommand, cause: Recorded, key: string): Promise<void> {
    const result = await this.#run(subject, command, cause, key);
    if (result.kind !== 'refused') return;
    const { rejected } = result.rejection;
    if (PASSING.has(rejected)) throw Object.assign(new Error(`${command.command}: ${rejected}`), { code: rejected });
    const answer = command.refused?.(result.rejection);
    if (answer !== undefined) await this.#give(subject, answer, cause, `${key}/refused`);
  }

  #run(subject: string, command: ProcessCommand, cause: Recorded, key: string): Promise<CommandResult> {
    const definition = this.definitions.find(({ name }) => name === command.command);
    if (definition === undefined) throw new Error(`no command ${command.command}`);
    return this.commands.run({
      definition,
      body: { occurredAt: cause.meta.occurredAt, ...command.body },
      ...(command.id !== undefined && { id: command.id }),
      actor: { subject, role: 'process' },
      key,
      ifMatch: '*',
      correlationId: cause.meta.correlationId,
      causationId: cause.id,
    });
  }
}
