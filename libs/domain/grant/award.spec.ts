import { elsewhere, given } from '#testkit';
import type { Fact } from '#testkit';
import { areaId, workingArea } from '../working-area/state.ts';
import { amend, apply, award as awardGrant, awardApplication, claimOf, refuse } from './award.ts';
import type { AwardGrant, InstalmentGiven } from './commands.ts';
import type { GrantEvent } from './events.ts';
import {
  award,
  awarded,
  CITY,
  closed,
  funderDecision,
  GRANT,
  home,
  NETWORK,
  on,
  PERIOD,
  reason,
  s1,
  SCHEME,
  schemeWith,
  suspended,
  terms,
  UNKNOWN,
} from './harness.ts';
import { grant } from './state.ts';

const said: Pick<AwardGrant, keyof AwardGrant> = {
  network: NETWORK,
  title: award.title,
  funder: CITY,
  scheme: SCHEME,
  amountCents: award.amountCents,
  period: PERIOD,
  funderDecision,
  conditions: [
    { code: 'C1', text: 'Elke sector doet mee.', kind: 'sectors', sectors: ['housing', 'mental-health'] },
    { code: 'C2', text: 'Er is een plan.', kind: 'plan' },
  ],
  instalments: [
    { code: 'voorschot', share: { num: 1, den: 2 } },
    { code: 'tussen', share: { num: 3, den: 10 }, requires: ['C2'] },
    { code: 'saldo', requires: ['C1', 'C2'] },
  ],
};
const day = on('2020-09-15');
const AREA = '35013';
/** Later than the scheme of `home`, so that it stands in its place. */
const oneAnArea = schemeWith({ oneGrantPerArea: true });
const exclusive = [oneAnArea, ...home()];

describe('a grant is awarded', () => {
  it('with the terms of its scheme as they are then', () =>
    given(grant, ...home())
      .when(awardGrant, said, day)
      .then({ type: 'GrantAwarded', data: award }));

  it('once', () =>
    given(grant, ...home(), awarded())
      .when(awardGrant, said, day)
      .thenNothing());

  it('with the instalments of the scheme where it names none', () =>
    given(grant, ...home())
      .when(awardGrant, { ...said, conditions: [], instalments: undefined } as never, day)
      .then({
        type: 'GrantAwarded',
        data: {
          ...award,
          conditions: [],
          instalments: award.instalments.map((one) => ({ ...one, requires: [] })),
        },
      }));

  it.each<[string, Partial<AwardGrant>, string]>([
    ['an unknown network', { network: UNKNOWN }, 'unknown-reference'],
    ['an unknown funder', { funder: UNKNOWN }, 'unknown-reference'],
    ['an unknown scheme', { scheme: UNKNOWN }, 'unknown-reference'],
    [
      'a scheme without rules at its start',
      { period: { from: '2019-01-01', until: '2019-12-31' } },
      'scheme-not-valid',
    ],
    ['a period that runs backwards', { period: { from: '2020-09-01', until: '2020-08-31' } }, 'period-reversed'],
  ])('not with %s', (_what, wrong, code) =>
    given(grant, ...home())
      .when(awardGrant, { ...said, ...wrong }, day)
      .rejects(code as 'period-reversed'),
  );

  it.each<[string, InstalmentGiven[], string]>([
    ['amount and share in one', [{ code: 'a', amountCents: 1, share: { num: 1, den: 2 } }], 'instalment-unclear'],
    ['a share above the whole', [{ code: 'a', share: { num: 3, den: 2 } }], 'share-over-whole'],
    ['a condition that it has not', [{ code: 'a', requires: ['C9'] }], 'unknown-condition'],
    [
      'a cent more than the award',
      [
        { code: 'a', amountCents: 8_000_000 },
        { code: 'b', amountCents: 500_001 },
      ],
      'instalments-over-award',
    ],
  ])('not with instalments of %s', (_what, instalments, code) =>
    given(grant, ...home())
      .when(awardGrant, { ...said, instalments }, day)
      .rejects(code as 'period-reversed'),
  );

  it('with instalments that are the whole award to the cent', () => {
    const instalments = [
      { code: 'a', amountCents: 8_000_000 },
      { code: 'b', amountCents: 500_000 },
    ];
    const planned = instalments.map(({ code, amountCents }) => ({
      code,
      cents: amountCents,
      share: null,
      dueOn: null,
      requires: [],
    }));
    given(grant, ...home())
      .when(awardGrant, { ...said, instalments }, day)
      .then({ type: 'GrantAwarded', data: { ...award, instalments: planned } });
  });
});

