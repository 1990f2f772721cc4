import type { Writable } from 'node:stream';

/** One message of an event stream. `id` is where a client resumes: a message without one leaves that place as it is. */
export interface SseMessage {
  readonly id?: string;
  readonly event?: string;
  readonly data: string;
}

/**
 * The message in the text/event-stream format. Line breaks in `data` become lines of their own, as the format has it;
 * `id` and `event` hold one line, so that no value can forge another field.
 */
export function frame({ id, event, data }: SseMessage): string {
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  return `${field('id', id)}${field('event', event)}${lines.join('')}\n`;
}

const field = (name: string, value: string | undefined): string =>
  value === undefined ? '' : `${name}: ${value.replaceAll(/[\r\n\0]/g, '')}\n`;

/** Kept alive through proxies that cut silent connections. */
export const HEARTBEAT_MS = 15_000;
/** What a client may be behind in bytes; one that is further behind is dropped and resumes by itself. */
export const MAX_BUFFERED = 64 * 1024;
/** How long a client waits before it comes back. */
export const RETRY_MS = 3_000;

/** One listener. Never waits for it: what it does not read in time, it reads again when it comes back. */
export class SseClient {
  #open = true;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(
    private readonly out: Writable,
    private readonly onDropped: () => void,
    onHeartbeat: () => void,
    heartbeatMs: number = HEARTBEAT_MS,
  ) {
    this.#write(`retry: ${RETRY_MS}\n\n`);
    this.#heartbeat = setInterval(() => {
      this.#write(': \n\n');
      onHeartbeat();
    }, heartbeatMs);
    out.once('close', () => this.#ended());
    out.on('error', () => this.#ended());
  }

  get open(): boolean {
    return this.#open;
  }

  /** Bytes that the client has not taken yet. */
  get buffered(): number {
    return this.out.writableLength;
  }

  send(framed: string): void {
    this.#write(framed);
  }

  /** Until the client has read on; for what can wait, such as events long past. Well before the cap, so that it is never reached. */
  async drained(): Promise<void> {
    if (!this.#open || this.out.writableLength < MAX_BUFFERED / 2) return;
    await new Promise<void>((resolve) => {
      this.out.once('close', resolve);
      // Written after all that waits: when this is taken, that is.
      this.out.write(': \n\n', () => {
        this.out.off('close', resolve);
        resolve();
      });
    });
  }

  /** Ends the stream; the client comes back after `retry`. */
  close(): void {
    if (!this.#open) return;
    this.#ended();
    this.out.end(`retry: ${RETRY_MS}\n\n`);
  }

  #write(text: string): void {
    if (!this.#open) return;
    if (this.out.writableLength + Buffer.byteLength(text) > MAX_BUFFERED && this.out.writableLength > 0) {
      this.onDropped();
      this.#ended();
      this.out.destroy();
      return;
    }
    this.out.write(text);
  }

  #ended(): void {
    this.#open = false;
    clearInterval(this.#heartbeat);
  }
}
