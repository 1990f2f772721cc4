import { uuidv5 } from '#kernel';
import { elsewhere, given } from '#testkit';
import { group } from '../group/state.ts';
import { organisation } from '../organisation/state.ts';
import {
  assessMaturity,
  assessSystemChange,
  changeRegions,
  changeSeat,
  end,
  found,
  identifyMissingActor,
  invite,
  join,
  leave,
  linkParent,
  logCommunication,
  rename,
  resolveMissingActor,
  setPolicy,
  tagCohort,
} from './decide.ts';
import type { NetworkEvent } from './events.ts';
import { defaultPolicy } from './policy.ts';
import { network } from './state.ts';

const OWN = uuidv5('testkit', 'own', 'network');
const [PARENT, GRANDPARENT, CITY, COLLECTIVE] = ['parent', 'grandparent', 'city', 'collective'].map((name) =>
  uuidv5('spec', name),
) as [string, string, string, string];
const OPERATOR = { actor: { subject: 'operator', role: 'operator' } };

const founded = (
  kind: 'coalition' | 'programme' | 'project' | 'movement',
  parent: string | null = null,
): NetworkEvent => ({
  type: 'NetworkFounded',
  data: { kind, name: 'Mind the Gap', regions: ['11002'], parent },
});
const ended: NetworkEvent = { type: 'NetworkEnded', data: {} };
const coalition = founded('coalition');
const city = elsewhere(organisation, CITY, {
  type: 'OrganisationRegistered',
  data: { name: 'Stad', sector: 'local-government', units: [], enterpriseNumber: null, umbrellaOf: [] },
});
const collectiveOf = (home: string) =>
  elsewhere(group, COLLECTIVE, {
    type: 'GroupFounded',
    data: { name: 'Collectief', kind: 'collective' },
    meta: { network: home },
  });
const seat = { sector: 'local-government', seat: 'schepen', representsTargetGroup: false } as const;
const joined: NetworkEvent = { type: 'MemberJoined', data: { organisation: CITY, ...seat } };
const missing: NetworkEvent = {
  type: 'MissingActorIdentified',
  data: { number: 1, sector: 'justice', description: 'Justitiehuis' },
};

describe('a network is founded', () => {
  const command = { kind: 'coalition', name: 'Mind the Gap', regions: ['11002'] } as const;

  it('by the operator', () => given(network).when(found, command, OPERATOR).then(coalition));

  it('by the back office of its parent', () =>
    given(network, elsewhere(network, PARENT, founded('movement')))
      .when(found, { ...command, parent: PARENT })
      .then(founded('coalition', PARENT)));

  it('without a parent by nobody but the operator', () =>
    given(network)
      .when(found, command)
      .rejects('forbidden', { role: 'back-office', allowed: ['operator'] }));

  it('below a parent that runs', () =>
    given(network, elsewhere(network, PARENT, founded('movement'), ended))
      .when(found, { ...command, parent: PARENT })
      .rejects('unknown-reference', { member: 'parent', id: PARENT }));

  it('as a project only below a programme', () => {
    const project = { ...command, kind: 'project' } as const;
    given(network).when(found, project, OPERATOR).rejects('parent-required', { kind: 'project' });
    given(network, elsewhere(network, PARENT, founded('movement')))
      .when(found, { ...project, parent: PARENT })
      .rejects('parent-required');
    given(network, elsewhere(network, PARENT, founded('programme')))
      .when(found, { ...project, parent: PARENT })
      .then(founded('project', PARENT));
  });

  it('at the request of an organisation that is known', () => {
    given(network, city)
      .when(found, { ...command, sponsor: CITY }, OPERATOR)
      .then({ type: 'NetworkFounded', data: { ...coalition.data, sponsor: CITY } });
    given(network)
      .when(found, { ...command, sponsor: CITY }, OPERATOR)
      .rejects('unknown-reference', { member: 'sponsor', id: CITY });
  });

  it('once', () => given(network, coalition).when(found, command, OPERATOR).thenNothing());

  it('with the policy of its kind', () => {
    expect(defaultPolicy('coalition').leadInBackOffice).toBe(true);
    expect(defaultPolicy('local-network').leadInBackOffice).toBe(false);
    expect(defaultPolicy('local-network').steeringGroupHoldsMembers).toBe(true);
  });
});

