import type { Query } from '#read-store';
import { memoryReadStore } from '#read-store/memory';
import { idOf, LEUVEN, NETWORK, on } from '#testkit';
import { Asked } from './harness.ts';
import {
  D1,
  D2,
  evidence,
  GRANT,
  moneyStory,
  OVERHEAD,
  PILOT,
  RENT,
  RENT_BILL,
  SUPPORT,
  WMB,
} from './money-harness.ts';

interface Step {
  readonly part: string;
  readonly type: string;
  readonly decision: string | null;
  readonly lines: readonly object[];
  readonly data: object;
}
interface Trace {
  readonly expenditure: object;
  readonly steps: readonly Step[];
  readonly decisions: readonly { readonly id: string }[];
  readonly document: object | null;
  readonly standingCents: number;
}

const asked = new Asked(moneyStory);
const trace = (expenditure: string, moment = {}): Promise<Trace> =>
  asked.ask('getExpenditureTrace', { id: GRANT, expenditure }, moment);
const told = ({ steps }: Trace) => steps.map(({ part, type }) => `${part} ${type}`);
const stepOf = ({ steps }: Trace, type: string) => steps.find((one) => one.type === type);

describe('from a euro to its decision', () => {
  it('tells all that led to it and what became of it', async () => {
    const answer = await trace(RENT);
    expect(told(answer)).toEqual([
      'award GrantAwarded',
      'allocation Allocated',
      'allocation Transferred',
      'commitment Committed',
      'expenditure ExpenditureRecorded',
      'verification ExpenditureVerified',
      'correction ExpenditureCorrected',
      'finding AuditFindingRaised',
      'finding AuditFindingClosed',
      'instalment InstalmentReceived',
    ]);
    expect(answer).toMatchObject({
      expenditure: {
        event: RENT,
        status: 'accepted',
        claimedGrantCents: 2_800_000,
        correctedCents: 50_000,
        findings: 1,
      },
      standingCents: 2_750_000,
    });
  });

  it('each event says who, when on both clocks, on which decision, and what it moved', async () => {
    const answer = await trace(RENT);
    expect(stepOf(answer, 'ExpenditureRecorded')).toMatchObject({
      event: RENT,
      occurredAt: on('2021-03-31'),
      recordedAt: on('2021-04-02'),
      actor: { subject: idOf('finance'), role: 'finance' },
      evidence: [evidence('Betaling')],
      lines: [
        { book: 'budget', account: `committed/${idOf('c-huur')}`, cents: -2_800_000 },
        { book: 'budget', account: `spent/${RENT}`, cents: 2_800_000 },
        { book: 'memo', account: `own/${RENT}`, cents: 700_000 },
      ],
    });
    expect(stepOf(answer, 'Allocated')).toMatchObject({ decision: D1 });
    expect(stepOf(answer, 'GrantAwarded')).toMatchObject({
      data: { funderDecision: { reference: 'CBS 2020/07412' }, schemeVersion: 1 },
    });
    expect(stepOf(answer, 'Committed')).toMatchObject({ evidence: [evidence('Bestelbon')] });
    expect(answer.decisions.map(({ id }) => id)).toEqual([D1, D2]);
  });

  it('tells what was refused and why', async () =>
    expect(stepOf(await trace(SUPPORT), 'ExpenditureVerified')).toMatchObject({
      data: { refusals: [{ cents: 100_000, reason: 'Verplaatsingen buiten de actie' }] },
    }));

  it('tells what other grants claimed of its document: those of others as one sum', async () => {
    expect((await trace(RENT)).document).toMatchObject({
      document: { id: RENT_BILL, number: 'H-1', grossCents: 3_500_000 },
      claims: [{ grant: GRANT, network: NETWORK, claimedCents: 2_800_000 }],
      elsewhereCents: 300_000,
    });
    expect(JSON.stringify(await trace(RENT))).not.toContain(LEUVEN);
    expect((await trace(OVERHEAD)).document).toBeNull();
  });

  it('as it was known and as it held at a moment, what was registered late included', async () => {
    expect(await trace(RENT, { asOf: '2021-04-01' })).toBeUndefined();
    expect(told(await trace(RENT, { effectiveAt: on('2021-04-01') }))).toEqual([
      'award GrantAwarded',
      'allocation Allocated',
      'commitment Committed',
      'expenditure ExpenditureRecorded',
      'instalment InstalmentReceived',
    ]);
    expect(await trace(RENT, { effectiveAt: on('2021-04-01') })).toMatchObject({
      expenditure: { status: 'recorded' },
      document: { elsewhereCents: 0 },
    });
    expect(await trace(RENT, { asOf: '2021-05-01' })).toMatchObject({ standingCents: 2_800_000 });
  });

  it('what there is not, or not for the caller, is not told', async () => {
    expect(await trace(idOf('niets'))).toBeUndefined();
    expect(await trace(idOf('c-huur'))).toBeUndefined();
    const stranger = { networks: [LEUVEN] };
    expect(await asked.ask('getExpenditureTrace', { id: GRANT, expenditure: RENT }, {}, stranger)).toBeUndefined();
    expect(await asked.ask('getDecisionMoney', { id: D1 }, {}, stranger)).toBeUndefined();
  });

  it('reads by what an index of the journal holds, never all of the grant', async () => {
    const store = memoryReadStore();
    const finds: Query[] = [];
    const noting = new Proxy(store, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return (...args: readonly unknown[]): unknown => {
          if (name === 'find') finds.push(args[0] as Query);
          return Reflect.apply(member, target, args);
        };
      },
    });
    const watched = new Asked(moneyStory, noting);
    for (const moment of [{}, { asOf: '2021-12-31' }, { effectiveAt: on('2021-12-31') }])
      expect(await watched.ask('getExpenditureTrace', { id: GRANT, expenditure: RENT }, moment)).toBeDefined();
    const others = ['decision', 'document', 'action', 'organisation', 'network'];
    const ofGrant = finds
      .filter(({ model, sort = ['id', 1] }) => model === 'journal' && sort[0] === 'position')
      .filter(({ where = [] }) => !where.some(([, , value]) => others.includes(String(value))))
      .map(({ where = [] }) => where.flatMap(([field, op]) => (op === 'eq' ? field : [])).slice(0, 2));
    const [booking, ...rest] = ofGrant;
    expect(booking).toEqual(['eventId']);
    expect(new Set(rest.map(String))).toEqual(new Set(['data.expenditure', 'eventId', 'streamId,type']));
    expect(finds.map(({ model }) => model)).not.toContain('expenditure');
  });
});

