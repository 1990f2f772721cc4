import { dayStart, uuidv5 } from '#kernel';
import { COLLECTIVE, decided, elsewhere, given, NETWORK } from '#testkit';
import type { ActionEvent } from '../action/events.ts';
import { action } from '../action/state.ts';
import { agenda } from '../agenda/state.ts';
import type { DecisionRule, Outcome } from '../codes.ts';
import { group } from '../group/state.ts';
import type { MeetingEvent } from '../meeting/events.ts';
import { meeting } from '../meeting/state.ts';
import { network } from '../network/state.ts';
import type { GrantEvent } from '../grant/events.ts';
import type { RecommendationEvent } from '../recommendation/events.ts';
import { recommendation } from '../recommendation/state.ts';
import { grant } from '../grant/state.ts';
import { organisation } from '../organisation/state.ts';
import type { Decide } from '../rejections.ts';
import type { AmendDecision, RecordDecision } from './commands.ts';
import { amend, annul, record } from './decide.ts';
import type { DecisionEvent } from './events.ts';
import { decision, type Decision } from './state.ts';

const [CITY, WELFARE, HOUSING, ACTION, MEETING, D2] = ['city', 'welfare', 'housing', 'action', 'meeting', 'd2'].map(
  (name) => uuidv5('spec', name),
) as [string, string, string, string, string, string];
const OWN = uuidv5('testkit', 'own', 'decision');
const DATE = { occurredAt: '2020-06-25T12:00:00.000Z', now: '2020-06-26T08:00:00.000Z' };

const seats = [
  { organisation: CITY, seats: 3 },
  { organisation: WELFARE, seats: 1 },
  { organisation: HOUSING, seats: 1 },
];
const collective = (rule: DecisionRule = 'consent', quorum = 3) =>
  elsewhere(
    group,
    COLLECTIVE,
    { type: 'GroupFounded', data: { name: 'Collectief', kind: 'collective' } },
    { type: 'DecisionRuleSet', data: { quorum, rule, seats } },
  );
const proposed: ActionEvent = {
  type: 'ActionProposed',
  data: {
    title: { nl: 'Wonen met begeleiding' },
    group: null,
    objectives: ['O5'],
    targetGroup: '17-25',
    regions: ['11002'],
    intendedChange: 'Een thuis',
    horizon: 'medium',
    plan: { text: 'Zes woningen' },
    budgetCents: null,
    kind: 'regular',
    partners: [],
  },
};
const proposal = elsewhere(action, ACTION, proposed, { type: 'ProposalRevised', data: { version: 2, changes: {} } });
const gathering = (body = COLLECTIVE, ...more: readonly MeetingEvent[]) =>
  elsewhere(meeting, MEETING, { type: 'MeetingPlanned', data: { body, startsAt: DATE.occurredAt } }, ...more);

type Said = { readonly [M in keyof RecordDecision]: RecordDecision[M] };
const written: Said = {
  network: NETWORK,
  body: COLLECTIVE,
  mode: 'written',
  subjects: [{ kind: 'action', id: ACTION }],
  proposal: 'Wonen met begeleiding start.',
  outcome: 'approve',
  present: [CITY],
  rationale: 'Een thuis eerst.',
};
const recorded = {
  body: COLLECTIVE,
  mode: 'written',
  subjects: [{ kind: 'action', id: ACTION, proposalVersion: 2 }],
  proposal: 'Wonen met begeleiding start.',
  alternatives: [],
  outcome: 'approve',
  conditions: [],
  quorum: 3,
  rule: 'consent',
  entitled: seats,
  present: [CITY],
  votes: [],
  dissent: [],
  conflicts: [],
  rationale: 'Een thuis eerst.',
  grounds: [],
  effectiveAt: DATE.occurredAt,
  waives: [],
  knownAt: DATE.occurredAt,
};
/** What is recorded when the command says this too. */
const records = (more: Partial<Said>, expected: object = more, ...facts: readonly ReturnType<typeof elsewhere>[]) =>
  given(decision, collective(), proposal, ...facts)
    .when(record, { ...written, ...more }, DATE)
    .then({ type: 'DecisionRecorded', data: { ...recorded, ...expected } });
const refuses = (more: Partial<Said>, ...facts: readonly ReturnType<typeof elsewhere>[]) =>
  given(decision, collective(), proposal, ...facts).when(record, { ...written, ...more }, DATE);

