import { AN, elsewhere, given, NETWORK } from '#testkit';
import { network } from '../network/state.ts';
import { person } from '../person/state.ts';
import { assignLead } from './decide.ts';
import type { GroupEvent } from './events.ts';
import { group } from './state.ts';

const founded: GroupEvent = { type: 'GroupFounded', data: { name: 'Wonen', kind: 'action-group' } };
const coalition = elsewhere(network, NETWORK, {
  type: 'NetworkFounded',
  data: { kind: 'coalition', name: 'Mind the Gap', regions: ['11002'], parent: null },
});
const an = (...roles: readonly ('back-office' | 'member')[]) =>
  elsewhere(
    person,
    AN,
    { type: 'PersonRegistered', data: {} },
    ...roles.map((role) => ({ type: 'RoleGiven' as const, data: { role, network: NETWORK } })),
  );

describe('a group gets a lead', () => {
  it('from the back office (GRP-1)', () =>
    given(group, founded, coalition, an('back-office'))
      .when(assignLead, { lead: AN })
      .then({ type: 'GroupLeadAssigned', data: { lead: AN } }));

  it('from nowhere else', () =>
    given(group, founded, coalition, an('member'))
      .when(assignLead, { lead: AN })
      .rejects('lead-not-in-back-office', { lead: AN }));

  it('once: saying it again changes nothing', () =>
    given(group, founded, { type: 'GroupLeadAssigned', data: { lead: AN } })
      .when(assignLead, { lead: AN })
      .thenNothing());

  it('who is known', () =>
    given(group, founded, coalition).when(assignLead, { lead: AN }).rejects('unknown-reference'));
});
