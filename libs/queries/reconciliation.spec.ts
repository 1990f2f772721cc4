import { canonical } from '#kernel';
import { allProjections, type Allocation, type Expenditure } from '#projections';
import type { Doc, ReadStore } from '#read-store';
import { memoryReadStore } from '#read-store/memory';
import { idOf, LEUVEN, NETWORK, on, projected } from '#testkit';
import { Asked } from './harness.ts';
import { GRANT, moneyStory, OVERHEAD, SUPPORT_BILL, WMB } from './money-harness.ts';

interface Account {
  readonly kind: string;
  readonly eventCents: number;
  readonly projectionCents: number;
  readonly exports: readonly { readonly list: string; readonly exportCents: number }[];
  readonly differenceCents: number;
}
interface Answer {
  readonly accounts: readonly Account[];
  readonly differenceCents: number;
  readonly expenditures: object;
  readonly withoutEvidence: object;
  readonly withoutMoney: object;
}

const asked = new Asked(moneyStory);
const ofGrant = (moment = {}): Promise<Answer> => asked.ask('getGrantReconciliation', { id: GRANT }, moment);
const ofNetwork = (moment = {}): Promise<Answer> => asked.ask('getNetworkReconciliation', { id: NETWORK }, moment);
const accountOf = ({ accounts }: Answer, kind: string) => accounts.find((one) => one.kind === kind);

describe('the reconciliation of a grant', () => {
  it('adds events, statement and lists up: they agree to the cent', async () => {
    const answer = await ofGrant();
    expect(answer.differenceCents).toBe(0);
    expect(accountOf(answer, 'acceptedCents')).toEqual({
      kind: 'acceptedCents',
      eventCents: 4_670_000,
      projectionCents: 4_670_000,
      exports: [
        { list: 'purposes', exportCents: 4_670_000 },
        { list: 'expenditures', exportCents: 4_670_000 },
        { list: 'grants', exportCents: 4_670_000 },
      ],
      differenceCents: 0,
    });
    expect(accountOf(answer, 'awardCents')).toMatchObject({ eventCents: 8_500_000 });
    expect(accountOf(answer, 'cashCents')).toMatchObject({ eventCents: 3_250_000 });
    expect(answer).toMatchObject({ events: 15 });
  });

  it('at any moment of either clock', async () => {
    for (const moment of [{ asOf: '2021-04-01' }, { effectiveAt: on('2021-04-01') }, { asOf: '2020-09-15' }]) {
      const answer = await ofGrant(moment);
      expect(answer.differenceCents).toBe(0);
      expect(await ofNetwork(moment)).toMatchObject({ differenceCents: 0 });
    }
    expect(accountOf(await ofGrant({ asOf: '2021-04-01' }), 'spentCents')).toMatchObject({ eventCents: 2_000_000 });
    expect(accountOf(await ofGrant({ effectiveAt: on('2021-04-01') }), 'spentCents')).toMatchObject({
      eventCents: 4_800_000,
    });
  });

  it('every euro reaches evidence or stands in the list without', async () =>
    expect(await ofGrant()).toMatchObject({
      expenditures: { count: 3, claimedCents: 4_880_000, provenCents: 4_800_000 },
      withoutEvidence: {
        count: 1,
        claimedCents: 80_000,
        items: [
          {
            grant: GRANT,
            expenditure: OVERHEAD,
            action: WMB,
            category: 'general',
            method: 'overhead',
            claimedCents: 80_000,
            status: 'recorded',
          },
        ],
      },
    }));

  it('evidence without money: what was claimed of a document and not booked, since then', async () => {
    expect(await ofGrant()).toMatchObject({
      withoutMoney: {
        count: 1,
        claimedCents: 100_000,
        items: [{ grant: GRANT, document: SUPPORT_BILL, claim: idOf('claim zonder boeking'), claimedCents: 100_000 }],
      },
    });
    expect(await ofGrant({ asOf: '2021-04-16' })).toMatchObject({ withoutMoney: { count: 0 } });
  });

  it('is not there for another network', async () => {
    const stranger = { networks: [LEUVEN] };
    expect(await asked.ask('getGrantReconciliation', { id: GRANT }, {}, stranger)).toBeUndefined();
    expect(await asked.ask('getNetworkReconciliation', { id: NETWORK }, {}, stranger)).toBeUndefined();
  });
});

it('the reconciliation of a network is that of its grants', async () =>
  expect(await ofNetwork()).toMatchObject({
    differenceCents: 0,
    events: 15,
    grants: [{ grant: GRANT, title: 'Projectsubsidie stad', differenceCents: 0 }],
    withoutEvidence: { count: 1 },
    withoutMoney: { count: 1 },
  }));

describe('a document that says something else than the events', () => {
  /** The story as a store holds it, with one document changed by hand. */
  async function tampered(model: string, change: (document: Doc) => object): Promise<Answer> {
    const store = memoryReadStore();
    await projected(store, allProjections, moneyStory);
    await alter(store, model, change);
    const reads = new Asked(moneyStory, untouched(store));
    return reads.ask('getGrantReconciliation', { id: GRANT });
  }
  const untouched = (store: ReadStore): ReadStore =>
    new Proxy(store, {
      get: (target, name) => {
        // The harness fills the store once more: it finds everything done.
        if (name === 'commit') return () => Promise.resolve();
        const member: unknown = Reflect.get(target, name, target);
        return typeof member === 'function' ? (member.bind(target) as unknown) : member;
      },
    });
  async function alter(store: ReadStore, model: string, change: (document: Doc) => object): Promise<void> {
    const { items } = await store.find<Doc>({ model });
    const { position, logId } = (await store.checkpoint(model, 1))!;
    const put = JSON.parse(canonical({ ...items[0]!, ...change(items[0]!) })) as Doc;
    await store.commit({ projection: model, generation: 1, from: position, to: position, logId, ops: [{ put }] });
  }

  it.each([
    [
      'allocation',
      'allocatedCents',
      (one: Doc) => ({ allocatedCents: (one as never as Allocation).allocatedCents + 1 }),
    ],
    ['commitment', 'committedCents', () => ({ openCents: 600_001 })],
    [
      'expenditure',
      'acceptedCents',
      (one: Doc) => ({ acceptedCents: (one as never as Expenditure).acceptedCents + 1 }),
    ],
    ['grant-card', 'paidCents', (one: Doc) => ({ totals: { ...(one['totals'] as object), paidCents: 999_999 } })],
  ] as const)('is found in %s', async (model, kind, change) => {
    const answer = await tampered(model, change);
    expect(answer.differenceCents).toBeGreaterThan(0);
    expect(answer.accounts.filter((one) => one.differenceCents > 0).map((one) => one.kind)).toEqual([kind]);
  });
});
