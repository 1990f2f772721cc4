import {
  addDays,
  floorShare,
  fold,
  isPrior,
  isRejected,
  nothing,
  withEntry,
  type Day,
  type DecisionContext,
} from '#kernel';
import { AN, elsewhere, given, idOf, NETWORK, record, schemeTerms, type Fact } from '#testkit';
import fc from 'fast-check';
import type { GrantEvent } from '../grant/events.ts';
import { grant } from '../grant/state.ts';
import { network } from '../network/state.ts';
import { organisation } from '../organisation/state.ts';
import { person } from '../person/state.ts';
import type { Decide } from '../rejections.ts';
import type { ChargeStaffCost } from './commands.ts';
import { agree, change, charge, end, release } from './decide.ts';
import type { SecondmentEvent } from './events.ts';
import { secondmentCommands } from './index.ts';
import { secondment, secondmentsOf, spansOf, type Secondee } from './state.ts';

const [WORKER, DOP, TAFELS, GENT, FIRST] = ['worker', 'dop', 'tafels', 'gent', 'first'].map(idOf) as [
  string,
  string,
  string,
  string,
  string,
];
const EVENT = idOf('event');
const said = {
  network: NETWORK,
  secondee: WORKER,
  sender: DOP,
  receiver: TAFELS,
  function: 'Medewerker',
  fteBp: 8_000,
  from: '2019-01-01',
};
const agreed = (
  data: Partial<Extract<SecondmentEvent, { type: 'SecondmentAgreed' }>['data']> = {},
  home = NETWORK,
): Fact<SecondmentEvent> => ({
  type: 'SecondmentAgreed',
  data: {
    secondment: FIRST,
    secondee: WORKER,
    sender: DOP,
    receiver: TAFELS,
    function: 'Medewerker',
    fteBp: 8_000,
    from: '2019-01-01',
    temporary: false,
    ...data,
  },
  meta: { network: home },
});
const founded = (id: string) =>
  elsewhere(network, id, {
    type: 'NetworkFounded',
    data: { kind: 'programme', name: '1G1P', regions: [], parent: null },
  });
const world = [
  founded(NETWORK),
  founded(TAFELS),
  elsewhere(organisation, DOP, {
    type: 'OrganisationRegistered',
    data: { name: 'D.O.P.', sector: 'care', units: [], enterpriseNumber: null, umbrellaOf: [] },
  }),
  elsewhere(person, WORKER, { type: 'PersonRegistered', data: {} }),
];
const context = { eventId: EVENT };

describe('a secondment is agreed', () => {
  it('by one organisation with a network or with another organisation', () => {
    given(secondment, ...world)
      .when(agree, said, context)
      .then({ type: 'SecondmentAgreed', data: { ...agreed().data, secondment: EVENT } });
    given(secondment, ...world)
      .when(agree, { ...said, receiver: DOP }, context)
      .then({ type: 'SecondmentAgreed', data: { ...agreed().data, secondment: EVENT, receiver: DOP } });
  });

  it('for a while, with a rule on who bears the cost', () => {
    const more = { until: '2019-06-30', temporary: true, costRule: 'De helft' };
    given(secondment, ...world)
      .when(agree, { ...said, ...more }, context)
      .then({ type: 'SecondmentAgreed', data: { ...agreed().data, ...more, secondment: EVENT } });
    given(secondment, ...world)
      .when(agree, { ...said, until: '2018-12-31' })
      .rejects('period-reversed', { from: '2019-01-01', until: '2018-12-31' });
  });

  it.each([
    ['network', NETWORK, { network: idOf('x') }],
    ['secondee', WORKER, { secondee: idOf('x') }],
    ['sender', DOP, { sender: idOf('x') }],
    ['receiver', TAFELS, { receiver: idOf('x') }],
  ] as const)('of a %s that is known', (member, _id, wrong) =>
    given(secondment, ...world)
      .when(agree, { ...said, ...wrong })
      .rejects('unknown-reference', { member, id: idOf('x') }),
  );

  it('while all of the person, over all networks, stays within full time on each day (S4)', () => {
    const more = { ...said, fteBp: 3_000, from: '2019-03-01' };
    const params = { day: '2019-03-01', bp: 8_000, asked: 3_000 };
    given(secondment, ...world, agreed())
      .when(agree, more)
      .rejects('fte-over-100', params);
    given(secondment, ...world, agreed({}, GENT))
      .when(agree, more)
      .rejects('fte-over-100', params);
    given(secondment, ...world, agreed())
      .when(agree, { ...more, fteBp: 2_000 }, context)
      .then({
        type: 'SecondmentAgreed',
        data: { ...agreed().data, secondment: EVENT, fteBp: 2_000, from: '2019-03-01' },
      });
    given(secondment, ...world, agreed({ until: '2019-02-28' }))
      .when(agree, more, context)
      .then({
        type: 'SecondmentAgreed',
        data: { ...agreed().data, secondment: EVENT, fteBp: 3_000, from: '2019-03-01' },
      });
    given(secondment, ...world, agreed({ until: '2019-03-01' }))
      .when(agree, more)
      .rejects('fte-over-100', params);
  });
});

