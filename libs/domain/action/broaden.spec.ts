import { elsewhere, given, NETWORK } from '#testkit';
import type { PracticeEvent } from '../practice/events.ts';
import { practice } from '../practice/state.ts';
import { broaden, noteBroadeningRefused, proposeBroadened } from './broaden.ts';
import type { BroadenAction } from './commands.ts';
import {
  child,
  approved,
  D1,
  D2,
  decisionOf,
  EVALUATION,
  evaluated,
  GENT,
  HOUSING,
  in_,
  led,
  LEUVEN,
  on,
  OTHER,
  OWN,
  proposal,
  started,
  THIRD,
  UNKNOWN,
  world,
} from './harness.ts';
import { action } from './state.ts';

const targets = [
  { network: LEUVEN, regions: ['24062'], partners: [{ organisation: HOUSING }], adaptations: 'Kleinere groep' },
  { network: GENT, regions: ['44021'], partners: [], targetGroup: '18-26' },
];
const carried = { indicators: ['Stabiel na 6 maanden'], learnings: ['Een vaste begeleider werkt.'] };
const command = { decisionRef: D2, evaluationRef: EVALUATION, kind: 'region', targets, carried } as const;
const works = evaluated({ kind: 'final', verdict: 'works' });
const { title, targetGroup, intendedChange, horizon, plan } = proposal;
const broadened = {
  type: 'ActionBroadened',
  data: {
    kind: 'region',
    evaluation: EVALUATION,
    decision: D2,
    planVersion: 1,
    generation: 1,
    root: OWN,
    actionKind: 'regular',
    title,
    targetGroup,
    intendedChange,
    horizon,
    plan,
    targets,
    carried,
  },
};

const broadening = (
  more: Partial<BroadenAction> = {},
  facts: readonly ReturnType<typeof evaluated>[] = [...in_.active, works],
  said: Parameters<typeof decisionOf>[2] = {},
) =>
  given(action, ...world(), decisionOf(D2, '2022-06-16', said), ...facts).when(
    broaden,
    { ...command, ...more },
    on('2022-06-16'),
  );

