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
export const MAX_INT64 = 2n ** 63n - 1n;
/** What the server writes by itself. */
const SYSTEM = { isJson: true, data: Buffer.from('{}'), meta: Buffer.alloc(0) } as const;

/** The log of a pretend node and what its writer decides (`stores.md` §1.1–1.3). It outlives every kill of the node. */
export class Log {
  readonly records: LogRecord[] = [];
  /** Where it ends. */
  end: bigint;
  /** Off the real time by so many ms. */
  clockOffset = 0;
  /** What was committed lately, by its id: weak idempotency (§1.2). */
  readonly #cache = new Map<string, LogRecord>();
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

  /** As when the server ends: its cache does not outlive it (§1.2). */
  forget(): void {
    this.#cache.clear();
  }

  append(name: string, expected: ExpectedRevision, events: readonly Proposed[]): Outcome {
    const stream = this.#stream(name);
    if (stream.tombstoned) return { kind: 'deleted' };
    // The limit counts data only: metadata passes (§1.3).
    if (events.reduce((sum, { data }) => sum + data.length, 0) > MAX_APPEND_BYTES) return { kind: 'too-large' };
    const decided =
      expected === 'any' || expected === 'stream_exists'
        ? this.#weak(name, expected, events)
        : this.#strong(stream, expected, events);
    if (decided !== undefined) return decided;
    const current = lastOf(stream);
    // An empty append succeeds, with a position that is no event, and makes no stream (§1.3).
    if (events.length === 0) {
      this.#marks.add(this.end);
      return { kind: 'success', revision: current < 0n ? null : current, position: this.end++ };
    }
    if (isSoftDeleted(stream)) stream.truncatedBefore = current + 1n;
    for (const event of events) this.#write(stream, name, event);
    this.#tell();
    const last = stream.records.at(-1)!;
    return { kind: 'success', revision: last.revision, position: last.position };
  }

  /** ANY and STREAM_EXISTS: a repetition is known by the cache alone, and its place is not (§1.1, §1.2). */
  #weak(name: string, expected: 'any' | 'stream_exists', events: readonly Proposed[]): Outcome | undefined {
    const stream = this.#stream(name);
    if (expected === 'stream_exists' && !this.#exists(name)) return wrong(stream);
    const known = events
      .map(({ id }) => this.#cache.get(id))
      .map((record) => (record?.stream === name ? record : null));
    if (known.length === 0 || known[0] === null) return undefined;
    const last = known.at(-1)!;
    // The first is there and another is not: answered as a conflict (§1.2).
    return known.includes(null) ? wrong(stream) : { kind: 'success', revision: last.revision, position: null };
  }

  /** NO_STREAM and a revision: each id is compared with what is stored there, however long ago (§1.1, §1.2). */
  #strong(stream: Stream, expected: 'no_stream' | bigint, events: readonly Proposed[]): Outcome | undefined {
    const before = expected === 'no_stream' ? -1n : expected;
    const current = lastOf(stream);
    const isGone = isSoftDeleted(stream);
    if (before === current) return undefined;
    const stored = stream.records.slice(Number(before) + 1, Number(before) + 1 + events.length);
    // NO_STREAM goes on after a soft delete; only the batch that lies at its beginning is still a repetition (§1.2).
    if (expected === 'no_stream' && isGone && (stored.length === 0 || stored[0]!.id !== events[0]!.id))
      return undefined;
    if (before > current || events.length === 0) return wrong(stream);
    if (!events.every(({ id }, i) => stored[i]?.id === id)) return wrong(stream);
    const { revision, position } = stored.at(-1)!;
    return { kind: 'success', revision, position: isGone ? null : position };
  }

  /** Metadata make a stream exist, too (§1.1). */
  #exists(name: string): boolean {
    const stream = this.#stream(name);
    const isThere = stream.records.length > 0 || (this.#streams.get(`$$${name}`)?.records.length ?? 0) > 0;
    return isThere && !isSoftDeleted(stream);
  }

