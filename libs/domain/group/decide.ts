import { nothing } from '#kernel';
import { network } from '../network/state.ts';
import { organisation } from '../organisation/state.ts';
import { holds, person } from '../person/state.ts';
import { reject, unknown, type Decide } from '../rejections.ts';
import type {
  AddGroupMember,
  AssignGroupLead,
  EndGroup,
  FoundGroup,
  MergeGroup,
  ReleaseGroupLead,
  RemoveGroupMember,
  RenameGroup,
  SetCadence,
  SetDecisionRule,
} from './commands.ts';
import type { GroupEvent } from './events.ts';
import { group as groupAggregate, type Group } from './state.ts';

type Decider<C> = Decide<C, Group, GroupEvent>;
const wrongState = (group: Group) => reject('invalid-state', { status: group.status });

export const found: Decider<FoundGroup> = ({ network: id, name, kind, purpose }, group, { look }) => {
  if (group.status !== 'none') return nothing;
  if (look(network, id).status !== 'running') return unknown('network', id);
  return { type: 'GroupFounded', data: { name, kind, ...(purpose !== undefined && { purpose }) } };
};

export const rename: Decider<RenameGroup> = ({ name }, group) => {
  if (group.status !== 'running') return wrongState(group);
  return group.name === name ? nothing : { type: 'GroupRenamed', data: { name } };
};

export const merge: Decider<MergeGroup> = ({ into }, group, { look, id }) => {
  if (group.status !== 'running') return wrongState(group);
  const target = look(groupAggregate, into);
  if (into === id || target.status !== 'running' || target.network !== group.network) return unknown('into', into);
  return { type: 'GroupsMerged', data: { into } };
};

export const end: Decider<EndGroup> = (_command, group) => {
  if (group.status === 'ended') return nothing;
  return group.status === 'running' ? { type: 'GroupEnded', data: {} } : wrongState(group);
};

export const addMember: Decider<AddGroupMember> = (command, group, { look }) => {
  if (group.status !== 'running') return wrongState(group);
  if (group.members.includes(command.organisation)) return nothing;
  if (look(organisation, command.organisation).status !== 'active')
    return unknown('organisation', command.organisation);
  if (command.person !== undefined && look(person, command.person).status !== 'registered')
    return unknown('person', command.person);
  return {
    type: 'GroupMemberAdded',
    data: {
      organisation: command.organisation,
      ...(command.person !== undefined && { person: command.person }),
    },
  };
};

/** GRP-3: where the network says so, its steering group holds each of its members. */
export const removeMember: Decider<RemoveGroupMember> = ({ organisation: id }, group, { look }) => {
  if (group.status !== 'running') return wrongState(group);
  if (!group.members.includes(id)) return nothing;
  const home = look(network, group.network);
  if (
    group.kind === 'steering-group' &&
    home.status === 'running' &&
    home.policy.steeringGroupHoldsMembers &&
    id in home.members
  )
    return reject('steering-group-incomplete', { organisation: id });
  return { type: 'GroupMemberRemoved', data: { organisation: id } };
};

/** GRP-1: where the network says so, the lead is in the back office on the day it begins. */
export const assignLead: Decider<AssignGroupLead> = ({ lead }, group, { look, occurredAt }) => {
  if (group.status !== 'running') return wrongState(group);
  if (group.lead === lead) return nothing;
  const candidate = look(person, lead);
  if (candidate.status !== 'registered') return unknown('lead', lead);
  const home = look(network, group.network);
  if (
    home.status === 'running' &&
    home.policy.leadInBackOffice &&
    !holds(candidate, 'back-office', group.network, occurredAt)
  )
    return reject('lead-not-in-back-office', { lead });
  return { type: 'GroupLeadAssigned', data: { lead } };
};

export const releaseLead: Decider<ReleaseGroupLead> = ({ handOver }, group) => {
  if (group.status !== 'running') return wrongState(group);
  if (group.lead === undefined) return nothing;
  return { type: 'GroupLeadReleased', data: { lead: group.lead, ...(handOver !== undefined && { handOver }) } };
};

export const setCadence: Decider<SetCadence> = ({ timesPerYear }, group) => {
  if (group.status !== 'running') return wrongState(group);
  return group.timesPerYear === timesPerYear ? nothing : { type: 'CadenceSet', data: { timesPerYear } };
};

export const setDecisionRule: Decider<SetDecisionRule> = ({ quorum, rule, seats }, group, { look }) => {
  if (group.status !== 'running') return wrongState(group);
  for (const seat of seats)
    if (look(organisation, seat.organisation).status !== 'active') return unknown('seats', seat.organisation);
  const counted = seats.map((seat) => ({ organisation: seat.organisation, seats: seat.seats ?? 1 }));
  const total = counted.reduce((sum, seat) => sum + seat.seats, 0);
  if (quorum > total) return reject('quorum-not-met', { quorum, seats: total });
  return { type: 'DecisionRuleSet', data: { quorum, rule, seats: counted } };
};
