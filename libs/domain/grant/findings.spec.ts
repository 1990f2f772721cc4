import { given, NETWORK, type Fact } from '#testkit';
import type { GrantEvent } from './events.ts';
import { answer, closeFinding, lapse, raise } from './findings.ts';
import { awarded, CLAIM, closed, E1, FINDING, GRANT, on, s1, UNKNOWN } from './harness.ts';
import { grant } from './state.ts';

const day = on('2023-06-01');
const raised: Fact<GrantEvent> = { type: 'AuditFindingRaised', id: FINDING, data: { text: 'Geen periode' } };
const answered: Fact<GrantEvent> = { type: 'AuditFindingAnswered', data: { finding: FINDING, text: 'Bevestigd' } };
const ended: Fact<GrantEvent> = {
  type: 'AuditFindingClosed',
  data: { finding: FINDING, outcome: 'withdrawn', text: 'Toegelicht' },
};

describe('a finding', () => {
  it('is raised on the grant or on one of its expenditures, also once it is closed', () => {
    given(grant, awarded())
      .when(raise, { text: 'Geen periode' }, day)
      .then({ type: 'AuditFindingRaised', data: raised.data });
    const on1 = { text: '…', expenditure: E1, amountCents: 5 };
    given(grant, ...s1.closed)
      .when(raise, on1, day)
      .then({ type: 'AuditFindingRaised', data: on1 });
    given(grant, ...s1.closed)
      .when(raise, { text: '…', expenditure: UNKNOWN }, day)
      .rejects('unknown-reference', { member: 'expenditure', id: UNKNOWN });
    given(grant).when(raise, { text: '…' }, day).rejects('invalid-state');
  });

  it('is answered, more than once, until it is closed', () => {
    const asked = { finding: FINDING, text: 'Bevestigd' };
    given(grant, awarded(), raised).when(answer, asked, day).then(answered);
    given(grant, awarded(), raised, answered, closed).when(answer, asked, day).then(answered);
    given(grant, awarded(), raised, ended).when(answer, asked, day).rejects('finding-closed', { finding: FINDING });
    given(grant, awarded()).when(answer, asked, day).rejects('unknown-reference', { member: 'finding', id: FINDING });
    given(grant).when(answer, asked, day).rejects('invalid-state');
  });

  it('is closed, answered or not, once', () => {
    const asked = { finding: FINDING, outcome: 'withdrawn' as const, text: 'Toegelicht' };
    given(grant, awarded(), raised).when(closeFinding, asked, day).then(ended);
    given(grant, awarded(), raised, answered).when(closeFinding, asked, day).then(ended);
    given(grant, awarded(), raised, ended).when(closeFinding, asked, day).thenNothing();
    given(grant, awarded()).when(closeFinding, asked, day).rejects('unknown-reference');
    given(grant).when(closeFinding, asked, day).rejects('invalid-state');
  });
});

describe('a claim', () => {
  const asked = { grant: GRANT, network: NETWORK, claim: CLAIM };
  const lapsed: Fact<GrantEvent> = { type: 'ClaimLapsed', data: { claim: CLAIM } };

  it('that led to nothing is lapsed, once, of a grant that came or did not', () => {
    given(grant).when(lapse, asked, day).then(lapsed);
    given(grant, awarded()).when(lapse, asked, day).then(lapsed);
    given(grant, awarded(), lapsed).when(lapse, asked, day).thenNothing();
  });

  it('that was booked stays: of a document, of a person’s time, of an area', () => {
    const booking = s1.spent[4] as Extract<Fact<GrantEvent>, { type: 'ExpenditureRecorded' }>;
    const paid = { ...booking, data: { ...booking.data, staff: { secondee: UNKNOWN, shareBp: 1, claim: CLAIM } } };
    given(grant, ...s1.spent)
      .when(lapse, { ...asked, claim: booking.data.claim }, day)
      .thenNothing();
    given(grant, ...s1.committed, paid as Fact<GrantEvent>)
      .when(lapse, asked, day)
      .thenNothing();
    given(grant, awarded({ claim: CLAIM }))
      .when(lapse, asked, day)
      .thenNothing();
  });

  it('stays lapsed when the grant is awarded after all', () =>
    expect(given(grant, lapsed, awarded()).state).toMatchObject({ status: 'awarded', lapsed: [CLAIM] }));
});