describe('a secondment changes', () => {
  const half = { secondment: FIRST, from: '2019-07-01', fteBp: 5_000 };
  const changed: SecondmentEvent = { type: 'SecondmentChanged', data: half };
  const other = (data: object) => agreed({ secondment: idOf('other'), ...data }, GENT);

  it('from a day on', () => given(secondment, agreed()).when(change, half).then(changed));

  it('until another day', () => {
    const until = { secondment: FIRST, from: '2019-07-01', until: '2019-12-31' };
    given(secondment, agreed({ until: '2019-08-31' }))
      .when(change, until)
      .then({ type: 'SecondmentChanged', data: until });
    given(secondment, agreed())
      .when(change, { ...until, until: '2019-06-30' })
      .rejects('period-reversed');
  });

  it('on one of its days', () => {
    const until = '2019-06-30';
    given(secondment, agreed({ until }))
      .when(change, half)
      .rejects('outside-period', { asked: '2019-07-01', from: '2019-01-01', until });
    given(secondment, agreed({ until }))
      .when(change, { ...half, from: '2018-12-31' })
      .rejects('outside-period');
  });

  it('when something becomes another', () => {
    given(secondment, agreed()).when(change, { secondment: FIRST, from: '2019-07-01' }).rejects('nothing-changed');
    given(secondment, agreed(), changed).when(change, half).thenNothing();
  });

  it('within full time on each day', () => {
    const full = { ...half, fteBp: 8_001 };
    given(secondment, agreed({ fteBp: 2_000 }), other({ fteBp: 2_000, from: '2019-09-01' }))
      .when(change, full)
      .rejects('fte-over-100', { day: '2019-09-01', bp: 2_000, asked: 8_001 });
    given(secondment, agreed({ until: '2019-06-30' }), other({ fteBp: 3_000, from: '2019-07-01' }))
      .when(change, { secondment: FIRST, from: '2019-06-01', until: '2019-07-01' })
      .rejects('fte-over-100', { day: '2019-07-01', bp: 3_000, asked: 8_000 });
  });

  it('until the next change, whichever is told first', () => {
    const { state } = given(secondment, agreed(), changed, {
      type: 'SecondmentChanged',
      data: { secondment: FIRST, from: '2019-03-01', fteBp: 6_000 },
    });
    if (state.status === 'none') throw new Error('none');
    expect(spansOf(state.secondments[FIRST]!)).toEqual([
      { from: '2019-01-01', until: '2019-02-28', bp: 8_000 },
      { from: '2019-03-01', until: '2019-06-30', bp: 6_000 },
      { from: '2019-07-01', until: null, bp: 5_000 },
    ]);
  });

  it('not without end', () => {
    const days = Array.from({ length: 99 }, (_, i): SecondmentEvent => {
      return { type: 'SecondmentChanged', data: { secondment: FIRST, from: addDays('2019-01-02', i), fteBp: i + 1 } };
    });
    given(secondment, agreed(), ...days)
      .when(change, half)
      .rejects('too-many-changes', { most: 100 });
    given(secondment, agreed(), ...days.slice(1))
      .when(change, half)
      .then(changed);
  });

  it('not when it is not there, or has ended', () => {
    given(secondment).when(change, half).rejects('not-found');
    given(secondment, agreed())
      .when(change, { ...half, secondment: idOf('x') })
      .rejects('not-found');
    given(secondment, agreed(), { type: 'SecondmentEnded', data: { secondment: FIRST, until: '2019-12-31' } })
      .when(change, half)
      .rejects('invalid-state', { status: 'ended' });
  });
});

