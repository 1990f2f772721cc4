import fc from 'fast-check';
import { fold } from '#kernel';
import { grant as grantAggregate, postingsOf } from '#domain/grant';
import type { CommandResult } from '#engine';
import { histories, saidOf, termsOf, type History, type Step } from './histories.ts';
import { Reference } from './reference.ts';
import { checkShared, Ledger, same } from './rules.ts';
import { KINDS, type Said } from './said.ts';
import type { Action } from './states.ts';
import { begin, type World } from './world.ts';

const RUNS = Number(process.env['SPOOR_RUNS'] ?? 300);
const BEGINS = 14;

/** How often each kind of command was accepted, and by what it was refused. */
const accepted = new Map<string, number>();
const refused = new Map<string, number>();
const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
const told = (counts: ReadonlyMap<string, number>) =>
  [...counts]
    .map(([name, times]) => `${name} ${times}`)
    .toSorted()
    .join('\n');

const answerOf = (result: CommandResult): string => {
  if (result.kind === 'refused') return result.rejection.rejected;
  return result.kind === 'done' && result.receipt.event === null ? 'nothing' : 'accepted';
};

const stop = (action: Action, now: number): void => {
  action.ran = action.ran.map(([from, until]) => [from, Math.min(until, now)]);
};

/** What becomes of an action: money follows (`domain.md` §2.3). */
async function turn(step: Step, now: number, actions: readonly Action[], world: World): Promise<void> {
  const [roll, other] = step.roll;
  const number = roll! % actions.length;
  const action = actions[number]!;
  if (action.status === 'closed' || now < action.approved) return;
  if (action.status === 'approved') {
    await world.turn(number, 'ActionStarted', now);
    action.status = 'active';
    action.ran.push([now, Infinity]);
  } else if (action.status === 'suspended') {
    await world.turn(number, 'ActionResumed', now);
    action.status = 'active';
    action.ran.push([now, Infinity]);
  } else if (other! % 4 > 0) {
    await world.turn(number, 'ActionSuspended', now);
    action.status = 'suspended';
    stop(action, now);
  } else {
    await world.turn(number, 'ActionClosed', now);
    action.status = 'closed';
    stop(action, now);
  }
}

async function live(history: History): Promise<void> {
  const terms = termsOf(history);
  const actions: Action[] = [
    { status: 'active', approved: 3, ran: [[5, Infinity]] },
    { status: 'approved', approved: 8, ran: [] },
    { status: 'approved', approved: 30, ran: [] },
  ];
  const reference = new Reference(terms, actions);
  const world = await begin(terms, actions);
  const ledgers = terms.map((_, index) => new Ledger(index, world, reference));
  for (const ledger of ledgers) await ledger.readOn();
  let now = BEGINS;
  const killed: Said[] = [];

  for (const [index, step] of history.steps.entries()) {
    now += step.days;
    if (step.kind === 'Turn') {
      await turn(step, now, actions, world);
      continue;
    }
    const again = step.kind === 'RecordExpenditure' && step.roll[5]! % 3 === 0 ? killed.pop() : undefined;
    const said = again === undefined ? saidOf(step, `k${index}`, now, reference, history.gross) : { ...again, now };
    const dies = step.killed && again === undefined && said.kind === 'RecordExpenditure';
    const { no, then } = reference.meet(said);
    const answer = answerOf(await world.give(said, dies));
    if (dies && answer === 'store-unavailable') killed.push(said);
    else if (!(no.length > 0 ? no : ['accepted']).includes(answer))
      throw new Error(`${JSON.stringify(said)}\nis ${answer}, and there stands against it: ${no.join(', ')}`);
    if (answer === 'accepted') then();
    count(answer === 'accepted' ? accepted : refused, answer === 'accepted' ? said.kind : `${said.kind} ${answer}`);
    for (const ledger of ledgers) {
      const news = await ledger.readOn();
      if (answer !== 'accepted') same('a refused command posts nothing', news.flatMap(postingsOf), []);
      if (news.length === 0) continue;
      ledger.checkReference();
      ledger.checkHeld(news[0]!.meta.occurredAt);
      ledger.checkHeld(ledger.events[step.roll[0]! % ledger.events.length]!.meta.occurredAt);
      checkShared(ledgers);
    }
  }
  for (const { events, state } of ledgers) same('fold', fold(grantAggregate, events), state);
}

it(
  `${RUNS} random histories of two grants that share documents and people keep every rule at every moment, on both clocks, and go as the reference says`,
  async () => {
    await fc.assert(fc.asyncProperty(histories, live), {
      numRuns: RUNS,
      unbiased: true,
    });
    // And not so by being refused: every kind of command was accepted often.
    const rare = KINDS.filter((kind) => (accepted.get(kind) ?? 0) < RUNS / 10);
    if (rare.length > 0) throw new Error(`too seldom: ${rare.join(', ')}\n${told(accepted)}\n${told(refused)}`);
  },
  60_000 + RUNS * 500,
);
