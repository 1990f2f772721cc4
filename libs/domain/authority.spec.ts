import { uuidv5 } from '#kernel';
import { COLLECTIVE, decided, elsewhere, given, NETWORK } from '#testkit';
import { network } from './network/state.ts';
import { reject, type Decide } from './rejections.ts';
import { authority, notBefore } from './authority.ts';
import { decision, type Decision } from './decision/state.ts';

const [ACTION, OTHER, D1, STEERING] = ['action', 'other', 'd1', 'steering'].map((name) => uuidv5('spec', name)) as [
  string,
  string,
  string,
  string,
];
const about = { subjects: [{ kind: 'action', id: ACTION }] } as const;
const matter = { kind: 'action', id: ACTION, network: NETWORK } as const;
const coalition = (mandates: object = {}) =>
  elsewhere(
    network,
    NETWORK,
    { type: 'NetworkFounded', data: { kind: 'coalition', name: 'Mind the Gap', regions: [], parent: null } },
    { type: 'PolicySet', data: { policy: { mandates } } },
  );

/** What the decision allows, seen through a command that asks for it. */
const asks: Decide<{ decisionRef?: string }, Decision, never> = ({ decisionRef }, _state, { look }) => {
  const found = authority(look, decisionRef, matter);
  return 'rejected' in found ? found : reject('forbidden', { outcome: found.outcome });
};
const allowed = ['forbidden', { outcome: 'approve' }] as const;

describe('a command rests on a decision', () => {
  it('that names its subject', () =>
    given(decision, coalition(), elsewhere(decision, D1, decided('2020-06-25', about)))
      .when(asks, { decisionRef: D1 })
      .rejects(...allowed));

  it('and not on none', () => given(decision, coalition()).when(asks, {}).rejects('decision-required'));

  it('that is there', () =>
    given(decision, coalition())
      .when(asks, { decisionRef: D1 })
      .rejects('unknown-reference', { member: 'decisionRef', id: D1 }));

  it('of its own network: another one does not show', () =>
    given(decision, coalition(), elsewhere(decision, D1, decided('2020-06-25', about, { network: OTHER })))
      .when(asks, { decisionRef: D1 })
      .rejects('unknown-reference'));

  it('that is in force', () =>
    given(
      decision,
      coalition(),
      elsewhere(decision, D1, decided('2020-06-25', about), { type: 'DecisionAnnulled', data: { by: OTHER } }),
    )
      .when(asks, { decisionRef: D1 })
      .rejects('decision-annulled', { decision: D1 }));

  it('also where it was amended', () =>
    given(
      decision,
      coalition(),
      elsewhere(decision, D1, decided('2020-06-25', about), {
        type: 'DecisionAmended',
        data: { by: OTHER, change: '…' },
      }),
    )
      .when(asks, { decisionRef: D1 })
      .rejects(...allowed));

  it.each([
    ['another action', { kind: 'action', id: OTHER }],
    ['something else with this id', { kind: 'agenda', id: ACTION }],
    ['nothing with an id', { kind: 'policy-initiative' }],
  ] as const)('that is not about %s', (_what, subject) =>
    given(decision, coalition(), elsewhere(decision, D1, decided('2020-06-25', { subjects: [subject] })))
      .when(asks, { decisionRef: D1 })
      .rejects('decision-not-about-this', { decision: D1, kind: 'action', id: ACTION }),
  );

  it('of the body with the mandate, where the network names one', () => {
    const d1 = elsewhere(decision, D1, decided('2020-06-25', about));
    given(decision, coalition({ action: COLLECTIVE }), d1)
      .when(asks, { decisionRef: D1 })
      .rejects(...allowed);
    given(decision, coalition({ agenda: STEERING }), d1)
      .when(asks, { decisionRef: D1 })
      .rejects(...allowed);
    given(decision, coalition({ action: STEERING }), d1)
      .when(asks, { decisionRef: D1 })
      .rejects('no-mandate', { kind: 'action', body: COLLECTIVE, mandated: STEERING });
  });
});

describe('what rests on a decision holds', () => {
  const { state } = given(decision, decided('2020-06-25', { ...about, effectiveAt: '2020-07-01T00:00:00.000Z' }));
  if (state.status === 'none') throw new Error('recorded above');

  it('not before the decision does', () =>
    expect(notBefore(state, '2020-06-30T00:00:00.000Z')).toEqual({ occurredAt: '2020-07-01T00:00:00.000Z' }));

  it('and from when the command says, where that is later', () =>
    expect(notBefore(state, '2020-07-02T00:00:00.000Z')).toEqual({}));
});
