import { dayStart, uuidv5, type Aggregate, type Day, type Event } from '#kernel';
import { given, NETWORK, type Fact } from '#testkit';
import { ANKE, BEA, HOUSING, in_, LIES, on, PREVENTIE, WELFARE, WONEN, world } from './action/harness.ts';
import { actionCommands } from './action/index.ts';
import { action } from './action/state.ts';
import type { ActionEvent } from './action/events.ts';
import { agendaCommands } from './agenda/index.ts';
import { agenda } from './agenda/state.ts';
import type { AgendaEvent } from './agenda/events.ts';
import { groupCommands } from './group/index.ts';
import { group } from './group/state.ts';
import type { GroupEvent } from './group/events.ts';
import { meetingCommands } from './meeting/index.ts';
import { meeting } from './meeting/state.ts';
import type { MeetingEvent } from './meeting/events.ts';
import { networkCommands } from './network/index.ts';
import { network } from './network/state.ts';
import type { NetworkEvent } from './network/events.ts';
import { lastChange, noted, shareFact } from './order.ts';
import { organisationCommands } from './organisation/index.ts';
import { organisation } from './organisation/state.ts';
import type { OrganisationEvent } from './organisation/events.ts';
import type { CommandEntry } from './registry.ts';

/* A fact is neither ended nor replaced before it began, whichever it is and however late it is registered. */

const TEN = '2021-03-10T09:00:00.000Z';
const MIDNIGHT = dayStart('2021-03-10');
/** It happened on 10 March 2021 at ten, or on the day that is said. */
const then = <const E extends Event>(fact: E, day?: Day): Fact<E> => ({
  ...fact,
  meta: { occurredAt: day === undefined ? TEN : dayStart(day) },
});
const dated = (day: Day) => ({ ...on('2021-03-20'), occurredAt: dayStart(day) });

const CONTRIBUTION = {
  what: '…',
  forWhom: '…',
  contribution: '…',
  otherExplanations: '…',
  strength: 'strong',
} as const;

const decider = (entries: readonly CommandEntry[], verb: string) =>
  entries.find((entry) => entry.verb === verb)!.decide as never;

/** The command on these facts, given at that date: as the engine asks it. */
const asked = <S extends { readonly status: string }, E extends Event>(
  aggregate: Aggregate<S, E>,
  entries: readonly CommandEntry[],
  facts: readonly Parameters<typeof given<S, E>>[1][],
) => ({
  when: (verb: string, body: object, day: Day) =>
    given(aggregate, ...facts).when(decider(entries, verb), body as never, dated(day)),
});

const actions = (...facts: readonly Fact<ActionEvent>[]) =>
  asked(action, actionCommands, [...world(), ...in_.active, ...facts]);
const groups = (...facts: readonly Fact<GroupEvent>[]) =>
  asked(group, groupCommands, [
    ...world(),
    { type: 'GroupFounded', data: { name: 'Wonen', kind: 'action-group' } },
    ...facts,
  ]);
const networks = (...facts: readonly Fact<NetworkEvent>[]) =>
  asked(network, networkCommands, [
    ...world(),
    { type: 'NetworkFounded', data: { kind: 'coalition', name: 'Coalitie', regions: ['11002'], parent: null } },
    ...facts,
  ]);
const agendas = (...facts: readonly Fact<AgendaEvent>[]) =>
  asked(agenda, agendaCommands, [
    { type: 'AgendaDrafted', data: { ambition: { nl: 'Thuis' }, problemStatement: { nl: 'Dakloos' } } },
    { type: 'ObjectiveAdded', data: { code: 'O4', text: { nl: 'A' } } },
    ...facts,
  ]);
const meetings = (...facts: readonly Fact<MeetingEvent>[]) =>
  asked(meeting, meetingCommands, [
    ...world(),
    { type: 'MeetingPlanned', data: { body: WONEN, startsAt: TEN } },
    ...facts,
  ]);
const organisations = (...facts: readonly Fact<OrganisationEvent>[]) =>
  asked(organisation, organisationCommands, [
    {
      type: 'OrganisationRegistered',
      data: { name: 'CAW', sector: 'welfare', units: [], enterpriseNumber: null, umbrellaOf: [] },
    },
    ...facts,
  ]);

