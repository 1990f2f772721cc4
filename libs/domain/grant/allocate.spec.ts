import { given } from '#testkit';
import type { ActionStatus } from '../action/state.ts';
import { allocate, deallocate, transfer } from './allocate.ts';
import {
  allocated,
  awarded,
  closed,
  D1,
  D2,
  D3,
  D4,
  FOREIGN,
  home,
  on,
  purpose,
  s1,
  suspended,
  terms,
  UNKNOWN,
  WARM,
  WMB,
} from './harness.ts';
import { grant } from './state.ts';

const day = on('2020-09-15');
const asked = { action: WMB, amountCents: 6_000_000, decisionRef: D1 };

describe('money is allocated', () => {
  it('to an action, to the last cent', () => {
    given(grant, ...home(), awarded())
      .when(allocate, asked, day)
      .then({ type: 'Allocated', data: { ...purpose, amountCents: 6_000_000 } });
    given(grant, ...home(), ...s1.allocated)
      .when(allocate, { ...asked, amountCents: 2_500_000 }, day)
      .then({ type: 'Allocated', data: { ...purpose, amountCents: 2_500_000 } });
    given(grant, ...home(), ...s1.allocated)
      .when(allocate, { ...asked, amountCents: 2_500_001 }, day)
      .rejects('insufficient-unallocated', { askedCents: 2_500_001, availableCents: 2_500_000 });
  });

  it.each<[ActionStatus, boolean]>([
    ['proposed', false],
    ['approved', true],
    ['active', true],
    ['suspended', false],
    ['closed', false],
    ['declined', false],
    ['withdrawn', false],
  ])('to an action that is %s: %s', (status, may) => {
    const decision = given(grant, ...home(status), awarded()).when(allocate, asked, on('2023-01-01'));
    if (may) decision.then({ type: 'Allocated', data: { ...purpose, amountCents: 6_000_000 } });
    else decision.rejects('action-not-fundable', { action: WMB, status });
  });

  it('not before the day on which the action was approved', () => {
    given(grant, ...home(), awarded())
      .when(allocate, asked, on('2020-06-24'))
      .rejects('action-not-fundable');
    given(grant, ...home(), awarded())
      .when(allocate, asked, on('2020-06-25'))
      .then({ type: 'Allocated', data: { ...purpose, amountCents: 6_000_000 } });
  });

  it('to an action of its own network', () => {
    for (const action of [FOREIGN, UNKNOWN])
      given(grant, ...home(), awarded())
        .when(allocate, { ...asked, action }, day)
        .rejects('unknown-reference', { member: 'action', id: action });
  });

  it('in a category that the scheme takes', () => {
    const strict = awarded({ terms: { ...terms, categories: ['staff'] } });
    given(grant, ...home(), strict)
      .when(allocate, asked, day)
      .rejects('category-not-eligible', { category: 'general', eligible: ['staff'] });
    given(grant, ...home(), strict)
      .when(allocate, { ...asked, category: 'staff' }, day)
      .then({ type: 'Allocated', data: { action: WMB, category: 'staff', amountCents: 6_000_000 } });
  });

  it('on a decision about the action or about the grant, that approves, from its day', () => {
    const with_ = (decisionRef: string, when = day) =>
      given(grant, ...home(), awarded()).when(allocate, { ...asked, decisionRef }, when);
    with_(D3).then({ type: 'Allocated', data: { ...purpose, amountCents: 6_000_000 } });
    with_(D2).rejects('decision-not-about-this');
    with_(UNKNOWN).rejects('unknown-reference', { member: 'decisionRef', id: UNKNOWN });
    with_(D4).rejects('wrong-outcome', { decision: D4, outcome: 'decline' });
    with_(D3, on('2020-08-31')).rejects('before-decision');
  });

  it('while the grant runs', () => {
    given(grant, ...home(), awarded(), suspended)
      .when(allocate, asked, day)
      .rejects('invalid-state', { status: 'suspended' });
    given(grant, ...home(), awarded(), closed)
      .when(allocate, asked, day)
      .rejects('grant-closed', { status: 'closed' });
    given(grant, ...home())
      .when(allocate, asked, day)
      .rejects('invalid-state', { status: 'none' });
  });
});

