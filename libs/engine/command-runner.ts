import { randomBytes } from 'node:crypto';
import {
  asOccurrence,
  canonical,
  dayOf,
  dayStart,
  failpoint,
  isPrior,
  isRejected,
  nothing,
  plain,
  sha256,
  streamName,
  Turns,
  uuidv5,
  type Actor,
  type Aggregate,
  type Clock,
  type CommandBody,
  type CommandDefinition,
  type Decided,
  type DecisionContext,
  type Event,
  type Instant,
  type JsonObject,
  type Position,
  type PriorCommand,
  type Recorded,
  type Rejected,
} from '#kernel';
import { isStoreError, StoreError, type Codec, type EventStore, type NewEvent } from '#event-store';
import type { Subjects } from '#privacy';
import { Streams, type Folded, type Told } from './streams.ts';
import type { CommandRequest, CommandResult, EngineCode, EventSince, Receipt } from './types.ts';

type Status = { readonly status: string };
type AnyDefinition = CommandDefinition<CommandBody, Status>;

const ATTEMPTS = 5;
/** With who may act still to be asked before, a command is answered within 5 s, whatever a server does (`reliability.md` F11). */
const ANSWER_MS = 3_500;
const OUTCOME_MS = 5_000;
/** Passing faults that say that nothing was written: a connection that was just reset, another leader. */
const TRIES_AGAIN = 2;
/** Leaves time to find out what became of an append that was not answered. */
const APPEND_MS = 2_000;
const RETRY_MS = 50;
/** So many commands at most may have to come before one. */
const PRIORS = 50;
/** Who claims for a command what several streams share. */
const CLAIMS = 'process:claims';

const refuse = (code: EngineCode, params: Readonly<Record<string, unknown>> = {}): CommandResult => ({
  kind: 'refused',
  rejection: { rejected: code, params },
});
const refused = (rejection: Rejected): CommandResult => ({ kind: 'refused', rejection });
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What it comes to within the time (ms, or Infinity), else undefined; then nobody hears how it ends. */
async function inTime<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  if (ms === Infinity) return work;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, ms, undefined)));
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Thrown by `look` for a stream that is not folded yet; the runner reads it and asks again. */
class Unread {
  constructor(
    readonly aggregate: Aggregate<Status, never>,
    readonly id: string,
  ) {}
}

/**
 * Carries out commands: load, fold, decide, append at the revision read (`architecture.md`, CommandRunner).
 * A command has one effect however often it is given with the same key: its id lies in the stream itself.
 */
export class CommandRunner {
  readonly streams: Streams;
  /** Conflicts met so far: somebody else appended between load and append. */
  conflicts = 0;
  /** One command after another on a stream: within this process they never conflict. */
  readonly #turns = new Turns();
  /** Ids of the commands that are being carried out. */
  readonly #underWay = new Map<string, number>();
  readonly #answerMs: number;

  constructor(
    private readonly store: EventStore,
    private readonly codec: Codec,
    private readonly subjects: Subjects,
    private readonly clock: Clock,
    private readonly definitions: readonly CommandDefinition[] = [],
  ) {
    this.streams = new Streams(store, codec);
    // An embedded store answers as soon as its disk does; who waits for others waits as long as they take.
    this.#answerMs = store.capabilities.kind === 'eventstoredb' ? ANSWER_MS : Infinity;
  }

  /** Never throws for what a client can cause; a throw is a bug, or a log that cannot be read. On servers it answers in time. */
  async run(request: CommandRequest): Promise<CommandResult> {
    const definition = request.definition as unknown as AnyDefinition;
    const { actor, body, key } = request;
    const commandId = uuidv5(actor.subject, definition.name, request.id ?? '', key);
    const id = request.id ?? definition.idOf?.(body) ?? uuidv5(commandId, 'id');
    const command = new Attempt(this.streams, this.codec, this.clock, definition, request, commandId, id);
    command.until = performance.now() + this.#answerMs;
    // The same one may be on its way already, and be written while this one waits.
    if (this.#underWay.has(commandId)) command.stage = 'outcome-unknown';
    try {
      const result = await inTime(
        command.remaining(),
        this.#known(commandId, () => this.#withPriors(command)),
      );
      if (result !== undefined) return result;
      command.until = -Infinity;
      return refuse(command.stage);
    } catch (error) {
      if (isStoreError(error)) return refuse(codeOf(error), error.params);
      const { code } = error as { readonly code?: unknown };
      if (code === 'disk-full') return refuse('disk-full');
      if (code === 'subjects-unavailable') return refuse('store-unavailable');
      throw error;
    }
  }

  /**
   * What must come first is carried out between two turns on the stream, never within one: two commands that claim of each
   * other would wait for ever. A claim whose booking never comes, for a refusal or a crash, is lapsed by who needs the room.
   */
  async #withPriors(command: Attempt): Promise<CommandResult> {
    for (let round = 0; round < PRIORS; round++) {
      const result = await this.#turns.take(command.stream, () => this.#carryOut(command));
      if (!('first' in result)) return result;
      const { first, then } = result;
      const prior = await this.#prior(command, first);
      if (prior.kind === 'refused' || command.remaining() <= 0)
        return prior.kind === 'refused' ? prior : refuse(command.stage);
      if (command.dryRun) return then;
      failpoint('after-prior');
    }
    return refuse('contention');
  }