describe('a secondment ends', () => {
  const last = { secondment: FIRST, until: '2019-06-30' };
  const ended: SecondmentEvent = { type: 'SecondmentEnded', data: last };

  it('with its last day, once', () => {
    given(secondment, agreed()).when(end, last).then(ended);
    given(secondment, agreed(), ended).when(end, last).thenNothing();
    given(secondment, agreed(), ended)
      .when(end, { ...last, until: '2019-05-31' })
      .rejects('invalid-state', { status: 'ended' });
  });

  it('on one of its days', () => {
    given(secondment, agreed({ until: '2019-06-29' }))
      .when(end, last)
      .rejects('outside-period');
    given(secondment, agreed({ from: '2019-07-01' }))
      .when(end, last)
      .rejects('outside-period');
    given(secondment).when(end, last).rejects('not-found');
  });

  it('and leaves room after it', () =>
    given(secondment, ...world, agreed({ fteBp: 10_000 }), ended)
      .when(agree, { ...said, from: '2019-07-01' }, context)
      .then({ type: 'SecondmentAgreed', data: { ...agreed().data, secondment: EVENT, from: '2019-07-01' } }));
});

describe('who may', () => {
  const entry = (name: string) => secondmentCommands.find((one) => one.name === name)!;
  const state = fold(secondment, record('secondment', secondmentsOf(WORKER), [agreed()]));
  const asks = (name: string, command: object, home: string) =>
    entry(name).authorise(command, state as never, {
      ...deciding,
      look: (() => ({ status: 'registered', roles: [{ role: 'back-office', network: home, from: '2018' }] })) as never,
      actor: { subject: AN, role: 'back-office' },
    });

  it('the back office of the network of the secondment, for others it is not there', () => {
    const half = { secondment: FIRST, from: '2019-07-01', fteBp: 5_000 };
    expect(asks('ChangeSecondment', half, NETWORK)).toEqual({});
    expect(asks('ChangeSecondment', half, GENT)).toMatchObject({ rejected: 'not-found' });
    expect(asks('EndSecondment', half, GENT)).toMatchObject({ rejected: 'not-found' });
    expect(asks('EndSecondment', { secondment: idOf('x') }, GENT)).toMatchObject({ rejected: 'not-found' });
    expect(asks('EndSecondment', { secondment: idOf('x') }, NETWORK)).toMatchObject({ rejected: 'not-found' });
  });

  it('another network agrees its own on the same stream, in its own name', () => {
    const theirs = { ...said, network: GENT };
    expect(asks('AgreeSecondment', theirs, GENT)).toEqual({});
    expect(asks('AgreeSecondment', theirs, NETWORK)).toMatchObject({ rejected: 'not-found' });
    expect(entry('AgreeSecondment').networkOf(theirs as never, state as never, '')).toBe(GENT);
    expect(entry('AgreeSecondment').idOf!(theirs as never)).toBe(secondmentsOf(WORKER));
    expect(entry('EndSecondment').networkOf({ secondment: FIRST } as never, state as never, '')).toBe(NETWORK);
  });
});

