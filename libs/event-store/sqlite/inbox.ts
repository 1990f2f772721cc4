import { PAGE } from '../port.ts';
import type { StoredEvent } from '../port.ts';

/** Events that wait for a slow subscriber before it has to read them from the file again. */
export const INBOX_EVENTS = 4 * PAGE;

/** What a subscriber at the head is handed by each commit: the events themselves, in order, up to a bound. */
export class Inbox {
  #events: StoredEvent[] = [];
  #live = false;
  #ended = false;
  #news = Promise.withResolvers<void>();

  /** Whether it has had everything since {@link goLive}; when not, the subscriber reads pages. */
  get live(): boolean {
    return this.#live;
  }

  /** Called in the turn in which the subscriber saw that it is at the head: no commit comes in between. */
  goLive(): void {
    this.#live = true;
  }

  deliver(events: readonly StoredEvent[]): void {
    if (!this.#live) return;
    if (this.#events.length + events.length > INBOX_EVENTS) {
      this.#live = false;
      this.#events = [];
    } else this.#events.push(...events);
    this.wake();
  }

  take(): readonly StoredEvent[] {
    return this.#events.splice(0, PAGE);
  }

  get ended(): boolean {
    return this.#ended;
  }

  readonly end = (): void => {
    this.#ended = true;
    this.wake();
  };

  /** The subscriber looks again. */
  wake(): void {
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }

  get news(): Promise<void> {
    return this.#news.promise;
  }
}
