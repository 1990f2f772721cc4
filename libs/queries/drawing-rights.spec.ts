import type { DomainEvent, DrawingRightEvent, SchemeEvent } from '#domain';
import { at, idOf, log, NETWORK, on, doubleOwnTerms, stream, type Fact } from '#testkit';
import { Asked } from './harness.ts';

type Data<T extends DomainEvent['type']> = Extract<DomainEvent, { readonly type: T }>['data'];

const RIGHT = idOf('trekkingsrecht');
const [CITY, OCMW] = [idOf('stad'), idOf('ocmw')];
const meta = (day: string, recorded = day) => ({ meta: at(on(day), on(recorded)) });
const own = (year: number, amountCents: number, day: string, organisation = CITY): Fact<DrawingRightEvent> => ({
  type: 'OwnContributionRegistered',
  data: { year, kind: 'own', organisation, amountCents },
  ...meta(day),
});
const drawn = (year: number, amountCents: number, day: string): Fact<DrawingRightEvent> => ({
  type: 'DrawnDown',
  data: { year, amountCents },
  ...meta(day),
});
const settled = (year: number, figures: Partial<Data<'YearSettled'>>, day: string): Fact<DrawingRightEvent> => ({
  type: 'YearSettled',
  data: {
    year,
    rightCents: 661_300,
    carriedInCents: 0,
    drawnCents: 661_300,
    ownCents: 0,
    eligibleCents: 0,
    recoverCents: 0,
    lapsedCents: 0,
    carriedCents: 0,
    ...figures,
  },
  ...meta(day),
});
const granted = (basis: 'per-year' | 'whole-period', from: number): Fact<DrawingRightEvent> => ({
  type: 'RightGranted',
  data: {
    scheme: idOf('decreet'),
    version: 1,
    terms: doubleOwnTerms,
    funder: idOf('vlaanderen'),
    amountCents: 661_300,
    basis,
    years: { from, until: 2019 },
    agreement: idOf('overeenkomst 2'),
    funderDecision: { reference: 'MB 2013-12-13', date: '2013-12-13' },
  },
  ...meta('2014-01-02'),
});

/** S5 of `domain.md` §7. */
const asked = new Asked(
  log(
    stream<SchemeEvent>('scheme', idOf('decreet'), {
      type: 'SchemeDefined',
      data: { name: 'Decreet', funder: null, terms: doubleOwnTerms },
      meta: { ...at(on('2009-01-01')), network: null },
    }),
    stream<DrawingRightEvent>(
      'drawing-right',
      RIGHT,
      granted('per-year', 2014),
      own(2014, 900_000, '2014-03-01'),
      own(2014, 300_000, '2014-03-02', OCMW),
      {
        type: 'OwnContributionRegistered',
        data: { year: 2014, kind: 'solidarity', organisation: CITY, amountCents: 122_600, valuation: 'Kortingen' },
        ...meta('2014-12-31', '2015-01-20'),
      },
      drawn(2014, 661_300, '2014-06-01'),
      settled(2014, { ownCents: 1_322_600, eligibleCents: 661_300 }, '2015-02-01'),
      own(2015, 1_300_000, '2015-03-01'),
      drawn(2015, 661_300, '2015-06-01'),
      settled(
        2015,
        { ownCents: 1_300_000, eligibleCents: 650_000, recoverCents: 11_300, recoverBy: '2016-03-02' },
        '2016-02-01',
      ),
      { type: 'DrawnRepaid', data: { year: 2015, amountCents: 11_000, bankReference: 'B1' }, ...meta('2016-02-20') },
      own(2016, 1_000_000, '2016-03-01'),
      drawn(2016, 500_000, '2016-06-01'),
      settled(
        2016,
        { drawnCents: 500_000, ownCents: 1_000_000, eligibleCents: 500_000, lapsedCents: 161_300 },
        '2017-02-01',
      ),
    ),
    stream<DrawingRightEvent>(
      'drawing-right',
      idOf('geheel'),
      granted('whole-period', 2017),
      own(2018, 100_000, '2018-03-01'),
      drawn(2018, 61_300, '2018-06-01'),
    ),
  ),
);