describe('a network', () => {
  it('gets another name', () =>
    given(network, coalition)
      .when(rename, { name: 'Anders' })
      .then({ type: 'NetworkRenamed', data: { name: 'Anders' } }));

  it('that has this name already stays as it is', () =>
    given(network, coalition).when(rename, { name: 'Mind the Gap' }).thenNothing());

  it('works in other municipalities', () =>
    given(network, coalition)
      .when(changeRegions, { regions: ['44021'] })
      .then({ type: 'RegionChanged', data: { regions: ['44021'] } }));

  it('that works there already stays as it is', () =>
    given(network, coalition)
      .when(changeRegions, { regions: ['11002'] })
      .thenNothing());

  it('is assessed on its maturity', () =>
    given(network, coalition)
      .when(assessMaturity, { stage: 'ad-hoc', findings: 'Losse afspraken.' })
      .then({ type: 'MaturityAssessed', data: { stage: 'ad-hoc', findings: 'Losse afspraken.' } }));

  it('says what it told whom (N15)', () => {
    const told = { channel: 'flyer', audience: 'Ouders, via de scholen', title: 'De OK-pas' } as const;
    given(network, coalition).when(logCommunication, told).then({ type: 'CommunicationLogged', data: told });
    given(network, coalition)
      .when(logCommunication, { ...told, reach: 1_200 })
      .then({ type: 'CommunicationLogged', data: { ...told, reach: 1_200 } });
  });

  it('says how far it has moved, as often as it looks (D5)', () => {
    const change = { code: 'vraaggericht', from: 'aanbodgestuurd', to: 'vraaggestuurd', score: 2 };
    const event: NetworkEvent = { type: 'SystemChangeAssessed', data: change };
    given(network, coalition)
      .when(assessSystemChange, { ...change, evidence: [] })
      .then(event);
    given(network, coalition, event)
      .when(assessSystemChange, { ...change, score: 4, evidence: [] })
      .then({ type: 'SystemChangeAssessed', data: { ...change, score: 4 } });
  });

  it('belongs to the cohorts it was last said to (O4)', () => {
    const tagged: NetworkEvent = { type: 'CohortTagged', data: { tags: ['pionier', 'kust'] } };
    given(network, coalition)
      .when(tagCohort, { tags: ['pionier', 'kust'] })
      .then(tagged);
    given(network, coalition, tagged)
      .when(tagCohort, { tags: ['kust', 'pionier'] })
      .thenNothing();
    given(network, coalition, tagged)
      .when(tagCohort, { tags: [] })
      .then({ type: 'CohortTagged', data: { tags: [] } });
    given(network, coalition).when(tagCohort, { tags: [] }).thenNothing();
  });

  it('ends', () => given(network, coalition).when(end, {}).then(ended));
  it('ends once', () => given(network, coalition, ended).when(end, {}).thenNothing());
  it('that is not there does not end', () => given(network).when(end, {}).rejects('invalid-state', { status: 'none' }));

  it('that has ended changes no more', () => {
    const over = given(network, coalition, joined, missing, ended);
    over.when(logCommunication, { channel: 'press', audience: '…', title: '…' }).rejects('invalid-state');
    over.when(assessSystemChange, { code: 'C', from: '…', to: '…', score: 1, evidence: [] }).rejects('invalid-state');
    over.when(tagCohort, { tags: ['pionier'] }).rejects('invalid-state');
    over.when(rename, { name: 'Anders' }).rejects('invalid-state', { status: 'ended' });
    over.when(linkParent, { parent: PARENT }).rejects('invalid-state');
    over.when(setPolicy, { minimumPartners: 3 }).rejects('invalid-state');
    over.when(changeRegions, { regions: [] }).rejects('invalid-state');
    over.when(invite, { organisation: CITY }).rejects('invalid-state');
    over.when(join, { organisation: CITY, ...seat }).rejects('invalid-state');
    over.when(changeSeat, { organisation: CITY }).rejects('invalid-state');
    over.when(leave, { organisation: CITY }).rejects('invalid-state');
    over.when(identifyMissingActor, { sector: 'work', description: 'VDAB' }).rejects('invalid-state');
    over.when(resolveMissingActor, { number: 1 }).rejects('invalid-state');
    over.when(assessMaturity, { stage: 'single', findings: '…' }).rejects('invalid-state');
  });
});

