import type { Position } from '#kernel';
import type { EventStore, StoredEvent } from '#event-store';

export interface FollowerStatus {
  readonly state: 'catching-up' | 'live' | 'paused' | 'stopped';
  /** Of the last event handled. */
  readonly position: Position | null;
  /** Why it is paused, or what it is trying again. */
  readonly error: {
    readonly position: Position | null;
    readonly eventId: string | null;
    readonly message: string;
  } | null;
}

interface Following {
  readonly name: string;
  readonly events: EventStore;
  readonly logId: string;
  readonly checkpoint: () => Promise<Position | null>;
  /**
   * Handles these events and saves the last one's position as the checkpoint, together or not at all. Fails with
   * `stale-projector` when the checkpoint is no longer at `from`.
   */
  readonly handle: (page: readonly StoredEvent[], from: Position | null) => Promise<void>;
}

const ATTEMPTS = 5;
const BACKOFF_MS = 20;
const LONGEST_MS = 1_000;
/** What says nothing of the event itself: a full disk, a store that is away. It is tried again for as long as it takes. */
const PASSING = new Set([
  'disk-full',
  'read-store-unavailable',
  'read-store-locked',
  'store-unavailable',
  'store-timeout',
  'outcome-unknown',
  'contention',
]);

const codeOf = (error: unknown): string => String((error as { readonly code?: unknown }).code);
const passes = (error: unknown): boolean => PASSING.has(codeOf(error));
const restAfter = (attempt: number): number => Math.min(BACKOFF_MS * 2 ** attempt, LONGEST_MS);
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const fault = (error: unknown, event: StoredEvent) => ({
  position: event.position,
  eventId: event.id,
  message: messageOf(error),
});

let turns: Promise<void> = Promise.resolve();
/** While followers catch up, pages would follow one another without end: one page of one follower a turn of the event loop. */
const itsTurn = (): Promise<void> => (turns = turns.then(() => new Promise(setImmediate)));

/**
 * Follows the log from a checkpoint on, page by page and in order. What is passing (a full disk) is waited for. A page that
 * fails otherwise is gone through event by event; the one that fails five times is poison: there it pauses, and says so.
 * Where the checkpoint was moved by somebody else, or by a commit of its own whose answer was lost, it goes on from there.
 */
export class Follower {
  readonly #end = new AbortController();
  readonly #waiting = new Set<() => void>();
  #running: Promise<void> = Promise.resolve();
  #state: FollowerStatus['state'] = 'catching-up';
  #position: Position | null = null;
  #error: FollowerStatus['error'] = null;
  /** How often, since the checkpoint last moved, it was not where it should be. */
  #overtaken = 0;

  constructor(private readonly following: Following) {}

  start(): void {
    this.#running = this.#run();
  }

  status(): FollowerStatus {
    return { state: this.#state, position: this.#position, error: this.#error };
  }

  /** Resolves once it has caught up with the log, or is paused or stopped. */
  async caughtUp(): Promise<void> {
    await this.#until(() => this.#state !== 'catching-up');
  }

  /** Whether it gets there: false when it pauses or stops before. */
  async reached(at: Position | null): Promise<boolean> {
    const there = (): boolean => at === null || (this.#position !== null && this.#position >= at);
    await this.#until(() => there() || this.#state === 'paused' || this.#state === 'stopped');
    return there();
  }

  async stop(): Promise<void> {
    this.#end.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (await this.#follow());
      if (this.#state !== 'paused') this.#state = 'stopped';
    } catch (error) {
      this.#pause(error, null);
    } finally {
      this.#changed();
    }
  }

  /** From the checkpoint on, until it pauses or is stopped. True: it was overtaken, and begins anew at the checkpoint. */
  async #follow(): Promise<boolean> {
    const { name, events, logId } = this.following;
    const position = await this.#checkpoint();
    if (position !== this.#position) this.#overtaken = 0;
    this.#position = position;
    this.#catchUp();
    const before = this.#overtaken;
    for await (const item of events.subscribe({ name, after: this.#position, logId, signal: this.#end.signal })) {
      if (item.kind === 'events') {
        await this.#page(item.events);
        if (this.#state === 'catching-up') await itsTurn();
      } else if (item.kind === 'caught-up') {
        this.#state = 'live';
        this.#error = null;
      } else this.#error = { position: this.#position, eventId: null, message: item.error.message };
      this.#changed();
      if (this.#state === 'paused') return false;
      if (this.#overtaken > before) return !this.#end.signal.aborted;
    }
    return false;
  }

  #catchUp(): void {
    this.#state = 'catching-up';
  }

  /** Waits for a store that is away, for as long as it takes. */
  async #checkpoint(): Promise<Position | null> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.following.checkpoint();
      } catch (error) {
        if (!passes(error) || this.#end.signal.aborted) throw error;
        this.#error = { position: this.#position, eventId: null, message: messageOf(error) };
        await this.#rest(restAfter(attempt));
      }
    }
  }

  async #page(page: readonly StoredEvent[]): Promise<void> {
    const before = this.#overtaken;
    if ((await this.#tried(page)) || this.#overtaken > before) return;
    // One of them cannot be handled: those before it are, and it is named.
    if (page.length > 1) for (const event of page) if (!(await this.#tried([event]))) return;
  }

  async #tried(page: readonly StoredEvent[]): Promise<boolean> {
    for (let attempt = 1; !this.#end.signal.aborted; attempt++) {
      try {
        await this.following.handle(page, this.#position);
        this.#position = page.at(-1)!.position;
        this.#error = null;
        this.#overtaken = 0;
        return true;
      } catch (error) {
        this.#error = fault(error, page[0]!);
        if (codeOf(error) === 'stale-projector') {
          if (++this.#overtaken === ATTEMPTS) this.#pause(error, page[0]!);
          else await this.#rest(restAfter(this.#overtaken));
          return false;
        }
        if (!passes(error) && (page.length > 1 || attempt === ATTEMPTS)) {
          if (page.length === 1) this.#pause(error, page[0]!);
          return false;
        }
        await this.#rest(restAfter(attempt));
      }
    }
    return false;
  }

  /** Until the time is over, or it is stopped. */
  #rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const { signal } = this.#end;
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done);
    });
  }

  #pause(error: unknown, event: StoredEvent | null): void {
    this.#state = 'paused';
    this.#error =
      event === null ? { position: this.#position, eventId: null, message: messageOf(error) } : fault(error, event);
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition())
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
      });
  }

  #changed(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