const year = { from: '2019-01-01', until: '2019-12-31' };
const claim = (name: string, shareBp: number, more: Partial<ChargeStaffCost> = {}): ChargeStaffCost => ({
  network: NETWORK,
  secondee: WORKER,
  claim: idOf(name),
  grant: TAFELS,
  ...year,
  shareBp,
  ...more,
});
const charged = (
  name: string,
  shareBp: number,
  more: Partial<Extract<SecondmentEvent, { type: 'StaffCostCharged' }>['data']> = {},
): SecondmentEvent => ({
  type: 'StaffCostCharged',
  data: { claim: idOf(name), grant: TAFELS, secondee: WORKER, ...year, shareBp, ...more },
});

const awarded: GrantEvent = {
  type: 'GrantAwarded',
  data: {
    title: 'Jaarsubsidie',
    funder: DOP,
    scheme: idOf('1G1P'),
    schemeVersion: 1,
    terms: schemeTerms,
    amountCents: 100_000_000,
    period: year,
    area: null,
    funderDecision: { reference: '…', date: '2018-12-01' },
    conditions: [],
    instalments: [],
    externalCodes: [],
  },
};
/** What an expenditure for the claim comes to in its grant. */
const booked = (name: string, grantCents: number): GrantEvent => ({
  type: 'ExpenditureRecorded',
  data: {
    action: idOf('action'),
    category: 'personeel',
    document: idOf('loonbrief'),
    supporting: {
      supplier: { name: 'D.O.P.', enterpriseNumber: null },
      number: name,
      date: '2019-12-31',
      grossCents: 5_400_000,
      sha256: '…',
    },
    claim: idOf(`document ${name}`),
    period: year,
    eligibleCents: grantCents,
    split: { grantCents, ownCents: 0, otherGrantCents: 0, solidarityCents: 0, inKindCents: 0 },
    staff: { secondee: WORKER, shareBp: 1, claim: idOf(name) },
  },
});
const lapsedClaim = (name: string): GrantEvent => ({ type: 'ClaimLapsed', data: { claim: idOf(name) } });

