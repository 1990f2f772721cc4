import { dayStart } from '#kernel';
import { given } from '#testkit';
import { close, reopen } from './close.ts';
import {
  adjusted,
  closed,
  D1,
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
const dated = (day: string) => ({ meta: { occurredAt: dayStart(day) } });

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
    closing([finallyEvaluated, adjusted, { ...finallyEvaluated, id: OTHER, ...dated('2021-06-01') }]).then(event);
    closing([finallyEvaluated, adjusted, { ...finallyEvaluated, id: OTHER }]).rejects('final-evaluation-required');
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

  const stopping = (ref: string, day: string) =>
    given(action, ...world(), decisionOf(ref, day), ...in_.active, finallyEvaluated).when(
      close,
      { outcome: 'stopped', learnings: [], decisionRef: ref },
      on('2022-12-31'),
    );

  it('on no decision that approved it', () =>
    stopping(D1, '2022-12-01').rejects('decision-not-about-this', { decision: D1, approved: true }));

  it('on no decision taken before it started, by day', () => {
    stopping(D2, '2020-09-30').rejects('decision-too-early', {
      decision: D2,
      decidedAt: dayStart('2020-09-30'),
      notBefore: dayStart('2020-10-01'),
    });
    stopping(D2, '2020-10-01').then({
      type: 'ActionClosed',
      data: { outcome: 'stopped', learnings: [], decision: D2 },
    });
  });
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

  it('on no decision that approved it, also the second time', () => {
    const again = [{ type: 'ActionReopened', data: { decision: D2 }, ...dated('2023-01-15') }, closed] as never[];
    for (const facts of [[], again])
      given(action, ...world(), decisionOf(D1, '2023-01-10'), ...in_.closed, ...facts)
        .when(reopen, { decisionRef: D1, reason }, on('2023-01-15'))
        .rejects('decision-not-about-this', { decision: D1, approved: true });
  });

  it('on no decision taken before it closed, by day', () => {
    const on_ = (day: string) =>
      given(action, ...world(), decisionOf(D2, day), ...in_.closed).when(
        reopen,
        { decisionRef: D2, reason },
        on('2023-01-15'),
      );
    on_('2022-12-30').rejects('decision-too-early');
    on_('2022-12-31').then(event);
  });

  it('within a year, or as long as the network says', () => {
    reopening('2023-12-31').then(event);
    reopening('2024-01-01').rejects('reopen-window-passed', { days: 366, most: 365 });
    reopening('2023-02-01', { reopenWindowDays: 30 }).rejects('reopen-window-passed');
  });

  it('and is finally evaluated anew, at a later date, before it closes again', () => {
    const reopened = { ...event, ...dated('2023-01-15') } as never;
    const closing = (...facts: readonly (typeof closed)[]) =>
      given(action, ...world(), ...in_.closed, reopened, ...facts).when(
        close,
        { outcome: 'achieved', learnings: [] },
        on('2023-12-31'),
      );
    closing().rejects('final-evaluation-required');
    closing({ ...finallyEvaluated, id: OTHER, ...dated('2023-01-14') }).rejects('final-evaluation-required');
    closing({ ...finallyEvaluated, id: OTHER, ...dated('2023-01-15') }).then({
      type: 'ActionClosed',
      data: { outcome: 'achieved', learnings: [] },
    });
  });
});
