import type { Meta } from '#kernel';
import type { Spoor } from '../api/spoor.ts';
import { inProcess } from './driver.ts';
import { Run } from './run.ts';
import { KEY_PREFIX, timeline } from './scenario.ts';
import { scenarios } from './scenarios/index.ts';

export type OnProgress = (done: number, total: number) => void;

/** Whether the demo histories are to be written here: the log is empty, or they were broken off half-way. */
export async function isToBeSeeded({ events }: Pick<Spoor, 'events'>): Promise<boolean> {
  for await (const [last] of events.readAll({ direction: 'backwards', limit: 1 })) {
    const { correlationId } = last!.meta as unknown as Meta;
    return correlationId.startsWith(KEY_PREFIX) && correlationId !== timeline(scenarios).at(-1)!.key;
  }
  return true;
}

/** Writes the demo histories through the public commands, with the simulated clock. One that was broken off goes on where it was. */
export async function seed(spoor: Spoor, onProgress: OnProgress = () => undefined): Promise<void> {
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
