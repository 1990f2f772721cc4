import { dayStart, uuidv5, type Day } from '#kernel';
import { actionEvaluated, actionProposed, decided, elsewhere, given, idOf, NETWORK, type Fact } from '#testkit';
import { action, type ActionEvent } from '../action/index.ts';
import type { Answer } from '../codes.ts';
import { decision } from '../decision/state.ts';
import { network } from '../network/state.ts';
import { pattern } from '../pattern/state.ts';
import { adopt, answer, draft, followUp, reword, submit, withdraw } from './decide.ts';
import type { RecommendationEvent } from './events.ts';
import { recommendation, type Recommendation } from './state.ts';

const OWN = uuidv5('testkit', 'own', 'recommendation');
const [PATTERN, WMB, E1, LEUVEN, D3] = ['patroon', 'wmb', 'e1', 'leuven', 'd3'].map(idOf) as [
  string,
  string,
  string,
  string,
  string,
];
const title = { nl: 'Eén vaste begeleider' };
const text = { nl: 'Betaal één begeleider.' };
const reason = { text: { nl: 'Het decreet regelt dit al.' } };

const founded = (id: string, parent: string | null = null) =>
  elsewhere(network, id, {
    type: 'NetworkFounded',
    data: { kind: parent === null ? 'movement' : 'coalition', name: 'Netwerk', regions: [], parent },
  });
const home = founded(NETWORK);
const seen = (of: string, retired = false) =>
  elsewhere(
    pattern,
    PATTERN,
    {
      type: 'PatternConfirmed',
      data: { tag: 'vaste-begeleider', polarity: 'works', statement: text, actions: [] },
      meta: { network: of },
    },
    ...(retired ? [{ type: 'PatternRetired' as const, data: {} }] : []),
  );
const evaluated = (of: string) =>
  elsewhere(
    action,
    WMB,
    ...[
      actionProposed(),
      { type: 'ActionApproved', data: { decision: D3 } } as Fact<ActionEvent>,
      { type: 'ActionStarted', data: {} } as Fact<ActionEvent>,
      { ...actionEvaluated(), id: E1 },
    ].map((fact) => ({ ...fact, meta: { ...fact.meta, network: of } })),
  );
const decisionOf = (day: Day, said: Partial<Parameters<typeof decided>[1]> = {}) =>
  elsewhere(decision, D3, decided(day, { subjects: [{ kind: 'recommendation', id: OWN }], ...said }));

const at = (day: Day) => ({ meta: { occurredAt: dayStart(day) } });
const drafted: Fact<RecommendationEvent> = {
  type: 'RecommendationDrafted',
  data: { title, text, patterns: [PATTERN], basis: [] },
  ...at('2022-09-01'),
};
const adopted: Fact<RecommendationEvent> = {
  type: 'RecommendationAdopted',
  data: { decision: D3 },
  ...at('2022-10-06'),
};
const submitted: Fact<RecommendationEvent> = {
  type: 'RecommendationSubmitted',
  data: { level: 'flemish', addressee: 'Kabinet Welzijn' },
  ...at('2022-10-10'),
};
const answered = (given: Answer): Fact<RecommendationEvent> => ({
  type: 'RecommendationAnswered',
  data: { answer: given, text: 'Een proefproject.' },
  ...at('2022-12-01'),
});
const followedUp = (done: boolean): Fact<RecommendationEvent> => ({
  type: 'RecommendationFollowedUp',
  data: { text: 'Het begon.', done },
  ...at('2023-01-10'),
});
const withdrawn: Fact<RecommendationEvent> = { type: 'RecommendationWithdrawn', data: {}, ...at('2022-12-01') };

const in_: Readonly<Record<Recommendation['status'], readonly Fact<RecommendationEvent>[]>> = {
  none: [],
  drafted: [drafted],
  adopted: [drafted, adopted],
  submitted: [drafted, adopted, submitted],
  answered: [drafted, adopted, submitted, answered('partly')],
  'followed-up': [drafted, adopted, submitted, answered('partly'), followedUp(true)],
  withdrawn: [drafted, withdrawn],
};

