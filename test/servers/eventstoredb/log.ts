/** A record as the server keeps it. */
export interface LogRecord {
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: Buffer;
  readonly meta: Buffer;
  /** Ticks of 100 ns since 1970, by the server's clock. */
  readonly created: bigint;
  /** Commit and prepare: the byte where it begins (`stores.md` §1.1). */
  readonly position: bigint;
}

export type Proposed = Pick<LogRecord, 'id' | 'type' | 'isJson' | 'data' | 'meta'>;
export type ExpectedRevision = 'any' | 'no_stream' | 'stream_exists' | bigint;

export type Outcome =
  /** `position` is unknown for a repetition whose place the server has forgotten. */
  | { readonly kind: 'success'; readonly revision: bigint | null; readonly position: bigint | null }
  | { readonly kind: 'wrong'; readonly actual: bigint | null }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'too-large' };

interface Stream {
  readonly records: LogRecord[];
  /** Soft-deleted before this revision: `$tb` (§1.8). */
  truncatedBefore: bigint;
  tombstoned: boolean;
}

export const MAX_APPEND_BYTES = 1024 * 1024;
/** What a record takes beside its data and metadata: so that positions are not dense (§1.1). */
const FRAME_BYTES = 96n;
const MAX_INT64 = 2n ** 63n - 1n;

/** The log of a pretend node and what its writer decides (`stores.md` §1.1–1.3). It outlives every kill of the node. */
export class Log {
  readonly records: LogRecord[] = [];
  /** Where it ends. */
  end: bigint;
  /** Off the real time by so many ms. */
  clockOffset = 0;
  /** Ids given without a revision that are still in the cache of the server: weak idempotency (§1.2). */
  readonly #recent = new Set<string>();
  readonly #streams = new Map<string, Stream>();
  readonly #listeners = new Set<() => void>();
  /** Places that are no event, and that the server takes all the same: those of empty appends. */
  readonly #marks = new Set<bigint>();

  constructor(begin = 0n) {
    this.end = begin;
  }

  now(): number {
    return Date.now() + this.clockOffset;
  }

  onAppended(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  append(name: string, expected: ExpectedRevision, events: readonly Proposed[]): Outcome {
    const stream = this.#stream(name);
    if (stream.tombstoned) return { kind: 'deleted' };
    // The limit counts data only: metadata passes (§1.3).
    if (events.reduce((sum, { data }) => sum + data.length, 0) > MAX_APPEND_BYTES) return { kind: 'too-large' };
    const current = BigInt(stream.records.length) - 1n;
    const isGone = this.#isSoftDeleted(stream);
    const refused = this.#refused(stream, expected, current, isGone, events);
    if (refused !== undefined) return refused;
    // An empty append succeeds, with a position that is no event, and makes no stream (§1.3).
    if (events.length === 0) {
      this.#marks.add(this.end);
      return { kind: 'success', revision: current < 0n ? null : current, position: this.end++ };
    }
    if (isGone) stream.truncatedBefore = current + 1n;
    for (const event of events) this.#write(stream, name, event);
    if (typeof expected === 'string') for (const { id } of events) this.#recent.add(`${name}/${id}`);
    for (const listener of this.#listeners) listener();
    const last = stream.records.at(-1)!;
    return { kind: 'success', revision: last.revision, position: last.position };
  }

  /** The table of §1.1; undefined: it is to be written. */
  #refused(
    stream: Stream,
    expected: ExpectedRevision,
    current: bigint,
    isGone: boolean,
    events: readonly Proposed[],
  ): Outcome | undefined {
    const wrong: Outcome = { kind: 'wrong', actual: current < 0n ? null : current };
    if (expected === 'any' || expected === 'stream_exists') {
      if (expected === 'stream_exists' && (current < 0n || isGone)) return wrong;
      const [first] = events;
      const seen = first !== undefined && this.#recent.has(`${stream.records[0]?.stream}/${first.id}`);
      return seen ? { kind: 'success', revision: current, position: null } : undefined;
    }
    if (expected === 'no_stream' && (current < 0n || isGone)) return undefined;
    const before = expected === 'no_stream' ? -1n : expected;
    if (before === current) return undefined;
    if (before > current || events.length === 0) return wrong;
    // Strong idempotency: each id is compared with what is stored there, however long ago (§1.2).
    const stored = stream.records.slice(Number(before) + 1, Number(before) + 1 + events.length);
    const isRepetition = events.every(({ id }, i) => stored[i]?.id === id);
    if (!isRepetition) return wrong;
    const { revision, position } = stored.at(-1)!;
    return { kind: 'success', revision, position };
  }

  #write(stream: Stream, name: string, event: Proposed): void {
    const record: LogRecord = {
      ...event,
      // Upper-case UUIDs come back lower-case (§1.3).
      id: event.id.toLowerCase(),
      stream: name,
      revision: BigInt(stream.records.length),
      created: BigInt(this.now()) * 10_000n,
      position: this.end,
    };
    stream.records.push(record);
    this.records.push(record);
    this.end += FRAME_BYTES + BigInt(name.length + event.data.length + event.meta.length);
    if (name.startsWith('$$') && event.type === '$metadata') this.#changeMetadata(name.slice(2), event.data);
  }

  #changeMetadata(name: string, data: Buffer): void {
    const { $tb } = JSON.parse(data.toString()) as { $tb?: number };
    if ($tb !== undefined)
      this.#stream(name).truncatedBefore = $tb >= Number.MAX_SAFE_INTEGER ? MAX_INT64 : BigInt($tb);
  }

  /** Reopenable by an append with NO_STREAM; its records stay in `$all` until a scavenge (§1.8). */
  softDelete(name: string, id: string): void {
    const data = Buffer.from('{"$tb":9223372036854775807}');
    this.append(`$$${name}`, 'any', [{ id, type: '$metadata', isJson: true, data, meta: Buffer.alloc(0) }]);
  }

  /** For ever: any append afterwards is refused. */
  tombstone(name: string, id: string): void {
    const stream = this.#stream(name);
    this.#write(stream, name, {
      id,
      type: '$streamDeleted',
      isJson: true,
      data: Buffer.from('{}'),
      meta: Buffer.alloc(0),
    });
    stream.tombstoned = true;
  }

  /** What a read of the stream sees; null when there is none, or it is soft-deleted. */
  stream(name: string): readonly LogRecord[] | null | 'deleted' {
    const stream = this.#streams.get(name);
    if (stream?.tombstoned) return 'deleted';
    if (stream === undefined || stream.records.length === 0 || this.#isSoftDeleted(stream)) return null;
    return stream.records.filter(({ revision }) => revision >= stream.truncatedBefore);
  }

  /** Index of the first record at or after a place. */
  indexAt(position: bigint): number {
    let [low, high] = [0, this.records.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.records[middle]!.position < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether something begins there: any other place is no position of this log (§1.4). */
  isBoundary(position: bigint): boolean {
    return (
      position >= this.end || this.#marks.has(position) || this.records[this.indexAt(position)]?.position === position
    );
  }

  #isSoftDeleted({ records, truncatedBefore }: Stream): boolean {
    return truncatedBefore === MAX_INT64 || (records.length > 0 && truncatedBefore > BigInt(records.length) - 1n);
  }

  #stream(name: string): Stream {
    let stream = this.#streams.get(name);
    if (stream === undefined) {
      stream = { records: [], truncatedBefore: 0n, tombstoned: false };
      this.#streams.set(name, stream);
    }
    return stream;
  }
}