const seat = { sector: 'welfare', seat: 'directeur', representsTargetGroup: false } as const;
const rule = { quorum: 1, rule: 'consent', seats: [{ organisation: WELFARE, seats: 1 }] } as const;
const other = { quorum: 1, rule: 'majority', seats: [{ organisation: WELFARE, seats: 1 }] } as const;
const member = { organisation: WELFARE };
const missing = { number: 1, sector: 'justice', description: 'Justitiehuis' } as const;
const basis = { kind: 'evaluation', ref: uuidv5('spec', 'evaluation') } as const;

/** What began on 10 March, the command that ends or replaces it, and what that leads to. */
const cases = [
  ['a partner leaves', actions(then({ type: 'PartnerJoined', data: member })), 'leave-partner', member, 'PartnerLeft'],
  [
    'a partner gets another role',
    actions(then({ type: 'PartnerJoined', data: member })),
    'change-partner-role',
    { ...member, role: 'Begeleidt' },
    'PartnerRoleChanged',
  ],
  [
    'a partner joins again',
    actions(then({ type: 'PartnerLeft', data: { organisation: HOUSING } })),
    'join-partner',
    { organisation: HOUSING },
    'PartnerJoined',
  ],
  [
    'an objective is unlinked',
    actions(then({ type: 'ObjectiveLinked', data: { objective: 'O4' } })),
    'unlink-objective',
    { objective: 'O4' },
    'ObjectiveUnlinked',
  ],
  [
    'an action moves to another group',
    actions(then({ type: 'MovedToGroup', data: { group: PREVENTIE } })),
    'move-to-group',
    { group: WONEN },
    'MovedToGroup',
  ],
  [
    'the lead of an action is replaced',
    actions(then({ type: 'LeadAssigned', data: { lead: BEA } })),
    'assign-lead',
    { lead: ANKE },
    'LeadAssigned',
  ],
  [
    'the lead of an action hands over',
    actions(then({ type: 'LeadTransferred', data: { from: LIES, lead: BEA, handOver: '…' } })),
    'transfer-lead',
    { lead: ANKE, handOver: '…' },
    'LeadTransferred',
  ],
  [
    'a lead is released',
    groups(then({ type: 'GroupLeadAssigned', data: { lead: LIES } })),
    'release-lead',
    {},
    'GroupLeadReleased',
  ],
  [
    'a lead is replaced',
    groups(then({ type: 'GroupLeadAssigned', data: { lead: LIES } })),
    'assign-lead',
    { lead: BEA },
    'GroupLeadAssigned',
  ],
  [
    'a member is removed',
    groups(then({ type: 'GroupMemberAdded', data: member })),
    'remove-member',
    member,
    'GroupMemberRemoved',
  ],
  [
    'a group is renamed',
    groups(then({ type: 'GroupRenamed', data: { name: 'B' } })),
    'rename',
    { name: 'C' },
    'GroupRenamed',
  ],
  [
    'a rhythm is replaced',
    groups(then({ type: 'CadenceSet', data: { timesPerYear: 3 } })),
    'set-cadence',
    { timesPerYear: 4 },
    'CadenceSet',
  ],
  [
    'a rule is replaced',
    groups(then({ type: 'DecisionRuleSet', data: rule })),
    'set-decision-rule',
    other,
    'DecisionRuleSet',
  ],
  [
    'a member leaves',
    networks(then({ type: 'MemberJoined', data: { ...member, ...seat } })),
    'leave',
    member,
    'MemberLeft',
  ],
  [
    'a member gets another seat',
    networks(then({ type: 'MemberJoined', data: { ...member, ...seat } })),
    'change-seat',
    { ...member, seat: 'staf' },
    'MemberSeatChanged',
  ],
  [
    'a member joins again',
    networks(
      then({ type: 'MemberJoined', data: { ...member, ...seat } }, '2021-03-01'),
      then({ type: 'MemberLeft', data: member }),
    ),
    'join',
    { ...member, ...seat },
    'MemberJoined',
  ],
  [
    'a missing actor is found',
    networks(then({ type: 'MissingActorIdentified', data: missing })),
    'resolve-missing-actor',
    { number: 1 },
    'MissingActorResolved',
  ],
  [
    'a network is renamed',
    networks(then({ type: 'NetworkRenamed', data: { name: 'B' } })),
    'rename',
    { name: 'C' },
    'NetworkRenamed',
  ],
  [
    'regions are replaced',
    networks(then({ type: 'RegionChanged', data: { regions: [] } })),
    'change-regions',
    { regions: ['44021'] },
    'RegionChanged',
  ],
  [
    'a parent is replaced',
    networks(then({ type: 'ParentLinked', data: { parent: NETWORK } })),
    'link-parent',
    { parent: null },
    'ParentLinked',
  ],
  [
    'a policy is replaced',
    networks(then({ type: 'PolicySet', data: { policy: { minimumPartners: 3 } } })),
    'set-policy',
    { minimumPartners: 4 },
    'PolicySet',
  ],
  [
    'a network is assessed again',
    networks(then({ type: 'MaturityAssessed', data: { stage: 'single', findings: '…' } })),
    'assess-maturity',
    { stage: 'ad-hoc', findings: '…' },
    'MaturityAssessed',
  ],
  [
    'an objective is reworded again',
    agendas(then({ type: 'ObjectiveReworded', data: { code: 'O4', text: { nl: 'B' } } })),
    'reword-objective',
    { code: 'O4', text: { nl: 'C' } },
    'ObjectiveReworded',
  ],
  [
    'an objective ends',
    agendas(then({ type: 'ObjectiveAdded', data: { code: 'O5', text: { nl: 'B' } } })),
    'end-objective',
    { code: 'O5' },
    'ObjectiveEnded',
  ],
  [
    'an attendance is replaced',
    meetings(then({ type: 'AttendanceRecorded', data: { present: [WELFARE], excused: [] } })),
    'record-attendance',
    { present: [HOUSING] },
    'AttendanceRecorded',
  ],
  [
    'what an action contributed is stated anew',
    actions(then({ type: 'ContributionStated', data: CONTRIBUTION })),
    'state-contribution',
    { ...CONTRIBUTION, strength: 'weak' },
    'ContributionStated',
  ],
  [
    'what was contributed to a meeting is answered',
    meetings(
      then({ type: 'AgendaItemAdded', data: { number: 1, title: 'Wonen' } }),
      then({ type: 'InputRecorded', data: { item: 1, organisation: HOUSING, text: '…' } }),
    ),
    'answer-input',
    { item: 1, organisation: HOUSING, text: '…' },
    'InputAnswered',
  ],
  [
    'a cohort is left',
    networks(then({ type: 'CohortTagged', data: { tags: ['pionier'] } })),
    'tag-cohort',
    { tags: [] },
    'CohortTagged',
  ],
  [
    'an organisation is renamed',
    organisations(then({ type: 'OrganisationRenamed', data: { name: 'B' } })),
    'rename',
    { name: 'C' },
    'OrganisationRenamed',
  ],
] as const;

