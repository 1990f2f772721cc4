import { idOf, LEUVEN, NETWORK, on } from '#testkit';
import { Asked } from './harness.ts';
import { GRANT, moneyStory, RENT, RENT_BILL, SUPPORT, SUPPORT_BILL } from './money-harness.ts';
import type { Moment } from './index.ts';

const asked = new Asked(moneyStory);
const matrix = async (moment: Moment = {}, network = NETWORK) => {
  const { items }: { readonly items: readonly { readonly id: string }[] } = await asked.ask(
    'getDocumentMatrix',
    { network },
    moment,
    { networks: [network] },
  );
  return new Map(items.map((item) => [item.id, item]));
};
const booked = (expenditure: string, standingCents: number, status: string) => [
  { grant: GRANT, expenditure, status, standingCents },
];

describe('the documents and the grants that have of them', () => {
  it('say what stands, and what is claimed and not booked yet, of other networks too', async () => {
    const found = await matrix();
    expect(found.get(RENT_BILL)).toMatchObject({
      grossCents: 3_500_000,
      // 28 000.00, of which 500.00 was taken back.
      grants: booked(RENT, 2_750_000, 'accepted'),
      elsewhereCents: 0,
      pendingCents: 300_000,
      standingCents: 3_050_000,
    });
    expect(found.get(SUPPORT_BILL)).toMatchObject({
      grants: booked(SUPPORT, 1_920_000, 'partly'),
      pendingCents: 100_000,
      standingCents: 2_020_000,
    });
  });

  it('tell no network of the grants of another, only how much they have', async () =>
    expect((await matrix({}, LEUVEN)).get(RENT_BILL)).toMatchObject({
      grants: [],
      elsewhereCents: 2_750_000,
      pendingCents: 300_000,
      standingCents: 3_050_000,
    }));

  it('are as they were known', async () =>
    expect((await matrix({ asOf: '2021-04-10' })).get(RENT_BILL)).toMatchObject({
      grants: booked(RENT, 2_800_000, 'recorded'),
      pendingCents: 0,
      standingCents: 2_800_000,
    }));

  it('say of a day what held then; what is claimed, they say as it is known', async () => {
    const then = { effectiveAt: on('2021-04-10') };
    expect((await matrix(then)).get(RENT_BILL)).toMatchObject({
      grants: booked(RENT, 2_800_000, 'recorded'),
      pendingCents: 300_000,
    });
    expect((await matrix({ ...then, asOf: '2021-04-10' })).get(RENT_BILL)).toMatchObject({
      grants: booked(RENT, 2_800_000, 'recorded'),
      pendingCents: 0,
    });
    expect((await matrix({ effectiveAt: on('2021-03-30') })).get(RENT_BILL)).toMatchObject({ grants: [] });
  });

  it('show when one file stands under more than one number, here or elsewhere', async () => {
    // The bills of the story were all given the same hash.
    expect((await matrix()).get(RENT_BILL)).toMatchObject({ sameFile: [SUPPORT_BILL], sameFileElsewhere: 0 });
    expect((await matrix({}, LEUVEN)).get(RENT_BILL)).toMatchObject({ sameFile: [], sameFileElsewhere: 1 });
  });

  it('are kept without end while a grant runs', async () =>
    expect((await matrix()).get(SUPPORT_BILL)).toMatchObject({ retainUntil: null }));

  it('are not there for who is in another network', async () =>
    expect(await asked.ask('getDocumentMatrix', { network: idOf('elders') })).toBeUndefined());
});