  #prior(command: Attempt, { command: name, id, body, key }: PriorCommand): Promise<CommandResult> {
    const definition = this.definitions.find((one) => one.name === name);
    if (definition === undefined) throw new Error(`no command ${name}`);
    return this.run({
      definition,
      body,
      ...(id !== undefined && { id }),
      actor: { subject: CLAIMS, role: 'process' },
      key,
      ifMatch: '*',
      correlationId: command.correlationId,
      causationId: command.commandId,
      ...(command.dryRun && { dryRun: true }),
    });
  }

  async #carryOut(command: Attempt): Promise<CommandResult | First> {
    for (let attempt = 1; command.remaining() > 0; attempt++) {
      command.stage = 'store-unavailable';
      let made: ToAppend | undefined;
      try {
        const decided = await command.decide();
        if (!('append' in decided)) return decided;
        made = decided;
        if (command.personal !== null) await this.subjects.put(command.id, command.personal);
        return await this.#append(command, made);
      } catch (error) {
        if (!isStoreError(error)) throw error;
        if (made !== undefined && error.indeterminate) return this.#findOut(command, made);
        if (error.code === 'concurrency') this.conflicts++;
        else if (!error.retryable || attempt > TRIES_AGAIN) throw error;
        if (attempt === ATTEMPTS) return refuse('contention');
        await pause(Math.random() * RETRY_MS * 2 ** attempt);
      }
    }
    return refuse(command.stage);
  }

  /** Nothing is appended once the client was told that it was not. */
  async #append(command: Attempt, { append, expected, revision }: ToAppend): Promise<CommandResult> {
    const remaining = command.remaining();
    if (remaining <= 0) return refuse(command.stage);
    command.stage = 'outcome-unknown';
    const deadlineMs = Math.min(APPEND_MS, remaining);
    const { position, replayed } = await this.store.append(command.stream, [append], { expected, deadlineMs });
    return replayed === false ? command.done(append, revision, position) : this.#asWritten(command);
  }

  /**
   * What the stream says: another process may have been first with the same key and another body, and a store compares
   * ids only (`stores.md` §1.2).
   */
  async #asWritten(command: Attempt): Promise<CommandResult> {
    try {
      const told = (await command.load()).told.get(command.commandId);
      if (told === undefined) throw new StoreError('store-unavailable', 'appended, and not to be read yet');
      return command.answer(told, false);
    } catch (cause) {
      if (!isStoreError(cause)) throw cause;
      throw new StoreError(cause.code, cause.message, cause.params, { retryable: true, indeterminate: true, cause });
    }
  }

  /** An append whose outcome is unknown: is its event there? Else the identical event at the same revision, until the deadline. */
  async #findOut(command: Attempt, made: ToAppend): Promise<CommandResult | First> {
    const until = performance.now() + OUTCOME_MS;
    while (command.remaining() > 0 && performance.now() < until) {
      try {
        const { told } = await command.load();
        const answer = told.get(command.commandId);
        return answer === undefined ? await this.#append(command, made) : command.answer(answer, false);
      } catch (error) {
        if (!isStoreError(error)) throw error;
        if (error.code === 'concurrency') return this.#carryOut(command);
        if (!error.retryable && !error.indeterminate) break;
      }
      await pause(RETRY_MS);
    }
    return refuse('outcome-unknown');
  }

  async #known<T>(commandId: string, work: () => Promise<T>): Promise<T> {
    this.#underWay.set(commandId, (this.#underWay.get(commandId) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const others = this.#underWay.get(commandId)! - 1;
      if (others > 0) this.#underWay.set(commandId, others);
      else this.#underWay.delete(commandId);
    }
  }
}

/** A date has the precision of a day: what begins with the day of a moment is not before that moment. */
const isThatDay = (instant: Instant, moment: Instant): boolean => instant === dayStart(dayOf(moment));

/** When a command says it happened: a date on the day of the stream's last change is not before that change. */
function occurrence(said: string | undefined, now: Instant, { firstAt, statusAt }: Folded): Instant {
  if (said === undefined) return now;
  const occurredAt = asOccurrence(said);
  const bound = statusAt ?? firstAt;
  return bound !== null && isThatDay(occurredAt, bound) ? bound : occurredAt;
}

