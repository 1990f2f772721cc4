import {
  daysBetween,
  dayOf,
  isPrior,
  isRejected,
  nothing,
  type Aggregate,
  type CommandBody,
  type CommandDefinition,
  type DecisionContext,
  type Event,
  type Instant,
  type Outcome,
} from '#kernel';
import type { Role } from './codes.ts';
import { network as networkAggregate } from './network/state.ts';
import { isThatDay, lastChange, type Since, type Touched } from './order.ts';
import { person } from './person/state.ts';
import { reject, type Decide, type Rejection } from './rejections.ts';

/** Who may give a command: a role held in its network, a relation to the thing itself, the operator, or a process. */
export type Who = Role | 'proposer' | 'operator' | 'process';

/** One kind of command, for the engine and for the API: handlers, routes and OpenAPI operations are made from it. */
export interface CommandEntry extends CommandDefinition {
  readonly type: new () => CommandBody;
  /** `groups`: the first part of its URL. */
  readonly collection: string;
  /** `assign-lead`: the last part of its URL; null for a create. */
  readonly verb: string | null;
  readonly who: readonly Who[];
  /** For the API docs: what it does, in one sentence. */
  readonly summary: string;
  /** A body that is valid. */
  readonly example: object;
  /** Given by a process manager only: no route. */
  readonly internal: boolean;
}

interface Described<S, E extends Event, C extends CommandBody> {
  readonly type: new () => C;
  readonly decide: Decide<C, S, E>;
  readonly who: readonly Who[];
  readonly summary: string;
  readonly example: object;
  readonly personal?: readonly string[];
  readonly idOf?: (command: C) => string;
  /** The network in which the actor must hold the role, or one of several, where it is not the fact's own. */
  readonly scope?: (command: C, state: S, context: DecisionContext) => string | null | readonly string[];
  readonly internal?: boolean;
  readonly creates?: boolean;
}

/** A command that may name what its fact is about. */
type Named = CommandBody & { readonly network?: string; readonly action?: string };

/** How the things of one aggregate are reached and who stands in which relation to them. */
interface Place<S, E extends Event = never> {
  readonly collection: string;
  readonly networkOf: (command: Named, state: S, id: string) => string | null;
  /** Which facts an event changes, where a later one may replace or end them. */
  readonly touched?: Touched<E>;
  /** The last change of what an event is about, where there is too much of it to be kept by name. */
  readonly lastChange?: (event: E, state: S) => Instant | null;
  /** Whether who holds a role for an organisation may use it here. */
  readonly actsFor?: (organisation: string, state: S) => boolean;
  readonly isLead?: (state: S, context: DecisionContext, command: Named) => boolean;
  readonly isProposer?: (state: S, context: DecisionContext) => boolean;
}

/** Once class and decision are seen to fit, which class it was matters no more. */
type AnyOf<S, E extends Event> = Omit<Described<S, E, CommandBody>, 'type' | 'decide'> & {
  readonly type: new () => object;
  readonly decide: unknown;
};

/** Begins a stream of its own. */
export const creates = <C extends CommandBody, S, E extends Event>(described: Described<S, E, C>): AnyOf<S, E> => ({
  ...(described as unknown as AnyOf<S, E>),
  creates: true,
});

/** Acts on an existing stream. */
export const acts = <C extends CommandBody, S, E extends Event>(described: Described<S, E, C>): AnyOf<S, E> =>
  described as unknown as AnyOf<S, E>;

/** The commands of one aggregate; a key is the last part of the URL, `create` has none. */
export function commands<S extends { readonly status: string }, E extends Event>(
  aggregate: Aggregate<S, E>,
  place: Place<S, E>,
  entries: Readonly<Record<string, AnyOf<S, E>>>,
): readonly CommandEntry[] {
  return Object.entries(entries).map(([key, entry]) => {
    const scope: NonNullable<typeof entry.scope> =
      entry.scope ?? ((command, state, { id }) => place.networkOf(command, state, id));
    return {
      ...entry,
      name: entry.type.name,
      aggregate,
      collection: place.collection,
      verb: entry.creates === true ? null : key,
      creates: entry.creates ?? false,
      personal: entry.personal ?? [],
      internal: entry.internal ?? false,
      networkOf: place.networkOf,
      decide: (command: never, state: S, context: DecisionContext) =>
        inOrder(place, command, state, context, (entry.decide as Decide<never, S, E>)(command, state, context)),
      // Who may begin a thing is told so again when the command comes a second time, whoever leads it by then.
      authorise: (command: never, state: S, context: DecisionContext) => {
        const found = entry.creates === true ? aggregate.initial : state;
        const networks = [scope(command, state, context)].flat();
        return mildest(networks.map((network) => authorise(entry.who, place, command, found, network, context)));
      },
      timely,
    } as unknown as CommandEntry;
  });
}

type Authorised = { readonly organisation?: string };

