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
  readonly #stop = new AbortController();
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
    const others = this.#waiting.get(projection) ?? 0;
    this.#waiting.set(projection, others + 1);
    try {
      await this.#refresh(projection);
      const reached = this.#feed.waitFor(projection, at, timeoutMs);
      if (others === 0) void this.#poll(projection);
      return await reached;
    } finally {
      this.#left(projection);
    }
  }

  close(): void {
    this.#stop.abort();
    this.#feed.close();
  }

  #left(projection: string): void {
    const waiting = this.#waiting.get(projection)! - 1;
    if (waiting > 0) this.#waiting.set(projection, waiting);
    else for (const map of [this.#waiting, this.#positions]) map.delete(projection);
  }

  async #refresh(projection: string): Promise<void> {
    this.#positions.set(projection, await this.#look(projection));
    this.#feed.moved(projection);
  }

  async #poll(projection: string): Promise<void> {
    const { signal } = this.#stop;
    for (let ms = SOONEST_MS; this.#waiting.has(projection) && !signal.aborted; ms = Math.min(2 * ms, LATEST_MS)) {
      await delay(ms, undefined, { signal }).catch(() => {});
      await this.moved(projection);
    }
  }
}