describe('an action is broadened', () => {
  it('to other networks, when it works, on a decision (BRD-1)', () => broadening().then(broadened));

  it('and keeps its own state (BRD-4)', () =>
    expect(given(action, ...in_.active, works, broadened as never).state).toMatchObject({ status: 'active' }));

  it('also once it is closed', () => broadening({}, in_.closed).then(broadened));

  it('generation after generation, from one root (BRD-3)', () =>
    broadening({}, [child(), approved, led, started, works]).then({
      ...broadened,
      data: { ...broadened.data, generation: 2, root: THIRD },
    }));

  it('as a supporting offer for what it supports', () =>
    broadening({ kind: 'supporting-offer' }).then({
      ...broadened,
      data: { ...broadened.data, kind: 'supporting-offer', actionKind: 'supporting-offer' },
    }));

  it('by a practice that was published from it, in the version it has', () => {
    const described = { title, method: title, context: title, conditions: null, evaluation: EVALUATION, tags: [] };
    const published = (from: string, ...more: readonly PracticeEvent[]) =>
      elsewhere(
        practice,
        THIRD,
        { type: 'PracticePublished', data: { ...described, version: 1, action: from } },
        { type: 'PracticeRevised', data: { ...described, version: 2 } },
        ...more,
      );
    const following = (...facts: readonly ReturnType<typeof published>[]) =>
      given(action, ...world(), decisionOf(D2, '2022-06-16'), ...in_.active, works, ...facts).when(
        broaden,
        { ...command, practice: THIRD },
        on('2022-06-16'),
      );
    following(published(OWN)).then({
      ...broadened,
      data: { ...broadened.data, practice: THIRD, practiceVersion: 2 },
    });
    following(published(OTHER)).rejects('unknown-reference', { member: 'practice', id: THIRD });
    following(published(OWN, { type: 'PracticeWithdrawn', data: {} })).rejects('unknown-reference');
    following().rejects('unknown-reference');
  });

  it('not before it is evaluated', () => broadening({}, in_.active).rejects('no-evaluation'));

  it('not on another evaluation than the latest', () => {
    broadening({ evaluationRef: UNKNOWN }).rejects('basis-unknown', { kind: 'evaluation', ref: UNKNOWN });
    const later = { ...evaluated({ verdict: 'does-not-work' }), id: OTHER };
    broadening({}, [...in_.active, works, later]).rejects('basis-unknown');
  });

  it.each(['works-partly', 'does-not-work', 'too-early', 'not-evaluable'] as const)('not when it %s', (verdict) => {
    broadening({}, [...in_.active, evaluated({ verdict })]).rejects('verdict-not-works', { verdict });
  });

  it('unless the decision says why', () => {
    const waives = [{ rule: 'verdict-not-works', reason: 'Leuven wil het proberen' }] as const;
    broadening({}, [...in_.active, evaluated({ verdict: 'works-partly' })], { waives }).then(broadened);
    const other = [{ rule: 'minimum-observation', reason: 'Iets anders' }] as const;
    broadening({}, [...in_.active, evaluated({ verdict: 'works-partly' })], { waives: other }).rejects(
      'verdict-not-works',
    );
  });

  it('not without a decision that approves it and names it', () => {
    given(action, ...world(), ...in_.active, works)
      .when(broaden, { evaluationRef: EVALUATION, kind: 'region', targets, carried })
      .rejects('decision-required');
    broadening({}, undefined, { outcome: 'decline' }).rejects('wrong-outcome');
    broadening({}, undefined, { subjects: [{ kind: 'action', id: OTHER }] }).rejects('decision-not-about-this');
  });

  it('not on the decision that approved it, nor on one from before it started', () => {
    const resting = (ref: string, day: string) =>
      given(action, ...world(), decisionOf(ref, day), ...in_.active, works).when(
        broaden,
        { ...command, decisionRef: ref },
        on('2022-06-16'),
      );
    resting(D1, '2022-06-16').rejects('decision-not-about-this', { decision: D1, approved: true });
    resting(D2, '2020-09-30').rejects('decision-too-early');
  });

  it('not to a network that is not there', () =>
    broadening({ targets: [{ network: UNKNOWN, regions: ['11002'], partners: [] }] }).rejects('unknown-reference', {
      member: 'targets',
      id: UNKNOWN,
    }));

  it('which settles what the evaluation asked for (EVAL-5)', () =>
    expect(
      given(action, ...in_.active, evaluated({ verdict: 'works', nextStep: 'broaden' }), broadened as never).state,
    ).toMatchObject({ evaluation: { settled: true } }));
});

describe('what was broadened is proposed in the receiving network (BRD-2)', () => {
  const body = {
    network: NETWORK,
    title,
    targetGroup,
    regions: ['11002'],
    intendedChange,
    horizon,
    plan,
    kind: 'regular',
    partners: [{ organisation: HOUSING }],
    derivedFrom: {
      action: OTHER,
      network: LEUVEN,
      root: THIRD,
      planVersion: 2,
      evaluation: EVALUATION,
      kind: 'region',
      generation: 2,
      carried,
    },
  } as const;
  const { network: _network, ...data } = body;

  it('without group, objective and money (BRD-5), with its origin (BRD-3)', () =>
    given(action, ...world())
      .when(proposeBroadened, body)
      .then({ type: 'ActionProposed', data: { ...data, group: null, objectives: [], budgetCents: null } }));

  it('once', () =>
    given(action, ...world(), child())
      .when(proposeBroadened, body)
      .thenNothing());

  it('in a network that runs, with partners that are known', () => {
    given(action, ...world())
      .when(proposeBroadened, { ...body, network: UNKNOWN })
      .rejects('unknown-reference', { member: 'network', id: UNKNOWN });
    given(action, ...world())
      .when(proposeBroadened, { ...body, partners: [{ organisation: UNKNOWN }] })
      .rejects('unknown-reference', { member: 'partners', id: UNKNOWN });
  });

  const refusal = { broadening: OTHER, target: 1, network: GENT, code: 'unknown-reference' };

  it('or the parent notes that it could not be', () =>
    given(action, ...in_.closed)
      .when(noteBroadeningRefused, refusal)
      .then({ type: 'BroadeningRefused', data: refusal }));
});
