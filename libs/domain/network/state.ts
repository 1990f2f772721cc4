import type { Aggregate, DecisionContext, Instant, Recorded } from '#kernel';
import type { NetworkKind, Sector } from '../codes.ts';
import { noted, touches, type Since } from '../order.ts';
import type { NetworkEvent, WatchedCondition } from './events.ts';
import { defaultPolicy, type Policy } from './policy.ts';

export type { Policy } from './policy.ts';

interface Membership {
  readonly sector: Sector;
  readonly seat: string;
  readonly representsTargetGroup: boolean;
}

export type Network =
  | { readonly status: 'none' }
  | {
      readonly status: 'running' | 'ended';
      readonly kind: NetworkKind;
      readonly name: string;
      readonly regions: readonly string[];
      readonly parent: string | null;
      readonly foundedAt: Instant;
      readonly policy: Policy;
      /** Present members by organisation. */
      readonly members: Readonly<Record<string, Membership>>;
      readonly invited: readonly string[];
      /** Numbers of the actors still missing. */
      readonly missing: readonly number[];
      readonly lastMissing: number;
      /** Conditions of grants that ask for sectors. */
      readonly watched: readonly WatchedCondition[];
      /** Of the cohorts it belongs to. */
      readonly tags: readonly string[];
      readonly since: Since;
    };

export const network: Aggregate<Network, NetworkEvent> = { name: 'network', initial: { status: 'none' }, evolve };

const member = ({ organisation }: { readonly organisation: string }): readonly string[] => [`member/${organisation}`];
const missing = ({ number }: { readonly number: number }): readonly string[] => [`missing/${number}`];

export const touched = touches<NetworkEvent>({
  NetworkRenamed: () => ['name'],
  ParentLinked: () => ['parent'],
  PolicySet: ({ policy }) => Object.keys(policy).map((one) => `policy/${one}`),
  RegionChanged: () => ['regions'],
  OrganisationInvited: member,
  MemberJoined: member,
  MemberSeatChanged: member,
  MemberLeft: member,
  MissingActorIdentified: missing,
  MissingActorResolved: missing,
  MaturityAssessed: () => ['maturity'],
  SystemChangeAssessed: ({ code }) => [`systemChange/${code}`],
  CohortTagged: () => ['tags'],
});

function evolve(network: Network, event: Recorded<NetworkEvent>): Network {
  const next = after(network, event);
  return next.status === 'none' ? next : { ...next, since: noted(next.since, touched(event), event.meta.occurredAt) };
}

function after(network: Network, event: Recorded<NetworkEvent>): Network {
  if (event.type === 'NetworkFounded')
    return {
      status: 'running',
      kind: event.data.kind,
      name: event.data.name,
      regions: event.data.regions,
      parent: event.data.parent,
      foundedAt: event.meta.occurredAt,
      policy: defaultPolicy(event.data.kind),
      members: {},
      invited: [],
      missing: [],
      lastMissing: 0,
      watched: [],
      tags: [],
      since: {},
    };
  if (network.status === 'none') return network;
  switch (event.type) {
    case 'NetworkRenamed':
      return { ...network, name: event.data.name };
    case 'ParentLinked':
      return { ...network, parent: event.data.parent };
    case 'PolicySet':
      return { ...network, policy: { ...network.policy, ...event.data.policy } };
    case 'RegionChanged':
      return { ...network, regions: event.data.regions };
    case 'OrganisationInvited':
      return { ...network, invited: [...network.invited, event.data.organisation] };
    case 'MemberJoined':
    case 'MemberSeatChanged': {
      const { organisation, sector, seat, representsTargetGroup } = event.data;
      const membership = { sector, seat, representsTargetGroup };
      return {
        ...network,
        members: { ...network.members, [organisation]: membership },
        invited: network.invited.filter((invited) => invited !== organisation),
      };
    }
    case 'MemberLeft': {
      const { [event.data.organisation]: _left, ...members } = network.members;
      return { ...network, members };
    }
    case 'MissingActorIdentified':
      return { ...network, missing: [...network.missing, event.data.number], lastMissing: event.data.number };
    case 'MissingActorResolved':
      return { ...network, missing: network.missing.filter((number) => number !== event.data.number) };
    case 'ConditionWatched':
      return { ...network, watched: [...network.watched, event.data] };
    case 'CohortTagged':
      return { ...network, tags: event.data.tags };
    case 'MaturityAssessed':
    case 'CommunicationLogged':
    case 'SystemChangeAssessed':
      return network;
    case 'NetworkEnded':
      return { ...network, status: 'ended' };
    default:
      event satisfies never;
      return network;
  }
}

/** Whether a network is the other one or lies somewhere below it. */
export function isPartOf(id: string, other: string, look: DecisionContext['look']): boolean {
  const passed = new Set<string>();
  for (let at: string | null = id; at !== null && !passed.has(at);) {
    if (at === other) return true;
    passed.add(at);
    const here: Network = look(network, at);
    at = here.status === 'none' ? null : here.parent;
  }
  return false;
}
