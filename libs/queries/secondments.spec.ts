import { secondmentsOf, type SecondmentEvent } from '#domain';
import { at, idOf, LEUVEN, log, NETWORK, on, stream, type Fact, type StreamFacts } from '#testkit';
import { Asked } from './harness.ts';

type Agreed = Extract<SecondmentEvent, { readonly type: 'SecondmentAgreed' }>;
const meta = (day: string, network = NETWORK, recorded = day) => ({ meta: { ...at(on(day), on(recorded)), network } });
const agreed = (name: string, fteBp: number, more: Partial<Agreed['data']> = {}): Fact<SecondmentEvent> => ({
  type: 'SecondmentAgreed',
  data: {
    secondment: idOf(`detachering ${name}`),
    secondee: idOf(name),
    sender: idOf('dop'),
    receiver: NETWORK,
    function: name,
    fteBp,
    from: '2019-01-01',
    temporary: false,
    ...more,
  },
  ...meta('2018-12-01'),
});
const charged = (name: string, shareBp: number, day = '2020-01-15'): Fact<SecondmentEvent> => ({
  type: 'StaffCostCharged',
  data: {
    claim: idOf(name),
    grant: idOf('tafels'),
    secondee: idOf('worker'),
    from: '2019-01-01',
    until: '2019-12-31',
    shareBp,
  },
  ...meta(day),
});
const of = (name: string, ...facts: readonly Fact<SecondmentEvent>[]): StreamFacts =>
  stream<SecondmentEvent>('secondment', secondmentsOf(idOf(name)), ...facts);
const elsewhere = (fact: Fact<SecondmentEvent>, network = LEUVEN): Fact<SecondmentEvent> => ({
  ...fact,
  meta: { ...fact.meta, network },
});

/** S4 of `domain.md` §7, with a secondment and a charge of another network on one of the streams. */
const asked = new Asked(
  log(
    of('verbindingsteam', agreed('verbindingsteam', 10_000)),
    of('tafelteam', agreed('tafelteam', 10_000)),
    of(
      'worker',
      agreed('worker', 8_000),
      elsewhere(agreed('elders', 2_000, { secondee: idOf('worker') })),
      charged('claim 1', 6_000),
      { type: 'StaffCostReleased', data: { claim: idOf('claim 1') }, ...meta('2020-02-01') },
      charged('claim 2', 8_000, '2020-02-02'),
      elsewhere(charged('claim 3', 2_000)),
    ),
    of('temporary', agreed('temporary', 5_000, { until: '2019-06-30', temporary: true })),
    of(
      'coach',
      agreed('coach', 8_000),
      {
        type: 'SecondmentChanged',
        data: { secondment: idOf('detachering coach'), from: '2020-01-01', fteBp: 4_000 },
        ...meta('2019-12-01', NETWORK, '2020-02-01'),
      },
      {
        type: 'SecondmentEnded',
        data: { secondment: idOf('detachering coach'), until: '2020-06-30' },
        ...meta('2020-06-01'),
      },
    ),
  ),
);

interface Statement {
  readonly on: string;
  readonly totalBp: number;
  readonly secondments: readonly {
    readonly bp: number;
    readonly secondment: { readonly function: string; readonly network: string };
  }[];
  readonly charges: readonly object[];
}
const statement = (day?: string, moment = {}, network = NETWORK): Promise<Statement> =>
  asked.ask(
    'getSecondmentStatement',
    { network, ...(day !== undefined && { on: day }) },
    moment,
    network === LEUVEN ? { networks: [LEUVEN] } : {},
  );

/** Of those agreed in the network itself: the one whom another network lends it works there too. */
const agreedHere = async (day: string): Promise<number> => {
  const { totalBp, secondments } = await statement(day);
  const lent = secondments.filter(({ secondment }) => secondment.network === LEUVEN);
  expect(lent).toMatchObject([{ bp: 2_000, secondment: { receiver: NETWORK } }]);
  return totalBp - 2_000;
};

describe('who is seconded on a day (S4)', () => {
  it('with all of them together', async () => {
    expect(await agreedHere('2019-03-01')).toBe(41_000);
    expect(await agreedHere('2019-09-01')).toBe(36_000);
    expect(await statement('2018-12-31')).toMatchObject({ totalBp: 0, secondments: [], charges: [] });
  });

  it('on its last day and not after it', async () => {
    const there = async (day: string) =>
      (await statement(day)).secondments.map(({ secondment }) => secondment.function);
    expect(await there('2019-06-30')).toContain('temporary');
    expect(await there('2019-07-01')).not.toContain('temporary');
  });

  it('as it has changed and ended', async () => {
    const bpOf = async (day: string, moment = {}) =>
      (await statement(day, moment)).secondments.find(({ secondment }) => secondment.function === 'coach')?.bp;
    expect(await bpOf('2019-12-31')).toBe(8_000);
    expect(await bpOf('2020-01-01')).toBe(4_000);
    expect(await bpOf('2020-07-01')).toBeUndefined();
    expect(await bpOf('2020-07-01', { asOf: '2020-05-31' })).toBe(4_000);
    expect(await bpOf('2020-01-01', { asOf: '2020-01-31' })).toBe(8_000);
    expect(await bpOf('2020-01-01', { effectiveAt: on('2020-01-31') })).toBe(4_000);
  });

  it('with what grants pay of their cost; a claim that was released is no more', async () => {
    const { charges } = await statement('2019-03-01');
    const before = await statement('2019-03-01', { asOf: '2020-01-31' });
    expect(before.charges).toMatchObject([{ claim: idOf('claim 1'), shareBp: 6_000 }]);
    expect(charges).toMatchObject([{ claim: idOf('claim 2'), shareBp: 8_000, grant: idOf('tafels') }]);
    expect((await statement('2020-01-01')).charges).toEqual([]);
  });

  it('by default on the day asked for', async () => {
    expect(await statement()).toMatchObject({ on: '2022-12-31', totalBp: 30_000 });
    expect(await statement(undefined, { asOf: '2019-03-01' })).toMatchObject({ on: '2019-03-01', totalBp: 43_000 });
  });

  it('only of one’s own networks, at each moment', async () => {
    for (const moment of [{}, { asOf: '2020-12-31' }, { effectiveAt: on('2020-12-31') }]) {
      const theirs = await statement('2019-03-01', moment, LEUVEN);
      expect(theirs).toMatchObject({ totalBp: 2_000, charges: [{ claim: idOf('claim 3') }] });
      expect(theirs.secondments).toMatchObject([{ bp: 2_000, secondment: { function: 'elders', network: LEUVEN } }]);
    }
    const stranger = { networks: [LEUVEN] };
    expect(await asked.ask('getSecondmentStatement', { network: NETWORK }, {}, stranger)).toBeUndefined();
  });
});