describe('a scheme that allows one grant in a working area', () => {
  const eventId = 'e';
  const context = { ...day, eventId };
  const claim = claimOf(eventId, ['area', SCHEME, AREA, PERIOD.from, PERIOD.until], { status: 'none', lapsed: [] });
  const data = { ...award, terms: { ...terms, oneGrantPerArea: true }, area: AREA, claim };
  const reservedBy = (one: string, of: string, period = PERIOD as { from: string; until: string }) =>
    elsewhere(workingArea, areaId(SCHEME, AREA), {
      type: 'AreaReserved',
      data: { scheme: SCHEME, area: AREA, network: NETWORK, grant: of, claim: one, period, releases: [] },
    });
  const holder = (...facts: readonly Fact<GrantEvent>[]) =>
    elsewhere(grant, UNKNOWN, awarded({ area: AREA, claim: 'theirs' }), ...facts);

  it('has it reserved first', () =>
    given(grant, ...exclusive)
      .when(awardGrant, { ...said, area: AREA }, context)
      .thenFirst(
        {
          command: 'ReserveArea',
          body: { scheme: SCHEME, area: AREA, network: NETWORK, grant: GRANT, claim, period: PERIOD },
          key: claim,
        },
        { type: 'GrantAwarded', data },
      ));

  it('and then awards it', () =>
    given(grant, ...exclusive, reservedBy(claim, GRANT))
      .when(awardGrant, { ...said, area: AREA }, context)
      .then({ type: 'GrantAwarded', data }));

  it('not where another grant has it in that period', () =>
    given(grant, ...exclusive, reservedBy('theirs', UNKNOWN), holder())
      .when(awardGrant, { ...said, area: AREA }, context)
      .rejects('area-already-funded', { scheme: SCHEME, area: AREA, ...PERIOD }));

  it('where the other one is over, or of another period', () => {
    given(grant, ...exclusive, reservedBy('theirs', UNKNOWN), holder(closed))
      .when(awardGrant, { ...said, area: AREA }, context)
      .thenFirst({ command: 'ReserveArea' });
    given(grant, ...exclusive, reservedBy('theirs', UNKNOWN, { from: '2019-01-01', until: '2020-08-31' }), holder())
      .when(awardGrant, { ...said, area: AREA }, context)
      .thenFirst({ command: 'ReserveArea' });
  });

  it('is told which, and reserves none where it does not ask', () => {
    given(grant, ...exclusive)
      .when(awardGrant, said, context)
      .rejects('area-required', { member: 'area' });
    given(grant, ...home())
      .when(awardGrant, { ...said, area: AREA }, context)
      .then({ type: 'GrantAwarded', data: { ...award, area: AREA } });
  });

  it('reserves anew once its reservation was lapsed, or was of another period', () => {
    const lapsed: Fact<GrantEvent> = { type: 'ClaimLapsed', data: { claim } };
    const anew = claimOf(eventId, ['area', SCHEME, AREA, PERIOD.from, PERIOD.until], {
      status: 'none',
      lapsed: [claim],
    });
    expect(anew).not.toBe(claim);
    given(grant, ...exclusive, reservedBy(claim, GRANT), lapsed)
      .when(awardGrant, { ...said, area: AREA }, context)
      .thenFirst({ command: 'ReserveArea', key: anew });
    const period = { from: '2021-01-01', until: '2021-12-31' };
    given(grant, ...exclusive, reservedBy(claim, GRANT))
      .when(awardGrant, { ...said, area: AREA, period }, context)
      .thenFirst({
        command: 'ReserveArea',
        key: claimOf(eventId, ['area', SCHEME, AREA, '2021-01-01', '2021-12-31'], { status: 'none', lapsed: [] }),
      });
  });

  it('lets nobody apply for an area that has a grant', () => {
    const asked = { network: NETWORK, title: 'x', scheme: SCHEME, area: AREA, requestedCents: 1, period: PERIOD };
    given(grant, ...exclusive, reservedBy('theirs', UNKNOWN), holder())
      .when(apply, asked, day)
      .rejects('area-already-funded');
    given(grant, ...exclusive)
      .when(apply, { ...asked, area: undefined } as never, day)
      .rejects('area-required', { member: 'area' });
    // What is only claimed may never be awarded.
    given(grant, ...exclusive, reservedBy('theirs', UNKNOWN))
      .when(apply, asked, day)
      .then({
        type: 'GrantApplied',
        data: { title: 'x', scheme: SCHEME, area: AREA, requestedCents: 1, period: PERIOD },
      });
  });
});

