import { jest } from '@jest/globals';
import { position } from '#kernel';
import { CommitFeed } from './commit-feed.ts';

const committed = { projection: 'things', generation: 1, to: position(1), touched: [] };

describe('a listener of commits', () => {
  it('that throws is reported, and neither the commit nor the others feel it', () => {
    const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const feed = new CommitFeed(() => null);
    const heard: string[] = [];
    const bug = new Error('a bug');
    feed.onCommitted(() => {
      throw bug;
    });
    feed.onCommitted(({ to }) => heard.push(to));
    feed.announce(committed);
    expect(heard).toEqual([committed.to]);
    expect(warned).toHaveBeenCalledWith(bug);
    warned.mockRestore();
  });

  it('may listen twice, leave one by one, and leave while it hears', () => {
    const feed = new CommitFeed(() => null);
    let heard = 0;
    const listener = (): void => void heard++;
    const stop = feed.onCommitted(listener);
    const stopOnce = feed.onCommitted(() => stopOnce());
    feed.onCommitted(listener);
    feed.announce(committed);
    stop();
    feed.announce(committed);
    expect(heard).toBe(3);
  });
});
