import { codec, type EventStore } from '#event-store';
import { memoryEventStore } from '#event-store/memory';
import { CommandRunner, type CommandRequest, type CommandResult } from '#engine';
import { sum, toInstant, uuidv5, type Clock, type Instant, type JsonObject } from '#kernel';
import { memorySubjects } from '#privacy';
import { elsewhere, record, type Fact } from '#testkit';
import { allCommands } from '../all.ts';
import { document, documentId, standingClaims } from '../document/state.ts';
import { eventTypes } from '../event-types.ts';
import { person } from '../person/state.ts';
import { areaId, workingArea } from '../working-area/state.ts';
import { claimOf } from './award.ts';
import { awardOf, totalOf } from './books.ts';
import {
  allocated,
  awarded,
  CITY,
  D1,
  FINANCE,
  funderDecision,
  home,
  invoice,
  NETWORK,
  PERIOD,
  rentCommitted,
  SCHEME,
  schemeWith,
  WMB,
  WORKED,
} from './harness.ts';
import type { GrantEvent, SupportingDocument } from './events.ts';
import { grant, isAwarded, type AwardedGrant, type Grant } from './state.ts';

/* The rules that must never break, as the engine keeps them: at once, from two processes, and after a crash in between. */

const ADA = { subject: FINANCE, role: 'finance' };
const PROCESS = { subject: 'process:claims', role: 'process' };
/** A store that is as slow as chance has it, so that those who come at once meet in many ways; chance from a seed. */
function unsteady(seed: number): EventStore {
  const store = memoryEventStore();
  const append = store.append.bind(store);
  const readStream = store.readStream.bind(store);
  let chance = seed;
  const wait = async (): Promise<void> => {
    chance = (chance * 48_271) % 2_147_483_647;
    for (let turn = chance % 7; turn > 0; turn--) await Promise.resolve();
    if (chance % 5 === 0) await new Promise((resolve) => setImmediate(resolve));
  };
  store.append = async (...appended) => {
    await wait();
    return append(...appended);
  };
  store.readStream = async function* (...read) {
    await wait();
    yield* readStream(...read);
  };
  return store;
}

/** A clock that never says the same twice: no two who come at once come at one moment. */
function ticking(start: Instant): Clock {
  let ms = Date.parse(start);
  return { now: () => toInstant(ms++) };
}

/** The network of S1 and its action; `process` is which of two processes on the one log carries a command out. */
async function setUp(oneGrantPerArea = false, seed = 1) {
  const store = unsteady(seed);
  const clock = ticking('2021-04-01T10:00:00.000Z');
  const runners = [1, 2].map(() => new CommandRunner(store, codec(eventTypes), memorySubjects(), clock, allCommands));
  const plant = async (aggregate: string, id: string, facts: readonly Fact[]): Promise<void> => {
    const events = record(aggregate, id, facts).map((event) => ({
      id: event.id,
      type: event.type,
      data: event.data as JsonObject,
      meta: event.meta as unknown as JsonObject,
    }));
    await store.append(`${aggregate}-${id}`, events, { expected: 'no_stream' });
  };
  const people = elsewhere(
    person,
    FINANCE,
    { type: 'PersonRegistered', data: {} },
    { type: 'RoleGiven', data: { role: 'finance', network: NETWORK } },
  );
  const world = new Map(
    [...home(), schemeWith({ oneGrantPerArea }), people].map((one) => [`${one.aggregate.name}-${one.id}`, one]),
  );
  for (const { aggregate, id, events } of world.values()) await plant(aggregate.name, id, events);
  const run = (
    name: string,
    body: object,
    { process = 0, ...more }: Partial<CommandRequest> & { readonly process?: number },
  ): Promise<CommandResult> =>
    runners[process]!.run({
      definition: allCommands.find((one) => one.name === name)!,
      body,
      actor: ADA,
      key: name,
      ifMatch: '*',
      ...more,
    });
  const look = async (id: string): Promise<Grant> => (await runners[0]!.streams.load(grant, id)).state;
  const awardedAt = async (id: string): Promise<AwardedGrant> => {
    const state = await look(id);
    if (!isAwarded(state)) throw new Error(`${id} is ${state.status}`);
    return state;
  };
  /** A grant with 60 000.00 for the action, of which 30 000.00 is committed; each commitment has an id of its own. */
  const begin = async (name: string): Promise<{ id: string; commitment: string }> => {
    const [id, commitment] = [uuidv5('race', name), uuidv5('race', name, 'rent')];
    const facts: readonly Fact<GrantEvent>[] = [awarded(), allocated, { ...rentCommitted, id: commitment }];
    await plant('grant', id, facts);
    return { id, commitment };
  };
  /** What the claims on a document stand for now, in cents. */
  const claimedOf = async (supporting: SupportingDocument): Promise<number> => {
    const { state } = await runners[0]!.streams.load(document, documentId(supporting));
    if (state.status === 'none') return 0;
    const holders = new Map(
      await Promise.all(state.claims.map(async (one) => [one.grant, await look(one.grant)] as const)),
    );
    const found = ((_: unknown, id: string) => holders.get(id)) as never;
    return sum(standingClaims(state, found).map(({ cents }) => cents));
  };
  return { run, look, awardedAt, begin, claimedOf, runners };
}

