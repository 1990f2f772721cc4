import { once } from 'node:events';
import type { ServerWritableStream } from '@grpc/grpc-js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type * as Streams from '@eventstore/db-client/generated/streams_pb.js';
import type { Log, LogRecord } from './log.ts';
import { caughtUp, checkpoint, confirmation, eventResponse, FAILURES, nameOf, notFound } from './wire.ts';

export type ReadCall = ServerWritableStream<Streams.ReadReq, Streams.ReadResp>;

const { BACKWARDS } = streams.ReadReq.Options.ReadDirection;
/** A live subscription may have so many events waiting; then servers up to 23.10 drop it (`stores.md` §1.6). */
const LIVE_BUFFER = 32;

/** A finite read of a stream or of everything (§1.5). */
export async function read(call: ReadCall, log: Log): Promise<void> {
  const options = call.request.getOptions()!;
  const count = BigInt(options.getCount());
  const records = options.hasStream() ? streamRecords(call, log, count) : allRecords(call, log, count);
  if (records === undefined) return;
  for (const record of records) {
    if (call.cancelled) return;
    if (!call.write(eventResponse(record))) await drained(call);
  }
  call.end();
}

/** Or cancelled. */
async function drained(call: ReadCall): Promise<void> {
  const over = new AbortController();
  const { signal } = over;
  await Promise.race([once(call, 'drain', { signal }), once(call, 'cancelled', { signal })]);
  over.abort();
}

/** Undefined: it was answered otherwise. */
function streamRecords(call: ReadCall, log: Log, count: bigint): readonly LogRecord[] | undefined {
  const options = call.request.getOptions()!;
  const stream = options.getStream()!;
  const name = nameOf(stream.getStreamIdentifier());
  const backwards = options.getReadDirection() === BACKWARDS;
  // Forwards from the end, or none at all: an error without a name (§1.5).
  if ((stream.hasEnd() && !backwards) || count === 0n)
    return void call.emit('error', FAILURES.unexpected('Exception was thrown by handler.'));
  const records = log.stream(name);
  if (records === 'deleted') return void call.emit('error', FAILURES.deleted(name));
  if (records === null) {
    call.write(notFound(stream.getStreamIdentifier()!));
    return void call.end();
  }
  const last = records.at(-1)?.revision ?? -1n;
  const first = records[0]?.revision ?? 0n;
  const from = stream.hasRevision() ? BigInt(stream.getRevision()) : backwards ? last : 0n;
  // Backwards from beyond the end begins at the last event, forwards is empty (§1.5).
  const at = Number(from - first);
  const most = Number(count > 1_000_000n ? 1_000_000n : count);
  if (!backwards) return records.slice(Math.max(0, at), Math.max(0, at) + most);
  const to = Math.min(at, records.length - 1) + 1;
  return records.slice(Math.max(0, to - most), Math.max(0, to)).toReversed();
}

function allRecords(call: ReadCall, log: Log, count: bigint): readonly LogRecord[] | undefined {
  const options = call.request.getOptions()!;
  const all = options.getAll()!;
  const backwards = options.getReadDirection() === BACKWARDS;
  // It hangs for ever (§1.5).
  if (count === 0n) return undefined;
  if (all.hasEnd() && !backwards)
    return void call.emit('error', FAILURES.unexpected('Exception was thrown by handler.'));
  const position = all.hasPosition() ? BigInt(all.getPosition()!.getCommitPosition()) : backwards ? log.end : 0n;
  const prepare = all.hasPosition() ? BigInt(all.getPosition()!.getPreparePosition()) : position;
  const isBeyond = backwards && position > log.end;
  if (all.hasPosition() && (prepare > position || isBeyond || !log.isBoundary(position)))
    return void call.emit('error', FAILURES.unexpected('Invalid position'));
  const at = log.indexAt(position);
  const most = Number(count > 1_000_000n ? 1_000_000n : count);
  // Forwards from a place includes the event there, backwards excludes it (§1.5).
  if (!backwards) return log.records.slice(at, at + most);
  return log.records.slice(Math.max(0, at - most), at).toReversed();
}

type Picks = (record: LogRecord) => boolean;

/** A catch-up subscription to everything, for as long as the call lasts (§1.6). */
export class Subscriber {
  readonly #call: ReadCall;
  readonly #log: Log;
  readonly #picks: Picks;
  readonly #checkpointEvery: number;
  /** Whether a slow one is dropped, as up to 23.10, or served from the log. */
  readonly #drops: () => boolean;
  #next: number;
  #considered = 0;
  #isLive = false;
  #isBlocked = false;
  readonly #stop: () => void;

  constructor(call: ReadCall, log: Log, drops: () => boolean) {
    const options = call.request.getOptions()!;
    this.#call = call;
    this.#log = log;
    this.#drops = drops;
    const filter = options.getFilter();
    this.#picks = picksOf(filter);
    this.#checkpointEvery =
      filter === undefined ? 0 : (filter.getMax() || 32) * filter.getCheckpointintervalmultiplier();
    this.#next = this.#start(options.getAll()!);
    this.#stop = log.onAppended(() => this.#pump());
    call.write(confirmation());
    this.#pump();
  }

  /**
   * It reads one event at the place and begins after it: where none lies, the one that comes first is skipped (§1.6). A
   * place beyond the end is taken without a word (§0.7).
   */
  #start(all: Streams.ReadReq.Options.AllOptions): number {
    if (all.hasStart()) return 0;
    if (all.hasEnd()) return this.#log.records.length;
    return Math.min(this.#log.indexAt(BigInt(all.getPosition()!.getCommitPosition())) + 1, this.#log.records.length);
  }

  #pump(): void {
    const { records } = this.#log;
    if (this.#isLive && this.#isBlocked && records.length - this.#next > LIVE_BUFFER && this.#drops()) {
      this.fail(FAILURES.tooSlow());
      return;
    }
    while (!this.#isBlocked && this.#next < records.length) this.#consider(records[this.#next++]!);
    if (this.#next < records.length || this.#isLive) return;
    this.#isLive = true;
    this.#call.write(caughtUp());
  }

  #consider(record: LogRecord): void {
    if (this.#picks(record)) this.#write(eventResponse(record));
    this.#considered++;
    if (this.#checkpointEvery > 0 && this.#considered % this.#checkpointEvery === 0)
      this.#write(checkpoint(record.position));
  }

  #write(response: Streams.ReadResp): void {
    if (this.#call.write(response)) return;
    this.#isBlocked = true;
    this.#call.once('drain', () => {
      this.#isBlocked = false;
      this.#pump();
    });
  }

  /** Ends it with an error of the server. */
  fail(error: Error): void {
    this.#stop();
    this.#call.emit('error', error);
  }

  close(): void {
    this.#stop();
  }
}

function picksOf(filter: Streams.ReadReq.Options.FilterOptions | undefined): Picks {
  if (filter === undefined) return () => true;
  const byType = filter.getEventType();
  const expression = byType ?? filter.getStreamIdentifier()!;
  const prefixes = expression.getPrefixList();
  const regex = expression.getRegex();
  return ({ type, stream }) => {
    const text = byType === undefined ? stream : type;
    return regex === '' ? prefixes.some((prefix) => text.startsWith(prefix)) : new RegExp(regex).test(text);
  };
}
