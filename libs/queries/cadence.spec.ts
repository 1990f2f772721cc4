import type { GroupEvent, MeetingEvent } from '#domain';
import { at, idOf, log, NETWORK, on, stream, story, type Fact } from '#testkit';
import { Asked } from './harness.ts';
import type { Moment } from './query.ts';

const group = (name: string, timesPerYear: number | null) =>
  stream<GroupEvent>(
    'group',
    idOf(name),
    { type: 'GroupFounded', data: { name, kind: 'working-group' }, meta: at(on('2014-01-01')) },
    { type: 'CadenceSet', data: { timesPerYear }, meta: at(on('2014-01-01')) },
  );
const meeting = (body: string, month: number, how: 'MeetingHeld' | 'MeetingCancelled' = 'MeetingHeld') => {
  const day = `2014-${String(month).padStart(2, '0')}-03`;
  const facts: readonly Fact<MeetingEvent>[] = [
    { type: 'MeetingPlanned', data: { body: idOf(body), startsAt: on(day) }, meta: at(on('2014-01-02')) },
    { type: how, data: {}, meta: at(on(day)) },
  ];
  return stream<MeetingEvent>('meeting', idOf(`${body} ${month}`), ...facts);
};

/** 2014 in Oudenaarde (S5, `domain.md` §7). */
const oudenaarde = new Asked(
  log(
    group('OK Swaree', 12),
    group('planning', 2),
    group('denktank', null),
    ...Array.from({ length: 12 }, (_, i) => meeting('OK Swaree', i + 1, i === 6 ? 'MeetingCancelled' : 'MeetingHeld')),
    meeting('planning', 3),
    meeting('planning', 9),
  ),
);

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