const code = (result: CommandResult): string => (result.kind === 'refused' ? result.rejection.rejected : result.kind);

/** LED-1, and LED-2. */
function expectBalanced({ books }: AwardedGrant): void {
  const kinds = ['unallocated', 'allocated', 'committed', 'spent', 'accepted', 'corrected', 'lapsed'];
  expect(sum(kinds.map((kind) => totalOf(books, kind)))).toBe(awardOf(books));
  for (const kind of kinds) expect(totalOf(books, kind)).toBeGreaterThanOrEqual(0);
}

const inTurns = async (times: number, round: (i: number) => Promise<void>): Promise<void> => {
  for (let i = 0; i < times; i++) await round(i);
};
/** One in twenty from two processes: those wait after a conflict. */
const processOf = (i: number): number => (i % 20 === 0 ? 1 : 0);

describe('two who want the last cent', () => {
  it('that is not allocated: one has it, 1,000 times', async () => {
    const { run, begin, awardedAt } = await setUp();
    await inTurns(1_000, async (i) => {
      const { id } = await begin(`allocate ${i}`);
      const allocate = (key: string, process: number) =>
        run('Allocate', { action: WMB, amountCents: 2_500_000, decisionRef: D1 }, { id, key, process });
      const answers = await Promise.all([allocate('a', 0), allocate('b', processOf(i))]);
      expect(answers.map(code).toSorted()).toEqual(['done', 'insufficient-unallocated']);
      const state = await awardedAt(id);
      expect(totalOf(state.books, 'unallocated')).toBe(0);
      expectBalanced(state);
    });
  }, 120_000);

  it('of a commitment: one has it, 1,000 times', async () => {
    const { run, begin, awardedAt } = await setUp();
    await inTurns(1_000, async (i) => {
      const { id, commitment } = await begin(`spend ${i}`);
      const spend = (key: string, process: number) =>
        run(
          'RecordExpenditure',
          { commitment, document: invoice(`${key}${i}`, 3_750_000), period: WORKED, eligibleCents: 3_750_000 },
          { id, key, process },
        );
      const answers = await Promise.all([spend('a', 0), spend('b', processOf(i))]);
      expect(answers.map(code).toSorted()).toEqual(['commitment-exceeded', 'done']);
      const state = await awardedAt(id);
      expect(totalOf(state.books, 'spent')).toBe(3_000_000);
      expect(totalOf(state.books, 'committed')).toBe(0);
      expectBalanced(state);
    });
  }, 120_000);
});

const bill = (number: string): SupportingDocument => invoice(number, 1_000_000);
const spending = (commitment: string, supporting: SupportingDocument, grantCents = 800_000) => ({
  commitment,
  document: supporting,
  period: WORKED,
  eligibleCents: 1_000_000,
  split: { grantCents, ownCents: 1_000_000 - grantCents },
});

/** Three tenths of it: three of these fit in one grant. */
const part = (commitment: string, supporting: SupportingDocument) => ({
  ...spending(commitment, supporting),
  eligibleCents: 300_000,
  split: { grantCents: 240_000, ownCents: 60_000 },
});

