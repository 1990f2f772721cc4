import { compose } from '../composition/compose.ts';
import { openMemory, type Stack } from '../composition/stack.ts';
import { timeline } from './scenario.ts';
import { scenarios } from './scenarios/index.ts';
import { isToBeSeeded, seed } from './seed.ts';

const steps = timeline(scenarios);

/** Seeds with an engine of its own; after `most` steps it breaks off. */
async function seeded(
  stack: Stack,
  most = Infinity,
): Promise<{ readonly before: boolean; readonly progress: string[] }> {
  const spoor = await compose(stack, 'simulated');
  const before = await isToBeSeeded(spoor);
  const progress: string[] = [];
  try {
    await seed(spoor, (done, total) => {
      progress.push(`${done} of ${total}`);
      if (done >= most) throw new Error('killed');
    });
  } catch (error) {
    if ((error as Error).message !== 'killed') throw error;
  } finally {
    await spoor.close();
  }
  return { before, progress };
}

async function idsOf({ events }: Stack): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const page of events.readAll({})) ids.push(...page.map(({ id }) => id));
  return ids;
}

describe('the seeder', () => {
  const whole = openMemory();
  let first: Awaited<ReturnType<typeof seeded>>;
  beforeAll(async () => {
    first = await seeded(whole);
  });

  it('fills an empty store, and says how far it is', () => {
    expect(first.before).toBe(true);
    expect(first.progress).toEqual(steps.map((_, index) => `${index + 1} of ${steps.length}`));
  });

  it('goes on where it was broken off, and leaves the very same events', async () => {
    const refusal = steps.findIndex(({ refused }) => refused === 'lead-required') + 1;
    const broken = openMemory();
    for (const most of [1, refusal, refusal + 1, steps.length - 1])
      expect((await seeded(broken, most)).before).toBe(true);
    await seeded(broken);
    expect([...(await idsOf(broken))].sort()).toEqual([...(await idsOf(whole))].sort());
  });

  it('does nothing where all is there', async () => {
    const before = await idsOf(whole);
    expect((await seeded(whole)).before).toBe(false);
    expect(await idsOf(whole)).toEqual(before);
  });

  it('keeps away from a log to which others have written', async () => {
    const stack = openMemory();
    const spoor = await compose(stack, 'system');
    const register = spoor.catalogue.commands.find(({ name }) => name === 'RegisterOrganisation')!;
    await spoor.commands.run({
      definition: register,
      body: { name: 'Buurthuis', sector: 'other' } as object,
      actor: { subject: 'operator', role: 'operator' },
      key: 'k1',
      ifMatch: '*',
    });
    expect(await isToBeSeeded(spoor)).toBe(false);
    await spoor.close();
    await expect(seeded(stack)).rejects.toThrow('other events than those of the demo');
    expect(await idsOf(stack)).toHaveLength(1);
  });
});
