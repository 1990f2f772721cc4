import { allCommands } from '#domain';
import { plain, streamName, uuidv5, type Actor, type JsonObject } from '#kernel';
import type { Driver, Given, Outcome } from './driver.ts';
import { Ref, type Acting, type PlannedStep } from './scenario.ts';

/** Processes write on these too: which revision they are at is not known beforehand. */
const WITH_PROCESSES: ReadonlySet<string> = new Set(['action', 'grant', 'indicator', 'network', 'practice']);

const entries = new Map(allCommands.map((entry) => [entry.name, entry]));

interface Known {
  readonly id: string;
  readonly event?: string;
}

/** Gives planned steps one after another, and remembers what their names have come to stand for. */
export class Run {
  readonly #known = new Map<string, Known>();
  readonly #revisions = new Map<string, number>();

  constructor(private readonly driver: Driver) {}

  /** The id of what a step made. Throws for a name that no step has given yet. */
  id(name: string): string {
    return this.#find(name).id;
  }

  /** Whether a step has made something of that name. */
  knows(name: string): boolean {
    return this.#known.has(name);
  }

  /** The id of a step's event. */
  event(name: string): string {
    const { event } = this.#find(name);
    if (event === undefined) throw new Error(`${name} is no event`);
    return event;
  }

  /** The command that a step gives, with ids in place of names. */
  resolve(step: PlannedStep): Given {
    const entry = entries.get(step.command);
    if (entry === undefined) throw new Error(`no command ${step.command}`);
    const id = step.target === undefined ? undefined : this.id(step.target);
    const seen =
      id === undefined || WITH_PROCESSES.has(entry.aggregate.name)
        ? undefined
        : this.#revisions.get(streamName({ aggregate: entry.aggregate.name, id }));
    return {
      entry,
      ...(id !== undefined && { id }),
      body: plain(this.#inside(step.body)) as JsonObject,
      actor: this.#actor(step.as),
      key: step.key,
      ifMatch: seen ?? '*',
      now: step.now,
    };
  }

  /** Throws when a step does not lead to what it expects. */
  async give(step: PlannedStep): Promise<Outcome> {
    const given = this.resolve(step);
    const outcome = await this.driver.give(given);
    const refused = outcome.kind === 'refused' ? outcome.code : undefined;
    if (refused !== step.refused)
      throw new Error(
        `${step.key} (${step.on}, ${step.command} ${step.name ?? step.target ?? ''}) ` +
          `was to be ${step.refused ?? 'done'} and was ${refused ?? 'done'}: ${JSON.stringify(outcome)}`,
      );
    if (outcome.kind === 'done') this.remember(step, outcome);
    return outcome;
  }

  /** What the names of a step stand for from now on. */
  remember(step: PlannedStep, { receipt }: Extract<Outcome, { kind: 'done' }>): void {
    const { creates } = entries.get(step.command)!;
    const { id, stream, event, revision } = receipt;
    if (revision !== null) this.#revisions.set(stream, revision);
    if (step.name !== undefined) this.#know(step.name, { id, ...(event !== null && { event: event.id }) }, creates);
    step.children?.forEach((name, index) => this.#know(name, { id: childOf(step.command, event!.id, index) }, true));
  }

  #know(name: string, known: Known, isNew: boolean): void {
    const before = this.#known.get(name);
    if (before !== undefined && isNew && before.id !== known.id) throw new Error(`two things are called ${name}`);
    this.#known.set(name, known);
  }

  #find(name: string): Known {
    const known = this.#known.get(name);
    if (known === undefined) throw new Error(`nothing is called ${name} yet`);
    return known;
  }

  #actor(acting: Acting): Actor {
    return acting === 'operator'
      ? { subject: 'operator', role: 'operator' }
      : { subject: this.id(acting.person), role: acting.role };
  }

  #inside(value: unknown): unknown {
    if (value instanceof Ref) return value.kind === 'thing' ? this.id(value.name) : this.event(value.name);
    if (Array.isArray(value)) return value.map((item) => this.#inside(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, this.#inside(inner)]));
  }
}

/** Which process manager makes actions of what. */
const PROPOSES: Readonly<Record<string, string>> = { BroadenAction: 'broaden', AdoptPractice: 'adopt-practice' };

/** What it makes of a broadening or an adoption, by the general rule for ids (`architecture.md`, CommandRunner). */
const childOf = (command: string, cause: string, index: number): string =>
  uuidv5(uuidv5(`process:${PROPOSES[command]}`, 'ProposeBroadened', '', `${cause}/${index}`), 'id');
