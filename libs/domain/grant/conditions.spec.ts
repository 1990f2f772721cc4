import { elsewhere, given, type Fact } from '#testkit';
import { network, type NetworkEvent } from '../network/index.ts';
import type { AgreementEvent } from '../agreement/events.ts';
import { agreement } from '../agreement/state.ts';
import { CONDITION_STATUSES, type ConditionStatus } from '../codes.ts';
import { accept, breach, evidence, flag, putAtRisk, refuseCondition, waive } from './conditions.ts';
import type { GrantEvent } from './events.ts';
import { awarded, closed, HOUSING, NETWORK, on, reason, suspended, UNKNOWN } from './harness.ts';
import { grant } from './state.ts';

const day = on('2022-02-01');
const [C1, C2] = [{ condition: 'C1' }, { condition: 'C2' }];

const joined = (organisation: string, sector: 'housing' | 'mental-health'): Fact<NetworkEvent> => ({
  type: 'MemberJoined',
  data: { organisation, sector, seat: 'stem', representsTargetGroup: false },
});
const founded: Fact<NetworkEvent> = {
  type: 'NetworkFounded',
  data: { kind: 'coalition', name: 'Coalitie', regions: [], parent: null },
};
const covered = elsewhere(network, NETWORK, founded, joined(HOUSING, 'housing'), joined(UNKNOWN, 'mental-health'));
const uncovered = elsewhere(network, NETWORK, founded, joined(HOUSING, 'housing'));

const evidenced: Fact<GrantEvent> = { type: 'ConditionEvidenced', data: C2 };
const accepted: Fact<GrantEvent> = { type: 'ConditionAccepted', data: C2 };
const atRisk: Fact<GrantEvent> = {
  type: 'ConditionAtRisk',
  data: { ...C2, sectors: [], cureBy: '2022-04-02' },
};
/** What makes a condition that. */
const IN: Readonly<Record<ConditionStatus, readonly Fact<GrantEvent>[]>> = {
  open: [],
  evidenced: [evidenced],
  accepted: [evidenced, accepted],
  rejected: [evidenced, { type: 'ConditionRejected', data: C2 }],
  'at-risk': [evidenced, accepted, atRisk],
  breached: [evidenced, accepted, atRisk, { type: 'ConditionBreached', data: C2 }],
  waived: [{ type: 'ConditionWaived', data: C2 }],
};
const late = on('2022-04-03');

describe('a condition on an agreement', () => {
  const award = awarded({
    conditions: [{ code: 'C2', text: '…', kind: 'agreement', sectors: [], agreement: UNKNOWN }],
  });
  const drafted: Fact<AgreementEvent> = {
    type: 'AgreementDrafted',
    data: {
      kind: 'partnership',
      title: '…',
      period: { from: '2021-01-01' },
      parties: [],
      thirdParties: [],
      withNetworks: [],
      scheme: null,
      succeeds: null,
      objectives: null,
      actions: [],
    },
  };

  it('is met while that is in force', () => {
    given(grant, award, elsewhere(agreement, UNKNOWN, drafted))
      .when(evidence, C2, day)
      .rejects('agreement-not-in-force', { condition: 'C2', agreement: UNKNOWN });
    given(grant, award, elsewhere(agreement, UNKNOWN, drafted, { type: 'AgreementEnteredIntoForce', data: {} }))
      .when(evidence, C2, day)
      .then(evidenced);
  });
});

/** From which states each step leads on (`domain.md` §2.7). */
const STEPS = [
  ['is evidenced', evidence, 'ConditionEvidenced', ['open', 'rejected', 'at-risk']],
  ['is accepted', accept, 'ConditionAccepted', ['evidenced']],
  ['is rejected', refuseCondition, 'ConditionRejected', ['evidenced']],
  ['is waived', waive, 'ConditionWaived', ['open', 'evidenced', 'accepted', 'rejected', 'at-risk']],
  ['is breached', breach, 'ConditionBreached', ['at-risk']],
  ['is flagged', flag, 'ConditionAtRisk', ['accepted']],
] as const;

