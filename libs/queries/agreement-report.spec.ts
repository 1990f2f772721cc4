import type { SessionEvent } from '#domain';
import { at, idOf, log, on, stream } from '#testkit';
import { Asked } from './harness.ts';
import { GRANT, grantStory, moneyOf, WMB } from './money-harness.ts';
import {
  AGREEMENT,
  agreement,
  agreements,
  groups,
  HOLDERS,
  measurements,
  PARTICIPATIONS,
  right,
  work,
} from './oudenaarde-harness.ts';
import type { Moment } from './query.ts';

const session = (name: string, day: string) =>
  stream<SessionEvent>('session', idOf(name), {
    type: 'SessionHeld',
    data: {
      kind: 'workshop',
      title: name,
      topic: 'other',
      organisations: [],
      networks: [],
      participants: 9,
      confidentiality: 'open',
    },
    meta: at(on(day)),
  });
const sessions = [session('vroeg', '2013-12-31'), session('vorming', '2014-01-01')];
const asked = new Asked(log(...groups, ...agreements, ...work, ...sessions, right, ...measurements));
const report = (id: string, moment: Moment = {}): Promise<{ readonly items: readonly object[] }> =>
  asked.ask('getAgreementReport', { id }, moment);

describe('what became of an agreement', () => {
  it('is told of its period: objectives that went on, with the actions of that time', async () => {
    const { items } = await report(AGREEMENT);
    expect(items).toMatchObject([{ id: 'D1', actions: { total: 1, byStatus: { approved: 1, withdrawn: 0 } } }]);
    expect((await report(idOf('overeenkomst 1'))).items).toMatchObject([
      { id: 'D0', status: 'ended', actions: { total: 0 } },
      { id: 'D1', actions: { total: 1, byStatus: { withdrawn: 1 } } },
    ]);
  });

  it('says what was carried over from the one before, and who signed', async () =>
    expect(await report(AGREEMENT)).toMatchObject({
      agreement: { id: AGREEMENT, from: '2014-01-01', until: '2019-12-31' },
      predecessor: { id: idOf('overeenkomst 1'), status: 'superseded' },
      carriedOver: ['D1'],
      endedBefore: ['D0'],
      members: [{ organisation: idOf('stad') }, { organisation: idOf('ocmw'), signedAt: null }],
    }));

  it('has the years of its drawing right and no others, with own contributions by kind', async () =>
    expect(await report(AGREEMENT)).toMatchObject({
      drawingRights: [
        {
          years: [
            { year: 2014, eligibleCents: 661_300 },
            { year: 2015, eligibleCents: 650_000 },
            ...Array.from({ length: 4 }, () => ({})),
          ] as object[],
          totals: { rightCents: 6 * 661_300, ownCents: 2_622_600, drawnCents: 1_322_600, eligibleCents: 1_311_300 },
        },
      ],
      own: { own: 2_500_000, solidarity: 122_600, 'in-kind': 0 },
    }));

  it('counts the meetings of each group in its period', async () => {
    expect(await report(AGREEMENT)).toMatchObject({
      meetings: expect.arrayContaining([
        { id: idOf('OK Swaree'), kind: 'working-group', held: 11, planned: 0, cancelled: 1 },
        { id: idOf('planning'), kind: 'working-group', held: 2, planned: 0, cancelled: 0 },
      ]) as object,
    });
    expect(await report(idOf('overeenkomst 1'))).toMatchObject({ meetings: [] });
  });

  it('has what is measured of each objective, by the last period in its own', async () => {
    expect((await report(AGREEMENT)).items).toMatchObject([
      {
        indicators: [
          { id: PARTICIPATIONS, last: { period: { from: '2015-01-01' }, value: { text: '3906' } } },
          { id: HOLDERS, last: { period: { from: '2015-01-01' }, value: { text: '486' } } },
        ],
      },
    ]);
    expect((await report(AGREEMENT, { asOf: '2015-12-31' })).items).toMatchObject([
      { indicators: [{ last: null }, { last: { period: { until: '2014-12-31' }, value: { text: '412' } } }] },
    ]);
    expect((await report(idOf('overeenkomst 1'))).items).toMatchObject([
      {},
      { indicators: [{ last: null }, { last: null }] },
    ]);
  });

  it('has the sessions of its period', async () =>
    expect(await report(AGREEMENT)).toMatchObject({ sessions: [{ id: idOf('vorming'), participants: 9 }] }));

  it('at an earlier moment tells what there was', async () =>
    expect(await report(AGREEMENT, { asOf: '2014-12-31' })).toMatchObject({
      own: { own: 1_200_000, solidarity: 122_600 },
      drawingRights: [{ totals: { drawnCents: 661_300 } }],
    }));
});

describe('the money of grants', () => {
  const [before, during] = [{ from: '2010-01-01', until: '2019-12-31' }, { from: '2020-01-01' }];
  const asked = new Asked(
    moneyOf(
      grantStory,
      agreement('voor', '2009-12-01', { period: before, actions: [WMB] }),
      agreement('tijdens', '2019-12-01', { period: during }),
    ),
  );

  it('is that of grants with a period in its own, by action', async () => {
    expect(await asked.ask('getAgreementReport', { id: idOf('tijdens') })).toMatchObject({
      grants: [{ id: GRANT, totals: { awardCents: 8_500_000 } }],
      total: { actions: { total: 2 }, money: { acceptedCents: 4_670_000, allocatedCents: 600_000 } },
    });
  });

  it('of others is not its own, though an action rests on it', async () =>
    expect(await asked.ask('getAgreementReport', { id: idOf('voor') })).toMatchObject({
      grants: [],
      total: { actions: { total: 1 }, money: { acceptedCents: 0, allocatedCents: 0 } },
    }));
});
