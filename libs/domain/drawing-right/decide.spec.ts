import { fold, isPrior, isRejected, nothing, type DecisionContext } from '#kernel';
import { elsewhere, given, idOf, NETWORK, record, doubleOwnTerms, type Fact } from '#testkit';
import fc from 'fast-check';
import { OWN_KINDS, RIGHT_BASES, type OwnKind } from '../codes.ts';
import { agreement as agreementAggregate } from '../agreement/state.ts';
import { network } from '../network/state.ts';
import { organisation } from '../organisation/state.ts';
import type { Decide } from '../rejections.ts';
import { scheme, type SchemeTerms } from '../scheme/state.ts';
import { draw, grant, registerOwn, repay, settle } from './decide.ts';
import type { DrawingRightEvent, YearFigures } from './events.ts';
import { drawingRight, yearsOf, type DrawingRight, type Year } from './state.ts';

const terms: SchemeTerms = doubleOwnTerms;
const [SCHEME, CITY] = [idOf('decreet'), idOf('stad')];
const said = {
  network: NETWORK,
  scheme: SCHEME,
  funder: CITY,
  amountCents: 661_300,
  basis: 'per-year',
  years: { from: 2014, until: 2019 },
  funderDecision: { reference: 'MB 2013-12-13', date: '2013-12-13' },
} as const;
const { network: _network, ...rightSaid } = said;
type Granted = Extract<DrawingRightEvent, { type: 'RightGranted' }>;
const granted: Granted = { type: 'RightGranted', data: { ...rightSaid, version: 1, terms } };
const whole: Granted = { type: 'RightGranted', data: { ...granted.data, basis: 'whole-period' } };
const carrying: Granted = { type: 'RightGranted', data: { ...granted.data, terms: { ...terms, carryOver: true } } };
const own = (year: number, amountCents: number, kind: OwnKind = 'own'): DrawingRightEvent => ({
  type: 'OwnContributionRegistered',
  data: { year, kind, organisation: CITY, amountCents, ...(kind !== 'own' && { valuation: '…' }) },
});
const drawn = (year: number, amountCents: number): DrawingRightEvent => ({
  type: 'DrawnDown',
  data: { year, amountCents },
});
const settled = (year: number, figures: Partial<YearFigures & { recoverBy: string }>): DrawingRightEvent => ({
  type: 'YearSettled',
  data: {
    year,
    rightCents: 661_300,
    carriedInCents: 0,
    drawnCents: 0,
    ownCents: 0,
    eligibleCents: 0,
    recoverCents: 0,
    lapsedCents: 0,
    carriedCents: 0,
    ...figures,
  },
});

const home = elsewhere(network, NETWORK, {
  type: 'NetworkFounded',
  data: { kind: 'local-network', name: 'Oudenaarde', regions: ['45035'], parent: null },
});
const city = elsewhere(organisation, CITY, {
  type: 'OrganisationRegistered',
  data: { name: 'Stad', sector: 'local-government', units: [], enterpriseNumber: null, umbrellaOf: [] },
});
const decree = (...versions: readonly SchemeTerms[]) =>
  elsewhere(
    scheme,
    SCHEME,
    { type: 'SchemeDefined', data: { name: 'Decreet', funder: null, terms: versions[0]! } },
    ...versions.slice(1).map((later, i) => ({
      type: 'SchemeRevised' as const,
      data: { version: i + 2, terms: later },
    })),
  );

