import { dayEnd, dayStart, fold, plusDays } from '#kernel';
import { elsewhere, given, idOf, indicatorDefined, measuredOf, NETWORK, record, type Fact } from '#testkit';
import fc from 'fast-check';
import { indicator } from '../indicator/state.ts';
import type { Measured, MeasurementEvent } from '../measurement/events.ts';
import { measurement, measurementId, valueKnown } from '../measurement/state.ts';
import type { EvaluateAction } from './commands.ts';
import { declineNextStep, evaluate } from './evaluate.ts';
import {
  ANKE,
  adjusted,
  D1,
  D2,
  decisionOf,
  EVALUATION,
  evaluated,
  FOREIGN_GROUP,
  HOUSING,
  in_,
  judgement,
  LIES,
  OTHER,
  OWN,
  on,
  proposed,
  UNKNOWN,
  WELFARE,
  WONEN,
  world,
  YOUTH,
} from './harness.ts';
import { action } from './state.ts';

const { planVersion, ...said } = judgement;
const stable = { label: 'Stabiel na 6 maanden', rba: 'better-off', numerator: 15, denominator: 19 } as const;
const voice = { source: 'target-group', n: 8 } as const;

const evaluating = (
  command: Partial<EvaluateAction> = {},
  context: ReturnType<typeof on> = on('2021-05-20', LIES, 'lead', YOUTH),
  facts: Parameters<typeof given>[1][] = [...in_.active],
  policy: Parameters<typeof world>[0] = {},
) =>
  given(action, ...world(policy), ...(facts as typeof in_.active)).when(
    evaluate,
    { ...said, indicatorSnapshot: [], ...command },
    context,
  );

const recorded = (data: object = {}) => ({ type: 'ActionEvaluated', data: { ...said, planVersion, ...data } });

describe('an action is evaluated', () => {
  it('in a period, by a method, with a verdict and what comes next', () => evaluating().then(recorded()));

  it('of the plan as it is now', () =>
    evaluating({}, undefined, [...in_.active, evaluated(), adjusted]).then(recorded({ planVersion: 2 })));

  it('over a period of a day or more', () => {
    evaluating({ period: { from: '2021-05-01', until: '2021-04-30' } }).rejects('period-reversed');
    const period = { from: '2021-05-01', until: '2021-05-01' };
    evaluating({ period }).then(recorded({ period }));
  });

  it('also while it is suspended', () => evaluating({}, undefined, [...in_.suspended]).then(recorded()));

  it('ex post once it is closed, and only then', () => {
    const later = on('2023-05-20', LIES, 'lead', YOUTH);
    evaluating({ kind: 'ex-post' }, later, [...in_.closed]).then(recorded({ kind: 'ex-post' }));
    evaluating({ kind: 'final' }, later, [...in_.closed]).rejects('invalid-state', { status: 'closed', kind: 'final' });
    evaluating({ kind: 'ex-post' }).rejects('invalid-state', { status: 'active', kind: 'ex-post' });
  });

  it('on the day of its start or later', () => {
    const early = { verdict: 'too-early' } as const;
    evaluating(early, on('2020-09-30', LIES, 'lead', YOUTH)).rejects('out-of-order', {
      occurredAt: dayStart('2020-09-30'),
      notBefore: dayStart('2020-10-01'),
    });
    const midday = { type: 'ActionStarted', data: {}, meta: { occurredAt: '2020-10-01T10:00:00.000Z' } } as const;
    evaluating(early, on('2020-10-01', LIES, 'lead', YOUTH), [...in_.approved, midday]).then(recorded(early));
  });

  it('confirmed by a group of the network', () => {
    evaluating({ confirmedBy: WONEN }).then(recorded({ confirmedBy: WONEN }));
    evaluating({ confirmedBy: FOREIGN_GROUP }).rejects('unknown-reference', {
      member: 'confirmedBy',
      id: FOREIGN_GROUP,
    });
  });
});