describe('the cost of a person is charged (LED-8)', () => {
  const tafels = elsewhere(grant, TAFELS, awarded, booked('a', 4_320_000));

  it('up to the whole on each day, over all grants (S4)', () => {
    const salary = 5_400_000;
    given(secondment, ...world, agreed())
      .when(charge, claim('a', 8_000))
      .then(charged('a', 8_000));
    expect(floorShare(salary, { num: 8_000, den: 10_000 })).toBe(4_320_000);
    given(secondment, ...world, agreed(), charged('a', 8_000), tafels)
      .when(charge, claim('b', 2_500, { grant: GENT }))
      .rejects('staff-cost-over-100', { day: '2019-01-01', bp: 8_000, asked: 2_500 });
    given(secondment, ...world, agreed(), charged('a', 8_000), tafels)
      .when(charge, claim('b', 2_000, { grant: GENT }))
      .then(charged('b', 2_000, { grant: GENT }));
    expect(floorShare(salary, { num: 2_000, den: 10_000 })).toBe(1_080_000);
  });

  it('day by day', () => {
    given(secondment, ...world, charged('a', 8_000, { from: '2019-06-01' }), tafels)
      .when(charge, claim('b', 2_500, { until: '2019-06-01' }))
      .rejects('staff-cost-over-100', { day: '2019-06-01', bp: 8_000, asked: 2_500 });
    given(secondment, ...world, charged('a', 8_000, { from: '2019-06-01' }), tafels)
      .when(charge, claim('b', 2_500, { until: '2019-05-31' }))
      .then(charged('b', 2_500, { until: '2019-05-31' }));
  });

  it('once a booking', () => {
    given(secondment, ...world, charged('a', 8_000))
      .when(charge, claim('a', 8_000))
      .thenNothing();
    given(secondment, ...world, charged('a', 8_000))
      .when(charge, claim('a', 7_000))
      .rejects('already-exists', { claim: idOf('a') });
  });

  it('of a person that is known, on days in their order', () => {
    given(secondment).when(charge, claim('a', 1)).rejects('unknown-reference', { member: 'secondee', id: WORKER });
    given(secondment, ...world)
      .when(charge, claim('a', 1, { until: '2018-12-31' }))
      .rejects('period-reversed');
  });

  it('for a secondment on its days', () => {
    const of = { secondment: FIRST };
    given(secondment, ...world, agreed())
      .when(charge, claim('a', 1, of))
      .then(charged('a', 1, of));
    given(secondment, ...world, agreed({ until: '2019-12-30' }))
      .when(charge, claim('a', 1, of))
      .rejects('outside-period', { asked: '2019-12-31', from: '2019-01-01', until: '2019-12-30' });
    given(secondment, ...world)
      .when(charge, claim('a', 1, of))
      .rejects('unknown-reference', { member: 'secondment', id: FIRST });
  });

  describe('where the room is taken by claims', () => {
    const held = [charged('a', 5_000), { ...charged('b', 3_000), id: EVENT }];
    const here = { id: secondmentsOf(WORKER) };
    const lapse = { command: 'LapseClaim', body: { grant: TAFELS, claim: idOf('b') } };
    const released = { command: 'ReleaseStaffCost', id: secondmentsOf(WORKER), body: { claim: idOf('b') }, key: EVENT };
    const open = elsewhere(grant, TAFELS, awarded, booked('a', 100));
    const lapsed = elsewhere(grant, TAFELS, awarded, booked('a', 100), lapsedClaim('b'));
    const refused = elsewhere(grant, TAFELS, awarded, booked('a', 100), booked('b', 0));
    const bothBooked = elsewhere(grant, TAFELS, awarded, booked('a', 100), booked('b', 100));

    it('of which nothing came of one yet: its grant lapses it first', () =>
      given(secondment, ...world, ...held, open)
        .when(charge, claim('c', 4_000), here)
        .thenFirst(lapse, charged('c', 4_000)));

    it.each([
      ['was lapsed', lapsed],
      ['was booked and nothing of it stands', refused],
    ])('of which one %s: it is released first', (_what, holder) =>
      given(secondment, ...world, ...held, holder)
        .when(charge, claim('c', 4_000), here)
        .thenFirst(released, charged('c', 4_000)),
    );

    it('no claim is touched when that would not help, or when there is room', () => {
      for (const holder of [open, lapsed]) {
        given(secondment, ...world, ...held, holder)
          .when(charge, claim('c', 5_001), here)
          .rejects('staff-cost-over-100', { day: '2019-01-01', bp: 5_000, asked: 5_001 });
        given(secondment, ...world, ...held, holder)
          .when(charge, claim('c', 2_000), here)
          .then(charged('c', 2_000));
      }
    });

    it('no claim on other days is touched', () => {
      const later = charged('b', 1, { from: '2020-01-01', until: '2020-01-02' });
      given(secondment, ...world, charged('a', 10_000), later, lapsed)
        .when(charge, claim('c', 1))
        .rejects('staff-cost-over-100');
    });

    it.each([
      ['first', { from: '2018-06-01', until: '2019-01-01' }],
      ['last', { from: '2019-12-31', until: '2020-06-01' }],
    ])('a claim is in the way on the %s day as well', (_day, days) =>
      given(secondment, ...world, charged('a', 7_000), { ...charged('b', 3_000, days), id: EVENT }, lapsed)
        .when(charge, claim('c', 3_000), here)
        .thenFirst(released, charged('c', 3_000)),
    );

    it('what is booked stays', () =>
      given(secondment, ...world, ...held, bothBooked)
        .when(charge, claim('c', 4_000))
        .rejects('staff-cost-over-100', { day: '2019-01-01', bp: 8_000, asked: 4_000 }));

    it('a claim is released only when its grant has lapsed it, and leaves room', () => {
      const gone: SecondmentEvent = { type: 'StaffCostReleased', data: { claim: idOf('b') } };
      const ask = { claim: idOf('b') };
      given(secondment, ...held, lapsed)
        .when(release, ask)
        .then(gone);
      for (const holder of [open, bothBooked])
        given(secondment, ...held, holder)
          .when(release, ask)
          .rejects('invalid-state', { status: 'claimed' });
      given(secondment, ...held, gone)
        .when(release, ask)
        .thenNothing();
      given(secondment, ...world, ...held, gone)
        .when(charge, claim('c', 5_000))
        .then(charged('c', 5_000));
    });

    it('its release is a fact of the network of its grant', () => {
      const { state } = given(secondment, { ...charged('b', 3_000), meta: { network: GENT } });
      const { networkOf } = secondmentCommands.find(({ name }) => name === 'ReleaseStaffCost')!;
      expect(networkOf({ claim: idOf('b') } as never, state as never, '')).toBe(GENT);
    });
  });
});

