import { memoryEventStore } from '#event-store/memory';
import type { StoredEvent } from '#event-store';
import { uuidv5, type Position } from '#kernel';
import { Follower } from './follower.ts';

const fails = (code: string) => Object.assign(new Error(code), { code });

async function following(handle: (event: StoredEvent) => void) {
  const store = memoryEventStore();
  const append = (n: number) =>
    store.append(`counter-${n}`, [{ id: uuidv5(String(n)), type: 'Counted', data: { n }, meta: {} }], {
      expected: 'no_stream',
    });
  const handled: unknown[] = [];
  let checkpoint: Position | null = null;
  const follower = new Follower({
    name: 'follower',
    events: store,
    logId: (await store.head()).logId,
    checkpoint: async () => checkpoint,
    handle: async (page) => {
      for (const event of page) handle(event);
      handled.push(...page.map(({ data }) => data['n']));
      checkpoint = page.at(-1)!.position;
    },
  });
  return { store, append, follower, handled };
}

describe('a follower', () => {
  it('waits for what passes, however often it comes, and then goes on', async () => {
    let full = 7;
    const { append, follower, handled } = await following(() => {
      if (full-- > 0) throw fails('disk-full');
    });
    for (const n of [1, 2, 3]) await append(n);
    follower.start();
    await append(4);
    while (handled.length < 4) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(handled).toEqual([1, 2, 3, 4]);
    expect(follower.status()).toMatchObject({ error: null });
    await follower.stop();
  });

  it('shows what it is waiting for, and stops while it waits', async () => {
    const { append, follower } = await following(() => {
      throw fails('disk-full');
    });
    await append(1);
    follower.start();
    while (follower.status().error === null) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(follower.status()).toMatchObject({ state: 'catching-up', error: { message: 'disk-full' } });
    await follower.stop();
    expect(follower.status().state).toBe('stopped');
  });

  it('pauses at poison, after what came before it', async () => {
    const { append, follower, handled } = await following(({ data }) => {
      if (data['n'] === 3) throw new Error('poison');
    });
    for (const n of [1, 2, 3, 4]) await append(n);
    follower.start();
    await follower.caughtUp();
    expect(handled).toEqual([1, 2]);
    expect(follower.status()).toMatchObject({ state: 'paused', error: { eventId: uuidv5('3'), message: 'poison' } });
    await follower.stop();
  });

  it('tries what failed once again', async () => {
    let first = true;
    const { append, follower, handled } = await following(() => {
      if (first) {
        first = false;
        throw new Error('once');
      }
    });
    await append(1);
    follower.start();
    await follower.caughtUp();
    expect(handled).toEqual([1]);
    expect(follower.status()).toMatchObject({ state: 'live', error: null });
    await follower.stop();
  });
});