const applied: Fact<GrantEvent> = {
  type: 'GrantApplied',
  data: { title: award.title, scheme: SCHEME, area: null, requestedCents: 9_000_000, period: PERIOD },
};
const refused: Fact<GrantEvent> = { type: 'ApplicationRefused', data: {} };

describe('an application', () => {
  const asked = { network: NETWORK, title: award.title, scheme: SCHEME, requestedCents: 9_000_000, period: PERIOD };

  it('is made once, by a network, on a scheme', () => {
    given(grant, ...home())
      .when(apply, asked, day)
      .then({ type: 'GrantApplied', data: applied.data });
    given(grant, ...home(), applied)
      .when(apply, asked, day)
      .thenNothing();
    given(grant, ...home())
      .when(apply, { ...asked, network: UNKNOWN }, day)
      .rejects('unknown-reference');
    given(grant, ...home())
      .when(apply, { ...asked, scheme: UNKNOWN }, day)
      .rejects('unknown-reference');
    given(grant, ...home())
      .when(apply, { ...asked, period: { from: '2020-02-01', until: '2020-01-01' } }, day)
      .rejects('period-reversed');
  });

  it('is awarded: for its period, or for another one', () => {
    const { title: _title, scheme: _scheme, period: _period, network: _network, ...what } = said;
    given(grant, ...home(), applied)
      .when(awardApplication, what, day)
      .then({ type: 'GrantAwarded', data: award });
    const period = { from: '2021-01-01', until: '2021-12-31' };
    given(grant, ...home(), applied)
      .when(awardApplication, { ...what, period }, day)
      .then({ type: 'GrantAwarded', data: { ...award, period } });
    given(grant, ...home(), applied)
      .when(awardApplication, { ...what, funder: UNKNOWN }, day)
      .rejects('unknown-reference', { member: 'funder', id: UNKNOWN });
  });

  it('is refused, and then awarded no more', () => {
    given(grant, ...home(), applied)
      .when(refuse, { reason }, day)
      .then(refused);
    given(grant, ...home(), applied, refused)
      .when(refuse, { reason }, day)
      .thenNothing();
    given(grant, ...home(), applied, refused)
      .when(awardApplication, said, day)
      .rejects('invalid-state', { status: 'refused' });
    given(grant, ...home(), awarded())
      .when(refuse, { reason }, day)
      .rejects('invalid-state', { status: 'awarded' });
    given(grant, ...home(), awarded())
      .when(awardApplication, said, day)
      .rejects('invalid-state', { status: 'awarded' });
  });
});

describe('a funder', () => {
  const as = (organisation?: string) => ({
    ...day,
    actor: { subject: 'f', role: 'funder', ...(organisation !== undefined && { organisation }) },
  });

  it('awards in its own name, and in that of no other', () => {
    given(grant, ...home())
      .when(awardGrant, said, as(CITY))
      .then({ type: 'GrantAwarded', data: award });
    given(grant, ...home())
      .when(awardGrant, said, as(UNKNOWN))
      .rejects('forbidden', { role: 'funder', allowed: ['finance'] });
    given(grant, ...home(), applied)
      .when(awardApplication, said, as(UNKNOWN))
      .rejects('forbidden', { role: 'funder', allowed: ['finance'] });
  });
});

describe('an award is amended', () => {
  const by = (deltaCents: number) => ({ deltaCents, funderDecision });

  it('upwards, and downwards to the last cent that is not allocated', () => {
    given(grant, ...s1.allocated)
      .when(amend, by(1), day)
      .then({ type: 'AwardAmended', data: by(1) });
    given(grant, ...s1.allocated)
      .when(amend, by(-2_500_000), day)
      .then({ type: 'AwardAmended', data: by(-2_500_000) });
    given(grant, ...s1.allocated, suspended)
      .when(amend, by(1), day)
      .then({ type: 'AwardAmended', data: by(1) });
  });

  it('not below what is allocated, not by nothing, not once it is closed', () => {
    given(grant, ...s1.allocated)
      .when(amend, by(-2_500_001), day)
      .rejects('insufficient-unallocated', { askedCents: 2_500_001, availableCents: 2_500_000 });
    given(grant, ...s1.allocated)
      .when(amend, by(0), day)
      .rejects('nothing-changed');
    given(grant, awarded(), closed).when(amend, by(1), day).rejects('grant-closed', { status: 'closed' });
    given(grant).when(amend, by(1), day).rejects('invalid-state', { status: 'none' });
  });
});
