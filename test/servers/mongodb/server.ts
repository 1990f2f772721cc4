import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Binary, Long, ObjectId, Timestamp } from 'mongodb';
import { COMMANDS, IN_TRANSACTION, WRITES } from './commands.ts';
import { Cursors } from './cursors.ts';
import { MongoFault } from './faults.ts';
import { labelsOf, RETRYABLE } from './labels.ts';
import { scopeOf, sessionId } from './scope.ts';
import { Sessions } from './sessions.ts';
import { Storage } from './storage.ts';
import { isObject, plainDoc } from './values.ts';
import { encode, Framer } from './wire.ts';
import type { Scope } from './scope.ts';
import type { Doc } from './values.ts';
import type { Message } from './wire.ts';
import type { AddressInfo, Socket } from 'node:net';

const SET = 'rs0';
const HELLO = new Set(['hello', 'isMaster', 'ismaster']);
/** What a member answers that is not primary. */
const ANYWHERE = new Set([
  'ping',
  'getMore',
  'killCursors',
  'buildInfo',
  'buildinfo',
  'serverStatus',
  'hostInfo',
  'getParameter',
  'endSessions',
  'replSetGetStatus',
]);

interface Failure {
  readonly code: number;
  readonly codeName: string;
  /** Default: those that mongod gives for this code. */
  readonly labels?: readonly string[];
  readonly message?: string;
}

/** A command that arrived; the handshake and its like are left out. */
interface Logged {
  readonly name: string;
  readonly database: string;
  readonly session: string | undefined;
  readonly transaction: bigint | undefined;
  readonly autocommit: false | undefined;
  readonly startTransaction: boolean;
  /** As the client asked for it. */
  readonly writeConcern: unknown;
  /** Its level. */
  readonly readConcern: unknown;
}

interface Planned {
  times: number;
  readonly failure: Failure | 'lose-reply';
  readonly afterEffect: boolean;
}

/**
 * A *pretend* MongoDB: it speaks enough of the wire protocol for the official driver, as a replica set of one or as a
 * standalone. It keeps nothing on disk and is for tests and for trying things out: it shows how **we** handle labels,
 * retries, sessions and fencing (`stores.md` §3, §5), and proves nothing about mongod. What it does not know it
 * refuses (`NotImplemented`).
 */
export async function startMongo(
  options: { readonly replicaSet?: boolean; readonly port?: number } = {},
): Promise<PretendMongo> {
  const mongo = new PretendMongo(options.replicaSet ?? true, options.port ?? 0);
  await mongo.start();
  return mongo;
}

export class PretendMongo {
  /** All commands since the beginning, but hello. */
  readonly commands: Logged[] = [];
  readonly #replicaSet: boolean;
  #port: number;
  readonly #storage = new Storage();
  readonly #sessions = new Sessions(this.#storage);
  readonly #cursors = new Cursors();
  readonly #sockets = new Set<Socket>();
  readonly #planned = new Map<string, Planned[]>();
  #listener = createServer();
  #primary = true;
  #clockOffset = 0;
  #paused = Promise.withResolvers<void>();
  /** What a waiting hello waits for. */
  #changed = Promise.withResolvers<void>();
  #topology = 0;
  #election = 1;
  #process = new ObjectId();

  constructor(replicaSet: boolean, port: number) {
    this.#replicaSet = replicaSet;
    this.#port = port;
    this.#paused.resolve();
  }

  get url(): string {
    const set = this.#replicaSet ? `?replicaSet=${SET}` : '?directConnection=true';
    return `mongodb://127.0.0.1:${this.#port}/${set}`;
  }

