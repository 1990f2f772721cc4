import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import { Server, ServerCredentials, type Metadata, type ServerErrorResponse } from '@grpc/grpc-js';
import { Proxy } from '../proxy.ts';
import { Log, type Proposed } from './log.ts';
import type { Subscriber } from './reading.ts';
import { servicesOf, type Member } from './services.ts';
import { FAILURES } from './wire.ts';

/*
 * An EventStoreDB that only pretends: in this process, over gRPC, with the rules of `stores.md` §0 and §1 and nothing of
 * its own. It proves how we handle what a node does, not what a node does; that a real one decides (`npm run test:server`).
 */

export interface NodeOptions {
  /** Any free one by default. */
  readonly port?: number;
  /** What it says it is. Up to 23.10 a slow live subscriber is dropped. */
  readonly version?: string;
  /** The log goes on from there: positions are byte offsets. */
  readonly begin?: bigint;
  readonly log?: Log;
  /** With it, whoever calls says who it is: names and passwords. `$all` is for those in `admins` only (§1.7). */
  readonly users?: Readonly<Record<string, string>>;
  readonly admins?: readonly string[];
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
const HTTP2 = Buffer.from('PRI * HTTP/2.0').subarray(0, 3);

export class PretendNode {
  readonly log: Log;
  readonly version: string;
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
  #readable = true;
  #lostReplies = 0;
  #truncation: number | undefined;
  #grpc: Server | undefined;
  #front: HttpServer | undefined;
  #grpcPort = 0;

  constructor(options: NodeOptions) {
    this.#options = options;
    this.log = options.log ?? new Log(options.begin);
    this.version = options.version ?? '23.10.6';
    this.dropsSlowConsumers = !/^2[4-9]/.test(this.version);
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

  /** Dies without a goodbye. */
  async kill(): Promise<void> {
    this.isUp = false;
    await this.#proxy.cut();
  }

  /** Ends in order: whoever has a call open is told so, then nobody answers (§0.4). */
  async stop(): Promise<void> {
    this.#failOpen(FAILURES.shuttingDown());
    await new Promise((resolve) => setTimeout(resolve, 20));
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
    this.#open.clear();
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

  /** Takes away the right to read; what runs goes on (§1.7) until it is broken off. */
  async revokeRead(): Promise<void> {
    this.#readable = false;
    this.#proxy.reset();
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
    await this.#proxy.cut();
    this.#grpc?.forceShutdown();
    if (this.#front !== undefined) {
      this.#front.closeAllConnections();
      await new Promise((resolve) => this.#front!.close(resolve));
    }
    this.#front = undefined;
    this.#grpc = undefined;
  }

  /** For the services: why a call is refused before anything is done. */
  refusal(metadata: Metadata): ServerErrorResponse | undefined {
    if (this.isNotReady) return FAILURES.notReady();
    if (this.#options.users !== undefined && this.#callerOf(metadata) === undefined) return FAILURES.unauthenticated();
    const leader = this.members().find(({ isLeader, isAlive }) => isLeader && isAlive);
    const isAsked = String(metadata.get('requires-leader')[0] ?? '') === 'true';
    if (isAsked && leader !== undefined && leader.port !== this.port)
      return FAILURES.notLeader('127.0.0.1', leader.port);
    return undefined;
  }

  readRefusal(metadata: Metadata): ServerErrorResponse | undefined {
    const { admins, users } = this.#options;
    const isAdmin = admins === undefined || users === undefined || admins.includes(this.#callerOf(metadata)!);
    return this.#readable && isAdmin ? undefined : FAILURES.denied();
  }

  opened(call: Open): () => void {
    this.#open.add(call);
    return () => this.#open.delete(call);
  }

  subscribed(subscriber: Subscriber): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  /** False: an identical append is still under way, and the server let this one go. */
  async isItsTurn(stream: string, id: string | undefined): Promise<boolean> {
    const key = `${stream}/${id}`;
    if (this.#underWay.has(key)) {
      await new Promise((resolve) => setTimeout(resolve, this.notReadyMs));
      return false;
    }
    if (this.commitMs === 0) return true;
    this.#underWay.add(key);
    await new Promise((resolve) => setTimeout(resolve, this.commitMs));
    this.#underWay.delete(key);
    return true;
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

  #callerOf(metadata: Metadata): string | undefined {
    const [, basic = ''] = /^Basic (.*)$/.exec(String(metadata.get('authorization')[0] ?? '')) ?? [];
    const [name = '', password] = Buffer.from(basic, 'base64').toString().split(':');
    return this.#options.users?.[name] === password ? name : undefined;
  }

  #failOpen(error: Error): void {
    for (const call of this.#open) call.emit('error', error);
    this.#open.clear();
  }

  async #serve(): Promise<void> {
    if (this.#grpc !== undefined) return;
    const { tls } = this.#options;
    const grpc = new Server({ 'grpc.max_receive_message_length': 16 * 1024 * 1024 });
    for (const [definition, handlers] of servicesOf(this)) grpc.addService(definition, { ...handlers });
    const credentials =
      tls === undefined
        ? ServerCredentials.createInsecure()
        : ServerCredentials.createSsl(null, [{ private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.cert) }]);
    this.#grpcPort = await new Promise((resolve, reject) =>
      grpc.bindAsync('127.0.0.1:0', credentials, (error, port) => (error ? reject(error) : resolve(port))),
    );
    this.#grpc = grpc;
    this.#front = createServer((request, response) => {
      response.sendDate = false;
      response.setHeader('date', new Date(this.log.now()).toUTCString());
      if (request.url === '/info') response.end(JSON.stringify({ dbVersion: this.version }));
      else response.writeHead(request.url === '/health/live' ? 204 : 404).end();
    });
    this.#front.listen(0, '127.0.0.1');
    await once(this.#front, 'listening');
  }

  /** On its one port a node speaks HTTP/2 with gRPC and HTTP/1 with everybody else. */
  #isHttp1(first: Buffer): boolean {
    return this.#options.tls === undefined && !first.subarray(0, HTTP2.length).equals(HTTP2);
  }

  #frontPort(): number {
    return (this.#front!.address() as { port: number }).port;
  }
}
