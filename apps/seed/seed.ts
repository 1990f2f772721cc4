import type { Meta } from '#kernel';
import type { Spoor } from '../api/spoor.ts';
import { Refusal } from '../composition/words.ts';
import { inProcess } from './driver.ts';
import { Run } from './run.ts';
import { KEY_PREFIX, timeline } from './scenario.ts';
import { scenarios } from './scenarios/index.ts';

export type OnProgress = (done: number, total: number) => void;

/** Whether the demo histories are to be written here: the log is empty, or they were broken off half-way. */
export async function isToBeSeeded({ events }: Pick<Spoor, 'events'>): Promise<boolean> {
  // A refusal stores nothing: the log ends with the last step that is none.
  const last = timeline(scenarios).findLast(({ refused }) => refused === undefined)!;
  return (await isForDemo(events)) && (await keyAt(events, 'backwards')) !== last.key;
}

/** Nothing lies in the log, or its first and its last event are of the demo. */
async function isForDemo(events: Spoor['events']): Promise<boolean> {
  const ends = [await keyAt(events, 'forwards'), await keyAt(events, 'backwards')];
  return ends.every((key) => key === undefined || key.startsWith(KEY_PREFIX));
}

/** The key of the command that led to the first or the last event; undefined for an empty log. */
async function keyAt(events: Spoor['events'], direction: 'forwards' | 'backwards'): Promise<string | undefined> {
  for await (const [event] of events.readAll({ direction, limit: 1 }))
    return (event!.meta as unknown as Meta).correlationId;
  return undefined;
}

/**
 * Writes the demo histories through the public commands, with the simulated clock. One that was broken off goes on where
 * it was. Throws a {@link Refusal} where somebody else's events lie: what is written can never be taken out again.
 */
export async function seed(spoor: Spoor, onProgress: OnProgress = () => undefined): Promise<void> {
  if (!(await isForDemo(spoor.events)))
    throw new Refusal('this log holds other events than those of the demo: the demo is written into an empty one only');
  const steps = timeline(scenarios);
  const run = new Run(inProcess(spoor));
  let resuming = true;
  for (const [index, step] of steps.entries()) {
    // A refusal stores nothing, and what was refused then might not be refused now.
    if (!resuming || step.refused === undefined) {
      const outcome = await run.give(step);
      resuming &&= outcome.kind === 'done' && outcome.replayed;
    }
    onProgress(index + 1, steps.length);
  }
}
