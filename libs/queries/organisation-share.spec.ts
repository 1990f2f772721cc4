import { idOf, LEUVEN, NETWORK, on } from '#testkit';
import { Asked } from './harness.ts';
import { CITY, GRANT, HOUSING, HOUSING_NUMBER, moneyStory } from './money-harness.ts';

const asked = new Asked(moneyStory);
interface Share {
  readonly networks: readonly object[];
  readonly totals: object;
}
const share = (id: string, moment = {}, networks = [NETWORK, LEUVEN]): Promise<Share> =>
  asked.ask('getOrganisationShare', { id }, moment, { networks });

describe('the share of an organisation over all networks', () => {
  it('is its seats, its staff, its orders and the money it was paid', async () => {
    const totals = {
      awardedCents: 0,
      paidCents: 1_000_000,
      orderedCents: 3_000_000,
      openCents: 200_000,
      sentBp: 8_000,
      receivedBp: 0,
    };
    expect(await share(HOUSING)).toMatchObject({
      organisation: { id: HOUSING, name: 'Huisvesting', enterpriseNumber: HOUSING_NUMBER },
      networks: [
        {
          network: NETWORK,
          memberships: [{ seat: 'stem', sector: 'housing', from: on('2018-02-01'), until: null }],
          sent: [{ secondee: idOf('worker'), function: 'Begeleider' }],
          received: [],
          funded: [],
          commitments: 1,
          totals,
        },
      ],
      totals,
    });
  });

  it('is the grants that it gives', async () =>
    expect(await share(CITY)).toMatchObject({
      networks: [{ network: NETWORK, memberships: [], funded: [{ id: GRANT, totals: { acceptedCents: 4_670_000 } }] }],
      totals: { awardedCents: 8_500_000, paidCents: 0, orderedCents: 0 },
    }));

  it('as it was known and as it held at a moment', async () => {
    expect(await share(HOUSING, { asOf: '2021-04-01' })).toMatchObject({
      totals: { paidCents: 0, orderedCents: 3_000_000, openCents: 3_000_000, sentBp: 8_000 },
    });
    expect(await share(HOUSING, { effectiveAt: on('2021-04-01') })).toMatchObject({ totals: { openCents: 200_000 } });
    expect(await share(HOUSING, { effectiveAt: on('2020-12-01') })).toMatchObject({ totals: { sentBp: 0 } });
  });

  it('is bounded by the networks of the caller', async () => {
    const { networks, totals } = await share(HOUSING, {}, [LEUVEN]);
    expect(networks).toEqual([]);
    expect(totals).toMatchObject({ paidCents: 0, orderedCents: 0, sentBp: 0 });
  });
});
