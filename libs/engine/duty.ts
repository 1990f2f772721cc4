import { randomUUID } from 'node:crypto';
import type { Lease, ReadStore } from '#read-store';

const LEASE = 'projector';
const TTL_MS = 15_000;
const RENEW_MS = 5_000;
const TRY_MS = 1_000;

/** What one process at a time does. */
export interface Work {
  start(): Promise<void>;
  /** Now and then, while it is on duty. */
  tend?(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Lets one process at a time do the work: the one that holds the lease of the read store. The others wait, and one of them
 * takes over when the lease runs out. That is for liveness only: what keeps two at once from doing harm is the
 * compare-and-set of each checkpoint.
 */
export class Duty {
  readonly #owner = randomUUID();
  #lease: Lease | null = null;
  #heldUntil = 0;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly reads: ReadStore,
    private readonly work: readonly Work[],
    /** Told what failed in passing; the next turn tries again. */
    private readonly failed: (error: unknown) => void,
  ) {}

  get held(): boolean {
    return this.#lease !== null;
  }

  /** Resolves when the work is begun here, or somebody else has the lease. */
  async start(): Promise<void> {
    await this.#next();
  }

  /** Ends the work here, and lets somebody else begin at once. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#turn;
    const lease = this.#lease;
    await this.#leave();
    await lease?.release().catch(this.failed);
  }

  async #next(): Promise<void> {
    this.#turn = (this.#lease === null ? this.#take() : this.#keep(this.#lease)).catch(this.failed);
    await this.#turn;
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#next(), this.held ? RENEW_MS : TRY_MS).unref();
  }

  async #take(): Promise<void> {
    this.#heldUntil = performance.now() + TTL_MS;
    this.#lease = await this.reads.lease(LEASE, this.#owner, TTL_MS);
    if (this.#lease === null) return;
    try {
      for (const work of this.work) await work.start();
    } catch (error) {
      await this.#leave();
      throw error;
    }
  }

  async #keep(lease: Lease): Promise<void> {
    const until = performance.now() + TTL_MS;
    // Unanswered is not lost: until it runs out, nobody else can have it.
    const kept = await lease.renew().catch(() => performance.now() < this.#heldUntil && 'unknown');
    if (kept === false) return this.#leave();
    if (kept === true) this.#heldUntil = until;
    for (const work of this.work) await work.tend?.();
  }

  async #leave(): Promise<void> {
    if (this.#lease === null) return;
    this.#lease = null;
    for (const work of this.work) await work.stop();
  }
}
