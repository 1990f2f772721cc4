import { canonical, nothing, plain, type DecisionContext } from '#kernel';
import { group } from '../group/state.ts';
import { organisation } from '../organisation/state.ts';
import { reject, unknown, type Decide, type Rejection } from '../rejections.ts';
import type { NetworkKind } from '../codes.ts';
import type {
  AssessMaturity,
  AssessSystemChange,
  ChangeRegions,
  ChangeSeat,
  EndNetwork,
  FoundNetwork,
  IdentifyMissingActor,
  InviteOrganisation,
  JoinNetwork,
  LeaveNetwork,
  LinkParent,
  LogCommunication,
  RenameNetwork,
  ResolveMissingActor,
  SetPolicy,
  TagCohort,
  WatchCondition,
} from './commands.ts';
import { uncoveredBy } from '../coverage.ts';
import type { NetworkEvent } from './events.ts';
import { defaultPolicy, type Policy } from './policy.ts';
import { isPartOf, network as networkAggregate, type Network } from './state.ts';

type Decider<C> = Decide<C, Network, NetworkEvent>;
type Look = DecisionContext['look'];
const wrongState = (network: Network) => reject('invalid-state', { status: network.status });
const same = (a: unknown, b: unknown): boolean => canonical(plain(a)) === canonical(plain(b));

/** Without a parent only by the operator (`domain.md` §2.1); below one by the parent's back office too. */
export const found: Decider<FoundNetwork> = ({ kind, name, regions, parent, sponsor }, network, { look, actor }) => {
  if (network.status !== 'none') return nothing;
  if (parent === undefined && actor.role !== 'operator')
    return reject('forbidden', { role: actor.role, allowed: ['operator'] });
  const unfit = unfitParent(kind, parent ?? null, look);
  if (unfit !== undefined) return unfit;
  if (sponsor !== undefined && look(organisation, sponsor).status !== 'active') return unknown('sponsor', sponsor);
  return {
    type: 'NetworkFounded',
    data: { kind, name, regions, parent: parent ?? null, ...(sponsor !== undefined && { sponsor }) },
  };
};

/** A project is a part of a programme (`domain.md` §0.1). */
function unfitParent(kind: NetworkKind, parent: string | null, look: Look): Rejection | undefined {
  if (parent === null) return kind === 'project' ? reject('parent-required', { kind }) : undefined;
  const above = look(networkAggregate, parent);
  if (above.status !== 'running') return unknown('parent', parent);
  return kind === 'project' && above.kind !== 'programme' ? reject('parent-required', { kind }) : undefined;
}

export const rename: Decider<RenameNetwork> = ({ name }, network) => {
  if (network.status !== 'running') return wrongState(network);
  return network.name === name ? nothing : { type: 'NetworkRenamed', data: { name } };
};

export const linkParent: Decider<LinkParent> = ({ parent }, network, { look, id }) => {
  if (network.status !== 'running') return wrongState(network);
  if (network.parent === parent) return nothing;
  const unfit = unfitParent(network.kind, parent, look);
  if (unfit !== undefined) return unfit;
  if (parent !== null && isPartOf(parent, id, look)) return reject('network-cycle', { parent });
  return { type: 'ParentLinked', data: { parent } };
};

/** The members that are named and differ; mandates are replaced as a whole. */
export const setPolicy: Decider<SetPolicy> = (command, network, { look, id }) => {
  if (network.status !== 'running') return wrongState(network);
  for (const body of Object.values(command.mandates ?? {})) {
    const there = look(group, body);
    if (there.status !== 'running' || there.network !== id) return unknown('mandates', body);
  }
  const changed = (Object.keys(defaultPolicy(network.kind)) as (keyof Policy)[]).filter(
    (member) => command[member] !== undefined && !same(command[member], network.policy[member]),
  );
  if (changed.length === 0) return nothing;
  const policy: Partial<Policy> = Object.fromEntries(changed.map((member) => [member, command[member]]));
  return { type: 'PolicySet', data: { policy } };
};

export const changeRegions: Decider<ChangeRegions> = ({ regions }, network) => {
  if (network.status !== 'running') return wrongState(network);
  return same(network.regions, regions) ? nothing : { type: 'RegionChanged', data: { regions } };
};

export const invite: Decider<InviteOrganisation> = ({ organisation: id, missingActor }, network, { look }) => {
  if (network.status !== 'running') return wrongState(network);
  if (id in network.members || network.invited.includes(id)) return nothing;
  if (look(organisation, id).status !== 'active') return unknown('organisation', id);
  if (missingActor !== undefined && !network.missing.includes(missingActor))
    return unknown('missingActor', String(missingActor));
  return {
    type: 'OrganisationInvited',
    data: { organisation: id, ...(missingActor !== undefined && { missingActor }) },
  };
};

