import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server, ServerCredentials, type Metadata, type ServerErrorResponse } from '@grpc/grpc-js';
import { Proxy } from '../proxy.ts';
import { Access, type AccessOptions } from './access.ts';
import { httpFront } from './front.ts';
import { Log, type Proposed } from './log.ts';
import type { Subscriber } from './reading.ts';
import { servicesOf, type Member } from './services.ts';
import { isSince } from './version.ts';
import { FAILURES } from './wire.ts';

/*
 * An EventStoreDB that only pretends: in this process, over gRPC, with the rules of `stores.md` §0 and §1 and nothing of
 * its own. It proves how we handle what a node does, not what a node does; that a real one decides (`npm run test:server`).
 */

export interface NodeOptions extends AccessOptions {
  /** Any free one by default. */
  readonly port?: number;
  /** What it says it is. Up to 23.10 a slow live subscriber is dropped. */
  readonly version?: string;
  /** The log goes on from there: positions are byte offsets. */
  readonly begin?: bigint;
  readonly log?: Log;
  /** PEM of a certificate and its key: then it speaks TLS, without the HTTP front. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

/** What is open at the server: ended by faults. */
interface Open {
  end?(): unknown;
  emit(event: 'error', error: Error): unknown;
}

/** Between the arrival of an append and its commit; an identical one meanwhile is dropped and times out (§0.13, §1.2). */
const NOT_READY_MS = 2_000;
/** A message of a client may have so many bytes (§1.3). */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024 - 10_000;
const HTTP2 = Buffer.from('PRI');

export class PretendNode {
  readonly log: Log;
  readonly version: string;
  readonly access: Access;
  /** Calls of each way to append, so far. */
  appends = 0;
  batchAppends = 0;
  /** Up to 23.10; later servers serve a slow one from the log (§1.6). */
  dropsSlowConsumers: boolean;
  /** How long an append is on its way before it is committed, in ms. */
  commitMs = 0;
  notReadyMs = NOT_READY_MS;
  isNotReady = false;
  isUp = false;
  /** In a cluster, who else there is. */
  members: () => readonly Member[] = () => [{ port: this.port, isLeader: true, isAlive: true }];
  readonly #options: NodeOptions;
  readonly #proxy: Proxy;
  readonly #open = new Set<Open>();
  readonly #subscribers = new Set<Subscriber>();
  readonly #underWay = new Set<string>();
  /** Ends with every kill and stop, and with it what is not committed yet. */
  #life = new AbortController();
  #lostReplies = 0;
  #truncation: number | undefined;
  #grpc: Server | undefined;
  #front: HttpServer | undefined;
  #grpcPort = 0;

  constructor(options: NodeOptions) {
    this.#options = options;
    this.log = options.log ?? new Log(options.begin);
    this.version = options.version ?? '23.10.6';
    this.access = new Access(options, this.log);
    this.dropsSlowConsumers = !isSince(this.version, '24.2');
    this.#proxy = new Proxy((first) => (this.#isHttp1(first) ? this.#frontPort() : this.#grpcPort));
  }

  get port(): number {
    return this.#proxy.port;
  }