const codeOf = (error: StoreError): EngineCode => {
  if (error.code === 'disk-full' || error.code === 'payload-too-large') return error.code;
  return error.indeterminate ? 'outcome-unknown' : 'store-unavailable';
};

/** What must come before, and what a dry run answers when that would do. */
interface First {
  readonly first: PriorCommand;
  readonly then: CommandResult;
}

interface ToAppend {
  readonly append: NewEvent;
  readonly expected: 'no_stream' | bigint;
  readonly revision: number;
}

/** One command on its way: what it is, and what has been looked at for it. */
class Attempt {
  readonly stream: string;
  readonly personal: Readonly<Record<string, string>> | null;
  readonly #body: CommandBody;
  readonly #hash: string;
  #looked = new Map<string, Folded>();
  /** What to answer if the time is up now. */
  stage: 'contention' | 'store-unavailable' | 'outcome-unknown' = 'contention';
  /** When it must be answered; in the past once it was. */
  until = Infinity;

  constructor(
    private readonly streams: Streams,
    private readonly codec: Codec,
    private readonly clock: Clock,
    private readonly definition: AnyDefinition,
    private readonly request: CommandRequest,
    readonly commandId: string,
    readonly id: string,
  ) {
    this.stream = streamName({ aggregate: definition.aggregate.name, id });
    const members = Object.entries(plain(request.body) as JsonObject);
    const isPersonal = ([name]: readonly [string, unknown]): boolean => definition.personal.includes(name);
    this.#body = Object.fromEntries(members.filter((member) => !isPersonal(member)));
    this.personal =
      definition.personal.length === 0
        ? null
        : (Object.fromEntries(members.filter(isPersonal)) as Record<string, string>);
    this.#hash = sha256(canonical(this.#body));
  }

  /** Ms until it must be answered. */
  remaining(): number {
    return this.until - performance.now();
  }

  load(): Promise<Folded> {
    return this.streams.load(this.definition.aggregate, this.id);
  }

  get dryRun(): boolean {
    return this.request.dryRun === true;
  }

  get correlationId(): string {
    return this.request.correlationId ?? this.commandId;
  }

  /** Authorise, find a replay, check the revision, decide: in that order. */
  async decide(): Promise<ToAppend | CommandResult | First> {
    this.#looked = new Map();
    const folded = await this.load();
    const { definition, request } = this;
    if (!definition.creates && folded.revision < 0) return refuse('not-found');
    const now = this.clock.now();
    const occurredAt = occurrence(request.body.occurredAt, now, folded);
    const context = this.#context(request.actor, now, occurredAt);
    const authorised = await this.#looking(() => definition.authorise(this.#body, folded.state, context));
    if (isRejected(authorised)) return refused(authorised);
    const told = folded.told.get(this.commandId);
    if (told !== undefined) return this.answer(told, true);
    if (request.ifMatch !== '*' && request.ifMatch !== folded.revision) return this.#moved(folded, request.ifMatch);
    const actor: Actor = { ...request.actor, ...authorised };
    const deciding = this.#context(actor, now, occurredAt);
    const decided = await this.#looking(() => definition.decide(this.#body, folded.state, deciding));
    if (isRejected(decided)) return refused(decided);
    if (decided === nothing) return this.#already(folded);
    if (!isPrior(decided)) return this.#fits(decided, folded, deciding);
    const fitting = await this.#fits(decided.then, folded, deciding);
    if ('kind' in fitting && fitting.kind === 'refused') return fitting;
    return { first: decided.first, then: this.#onlyAsked(fitting) };
  }

  #onlyAsked(fitting: ToAppend | CommandResult): CommandResult {
    if ('kind' in fitting) return fitting;
    const { type, data, meta } = fitting.append;
    return { kind: 'dry-run', event: { type, data, occurredAt: meta['occurredAt'] as Instant } };
  }

  /** The time rules, which come after the command's own guards; then the event. */
  async #fits(decided: Decided<Event>, folded: Folded, context: DecisionContext): Promise<ToAppend | CommandResult> {
    const { definition, request } = this;
    const network = definition.networkOf(this.#body, folded.state, this.id);
    if (decided.occurredAt === undefined) {
      const untimely = await this.#looking(() => definition.timely(this.#body, network, context));
      if (untimely !== undefined) return refused(untimely);
    }
    const said = decided.occurredAt ?? context.occurredAt;
    const bound = this.#notBefore(decided, said, folded, context);
    const occurredAt = bound !== null && said < bound && isThatDay(said, bound) ? bound : said;
    if (bound !== null && occurredAt < bound) return refuse('out-of-order', { occurredAt, notBefore: bound });
    const event = this.#event(decided, network, occurredAt, context);
    if (request.dryRun === true) return { kind: 'dry-run', event: { type: event.type, data: event.data, occurredAt } };
    return {
      append: event,
      expected: folded.revision < 0 ? 'no_stream' : BigInt(folded.revision),
      revision: folded.revision + 1,
    };
  }