export const join: Decider<JoinNetwork> = (command, network, { look }) => {
  if (network.status !== 'running') return wrongState(network);
  const { organisation: id, sector, seat, representsTargetGroup = false } = command;
  if (look(organisation, id).status !== 'active') return unknown('organisation', id);
  const membership = { sector, seat, representsTargetGroup };
  const present = network.members[id];
  if (present !== undefined)
    return same(present, membership) ? nothing : reject('already-exists', { organisation: id });
  return { type: 'MemberJoined', data: { organisation: id, ...membership } };
};

export const changeSeat: Decider<ChangeSeat> = ({ organisation: id, ...command }, network, { look }) => {
  if (network.status !== 'running') return wrongState(network);
  const present = network.members[id];
  if (present === undefined) return reject('not-a-member', { organisation: id });
  const membership = {
    sector: command.sector ?? present.sector,
    seat: command.seat ?? present.seat,
    representsTargetGroup: command.representsTargetGroup ?? present.representsTargetGroup,
  };
  if (same(present, membership)) return nothing;
  const after = { ...network, members: { ...network.members, [id]: membership } };
  return { type: 'MemberSeatChanged', data: { organisation: id, ...membership, ...lost(network, after, look) } };
};

export const leave: Decider<LeaveNetwork> = ({ organisation: id }, network, { look }) => {
  if (network.status !== 'running') return wrongState(network);
  if (!(id in network.members)) return reject('not-a-member', { organisation: id });
  const { [id]: _left, ...members } = network.members;
  return { type: 'MemberLeft', data: { organisation: id, ...lost(network, { ...network, members }, look) } };
};

/** What a condition of a grant asked for and is there no more; the process puts it at risk. */
function lost(before: Network, after: Network, look: DecisionContext['look']) {
  const uncovered = uncoveredBy(before, after, look);
  return uncovered.length > 0 ? { uncovered } : {};
}

export const watchCondition: Decider<WatchCondition> = ({ grant, condition, sectors, agreement }, network) => {
  if (network.status === 'none') return wrongState(network);
  if (network.watched.some((one) => one.grant === grant && one.condition === condition)) return nothing;
  return {
    type: 'ConditionWatched',
    data: { grant, condition, sectors, ...(agreement !== undefined && { agreement }) },
  };
};

export const identifyMissingActor: Decider<IdentifyMissingActor> = (command, network, { look, id }) => {
  if (network.status !== 'running') return wrongState(network);
  const { sector, description, group: groupId } = command;
  if (groupId !== undefined) {
    const there = look(group, groupId);
    if (there.status !== 'running' || there.network !== id) return unknown('group', groupId);
  }
  return {
    type: 'MissingActorIdentified',
    data: {
      number: network.lastMissing + 1,
      sector,
      description,
      ...(groupId !== undefined && { group: groupId }),
    },
  };
};

export const resolveMissingActor: Decider<ResolveMissingActor> = ({ number, organisation: id }, network) => {
  if (network.status !== 'running') return wrongState(network);
  if (number > network.lastMissing) return unknown('number', String(number));
  if (!network.missing.includes(number)) return nothing;
  if (id !== undefined && !(id in network.members)) return reject('not-a-member', { organisation: id });
  return { type: 'MissingActorResolved', data: { number, ...(id !== undefined && { organisation: id }) } };
};

export const assessMaturity: Decider<AssessMaturity> = ({ stage, findings }, network) => {
  if (network.status !== 'running') return wrongState(network);
  return { type: 'MaturityAssessed', data: { stage, findings } };
};

export const logCommunication: Decider<LogCommunication> = ({ channel, audience, title, reach }, network) => {
  if (network.status !== 'running') return wrongState(network);
  return {
    type: 'CommunicationLogged',
    data: { channel, audience, title, ...(reach !== undefined && { reach }) },
  };
};

export const assessSystemChange: Decider<AssessSystemChange> = ({ code, from, to, score }, network) => {
  if (network.status !== 'running') return wrongState(network);
  return { type: 'SystemChangeAssessed', data: { code, from, to, score } };
};

export const tagCohort: Decider<TagCohort> = ({ tags }, network) => {
  if (network.status !== 'running') return wrongState(network);
  return same(network.tags.toSorted(), tags.toSorted()) ? nothing : { type: 'CohortTagged', data: { tags } };
};

export const end: Decider<EndNetwork> = (_command, network) => {
  if (network.status === 'ended') return nothing;
  return network.status === 'running' ? { type: 'NetworkEnded', data: {} } : wrongState(network);
};