describe('one document in two grants', () => {
  it('at once: never above what it comes to, and one has it, 200 times', async () => {
    const { run, begin, awardedAt, claimedOf } = await setUp();
    await inTurns(200, async (i) => {
      const supporting = bill(`once ${i}`);
      const [one, other] = [await begin(`one ${i}`), await begin(`other ${i}`)];
      const record = ({ id, commitment }: typeof one, process: number) =>
        run('RecordExpenditure', spending(commitment, supporting), { id, process });
      const answers = await Promise.all([record(one, 0), record(other, i % 2)]);
      expect(await claimedOf(supporting)).toBe(800_000);
      expect(answers.map(code).toSorted()).toEqual(['done', 'double-funding']);
      for (const { id } of [one, other]) expectBalanced(await awardedAt(id));
    });
  }, 120_000);

  it('at once, each for a half: both have it', async () => {
    const { run, begin, claimedOf } = await setUp();
    await inTurns(50, async (i) => {
      const supporting = bill(`halves ${i}`);
      const [one, other] = [await begin(`half one ${i}`), await begin(`half other ${i}`)];
      const record = ({ id, commitment }: typeof one, process: number) =>
        run('RecordExpenditure', spending(commitment, supporting, 500_000), { id, process });
      const answers = await Promise.all([record(one, 0), record(other, i % 2)]);
      expect(answers.map(code)).toEqual(['done', 'done']);
      expect(await claimedOf(supporting)).toBe(1_000_000);
    });
  });

  it('five times at once in one grant, and given again with the same key: one booking a key, never above', async () => {
    const { run, begin, claimedOf, awardedAt } = await setUp();
    await inTurns(20, async (i) => {
      const supporting = bill(`five ${i}`);
      const { id, commitment } = await begin(`five ${i}`);
      const record = (key: string, n: number) =>
        run('RecordExpenditure', part(commitment, supporting), { id, key, process: n % 2 });
      const keys = ['a', 'b', 'c', 'd', 'e', 'a', 'b'];
      const answers = await Promise.all(keys.map(record));
      // What is claimed and not booked gives way to who needs the room.
      expect(await claimedOf(supporting)).toBeLessThanOrEqual(1_000_000);
      expect(new Set(answers.map(code))).toEqual(new Set(['done', 'double-funding']));
      expect(totalOf((await awardedAt(id)).books, 'spent')).toBe(720_000);
    });
  });
});

describe('a claim that was never booked', () => {
  /** As after a crash between the claim and the booking of the command with this key. */
  async function crashed(grantCents = 800_000) {
    const at = await setUp();
    const [one, other] = [await at.begin('one'), await at.begin('other')];
    const supporting = bill('F1');
    const eventId = uuidv5(FINANCE, 'RecordExpenditure', one.id, 'k');
    const claim = claimOf(eventId, ['document', documentId(supporting), grantCents], { status: 'none', lapsed: [] });
    const body = { document: supporting, grant: one.id, network: NETWORK, claim, grantCents };
    expect(code(await at.run('ClaimDocument', body, { actor: PROCESS, key: claim }))).toBe('done');
    const record = ({ id, commitment }: typeof one, cents: number, key = 'k') =>
      at.run('RecordExpenditure', spending(commitment, supporting, cents), { id, key });
    return { ...at, one, other, supporting, claim, record };
  }

  it('is booked by who comes again', async () => {
    const { one, record, look, claim, claimedOf, supporting } = await crashed();
    expect(code(await record(one, 800_000))).toBe('done');
    expect(await claimedOf(supporting)).toBe(800_000);
    expect(await look(one.id)).toMatchObject({ lapsed: [] });
    expect(JSON.stringify(await look(one.id))).toContain(claim);
  });

  it('stays where there is room beside it', async () => {
    const { one, other, record, look, claimedOf, supporting } = await crashed(400_000);
    expect(code(await record(other, 600_000))).toBe('done');
    expect(await look(one.id)).toMatchObject({ lapsed: [] });
    expect(code(await record(one, 400_000))).toBe('done');
    expect(await claimedOf(supporting)).toBe(1_000_000);
  });

  it('is lapsed by who needs the room; who then comes back is refused', async () => {
    const { one, other, record, look, claim, claimedOf, supporting } = await crashed();
    expect(code(await record(other, 800_000))).toBe('done');
    expect(await look(one.id)).toMatchObject({ lapsed: [claim] });
    expect(code(await record(one, 800_000))).toBe('double-funding');
    expect(await claimedOf(supporting)).toBe(800_000);
  });

  it('is lapsed by who needs the room; who then comes back claims anew what is left', async () => {
    const { one, other, record, claimedOf, supporting, awardedAt } = await crashed(400_000);
    expect(code(await record(other, 700_000))).toBe('done');
    expect(code(await record(one, 400_000))).toBe('double-funding');
    expect(code(await record(one, 300_000))).toBe('done');
    expect(await claimedOf(supporting)).toBe(1_000_000);
    expect(totalOf((await awardedAt(one.id)).books, 'spent')).toBe(300_000);
  });

  it('is no claim on more: who comes again with the same key and another amount claims that', async () => {
    const { one, other, record, claimedOf, supporting } = await crashed(200_000);
    expect(code(await record(other, 800_000))).toBe('done');
    expect(code(await record(one, 800_000))).toBe('double-funding');
    expect(await claimedOf(supporting)).toBeLessThanOrEqual(1_000_000);
  });

  it('of the same grant is no obstacle to another command', async () => {
    const { one, record, claimedOf, supporting } = await crashed();
    expect(code(await record(one, 800_000, 'another'))).toBe('done');
    expect(await claimedOf(supporting)).toBe(800_000);
  });

  it('is lapsed while its client comes back: never above, and the room is not lost, 100 times', async () => {
    await inTurns(100, async () => {
      const { one, other, record, claimedOf, supporting } = await crashed();
      const answers = await Promise.all([record(one, 800_000), record(other, 800_000)]);
      expect(answers.map(code).toSorted()).toEqual(['done', 'double-funding']);
      expect(await claimedOf(supporting)).toBe(800_000);
    });
  }, 60_000);
});