describe('a drawing right is granted', () => {
  it('with the terms that its scheme has on 1 January of the first year', () => {
    given(drawingRight, home, city, decree(terms)).when(grant, said).then(granted);
    const later: SchemeTerms = { ...terms, validFrom: '2014-01-01', minOwnPerGrant: { num: 3, den: 1 } };
    given(drawingRight, home, city, decree(terms, later))
      .when(grant, said)
      .then({ type: 'RightGranted', data: { ...granted.data, version: 2, terms: later } });
    given(drawingRight, home, city, decree(terms, { ...later, validFrom: '2014-01-02' }))
      .when(grant, said)
      .then(granted);
  });

  it('on an agreement', () => {
    const agreement = idOf('overeenkomst');
    const drafted = (network: string) =>
      elsewhere(agreementAggregate, agreement, {
        type: 'AgreementDrafted',
        data: {
          kind: 'scheme-period',
          title: 'Overeenkomst 2',
          period: { from: '2014-01-01', until: '2019-12-31' },
          parties: [CITY],
          thirdParties: [],
          withNetworks: [],
          scheme: SCHEME,
          succeeds: null,
          objectives: null,
          actions: [],
        },
        meta: { network },
      });
    given(drawingRight, home, city, decree(terms), drafted(NETWORK))
      .when(grant, { ...said, agreement })
      .then({ type: 'RightGranted', data: { ...granted.data, agreement } });
    for (const other of [drafted(idOf('elders')), elsewhere(agreementAggregate, agreement)])
      given(drawingRight, home, city, decree(terms), other)
        .when(grant, { ...said, agreement })
        .rejects('unknown-reference', { member: 'agreement', id: agreement });
  });

  it('once', () => given(drawingRight, granted).when(grant, said).thenNothing());

  it('of what is known', () => {
    const refused = (member: string, id: string) => ['unknown-reference', { member, id }] as const;
    given(drawingRight, city, decree(terms))
      .when(grant, said)
      .rejects(...refused('network', NETWORK));
    given(drawingRight, home, decree(terms))
      .when(grant, said)
      .rejects(...refused('funder', CITY));
    given(drawingRight, home, city)
      .when(grant, said)
      .rejects(...refused('scheme', SCHEME));
  });

  it('for years in their order', () => {
    given(drawingRight, home, city, decree(terms))
      .when(grant, { ...said, years: { from: 2014, until: 2013 } })
      .rejects('period-reversed', { from: 2014, until: 2013 });
    given(drawingRight, home, city, decree(terms))
      .when(grant, { ...said, years: { from: 2014, until: 2014 } })
      .then({ type: 'RightGranted', data: { ...granted.data, years: { from: 2014, until: 2014 } } });
  });

  it('while the scheme holds', () => {
    const params = { scheme: SCHEME, day: '2014-01-01' };
    given(drawingRight, home, city, decree({ ...terms, validFrom: '2014-01-02' }))
      .when(grant, said)
      .rejects('scheme-not-valid', params);
    const ended = elsewhere(
      scheme,
      SCHEME,
      { type: 'SchemeDefined', data: { name: 'Decreet', funder: null, terms } },
      { type: 'SchemeEnded', data: {} },
    );
    given(drawingRight, home, city, ended).when(grant, said).rejects('scheme-not-valid', params);
  });

  it('when the scheme says how much own money it asks', () => {
    const { minOwnPerGrant: _asked, ...silent } = terms;
    given(drawingRight, home, city, decree(silent))
      .when(grant, said)
      .rejects('own-share-unknown', { scheme: SCHEME, version: 1 });
  });

  it('when what it asks can be counted to the cent', () =>
    given(drawingRight, home, city, decree({ ...terms, minOwnPerGrant: { num: 1_000_000, den: 1 } }))
      .when(grant, { ...said, amountCents: 1_000_000_000_000 })
      .rejects('sum-too-large'));
});

describe('an own contribution is registered', () => {
  const money = { year: 2014, kind: 'own', organisation: CITY, amountCents: 900_000 } as const;

  it('of money', () => given(drawingRight, granted, city).when(registerOwn, money).then(own(2014, 900_000)));

  it.each(['in-kind', 'solidarity'] as const)('of what is %s, with the method of its valuation', (kind) => {
    given(drawingRight, granted, city)
      .when(registerOwn, { ...money, kind })
      .rejects('valuation-required', { kind });
    given(drawingRight, granted, city)
      .when(registerOwn, { ...money, kind, valuation: '…' })
      .then(own(2014, 900_000, kind));
  });

  it('by an organisation that is known', () =>
    given(drawingRight, granted)
      .when(registerOwn, money)
      .rejects('unknown-reference', { member: 'organisation', id: CITY }));

  it('in a year of the right that is not settled', () => {
    given(drawingRight, granted, settled(2014, {}), city)
      .when(registerOwn, money)
      .rejects('year-settled', { year: 2014 });
    given(drawingRight, granted, city)
      .when(registerOwn, { ...money, year: 2013 })
      .rejects('outside-period', { asked: 2013, from: 2014, until: 2019 });
  });

  it('as long as the sum can be counted to the cent', () =>
    given(drawingRight, granted, own(2014, 2 ** 52), city)
      .when(registerOwn, money)
      .rejects('sum-too-large'));
});

