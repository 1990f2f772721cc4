import fc from 'fast-check';
import { canonical, uuidv5, type Actor, type Json, type JsonObject } from '#kernel';
import type { StoredEvent } from '#event-store';
import type { Spoor } from '../../apps/api/spoor.ts';
import { compose } from '../../apps/composition/compose.ts';
import type { Stack } from '../../apps/composition/stack.ts';
import { inProcess, type Driver, type Given, type Outcome } from '../../apps/seed/driver.ts';
import { Run } from '../../apps/seed/run.ts';
import { timeline, type PlannedStep } from '../../apps/seed/scenario.ts';
import { scenarios } from '../../apps/seed/scenarios/index.ts';
import { embedded, pretendServer } from './stacks.ts';

const SEQUENCES = Number(process.env['SPOOR_SEQUENCES'] ?? 60);
const LONGEST = 40;
const SEED = 20200610;

/** What becomes of a step of a scenario: mostly it stays, else it is one that somebody might give all the same. */
const twist = fc.oneof(
  { weight: 12, arbitrary: fc.constant('as it is' as const) },
  fc.constantFrom('left out', 'twice', 'same key, other body', 'revision of before', 'by another', 'about another'),
);
const sequence = fc.record({
  scenario: fc.constantFrom(...scenarios),
  twists: fc.array(twist, { minLength: 8, maxLength: LONGEST }),
  /** Which other one, where one is needed. */
  other: fc.nat(),
});
type Sequence = typeof sequence extends fc.Arbitrary<infer T> ? T : never;

/** One stack with Spoor on it, as it is told what to do. */
interface Side {
  readonly stack: Stack;
  readonly spoor: Spoor;
}

async function start(open: () => Promise<Stack>): Promise<Side> {
  const stack = await open();
  return { stack, spoor: await compose(stack, 'simulated') };
}

const close = async ({ stack, spoor }: Side): Promise<void> => {
  await spoor.close();
  await stack.close();
};

/** Commands to whose events a process reacts. */
const FOLLOWED: ReadonlySet<string> = new Set([
  'BroadenAction',
  'AwardGrant',
  'AwardApplication',
  'Allocate',
  'Transfer',
  'CarryCommitment',
  'LeaveNetwork',
  'ChangeSeat',
  'TerminateAgreement',
  'AdoptPractice',
  'RecordMeasurement',
  'StartEngagement',
  'ChangeCoaches',
  'EndEngagement',
]);

/** Gives each command to both, and takes it as a difference when they do not answer alike. */
class Both implements Driver {
  done = 0;
  refused = 0;
  readonly #drivers: readonly Driver[];

  constructor(private readonly sides: readonly Side[]) {
    this.#drivers = sides.map(({ spoor }) => inProcess(spoor));
  }

  async give(given: Given): Promise<Outcome> {
    const [ours, theirs] = await Promise.all(this.#drivers.map((driver) => driver.give(given)));
    expect(withoutPosition(theirs!)).toEqual(withoutPosition(ours!));
    if (ours!.kind === 'done') this.done++;
    else this.refused++;
    // What processes make of it comes before the next command, on both.
    if (FOLLOWED.has(given.entry.name)) await Promise.all(this.sides.map(settled));
    return ours!;
  }
}

const settled = async ({ spoor }: Side): Promise<void> => {
  const { position } = await spoor.events.head();
  const soon = new Date(Date.parse(spoor.clock.now()) + 1_000).toISOString();
  expect(await spoor.clock.advance!(soon)).toBe(true);
  expect(position === null || (await spoor.reached(position, [], 10_000))).toBe(true);
};

const withoutPosition = (outcome: Outcome): object =>
  outcome.kind === 'done' ? { ...outcome, receipt: { ...outcome.receipt, position: null } } : outcome;

async function play({ scenario, twists, other }: Sequence, number: number, both: Both): Promise<void> {
  const run = new Run(both);
  const steps = timeline([scenario]).slice(0, twists.length);
  for (const [index, step] of steps.entries()) {
    const planned = { ...step, key: `${number}/${step.key}` };
    const given = resolved(run, planned);
    if (given === undefined) continue;
    const neighbour = resolved(run, { ...steps[other % steps.length]!, key: planned.key });
    for (const one of twisted(given, neighbour, twists[index]!)) {
      const outcome = await both.give(one);
      if (outcome.kind === 'done') run.remember(planned, outcome);
    }
  }
}

/** Nothing, where a step is about something that was not made. */
function resolved(run: Run, step: PlannedStep): Given | undefined {
  try {
    return run.resolve(step);
  } catch {
    return undefined;
  }
}

function twisted(given: Given, neighbour: Given | undefined, way: string): readonly Given[] {
  switch (way) {
    case 'left out':
      return [];
    case 'twice':
      return [given, given];
    case 'same key, other body':
      return [given, { ...given, body: { ...given.body, reason: { text: { nl: 'Anders' } } } }];
    case 'revision of before':
      return [{ ...given, ifMatch: given.ifMatch === '*' ? 7 : given.ifMatch - 1 }];
    case 'by another':
      return [{ ...given, actor: neighbour?.actor ?? { subject: uuidv5('nobody'), role: 'back-office' } }];
    case 'about another':
      return given.id === undefined ? [given] : [{ ...given, id: neighbour?.id ?? uuidv5('nothing') }];
    default:
      return [given];
  }
}

async function logOf({ spoor }: Side): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const page of spoor.events.readAll()) events.push(...page);
  return events;
}