describe('one grant in a working area', () => {
  const asked = (area: string) => ({
    network: NETWORK,
    title: 'Huis voor jongeren',
    funder: CITY,
    scheme: SCHEME,
    area,
    amountCents: 100,
    period: PERIOD,
    funderDecision,
  });
  const idOfAward = (key: string): string => uuidv5(uuidv5(FINANCE, 'AwardGrant', '', key), 'id');

  it('of two that are awarded at once, 200 times', async () => {
    const { run, look } = await setUp(true);
    await inTurns(200, async (i) => {
      const area = `a${i}`;
      const keys = [`one ${i}`, `other ${i}`];
      const award = (key: string, process: number) => run('AwardGrant', asked(area), { key, process });
      const answers = await Promise.all([award(keys[0]!, 0), award(keys[1]!, i % 2)]);
      expect(answers.map(code).toSorted()).toEqual(['area-already-funded', 'done']);
      const states = await Promise.all(keys.map((key) => look(idOfAward(key))));
      expect(states.filter(isAwarded)).toHaveLength(1);
    });
  }, 120_000);

  it('after a crash before the first was awarded: who needs the area has it, and the first is refused', async () => {
    const { run, look, runners } = await setUp(true);
    const [id, eventId] = [idOfAward('first'), uuidv5(FINANCE, 'AwardGrant', '', 'first')];
    const claim = claimOf(eventId, ['area', SCHEME, 'a', PERIOD.from, PERIOD.until], { status: 'none', lapsed: [] });
    const body = { scheme: SCHEME, area: 'a', grant: id, claim, period: PERIOD };
    expect(code(await run('ReserveArea', body, { actor: PROCESS, key: claim }))).toBe('done');
    expect(code(await run('AwardGrant', asked('a'), { key: 'second' }))).toBe('done');
    expect(await look(id)).toMatchObject({ status: 'none', lapsed: [claim] });
    expect(code(await run('AwardGrant', asked('a'), { key: 'first' }))).toBe('area-already-funded');
    const { state } = await runners[0]!.streams.load(workingArea, areaId(SCHEME, 'a'));
    expect(state.claims.map((one) => one.grant)).toEqual([idOfAward('second')]);
  });

  it('after a crash: who comes again is awarded what it reserved', async () => {
    const { run, look } = await setUp(true);
    const [id, eventId] = [idOfAward('first'), uuidv5(FINANCE, 'AwardGrant', '', 'first')];
    const claim = claimOf(eventId, ['area', SCHEME, 'a', PERIOD.from, PERIOD.until], { status: 'none', lapsed: [] });
    const body = { scheme: SCHEME, area: 'a', grant: id, claim, period: PERIOD };
    await run('ReserveArea', body, { actor: PROCESS, key: claim });
    expect(code(await run('AwardGrant', asked('a'), { key: 'first' }))).toBe('done');
    expect(await look(id)).toMatchObject({ status: 'awarded', claim, lapsed: [] });
    expect(code(await run('AwardGrant', asked('a'), { key: 'second' }))).toBe('area-already-funded');
  });

  it('that was lapsed before it was awarded can still be, of another period, and tell what came before', async () => {
    const { run, look } = await setUp(true);
    const [id, eventId] = [idOfAward('first'), uuidv5(FINANCE, 'AwardGrant', '', 'first')];
    const claim = claimOf(eventId, ['area', SCHEME, 'a', PERIOD.from, PERIOD.until], { status: 'none', lapsed: [] });
    await run(
      'ReserveArea',
      { scheme: SCHEME, area: 'a', grant: id, claim, period: PERIOD },
      { actor: PROCESS, key: claim },
    );
    await run('AwardGrant', asked('a'), { key: 'second' });
    const late = { occurredAt: '2021-03-01', reason: { code: 'late-registration', text: { nl: '…' } } };
    const other = { ...asked('a'), period: { from: '2023-01-01', until: '2023-12-31' }, ...late };
    expect(code(await run('AwardGrant', other, { key: 'first' }))).toBe('done');
    expect(await look(id)).toMatchObject({ status: 'awarded' });
    const amended = { deltaCents: 1, funderDecision, ...late, occurredAt: '2021-03-02' };
    expect(code(await run('AmendAward', amended, { id }))).toBe('done');
  });
});
