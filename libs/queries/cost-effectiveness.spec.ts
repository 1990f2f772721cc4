import { measurementId, type IndicatorEvent, type MeasurementEvent } from '#domain';
import { at, idOf, indicatorDefined, log, measuredOf, NETWORK, on, stream, type Fact } from '#testkit';
import { Asked } from './harness.ts';
import { grantStory, moneyOf } from './money-harness.ts';
import { HOLDERS, measurements, PARTICIPATIONS, right } from './oudenaarde-harness.ts';
import type { Moment } from './query.ts';

const asked = new Asked(log(right, ...measurements));
const cost = (id: string, year?: number, moment: Moment = {}, of = asked): Promise<object> =>
  of.ask('getCostEffectiveness', { id, ...(year !== undefined && { year }) }, moment);

describe('what public money buys', () => {
  it('is 166.41 cents a participation in Oudenaarde in 2015 (S5)', async () =>
    expect(await cost(PARTICIPATIONS, 2015)).toMatchObject({
      network: NETWORK,
      publicCents: 650_000,
      drawnCents: 650_000,
      acceptedCents: 0,
      units: 3_906,
      centsPerUnit: '166.41',
      why: null,
    }));

  it('is of the last value, where values of periods are not added up', async () =>
    expect(await cost(HOLDERS, 2014)).toMatchObject({ publicCents: 661_300, units: 412, centsPerUnit: '1605.10' }));

  it('is not there where nothing was measured', async () => {
    expect(await cost(PARTICIPATIONS, 2014)).toMatchObject({
      publicCents: 661_300,
      centsPerUnit: null,
      why: 'not-measured',
    });
    expect(await cost(PARTICIPATIONS, 2015, { asOf: '2016-01-17' })).toMatchObject({ why: 'not-measured' });
    expect(await cost(PARTICIPATIONS, 2015, { asOf: '2016-01-18' })).toMatchObject({ centsPerUnit: '166.41' });
  });
});

/** Measured in Antwerp, where money is of a grant. */
describe('with the money of grants', () => {
  const half = (of: number, until: string, numerator: number, upTo: number | null = null): Fact<MeasurementEvent> => ({
    type: 'MeasurementRecorded',
    data: {
      ...measuredOf(
        idOf('gesprekken'),
        { kind: 'network', id: NETWORK },
        { from: `${of}-${until === '06-30' ? '01-01' : '07-01'}`, until: `${of}-${until}` },
        numerator,
      ),
      upTo,
    },
    meta: at(on(`${of + 1}-01-10`)),
  });
  const measured = (...facts: readonly Fact<MeasurementEvent>[]) =>
    new Asked(
      moneyOf(
        grantStory,
        stream<IndicatorEvent>(
          'indicator',
          idOf('gesprekken'),
          indicatorDefined({ unit: 'count', aggregation: 'sum', frequency: 'half-yearly' }, at(on('2019-01-01'))),
        ),
        stream<IndicatorEvent>(
          'indicator',
          idOf('aandeel'),
          indicatorDefined({ code: 'aandeel' }, at(on('2019-01-01'))),
        ),
        stream<MeasurementEvent>('measurement', measurementId(idOf('gesprekken'), NETWORK), ...facts),
      ),
    );
  const asked = measured(half(2021, '06-30', 100), half(2021, '12-31', 300));

  it('adds up the periods of the year, and what was accepted of costs of the year and still stands', async () => {
    // 28 000.00 + 19 200.00 - 500.00 that was taken back.
    expect(await cost(idOf('gesprekken'), 2021, {}, asked)).toMatchObject({
      publicCents: 4_670_000,
      acceptedCents: 4_670_000,
      units: 400,
      centsPerUnit: '11675.00',
    });
  });

  it('is not there for a share, for nothing counted or for a range', async () => {
    expect(await cost(idOf('aandeel'), 2021, {}, asked)).toMatchObject({ why: 'not-a-count' });
    expect(await cost(idOf('gesprekken'), 2021, {}, measured(half(2021, '06-30', 0)))).toMatchObject({
      units: 0,
      centsPerUnit: null,
      why: 'nothing-counted',
    });
    expect(await cost(idOf('gesprekken'), 2021, {}, measured(half(2021, '06-30', 10, 20)))).toMatchObject({
      why: 'only-a-range',
    });
  });
});