  /** As the client takes it; the TLS one needs its CA besides. */
  get url(): string {
    const [user] = Object.entries(this.#options.users ?? {});
    const who = user === undefined ? '' : `${user[0]}:${user[1]}@`;
    return `esdb://${who}127.0.0.1:${this.port}?tls=${this.#options.tls !== undefined}`;
  }

  /** Calls that are open at the server now. */
  get openCalls(): number {
    return this.#open.size;
  }

  /** Connections that clients have open. */
  get connections(): number {
    return this.#proxy.connections;
  }

  /** Listens, after a kill or a stop on the same port and with the same log. */
  async start(): Promise<void> {
    await this.#serve();
    await this.#proxy.listen(this.port || this.#options.port);
    this.isUp = true;
  }

  /** Dies without a goodbye: what was not committed never will be. */
  async kill(): Promise<void> {
    this.isUp = false;
    this.#life.abort();
    this.#life = new AbortController();
    this.log.forget();
    await this.#proxy.cut();
  }

  /** Ends in order: whoever has a call open is told so, then nobody answers (§0.4). */
  async stop(): Promise<void> {
    this.#failOpen(FAILURES.shuttingDown());
    await sleep(20);
    await this.kill();
  }

  /** Connections stay, nothing comes through. */
  async pause(): Promise<void> {
    this.#proxy.silence();
  }

  async resume(): Promise<void> {
    this.#proxy.resume();
  }

  /** Ends every open call without an error. */
  async endCalls(): Promise<void> {
    for (const call of this.#open) call.end?.();
  }

  /** The next append is committed; its answer never comes, and every connection breaks. */
  async loseNextReply(): Promise<void> {
    this.#lostReplies++;
  }

  /** The next append is cut off after so many events, as when the end of a cancelled stream is read first (§0.11). */
  truncateNextAppend(events: number): void {
    this.#truncation = events;
    this.#lostReplies++;
  }

  setClockOffset(ms: number): void {
    this.log.clockOffset = ms;
  }

  /**
   * Takes away the right to read. What runs would go on (§1.7), so every connection is broken; or, where that is asked
   * for, all that runs is told.
   */
  async revokeRead({ endsRunning = false } = {}): Promise<void> {
    this.access.isRevoked = true;
    if (endsRunning) this.#failOpen(FAILURES.denied());
    else this.#proxy.reset();
  }

  /** "Consumer too slow", also to one that is not (§0.12). */
  dropLiveConsumers(): void {
    for (const subscriber of this.#subscribers) subscriber.fail(FAILURES.tooSlow());
  }

  breakConnections(): void {
    this.#proxy.reset();
  }

  /** Something that others, or the server itself, write. */
  write(stream: string, event: Partial<Proposed> & Pick<Proposed, 'type'>): void {
    const data = event.data ?? Buffer.from('{}');
    this.log.append(stream, 'any', [
      { id: crypto.randomUUID(), isJson: true, meta: Buffer.from('{}'), ...event, data },
    ]);
  }

  async close(): Promise<void> {
    await this.kill();
    this.#grpc?.forceShutdown();
    if (this.#front !== undefined) {
      this.#front.closeAllConnections();
      await new Promise((resolve) => this.#front!.close(resolve));
    }
    this.#front = undefined;
    this.#grpc = undefined;
  }

  /** For the services: why a call is refused before anything is done. */
  refusal(metadata: Metadata, what: 'read' | 'write'): ServerErrorResponse | undefined {
    if (this.isNotReady) return FAILURES.notReady();
    const refusal = this.access.refusal(metadata);
    if (refusal !== undefined) return refusal;
    const leader = this.members().find(({ isLeader, isAlive }) => isLeader && isAlive);
    const isAsked = String(metadata.get('requires-leader')[0] ?? '') === 'true';
    // A follower forwards writes, or says who leads to whoever asks for that (§1.7); to nobody without a leader.
    if (leader === undefined) return isAsked || what === 'write' ? FAILURES.notReady() : undefined;
    return isAsked && leader.port !== this.port ? FAILURES.notLeader('127.0.0.1', leader.port) : undefined;
  }

  opened(call: Open): () => void {
    this.#open.add(call);
    return () => this.#open.delete(call);
  }

  subscribed(subscriber: Subscriber): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  /** Waits until an append is to be committed; unless an identical one is under way (§0.13), or the node dies. */
  async turn(stream: string, id: string | undefined): Promise<'commit' | 'let go' | 'dead'> {
    const key = `${stream}/${id}`;
    const isSecond = this.#underWay.has(key);
    if (!isSecond && this.commitMs === 0) return 'commit';
    if (!isSecond) this.#underWay.add(key);
    try {
      await sleep(isSecond ? this.notReadyMs : this.commitMs, undefined, { signal: this.#life.signal });
      return isSecond ? 'let go' : 'commit';
    } catch {
      return 'dead';
    } finally {
      if (!isSecond) this.#underWay.delete(key);
    }
  }

  takeLostReply(): boolean {
    if (this.#lostReplies === 0) return false;
    this.#lostReplies--;
    return true;
  }

  takeTruncation(): number | undefined {
    const events = this.#truncation;
    this.#truncation = undefined;
    return events;
  }

  #failOpen(error: Error): void {
    for (const call of this.#open) call.emit('error', error);
  }

  async #serve(): Promise<void> {
    if (this.#grpc !== undefined) return;
    const { tls } = this.#options;
    const grpc = new Server({ 'grpc.max_receive_message_length': MAX_MESSAGE_BYTES });
    for (const [definition, handlers] of servicesOf(this)) grpc.addService(definition, { ...handlers });
    const credentials =
      tls === undefined
        ? ServerCredentials.createInsecure()
        : ServerCredentials.createSsl(null, [{ private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.cert) }]);
    this.#grpcPort = await new Promise((resolve, reject) =>
      grpc.bindAsync('127.0.0.1:0', credentials, (error, port) => (error ? reject(error) : resolve(port))),
    );
    this.#grpc = grpc;
    this.#front = httpFront(this);
    this.#front.listen(0, '127.0.0.1');
    await once(this.#front, 'listening');
  }

  /** On its one port a node speaks HTTP/2 with gRPC and HTTP/1 with everybody else. */
  #isHttp1(first: Buffer): boolean {
    return this.#options.tls === undefined && !first.subarray(0, HTTP2.length).equals(HTTP2);
  }

  #frontPort(): number {
    return (this.#front!.address() as AddressInfo).port;
  }
}