/* Random histories against a model that counts day by day. */

const deciding: DecisionContext = {
  look: (() => ({ status: 'active' })) as unknown as DecisionContext['look'],
  id: secondmentsOf(WORKER),
  eventId: EVENT,
  occurredAt: '2020-01-01T10:00:00.000Z',
  now: '2020-01-01T10:00:00.000Z',
  actor: { subject: AN, role: 'back-office' },
};
/** Grants book the claims in the upper half; of the others nothing comes, and they are lapsed when that is asked. */
const looking = (secondee: Secondee, lapsed: readonly string[]) => {
  const claims = secondee.status === 'none' ? [] : secondee.charges.map(({ claim }) => claim);
  const bookedClaims = claims.filter((claim) => claim >= '8');
  const holder = {
    status: 'awarded',
    books: {},
    lapsed,
    booked: bookedClaims.reduce((table, one) => withEntry(table, one, one), {}),
    expenditures: bookedClaims.reduce(
      (table, one) => withEntry(table, one, { split: { grantCents: 1 }, correctedCents: 0 }),
      {},
    ),
  };
  const others: Readonly<Record<string, object>> = {
    grant: holder,
    network: { status: 'running' },
    person: { status: 'registered' },
    organisation: { status: 'active' },
  };
  return (({ name }: { readonly name: string }) => others[name]) as unknown as DecisionContext['look'];
};

interface Step {
  readonly decide: Decide<never, Secondee, SecondmentEvent>;
  /** Which one it is about, of those that there are. */
  readonly nth: number;
  readonly command: object;
}
const DAYS = 24;
const dayAt = (n: number): Day => addDays('2019-01-01', n);
const day = fc.nat(DAYS - 1).map(dayAt);
const bp = fc.integer({ min: 1, max: 14 }).map((n) => n * 700);
const nth = fc.nat(4);
const step = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      decide: fc.constant(agree),
      nth,
      command: fc.record({
        network: fc.constantFrom(NETWORK, GENT),
        secondee: fc.constant(WORKER),
        sender: fc.constant(DOP),
        receiver: fc.constant(TAFELS),
        function: fc.constant('…'),
        fteBp: fc.integer({ min: 1, max: 7 }).map((n) => n * 700),
        from: day,
        until: fc.option(day, { nil: undefined }),
      }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      decide: fc.constant(change),
      nth,
      command: fc.record({
        from: day,
        fteBp: fc.option(bp, { nil: undefined }),
        until: fc.option(day, { nil: undefined }),
      }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ decide: fc.constant(end), nth, command: fc.record({ until: day }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      decide: fc.constant(charge),
      nth,
      command: fc.record({
        network: fc.constant(NETWORK),
        secondee: fc.constant(WORKER),
        claim: fc.uuid(),
        grant: fc.constant(TAFELS),
        from: day,
        until: day,
        shareBp: bp,
      }),
    }),
  },
) as fc.Arbitrary<Step>;

/** How much of the person each day holds, counted the simplest way. */
class Model {
  readonly #fte = new Map<string, Map<Day, number>>();
  readonly #charges = new Map<string, { readonly days: readonly Day[]; readonly bp: number }>();
  readonly #agreed = new Map<string, { from: Day; until: Day; changes: [Day, number][] }>();