describe('a recommendation is drafted', () => {
  const command = { network: NETWORK, title, text, patterns: [PATTERN] };
  const drafting = (more: Partial<Parameters<typeof draft>[0]>, ...world: readonly ReturnType<typeof seen>[]) =>
    given(recommendation, home, ...world).when(draft, { ...command, ...more });
  const basis = [{ action: WMB, evaluation: E1 }];

  it('on confirmed patterns of the network', () => {
    drafting({}, seen(NETWORK)).then({
      type: 'RecommendationDrafted',
      data: { title, text, patterns: [PATTERN], basis: [] },
    });
    drafting({}).rejects('unknown-reference', { member: 'patterns', id: PATTERN });
    drafting({}, seen(LEUVEN)).rejects('unknown-reference');
    drafting({}, seen(NETWORK, true)).rejects('unknown-reference');
  });

  it('on evaluations of the network, or of one below it', () => {
    const data = { title, text, patterns: [], basis };
    drafting({ patterns: [], basis }, evaluated(NETWORK)).then({ type: 'RecommendationDrafted', data });
    drafting({ patterns: [], basis }, founded(LEUVEN, NETWORK), evaluated(LEUVEN)).then({
      type: 'RecommendationDrafted',
      data,
    });
    drafting({ patterns: [], basis }, founded(LEUVEN), evaluated(LEUVEN)).rejects('unknown-reference', {
      member: 'basis',
      id: WMB,
    });
    drafting({ patterns: [], basis: [{ action: WMB, evaluation: D3 }] }, evaluated(NETWORK)).rejects('basis-unknown');
  });

  it('on something, in a network that runs', () => {
    drafting({ patterns: [] }).rejects('basis-required');
    drafting({ network: LEUVEN }, seen(NETWORK)).rejects('unknown-reference', { member: 'network', id: LEUVEN });
  });

  it('once', () => given(recommendation, home, drafted).when(draft, command).thenNothing());
});

describe('a draft', () => {
  it('is worded otherwise, as a whole', () =>
    given(recommendation, drafted)
      .when(reword, { text: { nl: 'Anders' } })
      .then({ type: 'RecommendationReworded', data: { title, text: { nl: 'Anders' } } }));

  it('to something else than it was', () =>
    given(recommendation, drafted).when(reword, { title }).rejects('nothing-changed'));
});

describe('a recommendation is adopted', () => {
  const adopting = (...facts: Parameters<typeof given>[1][]) =>
    given(recommendation, home, drafted, ...(facts as never[])).when(
      adopt,
      { decisionRef: D3 },
      { occurredAt: dayStart('2022-10-06') },
    );

  it('by a decision about it that approves it', () => {
    adopting(decisionOf('2022-10-06')).then({ type: 'RecommendationAdopted', data: { decision: D3 } });
    adopting().rejects('unknown-reference');
    adopting(decisionOf('2022-10-06', { outcome: 'decline' })).rejects('wrong-outcome');
    adopting(decisionOf('2022-10-06', { subjects: [{ kind: 'action', id: OWN }] })).rejects('decision-not-about-this');
    given(recommendation, home, drafted).when(adopt, {}).rejects('decision-required');
  });

  it('not before that decision holds', () =>
    adopting(decisionOf('2022-10-06', { effectiveAt: '2022-11-01T00:00:00.000Z' })).then({
      type: 'RecommendationAdopted',
      data: { decision: D3 },
      occurredAt: '2022-11-01T00:00:00.000Z',
    }));

  it('as it was worded when that was decided', () => {
    const reworded: Fact<RecommendationEvent> = {
      type: 'RecommendationReworded',
      data: { title, text },
      ...at('2022-10-07'),
    };
    adopting(reworded, decisionOf('2022-10-06')).rejects('decision-too-early');
    adopting(reworded, decisionOf('2022-10-07')).then({
      type: 'RecommendationAdopted',
      data: { decision: D3 },
      occurredAt: dayStart('2022-10-07'),
    });
  });
});