describe('a right is drawn', () => {
  const all = { year: 2014, amountCents: 661_300 };

  it('up to the right of the year', () => {
    given(drawingRight, granted, own(2014, 1)).when(draw, all).then(drawn(2014, 661_300));
    given(drawingRight, granted, own(2014, 1))
      .when(draw, { ...all, amountCents: 661_301 })
      .rejects('right-exceeded', { year: 2014, availableCents: 661_300 });
    given(drawingRight, granted, own(2014, 1), drawn(2014, 661_299))
      .when(draw, { ...all, amountCents: 2 })
      .rejects('right-exceeded', { year: 2014, availableCents: 1 });
  });

  it('when there is an own contribution in that year', () => {
    given(drawingRight, granted, own(2015, 1)).when(draw, all).rejects('own-contribution-required', { year: 2014 });
    const free = { ...terms, minOwnPerGrant: { num: 0, den: 1 } };
    given(drawingRight, { type: 'RightGranted', data: { ...granted.data, terms: free } })
      .when(draw, all)
      .then(drawn(2014, 661_300));
  });

  it('in a year of the right that is not settled', () => {
    given(drawingRight, granted, own(2014, 1), settled(2014, {}))
      .when(draw, all)
      .rejects('year-settled', { year: 2014 });
    given(drawingRight, granted)
      .when(draw, { ...all, year: 2020 })
      .rejects('outside-period', { asked: 2020, from: 2014, until: 2019 });
  });

  it('with what came over from the year before, when the scheme says so and that year is settled', () => {
    const facts = [own(2014, 1_000_000), drawn(2014, 500_000), own(2015, 1_000_000)];
    const ask = { year: 2015, amountCents: 822_600 };
    const exceeded = ['right-exceeded', { year: 2015, availableCents: 661_300 }] as const;
    const carried = settled(2014, {
      drawnCents: 500_000,
      ownCents: 1_000_000,
      eligibleCents: 500_000,
      carriedCents: 161_300,
    });
    given(drawingRight, carrying, ...facts)
      .when(draw, ask)
      .rejects(...exceeded);
    given(drawingRight, carrying, ...facts, carried)
      .when(draw, ask)
      .then(drawn(2015, 822_600));
    given(drawingRight, granted, ...facts, settled(2014, { drawnCents: 500_000, lapsedCents: 161_300 }))
      .when(draw, ask)
      .rejects(...exceeded);
  });

  it('of the rest of the whole, when it was given for the whole period', () => {
    given(drawingRight, whole, own(2014, 1), own(2016, 1), drawn(2014, 400_000))
      .when(draw, { year: 2016, amountCents: 261_300 })
      .then(drawn(2016, 261_300));
    given(drawingRight, whole, own(2014, 1), own(2016, 1), drawn(2016, 400_000))
      .when(draw, { year: 2014, amountCents: 261_301 })
      .rejects('right-exceeded', { year: 2014, availableCents: 261_300 });
  });
});

