import fc from 'fast-check';
import { uuidv5 } from '#kernel';
import { elsewhere, given, idOf, NETWORK } from '#testkit';
import type { AgreementEvent, AgreementPeriod } from '../agreement/events.ts';
import { agreement, claimOf } from '../agreement/state.ts';
import type { ClaimPeriod } from './commands.ts';
import { claim } from './decide.ts';
import type { AgreementCalendarEvent } from './events.ts';
import { calendar } from './state.ts';

const SCHEME = idOf('scheme');
const [MINE, OTHER] = [idOf('mine'), idOf('other')];
const first = (id: string): string => claimOf(id, { lapses: 0 });
const claimed = (id: string, period: AgreementPeriod, releases: readonly string[] = []): AgreementCalendarEvent => ({
  type: 'PeriodClaimed',
  data: { agreement: id, claim: first(id), ...period, releases },
});
const said = (period: AgreementPeriod, agreement = MINE): ClaimPeriod => ({
  network: NETWORK,
  scheme: SCHEME,
  agreement,
  claim: first(agreement),
  ...period,
});
const drafted = (period: AgreementPeriod): AgreementEvent => ({
  type: 'AgreementDrafted',
  data: {
    kind: 'scheme-period',
    title: '…',
    period,
    parties: [],
    thirdParties: [],
    withNetworks: [],
    scheme: SCHEME,
    succeeds: null,
    objectives: null,
    actions: [],
  },
});

const theirs = { from: '2009-01-01', until: '2013-12-31' };
const across = { from: '2013-01-01', until: '2015-12-31' };
const other = (...events: readonly AgreementEvent[]) => elsewhere(agreement, OTHER, ...events);

describe('a period is claimed', () => {
  it('where there is room, once', () => {
    given(calendar).when(claim, said(across)).then(claimed(MINE, across));
    given(calendar, claimed(MINE, across)).when(claim, said(across)).thenNothing();
  });

  it.each([
    ['the day after another one ends', { from: '2014-01-01' }],
    ['until the day before it begins', { from: '2005-01-01', until: '2008-12-31' }],
  ])('from %s', (_what, period) =>
    given(calendar, claimed(OTHER, theirs), other(drafted(theirs)))
      .when(claim, said(period))
      .then(claimed(MINE, period)),
  );

  it.each([
    ['across its end', across],
    ['on its last day', { from: '2013-12-31' }],
    ['on its first day', { from: '2000-01-01', until: '2009-01-01' }],
    ['within it', { from: '2010-01-01', until: '2010-12-31' }],
    ['around it', { from: '2000-01-01', until: '2020-12-31' }],
  ])('not %s', (_what, period) =>
    given(calendar, claimed(OTHER, theirs), other(drafted(theirs)))
      .when(claim, said(period))
      .rejects('agreement-overlap', { agreement: OTHER, ...theirs }),
  );

  it('not after one that has no end', () =>
    given(calendar, claimed(OTHER, { from: '2009-01-01' }), other(drafted({ from: '2009-01-01' })))
      .when(claim, said({ from: '2030-01-01' }))
      .rejects('agreement-overlap', { agreement: OTHER, from: '2009-01-01', until: null }));

  it('in the place of one that was refused', () =>
    given(calendar, claimed(OTHER, theirs), other(drafted(theirs), { type: 'AgreementRefused', data: {} }))
      .when(claim, said(across))
      .then(claimed(MINE, across, [OTHER])));

  it('from the day on which another one was terminated', () => {
    const ended = other(drafted(theirs), {
      type: 'AgreementTerminated',
      data: {},
      meta: { occurredAt: '2012-06-01T10:00:00.000Z' },
    } as AgreementEvent);
    given(calendar, claimed(OTHER, theirs), ended)
      .when(claim, said({ from: '2012-06-01' }))
      .then(claimed(MINE, { from: '2012-06-01' }));
    given(calendar, claimed(OTHER, theirs), ended)
      .when(claim, said({ from: '2012-05-31' }))
      .rejects('agreement-overlap', { agreement: OTHER, ...theirs });
  });
});

describe('a claim that never led to a draft', () => {
  const lapsed: AgreementEvent = { type: 'AgreementClaimLapsed', data: { claim: first(OTHER) } };

  it('lapses for who needs its room', () =>
    given(calendar, claimed(OTHER, theirs))
      .when(claim, said(across))
      .thenFirst({
        command: 'LapseAgreementClaim',
        body: { agreement: OTHER, network: NETWORK, claim: first(OTHER) },
        key: first(OTHER),
      }));

  it('is then released', () =>
    given(calendar, claimed(OTHER, theirs), other(lapsed))
      .when(claim, said(across))
      .then(claimed(MINE, across, [OTHER])));

  it('stays where nobody needs the room', () =>
    given(calendar, claimed(OTHER, theirs))
      .when(claim, said({ from: '2014-01-01' }))
      .then(claimed(MINE, { from: '2014-01-01' })));

  it('is in the way of no later claim, once released', () =>
    expect(given(calendar, claimed(OTHER, theirs), claimed(MINE, across, [OTHER])).state.claims).toEqual({
      [MINE]: { claim: first(MINE), ...across },
    }));
});

it('whatever is claimed in whatever order, no two periods that hold share a day', () => {
  const year = fc.integer({ min: 2000, max: 2020 });
  const period = fc.tuple(year, fc.integer({ min: 0, max: 6 })).map(([from, years]) => ({
    from: `${from}-01-01`,
    until: `${from + years}-12-31`,
  }));
  fc.assert(
    fc.property(fc.array(period, { minLength: 2, maxLength: 12 }), (periods) => {
      const facts: AgreementCalendarEvent[] = [];
      const drafts: ReturnType<typeof other>[] = [];
      const held: { readonly from: string; readonly until: string }[] = [];
      for (const [i, one] of periods.entries()) {
        const id = uuidv5('spec', String(i));
        const decided = given(calendar, ...facts, ...drafts).when(claim, said(one, id));
        if (held.some(({ from, until }) => from <= one.until && one.from <= until)) {
          decided.rejects('agreement-overlap');
          continue;
        }
        decided.then(claimed(id, one));
        facts.push(claimed(id, one));
        drafts.push(elsewhere(agreement, id, drafted(one)));
        held.push(one);
      }
    }),
  );
});
