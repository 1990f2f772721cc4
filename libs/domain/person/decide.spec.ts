import { uuidv5 } from '#kernel';
import { elsewhere, given, NETWORK } from '#testkit';
import { network } from '../network/state.ts';
import { organisation } from '../organisation/state.ts';
import { giveRole, register, revokeRole } from './decide.ts';
import type { PersonEvent } from './events.ts';
import { holds, person } from './state.ts';

const CITY = uuidv5('spec', 'city');
const registered: PersonEvent = { type: 'PersonRegistered', data: {} };
const inRole = (from: string, until?: string): PersonEvent & { meta: { occurredAt: string } } => ({
  type: 'RoleGiven',
  data: { role: 'member', network: NETWORK, ...(until !== undefined && { until }) },
  meta: { occurredAt: from },
});
const coalition = elsewhere(network, NETWORK, {
  type: 'NetworkFounded',
  data: { kind: 'coalition', name: 'Mind the Gap', regions: [], parent: null },
});
const city = elsewhere(organisation, CITY, {
  type: 'OrganisationRegistered',
  data: { name: 'Stad', sector: 'local-government', units: [], enterpriseNumber: null, umbrellaOf: [] },
});
const member = { role: 'member', network: NETWORK } as const;

describe('a person is registered', () => {
  it('without a name in the history', () => given(person).when(register, { name: 'An' }).then(registered));
  it('once', () => given(person, registered).when(register, { name: 'An' }).thenNothing());
});

describe('a person gets a role', () => {
  it('in a network that runs', () => {
    given(person, registered, coalition).when(giveRole, member).then({ type: 'RoleGiven', data: member });
    given(person, registered).when(giveRole, member).rejects('unknown-reference', { member: 'network', id: NETWORK });
  });

  it('for an organisation that is known', () => {
    const command = { ...member, organisation: CITY };
    given(person, registered, coalition, city).when(giveRole, command).then({ type: 'RoleGiven', data: command });
    given(person, registered, coalition)
      .when(giveRole, command)
      .rejects('unknown-reference', { member: 'organisation', id: CITY });
  });

  it('until the end of the day it says', () =>
    given(person, registered, coalition)
      .when(giveRole, { ...member, until: '2020-12-31' })
      .then({ type: 'RoleGiven', data: { ...member, until: '2020-12-31T22:59:59.999Z' } }));

  it('once', () =>
    given(person, registered, coalition, inRole('2020-01-01T00:00:00.000Z')).when(giveRole, member).thenNothing());

  it('again after it ended', () =>
    given(person, registered, coalition, inRole('2020-01-01T00:00:00.000Z', '2020-02-01T00:00:00.000Z'))
      .when(giveRole, member)
      .then({ type: 'RoleGiven', data: member }));

  it('once, as it is held: for another organisation or until another day it is revoked first', () => {
    const held = given(person, registered, coalition, city, inRole('2020-01-01T00:00:00.000Z'));
    const params = { role: 'member', from: '2020-01-01T00:00:00.000Z', until: null };
    held.when(giveRole, { ...member, organisation: CITY }).rejects('role-already-held', params);
    held.when(giveRole, { ...member, until: '2020-12-31' }).rejects('role-already-held', params);
    const until = given(person, registered, coalition, inRole('2020-01-01T00:00:00.000Z', '2020-12-31T22:59:59.999Z'));
    until.when(giveRole, { ...member, until: '2020-12-31' }).thenNothing();
    until.when(giveRole, member).rejects('role-already-held', { ...params, until: '2020-12-31T22:59:59.999Z' });
  });

  it('not for a time in which it is held already, but before or after it, in any order', () => {
    const since = (occurredAt: string) => ({ occurredAt });
    const later = given(person, registered, coalition, inRole('2020-03-01T00:00:00.000Z', '2020-05-01T00:00:00.000Z'));
    later.when(giveRole, member, since('2020-02-01T00:00:00.000Z')).rejects('role-already-held');
    later
      .when(giveRole, { ...member, until: '2020-03-01T00:00:00Z' }, since('2020-02-01T00:00:00.000Z'))
      .then({ type: 'RoleGiven', data: { ...member, until: '2020-03-01T00:00:00.000Z' } });
    later.when(giveRole, member, since('2020-05-01T00:00:00.000Z')).then({ type: 'RoleGiven', data: member });
  });

  it('until a later moment than it begins', () => {
    const begun = { occurredAt: '2020-06-10T10:00:00.000Z' };
    given(person, registered, coalition)
      .when(giveRole, { ...member, until: '2020-06-10T10:00:00Z' }, begun)
      .rejects('period-reversed', { from: begun.occurredAt, until: begun.occurredAt });
    given(person, registered, coalition)
      .when(giveRole, { ...member, until: '2020-06-09' }, begun)
      .rejects('period-reversed');
  });

  it('from the operator only in the back office', () => {
    const operator = { actor: { subject: 'operator', role: 'operator' } };
    given(person, registered, coalition)
      .when(giveRole, member, operator)
      .rejects('forbidden', { role: 'operator', allowed: ['back-office'] });
    given(person, registered, coalition)
      .when(giveRole, { ...member, role: 'back-office' }, operator)
      .then({ type: 'RoleGiven', data: { role: 'back-office', network: NETWORK } });
  });

  it('when registered', () => given(person, coalition).when(giveRole, member).rejects('invalid-state'));
});