describe('a year is settled (S5)', () => {
  it('from its last day on', () => {
    const at = (now: string) => given(drawingRight, granted).when(settle, { year: 2014 }, { now });
    at('2014-12-30T10:00:00.000Z').rejects('year-not-over', { year: 2014 });
    at('2014-12-31T10:00:00.000Z').then(settled(2014, { lapsedCents: 661_300 }));
  });

  const of2014 = [own(2014, 900_000), own(2014, 300_000, 'in-kind'), own(2014, 122_600, 'solidarity')];
  const figures2014 = { drawnCents: 661_300, ownCents: 1_322_600, eligibleCents: 661_300 };
  const figures2015 = { drawnCents: 661_300, ownCents: 1_300_000, eligibleCents: 650_000, recoverCents: 11_300 };
  const after2014 = [granted, ...of2014, drawn(2014, 661_300), settled(2014, figures2014)];
  const before2015 = [...after2014, own(2015, 1_300_000), drawn(2015, 661_300)];
  const now = '2016-02-01T10:00:00.000Z';

  it('with own contributions of double the right: all of it is eligible', () =>
    given(drawingRight, granted, ...of2014, drawn(2014, 661_300))
      .when(settle, { year: 2014 })
      .then(settled(2014, figures2014)));

  it('with less: what was drawn too much is recovered', () =>
    given(drawingRight, ...before2015)
      .when(settle, { year: 2015 }, { now })
      .then(settled(2015, { ...figures2015, recoverBy: '2016-03-02' })));

  it('with less drawn than the right: the rest lapses, or goes over when the scheme says so', () => {
    const figures = { drawnCents: 500_000, ownCents: 1_000_000, eligibleCents: 500_000 };
    const facts = [own(2014, 1_000_000), drawn(2014, 500_000)];
    given(drawingRight, granted, ...facts)
      .when(settle, { year: 2014 })
      .then(settled(2014, { ...figures, lapsedCents: 161_300 }));
    given(drawingRight, carrying, ...facts)
      .when(settle, { year: 2014 })
      .then(settled(2014, { ...figures, carriedCents: 161_300 }));
    given(drawingRight, whole, ...facts)
      .when(settle, { year: 2014 })
      .then(settled(2014, { ...figures, carriedCents: 161_300 }));
  });

  it('so that in the last year the rest always lapses', () => {
    const years = { from: 2014, until: 2014 };
    for (const { data } of [carrying, whole])
      given(drawingRight, { type: 'RightGranted', data: { ...data, years } })
        .when(settle, { year: 2014 })
        .then(settled(2014, { lapsedCents: 661_300 }));
  });

  it('one after the other, and once', () => {
    given(drawingRight, granted).when(settle, { year: 2015 }).rejects('former-year-open', { year: 2014 });
    given(drawingRight, ...after2014)
      .when(settle, { year: 2014 })
      .thenNothing();
    given(drawingRight, granted).when(settle, { year: 2020 }).rejects('outside-period');
  });

  it('then what is recovered is repaid, and no more', () => {
    const recovered = [...before2015, settled(2015, { ...figures2015, recoverBy: '2016-03-02' })];
    const repaid = (amountCents: number): DrawingRightEvent => ({
      type: 'DrawnRepaid',
      data: { year: 2015, amountCents, bankReference: 'B1' },
    });
    const pay = (amountCents: number) => ({ year: 2015, amountCents, bankReference: 'B1' });
    given(drawingRight, ...recovered)
      .when(repay, pay(11_300))
      .then(repaid(11_300));
    given(drawingRight, ...recovered, repaid(11_000))
      .when(repay, pay(301))
      .rejects('recovery-exceeded', { year: 2015, openCents: 300 });
    given(drawingRight, ...before2015)
      .when(repay, pay(1))
      .rejects('recovery-exceeded', { year: 2015, openCents: 0 });
    given(drawingRight, granted)
      .when(repay, { ...pay(1), year: 2013 })
      .rejects('outside-period');
  });
});

it('a right that is not there does nothing', () => {
  const nowhere = given(drawingRight);
  const refused = ['invalid-state', { status: 'none' }] as const;
  nowhere.when(registerOwn, { year: 2014, kind: 'own', organisation: CITY, amountCents: 1 }).rejects(...refused);
  nowhere.when(draw, { year: 2014, amountCents: 1 }).rejects(...refused);
  nowhere.when(settle, { year: 2014 }).rejects(...refused);
  nowhere.when(repay, { year: 2014, amountCents: 1, bankReference: 'B1' }).rejects(...refused);
});

/* Random histories: what is asked may be refused, what is done must balance. */

interface Step {
  readonly decide: Decide<never, DrawingRight, DrawingRightEvent>;
  readonly command: object;
}
const LAST = 3;
const year = fc.integer({ min: 0, max: LAST + 1 }).map((n) => 2014 + n);
const cents = fc.integer({ min: 1, max: 400 });
const step = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      decide: fc.constant(registerOwn),
      command: fc.record({
        year,
        kind: fc.constantFrom(...OWN_KINDS),
        organisation: fc.constant(CITY),
        amountCents: cents,
        valuation: fc.constant('…'),
      }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ decide: fc.constant(draw), command: fc.record({ year, amountCents: cents }) }),
  },
  { weight: 2, arbitrary: fc.record({ decide: fc.constant(settle), command: fc.record({ year }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      decide: fc.constant(repay),
      command: fc.record({ year, amountCents: fc.integer({ min: 1, max: 40 }), bankReference: fc.constant('B') }),
    }),
  },
) as fc.Arbitrary<Step>;
const rate = fc.record({ num: fc.integer({ min: 0, max: 7 }), den: fc.integer({ min: 1, max: 7 }) });
const rightGranted = fc
  .record({
    basis: fc.constantFrom(...RIGHT_BASES),
    carryOver: fc.boolean(),
    minOwnPerGrant: rate,
    amountCents: fc.integer({ min: 1, max: 500 }),
  })
  .map(({ basis, amountCents, ...rules }): Granted => ({
    type: 'RightGranted',
    data: {
      ...granted.data,
      basis,
      amountCents,
      years: { from: 2014, until: 2014 + LAST },
      terms: { ...terms, ...rules },
    },
  }));