describe('a body decides', () => {
  it('and its quorum, rule and seats on that date are kept (DEC-2)', () => records({}));

  it('and all it says is kept', () =>
    records({
      alternatives: ['Eerst een proef'],
      dissent: [{ organisation: WELFARE, text: 'Te vroeg' }, { text: 'Te duur' }],
      grounds: [{ kind: 'document', ref: 'Nota woonnood' }],
      waives: [{ rule: 'minimum-observation', reason: 'De nood is hoog' }],
      reviewDate: '2021-06-25',
    }));

  it('once', () =>
    given(decision, decided('2020-06-25', { subjects: [] }), collective(), proposal)
      .when(record, written, DATE)
      .thenNothing());

  it('when it has a rule', () =>
    given(
      decision,
      proposal,
      elsewhere(group, COLLECTIVE, { type: 'GroupFounded', data: { name: 'Wonen', kind: 'action-group' } }),
    )
      .when(record, written, DATE)
      .rejects('no-decision-rule', { body: COLLECTIVE }));

  const ruled = (rule: DecisionRule, occurredAt: string) =>
    ({ type: 'DecisionRuleSet', data: { quorum: 3, rule, seats }, meta: { occurredAt } }) as const;
  const under = (...rules: readonly ReturnType<typeof ruled>[]) =>
    given(
      decision,
      proposal,
      elsewhere(group, COLLECTIVE, { type: 'GroupFounded', data: { name: 'Wonen', kind: 'action-group' } }, ...rules),
    );
  const told = (rule: DecisionRule, date: object) => ({
    type: 'DecisionRecorded',
    data: { ...recorded, rule, ...date },
  });

  it('by the rule of that date, not by the one that came after', () =>
    under(ruled('consent', '2019-01-01T09:00:00.000Z'), ruled('unanimity', '2020-06-26T07:00:00.000Z'))
      .when(record, written, DATE)
      .then(told('consent', {})));

  it('also by the one that was made on the day of the decision', () => {
    const occurredAt = dayStart('2020-06-25');
    under(ruled('consent', '2020-06-25T09:00:00.000Z'))
      .when(record, written, { ...DATE, occurredAt })
      .then(told('consent', { effectiveAt: occurredAt, knownAt: occurredAt }));
  });

  it('and not while it had none', () =>
    under(ruled('consent', '2020-06-26T07:00:00.000Z'))
      .when(record, written, DATE)
      .rejects('no-decision-rule', { body: COLLECTIVE }));

  it('about what is written: no proposal that is still to come', () => {
    const version = (proposalVersion: number) => ({
      subjects: [{ kind: 'action' as const, id: ACTION, proposalVersion }],
    });
    refuses(version(3)).rejects('unknown-reference', { member: 'subjects', id: ACTION });
    refuses(version(0)).rejects('unknown-reference', { member: 'subjects', id: ACTION });
    records(version(1));
  });

  it('about each thing once', () => {
    const subject = { kind: 'action', id: ACTION } as const;
    refuses({ subjects: [subject, { ...subject, proposalVersion: 1 }] }).rejects('unknown-reference', {
      member: 'subjects',
      id: ACTION,
    });
    const other = { kind: 'other' } as const;
    records({ subjects: [other, other] });
  });

  it('in its own network', () =>
    refuses({ network: CITY }).rejects('unknown-reference', { member: 'body', id: COLLECTIVE }));

  it('with its quorum, counted in seats', () =>
    refuses({ present: [WELFARE, HOUSING] }).rejects('quorum-not-met', { quorum: 3, present: 2 }));

  it('with nobody present but its own', () =>
    refuses({ present: [CITY, ACTION] }).rejects('not-entitled', { organisation: ACTION }));
});

describe('an approval needs what the rule asks', () => {
  const votes = [
    { organisation: CITY, vote: 'for' },
    { organisation: WELFARE, vote: 'against' },
  ] as const;
  const cast = { present: [CITY, WELFARE], votes };

  it.each<[DecisionRule, Outcome]>([
    ['consent', 'approve'],
    ['unanimity', 'approve'],
    ['consent', 'approve-with-conditions'],
  ])('by %s one vote against blocks: %s', (rule, outcome) =>
    given(decision, collective(rule), proposal)
      .when(record, { ...written, ...cast, outcome, conditions: [] }, DATE)
      .rejects('rule-not-met', { rule, for: 3, against: 1 }),
  );

  it.each<DecisionRule>(['majority', 'two-thirds'])('by %s three seats outweigh one', (rule) =>
    given(decision, collective(rule), proposal)
      .when(record, { ...written, ...cast }, DATE)
      .then({ type: 'DecisionRecorded', data: { ...recorded, ...cast, rule } }),
  );

  it('while to decline or to defer needs no majority', () => {
    records({ ...cast, outcome: 'decline' });
    records({ ...cast, outcome: 'defer', missingInformation: 'De kostprijs' });
  });

  it('and dissent in words blocks nothing', () => records({ dissent: [{ organisation: CITY, text: 'Liever later' }] }));

  it('and who has a conflict of interest abstains', () => {
    refuses({ ...cast, conflicts: [CITY] }).rejects('not-entitled', { organisation: CITY });
    records({ conflicts: [WELFARE], present: [CITY, WELFARE] });
  });
});