describe('EVAL-1: the verdict "works"', () => {
  const works = { verdict: 'works', indicatorSnapshot: [stable], voices: [voice] } as const;
  const snapshot = [{ ...stable, knownAt: dayStart('2021-05-20') }];

  it('rests on a better-off value and on a voice of the target group', () =>
    evaluating(works).then(recorded({ ...works, indicatorSnapshot: snapshot })));

  it('not on how much or how well', () =>
    evaluating({ ...works, indicatorSnapshot: [{ ...stable, rba: 'how-well' }] }).rejects('works-needs-evidence', {
      betterOff: false,
      targetGroup: true,
    }));

  it('not on what partners say', () =>
    evaluating({ ...works, voices: [{ source: 'partner', n: 3 }] }).rejects('works-needs-evidence', {
      betterOff: true,
      targetGroup: false,
    }));

  it('on less where the network says so', () =>
    evaluating({ verdict: 'works' }, undefined, undefined, { worksNeedsEvidence: false }).then(
      recorded({ verdict: 'works' }),
    ));

  it('on less where a decision says so', () => {
    const waives = [{ rule: 'works-needs-evidence', reason: 'Bevraging mislukt' }] as const;
    const waived = decisionOf(D2, '2021-05-01', { waives });
    const command = { verdict: 'works', decisionRef: D2 } as const;
    evaluating(command, undefined, [waived, ...in_.active]).then(recorded({ verdict: 'works', decision: D2 }));
    const other = decisionOf(D2, '2021-05-01', { waives: [{ ...waives[0], rule: 'minimum-observation' }] });
    evaluating(command, undefined, [other, ...in_.active]).rejects('works-needs-evidence');
  });

  it('not on a decision about something else', () =>
    evaluating({ verdict: 'works', decisionRef: D2 }, undefined, [
      decisionOf(D2, '2021-05-01', { subjects: [{ kind: 'action', id: OTHER }] }),
      ...in_.active,
    ]).rejects('decision-not-about-this'));
});

describe('EVAL-2: the values are those that were known', () => {
  it('when the evaluation took place', () =>
    evaluating({ indicatorSnapshot: [stable] }).then(
      recorded({ indicatorSnapshot: [{ ...stable, knownAt: dayStart('2021-05-20') }] }),
    ));

  it('or at a moment that it states: a date means the end of that day', () =>
    evaluating({ indicatorSnapshot: [{ ...stable, knownAt: '2021-05-10' }] }).then(
      recorded({ indicatorSnapshot: [{ ...stable, knownAt: dayEnd('2021-05-10') }] }),
    ));

  it('never later than now', () => {
    const now = '2021-05-20T09:00:00.000Z';
    evaluating({ indicatorSnapshot: [{ ...stable, knownAt: now }] }).then(
      recorded({ indicatorSnapshot: [{ ...stable, knownAt: now }] }),
    );
    evaluating({ indicatorSnapshot: [{ ...stable, knownAt: '2021-05-20T09:00:00.001Z' }] }).rejects(
      'occurred-in-future',
    );
  });
});

