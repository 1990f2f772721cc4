import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { allCommands, eventTypes, type RoleHeld } from '#domain';
import {
  CommandRunner,
  Duty,
  ProcessRunner,
  ProjectionRunner,
  simulatedClock,
  systemClock,
  witnessHead,
} from '#engine';
import { codec } from '#event-store';
import {
  asMoment,
  asOccurrence,
  dayOf,
  isDay,
  isMoment,
  type Actor,
  type CommandBody,
  type Instant,
  type Meta,
  type Position,
  type Rejected,
} from '#kernel';
import { allProcesses } from '#processes';
import { allProjections } from '#projections';
import { allQueries, notFound, pages, readerAt, type Moment, type QueryContext, type QueryEntry } from '#queries';
import type { ReadStore } from '#read-store';
import type { Answer, Spoor } from '../api/spoor.ts';
import { persons } from './persons.ts';
import { Refusal } from './words.ts';
import type { Stack } from './stack.ts';

const SETTLE_MS = 30_000;
/** Where a simulated clock stands in a store without events. */
const BEGINNING = '2000-01-01T00:00:00.000Z';

const recordExactRead = allCommands.find(({ name }) => name === 'RecordExactRead')!;

type ClockKind = 'system' | 'simulated';

interface Options {
  /** Whether this process projects, as soon as no other does, or never; by default it does. */
  readonly projections?: 'here' | 'elsewhere';
  /** Ends in a {@link Refusal} when another process projects already: processes must run by this one's clock. */
  readonly alone?: boolean;
  /** Told of what failed in passing beneath the projections. */
  readonly warn?: (error: unknown) => void;
}

/**
 * Puts the engine on the stores and starts it. `close` stops the engine and leaves the stores open. When it rejects, the
 * stores are closed: a write-ahead log that stayed behind would be taken for that of a log that is restored.
 */
export async function compose(stack: Stack, clockKind: ClockKind, options: Options = {}): Promise<Spoor> {
  try {
    return await started(stack, clockKind, options);
  } catch (error) {
    await stack.close();
    throw error;
  }
}