/** Of several networks that may give a command the one that lets the caller; else the one that knows the caller. */
const mildest = (answers: readonly (Rejection | Authorised)[]): Rejection | Authorised =>
  answers.find((answer) => !isRejected(answer)) ??
  answers.find((answer) => isRejected(answer) && answer.rejected !== 'not-found') ??
  answers[0]!;

/** A foreign network's thing does not exist for the caller; within the network the role decides. */
function authorise<S>(
  who: readonly Who[],
  place: Pick<Place<S>, 'isLead' | 'isProposer' | 'actsFor'>,
  command: Named,
  state: S,
  network: string | null,
  context: DecisionContext,
): Rejection | Authorised {
  const { actor, now } = context;
  const forbidden = reject('forbidden', { role: actor.role, allowed: who.filter((one) => one !== 'process') });
  if (actor.role === 'operator' || actor.role === 'process') return who.includes(actor.role) ? {} : forbidden;
  const acting = context.look(person, actor.subject);
  if (acting.status !== 'registered') return forbidden;
  const current = acting.roles.filter(({ from, until }) => from <= now && (until === undefined || now < until));
  if (network === null) {
    const held = current.find(({ role }) => role === actor.role);
    return held !== undefined && who.includes(held.role) ? organisationOf(held.organisation) : forbidden;
  }
  const here = current.filter((held) => held.network === network);
  const leads = place.isLead?.(state, context, command) ?? false;
  if (here.length === 0 && !leads) return reject('not-found', {});
  const held = here.find(({ role }) => role === actor.role);
  if (held === undefined && !(actor.role === 'lead' && leads)) return forbidden;
  const byRole =
    (who as readonly string[]).includes(actor.role) && (actor.role !== 'lead' || leadsIt(place, state, leads));
  if (
    actor.role === 'funder' &&
    held?.organisation !== undefined &&
    place.actsFor?.(held.organisation, state) === false
  )
    return forbidden;
  const byProposal = who.includes('proposer') && (place.isProposer?.(state, context) ?? false);
  return byRole || byProposal ? organisationOf(held?.organisation) : forbidden;
}

/** Where the thing has a lead of its own, the role alone is not enough. */
const leadsIt = <S>(place: Pick<Place<S>, 'isLead'>, state: S, leads: boolean): boolean =>
  place.isLead === undefined || (state as { status: string }).status === 'none' || leads;

const organisationOf = (organisation?: string): Authorised => (organisation === undefined ? {} : { organisation });

/**
 * A fact is not ended or replaced before it began: the state now and the state as of today would contradict each other. A date
 * on the day of its last change means the moment of that change; ACT-4 still judges the date that was given.
 */
function inOrder<S, E extends Event>(
  place: Place<S, E>,
  command: CommandBody,
  state: S,
  context: DecisionContext,
  decided: Outcome<E, Rejection['rejected']>,
): Outcome<E, Rejection['rejected']> {
  if (decided === nothing || isRejected(decided)) return decided;
  if (isPrior(decided)) {
    const then = inOrder(place, command, state, context, decided.then);
    return isRejected(then) ? then : decided;
  }
  const { since = {} } = state as { readonly since?: Since };
  const bound = latest(lastChange(since, place.touched?.(decided) ?? []), place.lastChange?.(decided, state) ?? null);
  const occurredAt = decided.occurredAt ?? context.occurredAt;
  if (bound === null || occurredAt >= bound) return decided;
  if (!isThatDay(occurredAt, bound)) return reject('out-of-order', { occurredAt, notBefore: bound });
  const untimely =
    decided.occurredAt === undefined
      ? timely(command, place.networkOf(command, state, context.id), context)
      : undefined;
  return untimely ?? { ...decided, occurredAt: bound };
}

const latest = (a: Instant | null, b: Instant | null): Instant | null => (a === null || (b !== null && b > a) ? b : a);

const SKEW_MINUTES = 5;

/** ACT-4: not in the future, not before the network began, and not long ago without saying why. */
export function timely(
  command: CommandBody,
  networkId: string | null,
  context: DecisionContext,
): Rejection | undefined {
  const { occurredAt, now, actor } = context;
  if (Date.parse(occurredAt) > Date.parse(now) + SKEW_MINUTES * 60_000)
    return reject('occurred-in-future', { occurredAt, now });
  if (networkId === null) return undefined;
  const network = context.look(networkAggregate, networkId);
  if (network.status === 'none') return undefined;
  if (dayOf(occurredAt) < dayOf(network.foundedAt))
    return reject('before-network-start', { occurredAt, start: network.foundedAt });
  const { backDatingDays } = network.policy;
  const late = daysBetween(dayOf(occurredAt), dayOf(now)) > backDatingDays;
  if (late && actor.role !== 'process' && command.reason?.code !== 'late-registration')
    return reject('late-registration', { days: backDatingDays });
  return undefined;
}
