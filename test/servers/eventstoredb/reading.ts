import type { ServerWritableStream } from '@grpc/grpc-js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type * as Streams from '@eventstore/db-client/generated/streams_pb.js';
import { MAX_INT64, type Log, type LogRecord } from './log.ts';
import { isSince } from './version.ts';
import { caughtUp, checkpoint, confirmation, eventResponse, FAILURES, nameOf, notFound } from './wire.ts';

export type ReadCall = ServerWritableStream<Streams.ReadReq, Streams.ReadResp>;

const { BACKWARDS } = streams.ReadReq.Options.ReadDirection;
/** A live subscription may have so many events waiting; then servers up to 23.10 drop it (`stores.md` §1.6). */
const LIVE_BUFFER = 32;

/** What reads know of the node. */
interface Served {
  readonly log: Log;
  readonly version: string;
  readonly dropsSlowConsumers: boolean;
}

/** A finite read of a stream or of everything (§1.5). */
export async function read(call: ReadCall, node: Served): Promise<void> {
  const count = BigInt(call.request.getOptions()!.getCount());
  const records = call.request.getOptions()!.hasStream()
    ? streamRecords(call, node, count)
    : allRecords(call, node, count);
  if (records === undefined) return;
  for (const record of records) {
    if (isOver(call)) return;
    if (!call.write(eventResponse(record))) await stirred(call);
  }
  call.end();
}

/** Ended by the client, or by a fault. */
const isOver = (call: ReadCall): boolean => call.cancelled || call.writableEnded;

/** It takes more, or never again. */
function stirred(call: ReadCall): Promise<void> {
  return new Promise((resolve) => {
    const events = ['drain', 'cancelled', 'error', 'close'];
    const done = (): void => {
      for (const event of events) call.off(event, done);
      resolve();
    };
    for (const event of events) call.on(event, done);
  });
}

/** Undefined: it was answered otherwise. */
function streamRecords(call: ReadCall, { log, version }: Served, count: bigint): readonly LogRecord[] | undefined {
  const options = call.request.getOptions()!;
  const stream = options.getStream()!;
  const name = nameOf(stream.getStreamIdentifier());
  const backwards = options.getReadDirection() === BACKWARDS;
  // Forwards from the end, or none at all (§1.5); of nothing, or from where nobody can count to (§1.4).
  const isBeyond = stream.hasRevision() && BigInt(stream.getRevision()) > MAX_INT64;
  if ((stream.hasEnd() && !backwards) || count === 0n || isBeyond || name === '')
    return void call.emit('error', FAILURES.invalid(version));
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

function allRecords(call: ReadCall, { log, version }: Served, count: bigint): readonly LogRecord[] | undefined {
  const options = call.request.getOptions()!;
  const all = options.getAll()!;
  const backwards = options.getReadDirection() === BACKWARDS;
  // It hangs for ever (§1.5).
  if (count === 0n) return undefined;
  if (all.hasEnd() && !backwards) return void call.emit('error', FAILURES.invalid(version));
  const position = all.hasPosition() ? BigInt(all.getPosition()!.getCommitPosition()) : backwards ? log.end : 0n;
  const prepare = all.hasPosition() ? BigInt(all.getPosition()!.getPreparePosition()) : position;
  const isBeyond = backwards && position > log.end;
  if (all.hasPosition() && (prepare > position || isBeyond || !log.isBoundary(position)))
    return void call.emit('error', FAILURES.invalid(version));
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
  readonly #node: Served;
  readonly #picks: Picks;
  readonly #checkpointEvery: number;
  /** Up to there nothing is given. */
  readonly #after: bigint;
  #next: number;
  #considered = 0;
  #isLive = false;
  #isBlocked = false;
  readonly #stop: () => void;

  constructor(call: ReadCall, node: Served) {
    const options = call.request.getOptions()!;
    this.#call = call;
    this.#node = node;
    const filter = options.getFilter();
    this.#picks = picksOf(filter);
    this.#checkpointEvery =
      filter === undefined ? 0 : (filter.getMax() || 32) * filter.getCheckpointintervalmultiplier();
    const position = options.getAll()!.getPosition()?.getCommitPosition();
    // From 24.10 on nothing up to the place is given, wherever the log ends now (§0.7).
    this.#after = position !== undefined && isSince(node.version, '24.10') ? BigInt(position) : -1n;
    this.#next = this.#start(options.getAll()!);
    this.#stop = node.log.onAppended(() => this.#pump());
    call.on('drain', () => {
      this.#isBlocked = false;
      this.#pump();
    });
    this.#write(confirmation());
    this.#pump();
  }

  /**
   * Up to 23.10 it reads one event at the place and begins after it: where none lies, the one that comes first is
   * skipped (§1.6). A place beyond the end is taken without a word (§0.7).
   */
  #start(all: Streams.ReadReq.Options.AllOptions): number {
    const { log } = this.#node;
    if (all.hasStart()) return 0;
    if (all.hasEnd()) return log.records.length;
    const at = log.indexAt(BigInt(all.getPosition()!.getCommitPosition()));
    return this.#after < 0n ? Math.min(at + 1, log.records.length) : at;
  }

  #pump(): void {
    const { records } = this.#node.log;
    if (isOver(this.#call)) return;
    if (this.#isLive && this.#node.dropsSlowConsumers && records.length - this.#next > LIVE_BUFFER && this.#isBlocked) {
      this.fail(FAILURES.tooSlow());
      return;
    }
    while (!this.#isBlocked && this.#next < records.length) this.#consider(records[this.#next++]!);
    if (this.#next < records.length || this.#isLive) return;
    this.#isLive = true;
    // Servers before 23.10 do not say it (§1.6).
    if (isSince(this.#node.version, '23.10')) this.#write(caughtUp());
  }

  #consider(record: LogRecord): void {
    if (record.position <= this.#after) return;
    if (this.#picks(record)) this.#write(eventResponse(record));
    this.#considered++;
    if (this.#checkpointEvery > 0 && this.#considered % this.#checkpointEvery === 0)
      this.#write(checkpoint(record.position));
  }

  #write(response: Streams.ReadResp): void {
    if (!this.#call.write(response)) this.#isBlocked = true;
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
