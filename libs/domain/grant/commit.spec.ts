import { given } from '#testkit';
import { amendCommitment, carry, commit, release } from './commit.ts';
import {
  closed,
  D2,
  D4,
  FOREIGN,
  home,
  on,
  order,
  purpose,
  rentPaid,
  RENT,
  s1,
  supplier,
  SUPPORT,
  suspended,
  UNKNOWN,
  WARM,
  WMB,
} from './harness.ts';
import { grant, openCommitments } from './state.ts';

const day = on('2020-10-05');
const ordered = { action: WMB, amountCents: 3_000_000, title: 'Huurwaarborg', supplier, evidence: [order] };

describe('money is committed', () => {
  const data = { ...purpose, amountCents: 3_000_000, title: 'Huurwaarborg', supplier };

  it('to an order, to the last cent that the action has', () => {
    given(grant, ...home(), ...s1.allocated)
      .when(commit, ordered, day)
      .then({ type: 'Committed', data });
    given(grant, ...home(), ...s1.committed)
      .when(commit, { ...ordered, amountCents: 600_000 }, day)
      .then({ type: 'Committed', data: { ...data, amountCents: 600_000 } });
    given(grant, ...home(), ...s1.committed)
      .when(commit, { ...ordered, amountCents: 600_001 }, day)
      .rejects('insufficient-allocation', { ...purpose, askedCents: 600_001, availableCents: 600_000 });
    given(grant, ...home(), ...s1.allocated)
      .when(commit, { ...ordered, category: 'staff' }, day)
      .rejects('insufficient-allocation');
  });

  it('with a supplier that is kept with the ten digits of its number, or without one', () => {
    const from = (enterpriseNumber: string | null) =>
      given(grant, ...home(), ...s1.allocated).when(
        commit,
        { ...ordered, supplier: { name: supplier.name, enterpriseNumber } },
        day,
      );
    from('BE 0999.000.129').then({ type: 'Committed', data });
    from(null).then({ type: 'Committed', data: { ...data, supplier: { ...supplier, enterpriseNumber: null } } });
    from('0999000128').rejects('invalid-enterprise-number');
  });

  it.each(['suspended', 'closed', 'withdrawn'] as const)('not to an action that is %s', (status) =>
    given(grant, ...home(status), ...s1.allocated)
      .when(commit, ordered, on('2023-01-01'))
      .rejects('action-not-fundable', { action: WMB, status }),
  );

  it('while the grant runs', () => {
    given(grant, ...home(), ...s1.allocated, suspended)
      .when(commit, ordered, day)
      .rejects('invalid-state');
    given(grant, ...home(), ...s1.allocated, closed)
      .when(commit, ordered, day)
      .rejects('grant-closed');
  });
});

