import { elsewhere, given } from '#testkit';
import {
  child,
  evaluated,
  EVALUATION,
  FOREIGN_GROUP,
  HOUSING,
  in_,
  LEUVEN,
  OTHER,
  OWN,
  PREVENTIE,
  proposed,
  THIRD,
  UNKNOWN,
  WELFARE,
  WONEN,
  world,
} from './harness.ts';
import { linkActions, linkObjective, moveToGroup, unlinkObjective } from './links.ts';
import {
  addObstacle,
  attachEvidence,
  contributeInKind,
  recordMilestone,
  requestFunding,
  stateContribution,
} from './notes.ts';
import { changePartnerRole, joinPartner, leavePartner } from './partners.ts';
import { action } from './state.ts';

const here = (...facts: readonly ReturnType<typeof proposed>[]) => given(action, ...world(), ...in_.active, ...facts);

describe('a partner', () => {
  it('joins, in a role or without one', () => {
    here()
      .when(joinPartner, { organisation: WELFARE, role: 'Begeleidt' })
      .then({ type: 'PartnerJoined', data: { organisation: WELFARE, role: 'Begeleidt' } });
    here()
      .when(joinPartner, { organisation: WELFARE })
      .then({ type: 'PartnerJoined', data: { organisation: WELFARE } });
  });

  it('joins once, and is known', () => {
    here().when(joinPartner, { organisation: HOUSING }).rejects('already-partner', { organisation: HOUSING });
    here()
      .when(joinPartner, { organisation: UNKNOWN })
      .rejects('unknown-reference', { member: 'organisation', id: UNKNOWN });
  });

  it('leaves, and may join again', () => {
    const left = { type: 'PartnerLeft' as const, data: { organisation: HOUSING } };
    here().when(leavePartner, { organisation: HOUSING }).then(left);
    here(left).when(leavePartner, { organisation: HOUSING }).rejects('not-a-partner', { organisation: HOUSING });
    here(left)
      .when(joinPartner, { organisation: HOUSING })
      .then({ type: 'PartnerJoined', data: { organisation: HOUSING } });
  });

  it('changes its role', () => {
    const changed = { type: 'PartnerRoleChanged' as const, data: { organisation: HOUSING, role: 'Begeleidt' } };
    here().when(changePartnerRole, { organisation: HOUSING, role: 'Begeleidt' }).then(changed);
    here(changed).when(changePartnerRole, { organisation: HOUSING, role: 'Begeleidt' }).thenNothing();
    here().when(changePartnerRole, { organisation: WELFARE, role: 'Begeleidt' }).rejects('not-a-partner');
  });
});

describe('an objective', () => {
  const linked = { type: 'ObjectiveLinked' as const, data: { objective: 'O4' } };

  it('of the common agenda is linked, once', () => {
    here().when(linkObjective, { objective: 'O4' }).then(linked);
    here(linked).when(linkObjective, { objective: 'O4' }).thenNothing();
    here().when(linkObjective, { objective: 'O6' }).rejects('objective-not-in-agenda', { objective: 'O6' });
  });

  it('is unlinked, but not the last one', () => {
    here(linked)
      .when(unlinkObjective, { objective: 'O5' })
      .then({ type: 'ObjectiveUnlinked', data: { objective: 'O5' } });
    here().when(unlinkObjective, { objective: 'O5' }).rejects('last-objective', { objective: 'O5' });
    here().when(unlinkObjective, { objective: 'O4' }).thenNothing();
  });
});