interface Money {
  readonly events: readonly object[];
  readonly purposes: readonly { readonly purpose: { readonly action: string } }[];
}
const money = (id: string, moment = {}): Promise<Money> => asked.ask('getDecisionMoney', { id }, moment);

describe('from a decision to its euros', () => {
  it('tells what was booked on it, and what became of the purposes', async () =>
    expect(await money(D1)).toMatchObject({
      decision: { id: D1, outcome: 'approve' },
      eventCount: 1,
      events: [
        {
          type: 'Allocated',
          lines: [
            { account: 'unallocated', cents: -6_000_000 },
            { account: `allocated/${WMB}/general`, cents: 6_000_000 },
          ],
        },
      ],
      purposes: [
        {
          grant: GRANT,
          purpose: { action: WMB, category: 'general', acceptedCents: 4_670_000, spentCents: 80_000 },
          expenditures: 3,
          statuses: [
            { status: 'recorded', count: 1 },
            { status: 'accepted', count: 1 },
            { status: 'partly', count: 1 },
            { status: 'rejected', count: 0 },
          ],
          items: [{ event: SUPPORT }, { event: OVERHEAD }, { event: RENT, correctedCents: 50_000 }],
        },
      ],
    }));

  it('a transfer is of both purposes', async () => {
    const { purposes } = await money(D2);
    expect(purposes.map(({ purpose }) => purpose.action).toSorted()).toEqual([WMB, PILOT].toSorted());
  });

  it('as it was known and as it held at a moment', async () => {
    expect(await money(D2, { asOf: '2021-06-30' })).toMatchObject({ events: [], eventCount: 0, purposes: [] });
    expect(await money(D1, { effectiveAt: on('2021-04-01') })).toMatchObject({
      purposes: [{ purpose: { spentCents: 4_800_000 }, statuses: [{ count: 2 }, {}, {}, {}] }],
    });
    expect(await money(D1, { asOf: '2021-04-01' })).toMatchObject({
      purposes: [{ purpose: { spentCents: 2_000_000 } }],
    });
  });
});
