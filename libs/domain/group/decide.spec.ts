import { uuidv5 } from '#kernel';
import { AN, elsewhere, given, NETWORK } from '#testkit';
import type { NetworkEvent } from '../network/events.ts';
import { network } from '../network/state.ts';
import { organisation } from '../organisation/state.ts';
import { person } from '../person/state.ts';
import {
  addMember,
  assignLead,
  end,
  found,
  merge,
  releaseLead,
  removeMember,
  rename,
  setCadence,
  setDecisionRule,
} from './decide.ts';
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

const OWN = uuidv5('testkit', 'own', 'group');
const [CITY, OTHER] = ['city', 'other'].map((name) => uuidv5('spec', name)) as [string, string];
const ended: GroupEvent = { type: 'GroupEnded', data: {} };
const member: GroupEvent = { type: 'GroupMemberAdded', data: { organisation: CITY } };
const city = elsewhere(organisation, CITY, {
  type: 'OrganisationRegistered',
  data: { name: 'Stad', sector: 'local-government', units: [], enterpriseNumber: null, umbrellaOf: [] },
});

describe('a group is founded', () => {
  it('in a network that runs', () =>
    given(group, coalition).when(found, { network: NETWORK, name: 'Wonen', kind: 'action-group' }).then(founded));

  it('with its purpose', () =>
    given(group, coalition)
      .when(found, { network: NETWORK, name: 'Wonen', kind: 'action-group', purpose: 'Een dak' })
      .then({ type: 'GroupFounded', data: { ...founded.data, purpose: 'Een dak' } }));

  it('in no other', () =>
    given(group)
      .when(found, { network: NETWORK, name: 'Wonen', kind: 'action-group' })
      .rejects('unknown-reference', { member: 'network', id: NETWORK }));

  it('once', () =>
    given(group, founded).when(found, { network: NETWORK, name: 'Anders', kind: 'action-group' }).thenNothing());
});

describe('a group', () => {
  it('gets another name', () =>
    given(group, founded)
      .when(rename, { name: 'Thuis' })
      .then({ type: 'GroupRenamed', data: { name: 'Thuis' } }));

  it('that has this name already stays as it is', () =>
    given(group, founded).when(rename, { name: 'Wonen' }).thenNothing());

  it('merges into another one of its network', () =>
    given(group, founded, elsewhere(group, OTHER, founded))
      .when(merge, { into: OTHER })
      .then({ type: 'GroupsMerged', data: { into: OTHER } }));

  it.each([
    ['itself', OWN, [founded]],
    ['one of another network', OTHER, [{ ...founded, meta: { network: OTHER } }]],
    ['one that has ended', OTHER, [founded, ended]],
    ['one that is not there', OTHER, []],
  ] as const)('does not merge into %s', (_what, into, facts) =>
    given(group, founded, elsewhere(group, into, ...facts))
      .when(merge, { into })
      .rejects('unknown-reference', { member: 'into', id: into }),
  );

  it('ends', () => given(group, founded).when(end, {}).then(ended));
  it('ends once', () => given(group, founded, ended).when(end, {}).thenNothing());
  it('that is not there does not end', () => given(group).when(end, {}).rejects('invalid-state', { status: 'none' }));

  it('that has ended changes no more', () => {
    const over = given(group, founded, member, ended);
    over.when(rename, { name: 'Thuis' }).rejects('invalid-state', { status: 'ended' });
    over.when(merge, { into: OTHER }).rejects('invalid-state');
    over.when(addMember, { organisation: CITY }).rejects('invalid-state');
    over.when(removeMember, { organisation: CITY }).rejects('invalid-state');
    over.when(assignLead, { lead: AN }).rejects('invalid-state');
    over.when(releaseLead, {}).rejects('invalid-state');
    over.when(setCadence, { timesPerYear: 3 }).rejects('invalid-state');
    over.when(setDecisionRule, { quorum: 1, rule: 'consent', seats: [] }).rejects('invalid-state');
  });

  it('says how often it meets', () => {
    given(group, founded)
      .when(setCadence, { timesPerYear: 3 })
      .then({ type: 'CadenceSet', data: { timesPerYear: 3 } });
    given(group, founded).when(setCadence, { timesPerYear: null }).thenNothing();
  });
});