describe.each(cases)('%s', (_what, asking, verb, body, type) => {
  it('not before the day on which what is ended or replaced began', () =>
    asking
      .when(verb, body, '2021-03-09')
      .rejects('out-of-order', { occurredAt: dayStart('2021-03-09'), notBefore: TEN }));

  it('on that very day: after it', () =>
    asking.when(verb, body, '2021-03-10').then(expect.objectContaining({ type, occurredAt: TEN }) as object));

  it('on a later day, however late it is registered', () =>
    asking
      .when(verb, body, '2021-03-11')
      .then(expect.not.objectContaining({ occurredAt: expect.anything() as unknown }) as object));
});

describe('what is not the same fact', () => {
  it('may be registered in any order: another partner, another objective, another rule of the policy', () => {
    actions(then({ type: 'PartnerJoined', data: member }))
      .when('leave-partner', { organisation: HOUSING }, '2021-03-01')
      .then({ type: 'PartnerLeft', data: { organisation: HOUSING } });
    actions(then({ type: 'ObjectiveLinked', data: { objective: 'O4' } }))
      .when('unlink-objective', { objective: 'O5' }, '2021-03-01')
      .then({ type: 'ObjectiveUnlinked', data: { objective: 'O5' } });
    networks(then({ type: 'PolicySet', data: { policy: { minimumPartners: 3 } } }))
      .when('set-policy', { backDatingDays: 30 }, '2021-03-01')
      .then({ type: 'PolicySet', data: { policy: { backDatingDays: 30 } } });
  });

  it('but replacing all objectives is also a change of each', () =>
    actions(
      then({
        type: 'ActionAdjusted',
        data: {
          planVersion: 2,
          changes: { objectives: { from: ['O5'], to: ['O4', 'O5'] } },
          scope: 'major',
          basis,
        },
      }),
    )
      .when('unlink-objective', { objective: 'O4' }, '2021-03-09')
      .rejects('out-of-order', { occurredAt: dayStart('2021-03-09'), notBefore: TEN }));
});

