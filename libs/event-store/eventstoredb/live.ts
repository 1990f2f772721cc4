import type { Readable } from 'node:stream';
import { PAGE } from '../port.ts';
import type { StoredRecord } from './gateway.ts';

interface Taken {
  /** At most a page, in order; empty when nothing came. */
  readonly records: readonly StoredRecord[];
  /** The time did not run out: something happened, if only a sign of life. */
  readonly stirred: boolean;
}

/**
 * One open subscription, pulled: what the consumer has not taken waits here or, beyond a page, at the server. Signals
 * of the client that overtake events (`caughtUp`, checkpoints: `stores.md` §0.2) are never used to say how far it is.
 */
export class Live {
  #failure: { readonly error: unknown } | undefined;
  #news = Promise.withResolvers<void>();

  constructor(
    private readonly source: Readable,
    private readonly record: (chunk: unknown) => StoredRecord | undefined,
    private readonly end: () => void,
  ) {
    source.on('readable', () => this.stir());
    source.on('error', (error: unknown) => this.#fail(error));
    source.on('end', () => this.#fail(new Error('the server ended the subscription')));
    source.on('close', () => this.#fail(new Error('the subscription was closed')));
  }

  /** Waits at most that long, or until the signal fires. Throws what the client says when the subscription is over. */
  async take(ms: number, signal?: AbortSignal): Promise<Taken> {
    const records = this.#drain();
    if (records.length > 0) return { records, stirred: true };
    if (this.#failure) throw this.#failure.error;
    const waiting = Promise.withResolvers<boolean>();
    const stop = () => waiting.resolve(false);
    const timer = setTimeout(stop, ms);
    signal?.addEventListener('abort', stop);
    try {
      const stirred = await Promise.race([this.#news.promise.then(() => true), waiting.promise]);
      // What came together is taken together: each page is a commit of its consumer.
      if (stirred) await new Promise(setImmediate);
      return { records: this.#drain(), stirred };
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
  }

  /** Whoever waits looks again. */
  stir(): void {
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }

  /** The call is over, at the server too. */
  close(): void {
    this.end();
  }

  #drain(): readonly StoredRecord[] {
    const records: StoredRecord[] = [];
    while (records.length < PAGE) {
      const chunk: unknown = this.source.read();
      if (chunk === null) break;
      const record = this.record(chunk);
      if (record) records.push(record);
    }
    return records;
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.stir();
  }
}