const anyOf = (type: string): object => expect.objectContaining({ type }) as object;

describe.each(STEPS)('a condition %s', (_what, decide, type, from) => {
  it.each(CONDITION_STATUSES)('where it is %s, or not', (status) => {
    const decision = given(grant, awarded(), ...IN[status]).when(decide, { ...C2, reason }, late);
    const allowed: readonly ConditionStatus[] = from;
    if (!allowed.includes(status)) decision.rejects('condition-state', { condition: 'C2', status, allowed });
    else
      decision.then({
        type,
        data: type === 'ConditionAtRisk' ? { ...C2, sectors: [], cureBy: '2022-06-02' } : C2,
      });
  });

  it('that the grant has, while it is open', () => {
    const asked = { condition: 'C9', reason };
    given(grant, awarded()).when(decide, asked, late).rejects('unknown-condition', { condition: 'C9' });
    given(grant, awarded(), closed)
      .when(decide, { ...C2, reason }, late)
      .rejects('grant-closed');
    given(grant)
      .when(decide, { ...C2, reason }, late)
      .rejects('invalid-state', { status: 'none' });
    given(grant, awarded(), ...IN[from[0]], suspended)
      .when(decide, { ...C2, reason }, late)
      .then(anyOf(type));
  });
});

describe('a condition on sectors', () => {
  it('is evidenced and accepted while each has a member', () => {
    const shown: Fact<GrantEvent> = { type: 'ConditionEvidenced', data: C1 };
    const missing = { condition: 'C1', sectors: ['mental-health'] };
    given(grant, covered, awarded()).when(evidence, C1, day).then(shown);
    given(grant, uncovered, awarded()).when(evidence, C1, day).rejects('sectors-missing', missing);
    given(grant, covered, awarded(), shown).when(accept, C1, day).then({ type: 'ConditionAccepted', data: C1 });
    given(grant, uncovered, awarded(), shown).when(accept, C1, day).rejects('sectors-missing', missing);
    // The funder may let it go all the same.
    given(grant, uncovered, awarded(), shown)
      .when(waive, { ...C1, reason }, day)
      .then({ type: 'ConditionWaived', data: C1 });
  });
});

describe('what falls back', () => {
  it('is at risk until its cure term is over, which the scheme sets', () =>
    given(grant, awarded(), ...IN.accepted)
      .when(putAtRisk, { ...C2, sectors: ['mental-health'] }, day)
      .then({ type: 'ConditionAtRisk', data: { ...C2, sectors: ['mental-health'], cureBy: '2022-04-02' } }));

  it.each(CONDITION_STATUSES.filter((one) => one !== 'accepted'))('was accepted: what is %s does not', (status) =>
    given(grant, awarded(), ...IN[status])
      .when(putAtRisk, { ...C2, sectors: [] }, day)
      .thenNothing(),
  );

  it('is breached only after the last day of that term', () => {
    const at = given(grant, awarded(), ...IN['at-risk']);
    at.when(breach, { ...C2, reason }, on('2022-04-02')).rejects('cure-term-running', {
      condition: 'C2',
      cureBy: '2022-04-02',
    });
    at.when(breach, { ...C2, reason }, on('2022-04-03')).then({ type: 'ConditionBreached', data: C2 });
  });

  it('and is evidenced and accepted again has no term any more', () => {
    const { state } = given(grant, awarded(), ...IN['at-risk'], evidenced);
    expect(state).toMatchObject({ conditions: { C2: { status: 'evidenced' } } });
    expect(JSON.stringify(state)).not.toContain('cureBy');
  });

  it('of a closed grant is passed over by the process', () =>
    given(grant, awarded(), ...IN.accepted, closed)
      .when(putAtRisk, { ...C2, sectors: [] }, day)
      .rejects('grant-closed'));
});