it('who left and joined again late, in the order in which it happened, is a member', () => {
  const { state } = given(
    network,
    { type: 'NetworkFounded', data: { kind: 'coalition', name: 'Coalitie', regions: [], parent: null } },
    then({ type: 'MemberJoined', data: { ...member, ...seat } }, '2021-01-01'),
    then({ type: 'MemberLeft', data: member }, '2021-02-01'),
    then({ type: 'MemberJoined', data: { ...member, ...seat } }, '2021-02-15'),
  );
  expect(state).toMatchObject({
    members: { [WELFARE]: seat },
    since: { [`member/${WELFARE}`]: dayStart('2021-02-15') },
  });
});

it('a date that counts as a later moment of its day is still late (ACT-4)', () => {
  const leaving = (reason?: object) =>
    given(action, ...world(), ...in_.active, then({ type: 'PartnerJoined', data: member })).when(
      decider(actionCommands, 'leave-partner'),
      { ...member, ...(reason !== undefined && { reason }) } as never,
      { ...on('2021-12-01'), occurredAt: MIDNIGHT },
    );
  leaving().rejects('late-registration');
  leaving({ code: 'late-registration', text: { nl: 'Pas nu gehoord.' } }).then({
    type: 'PartnerLeft',
    data: member,
    occurredAt: TEN,
  });
});

describe('the facts of a thing', () => {
  it('are the same when one is a part of the other, and not by the beginning of a name', () => {
    expect(shareFact(['objectives'], ['objectives/O5'])).toBe(true);
    expect(shareFact(['objectives/O5'], ['objectives'])).toBe(true);
    expect(shareFact(['objectives/O5'], ['objectives/O50'])).toBe(false);
    expect(shareFact([], ['lead'])).toBe(false);
  });

  it('keep the latest moment at which they changed, also where an old log is not in order', () => {
    const since = noted(noted({}, ['lead'], TEN), ['lead', 'group'], MIDNIGHT);
    expect(since).toEqual({ lead: TEN, group: MIDNIGHT });
    expect(lastChange(since, ['group', 'lead'])).toBe(TEN);
    expect(lastChange(since, ['partner/x'])).toBeNull();
  });
});

describe('a correction keeps the order too', () => {
  const joined = { ...then({ type: 'PartnerJoined', data: member }), id: uuidv5('spec', 'joined') };
  const left = { ...then({ type: 'PartnerLeft', data: member }, '2021-03-15'), id: uuidv5('spec', 'left') };
  const correcting = (event: string, from: string, to: string) =>
    given(action, ...world(), ...in_.active, joined, left).when(
      decider(actionCommands, 'correct'),
      { event, field: 'occurredAt', from, to, confirmedBy: BEA } as never,
      on('2021-03-20'),
    );
  const leftAt = dayStart('2021-03-15');

  it('nobody leaves before joining', () => {
    correcting(left.id, leftAt, '2021-03-09').rejects('out-of-order', {
      occurredAt: dayStart('2021-03-09'),
      notBefore: TEN,
      notAfter: null,
    });
    correcting(joined.id, TEN, '2021-03-16').rejects('out-of-order');
  });

  it('but earlier, after joining, will do', () =>
    correcting(left.id, leftAt, '2021-03-12').then(expect.objectContaining({ type: 'RecordCorrected' }) as object));
});