describe('EVAL-2: a value of an indicator is copied from what was measured of this action', () => {
  const STABLE = idOf('stabiel');
  const period = { from: '2020-01-01', until: '2020-12-31' };
  const measured = (
    id: string,
    day: string,
    numerator: number,
    said: Partial<Measured> = {},
  ): Fact<MeasurementEvent> => ({
    id: idOf(id),
    type: 'MeasurementRecorded',
    data: { ...measuredOf(STABLE, { kind: 'action', id: OWN }, period, numerator, 17), ...said },
    meta: { recordedAt: `${day}T08:00:00.000Z` },
  });
  const defined = elsewhere(indicator, STABLE, indicatorDefined({ name: { fr: 'Stable', en: 'Stable' } }), {
    type: 'TargetSet',
    data: { period, numerator: 3, denominator: 4, floorPerChild: null, decision: D1 },
  });
  const stream = (...facts: readonly Fact<MeasurementEvent>[]) =>
    elsewhere(measurement, measurementId(STABLE, NETWORK, OWN), ...facts);
  const first = measured('first', '2021-05-10', 12);
  const second = {
    ...measured('second', '2021-05-15', 13),
    type: 'MeasurementSuperseded',
    data: { ...first.data, numerator: 13, supersedes: idOf('first') },
  } as const;
  const both = [defined, stream(first, second), ...in_.active];
  const copied = (id: string, numerator: number, knownAt: string) => ({
    label: 'Stable',
    rba: 'better-off',
    numerator,
    denominator: 17,
    target: 3,
    targetDenominator: 4,
    knownAt,
    indicator: STABLE,
    definitionVersion: 1,
    measurement: idOf(id),
    period,
    dims: {},
  });

  it('as it was known when the evaluation took place, with its target', () =>
    evaluating({ indicatorSnapshot: [{ indicator: STABLE }] }, undefined, both).then(
      recorded({ indicatorSnapshot: [copied('second', 13, dayStart('2021-05-20'))] }),
    ));

  it('or at a moment that is stated, whatever took its place since', () =>
    evaluating({ indicatorSnapshot: [{ indicator: STABLE, knownAt: '2021-05-12' }] }, undefined, both).then(
      recorded({ indicatorSnapshot: [copied('first', 12, dayEnd('2021-05-12'))] }),
    ));

  it('never later than now', () =>
    evaluating({ indicatorSnapshot: [{ indicator: STABLE, knownAt: '2021-05-21' }] }, undefined, both).rejects(
      'occurred-in-future',
    ));

  it('of the last period that was measured, unless another one is named', () => {
    const earlier = { from: '2019-01-01', until: '2019-12-31' };
    const before = measured('before', '2021-05-16', 9, { period: earlier });
    const facts = [defined, stream(first, before), ...in_.active];
    evaluating({ indicatorSnapshot: [{ indicator: STABLE }] }, undefined, facts).then(
      recorded({ indicatorSnapshot: [copied('first', 12, dayStart('2021-05-20'))] }),
    );
    const { target: _, targetDenominator: __, ...bare } = copied('before', 9, dayStart('2021-05-20'));
    evaluating({ indicatorSnapshot: [{ indicator: STABLE, period: earlier }] }, undefined, facts).then(
      recorded({ indicatorSnapshot: [{ ...bare, period: earlier }] }),
    );
  });

  it('of a part of the total where its dimensions are named', () => {
    const part = measured('young', '2021-05-16', 4, { dims: { leeftijd: '17-20' } });
    const facts = [defined, stream(first, part), ...in_.active];
    const dims = [{ dimension: 'leeftijd', value: '17-20' }];
    evaluating({ indicatorSnapshot: [{ indicator: STABLE, dims }] }, undefined, facts).then(
      recorded({
        indicatorSnapshot: [{ ...copied('young', 4, dayStart('2021-05-20')), dims: { leeftijd: '17-20' } }],
      }),
    );
  });

  it('and what is said besides is the same', () => {
    const besides = { label: 'Stable', rba: 'better-off', numerator: 13, denominator: 17, target: 3 } as const;
    evaluating({ indicatorSnapshot: [{ indicator: STABLE, ...besides }] }, undefined, both).then(
      recorded({ indicatorSnapshot: [copied('second', 13, dayStart('2021-05-20'))] }),
    );
    for (const [member, other] of [
      ['label', 'Anders'],
      ['rba', 'how-much'],
      ['numerator', 12],
      ['denominator', 18],
      ['target', 4],
    ] as const)
      evaluating(
        { indicatorSnapshot: [stable, { indicator: STABLE, ...besides, [member]: other }] },
        undefined,
        both,
      ).rejects('value-differs', { member: `indicatorSnapshot/1/${member}`, present: besides[member] });
  });

  it('and makes "works" rest on who is better off, as the indicator says', () => {
    const works = { verdict: 'works', voices: [voice], indicatorSnapshot: [{ indicator: STABLE }] } as const;
    evaluating(works, undefined, both).then(
      recorded({ ...works, indicatorSnapshot: [copied('second', 13, dayStart('2021-05-20'))] }),
    );
    const other = elsewhere(indicator, STABLE, indicatorDefined({ rba: 'how-well' }));
    evaluating(works, undefined, [other, stream(first), ...in_.active]).rejects('works-needs-evidence');
  });

  it('and is refused where nothing was measured, or not yet', () => {
    const [missing, unheard] = [{ indicator: STABLE }, { indicator: UNKNOWN }];
    const member = 'indicatorSnapshot/0/indicator';
    evaluating({ indicatorSnapshot: [missing] }, undefined, [defined, ...in_.active]).rejects('not-measured', {
      member,
      indicator: STABLE,
    });
    evaluating({ indicatorSnapshot: [{ ...missing, knownAt: '2021-05-09' }] }, undefined, both).rejects('not-measured');
    evaluating(
      { indicatorSnapshot: [{ ...missing, period: { from: '2018-01-01', until: '2018-12-31' } }] },
      undefined,
      both,
    ).rejects('not-measured');
    evaluating({ indicatorSnapshot: [unheard] }, undefined, both).rejects('unknown-reference', { member, id: UNKNOWN });
  });

  it('without an indicator says what it is', () => {
    for (const member of ['label', 'rba', 'numerator'] as const) {
      const { [member]: _, ...rest } = stable;
      evaluating({ indicatorSnapshot: [rest] }).rejects('value-incomplete', { member: 'indicatorSnapshot/0' });
    }
  });

  it('can be derived again from the stream at its moment, whatever is recorded later', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ year: fc.constantFrom('2018', '2019', '2020'), numerator: fc.nat(17) }), { minLength: 1 }),
        fc.nat(10),
        fc.option(fc.constantFrom('2018', '2019', '2020'), { nil: undefined }),
        (told, known, asked) => {
          const facts = told.map(({ year, numerator }, i): Fact<MeasurementEvent> => {
            const period = { from: `${year}-01-01`, until: `${year}-12-31` };
            const former = told.slice(0, i).findLastIndex((one) => one.year === year);
            const data = measuredOf(STABLE, { kind: 'action', id: OWN }, period, numerator, 17);
            const meta = { recordedAt: plusDays('2021-01-01T08:00:00.000Z', i) };
            return former === -1
              ? { id: idOf(`m${i}`), type: 'MeasurementRecorded', data, meta }
              : {
                  id: idOf(`m${i}`),
                  type: 'MeasurementSuperseded',
                  data: { ...data, supersedes: idOf(`m${former}`) },
                  meta,
                };
          });
          const knownAt = plusDays('2021-01-01T08:00:00.000Z', known);
          const period = asked && { from: `${asked}-01-01`, until: `${asked}-12-31` };
          const value = valueKnown(fold(measurement, record('measurement', OWN, facts)), { period, knownAt });
          const judged = evaluating(
            { indicatorSnapshot: [{ indicator: STABLE, knownAt, ...(period !== undefined && { period }) }] },
            undefined,
            [defined, stream(...facts.slice(0, known + 1)), ...in_.active],
          );
          if (value === undefined) return judged.rejects('not-measured');
          const { id, numerator } = value;
          const copy = expect.objectContaining({ measurement: id, numerator, period: value.period, knownAt });
          judged.then({ type: 'ActionEvaluated', data: expect.objectContaining({ indicatorSnapshot: [copy] }) });
        },
      ),
    ));
});