describe('money is taken back from an action', () => {
  const back = { action: WMB, amountCents: 600_000, decisionRef: D1 };

  it('that did not commit it, to the last cent', () => {
    given(grant, ...home(), ...s1.committed)
      .when(deallocate, back, day)
      .then({ type: 'Deallocated', data: { ...purpose, amountCents: 600_000 } });
    given(grant, ...home(), ...s1.committed)
      .when(deallocate, { ...back, amountCents: 600_001 }, day)
      .rejects('insufficient-allocation', { ...purpose, askedCents: 600_001, availableCents: 600_000 });
  });

  it('also where the action is over, on a decision, while the grant runs', () => {
    given(grant, ...home('closed'), ...s1.committed)
      .when(deallocate, back, day)
      .then({ type: 'Deallocated', data: { ...purpose, amountCents: 600_000 } });
    given(grant, ...home(), ...s1.committed)
      .when(deallocate, { ...back, decisionRef: D2 }, day)
      .rejects('decision-not-about-this');
    given(grant, ...home(), ...s1.committed, suspended)
      .when(deallocate, back, day)
      .rejects('invalid-state');
    given(grant, ...home(), ...s1.committed, closed)
      .when(deallocate, back, day)
      .rejects('grant-closed');
  });
});

describe('money is transferred', () => {
  const moved = { from: { action: WMB }, to: { action: WARM }, amountCents: 600_000, decisionRef: D2 };
  const event = {
    type: 'Transferred',
    data: { from: purpose, to: { action: WARM, category: 'general' }, amountCents: 600_000 },
  };
  const later = on('2020-10-10');

  it('to another action on a decision about it, or to another category', () => {
    given(grant, ...home(), ...s1.committed)
      .when(transfer, moved, later)
      .then(event);
    given(grant, ...home(), ...s1.committed)
      .when(transfer, { ...moved, to: { action: WMB, category: 'staff' }, decisionRef: D1 }, later)
      .then({ type: 'Transferred', data: { ...event.data, to: { action: WMB, category: 'staff' } } });
  });

  it('from an action that is over, not to one', () => {
    given(grant, ...home('closed'), ...s1.committed)
      .when(transfer, moved, on('2023-01-01'))
      .then(event);
    given(grant, ...home('closed'), awarded(), { ...allocated, data: { ...allocated.data, action: WARM } } as never)
      .when(
        transfer,
        { from: { action: WARM }, to: { action: WMB }, amountCents: 1, decisionRef: D1 },
        on('2023-01-01'),
      )
      .rejects('action-not-fundable', { action: WMB, status: 'closed' });
  });

  it('not more than is there, not to where it is, not on a decision about what gives', () => {
    given(grant, ...home(), ...s1.committed)
      .when(transfer, { ...moved, amountCents: 600_001 }, later)
      .rejects('insufficient-allocation', { ...purpose, askedCents: 600_001, availableCents: 600_000 });
    given(grant, ...home(), ...s1.committed)
      .when(transfer, { ...moved, to: { action: WMB, category: 'general' } }, later)
      .rejects('nothing-changed');
    given(grant, ...home(), ...s1.committed)
      .when(transfer, { ...moved, decisionRef: D1 }, later)
      .rejects('decision-not-about-this');
    given(grant, ...home(), ...s1.committed)
      .when(transfer, { ...moved, to: { action: FOREIGN } }, later)
      .rejects('unknown-reference');
    given(grant, ...home(), awarded({ terms: { ...terms, categories: ['general'] } }), allocated)
      .when(transfer, { ...moved, to: { action: WARM, category: 'staff' } }, later)
      .rejects('category-not-eligible');
    given(grant, ...home(), ...s1.committed, suspended)
      .when(transfer, moved, later)
      .rejects('invalid-state');
    given(grant, ...home(), ...s1.committed, closed)
      .when(transfer, moved, later)
      .rejects('grant-closed');
  });
});
