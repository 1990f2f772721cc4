import { given } from '#testkit';
import { close, reopen } from './close.ts';
import {
  adjusted,
  closed,
  D2,
  decisionOf,
  evaluated,
  finallyEvaluated,
  in_,
  on,
  OTHER,
  suspended,
  world,
} from './harness.ts';
import { action } from './state.ts';

const learning = { text: 'Wachten maakt moe.', tag: 'wachttijd', polarity: 'does-not-work' } as const;
const reason = { text: { nl: 'De nood is terug.' } };

describe('an action closes', () => {
  const closing = (
    facts: readonly ReturnType<typeof evaluated>[],
    command: Partial<Parameters<typeof close>[0]> = {},
  ) =>
    given(action, ...world(), decisionOf(D2, '2022-12-01'), ...in_.active, ...facts).when(
      close,
      { outcome: 'achieved', learnings: [], ...command },
      on('2022-12-31'),
    );
  const event = { type: 'ActionClosed', data: { outcome: 'achieved', learnings: [] } };

  it('once it is finally evaluated', () => closing([finallyEvaluated]).then(event));

  it('also while it is suspended', () => closing([finallyEvaluated, suspended]).then(event));

  it('not on an interim evaluation', () => closing([evaluated()]).rejects('final-evaluation-required'));

  it('not when it was adjusted since', () => {
    closing([finallyEvaluated, adjusted]).rejects('final-evaluation-required');
    closing([finallyEvaluated, adjusted, { ...finallyEvaluated, id: OTHER }]).then(event);
  });

  it('with something learned, now or before', () => {
    const silent = evaluated({ kind: 'final' });
    closing([silent]).rejects('learnings-required');
    closing([silent], { learnings: [learning] }).then({
      type: 'ActionClosed',
      data: { outcome: 'achieved', learnings: [learning] },
    });
    closing([evaluated({ learnings: [learning] }), { ...silent, id: OTHER }]).then(event);
  });

  it('on a decision when it is stopped early', () => {
    closing([finallyEvaluated], { outcome: 'stopped' }).rejects('decision-required', { outcome: 'stopped' });
    closing([finallyEvaluated], { outcome: 'stopped', decisionRef: D2 }).then({
      type: 'ActionClosed',
      data: { outcome: 'stopped', learnings: [], decision: D2 },
    });
  });

  it.each(['achieved', 'partly', 'handed-over', 'not-feasible'] as const)('as %s without one', (outcome) =>
    closing([finallyEvaluated], { outcome }).then({ type: 'ActionClosed', data: { outcome, learnings: [] } }),
  );

  it('on no decision about something else', () =>
    given(
      action,
      ...world(),
      decisionOf(D2, '2022-12-01', { subjects: [{ kind: 'action', id: OTHER }] }),
      ...in_.active,
      finallyEvaluated,
    )
      .when(close, { outcome: 'achieved', learnings: [], decisionRef: D2 }, on('2022-12-31'))
      .rejects('decision-not-about-this'));
});

describe('a closed action reopens', () => {
  const reopening = (
    day: string,
    policy: Parameters<typeof world>[0] = {},
    said: Parameters<typeof decisionOf>[2] = {},
  ) =>
    given(action, ...world(policy), decisionOf(D2, '2023-01-10', said), ...in_.closed).when(
      reopen,
      { decisionRef: D2, reason },
      on(day),
    );
  const event = { type: 'ActionReopened', data: { decision: D2 } };

  it('on a decision', () => reopening('2023-01-15').then(event));

  it('always', () =>
    given(action, ...world(), ...in_.closed)
      .when(reopen, { reason })
      .rejects('decision-required'));

  it('that approves it, and holds by then', () => {
    reopening('2023-01-15', {}, { outcome: 'defer' }).rejects('wrong-outcome');
    reopening('2023-01-09').rejects('before-decision');
  });

  it('within a year, or as long as the network says', () => {
    reopening('2023-12-31').then(event);
    reopening('2024-01-01').rejects('reopen-window-passed', { days: 366, most: 365 });
    reopening('2023-02-01', { reopenWindowDays: 30 }).rejects('reopen-window-passed');
  });

  it('and is finally evaluated anew before it closes again', () =>
    given(action, ...world(), ...in_.active, finallyEvaluated, closed, event as never)
      .when(close, { outcome: 'achieved', learnings: [] }, on('2023-12-31'))
      .rejects('final-evaluation-required'));
});
