import { setTimeout as delay } from 'node:timers/promises';
import type { Position } from '#kernel';
import { CommitFeed } from '../commit-feed.ts';
import type { Committed } from '../port.ts';

const SOONEST_MS = 25;
const LATEST_MS = 250;

/** The feed of a store to which other processes commit too: while somebody waits for a projection, it looks again and again. */
export class Watch {
  readonly #look: (projection: string) => Promise<Position | null>;
  readonly #positions = new Map<string, Position | null>();
  readonly #waiting = new Map<string, number>();
  /** One for each projection that somebody waits for. */
  readonly #polls = new Map<string, AbortController>();
  readonly #feed = new CommitFeed((projection) => this.#positions.get(projection) ?? null);

  /** @param look where the projection stands, as `waitFor` means it. */
  constructor(look: (projection: string) => Promise<Position | null>) {
    this.#look = look;
  }

  onCommitted(listener: (committed: Committed) => void): () => void {
    return this.#feed.onCommitted(listener);
  }

  async announce(committed: Committed): Promise<void> {
    await this.moved(committed.projection);
    this.#feed.announce(committed);
  }

  /** The projection may stand elsewhere. That it cannot be seen now is no failure of what moved it. */
  async moved(projection: string): Promise<void> {
    if (this.#waiting.has(projection)) await this.#refresh(projection).catch(() => {});
  }

  async waitFor(projection: string, at: Position, timeoutMs: number): Promise<boolean> {
    const until = performance.now() + timeoutMs;
    this.#waiting.set(projection, (this.#waiting.get(projection) ?? 0) + 1);
    try {
      await this.#refresh(projection);
      const reached = this.#feed.waitFor(projection, at, Math.max(0, until - performance.now()));
      if (!this.#polls.has(projection)) void this.#poll(projection);
      return await reached;
    } finally {
      this.#left(projection);
    }
  }

  close(): void {
    for (const poll of this.#polls.values()) poll.abort();
    this.#feed.close();
  }

  #left(projection: string): void {
    const waiting = this.#waiting.get(projection)! - 1;
    if (waiting > 0) this.#waiting.set(projection, waiting);
    else {
      this.#polls.get(projection)?.abort();
      for (const map of [this.#waiting, this.#positions, this.#polls]) map.delete(projection);
    }
  }

  async #refresh(projection: string): Promise<void> {
    this.#positions.set(projection, await this.#look(projection));
    this.#feed.moved(projection);
  }

  async #poll(projection: string): Promise<void> {
    const poll = new AbortController();
    this.#polls.set(projection, poll);
    const { signal } = poll;
    for (let ms = SOONEST_MS; !signal.aborted; ms = Math.min(2 * ms, LATEST_MS)) {
      await delay(ms, undefined, { signal }).catch(() => {});
      if (!signal.aborted) await this.moved(projection);
    }
  }
}