describe('EVAL-3: a verdict takes time', () => {
  const dayOf = { short: '2020-12-30', medium: '2021-03-30', long: '2021-10-01' } as const;
  const dayBefore = { short: '2020-12-29', medium: '2021-03-29', long: '2021-09-30' } as const;

  it.each([
    ['short', 90],
    ['medium', 180],
    ['long', 365],
  ] as const)('with a %s horizon %i days from the start', (horizon, days) => {
    const facts = [proposed({ horizon }), ...in_.active.slice(1)];
    evaluating({}, on(dayOf[horizon], LIES, 'lead', YOUTH), facts).then(recorded());
    evaluating({}, on(dayBefore[horizon], LIES, 'lead', YOUTH), facts).rejects('minimum-observation', {
      days,
      passed: days - 1,
    });
  });

  it('until then it is too early', () =>
    evaluating({ verdict: 'too-early' }, on('2020-10-02', LIES, 'lead', YOUTH)).then(
      recorded({ verdict: 'too-early' }),
    ));

  it('or as long as the network says', () =>
    evaluating({}, on('2020-10-11', LIES, 'lead', YOUTH), undefined, {
      minimumObservationDays: { short: 1, medium: 10, long: 100 },
    }).then(recorded()));

  it('unless a decision says otherwise', () => {
    const waives = [{ rule: 'minimum-observation', reason: 'Het geld is op' }] as const;
    evaluating({ decisionRef: D2 }, on('2020-10-11', LIES, 'lead', YOUTH), [
      decisionOf(D2, '2020-10-05', { waives }),
      ...in_.active,
    ]).then(recorded({ decision: D2 }));
  });
});

