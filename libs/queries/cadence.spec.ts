import { idOf, log, NETWORK, on, story } from '#testkit';
import { Asked } from './harness.ts';
import { groups } from './oudenaarde-harness.ts';
import type { Moment } from './query.ts';

const oudenaarde = new Asked(log(...groups));

interface Report {
  readonly year: number;
  readonly items: readonly { readonly name: string; readonly cadence: object }[];
  readonly next: string | null;
}
const report = (asked: Asked, year?: number, moment: Moment = {}, page = {}): Promise<Report> =>
  asked.ask('getCadenceReport', { id: NETWORK, ...page, ...(year !== undefined && { year }) }, moment);

describe('how often groups met', () => {
  it('in Oudenaarde in 2014: 11 of 12 and 2 of 2 (S5)', async () =>
    expect((await report(oudenaarde, 2014)).items).toMatchObject([
      { name: 'OK Swaree', cadence: { timesPerYear: 12, held: 11, cancelled: 1, percent: '91.67', met: false } },
      { name: 'planning', cadence: { timesPerYear: 2, held: 2, cancelled: 0, percent: '100.00', met: true } },
    ]));

  it('in Antwerp in 2020: 2 of 3, not met (S1)', async () =>
    expect((await report(new Asked(story), 2020)).items).toMatchObject([
      { id: idOf('collectief'), cadence: { timesPerYear: 3, held: 2, cancelled: 1, percent: '66.67', met: false } },
    ]));

  it('is of the year of the moment asked for, as it stood then', async () => {
    for (const moment of [{ asOf: '2014-06-30' }, { effectiveAt: on('2014-06-30') }])
      expect(await report(oudenaarde, undefined, moment)).toMatchObject({
        year: 2014,
        items: [
          { cadence: { held: 6, planned: 6, percent: '50.00', met: false } },
          { cadence: { held: 1, planned: 1, percent: '50.00' } },
        ],
      });
  });

  it('comes in pages', async () => {
    const first = await report(oudenaarde, 2014, {}, { limit: 1 });
    expect(first.items.map(({ name }) => name)).toEqual(['OK Swaree']);
    const rest = await report(oudenaarde, 2014, {}, { limit: 1, cursor: first.next });
    expect([rest.items.map(({ name }) => name), rest.next]).toEqual([['planning'], null]);
  });
});
