import { asMoment, nothing, type Instant } from '#kernel';
import { network } from '../network/state.ts';
import { organisation } from '../organisation/state.ts';
import { isThatDay } from '../order.ts';
import { timely } from '../registry.ts';
import { reject, unknown, type Decide } from '../rejections.ts';
import type { GiveRole, RegisterPerson, RevokeRole } from './commands.ts';
import type { PersonEvent } from './events.ts';
import { roleAt, type Person, type RoleHeld } from './state.ts';

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
  const given = {
    role: command.role,
    network: command.network,
    ...(command.organisation !== undefined && { organisation: command.organisation }),
    ...(command.until !== undefined && { until: asMoment(command.until) }),
  };
  if (given.until !== undefined && given.until <= occurredAt)
    return reject('period-reversed', { from: occurredAt, until: given.until });
  const held = person.roles.find((held) => overlaps(held, { ...given, from: occurredAt }));
  if (held === undefined) return { type: 'RoleGiven', data: given };
  const same = held.from <= occurredAt && held.organisation === given.organisation && held.until === given.until;
  return same ? nothing : reject('role-already-held', { role: held.role, from: held.from, until: held.until ?? null });
};

/** The same role in the same network, for some time both. */
const overlaps = (one: RoleHeld, other: RoleHeld): boolean =>
  one.role === other.role &&
  one.network === other.network &&
  isBefore(one.from, other.until) &&
  isBefore(other.from, one.until) &&
  isBefore(one.from, one.until);

const isBefore = (at: Instant, until: Instant | undefined): boolean => until === undefined || at < until;

/** A date on the day on which the role began means the moment it did. */
export const revokeRole: Decide<RevokeRole, Person, PersonEvent> = (command, person, context) => {
  if (person.status !== 'registered') return reject('invalid-state', { status: person.status });
  const { role, network } = command;
  const { occurredAt } = context;
  if (roleAt(person, role, network, occurredAt) !== undefined) return { type: 'RoleRevoked', data: { role, network } };
  const begins = person.roles
    .filter((held) => held.role === role && held.network === network)
    .find(({ from, until }) => isThatDay(occurredAt, from) && isBefore(from, until));
  if (begins === undefined) return reject('role-not-held', { role });
  return timely(command, network, context) ?? { type: 'RoleRevoked', data: { role, network }, occurredAt: begins.from };
};