describe('a commitment', () => {
  const of = (commitment: string, deltaCents: number) => ({ commitment, deltaCents });
  const amended = (deltaCents: number) => ({
    type: 'CommitmentAmended',
    data: { commitment: RENT, ...purpose, deltaCents },
  });

  it('is raised by what the action has left, and lowered by what is not spent of it', () => {
    const at = given(grant, ...home(), ...s1.committed, rentPaid);
    at.when(amendCommitment, of(RENT, 600_000), day).then(amended(600_000));
    at.when(amendCommitment, of(RENT, 600_001), day).rejects('insufficient-allocation');
    at.when(amendCommitment, of(RENT, -200_000), day).then(amended(-200_000));
    at.when(amendCommitment, of(RENT, -200_001), day).rejects('commitment-exceeded', {
      commitment: RENT,
      askedCents: 200_001,
      availableCents: 200_000,
    });
    at.when(amendCommitment, of(RENT, 0), day).rejects('nothing-changed');
    at.when(amendCommitment, of(UNKNOWN, 1), day).rejects('unknown-reference', { member: 'commitment', id: UNKNOWN });
  });

  it('of a suspended action is lowered only', () => {
    const at = given(grant, ...home('suspended'), ...s1.committed);
    at.when(amendCommitment, of(RENT, 1), on('2020-11-02')).rejects('action-not-fundable');
    at.when(amendCommitment, of(RENT, -1), on('2020-11-02')).then(amended(-1));
  });

  it('is released: in part, or all that is left', () => {
    const at = given(grant, ...home(), ...s1.verified);
    const released = (amountCents: number) => ({
      type: 'CommitmentReleased',
      data: { commitment: SUPPORT, ...purpose, amountCents },
    });
    at.when(release, { commitment: SUPPORT, amountCents: 1 }, day).then(released(1));
    at.when(release, { commitment: SUPPORT }, day).then(released(400_000));
    at.when(release, { commitment: SUPPORT, amountCents: 400_001 }, day).rejects('commitment-exceeded');
    at.when(release, { commitment: UNKNOWN }, day).rejects('unknown-reference');
    given(grant, ...home(), ...s1.verified, released(400_000) as never)
      .when(release, { commitment: SUPPORT }, day)
      .thenNothing();
    given(grant, ...home(), ...s1.verified, suspended)
      .when(release, { commitment: SUPPORT }, day)
      .then(released(400_000));
    given(grant, ...home(), ...s1.verified, closed)
      .when(release, { commitment: SUPPORT }, day)
      .rejects('grant-closed');
  });

  it('goes on for another action of the network, with what is left of it', () => {
    const carried = {
      type: 'CommitmentCarried',
      data: { commitment: SUPPORT, from: WMB, action: WARM, category: 'general', amountCents: 400_000 },
    };
    const at = given(grant, ...home('closed'), ...s1.verified);
    at.when(carry, { commitment: SUPPORT, to: WARM, decisionRef: D2 }, on('2023-01-01')).then(carried);
    at.when(carry, { commitment: SUPPORT, to: WMB, decisionRef: D2 }, on('2023-01-01')).thenNothing();
    at.when(carry, { commitment: SUPPORT, to: FOREIGN, decisionRef: D2 }, on('2023-01-01')).rejects(
      'unknown-reference',
      {
        member: 'to',
        id: FOREIGN,
      },
    );
    at.when(carry, { commitment: UNKNOWN, to: WARM, decisionRef: D2 }, on('2023-01-01')).rejects('unknown-reference');
    at.when(carry, { commitment: SUPPORT, to: WARM, decisionRef: D4 }, on('2023-01-01')).rejects(
      'decision-not-about-this',
    );
    expect(openCommitments(at.state, WMB)).toEqual([
      { commitment: RENT, cents: 200_000 },
      { commitment: SUPPORT, cents: 400_000 },
    ]);
    const after = given(grant, ...home('closed'), ...s1.verified, carried as never);
    expect(openCommitments(after.state, WMB)).toEqual([{ commitment: RENT, cents: 200_000 }]);
    expect(openCommitments(after.state, WARM)).toEqual([{ commitment: SUPPORT, cents: 400_000 }]);
    // What is freed of it is the other action's now.
    after.when(release, { commitment: SUPPORT }, on('2023-01-01')).then({
      type: 'CommitmentReleased',
      data: { commitment: SUPPORT, action: WARM, category: 'general', amountCents: 400_000 },
    });
  });

  it('is not carried to an action that is suspended, nor while the grant is', () => {
    given(grant, ...home('suspended'), ...s1.verified)
      .when(carry, { commitment: SUPPORT, to: WMB, decisionRef: D2 }, day)
      .thenNothing();
    given(grant, ...home(), ...s1.verified, suspended)
      .when(carry, { commitment: SUPPORT, to: WARM, decisionRef: D2 }, day)
      .rejects('invalid-state');
    given(grant, ...home(), ...s1.verified, closed)
      .when(amendCommitment, of(RENT, -1), day)
      .rejects('grant-closed');
  });
});