/** An event as it must be on every stack: all but its place, the store's clock, and the salt, which is chance. */
function textOf({ id, type, stream, revision, data, meta }: StoredEvent): string {
  const { $audit: _salt, ...rest } = meta;
  return canonical({ id, type, stream, revision: Number(revision), data, meta: rest });
}

/** A cursor of the past begins with the position at which its list is cut. */
function cursorInPlace(text: string, events: ReadonlyMap<string, string>): Json | undefined {
  const [head = '', rest] = text.split('.');
  const decoded = Buffer.from(head, 'base64url').toString();
  if (rest === undefined || !decoded.startsWith('["')) return undefined;
  return [inPlace(JSON.parse(decoded) as Json, events), rest];
}

/** The event in place of its position, which differs from store to store; without the salt. */
function inPlace(value: Json, events: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') return events.get(value) ?? cursorInPlace(value, events) ?? value;
  if (Array.isArray(value)) return value.map((item) => inPlace(item, events));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name]) => name !== '$audit');
  return Object.fromEntries(members.map(([name, inner]) => [name, inPlace(inner, events)]));
}

const eventsOf = async (side: Side): Promise<ReadonlyMap<string, string>> =>
  new Map((await logOf(side)).map(({ id, position }) => [position as string, id]));

async function documentsOf({ stack }: Side, model: string, events: ReadonlyMap<string, string>) {
  const { active } = await stack.reads.generations(model);
  const documents: string[] = [];
  for await (const page of stack.reads.dump(model, active!))
    for (const text of page) documents.push(canonical(inPlace(JSON.parse(text) as JsonObject, events)));
  return documents.toSorted();
}

describe(`the embedded stack and the ${pretendServer.name}`, () => {
  let sides: readonly Side[];
  beforeAll(async () => {
    sides = await Promise.all([embedded, pretendServer].map(({ open }) => start(open)));
  }, 60_000);
  afterAll(async () => {
    for (const side of sides ?? []) await close(side);
  });

  it(`answer ${SEQUENCES} random sequences of commands alike`, async () => {
    const both = new Both(sides);
    for (const [number, one] of fc.sample(sequence, { numRuns: SEQUENCES, seed: SEED }).entries())
      await play(one, number, both);
    expect(both.done).toBeGreaterThan(5 * SEQUENCES);
    expect(both.refused).toBeGreaterThan(SEQUENCES / 2);
  }, 600_000);

  it('have the same events, byte for byte, in the same order', async () => {
    const [ours, theirs] = await Promise.all(sides.map(logOf));
    expect(theirs!.map(textOf)).toEqual(ours!.map(textOf));
  }, 60_000);

  it('have the same documents in every read model', async () => {
    await Promise.all(sides.map(settled));
    const places = await Promise.all(sides.map(eventsOf));
    for (const { name } of await sides[0]!.spoor.projections.list()) {
      const [ours, theirs] = await Promise.all(sides.map((side, at) => documentsOf(side, name, places[at]!)));
      expect([name, theirs]).toEqual([name, ours]);
    }
  }, 120_000);

  it('answer every question about every network alike, now and as of a day', async () => {
    const operator: Actor = { subject: 'operator', role: 'operator' };
    const answers = await Promise.all(
      sides.map(async (side) => {
        const { queries, catalogue } = side.spoor;
        const events = await eventsOf(side);
        const told: Json[] = [];
        for (const at of [{}, { asOf: '2019-06-01' }])
          for (const name of ['listNetworks', 'listOrganisations', 'listPersons']) {
            const entry = catalogue.queries.find((one) => one.name === name)!;
            const answer = await queries.run(entry, {}, at, operator);
            told.push(answer.kind === 'found' ? inPlace({ ...answer.value, asOf: null }, events) : answer.kind);
          }
        return told;
      }),
    );
    expect(answers[1]).toEqual(answers[0]);
  }, 120_000);
});