describe('an outcome', () => {
  const conditions = [{ code: 'C1', text: 'De huurwaarborg is geregeld' }];

  it('with conditions names them', () => {
    refuses({ outcome: 'approve-with-conditions' }).rejects('conditions-missing');
    records({ outcome: 'approve-with-conditions', conditions });
  });

  it('without conditions has none', () =>
    refuses({ outcome: 'approve', conditions }).rejects('wrong-outcome', { outcome: 'approve', member: 'conditions' }));

  it('deferred says until when or what is missing', () => {
    refuses({ outcome: 'defer' }).rejects('reason-required');
    records({ outcome: 'defer', deferredUntil: '2020-09-01' });
    records({ outcome: 'defer', missingInformation: 'De kostprijs' });
  });

  it('that is no deferral says neither', () => {
    refuses({ deferredUntil: '2020-09-01' }).rejects('wrong-outcome');
    refuses({ missingInformation: 'De kostprijs' }).rejects('wrong-outcome');
  });
});

describe('a decision of a meeting', () => {
  const inMeeting = { mode: 'meeting', meeting: MEETING } as const;

  it('names a meeting of its body', () => records(inMeeting, inMeeting, gathering()));

  it('names one', () => refuses({ mode: 'meeting' }).rejects('unknown-reference', { member: 'meeting' }));

  it('names one that is there', () =>
    refuses(inMeeting).rejects('unknown-reference', { member: 'meeting', id: MEETING }));

  it('not one of another body', () => refuses(inMeeting, gathering(CITY)).rejects('unknown-reference'));

  it('is taken by who was there, once the attendance is recorded', () => {
    const attended = (...present: readonly string[]) =>
      gathering(COLLECTIVE, { type: 'AttendanceRecorded', data: { present, excused: [] } });
    records(inMeeting, inMeeting, attended(CITY, WELFARE));
    refuses(inMeeting, attended(WELFARE)).rejects('absent-from-meeting', {
      organisation: CITY,
    });
  });

  it('not one that was cancelled', () =>
    refuses(inMeeting, gathering(COLLECTIVE, { type: 'MeetingCancelled', data: {} })).rejects('unknown-reference'));
});

describe('a decision is about', () => {
  it('an action, in the version of the proposal that lies on the table', () => records({}));

  it('an action, in the version that it names', () => {
    const subjects = [{ kind: 'action', id: ACTION, proposalVersion: 1 }] as const;
    records({ subjects });
  });

  it('an agenda, a membership, a policy initiative or anything else', () => {
    const subjects = [
      { kind: 'agenda', id: NETWORK },
      { kind: 'membership', id: CITY },
      { kind: 'policy-initiative', title: 'Woonbeleid' },
      { kind: 'other', title: 'Huishoudelijk reglement' },
    ] as const;
    records(
      { subjects },
      { subjects },
      elsewhere(agenda, NETWORK, {
        type: 'AgendaDrafted',
        data: { ambition: { nl: '…' }, problemStatement: { nl: '…' } },
      }),
      elsewhere(organisation, CITY, {
        type: 'OrganisationRegistered',
        data: { name: 'Stad', sector: 'other', units: [], enterpriseNumber: null, umbrellaOf: [] },
      }),
    );
  });

  it('another decision', () => {
    const subjects = [{ kind: 'decision', id: D2 }] as const;
    records({ subjects }, { subjects }, elsewhere(decision, D2, decided('2020-06-01', { subjects: [] })));
  });

  it('a grant of its network', () => {
    const subjects = [{ kind: 'grant', id: D2 }] as const;
    const applied: GrantEvent = {
      type: 'GrantApplied',
      data: {
        title: '…',
        scheme: D2,
        area: null,
        requestedCents: 1,
        period: { from: '2020-01-01', until: '2020-12-31' },
      },
    };
    records({ subjects }, { subjects }, elsewhere(grant, D2, applied));
    refuses({ subjects }, elsewhere(grant, D2, { ...applied, meta: { network: CITY } })).rejects('unknown-reference');
  });

  it('a recommendation of its network', () => {
    const subjects = [{ kind: 'recommendation', id: D2 }] as const;
    const drafted: RecommendationEvent = {
      type: 'RecommendationDrafted',
      data: { title: { nl: '…' }, text: { nl: '…' }, patterns: [], basis: [] },
    };
    records({ subjects }, { subjects }, elsewhere(recommendation, D2, drafted));
    const foreign = elsewhere(recommendation, D2, { ...drafted, meta: { network: CITY } });
    refuses({ subjects }, foreign).rejects('unknown-reference');
  });

  it.each(['action', 'agenda', 'membership', 'decision', 'grant', 'recommendation'] as const)(
    'no %s that is not there',
    (kind) => {
      refuses({ subjects: [{ kind, id: D2 }] }).rejects('unknown-reference', { member: 'subjects', id: D2 });
      refuses({ subjects: [{ kind }] }).rejects('unknown-reference', { member: 'subjects', kind });
    },
  );

  it('nothing of another network', () => {
    const foreign = elsewhere(action, D2, { ...proposed, meta: { network: CITY } });
    refuses({ subjects: [{ kind: 'action', id: D2 }] }, foreign).rejects('unknown-reference');
    const theirs = elsewhere(decision, D2, decided('2020-06-01', { subjects: [] }, { network: CITY }));
    refuses({ subjects: [{ kind: 'decision', id: D2 }] }, theirs).rejects('unknown-reference');
  });
});