describe('a network becomes a part of another one', () => {
  it('that runs', () =>
    given(network, coalition, elsewhere(network, PARENT, founded('movement')))
      .when(linkParent, { parent: PARENT })
      .then({ type: 'ParentLinked', data: { parent: PARENT } }));

  it('or of none', () =>
    given(network, founded('coalition', PARENT))
      .when(linkParent, { parent: null })
      .then({ type: 'ParentLinked', data: { parent: null } }));

  it('once', () => given(network, founded('coalition', PARENT)).when(linkParent, { parent: PARENT }).thenNothing());

  it('that is known', () =>
    given(network, coalition).when(linkParent, { parent: PARENT }).rejects('unknown-reference'));

  it('a project only of a programme, and never of none', () => {
    const project = given(network, founded('project', GRANDPARENT), elsewhere(network, PARENT, founded('movement')));
    project.when(linkParent, { parent: null }).rejects('parent-required');
    project.when(linkParent, { parent: PARENT }).rejects('parent-required');
  });

  it('but not of itself', () =>
    given(network, coalition, elsewhere(network, OWN, coalition))
      .when(linkParent, { parent: OWN })
      .rejects('network-cycle', { parent: OWN }));

  it('and not of one that is a part of it', () =>
    given(
      network,
      coalition,
      elsewhere(network, PARENT, founded('movement', GRANDPARENT)),
      elsewhere(network, GRANDPARENT, founded('movement', OWN)),
    )
      .when(linkParent, { parent: PARENT })
      .rejects('network-cycle', { parent: PARENT }));

  it('even where two others are a part of each other by mischance', () =>
    given(
      network,
      coalition,
      elsewhere(network, PARENT, founded('movement', GRANDPARENT)),
      elsewhere(network, GRANDPARENT, founded('movement', PARENT)),
    )
      .when(linkParent, { parent: PARENT })
      .then({ type: 'ParentLinked', data: { parent: PARENT } }));
});

describe('a network decides for itself', () => {
  it('what it names, and leaves the rest', () => {
    given(network, coalition)
      .when(setPolicy, { minimumPartners: 3, backDatingDays: 90 })
      .then({ type: 'PolicySet', data: { policy: { minimumPartners: 3 } } });
    const { state } = given(network, coalition, { type: 'PolicySet', data: { policy: { minimumPartners: 3 } } });
    expect(state).toMatchObject({ policy: { ...defaultPolicy('coalition'), minimumPartners: 3 } });
  });

  it('which of its groups decides on what', () =>
    given(network, coalition, collectiveOf(OWN))
      .when(setPolicy, { mandates: { action: COLLECTIVE } })
      .then({ type: 'PolicySet', data: { policy: { mandates: { action: COLLECTIVE } } } }));

  it('but not that a group of another network decides', () =>
    given(network, coalition, collectiveOf(PARENT))
      .when(setPolicy, { mandates: { action: COLLECTIVE } })
      .rejects('unknown-reference', { member: 'mandates', id: COLLECTIVE }));

  it('nor a group that has ended', () =>
    given(
      network,
      coalition,
      elsewhere(
        group,
        COLLECTIVE,
        { type: 'GroupFounded', data: { name: 'Collectief', kind: 'collective' }, meta: { network: OWN } },
        { type: 'GroupEnded', data: {} },
      ),
    )
      .when(setPolicy, { mandates: { action: COLLECTIVE } })
      .rejects('unknown-reference'));

  it('once: what is so already is no new policy', () => {
    given(network, coalition).when(setPolicy, { minimumPartners: 2, leadInBackOffice: true }).thenNothing();
    given(network, coalition).when(setPolicy, {}).thenNothing();
  });
});

describe('an organisation is invited', () => {
  it('when it is known', () => {
    given(network, coalition, city)
      .when(invite, { organisation: CITY })
      .then({ type: 'OrganisationInvited', data: { organisation: CITY } });
    given(network, coalition).when(invite, { organisation: CITY }).rejects('unknown-reference');
  });

  it('as an actor who is missing', () => {
    given(network, coalition, city, missing)
      .when(invite, { organisation: CITY, missingActor: 1 })
      .then({ type: 'OrganisationInvited', data: { organisation: CITY, missingActor: 1 } });
    given(network, coalition, city)
      .when(invite, { organisation: CITY, missingActor: 1 })
      .rejects('unknown-reference', { member: 'missingActor', id: '1' });
  });

  it('once, and not when it is a member', () => {
    const invited: NetworkEvent = { type: 'OrganisationInvited', data: { organisation: CITY } };
    given(network, coalition, city, invited).when(invite, { organisation: CITY }).thenNothing();
    given(network, coalition, city, joined).when(invite, { organisation: CITY }).thenNothing();
  });
});