interface Answer {
  readonly right: { readonly years: readonly { readonly year: number }[] };
  readonly totals: Readonly<Record<string, number>>;
}
const years = (moment = {}, id = RIGHT): Promise<Answer> => asked.ask('getDrawingRightYears', { id }, moment);
const yearOf = async (year: number, moment = {}) => (await years(moment)).right.years.find((one) => one.year === year);

describe('a drawing right, year by year (S5)', () => {
  it('is so much in all, and asks double of it', async () => {
    const { right, totals } = await years();
    expect(right).toMatchObject({
      network: NETWORK,
      version: 1,
      terms: doubleOwnTerms,
      from: 2014,
      until: 2019,
      basis: 'per-year',
    });
    expect(right.years).toHaveLength(6);
    expect(totals).toEqual({
      rightCents: 3_967_800,
      requiredOwnCents: 7_935_600,
      ownCents: 3_622_600,
      drawnCents: 1_822_600,
      availableCents: 1_983_900,
      eligibleCents: 1_811_300,
      recoverCents: 11_300,
      repaidCents: 11_000,
      lapsedCents: 161_300,
    });
  });

  it('2014: all of it is eligible', async () =>
    expect(await yearOf(2014)).toEqual({
      year: 2014,
      rightCents: 661_300,
      carriedInCents: 0,
      own: { own: 1_200_000, solidarity: 122_600, 'in-kind': 0 },
      ownCents: 1_322_600,
      requiredOwnCents: 1_322_600,
      drawnCents: 661_300,
      availableCents: 0,
      eligibleCents: 661_300,
      recoverCents: 0,
      repaidCents: 0,
      lapsedCents: 0,
      carriedCents: 0,
      isSettled: true,
      recoverBy: null,
    }));

  it('2015: 113.00 is recovered, of which 3.00 is still to be repaid', async () =>
    expect(await yearOf(2015)).toMatchObject({
      eligibleCents: 650_000,
      recoverCents: 11_300,
      repaidCents: 11_000,
      recoverBy: '2016-03-02',
    }));

  it('2016: what was not drawn has lapsed', async () =>
    expect(await yearOf(2016)).toMatchObject({ eligibleCents: 500_000, lapsedCents: 161_300, availableCents: 0 }));

  it('2017: nothing is registered yet', async () =>
    expect(await yearOf(2017)).toMatchObject({
      rightCents: 661_300,
      availableCents: 661_300,
      ownCents: 0,
      isSettled: false,
    }));

  it('as it was known and as it held at a moment, what was registered late included', async () => {
    const known = { own: { own: 1_200_000, solidarity: 0 }, eligibleCents: 600_000, isSettled: false, recoverCents: 0 };
    const held = { own: { own: 1_200_000, solidarity: 122_600 }, eligibleCents: 661_300, isSettled: false };
    expect(await yearOf(2014, { asOf: '2014-12-31' })).toMatchObject(known);
    expect(await yearOf(2014, { effectiveAt: on('2014-12-31') })).toMatchObject(held);
    expect(await yearOf(2015, { asOf: '2016-02-10' })).toMatchObject({ recoverCents: 11_300, repaidCents: 0 });
  });

  it('of what is given for the whole period: the rest is there in any year', async () => {
    const { right, totals } = await years({}, idOf('geheel'));
    expect(right.years).toMatchObject([
      { year: 2017, rightCents: 661_300, availableCents: 600_000 },
      { year: 2018, rightCents: 0, carriedInCents: 661_300, drawnCents: 61_300, eligibleCents: 50_000 },
      { year: 2019, rightCents: 0, carriedInCents: 600_000, availableCents: 600_000 },
    ]);
    expect(totals).toMatchObject({ rightCents: 661_300, availableCents: 600_000, drawnCents: 61_300 });
  });

  it('is listed by its network, and is not there for another', async () => {
    const { items }: { items: readonly { id: string }[] } = await asked.ask('listDrawingRights', { network: NETWORK });
    expect(items.map(({ id }) => id)).toEqual([RIGHT, idOf('geheel')]);
    const stranger = { networks: [idOf('elders')] };
    expect(await asked.ask('listDrawingRights', { network: NETWORK }, {}, stranger)).toBeUndefined();
    expect(await asked.ask('getDrawingRightYears', { id: RIGHT }, {}, stranger)).toBeUndefined();
  });
});
