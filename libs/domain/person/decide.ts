import { asMoment, nothing } from '#kernel';
import { network } from '../network/state.ts';
import { organisation } from '../organisation/state.ts';
import { reject, unknown, type Decide } from '../rejections.ts';
import type { GiveRole, RegisterPerson, RevokeRole } from './commands.ts';
import type { PersonEvent } from './events.ts';
import { roleAt, type Person } from './state.ts';

export const register: Decide<RegisterPerson, Person, PersonEvent> = (_command, person) =>
  person.status === 'none' ? { type: 'PersonRegistered', data: {} } : nothing;

/** The operator gives a network its back office and no other role (`domain.md` §2.1). */
export const giveRole: Decide<GiveRole, Person, PersonEvent> = (command, person, { look, actor, occurredAt }) => {
  if (person.status !== 'registered') return reject('invalid-state', { status: person.status });
  if (actor.role === 'operator' && command.role !== 'back-office')
    return reject('forbidden', { role: actor.role, allowed: ['back-office'] });
  if (look(network, command.network).status !== 'running') return unknown('network', command.network);
  if (command.organisation !== undefined && look(organisation, command.organisation).status !== 'active')
    return unknown('organisation', command.organisation);
  if (roleAt(person, command.role, command.network, occurredAt) !== undefined) return nothing;
  return {
    type: 'RoleGiven',
    data: {
      role: command.role,
      network: command.network,
      ...(command.organisation !== undefined && { organisation: command.organisation }),
      ...(command.until !== undefined && { until: asMoment(command.until) }),
    },
  };
};

export const revokeRole: Decide<RevokeRole, Person, PersonEvent> = ({ role, network }, person, { occurredAt }) => {
  if (person.status !== 'registered') return reject('invalid-state', { status: person.status });
  if (roleAt(person, role, network, occurredAt) === undefined) return reject('role-not-held', { role });
  return { type: 'RoleRevoked', data: { role, network } };
};
