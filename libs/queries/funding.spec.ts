import type { GrantEvent } from '#domain';
import { idOf, LEUVEN, NETWORK, on } from '#testkit';
import { Asked } from './harness.ts';
import { fact, GRANT, moneyOf, moneyStory, PILOT, programme, PROJECTS, WMB, awarded } from './money-harness.ts';

interface Overview {
  readonly totals: Readonly<Record<string, number>>;
  readonly lapsingCents: number;
  readonly grants: readonly { readonly grant: object; readonly lapses: object | null }[];
  readonly drawingRights: object;
  readonly projects: readonly object[];
  readonly programme: { readonly totals: object; readonly grants: number };
}

const asked = new Asked(moneyStory);
const funding = (moment = {}): Promise<Overview> => asked.ask('getFundingOverview', { id: NETWORK }, moment);

describe('the funding of a network (S1)', () => {
  it('adds up what became of its grants', async () => {
    const { totals, grants } = await funding();
    expect(totals).toEqual({
      awardCents: 8_500_000,
      unallocatedCents: 2_500_000,
      allocatedCents: 600_000 + 80_000 - 80_000,
      committedCents: 600_000,
      spentCents: 80_000,
      acceptedCents: 4_720_000 - 50_000,
      correctedCents: 50_000,
      lapsedCents: 0,
      receivedCents: 4_250_000,
      cashCents: 3_250_000,
      paidCents: 1_000_000,
      repayableCents: 0,
      repaidCents: 0,
      ownCents: 1_200_000,
      otherGrantCents: 0,
      solidarityCents: 0,
      inKindCents: 0,
    });
    expect(grants).toMatchObject([{ grant: { id: GRANT, title: 'Projectsubsidie stad' } }]);
  });

  it('as it was known and as it held at a moment, what was registered late included (S1 as-of)', async () => {
    expect((await funding({ asOf: '2021-04-01' })).totals).toMatchObject({ spentCents: 2_000_000, acceptedCents: 0 });
    expect((await funding({ effectiveAt: on('2021-04-01') })).totals).toMatchObject({
      spentCents: 4_800_000,
      acceptedCents: 0,
    });
    expect((await funding({ asOf: '2021-04-16' })).totals).toMatchObject({ spentCents: 0, acceptedCents: 4_720_000 });
  });

  it('says what lapses from the warning days of the scheme on, and still after the period', async () => {
    const of = async (day: string) => (await funding({ effectiveAt: on(day) })).grants[0]!.lapses;
    expect(await of('2022-10-01')).toBeNull();
    expect(await of('2022-10-02')).toEqual({ lapsingCents: 3_700_000, on: '2022-12-31' });
    expect(await of('2023-02-01')).toEqual({ lapsingCents: 3_700_000, on: '2022-12-31' });
    expect((await funding({ effectiveAt: on('2022-10-02') })).lapsingCents).toBe(3_700_000);
  });

  it('adds its drawing rights up', async () =>
    expect((await funding()).drawingRights).toEqual({
      totals: { rightCents: 1_322_600, drawnCents: 661_300, eligibleCents: 0, recoverCents: 0, repaidCents: 0 },
      items: [
        {
          id: idOf('recht'),
          from: 2020,
          until: 2021,
          rightCents: 1_322_600,
          drawnCents: 661_300,
          eligibleCents: 0,
          recoverCents: 0,
          repaidCents: 0,
        },
      ],
    }));

  it('is not there for who has no role in it', async () =>
    expect(await asked.ask('getFundingOverview', { id: NETWORK }, {}, { networks: [LEUVEN] })).toBeUndefined());
});

describe('the funding of a programme (S4)', () => {
  const three = new Asked(programme);
  const of = (networks: readonly string[]): Promise<Overview> =>
    three.ask('getFundingOverview', { id: LEUVEN }, {}, { networks });

  it('is that of its projects: three times 1 000 000.00 is 3 000 000.00', async () => {
    const answer = await of([LEUVEN, ...PROJECTS]);
    expect(answer.projects).toMatchObject(
      PROJECTS.map((network) => ({ network, totals: { awardCents: 100_000_000 }, grants: 1 })),
    );
    expect(answer.totals).toMatchObject({ awardCents: 0 });
    expect(answer.programme).toMatchObject({ totals: { awardCents: 300_000_000 }, grants: 3 });
  });

  it('holds only those in which the caller has a role', async () =>
    expect((await of([LEUVEN, PROJECTS[1]!])).programme).toMatchObject({
      totals: { awardCents: 100_000_000 },
      grants: 1,
    }));
});

interface Requests {
  readonly items: readonly {
    readonly action: string;
    readonly missingCents: number;
    readonly grants: readonly object[];
  }[];
  readonly next: string | null;
}

describe('requests for funding', () => {
  const requests = (moment = {}, params = {}): Promise<Requests> =>
    asked.ask('listFundingRequests', { network: NETWORK, ...params }, moment);
  const left = { grant: GRANT, title: 'Projectsubsidie stad', period: { from: '2020-09-01', until: '2022-12-31' } };

  it('say what is missing, and which grants have money left', async () => {
    const { items } = await requests({ effectiveAt: on('2022-12-31') });
    expect(items).toEqual([
      {
        action: WMB,
        title: { nl: 'Wonen met begeleiding' },
        status: 'approved',
        requests: [expect.objectContaining({ amountCents: 6_500_000, purpose: 'Huurwaarborgen' })],
        requestedCents: 6_500_000,
        setAsideCents: 6_000_000 - 50_000 - 200_000,
        missingCents: 750_000,
        grants: [{ ...left, unallocatedCents: 2_500_000 }],
      },
    ]);
  });

  it('before money was set aside, all of it was missing; before the award, no grant had any', async () => {
    expect((await requests({ asOf: '2020-09-15' })).items).toMatchObject([
      { setAsideCents: 0, missingCents: 6_500_000, grants: [{ ...left, unallocatedCents: 8_500_000 }] },
    ]);
    expect((await requests({ asOf: '2020-09-14' })).items).toMatchObject([{ missingCents: 6_500_000, grants: [] }]);
  });

  it('find no grant whose period is over', async () =>
    expect((await requests({ effectiveAt: on('2023-01-01') })).items).toMatchObject([{ grants: [] }]));

  it('come in pages of actions that asked: those that did not take no room', async () => {
    const first = await requests({}, { limit: 1 });
    expect(first.items.map(({ action }) => action)).toEqual([WMB]);
    expect(first.next).not.toBeNull();
    expect(await requests({}, { limit: 1, cursor: first.next })).toMatchObject({ items: [], next: null });
    expect(first.items.map(({ action }) => action)).not.toContain(PILOT);
  });
});

it('a request that is met wants no grant', async () => {
  const facts = [
    fact<GrantEvent>('2020-09-15', { type: 'GrantAwarded', data: awarded() }),
    fact<GrantEvent>('2020-09-16', {
      type: 'Allocated',
      data: { action: WMB, category: 'general', amountCents: 7_000_000 },
    }),
  ];
  const met = new Asked(moneyOf(facts));
  const { items }: Requests = await met.ask('listFundingRequests', { network: NETWORK });
  expect(items).toMatchObject([{ missingCents: 0, grants: [] }]);
});
