import { dayStart } from '#kernel';
import { given } from '#testkit';
import { adjust } from './adjust.ts';
import type { AdjustAction } from './commands.ts';
import {
  D1,
  D2,
  decisionOf,
  EVALUATION,
  evaluated,
  in_,
  LIES,
  OBSTACLE,
  obstacle,
  on,
  OTHER,
  PREVENTIE,
  proposal,
  suspended,
  UNKNOWN,
  world,
} from './harness.ts';
import { action } from './state.ts';

const reason = { text: { nl: 'De intake duurt te lang.' } };
const basis = { kind: 'evaluation', ref: EVALUATION } as const;
const plan = { text: 'Intake binnen tien dagen' };

const adjusting = (
  command: Partial<AdjustAction>,
  decision: Parameters<typeof decisionOf>[2] = {},
  policy: Parameters<typeof world>[0] = {},
) =>
  given(action, ...world(policy), decisionOf(D2, '2021-05-25', decision), ...in_.active, obstacle, evaluated()).when(
    adjust,
    { basis, reason, ...command },
    on('2021-06-01', LIES, 'lead'),
  );

describe('an action is adjusted', () => {
  it('field by field, as the next version of its plan', () =>
    adjusting({ plan, group: PREVENTIE }).then({
      type: 'ActionAdjusted',
      data: {
        planVersion: 2,
        changes: { group: { from: proposal.group, to: PREVENTIE }, plan: { from: proposal.plan, to: plan } },
        scope: 'minor',
        basis,
      },
    }));

  it('to something else than it was', () =>
    adjusting({ plan: { text: 'Twintig woningen' } }).rejects('nothing-changed'));

  it('within the network and its agenda', () => {
    adjusting({ group: UNKNOWN }).rejects('unknown-reference', { member: 'group', id: UNKNOWN });
    adjusting({ objectives: ['O6'], decisionRef: D2 }).rejects('objective-not-in-agenda', { objective: 'O6' });
  });

  it.each([
    { kind: 'evaluation', ref: EVALUATION },
    { kind: 'obstacle', ref: OBSTACLE },
    { kind: 'decision', ref: D2 },
  ] as const)('on the basis of an $kind', (basis) =>
    adjusting({ plan, basis }).then({
      type: 'ActionAdjusted',
      data: { planVersion: 2, changes: { plan: { from: proposal.plan, to: plan } }, scope: 'minor', basis },
    }),
  );

  it('on no other basis than its own evaluations and obstacles, and decisions that name it', () => {
    adjusting({ plan, basis: { kind: 'evaluation', ref: OBSTACLE } }).rejects('basis-unknown');
    adjusting({ plan, basis: { kind: 'obstacle', ref: EVALUATION } }).rejects('basis-unknown');
    adjusting({ plan, basis: { kind: 'decision', ref: UNKNOWN } }).rejects('unknown-reference');
    adjusting({ plan, basis: { kind: 'decision', ref: D2 } }, { subjects: [{ kind: 'action', id: OTHER }] }).rejects(
      'decision-not-about-this',
    );
  });
});

describe('a major adjustment', () => {
  it.each([
    ['another region', { regions: ['11002', '44021'] }],
    ['another target group', { targetGroup: '17-30' }],
    ['other objectives', { objectives: ['O4', 'O5'] }],
    ['a budget more than 20% higher', { budgetCents: 7_200_001 }],
    ['a budget more than 20% lower', { budgetCents: 4_799_999 }],
    ['no budget any more', { budgetCents: null }],
  ])('is %s: it needs a decision', (_, change) => {
    adjusting(change).rejects('decision-required', { scope: 'major' });
    const field = Object.keys(change)[0] as keyof typeof proposal;
    adjusting({ ...change, decisionRef: D2 }).then({
      type: 'ActionAdjusted',
      data: {
        planVersion: 2,
        changes: { [field]: { from: proposal[field], to: Object.values(change)[0] } },
        scope: 'major',
        basis,
        decision: D2,
      },
    });
  });

  it('is not a budget that changes by 20% or less', () =>
    adjusting({ budgetCents: 7_200_000 }).then({
      type: 'ActionAdjusted',
      data: { planVersion: 2, changes: { budgetCents: { from: 6_000_000, to: 7_200_000 } }, scope: 'minor', basis },
    }));

  it('begins where the network says', () =>
    adjusting({ budgetCents: 6_000_001 }, {}, { majorBudgetChangePercent: 0 }).rejects('decision-required'));

  it('rests on a decision that approves it and holds by then', () => {
    const change = { targetGroup: '17-30', decisionRef: D2 };
    adjusting(change, { outcome: 'decline' }).rejects('wrong-outcome', { decision: D2, outcome: 'decline' });
    adjusting(change, { effectiveAt: '2021-09-01T00:00:00.000Z' }).rejects('before-decision');
    adjusting(change, { subjects: [{ kind: 'action', id: OTHER }] }).rejects('decision-not-about-this');
  });

  it('rests on a decision about the action as it runs: not on what approved it, nor on one from before it started', () => {
    const resting = (ref: string, day: string, command: Partial<AdjustAction>) =>
      given(action, ...world(), decisionOf(ref, day), ...in_.active, evaluated()).when(
        adjust,
        { basis, reason, ...command },
        on('2021-06-01', LIES, 'lead'),
      );
    const change = { targetGroup: '17-30' };
    resting(D1, '2021-05-25', { ...change, decisionRef: D1 }).rejects('decision-not-about-this', {
      decision: D1,
      approved: true,
    });
    resting(D2, '2020-09-30', { ...change, decisionRef: D2 }).rejects('decision-too-early');
    resting(D1, '2021-05-25', { plan, basis: { kind: 'decision', ref: D1 } }).rejects('decision-not-about-this');
  });
});