describe('EVAL-4: others than the lead judge', () => {
  it('not only the organisation for which the lead acts', () => {
    const forHousing = on('2021-05-20', LIES, 'lead', HOUSING);
    evaluating({ evaluators: [HOUSING] }, forHousing).rejects('evaluators-only-lead', { organisations: [HOUSING] });
    evaluating({ evaluators: [YOUTH] }, forHousing).then(recorded({ evaluators: [YOUTH] }));
  });

  it('not only the organisation for which the lead holds a role', () =>
    evaluating({ evaluators: [YOUTH] }, on('2021-05-20', LIES, 'lead')).rejects('evaluators-only-lead'));

  it('and of the lead by then', () => {
    const handedOver = { type: 'LeadTransferred' as const, data: { from: LIES, lead: ANKE, handOver: 'Zie map' } };
    const facts = [...in_.active, handedOver];
    evaluating({ evaluators: [WELFARE] }, on('2021-05-20', ANKE, 'lead'), facts).rejects('evaluators-only-lead');
    evaluating({ evaluators: [YOUTH] }, on('2021-05-20', ANKE, 'lead'), facts).then(recorded({ evaluators: [YOUTH] }));
  });

  it('together with it or alone', () => {
    evaluating({ evaluators: [YOUTH, HOUSING] }).then(recorded());
    evaluating({ evaluators: [HOUSING] }).then(recorded({ evaluators: [HOUSING] }));
  });

  it('and are known', () =>
    evaluating({ evaluators: [HOUSING, UNKNOWN] }).rejects('unknown-reference', { member: 'evaluators', id: UNKNOWN }));
});

describe('EVAL-5: a next step other than continue is open', () => {
  const reason = { text: { nl: 'Geen geld' } };
  const after = (...facts: readonly ReturnType<typeof evaluated>[]) =>
    given(action, ...world(), ...in_.active, ...facts);
  const declined = { type: 'NextStepDeclined' as const, data: { evaluation: EVALUATION } };
  const settledBy = (nextStep: 'adjust' | 'broaden' | 'close', fact: ReturnType<typeof evaluated>): boolean => {
    const { state } = after(evaluated({ nextStep }), fact);
    return state.status !== 'none' && state.evaluation?.settled === true;
  };

  it('until it is declined', () =>
    after(evaluated({ nextStep: 'broaden' }))
      .when(declineNextStep, { reason })
      .then(declined));

  it('also after the action closed: an evaluation ex post asks too', () =>
    given(action, ...world(), ...in_.closed, evaluated({ kind: 'ex-post', nextStep: 'broaden' }))
      .when(declineNextStep, { reason })
      .then(declined));

  it('and is declined once', () =>
    after(evaluated({ nextStep: 'broaden' }), declined)
      .when(declineNextStep, { reason })
      .rejects('next-step-settled', { nextStep: 'broaden' }));

  it('and there is none without an evaluation, or when it says to continue', () => {
    after().when(declineNextStep, { reason }).rejects('no-evaluation');
    after(evaluated({ nextStep: 'continue' }))
      .when(declineNextStep, { reason })
      .rejects('next-step-settled');
  });

  it('until it is done: adjusted, closed', () => {
    const closed = { type: 'ActionClosed' as const, data: { outcome: 'achieved' as const, learnings: [] } };
    expect(settledBy('adjust', adjusted)).toBe(true);
    expect(settledBy('close', closed)).toBe(true);
    expect(settledBy('broaden', adjusted)).toBe(false);
    expect(settledBy('adjust', closed)).toBe(false);
  });
});
