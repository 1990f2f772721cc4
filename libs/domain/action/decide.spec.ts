import { COLLECTIVE, given } from '#testkit';
import { dayStart } from '#kernel';
import { assignLead, decide, meetCondition, resume, start, suspend, transferLead } from './decide.ts';
import {
  ANKE,
  approved,
  BEA,
  child,
  D1,
  decisionOf,
  in_,
  led,
  LIES,
  MO,
  on,
  OTHER,
  OWN,
  proposed,
  suspended,
  UNKNOWN,
  WONEN,
  world,
  YOUTH,
} from './harness.ts';
import { action } from './state.ts';

const evidence = [
  { sha256: 'a'.repeat(64), mediaType: 'application/pdf', class: 'agreement', title: 'Huurcontract', heldBy: 'Stad' },
];
const conditional = {
  ...approved,
  type: 'ActionApprovedWithConditions' as const,
  data: { decision: D1, conditions: [{ code: 'C1', text: 'Eerst een huurcontract' }] },
};
const C1 = { code: 'C1', text: 'Eerst een huurcontract' };

describe('what was decided on a proposal happens', () => {
  const deciding = (said: Parameters<typeof decisionOf>[2] = {}, recordedBy = BEA, facts = in_.proposed) =>
    given(action, ...world(), decisionOf(D1, '2020-06-25', said, recordedBy), ...facts).when(
      decide,
      { decisionRef: D1 },
      on('2020-06-30'),
    );

  it('from when the decision holds: it approves', () =>
    deciding().then({ type: 'ActionApproved', data: { decision: D1 }, occurredAt: dayStart('2020-06-25') }));

  it('also later than its date', () =>
    deciding({ effectiveAt: dayStart('2020-09-01') }).then({
      type: 'ActionApproved',
      data: { decision: D1 },
      occurredAt: dayStart('2020-09-01'),
    }));

  it('with conditions', () =>
    deciding({ outcome: 'approve-with-conditions', conditions: [C1] }).then({
      type: 'ActionApprovedWithConditions',
      data: { decision: D1, conditions: [C1] },
      occurredAt: dayStart('2020-06-25'),
    }));

  it('when it declines', () =>
    deciding({ outcome: 'decline' }).then({
      type: 'ActionDeclined',
      data: { decision: D1 },
      occurredAt: dayStart('2020-06-25'),
    }));

  it('when it defers, until a day or for want of information', () =>
    deciding({ outcome: 'defer', deferredUntil: '2020-10-01', missingInformation: 'De huurprijs' }).then({
      type: 'ActionDeferred',
      data: { decision: D1, until: '2020-10-01', missingInformation: 'De huurprijs' },
      occurredAt: dayStart('2020-06-25'),
    }));

  it('when there is such a decision', () =>
    given(action, ...world(), ...in_.proposed)
      .when(decide, { decisionRef: UNKNOWN })
      .rejects('unknown-reference', { member: 'decisionRef', id: UNKNOWN }));

  it('when it names this action', () =>
    deciding({ subjects: [{ kind: 'action', id: OTHER }] }).rejects('decision-not-about-this'));

  it('when it was taken by the body with the mandate', () =>
    given(action, ...world({ mandates: { action: WONEN } }), decisionOf(D1, '2020-06-25'), ...in_.proposed)
      .when(decide, { decisionRef: D1 })
      .rejects('no-mandate', { kind: 'action', body: COLLECTIVE, mandated: WONEN }));

  it('when it was about this version of the proposal', () => {
    const revised = { type: 'ProposalRevised' as const, data: { version: 2, changes: {} } };
    deciding({}, BEA, [proposed(), revised]).rejects('proposal-changed', { decided: 1, current: 2 });
  });

  it('also when it was about other actions as well', () => {
    const subjects = [
      { kind: 'action', id: OTHER, proposalVersion: 9 },
      { kind: 'action', id: OWN, proposalVersion: 1 },
    ] as const;
    deciding({ subjects }).then({
      type: 'ActionApproved',
      data: { decision: D1 },
      occurredAt: dayStart('2020-06-25'),
    });
  });

  it('when another person than the proposer recorded it (four eyes)', () =>
    deciding({}, LIES).rejects('four-eyes', { person: LIES }));

  it('when a broadened child has got its group and objective', () => {
    deciding({}, BEA, [child()]).rejects('incomplete-proposal');
    deciding({}, BEA, [child({ group: WONEN })]).rejects('incomplete-proposal');
    deciding({}, BEA, [child({ group: WONEN, objectives: ['O4'] })]).then({
      type: 'ActionApproved',
      data: { decision: D1 },
      occurredAt: dayStart('2020-06-25'),
    });
  });

  it('and may decline a child that was never completed', () =>
    deciding({ outcome: 'decline' }, BEA, [child()]).then({
      type: 'ActionDeclined',
      data: { decision: D1 },
      occurredAt: dayStart('2020-06-25'),
    }));
});

describe('a condition of the approval', () => {
  const decision = decisionOf(D1, '2020-06-25', { outcome: 'approve-with-conditions', conditions: [C1] });
  const met = { type: 'ApprovalConditionMet' as const, data: { condition: 'C1' } };

  it('is met', () =>
    given(action, decision, proposed(), conditional).when(meetCondition, { condition: 'C1', evidence }).then(met));

  it('once', () =>
    given(action, decision, proposed(), conditional, met)
      .when(meetCondition, { condition: 'C1', evidence })
      .thenNothing());

  it('is one of those that the decision named', () =>
    given(action, decision, proposed(), conditional)
      .when(meetCondition, { condition: 'C2', evidence })
      .rejects('unknown-condition', { condition: 'C2' }));
});