const context: DecisionContext = {
  look: (() => ({ status: 'active' })) as unknown as DecisionContext['look'],
  id: idOf('right'),
  eventId: idOf('event'),
  occurredAt: '2020-01-01T10:00:00.000Z',
  now: '2020-01-01T10:00:00.000Z',
  actor: { subject: 'x', role: 'finance' },
};

/** The events of a history: of each step what it leads to. */
function played(first: Granted, steps: readonly Step[]): readonly DrawingRightEvent[] {
  const events: DrawingRightEvent[] = [first];
  for (const { decide, command } of steps) {
    const outcome = decide(command as never, stateOf(events), context);
    if (outcome !== nothing && !isRejected(outcome) && !isPrior(outcome)) events.push(outcome);
  }
  return events;
}
const stateOf = (events: readonly Fact<DrawingRightEvent>[]) => {
  const state = fold(drawingRight, record('drawing-right', idOf('right'), events));
  if (state.status === 'none') throw new Error('none');
  return state;
};
const total = (years: readonly Year[], member: 'rightCents' | 'drawnCents' | 'lapsedCents'): number =>
  years.reduce((all, one) => all + one[member], 0);

describe('whatever happens, to the cent', () => {
  const counts: Record<string, number> = {};
  const always = (holds: (right: ReturnType<typeof stateOf>, events: readonly DrawingRightEvent[]) => void): void =>
    fc.assert(
      fc.property(rightGranted, fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), (first, steps) => {
        const events = played(first, steps);
        for (const { type } of events) counts[type] = (counts[type] ?? 0) + 1;
        holds(stateOf(events), events);
      }),
      { numRuns: 300 },
    );

  it('of a settled year: eligible + recovered = drawn, drawn + lapsed + carried = right + carried in', () =>
    always((right) => {
      for (const one of yearsOf(right).filter(({ isSettled }) => isSettled)) {
        expect(one.eligibleCents + one.recoverCents).toBe(one.drawnCents);
        expect(one.drawnCents + one.lapsedCents + one.carriedCents).toBe(one.rightCents + one.carriedInCents);
        expect(one.repaidCents).toBeLessThanOrEqual(one.recoverCents);
      }
    }));

  it('of any year: what is eligible is matched by own money, and another cent would not be', () =>
    always((right) => {
      const { num, den } = right.terms.minOwnPerGrant!;
      for (const { eligibleCents, ownCents, drawnCents } of yearsOf(right)) {
        expect(eligibleCents * num).toBeLessThanOrEqual(ownCents * den);
        expect(eligibleCents === drawnCents || (eligibleCents + 1) * num > ownCents * den).toBe(true);
      }
    }));

  it('what comes into a year is what the one before handed on', () =>
    always((right) => {
      const years = yearsOf(right).filter(({ isSettled }) => isSettled);
      for (const [i, one] of years.entries()) expect(one.carriedInCents).toBe(i === 0 ? 0 : years[i - 1]!.carriedCents);
    }));

  it('never more is drawn than was given, and in the end all is drawn or lapsed', () =>
    always((right) => {
      const years = yearsOf(right);
      const given = right.basis === 'per-year' ? right.amountCents * years.length : right.amountCents;
      expect(total(years, 'rightCents')).toBe(given);
      expect(total(years, 'drawnCents')).toBeLessThanOrEqual(given);
      for (const { availableCents } of years) expect(availableCents).toBeGreaterThanOrEqual(0);
      const isOpen = years.some(({ isSettled }) => !isSettled);
      expect(isOpen || total(years, 'drawnCents') + total(years, 'lapsedCents') === given).toBe(true);
    }));

  it('a year is settled for ever with what its event says', () =>
    always((right, events) => {
      for (const { data } of events.filter((event) => event.type === 'YearSettled')) {
        const { year: settledYear, recoverBy = null, ...figures } = data;
        const now = yearsOf(right).find((one) => one.year === settledYear);
        expect(now).toMatchObject({ ...figures, recoverBy, isSettled: true });
        expect(recoverBy === null).toBe(figures.recoverCents === 0);
      }
    }));

  it('and enough of it did happen', () => {
    expect(counts['OwnContributionRegistered']).toBeGreaterThan(2_000);
    expect(counts['DrawnDown']).toBeGreaterThan(500);
    expect(counts['YearSettled']).toBeGreaterThan(500);
    expect(counts['DrawnRepaid']).toBeGreaterThan(25);
  });
});
