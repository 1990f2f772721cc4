import { canonical } from '#kernel';
import { timeline } from '../../apps/seed/scenario.ts';
import type { World } from './world.ts';

/** On servers that look at every document for most questions. */
export const SLOW_MS = 300_000;

/** What holds in every scenario (`domain.md` §7, cross-cutting acceptance). */
export function holdsThat(world: () => World): void {
  describe('as in every scenario', () => {
    it('a command given twice is one event', async () => {
      const { scenario } = world();
      const events = await world().events();
      const given = timeline([scenario]).filter(({ refused }) => refused === undefined);
      const byPersons = events.filter(({ meta }) => meta.actor.role !== 'process');
      expect(byPersons).toHaveLength(given.length);
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
      expect(new Set(events.map(({ meta }) => meta.commandId)).size).toBe(events.length);
    });

    it(
      'the past answers as it answered then, on each date',
      async () => {
        expect(world().diary.length).toBeGreaterThan(0);
        for (const { day, told, again } of world().diary) expect([day, await again()]).toStrictEqual([day, told]);
      },
      SLOW_MS,
    );

    it(
      'read models rebuilt from zero are the same to the byte',
      async () => {
        const { client, spoor } = world();
        let compared = 0;
        for (const { name } of await spoor.projections.list()) {
          await client.operate(`/projections/${name}/rebuild`);
          await built(world(), name);
          const diff = await client.operate<{ equal: number; different: []; missing: []; extra: [] }>(
            `/projections/${name}/diff`,
          );
          expect({ name, ...diff }).toEqual({ name, equal: diff.equal, different: [], missing: [], extra: [] });
          compared += diff.equal;
        }
        expect(compared).toBeGreaterThan((await world().events()).length);
      },
      SLOW_MS,
    );

    it('no event has the name of a person in it', async () => {
      const names = timeline([world().scenario])
        .filter(({ command }) => command === 'RegisterPerson')
        .map(({ body }) => String(body['name']));
      const log = canonical(await world().events());
      expect(names.filter((name) => log.includes(name))).toEqual([]);
      expect(names.length).toBeGreaterThan(0);
    });
  });
}

async function built({ spoor }: World, name: string): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    const status = (await spoor.projections.list()).find((one) => one.name === name);
    if (status?.rebuild?.ready === true) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${name} is not built`);
}
