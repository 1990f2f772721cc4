import { memoryEventStore } from '#event-store/memory';
import type { StoredEvent } from '#event-store';
import { uuidv5, type Position } from '#kernel';
import { Follower } from './follower.ts';

const fails = (code: string) => Object.assign(new Error(code), { code });

async function following(handle: (event: StoredEvent) => void, store = memoryEventStore()) {
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
    handle: async (page, from) => {
      if (from !== checkpoint) throw fails('stale-projector');
      for (const event of page) handle(event);
      handled.push(...page.map(({ data }) => data['n']));
      checkpoint = page.at(-1)!.position;
    },
  });
  /** As a commit of somebody else, or one of its own that was not answered. */
  const move = (to: Position | null): void => void (checkpoint = to);
  return { store, append, follower, handled, move };
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

  it('goes on from where somebody else moved the checkpoint', async () => {
    const store = memoryEventStore();
    const { append, follower, handled, move } = await following(() => {}, store);
    await append(1);
    follower.start();
    await follower.caughtUp();
    const { position: second } = await append(2);
    move(second);
    await append(3);
    const { position: last } = await append(4);
    expect(await follower.reached(last)).toBe(true);
    expect(handled.filter((n) => n === 3 || n === 4)).toEqual([3, 4]);
    expect(follower.status()).toMatchObject({ state: 'live', error: null });
    await follower.stop();
  });

  it('goes on after a commit whose answer was lost, without handling anything twice', async () => {
    let lost = false;
    const done: unknown[] = [];
    const store = memoryEventStore();
    const { append, follower, move } = await following(({ data, position }) => {
      done.push(data['n']);
      if (data['n'] !== 2 || lost) return;
      lost = true;
      move(position);
      throw fails('read-store-unavailable');
    }, store);
    await append(1);
    follower.start();
    await follower.caughtUp();
    await append(2);
    const { position } = await append(3);
    expect(await follower.reached(position)).toBe(true);
    expect(done).toEqual([1, 2, 3]);
    await follower.stop();
  });

  it('pauses where the checkpoint never is where it should be', async () => {
    const { append, follower } = await following(() => {
      throw fails('stale-projector');
    });
    await append(1);
    follower.start();
    while (follower.status().state !== 'paused') await new Promise((resolve) => setTimeout(resolve, 10));
    expect(follower.status().error).toMatchObject({ message: 'stale-projector' });
    await follower.stop();
  });

  it('waits for a checkpoint that cannot be read yet', async () => {
    const store = memoryEventStore();
    let away = 3;
    const follower = new Follower({
      name: 'follower',
      events: store,
      logId: (await store.head()).logId,
      checkpoint: async () => {
        if (away-- > 0) throw fails('read-store-unavailable');
        return null;
      },
      handle: async () => {},
    });
    follower.start();
    await follower.caughtUp();
    expect(follower.status()).toMatchObject({ state: 'live', error: null });
    await follower.stop();
  });
});