  #write(stream: Stream, name: string, event: Proposed): LogRecord {
    const record: LogRecord = {
      ...event,
      stream: name,
      revision: BigInt(stream.records.length),
      created: BigInt(this.now()) * 10_000n,
      position: this.end,
    };
    stream.records.push(record);
    this.records.push(record);
    this.#cache.set(record.id, record);
    this.end += FRAME_BYTES + BigInt(name.length + event.data.length + event.meta.length);
    if (name.startsWith('$$') && event.type === '$metadata') this.#changeMetadata(name.slice(2), event.data);
    return record;
  }

  #changeMetadata(name: string, data: Buffer): void {
    const { $tb } = metadataOf(data);
    if (typeof $tb !== 'number') return;
    this.#stream(name).truncatedBefore = $tb >= Number.MAX_SAFE_INTEGER ? MAX_INT64 : BigInt($tb);
  }

  /** Reopenable by an append with NO_STREAM; its records stay in `$all` until a scavenge (§1.8). */
  softDelete(name: string, id: string, expected: ExpectedRevision = 'any'): Outcome {
    const refused = this.#undeletable(name, expected);
    const data = Buffer.from('{"$tb":9223372036854775807}');
    return refused ?? this.append(`$$${name}`, 'any', [{ ...SYSTEM, id, type: '$metadata', data }]);
  }

  /** For ever: any append afterwards is refused (§1.1). */
  tombstone(name: string, id: string, expected: ExpectedRevision = 'any'): Outcome {
    const refused = this.#undeletable(name, expected);
    if (refused !== undefined) return refused;
    const stream = this.#stream(name);
    const { revision, position } = this.#write(stream, name, { ...SYSTEM, id, type: '$streamDeleted' });
    stream.tombstoned = true;
    this.#tell();
    return { kind: 'success', revision, position };
  }

  /** A deletion is no repetition of another: only the revision counts. */
  #undeletable(name: string, expected: ExpectedRevision): Outcome | undefined {
    const stream = this.#stream(name);
    if (stream.tombstoned) return { kind: 'deleted' };
    const current = lastOf(stream);
    const isMet = {
      any: true,
      no_stream: current < 0n || isSoftDeleted(stream),
      stream_exists: this.#exists(name),
    };
    return (typeof expected === 'bigint' ? expected === current : isMet[expected]) ? undefined : wrong(stream);
  }

  /** The names that the metadata of a stream allow to read it (§1.7). */
  readers(name: string): readonly unknown[] {
    const last = this.#streams.get(`$$${name}`)?.records.at(-1);
    const { $r = [] } = (last && (metadataOf(last.data).$acl as { $r?: unknown } | undefined)) ?? {};
    return [$r].flat();
  }

  /** What a read of the stream sees; null when there is none, or it is soft-deleted. */
  stream(name: string): readonly LogRecord[] | null | 'deleted' {
    const stream = this.#streams.get(name);
    if (stream?.tombstoned) return 'deleted';
    if (stream === undefined || stream.records.length === 0 || isSoftDeleted(stream)) return null;
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

  #tell(): void {
    for (const listener of this.#listeners) listener();
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

const lastOf = ({ records }: Stream): bigint => BigInt(records.length) - 1n;

const wrong = (stream: Stream): Outcome => {
  const actual = lastOf(stream);
  return { kind: 'wrong', actual: actual < 0n ? null : actual };
};

const isSoftDeleted = (stream: Stream): boolean =>
  stream.truncatedBefore === MAX_INT64 || (stream.records.length > 0 && stream.truncatedBefore > lastOf(stream));

/** Empty where it is none: nobody keeps others from writing it. */
function metadataOf(data: Buffer): { readonly $tb?: unknown; readonly $acl?: unknown } {
  try {
    return Object(JSON.parse(data.toString()));
  } catch {
    return {};
  }
}