describe('an organisation gets a place in a group', () => {
  it('when it is known', () => {
    given(group, founded, city).when(addMember, { organisation: CITY }).then(member);
    given(group, founded).when(addMember, { organisation: CITY }).rejects('unknown-reference');
  });

  it('and says who sits there for it', () => {
    const command = { organisation: CITY, person: AN };
    given(group, founded, city, an()).when(addMember, command).then({ type: 'GroupMemberAdded', data: command });
    given(group, founded, city).when(addMember, command).rejects('unknown-reference', { member: 'person', id: AN });
  });

  it('once', () => given(group, founded, member).when(addMember, { organisation: CITY }).thenNothing());

  it('until it is removed', () => {
    given(group, founded, coalition, member)
      .when(removeMember, { organisation: CITY })
      .then({ type: 'GroupMemberRemoved', data: { organisation: CITY } });
    given(group, founded, coalition).when(removeMember, { organisation: CITY }).thenNothing();
  });

  it('and keeps it in the steering group of a local network of which it is a member (GRP-3)', () => {
    const steering: GroupEvent = { type: 'GroupFounded', data: { name: 'Stuurgroep', kind: 'steering-group' } };
    const local = (...facts: readonly NetworkEvent[]) =>
      elsewhere(
        network,
        NETWORK,
        { type: 'NetworkFounded', data: { kind: 'local-network', name: 'Oudenaarde', regions: [], parent: null } },
        ...facts,
      );
    const joined: NetworkEvent = {
      type: 'MemberJoined',
      data: { organisation: CITY, sector: 'other', seat: 'stad', representsTargetGroup: false },
    };
    given(group, steering, member, local(joined))
      .when(removeMember, { organisation: CITY })
      .rejects('steering-group-incomplete', { organisation: CITY });
    given(group, steering, member, local())
      .when(removeMember, { organisation: CITY })
      .then({ type: 'GroupMemberRemoved', data: { organisation: CITY } });
    given(
      group,
      steering,
      member,
      local(joined, { type: 'PolicySet', data: { policy: { steeringGroupHoldsMembers: false } } }),
    )
      .when(removeMember, { organisation: CITY })
      .then({ type: 'GroupMemberRemoved', data: { organisation: CITY } });
  });
});

describe('a lead', () => {
  it('need not be in the back office where the network does not ask it', () => {
    const movement = elsewhere(network, NETWORK, {
      type: 'NetworkFounded',
      data: { kind: 'movement', name: 'A Way Home', regions: [], parent: null },
    });
    given(group, founded, movement, an('member'))
      .when(assignLead, { lead: AN })
      .then({ type: 'GroupLeadAssigned', data: { lead: AN } });
  });

  it('hands over', () =>
    given(group, founded, { type: 'GroupLeadAssigned', data: { lead: AN } })
      .when(releaseLead, { handOver: 'Afspraken tot juni' })
      .then({ type: 'GroupLeadReleased', data: { lead: AN, handOver: 'Afspraken tot juni' } }));

  it('is released once', () => given(group, founded).when(releaseLead, {}).thenNothing());
});

describe('a group becomes a body that decides', () => {
  const command = { quorum: 2, rule: 'majority', seats: [{ organisation: CITY, seats: 2 }] } as const;

  it('with its quorum, its rule and its seats', () =>
    given(group, founded, city).when(setDecisionRule, command).then({ type: 'DecisionRuleSet', data: command }));

  it('where an organisation has one seat unless said otherwise', () =>
    given(group, founded, city)
      .when(setDecisionRule, { ...command, quorum: 1, seats: [{ organisation: CITY }] })
      .then({
        type: 'DecisionRuleSet',
        data: { quorum: 1, rule: 'majority', seats: [{ organisation: CITY, seats: 1 }] },
      }));

  it('whose quorum its seats can reach', () =>
    given(group, founded, city)
      .when(setDecisionRule, { ...command, quorum: 3 })
      .rejects('quorum-not-met', { quorum: 3, seats: 2 }));

  it('of organisations that are known', () =>
    given(group, founded).when(setDecisionRule, command).rejects('unknown-reference', { member: 'seats', id: CITY }));
});
