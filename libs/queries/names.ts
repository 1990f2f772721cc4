import type { Json } from '#kernel';
import type { ActionCard, DecisionEntry, GroupCard, NetworkCard, OrganisationCard } from '#projections';
import type { Doc } from '#read-store';
import type { QueryContext } from './query.ts';

/** The name of a person, organisation, group, network, action or decision, where the caller may know it. */
export type Names = Readonly<Record<string, string>>;

/**
 * The present names of whatever these ids stand for. Organisations are known to all; groups, networks, actions and
 * decisions to their network; persons where they are known and not erased. What is none of the caller's has no name here.
 */
export async function namesOf(context: QueryContext, ids: Iterable<string | null | undefined>): Promise<Names> {
  const wanted = [...new Set(ids)].filter((id) => id !== null && id !== undefined);
  if (wanted.length === 0) return {};
  const now = context.at({});
  const [organisations, groups, networks, actions, decisions, persons] = await Promise.all([
    now.getMany<OrganisationCard & Doc>('organisation-card', wanted),
    now.getMany<GroupCard & Doc>('group-card', wanted),
    now.getMany<NetworkCard & Doc>('network-card', wanted),
    now.getMany<ActionCard & Doc>('action-card', wanted),
    now.getMany<DecisionEntry & Doc>('decision-register', wanted),
    context.names(wanted),
  ]);
  const own = <T extends Doc & { readonly network: string }>(found: ReadonlyMap<string, T>, name: (one: T) => string) =>
    [...found.values()].flatMap((one) => (context.networks.has(one.network) ? [[one.id, name(one)] as const] : []));
  return Object.fromEntries([
    ...[...organisations.values()].map(({ id, name }) => [id, name] as const),
    ...own(groups, ({ name }) => name),
    ...own(networks, ({ name }) => name),
    ...own(actions, ({ title }) => title.nl ?? title.fr ?? title.en ?? ''),
    ...own(decisions, ({ proposal }) => proposal),
    ...[...persons].filter(([, name]) => name !== ''),
  ]);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const isId = (text: string): boolean => UUID.test(text);

/** Every id that a value holds, however deep. */
export function idsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return isId(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value as Record<string, Json>).flatMap(idsIn) : [];
}
