import type { Json } from '#kernel';
import type { Localized } from '#domain';
import type {
  ActionCard,
  DecisionEntry,
  GrantCard,
  GroupCard,
  IndicatorCard,
  NetworkCard,
  OrganisationCard,
  SchemeCard,
  SessionCard,
} from '#projections';
import type { Doc } from '#read-store';
import type { QueryContext } from './query.ts';

/** The name of a person, organisation, group, network, action, decision, session, grant, scheme or indicator, where the caller may know it. */
export type Names = Readonly<Record<string, string>>;

/**
 * The names of whatever these ids stand for, as they were at the moment asked for; what was not there yet has its present
 * name. Organisations, networks and schemes are known to all; groups, actions, decisions and grants to their network; sessions
 * to those that were present too; persons, by their present name, where they are known and not erased. What is none of the
 * caller's has no name here.
 */
export async function namesOf(context: QueryContext, ids: Iterable<string | null | undefined>): Promise<Names> {
  const wanted = [...new Set(ids)].filter((id) => id !== null && id !== undefined);
  if (wanted.length === 0) return {};
  const [organisations, groups, networks, actions, decisions, sessions, grants, schemes, indicators, persons] =
    await Promise.all([
      thenOrNow<OrganisationCard & Doc>(context, 'organisation-card', wanted),
      thenOrNow<GroupCard & Doc>(context, 'group-card', wanted),
      thenOrNow<NetworkCard & Doc>(context, 'network-card', wanted),
      thenOrNow<ActionCard & Doc>(context, 'action-card', wanted),
      thenOrNow<DecisionEntry & Doc>(context, 'decision-register', wanted),
      thenOrNow<SessionCard & Doc>(context, 'session-card', wanted),
      // They keep their names, and a grant of then is long to fold.
      context.at({}).getMany<GrantCard & Doc>('grant-card', wanted),
      context.at({}).getMany<SchemeCard & Doc>('scheme-card', wanted),
      // Of a network above the caller's, too: they are shared downwards.
      context.at({}).getMany<IndicatorCard & Doc>('indicator-card', wanted),
      context.names(wanted),
    ]);
  const own = <T extends Doc & { readonly network: string }>(found: ReadonlyMap<string, T>, name: (one: T) => string) =>
    [...found.values()].flatMap((one) => (context.networks.has(one.network) ? [[one.id, name(one)] as const] : []));
  return Object.fromEntries([
    ...[...organisations.values()].map(({ id, name }) => [id, name] as const),
    ...own(groups, ({ name }) => name),
    ...[...networks.values()].map(({ id, name }) => [id, name] as const),
    ...own(actions, ({ title }) => textOf(title)),
    ...own(decisions, ({ proposal }) => proposal),
    ...[...sessions.values()].flatMap(({ id, title, networks }) =>
      networks.some((network) => context.networks.has(network)) ? [[id, title] as const] : [],
    ),
    ...own(grants, ({ title }) => title),
    ...[...schemes.values()].map(({ id, name }) => [id, name] as const),
    ...[...indicators.values()].map(({ id, name }) => [id, textOf(name)] as const),
    ...[...persons].filter(([, name]) => name !== ''),
  ]);
}

const textOf = ({ nl, fr, en }: Localized): string => nl ?? fr ?? en ?? '';

/** Only what is there now can have been there then, so then is asked of little. */
async function thenOrNow<T extends Doc>(
  { reader, at }: QueryContext,
  model: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, T>> {
  const now = await at({}).getMany<T>(model, ids);
  return now.size === 0 ? now : new Map([...now, ...(await reader.getMany<T>(model, [...now.keys()]))]);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const isId = (text: string): boolean => UUID.test(text);

/** Every id that a value holds, however deep. */
export function idsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return isId(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value as Record<string, Json>).flatMap(idsIn) : [];
}