describe('a link between actions', () => {
  const linking = (kind: 'reinforces' | 'dependsOn' | 'replaces', ...others: Parameters<typeof elsewhere>[]) =>
    given(action, ...world(), ...in_.active, ...others.map((other) => elsewhere(...other))).when(linkActions, {
      kind,
      action: OTHER,
    });
  const linksTo = (other: string, kind: 'reinforces' | 'replaces' = 'replaces') => ({
    type: 'ActionsLinked' as const,
    data: { kind, action: other },
  });

  it.each(['reinforces', 'dependsOn', 'replaces'] as const)('says that one %s another', (kind) =>
    linking(kind, [action, OTHER, proposed()]).then({ type: 'ActionsLinked', data: { kind, action: OTHER } }),
  );

  it('is said once', () => here(linksTo(OTHER)).when(linkActions, { kind: 'replaces', action: OTHER }).thenNothing());

  it('of another kind may stand beside it', () =>
    given(action, ...world(), ...in_.active, linksTo(OTHER, 'reinforces'), elsewhere(action, OTHER, proposed()))
      .when(linkActions, { kind: 'replaces', action: OTHER })
      .then(linksTo(OTHER)));

  it('names another action of the network', () => {
    linking('reinforces').rejects('unknown-reference', { member: 'action', id: OTHER });
    linking('reinforces', [action, OTHER, { ...proposed(), meta: { network: LEUVEN } }]).rejects('unknown-reference');
    given(action, ...world(), ...in_.active, elsewhere(action, OWN, ...in_.active))
      .when(linkActions, { kind: 'reinforces', action: OWN })
      .rejects('unknown-reference');
  });

  it('never makes an action come from itself (ACT-7): by replacing in turn', () => {
    linking('replaces', [action, OTHER, proposed(), linksTo(OWN)]).rejects('provenance-cycle', { action: OTHER });
    linking('replaces', [action, OTHER, proposed(), linksTo(THIRD)], [action, THIRD, proposed(), linksTo(OWN)]).rejects(
      'provenance-cycle',
    );
  });

  it('by replacing what was derived from it, or proposes it anew', () => {
    const derived = child({
      derivedFrom: { ...(child().data as never as { derivedFrom: object }).derivedFrom, action: OWN } as never,
    });
    linking('replaces', [action, OTHER, derived]).rejects('provenance-cycle');
    linking('replaces', [action, OTHER, proposed({ resubmissionOf: OWN })]).rejects('provenance-cycle');
  });

  it('may reinforce in turn', () =>
    linking('reinforces', [action, OTHER, proposed(), linksTo(OWN, 'reinforces')]).then(linksTo(OTHER, 'reinforces')));

  it('ends where provenance among others goes round: it is walked once', () =>
    linking('replaces', [action, OTHER, proposed(), linksTo(THIRD)], [action, THIRD, proposed(), linksTo(OTHER)]).then(
      linksTo(OTHER),
    ));
});

describe('a group', () => {
  it('of the network takes the action over', () => {
    here()
      .when(moveToGroup, { group: PREVENTIE })
      .then({ type: 'MovedToGroup', data: { group: PREVENTIE } });
    here().when(moveToGroup, { group: WONEN }).thenNothing();
    here()
      .when(moveToGroup, { group: FOREIGN_GROUP })
      .rejects('unknown-reference', { member: 'group', id: FOREIGN_GROUP });
  });
});

describe('the log of an action', () => {
  it('keeps obstacles', () => {
    const data = { class: 'history' as const, text: 'Oud conflict', confidential: true };
    here().when(addObstacle, data).then({ type: 'ObstacleAdded', data });
  });

  it('keeps milestones', () => {
    const data = { text: 'Eerste woningen bewoond', date: '2020-12-01' };
    here().when(recordMilestone, data).then({ type: 'MilestoneRecorded', data });
  });

  it('keeps evidence, whose hashes are in the metadata', () => {
    const evidence = [
      { sha256: 'a'.repeat(64), mediaType: 'application/pdf', class: 'survey', title: 'Bevraging', heldBy: 'CAW' },
    ];
    here()
      .when(attachEvidence, { evidence, note: 'Ronde 1' })
      .then({ type: 'EvidenceAttached', data: { note: 'Ronde 1' } });
    here().when(attachEvidence, { evidence }).then({ type: 'EvidenceAttached', data: {} });
  });

  it('keeps what is put in that is not money, with its value and how it was valued', () => {
    const data = {
      organisation: HOUSING,
      what: 'Een vleugel van de abdij',
      amountCents: 1_800_000,
      basis: 'per-year',
      method: 'Huur van een vergelijkbaar gebouw',
    } as const;
    here().when(contributeInKind, data).then({ type: 'InKindContributed', data });
    here()
      .when(contributeInKind, { ...data, organisation: UNKNOWN })
      .rejects('unknown-reference', { member: 'organisation', id: UNKNOWN });
  });

  it('keeps what it is said to have contributed, and on which of its evaluations that rests', () => {
    const data = {
      what: 'Sneller de juiste hulp',
      forWhom: 'Thuisloze jongeren',
      contribution: 'De vaste begeleider legt het contact.',
      otherExplanations: 'Er kwamen plaatsen bij.',
      strength: 'moderate',
    } as const;
    here().when(stateContribution, data).then({ type: 'ContributionStated', data });
    const more = { ...data, howMuch: 'Van 30 naar 18 dagen', evaluation: EVALUATION };
    here(evaluated()).when(stateContribution, more).then({ type: 'ContributionStated', data: more });
    here().when(stateContribution, more).rejects('basis-unknown', { kind: 'evaluation', ref: EVALUATION });
  });

  it('keeps requests for money', () => {
    const data = { amountCents: 100, purpose: 'Huurwaarborg' };
    here().when(requestFunding, data).then({ type: 'FundingRequested', data });
  });
});