describe('an organisation joins', () => {
  it('with its sector and its seat', () =>
    given(network, coalition, city)
      .when(join, { organisation: CITY, sector: 'local-government', seat: 'schepen' })
      .then(joined));

  it('for the target group', () =>
    given(network, coalition, city)
      .when(join, { organisation: CITY, ...seat, representsTargetGroup: true })
      .then({ type: 'MemberJoined', data: { organisation: CITY, ...seat, representsTargetGroup: true } }));

  it('when it is known', () =>
    given(network, coalition)
      .when(join, { organisation: CITY, ...seat })
      .rejects('unknown-reference', { member: 'organisation', id: CITY }));

  it('once; another seat is a change of seat', () => {
    given(network, coalition, city, joined)
      .when(join, { organisation: CITY, ...seat })
      .thenNothing();
    given(network, coalition, city, joined)
      .when(join, { organisation: CITY, ...seat, seat: 'ambtenaar' })
      .rejects('already-exists', { organisation: CITY });
  });

  it('again after it left', () =>
    given(network, coalition, city, joined, { type: 'MemberLeft', data: { organisation: CITY } })
      .when(join, { organisation: CITY, ...seat })
      .then(joined));
});

describe('a member', () => {
  it('gets another seat, and keeps what is not named', () =>
    given(network, coalition, joined)
      .when(changeSeat, { organisation: CITY, seat: 'ambtenaar' })
      .then({ type: 'MemberSeatChanged', data: { organisation: CITY, ...seat, seat: 'ambtenaar' } }));

  it('with this seat already stays as it is', () =>
    given(network, coalition, joined).when(changeSeat, { organisation: CITY, seat: 'schepen' }).thenNothing());

  it('leaves', () =>
    given(network, coalition, joined)
      .when(leave, { organisation: CITY })
      .then({ type: 'MemberLeft', data: { organisation: CITY } }));

  it('is none when it never joined', () => {
    given(network, coalition).when(changeSeat, { organisation: CITY }).rejects('not-a-member', { organisation: CITY });
    given(network, coalition).when(leave, { organisation: CITY }).rejects('not-a-member', { organisation: CITY });
  });
});

describe('an actor is missing', () => {
  it('and gets the next number, which is never used again', () => {
    given(network, coalition)
      .when(identifyMissingActor, { sector: 'justice', description: 'Justitiehuis' })
      .then(missing);
    given(network, coalition, missing, { type: 'MissingActorResolved', data: { number: 1 } })
      .when(identifyMissingActor, { sector: 'justice', description: 'Justitiehuis' })
      .then({ type: 'MissingActorIdentified', data: { ...missing.data, number: 2 } });
  });

  it('in one of the groups of the network', () => {
    const command = { sector: 'justice', description: 'Justitiehuis', group: COLLECTIVE } as const;
    given(network, coalition, collectiveOf(OWN))
      .when(identifyMissingActor, command)
      .then({ type: 'MissingActorIdentified', data: { ...missing.data, group: COLLECTIVE } });
    given(network, coalition, collectiveOf(PARENT)).when(identifyMissingActor, command).rejects('unknown-reference');
  });

  it('until a member fills the gap', () =>
    given(network, coalition, missing, joined)
      .when(resolveMissingActor, { number: 1, organisation: CITY })
      .then({ type: 'MissingActorResolved', data: { number: 1, organisation: CITY } }));

  it('or until nobody is missed there any more', () =>
    given(network, coalition, missing)
      .when(resolveMissingActor, { number: 1 })
      .then({ type: 'MissingActorResolved', data: { number: 1 } }));

  it('and is not found in who is no member', () =>
    given(network, coalition, missing)
      .when(resolveMissingActor, { number: 1, organisation: CITY })
      .rejects('not-a-member', { organisation: CITY }));

  it('and is found once', () =>
    given(network, coalition, missing, { type: 'MissingActorResolved', data: { number: 1 } })
      .when(resolveMissingActor, { number: 1 })
      .thenNothing());

  it('with a number that was given', () =>
    given(network, coalition, missing)
      .when(resolveMissingActor, { number: 2 })
      .rejects('unknown-reference', { member: 'number', id: '2' }));
});