  /** Starts again after {@link kill}: same port, same data. */
  async start(): Promise<void> {
    this.#process = new ObjectId();
    this.#election += 1;
    this.#topology = 0;
    this.#primary = true;
    this.#listener = createServer((socket) => this.#accept(socket));
    this.#listener.listen(this.#port, '127.0.0.1');
    await once(this.#listener, 'listening');
    this.#port = (this.#listener.address() as AddressInfo).port;
  }

  /** As SIGKILL: connections are reset, new ones refused, open transactions and cursors lost. */
  async kill(): Promise<void> {
    const closed = [...this.#sockets].map((socket) => once(socket, 'close'));
    if (this.#listener.listening) closed.push(once(this.#listener.close(), 'close'));
    // A connection that its client is closing cannot be reset any more: it would never close.
    for (const socket of this.#sockets)
      if (socket.writableEnded) socket.destroy();
      else socket.resetAndDestroy();
    this.#sessions.abortAll();
    this.#cursors.clear();
    this.#change();
    await Promise.all(closed);
  }

  /** Silence: it accepts connections, reads nothing and answers nothing. */
  pause(): void {
    this.#paused = Promise.withResolvers();
    for (const socket of this.#sockets) socket.pause();
  }

  resume(): void {
    this.#paused.resolve();
    for (const socket of this.#sockets) socket.resume();
  }

  /** No longer primary, as in an election. Open transactions are aborted. */
  stepDown(): void {
    this.#primary = false;
    this.#sessions.abortAll();
    this.#change();
  }

  stepUp(): void {
    this.#primary = true;
    this.#election += 1;
    this.#change();
  }

  /** The next commands of this name fail; with `afterEffect` they do their work first. */
  failNext(command: string, failure: Failure, times = 1, { afterEffect = false } = {}): void {
    this.#plan(command, { failure, times, afterEffect });
  }

  /** The next command of this name does its work, and the connection closes without an answer. */
  loseNextReply(command: string): void {
    this.#plan(command, { failure: 'lose-reply', times: 1, afterEffect: true });
  }

  /** The server's clock (`$$NOW`, `localTime`) against this process's, in ms. */
  setClockOffset(ms: number): void {
    this.#clockOffset = ms;
  }

  openConnections(): number {
    return this.#sockets.size;
  }

  async close(): Promise<void> {
    this.resume();
    await this.kill();
    this.#sessions.endAll();
  }

  #plan(command: string, planned: Planned): void {
    this.#planned.set(command, [...(this.#planned.get(command) ?? []), planned]);
  }

  #take(command: string): Planned | undefined {
    const planned = this.#planned.get(command)?.[0];
    if (planned !== undefined && (planned.times -= 1) <= 0) this.#planned.get(command)!.shift();
    return planned;
  }

  #change(): void {
    this.#topology += 1;
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
    const framer = new Framer();
    let last = Promise.resolve();
    socket.on('data', (chunk: Buffer) => {
      for (const message of framer.push(chunk))
        last = last.then(() => this.#serve(socket, message)).catch(() => void socket.destroy());
    });
  }

  async #serve(socket: Socket, message: Message): Promise<void> {
    await this.#paused.promise;
    if (socket.destroyed) return;
    const name = Object.keys(message.command)[0]!;
    if (HELLO.has(name)) return this.#greet(socket, message);
    const reply = await this.#answer(name, message);
    await this.#paused.promise;
    if (reply === 'lose-reply') socket.destroy();
    else if (!message.unacknowledged) send(socket, encode(reply, message.requestId, message).bytes);
  }

  /** A hello with `topologyVersion` waits for a change; a client that takes more than one answer gets one for each. */
  async #greet(socket: Socket, message: Message): Promise<void> {
    const { topologyVersion, maxAwaitTimeMS } = message.command;
    let responseTo = message.requestId;
    if (!isObject(topologyVersion)) return send(socket, encode(this.#hello(), responseTo, message).bytes);
    const known = Number(topologyVersion['counter']);
    const unknown = String(topologyVersion['processId']) !== String(this.#process);
    if (!unknown && known >= this.#topology) await this.#nextChange(socket, Number(maxAwaitTimeMS));
    while (!socket.destroyed) {
      await this.#paused.promise;
      const { id, bytes } = encode(this.#hello(), responseTo, { more: message.exhaust });
      send(socket, bytes);
      responseTo = id;
      if (!message.exhaust) return;
      await this.#nextChange(socket, Number(maxAwaitTimeMS));
    }
  }

  async #nextChange(socket: Socket, ms: number): Promise<void> {
    const stop = new AbortController();
    const closed = once(socket, 'close', { signal: stop.signal });
    const waited = delay(ms, undefined, { signal: stop.signal, ref: false });
    await Promise.race([this.#changed.promise, closed, waited]).catch(() => {});
    stop.abort();
    await Promise.allSettled([closed, waited]);
  }

  #hello(): Doc {
    const base = {
      helloOk: true,
      isWritablePrimary: this.#primary,
      ismaster: this.#primary,
      maxBsonObjectSize: 16 * 1024 * 1024,
      maxMessageSizeBytes: 48_000_000,
      maxWriteBatchSize: 100_000,
      localTime: this.#now(),
      logicalSessionTimeoutMinutes: 30,
      connectionId: 1,
      minWireVersion: 0,
      maxWireVersion: 25,
      readOnly: false,
      topologyVersion: this.#topologyVersion(),
    };
    if (!this.#replicaSet) return { ...base, ok: 1 };
    const me = `127.0.0.1:${this.#port}`;
    return {
      ...base,
      hosts: [me],
      setName: SET,
      setVersion: 1,
      secondary: !this.#primary,
      me,
      ...(this.#primary && {
        primary: me,
        electionId: new ObjectId(`7fffffff${String(this.#election).padStart(16, '0')}`),
      }),
      lastWrite: { opTime: { ts: this.#timestamp(), t: Long.fromNumber(this.#election) }, lastWriteDate: this.#now() },
      ...this.#clock(),
      ok: 1,
    };
  }

  #topologyVersion(): Doc {
    return { processId: this.#process, counter: Long.fromNumber(this.#topology) };
  }

  #now(): Date {
    return new Date(Date.now() + this.#clockOffset);
  }

  /** Logical time: the number of the last commit. */
  #timestamp(at = this.#storage.committed): Timestamp {
    return new Timestamp({ t: 1, i: at });
  }

  #clock(): Doc {
    if (!this.#replicaSet) return {};
    const signature = { hash: new Binary(new Uint8Array(20)), keyId: Long.fromNumber(0) };
    return { operationTime: this.#timestamp(), $clusterTime: { clusterTime: this.#timestamp(), signature } };
  }

  async #answer(name: string, message: Message): Promise<Doc | 'lose-reply'> {
    const scope = scopeOf(message.command);
    this.#log(name, message, scope);
    const planned = this.#take(name);
    try {
      if (planned !== undefined && !planned.afterEffect) throw faultOf(planned.failure as Failure);
      const reply = await this.#run(name, message, scope);
      if (planned?.failure === 'lose-reply') return 'lose-reply';
      if (planned !== undefined) throw faultOf(planned.failure);
      return { ...reply, ok: 1, ...this.#clock() };
    } catch (error) {
      if (planned?.failure === 'lose-reply') return 'lose-reply';
      return this.#refusal(name, scope, error);
    }
  }

  async #run(name: string, message: Message, scope: Scope): Promise<Doc> {
    if (!this.#replicaSet && scope.number !== undefined)
      throw new MongoFault(
        20,
        'IllegalOperation',
        'Transaction numbers are only allowed on a replica set member or mongos',
      );
    this.#refuseUnlessPrimary(name, message.command);
    const administrative = this.#administrate(name, message.command, scope);
    if (administrative !== undefined) return administrative;
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (command === undefined) throw new MongoFault(59, 'CommandNotFound', `no such command: '${name}'`);
    if (scope.inTransaction && !IN_TRANSACTION.has(name))
      throw new MongoFault(
        263,
        'OperationNotSupportedInTransaction',
        `Cannot run '${name}' in a multi-document transaction.`,
      );
    const run = async (): Promise<Doc> => {
      const view = this.#sessions.view(scope);
      const { documents: _documents, updates: _updates, deletes: _deletes, ...args } = message.command;
      const call = {
        name,
        database: message.database,
        command: message.command,
        args: plainDoc(args),
        view,
        storage: this.#storage,
        cursors: this.#cursors,
        now: this.#now(),
        check: () => this.#refuseWhenAway(),
      };
      const reply = await command(call);
      if (scope.inTransaction && Array.isArray(reply['writeErrors'])) this.#sessions.failed(scope);
      return scope.snapshot && !scope.inTransaction ? this.#atClusterTime(reply, view.at) : reply;
    };
    const retryable = scope.number !== undefined && !scope.inTransaction && WRITES.has(name);
    return retryable ? this.#sessions.once(scope, run) : run();
  }

  /** For a command that has waited. */
  #refuseWhenAway(): void {
    if (this.#primary && this.#listener.listening) return;
    throw new MongoFault(11602, 'InterruptedDueToReplStateChange', 'operation was interrupted');
  }

  #refuseUnlessPrimary(name: string, { $readPreference }: Doc): void {
    if (this.#primary || ANYWHERE.has(name)) return;
    if (WRITES.has(name) || name === 'commitTransaction' || name === 'abortTransaction')
      throw new MongoFault(10107, 'NotWritablePrimary', 'not primary');
    const mode = isObject($readPreference) ? $readPreference['mode'] : 'primary';
    if (mode !== 'primary') return;
    throw new MongoFault(13435, 'NotPrimaryNoSecondaryOk', 'not primary and secondaryOk=false');
  }

  /** Commands about sessions and the set rather than about data. */
  #administrate(name: string, command: Doc, scope: Scope): Doc | undefined {
    switch (name) {
      case 'commitTransaction':
        this.#sessions.commit(scope);
        return {};
      case 'abortTransaction':
        this.#sessions.abort(scope);
        return {};
      case 'endSessions':
        for (const session of command['endSessions'] as Doc[]) this.#sessions.end(sessionId(session));
        return {};
      case 'killAllSessions':
        this.#sessions.endAll();
        return {};
      case 'replSetGetStatus':
        return this.#status();
      default:
        return undefined;
    }
  }

  #status(): Doc {
    if (!this.#replicaSet) throw new MongoFault(76, 'NoReplicationEnabled', 'not running with --replSet');
    const stateStr = this.#primary ? 'PRIMARY' : 'SECONDARY';
    const member = {
      _id: 0,
      name: `127.0.0.1:${this.#port}`,
      health: 1,
      state: this.#primary ? 1 : 2,
      stateStr,
      self: true,
    };
    return { set: SET, date: this.#now(), myState: member.state, members: [member] };
  }

  #atClusterTime(reply: Doc, at: number): Doc {
    const atClusterTime = this.#timestamp(at);
    const { cursor } = reply;
    return isObject(cursor) ? { ...reply, cursor: { ...cursor, atClusterTime } } : { ...reply, atClusterTime };
  }

  #log(name: string, { database, command }: Message, scope: Scope): void {
    const { writeConcern, readConcern } = command as { writeConcern?: unknown; readConcern?: { level?: unknown } };
    this.commands.push({
      name,
      database,
      session: scope.session,
      transaction: scope.number,
      autocommit: scope.inTransaction ? false : undefined,
      startTransaction: scope.starts,
      writeConcern,
      readConcern: readConcern?.level,
    });
  }

  #refusal(name: string, scope: Scope, error: unknown): Doc {
    const fault =
      error instanceof MongoFault ? error : new MongoFault(8, 'UnknownError', String((error as Error).stack));
    const ending = name === 'commitTransaction' || name === 'abortTransaction';
    if (scope.inTransaction && !ending) this.#sessions.failed(scope);
    const labels = fault.labels ?? labelsOf(fault.code, scope, ending);
    return {
      ok: 0,
      errmsg: fault.message,
      code: fault.code,
      codeName: fault.codeName,
      ...fault.more,
      ...(labels.length > 0 && { errorLabels: labels }),
      ...(RETRYABLE.has(fault.code) && { topologyVersion: this.#topologyVersion() }),
      ...this.#clock(),
    };
  }
}

function send(socket: Socket, bytes: Buffer): void {
  if (!socket.destroyed) socket.write(bytes);
}

const faultOf = ({ code, codeName, labels, message = `planned: ${codeName}` }: Failure): MongoFault =>
  new MongoFault(code, codeName, message, labels);
