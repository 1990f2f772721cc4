import { given, type Fact } from '#testkit';
import { close, resume, submitReport, suspend, terminate } from './close.ts';
import type { GrantEvent } from './events.ts';
import { advanced, awarded, closed, on, order, PERIOD, reason, reported, s1, s1Closed, suspended } from './harness.ts';
import { grant, isAwarded } from './state.ts';
import { totalOf } from './books.ts';

const day = on('2022-12-31');
const said = { kind: 'final' as const, period: PERIOD, evidence: [order] };

const anyClosing: object = expect.objectContaining({ type: 'GrantClosed' }) as object;

describe('a grant is closed', () => {
  it('and what is left lapses, and the balance is reckoned: S1 to the cent', () =>
    given(grant, ...s1.reported)
      .when(close, {}, day)
      .then({ type: 'GrantClosed', data: s1Closed.data }));

  it('and holds nothing but what was accepted (LED-1)', () => {
    const { state } = given(grant, ...s1.closed);
    if (!isAwarded(state)) throw new Error('not awarded');
    const { books } = state;
    expect(['unallocated', 'allocated', 'committed', 'spent'].map((kind) => totalOf(books, kind))).toEqual([
      0, 0, 0, 0,
    ]);
    expect([totalOf(books, 'accepted'), totalOf(books, 'lapsed')]).toEqual([4_720_000, 3_780_000]);
  });

  it('with what it received too much to be recovered in time (LED-9)', () => {
    const all: Fact<GrantEvent> = {
      type: 'InstalmentReceived',
      data: { instalment: 'voorschot', amountCents: 5_000_000, bankReference: '…' },
    };
    const overpaid = given(grant, ...s1.verified, all, reported);
    const settled = { ...s1Closed.data, balanceCents: -280_000, recoveryCents: 280_000, recoverBy: '2023-01-30' };
    overpaid.when(close, {}, day).then({ type: 'GrantClosed', data: settled });
    // What was claimed back already is not claimed twice.
    const recovery: Fact<GrantEvent> = {
      type: 'RecoveryRaised',
      data: { amountCents: 300_000, ground: '…', recoverBy: '2022-01-30' },
    };
    const { recoverBy: _none, ...none } = settled;
    given(grant, ...s1.verified, all, recovery, reported)
      .when(close, {}, day)
      .then({ type: 'GrantClosed', data: { ...none, recoveryCents: 0 } });
  });

  it('once all is verified and its final report is in', () => {
    given(grant, ...s1.spent, reported)
      .when(close, {}, day)
      .rejects('unverified-expenditure', { spentCents: 4_800_000 });
    given(grant, ...s1.verified, advanced)
      .when(close, {}, day)
      .rejects('final-report-required');
    const interim = { ...reported, data: { kind: 'interim', period: PERIOD } } as Fact<GrantEvent>;
    given(grant, ...s1.verified, interim)
      .when(close, {}, day)
      .rejects('final-report-required');
    given(grant, ...s1.verified, reported, interim)
      .when(close, {}, day)
      .then(anyClosing);
  });

  it('from suspension too; once; after it was awarded', () => {
    given(grant, awarded(), reported, suspended).when(close, {}, day).then({ type: 'GrantClosed', data: closed.data });
    given(grant, awarded(), reported, closed).when(close, {}, day).rejects('grant-closed', { status: 'closed' });
    given(grant).when(close, {}, day).rejects('invalid-state', { status: 'none' });
  });
});

describe('a grant is terminated', () => {
  it('without a report, but not over the head of who spent', () => {
    given(grant, awarded()).when(terminate, { reason }, day).then({ type: 'GrantTerminated', data: closed.data });
    given(grant, ...s1.spent)
      .when(terminate, { reason }, day)
      .rejects('unverified-expenditure');
    const terminated = { type: 'GrantTerminated', data: closed.data } as Fact<GrantEvent>;
    for (const decide of [terminate, close])
      given(grant, awarded(), terminated)
        .when(decide, { reason }, day)
        .rejects('grant-closed', { status: 'terminated' });
  });
});

describe('a grant', () => {
  it('is suspended and resumed', () => {
    const resumed: Fact<GrantEvent> = { type: 'GrantResumed', data: {} };
    given(grant, awarded()).when(suspend, { reason }, day).then({ type: 'GrantSuspended', data: {} });
    given(grant, awarded(), suspended).when(resume, {}, day).then(resumed);
    given(grant, awarded(), suspended, resumed).when(resume, {}, day).rejects('invalid-state', { status: 'awarded' });
    given(grant, awarded(), suspended).when(suspend, { reason }, day).rejects('invalid-state', { status: 'suspended' });
    given(grant, awarded(), closed).when(suspend, { reason }, day).rejects('grant-closed');
    given(grant, awarded(), closed).when(resume, {}, day).rejects('grant-closed');
  });

  it('is reported on, over a period that runs forwards, until it is closed', () => {
    given(grant, awarded()).when(submitReport, said, day).then({ type: 'ReportSubmitted', data: reported.data });
    given(grant, awarded(), suspended)
      .when(submitReport, said, day)
      .then({ type: 'ReportSubmitted', data: reported.data });
    given(grant, awarded())
      .when(submitReport, { ...said, period: { from: '2022-01-02', until: '2022-01-01' } }, day)
      .rejects('period-reversed');
    given(grant, awarded(), closed).when(submitReport, said, day).rejects('grant-closed');
  });
});