describe('the lead', () => {
  it('is assigned from the back office (GRP-1)', () =>
    given(action, ...world(), ...in_.approved)
      .when(assignLead, { lead: LIES }, on('2020-07-01'))
      .then({ type: 'LeadAssigned', data: { lead: LIES } }));

  it('from nowhere else', () =>
    given(action, ...world(), ...in_.approved)
      .when(assignLead, { lead: MO }, on('2020-07-01'))
      .rejects('lead-not-in-back-office', { lead: MO }));

  it('from anywhere where the network allows it', () =>
    given(action, ...world({ leadInBackOffice: false }), ...in_.approved)
      .when(assignLead, { lead: MO }, on('2020-07-01'))
      .then({ type: 'LeadAssigned', data: { lead: MO } }));

  it('is a person who is known', () =>
    given(action, ...world(), ...in_.approved)
      .when(assignLead, { lead: UNKNOWN })
      .rejects('unknown-reference', { member: 'lead', id: UNKNOWN }));

  it('is assigned once: saying it again changes nothing', () =>
    given(action, ...world(), ...in_.approved, led)
      .when(assignLead, { lead: LIES })
      .thenNothing());

  const handOver = 'De huurcontracten lopen tot juni.';

  it('hands over with a note', () =>
    given(action, ...world(), ...in_.active)
      .when(transferLead, { lead: ANKE, handOver }, on('2021-01-01'))
      .then({ type: 'LeadTransferred', data: { from: LIES, lead: ANKE, handOver } }));

  it('hands over when there is one', () =>
    given(action, ...world(), ...in_.approved)
      .when(transferLead, { lead: ANKE, handOver })
      .rejects('lead-required'));

  it('hands over to the back office, and not to itself', () => {
    given(action, ...world(), ...in_.active)
      .when(transferLead, { lead: MO, handOver })
      .rejects('lead-not-in-back-office');
    given(action, ...world(), ...in_.active)
      .when(transferLead, { lead: LIES, handOver })
      .thenNothing();
  });
});

describe('an action starts', () => {
  const decision = decisionOf(D1, '2020-06-25');

  it('once it is approved and led', () =>
    given(action, ...world(), decision, ...in_.approved, led)
      .when(start, {}, on('2020-10-01'))
      .then({ type: 'ActionStarted', data: {} }));

  it('not without a lead', () =>
    given(action, ...world(), decision, ...in_.approved)
      .when(start, {}, on('2020-07-01'))
      .rejects('lead-required'));

  it('not with fewer partners than the network asks (M1)', () =>
    given(action, ...world(), decision, proposed({ partners: [{ organisation: YOUTH }] }), approved, led)
      .when(start, {}, on('2020-10-01'))
      .rejects('too-few-partners', { partners: 1, minimum: 2 }));

  it('not while a condition of the approval is open', () => {
    given(action, ...world(), decision, proposed(), conditional, led)
      .when(start, {}, on('2020-10-01'))
      .rejects('approval-conditions-open', { conditions: ['C1'] });
    given(action, ...world(), decision, proposed(), conditional, led, {
      type: 'ApprovalConditionMet',
      data: { condition: 'C1' },
    })
      .when(start, {}, on('2020-10-01'))
      .then({ type: 'ActionStarted', data: {} });
  });

  it('not before the decision holds', () =>
    given(action, ...world(), decision, ...in_.approved, led)
      .when(start, {}, on('2020-06-24'))
      .rejects('start-before-decision'));

  it('from the very moment on which the decision holds', () =>
    given(action, ...world(), decision, ...in_.approved, led)
      .when(start, {}, on('2020-06-25'))
      .then({ type: 'ActionStarted', data: {} }));

  it('not on a decision that was annulled (ACT-5)', () => {
    const annulled = { ...decision, events: [...decision.events, { type: 'DecisionAnnulled', data: { by: UNKNOWN } }] };
    given(action, ...world(), annulled, ...in_.approved, led)
      .when(start, {}, on('2020-10-01'))
      .rejects('decision-annulled', { decision: D1 });
  });
});

describe('an action is suspended', () => {
  const reason = { text: { nl: 'Corona' } };

  it('for a reason of the list, with a day on which it may end', () => {
    given(action, ...in_.active)
      .when(suspend, { code: 'force-majeure', expectedUntil: '2020-09-01', reason })
      .then({ type: 'ActionSuspended', data: { code: 'force-majeure', expectedUntil: '2020-09-01' } });
    given(action, ...in_.active)
      .when(suspend, { code: 'partner', reason })
      .then({ type: 'ActionSuspended', data: { code: 'partner' } });
  });

  it('and resumed: calendar days in Brussels are counted, over the change to summer time', () =>
    given(action, ...in_.active, { ...suspended, meta: { occurredAt: dayStart('2020-03-16') } })
      .when(resume, { note: 'De maatregelen zijn opgeheven.' }, on('2020-09-01'))
      .then({ type: 'ActionResumed', data: { note: 'De maatregelen zijn opgeheven.', suspendedDays: 169 } }));
});
