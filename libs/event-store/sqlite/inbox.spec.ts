import { position } from '#kernel';
import { batch } from '../contract-kit.ts';
import { PAGE } from '../port.ts';
import type { StoredEvent } from '../port.ts';
import { Inbox, INBOX_EVENTS } from './inbox.ts';

const events = (from: number, count: number): StoredEvent[] =>
  batch('a', count).map((event, n) => ({
    ...event,
    stream: 'thing-1',
    revision: BigInt(from + n),
    position: position(from + n),
    storedAt: new Date(0),
  }));

describe('an inbox', () => {
  it('takes nothing before its subscriber is at the head', () => {
    const inbox = new Inbox();
    inbox.deliver(events(1, 3));
    inbox.goLive();
    expect(inbox.take()).toEqual([]);
  });

  it('gives what came, in order, a page at a time', () => {
    const inbox = new Inbox();
    inbox.goLive();
    const all = events(1, PAGE + 3);
    inbox.deliver(all.slice(0, 5));
    inbox.deliver(all.slice(5));
    expect([inbox.take(), inbox.take(), inbox.take()]).toEqual([all.slice(0, PAGE), all.slice(PAGE), []]);
  });

  it('keeps a bounded number for a slow subscriber, then nothing, until that one is at the head again', () => {
    const inbox = new Inbox();
    inbox.goLive();
    inbox.deliver(events(1, INBOX_EVENTS));
    expect(inbox.live).toBe(true);
    inbox.deliver(events(1 + INBOX_EVENTS, 1));
    inbox.deliver(events(2 + INBOX_EVENTS, 1));
    expect([inbox.live, inbox.take()]).toEqual([false, []]);
    inbox.goLive();
    inbox.deliver(events(3 + INBOX_EVENTS, 1));
    expect(inbox.take()).toEqual(events(3 + INBOX_EVENTS, 1));
  });

  it('wakes its subscriber for news, for too much of it, and for the end', async () => {
    const inbox = new Inbox();
    inbox.goLive();
    for (const wake of [() => inbox.deliver(events(1, 1)), () => inbox.deliver(events(2, INBOX_EVENTS)), inbox.end]) {
      const { news } = inbox;
      wake();
      await news;
    }
    expect(inbox.ended).toBe(true);
  });
});
