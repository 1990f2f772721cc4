import { Agent } from 'node:http';
import { allProjections } from '#projections';
import { compose } from '../../apps/composition/compose.ts';
import { openEmbedded } from '../../apps/composition/embedded.ts';
import { register, rename, send } from './load.ts';
import { Server } from './server.ts';

const KILLS = Number(process.env['CRASH_KILLS'] ?? 20);

/** Each place where a projection can die (`reliability.md` F03). */
const FAILPOINTS = [
  'after-read',
  'before-tx',
  'in-tx-after-doc',
  'in-tx-before-checkpoint',
  'after-commit',
  'before-notify',
];

/** Every document that serves equals, byte for byte, the one that the whole log gives: no gap, no double. */
async function compareWithRebuild(directory: string): Promise<void> {
  const stack = await openEmbedded({ directory, onFatal: () => {} });
  const spoor = await compose(stack, 'system');
  for (const { name } of allProjections) {
    await spoor.projections.rebuild(name);
    const diff = await spoor.projections.diff(name);
    expect({ name, ...diff }).toMatchObject({ name, different: [], missing: [], extra: [] });
  }
  const organisations = await stack.reads.count({ model: 'organisation-card' });
  expect(organisations).toBeGreaterThan(0);
  await spoor.close();
  await stack.close();
}

describe('kill of the projections', () => {
  it.each(FAILPOINTS)(
    'at %s: no gap, no double',
    async (failpoint) => {
      const server = new Server();
      for (let kill = 1; kill <= KILLS; kill++) {
        await server.start({ FAILPOINT: `${failpoint}:${20 + 13 * kill}` });
        const agent = new Agent({ keepAlive: true });
        let died = false;
        void server.exited().then(() => (died = true));
        for (let n = 0; n < 200 && !died; n++) {
          const answer = await send(server.url, register(), agent).catch(() => undefined);
          if (answer?.body.id !== undefined)
            await send(server.url, rename(answer.body.id), agent).catch(() => undefined);
        }
        agent.destroy();
        await server.kill();
        expect(died).toBe(true);
      }
      await compareWithRebuild(server.directory);
      server.remove();
    },
    120_000,
  );
});