describe('a decision holds', () => {
  it('from its date', () => records({}, { effectiveAt: DATE.occurredAt }));

  it('or from the start of a later day', () =>
    records({ effectiveFrom: '2020-07-01' }, { effectiveAt: '2020-06-30T22:00:00.000Z' }));

  it('and never from before its date', () =>
    records({ effectiveFrom: '2020-06-25' }, { effectiveAt: DATE.occurredAt }));
});

describe('what the body knew', () => {
  it('is what was known on its date', () => records({}, { knownAt: DATE.occurredAt }));

  it('or up to the end of the day it says', () =>
    records({ knownAt: '2020-06-10' }, { knownAt: '2020-06-10T21:59:59.999Z' }));

  it('and never what is not yet recorded', () => records({ knownAt: '2020-06-26' }, { knownAt: DATE.now }));
});

describe.each<[string, Decide<AmendDecision, Decision, DecisionEvent>, DecisionEvent]>([
  ['amended', amend, { type: 'DecisionAmended', data: { by: D2, change: 'Drie jaar' } }],
  ['annulled', annul, { type: 'DecisionAnnulled', data: { by: D2 } }],
])('a decision is %s (DEC-1)', (_what, decide, event) => {
  const first = decided('2020-06-01', { subjects: [{ kind: 'action', id: ACTION }] });
  const aboutIt = { subjects: [{ kind: 'decision', id: OWN }] } as const;
  const home = elsewhere(network, NETWORK, {
    type: 'NetworkFounded',
    data: { kind: 'coalition', name: 'Mind the Gap', regions: [], parent: null },
  });
  const by = (later: ReturnType<typeof decided>) =>
    given(decision, first, home, elsewhere(decision, D2, later)).when(
      decide,
      { change: 'Drie jaar', decisionRef: D2 },
      DATE,
    );

  it('by a later decision about it', () => by(decided('2020-06-20', aboutIt)).then(event));

  it('by a decision of the same day', () => by(decided('2020-06-01', aboutIt)).then(event));

  it('from when that one holds', () => {
    const effectiveAt = '2020-09-01T00:00:00.000Z';
    by(decided('2020-06-20', { ...aboutIt, effectiveAt })).then({ ...event, occurredAt: effectiveAt });
  });

  it('by no earlier decision', () => by(decided('2020-05-31', aboutIt)).rejects('out-of-order'));

  it('by no decision about something else', () =>
    by(decided('2020-06-20', { subjects: [{ kind: 'action', id: ACTION }] })).rejects('decision-not-about-this'));

  it.each(['decline', 'defer'] as const)('not when the later one was to %s', (outcome) =>
    by(decided('2020-06-20', { ...aboutIt, outcome })).rejects('wrong-outcome', { outcome }),
  );

  it('not without a decision', () =>
    given(decision, first, home).when(decide, { change: 'Drie jaar' }, DATE).rejects('decision-required'));

  it('when it is there', () =>
    given(decision, home)
      .when(decide, { change: 'Drie jaar', decisionRef: D2 }, DATE)
      .rejects('invalid-state', { status: 'none' }));
});

describe('an annulled decision', () => {
  const annulled = given(decision, decided('2020-06-01', { subjects: [] }), {
    type: 'DecisionAnnulled',
    data: { by: D2 },
  });

  it('is annulled once', () => annulled.when(annul, { decisionRef: D2 }, DATE).thenNothing());
  it('is not amended', () =>
    annulled.when(amend, { decisionRef: D2, change: '…' }, DATE).rejects('invalid-state', { status: 'annulled' }));
});