  /** No event before the first of its stream, no change of status before the last one. */
  #notBefore(
    decided: Decided<Event>,
    occurredAt: Instant,
    folded: Folded,
    { now, actor }: DecisionContext,
  ): Instant | null {
    const recorded = {
      ...decided,
      id: this.commandId,
      stream: { aggregate: this.definition.aggregate.name, id: this.id },
      revision: folded.revision + 1,
      meta: { network: null, occurredAt, recordedAt: now, actor },
    } as unknown as Recorded;
    const { status } = this.definition.aggregate.evolve(folded.state, recorded);
    return status === folded.state.status ? folded.firstAt : folded.statusAt;
  }

  #event(decided: Decided<Event>, network: string | null, occurredAt: Instant, context: DecisionContext): NewEvent {
    const { reason, evidence, onBehalfOf, decisionRef } = this.#body;
    const meta = {
      schema: this.codec.schemaOf(decided.type),
      network,
      occurredAt,
      recordedAt: context.now,
      actor: context.actor,
      commandId: this.commandId,
      commandHash: this.#hash,
      correlationId: this.request.correlationId ?? this.commandId,
      causationId: this.request.causationId ?? this.commandId,
      basis: [...this.#looked].map(([stream, { revision }]) => ({ stream, revision: revision < 0 ? null : revision })),
      $audit: { salt: randomBytes(16).toString('base64url') },
      ...(reason !== undefined && { reason }),
      ...(evidence !== undefined && evidence.length > 0 && { evidence }),
      ...(onBehalfOf !== undefined && { onBehalfOf }),
      ...(decisionRef !== undefined && { decisionRef }),
    };
    return {
      id: this.commandId,
      type: decided.type,
      data: plain(decided.data) as JsonObject,
      meta: meta as unknown as JsonObject,
    };
  }

  #context(actor: Actor, now: Instant, occurredAt: Instant): DecisionContext {
    const look = (aggregate: Aggregate<Status, never>, id: string): Status => {
      const looked = this.#looked.get(streamName({ aggregate: aggregate.name, id }));
      if (looked === undefined) throw new Unread(aggregate, id);
      return looked.state;
    };
    return { look: look as DecisionContext['look'], id: this.id, eventId: this.commandId, occurredAt, now, actor };
  }

  /** Asks anew each time a stream had to be read first: what is asked is pure, so asking twice is harmless. */
  async #looking<T>(ask: () => T): Promise<T> {
    for (;;) {
      try {
        return ask();
      } catch (unread) {
        if (!(unread instanceof Unread)) throw unread;
        const { aggregate, id } = unread;
        this.#looked.set(streamName({ aggregate: aggregate.name, id }), await this.streams.load(aggregate, id));
      }
    }
  }

  done(event: NewEvent, revision: number, position: Position): CommandResult {
    return this.#result({ id: event.id, type: event.type }, revision, position, false);
  }

  /** What this command led to when it was first carried out; another body under the same key is no retry. */
  answer(told: Told, replayed: boolean): CommandResult {
    if (told.hash !== this.#hash) return refuse('idempotency-key-reused');
    return this.#result({ id: told.eventId, type: told.type }, told.revision, told.position, replayed);
  }

  #already({ revision, position }: Folded): CommandResult {
    return this.#result(null, revision, position, false);
  }

  #result(event: Receipt['event'], revision: number, position: Position | null, replayed: boolean): CommandResult {
    if (this.request.dryRun === true) return { kind: 'dry-run', event: null };
    const receipt: Receipt = {
      commandId: this.commandId,
      stream: this.stream,
      id: this.id,
      revision: revision < 0 ? null : revision,
      position,
      event,
    };
    return { kind: 'done', receipt, created: this.definition.creates && event !== null, replayed };
  }

  /**
   * The client has seen another revision: say what happened since, so that it can be shown; not what happened in another
   * network, for a stream may hold facts of several.
   */
  async #moved(folded: Folded, seen: number): Promise<CommandResult> {
    const events =
      seen < folded.revision ? await this.streams.events(this.definition.aggregate.name, this.id, seen + 1) : [];
    const home = this.definition.networkOf(this.#body, folded.state, this.id);
    const shown = events.filter(({ meta }) => meta.network === null || meta.network === home);
    const eventsSince: readonly EventSince[] = shown.map(({ id, type, revision, meta }) => ({
      id,
      type,
      revision,
      occurredAt: meta.occurredAt,
      recordedAt: meta.recordedAt,
      actor: meta.actor,
    }));
    return refuse('revision-conflict', { currentRevision: folded.revision, eventsSince });
  }
}