  tell({ type, data }: SecondmentEvent): void {
    if (type === 'SecondmentAgreed')
      this.#agreed.set(data.secondment, {
        from: data.from,
        until: data.until ?? '9999-12-31',
        changes: [[data.from, data.fteBp]],
      });
    else if (type === 'StaffCostCharged') {
      const days = this.#days().filter((one) => data.from <= one && one <= data.until);
      this.#charges.set(data.claim, { days, bp: data.shareBp });
    } else if (type === 'StaffCostReleased') this.#charges.delete(data.claim);
    else {
      const told = this.#agreed.get(data.secondment)!;
      if (data.until !== undefined) told.until = data.until;
      if (type === 'SecondmentChanged' && data.fteBp !== undefined) told.changes.push([data.from, data.fteBp]);
    }
    for (const [id, { from, until, changes }] of this.#agreed)
      this.#fte.set(
        id,
        new Map(
          this.#days().flatMap((one) => {
            const [, holds] = changes.reduce((best, next) => (next[0] <= one && next[0] >= best[0] ? next : best));
            return from <= one && one <= until ? [[one, holds] as const] : [];
          }),
        ),
      );
  }

  /** The fullest day, of full time and of what is charged. */
  get most(): number {
    return Math.max(...this.#days().flatMap((one) => [this.fteOn(one), this.chargedOn(one)]));
  }

  fteOn(one: Day): number {
    return [...this.#fte.values()].reduce((all, days) => all + (days.get(one) ?? 0), 0);
  }

  chargedOn(one: Day): number {
    return [...this.#charges.values()].reduce((all, { days, bp: share }) => all + (days.includes(one) ? share : 0), 0);
  }

  #days(): readonly Day[] {
    return Array.from({ length: DAYS + 5 }, (_, i) => dayAt(i));
  }
}

describe('whatever happens', () => {
  const counts: Record<string, number> = {};

  it('a person is never seconded nor charged above the whole, on any day, and is refused only where that would be', () =>
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }), (steps) => {
        const events: SecondmentEvent[] = [];
        const lapsed: string[] = [];
        const told = new Model();
        const state = () => fold(secondment, record('secondment', secondmentsOf(WORKER), events));
        const tell = (event: SecondmentEvent): void => {
          events.push(event);
          told.tell(event);
          counts[event.type] = (counts[event.type] ?? 0) + 1;
          expect(told.most).toBeLessThanOrEqual(10_000);
        };
        for (const [i, { decide, nth: which, command }] of steps.entries()) {
          const before = state();
          const ids = before.status === 'none' ? [] : Object.keys(before.secondments);
          const about = decide === change || decide === end ? { secondment: ids[which % ids.length] } : {};
          const context = (): DecisionContext => ({
            ...deciding,
            look: looking(state(), lapsed),
            eventId: idOf(`step ${i}`),
          });
          const ask = () => decide({ ...command, ...about } as never, state(), context());
          let outcome = ask();
          for (; outcome !== nothing && isPrior(outcome); outcome = ask()) {
            const { command: name, body } = outcome.first as { command: string; body: { claim: string } };
            if (name === 'LapseClaim') lapsed.push(body.claim);
            else tell(release(body, state(), context()) as SecondmentEvent);
          }
          if (outcome === nothing) continue;
          if (!isRejected(outcome)) {
            tell(outcome);
            continue;
          }
          const { day: full, bp: there, asked } = outcome.params as { day: Day; bp: number; asked: number };
          counts[outcome.rejected] = (counts[outcome.rejected] ?? 0) + 1;
          if (full === undefined) continue;
          expect(there + asked).toBeGreaterThan(10_000);
          const most = decide === charge ? told.chargedOn(full) : told.fteOn(full);
          expect(there).toBeLessThanOrEqual(most);
          expect(decide !== agree || there === most).toBe(true);
        }
      }),
      { numRuns: 300 },
    ));

  it('and enough of it did happen', () => {
    for (const what of [
      'SecondmentAgreed',
      'SecondmentChanged',
      'SecondmentEnded',
      'StaffCostCharged',
      'StaffCostReleased',
      'fte-over-100',
      'staff-cost-over-100',
    ])
      expect([what, (counts[what] ?? 0) > 30]).toEqual([what, true]);
  });
});