describe('what was adopted', () => {
  it('is submitted', () =>
    given(recommendation, ...in_.adopted)
      .when(submit, { level: 'flemish', addressee: 'Kabinet Welzijn' })
      .then({ type: 'RecommendationSubmitted', data: { level: 'flemish', addressee: 'Kabinet Welzijn' } }));

  it.each<Answer>(['accepted', 'partly', 'rejected', 'no-reply'])('is answered: %s', (given_) =>
    given(recommendation, ...in_.submitted)
      .when(answer, { answer: given_, text: '…' })
      .then({ type: 'RecommendationAnswered', data: { answer: given_, text: '…' } }),
  );

  it('may be answered after all where no reply came, and no second time', () => {
    const silent = [...in_.submitted, answered('no-reply')];
    const late = { type: 'RecommendationAnswered', data: { answer: 'accepted', text: '…' } };
    given(recommendation, ...silent)
      .when(answer, { answer: 'accepted', text: '…' })
      .then(late);
    given(recommendation, ...silent, followedUp(true))
      .when(answer, { answer: 'accepted', text: '…' })
      .then(late);
    given(recommendation, ...silent)
      .when(answer, { answer: 'no-reply', text: '…' })
      .rejects('invalid-state');
    given(recommendation, ...silent, answered('partly'))
      .when(answer, { answer: 'accepted', text: '…' })
      .rejects('invalid-state', { status: 'answered' });
  });

  it('is followed up until it is done', () => {
    const following = given(recommendation, ...in_.answered, followedUp(false));
    following
      .when(followUp, { text: '…' })
      .then({ type: 'RecommendationFollowedUp', data: { text: '…', done: false } });
    following
      .when(followUp, { text: '…', done: true })
      .then({ type: 'RecommendationFollowedUp', data: { text: '…', done: true } });
  });

  it('is withdrawn with a reason, once', () => {
    given(recommendation, ...in_.submitted)
      .when(withdraw, { reason })
      .then({ type: 'RecommendationWithdrawn', data: {} });
    given(recommendation, ...in_.submitted)
      .when(withdraw, {} as never)
      .rejects('reason-required');
    given(recommendation, ...in_.withdrawn)
      .when(withdraw, { reason })
      .thenNothing();
  });
});

describe('in no other state', () => {
  const STATES = Object.keys(in_) as Recommendation['status'][];
  const except = (...allowed: readonly Recommendation['status'][]) => STATES.filter((one) => !allowed.includes(one));

  it.each(except('drafted'))('%s is it worded otherwise or adopted', (status) => {
    given(recommendation, ...in_[status])
      .when(reword, { title })
      .rejects('invalid-state', { status });
    given(recommendation, ...in_[status])
      .when(adopt, { decisionRef: D3 })
      .rejects('invalid-state', { status });
  });

  it.each(except('adopted'))('%s is it submitted', (status) =>
    given(recommendation, ...in_[status])
      .when(submit, { level: 'eu', addressee: '…' })
      .rejects('invalid-state', { status }),
  );

  it.each(except('submitted'))('%s is it answered', (status) =>
    given(recommendation, ...in_[status])
      .when(answer, { answer: 'accepted', text: '…' })
      .rejects('invalid-state', { status }),
  );

  it.each(except('answered'))('%s is it followed up', (status) =>
    given(recommendation, ...in_[status])
      .when(followUp, { text: '…' })
      .rejects('invalid-state', { status }),
  );

  it.each(except('drafted', 'adopted', 'submitted', 'withdrawn'))('%s is it withdrawn', (status) =>
    given(recommendation, ...in_[status])
      .when(withdraw, { reason })
      .rejects('invalid-state', { status }),
  );
});
