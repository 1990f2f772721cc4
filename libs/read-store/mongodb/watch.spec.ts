import { position, type Position } from '#kernel';
import { Watch } from './watch.ts';

describe('who waits for a projection that others may move', () => {
  it('is told of it, though nobody says so', async () => {
    let at: Position | null = null;
    const watch = new Watch(async () => at);
    const waiting = watch.waitFor('things', position(2), 5_000);
    at = position(1);
    setTimeout(() => void (at = position(2)), 30);
    expect(await waiting).toBe(true);
    watch.close();
  });

  it('looks as often as one, however many wait one after another', async () => {
    let looks = 0;
    const watch = new Watch(async () => {
      looks++;
      return null;
    });
    const window = async (): Promise<number> => {
      const before = looks;
      for (let i = 0; i < 5; i++) expect(await watch.waitFor('things', position(1), 40)).toBe(false);
      return looks - before;
    };
    const [first] = [await window(), await window(), await window()];
    expect(await window()).toBeLessThan(2 * first);
    watch.close();
  });

  it('hears nothing more, and costs nothing more, when the store is closed', async () => {
    let looks = 0;
    const watch = new Watch(async () => (looks++, null));
    const waiting = watch.waitFor('things', position(1), 60_000);
    await new Promise((resolve) => setTimeout(resolve, 30));
    watch.close();
    await expect(waiting).rejects.toMatchObject({ code: 'read-store-closed' });
    const before = looks;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(looks).toBe(before);
  });
});
