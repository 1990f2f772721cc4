import { elsewhere, given, type Fact } from '#testkit';
import { awarded, allocated, closed, rentCommitted, RENT, s1 } from '../grant/harness.ts';
import type { GrantEvent } from '../grant/events.ts';
import { grant } from '../grant/state.ts';
import { close, reopen } from './close.ts';
import type { ActionEvent } from './events.ts';
import { D2, decisionOf, finallyEvaluated, in_, LIES, on, OTHER, world } from './harness.ts';
import { linkGrant } from './money.ts';
import { withdraw } from './propose.ts';
import { action } from './state.ts';

const GRANT = OTHER;
const linked: Fact<ActionEvent> = { type: 'GrantLinked', data: { grant: GRANT } };
const money = (...facts: readonly Fact<GrantEvent>[]) => elsewhere(grant, GRANT, ...facts);
const released: Fact<GrantEvent> = {
  type: 'CommitmentReleased',
  data: { ...rentCommitted.data, commitment: RENT, amountCents: 3_000_000 } as never,
};
const carried: Fact<GrantEvent> = {
  type: 'CommitmentCarried',
  data: { ...rentCommitted.data, commitment: RENT, from: '…', action: GRANT, amountCents: 3_000_000 } as never,
};
const bound = [awarded(), allocated, rentCommitted];

const anyOf = (type: string): object => expect.objectContaining({ type }) as object;

describe('money of a grant', () => {
  it('is noted on the action, once for each grant, whatever became of the action', () => {
    given(action, ...in_.approved)
      .when(linkGrant, { grant: GRANT })
      .then(linked);
    given(action, ...in_.closed)
      .when(linkGrant, { grant: GRANT })
      .then(linked);
    given(action, ...in_.active, linked)
      .when(linkGrant, { grant: GRANT })
      .thenNothing();
    given(action).when(linkGrant, { grant: GRANT }).rejects('invalid-state');
  });
});

describe('an action with open commitments', () => {
  const said = {
    outcome: 'achieved' as const,
    learnings: [{ text: 'Het werkt', tag: 'x', polarity: 'works' as const }],
  };
  const ready = [...world(), ...in_.active, finallyEvaluated, linked];
  const ending = on('2022-12-31', LIES);

  it('is not closed', () =>
    given(action, ...ready, money(...bound))
      .when(close, said, ending)
      .rejects('open-commitments', {
        commitments: [{ grant: GRANT, commitment: RENT, cents: 3_000_000 }],
        committedCents: 3_000_000,
      }));

  it.each([
    ['released', [...bound, released]],
    ['carried to another action', [...bound, carried]],
    ['never made', [awarded(), allocated]],
    ['lapsed with their grant', [...s1.closed]],
  ])('is closed once they are %s', (_how, facts) =>
    given(action, ...ready, money(...facts))
      .when(close, said, ending)
      .then(anyOf('ActionClosed')),
  );

  it('is not withdrawn; once they are released it is', () => {
    const approved = [...world(), ...in_.approved, linked];
    given(action, ...approved, money(...bound))
      .when(withdraw, { reason: { text: { nl: '…' } } }, on('2020-12-01', LIES))
      .rejects('money-committed', {
        commitments: [{ grant: GRANT, commitment: RENT, cents: 3_000_000 }],
        committedCents: 3_000_000,
      });
    given(action, ...approved, money(...bound, released))
      .when(withdraw, { reason: { text: { nl: '…' } } }, on('2020-12-01', LIES))
      .then({ type: 'ActionWithdrawn', data: {} });
  });
});

describe('an action that a grant funded', () => {
  const said = { decisionRef: D2, reason: { text: { nl: '…' } } };
  const over = [...world(), decisionOf(D2, '2023-01-10'), ...in_.closed, linked];

  it('is not reopened once that grant is closed', () => {
    given(action, ...over, money(awarded(), closed))
      .when(reopen, said, on('2023-02-01'))
      .rejects('grant-closed', { grant: GRANT });
    given(action, ...over, money(awarded()))
      .when(reopen, said, on('2023-02-01'))
      .then(anyOf('ActionReopened'));
  });
});