describe('a budget', () => {
  type Fact = (typeof in_.active)[number];
  const changed = (scope: 'minor' | 'major', from: number, to: number): Fact => ({
    type: 'ActionAdjusted',
    data: { planVersion: 2, changes: { budgetCents: { from, to } }, scope, basis },
    meta: { occurredAt: dayStart('2021-05-21') },
  });
  const next = (fact: Fact, budgetCents: number) =>
    given(action, ...world(), ...in_.active, evaluated(), fact).when(
      adjust,
      { basis, reason, budgetCents },
      on('2021-06-01', LIES, 'lead'),
    );

  it('is measured against what was last decided: small steps do not add up to a large one', () => {
    next(changed('minor', 6_000_000, 7_200_000), 7_200_001).rejects('decision-required', { scope: 'major' });
    next(changed('major', 6_000_000, 10_000_000), 12_000_001).rejects('decision-required', { scope: 'major' });
  });

  it('may go back to what was decided, and change as much from what a later decision says', () => {
    const minor = (from: number, to: number) => ({
      type: 'ActionAdjusted',
      data: { planVersion: 3, changes: { budgetCents: { from, to } }, scope: 'minor', basis },
    });
    next(changed('minor', 6_000_000, 4_800_000), 7_200_000).then(minor(4_800_000, 7_200_000));
    next(changed('major', 6_000_000, 10_000_000), 12_000_000).then(minor(10_000_000, 12_000_000));
  });
});

describe('an adjustment is dated', () => {
  const morning = (day: string) => ({ meta: { occurredAt: `${day}T09:00:00.000Z` } });
  const running = in_.active.map((fact) =>
    fact.type === 'ActionStarted' ? { ...fact, ...morning('2020-10-01') } : fact,
  );
  const dated = (day: string, facts: readonly (typeof suspended)[] = running) =>
    given(action, ...world(), ...facts, obstacle).when(
      adjust,
      { plan, basis: { kind: 'obstacle', ref: OBSTACLE }, reason },
      on(day, LIES, 'lead'),
    );
  const event = {
    type: 'ActionAdjusted',
    data: {
      planVersion: 2,
      changes: { plan: { from: proposal.plan, to: plan } },
      scope: 'minor',
      basis: { kind: 'obstacle', ref: OBSTACLE },
    },
  };

  it('on the day of the start or later', () => {
    dated('2020-09-30').rejects('out-of-order', {
      occurredAt: dayStart('2020-09-30'),
      notBefore: '2020-10-01T09:00:00.000Z',
    });
    dated('2020-10-01').then(event);
  });

  it.each<[string, readonly (typeof suspended)[]]>([
    [
      'resumed',
      [
        ...running,
        suspended,
        { type: 'ActionResumed', data: { note: '', suspendedDays: 1 }, ...morning('2021-02-01') },
      ],
    ],
    ['reopened', [...in_.closed, { type: 'ActionReopened', data: { decision: D2 }, ...morning('2021-02-01') }]],
  ])('on the day on which it was last %s or later', (_, facts) => {
    dated('2021-01-31', facts).rejects('out-of-order');
    dated('2021-02-01', facts).then(event);
  });
});