async function started(
  stack: Stack,
  clockKind: ClockKind,
  { projections: where, alone, warn }: Options,
): Promise<Spoor> {
  const { events, reads, subjects } = stack;
  const eventCodec = codec(eventTypes);
  const { position, logId } = await witnessHead(events, reads, await followed(stack));
  const last = position === null ? undefined : await lastRecordedAt(stack);
  const simulated = clockKind === 'simulated' ? simulatedClock(last ?? BEGINNING) : undefined;
  const clock = simulated ?? systemClock(last);
  const commands = new CommandRunner(events, eventCodec, subjects, clock, allCommands);
  const countEvents = (upTo?: Position): Promise<number> =>
    reads.count({ model: 'journal', where: [upTo === undefined ? ['revision', 'gte', 0] : ['position', 'lte', upTo]] });
  const projections = new ProjectionRunner(allProjections, events, eventCodec, reads, logId, countEvents);
  const processes = new ProcessRunner(allProcesses, allCommands, commands, events, eventCodec, reads, logId);
  const duty = new Duty(reads, [projections, processes], warn ?? (() => {}));
  await projections.prepare();
  if (where !== 'elsewhere') await duty.start();
  if (alone === true && !duty.held) {
    await duty.stop();
    throw new Refusal('another process projects: stop the API and the projectors first, or wait a quarter of a minute');
  }
  const names = allProjections.map(({ name }) => name);
  const reached: Spoor['reached'] = (at, wanted, ms) =>
    projections.reached(at, wanted.length === 0 ? names : wanted, ms);

  /** Until processes give no more commands and projections have seen all. */
  const settle = async (): Promise<void> => {
    for (;;) {
      const before = (await events.head()).position;
      if (before !== null) {
        await processes.reached(before, SETTLE_MS);
        await projections.reached(before, names, SETTLE_MS);
      }
      if ((await events.head()).position === before) return;
    }
  };

  const personOf = persons(commands.streams, reads);
  const ever = async ({ subject }: Actor): Promise<readonly RoleHeld[]> => {
    const state = await personOf(subject);
    return state.status === 'registered' ? state.roles : [];
  };
  const held = async (actor: Actor): Promise<readonly RoleHeld[]> => {
    const now = clock.now();
    return (await ever(actor)).filter(({ from, until }) => from <= now && (until === undefined || now < until));
  };
  const networksOf = async (actor: Actor): Promise<ReadonlySet<string>> =>
    new Set((await held(actor)).map(({ network }) => network));

  const asker = (actor: Actor, at: Moment, reading: readonly RoleHeld[]): QueryContext => {
    const readerFor = (moment: Moment) => readerAt(reads, allProjections, moment, setImmediate);
    return {
      reader: readerFor(at),
      moment: at,
      at: readerFor,
      now: at.effectiveAt ?? (at.asOf !== undefined && isMoment(at.asOf) ? asMoment(at.asOf) : clock.now()),
      names: async (ids) => new Map([...(await subjects.get(ids))].map(([id, { name = '' }]) => [id, name])),
      actor,
      networks: new Set(reading.map(({ network }) => network)),
      organisations: new Set(reading.flatMap(({ organisation }) => organisation ?? [])),
    };
  };

  const forbidden = ({ who }: QueryEntry, { role }: Actor): Answer => ({
    kind: 'refused',
    rejection: { rejected: 'forbidden', params: { role, allowed: who } },
  });
  /** The roles in which the caller asks this; else why it may not. Who held such a role and does no more is told of nothing. */
  const readingOf = async (entry: QueryEntry, actor: Actor): Promise<readonly RoleHeld[] | Answer> => {
    if (entry.who === 'public') return [];
    const roles = await held(actor);
    const asked = roles.filter(({ role }) => role === actor.role);
    // Who leads a group or an action has that from its stream; what a lead may read, each member may.
    const reading = asked.length === 0 && actor.role === 'lead' ? roles : asked;
    const { who } = entry;
    const may = who === 'anyone' || (who as readonly string[]).includes(actor.role);
    if (may && (actor.role === 'operator' || reading.length > 0)) return reading;
    const was = may && (await ever(actor)).some(({ role }) => role === actor.role);
    return was ? { kind: 'none' } : forbidden(entry, actor);
  };
  const answer = (value: unknown, position: Position | null): Answer =>
    value === notFound ? { kind: 'none' } : { kind: 'found', value: value as object, position };

  /** With the simulated clock the same history has the same events. */
  let readsNoted = 0;
  /** Exact small numbers are given once it is on record to whom (`domain.md` §4.4); else why they are not. */
  const noteRead = async (
    entry: QueryEntry,
    value: unknown,
    at: Moment,
    actor: Actor,
    reading: readonly RoleHeld[],
  ): Promise<Rejected | null> => {
    const exact = value === notFound ? undefined : entry.exact?.(value);
    if (exact === undefined || exact === null) return null;
    const { network, subject } = exact;
    const organisation = reading.find((held) => held.network === network)?.organisation ?? null;
    const { asOf = null, effectiveAt = null } = at;
    const read = {
      reader: actor.subject,
      role: actor.role,
      organisation,
      question: entry.name,
      subject,
      asOf,
      effectiveAt,
    };
    const result = await commands.run({
      definition: recordExactRead,
      body: { network, day: dayOf(clock.now()), ...read } as CommandBody,
      actor: { subject: 'process:access-log', role: 'process' },
      key: simulated === undefined ? randomUUID() : `${clock.now()}/${++readsNoted}`,
      ifMatch: '*',
    });
    return result.kind === 'refused' ? result.rejection : null;
  };

  const ask: Spoor['queries']['run'] = async (entry, params, at, actor) => {
    const reading = await readingOf(entry, actor);
    if ('kind' in reading) return reading;
    const position = await leastOf(reads, entry.reads);
    const value = await entry.run(params as never, asker(actor, at, reading));
    const refused = await noteRead(entry, value, at, actor, reading);
    return refused === null ? answer(value, position) : { kind: 'refused', rejection: refused };
  };
  const list: Spoor['queries']['pages'] = async function* (entry, params, at, actor) {
    const reading = await readingOf(entry, actor);
    if ('kind' in reading) return yield reading;
    const position = await leastOf(reads, entry.reads);
    let isNoted = false;
    for await (const page of pages(entry, params, asker(actor, at, reading))) {
      const refused = isNoted ? null : await noteRead(entry, page, at, actor, reading);
      if (refused !== null) return yield { kind: 'refused', rejection: refused };
      isNoted = true;
      yield answer(page, position);
    }
  };

  return {
    stack: stack.kind,
    stores: async () => ({
      log: { kind: events.capabilities.kind, reached: await answers(events) },
      readModels: {
        kind: reads.capabilities.kind,
        reached: await answers(reads),
        atomic: reads.capabilities.atomicCommit,
      },
    }),
    catalogue: { commands: allCommands.filter(({ internal }) => !internal), queries: allQueries },
    logId,
    tokenKey: stack.tokenKey,
    clock: {
      now: () => clock.now(),
      simulated: simulated !== undefined,
      ...(simulated !== undefined && {
        advance: async (moment: string) => {
          // A date is as precise as a day: within it the clock stays where it stands.
          if (isDay(moment) && dayOf(simulated.now()) === moment) return true;
          const to = asOccurrence(moment);
          if (to > simulated.now()) await settle();
          return simulated.advance(to);
        },
      }),
    },
    commands,
    queries: { run: ask, pages: list },
    actorState: async ({ role, subject }) =>
      role === 'operator' || (await personOf(subject)).status === 'registered' ? 'known' : 'unknown',
    networksOf,
    projections,
    processes,
    reached,
    events,
    decode: (stored) => eventCodec.decode(stored) ?? undefined,
    projector: () => (where === 'elsewhere' ? 'elsewhere' : duty.held ? 'here' : 'waiting'),
    ready: () => answers(reads),
    close: () => duty.stop(),
  };
}

const answers = (store: { ready(): Promise<void> }): Promise<boolean> =>
  store.ready().then(
    () => true,
    () => false,
  );

/** What has a checkpoint to witness how far the log once went. */
async function followed({ reads }: Stack): Promise<readonly { readonly name: string; readonly generation: number }[]> {
  const models = await Promise.all(
    allProjections.map(async ({ name }) =>
      (await reads.generations(name)).all.map((generation) => ({ name, generation })),
    ),
  );
  return [...models.flat(), ...allProcesses.map(({ name }) => ({ name: `process:${name}`, generation: 1 }))];
}

async function lastRecordedAt({ events }: Stack): Promise<Instant | undefined> {
  for await (const [last] of events.readAll({ direction: 'backwards', limit: 1 }))
    return (last!.meta as unknown as Meta).recordedAt;
  return undefined;
}

/** The position that an answer from these read models reflects at least. */
async function leastOf(reads: ReadStore, models: readonly string[]): Promise<Position | null> {
  let least: Position | null = null;
  for (const model of models) {
    const { active } = await reads.generations(model);
    const checkpoint = active === null ? null : await reads.checkpoint(model, active);
    if (checkpoint === null) return null;
    if (least === null || checkpoint.position < least) least = checkpoint.position;
  }
  return least;
}