describe('a role', () => {
  it('is revoked', () =>
    given(person, registered, inRole('2020-01-01T00:00:00.000Z'))
      .when(revokeRole, member)
      .then({ type: 'RoleRevoked', data: member }));

  it('is not revoked before it was given, but on that very day it is', () => {
    const given10 = given(person, registered, coalition, inRole('2020-06-10T08:00:00.000Z'));
    given10.when(revokeRole, member, { occurredAt: '2020-06-08T22:00:00.000Z' }).rejects('role-not-held');
    given10
      .when(revokeRole, member, { occurredAt: '2020-06-09T22:00:00.000Z' })
      .then({ type: 'RoleRevoked', data: member, occurredAt: '2020-06-10T08:00:00.000Z' });
    given10
      .when(revokeRole, member, { occurredAt: '2020-06-09T22:00:00.000Z', now: '2020-12-10T08:00:00.000Z' })
      .rejects('late-registration');
  });

  it('that is not held cannot be revoked', () => {
    given(person, registered).when(revokeRole, member).rejects('role-not-held', { role: 'member' });
    given(person, registered, inRole('2020-01-01T00:00:00.000Z'), {
      type: 'RoleRevoked',
      data: member,
      meta: { occurredAt: '2020-02-01T00:00:00.000Z' },
    })
      .when(revokeRole, member)
      .rejects('role-not-held');
    given(person).when(revokeRole, member).rejects('invalid-state');
  });

  it('is held from its first moment up to, and not at, its last', () => {
    const { state } = given(person, registered, inRole('2020-01-01T00:00:00.000Z', '2020-02-01T00:00:00.000Z'));
    const at = (moment: string) => holds(state, 'member', NETWORK, moment);
    expect([at('2019-12-31T23:59:59.999Z'), at('2020-01-01T00:00:00.000Z')]).toEqual([false, true]);
    expect([at('2020-01-31T23:59:59.999Z'), at('2020-02-01T00:00:00.000Z')]).toEqual([true, false]);
    expect(holds(state, 'lead', NETWORK, '2020-01-15T00:00:00.000Z')).toBe(false);
    expect(holds(state, 'member', CITY, '2020-01-15T00:00:00.000Z')).toBe(false);
  });

  it('is held by who is registered', () =>
    expect(holds({ status: 'none' }, 'member', NETWORK, '2020-01-15T00:00:00.000Z')).toBe(false));
});
