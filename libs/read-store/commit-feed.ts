import { failpoint, type Position } from '#kernel';
import { ReadStoreError } from './port.ts';
import type { Committed } from './port.ts';
import { closed } from './refusals.ts';

interface Waiter {
  readonly projection: string;
  readonly at: Position;
  settle(outcome: boolean | ReadStoreError): void;
}

/** Tells listeners and waiters of one store what it committed: nobody polls. */
export class CommitFeed {
  readonly #listeners = new Set<(committed: Committed) => void>();
  readonly #waiters = new Set<Waiter>();
  readonly #position: (projection: string) => Position | null;

  /** @param position of a projection, as `waitFor` means it. */
  constructor(position: (projection: string) => Position | null) {
    this.#position = position;
  }

  onCommitted(listener: (committed: Committed) => void): () => void {
    // Wrapped, so that the same function may listen twice and leave once.
    const own = (committed: Committed): void => listener(committed);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  announce(committed: Committed): void {
    this.moved(committed.projection);
    failpoint('before-notify');
    for (const listener of this.#listeners) {
      try {
        listener(committed);
      } catch (error) {
        process.emitWarning(error instanceof Error ? error : String(error));
      }
    }
  }

  /** The projection may stand elsewhere: whoever waits for that is told. */
  moved(projection: string): void {
    const waiters = [...this.#waiters].filter((waiter) => waiter.projection === projection);
    if (waiters.length === 0) return;
    const position = this.#position(projection);
    for (const waiter of waiters) if (position !== null && position >= waiter.at) waiter.settle(true);
  }

  waitFor(projection: string, at: Position, timeoutMs: number): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => waiter.settle(false), timeoutMs);
      const waiter: Waiter = {
        projection,
        at,
        settle: (outcome) => {
          clearTimeout(timer);
          this.#waiters.delete(waiter);
          if (outcome instanceof ReadStoreError) reject(outcome);
          else resolve(outcome);
        },
      };
      this.#waiters.add(waiter);
      this.moved(projection);
    });
  }

  close(): void {
    this.#listeners.clear();
    for (const waiter of this.#waiters) waiter.settle(closed());
  }
}
