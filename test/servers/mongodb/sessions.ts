import { MongoFault, noSuchTransaction } from './faults.ts';
import { LATEST } from './versions.ts';
import type { Scope } from './scope.ts';
import type { Storage } from './storage.ts';
import type { Doc } from './values.ts';
import type { Transaction, View } from './versions.ts';

/** mongod's `transactionLifetimeLimitSeconds`. */
const TRANSACTION_LIMIT_MS = 60_000;
/** mongod's `minSnapshotHistoryWindowInSeconds`: the driver does not say when a snapshot is no longer read. */
const SNAPSHOT_LIMIT_MS = 300_000;

interface Running {
  readonly number: bigint;
  readonly transaction: Transaction;
  readonly timer: NodeJS.Timeout;
  state: 'open' | 'committed' | 'aborted';
}

interface Session {
  running?: Running;
  /** The last retryable write and its answer, which a repetition gets. */
  write?: { readonly number: bigint; readonly reply: Promise<Doc> };
}

/** Sessions with their transactions, retryable writes and snapshots. */
export class Sessions {
  readonly #storage: Storage;
  readonly #sessions = new Map<string, Session>();
  /** When sessions have taken their snapshots, oldest first. */
  readonly #taken = new Map<string, number>();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** What a command of this scope reads. Starts the transaction if it says so. */
  view(scope: Scope): View {
    if (scope.inTransaction) {
      const { transaction } = scope.starts ? this.#start(scope) : this.#running(scope);
      return { at: transaction.at, transaction };
    }
    if (scope.session === undefined) return LATEST;
    if (!scope.snapshot) {
      this.#release(scope.session);
      return LATEST;
    }
    return { at: this.#snapshot(scope.session, scope.at) };
  }

  /** A snapshot session's first read holds its moment; the session's next read without a snapshot lets go of it. */
  #snapshot(session: string, at: number | undefined): number {
    const held = this.#storage.held(session);
    if (at === undefined) this.#take(session);
    else if (held !== at && at !== this.#storage.committed)
      throw new MongoFault(239, 'SnapshotTooOld', `Read timestamp ${at} is not held by this session`);
    return at ?? this.#storage.committed;
  }

  #take(session: string): void {
    const now = performance.now();
    this.#taken.delete(session);
    this.#taken.set(session, now);
    for (const [other, since] of this.#taken) {
      if (now - since < SNAPSHOT_LIMIT_MS) break;
      this.#release(other);
    }
    this.#storage.release(session);
    this.#storage.hold(session, this.#storage.committed);
  }

  #release(session: string): void {
    this.#taken.delete(session);
    this.#storage.release(session);
  }

  #start({ session, number }: Scope): Running {
    const state = this.#session(session!);
    const known = state.running;
    if (known !== undefined && known.number > number!) throw tooOld(number!, known.number);
    if (known?.number === number)
      throw new MongoFault(117, 'ConflictingOperationInProgress', `Transaction ${number} has been started already`);
    if (known !== undefined) this.#abort(known);
    const timer = setTimeout(() => this.#abort(running), TRANSACTION_LIMIT_MS).unref();
    const running: Running = { number: number!, transaction: this.#storage.begin(), timer, state: 'open' };
    return (state.running = running);
  }

  #running({ session, number }: Scope): Running {
    const running = this.#sessions.get(session!)?.running;
    if (running !== undefined && running.number > number!) throw tooOld(number!, running.number);
    if (running === undefined || running.number !== number || running.state === 'aborted')
      throw noSuchTransaction(number!);
    if (running.state === 'committed')
      throw new MongoFault(256, 'TransactionCommitted', `Transaction ${number} has been committed.`);
    return running;
  }

  #abort(running: Running): void {
    if (running.state !== 'open') return;
    clearTimeout(running.timer);
    running.state = 'aborted';
    this.#storage.abort(running.transaction);
  }

  /** Committing again what is committed succeeds. */
  commit(scope: Scope): void {
    const known = this.#sessions.get(scope.session!)?.running;
    if (known?.number === scope.number && known?.state === 'committed') return;
    const running = this.#running(scope);
    clearTimeout(running.timer);
    running.state = 'committed';
    this.#storage.commit(running.transaction);
  }

  abort(scope: Scope): void {
    this.#abort(this.#running(scope));
  }

  /** An error ends its transaction. */
  failed({ session, number }: Scope): void {
    const running = this.#sessions.get(session!)?.running;
    if (running?.number === number && running !== undefined) this.#abort(running);
  }

  /** A retryable write happens once for each number; the same number again gets the same answer. */
  async once(scope: Scope, write: () => Promise<Doc>): Promise<Doc> {
    const state = this.#session(scope.session!);
    const number = scope.number!;
    if (state.write?.number === number) return state.write.reply;
    if (state.write !== undefined && state.write.number > number) throw tooOld(number, state.write.number);
    const reply = write();
    const mine = (state.write = { number, reply });
    // What failed as a whole has had no effect and may be tried again.
    reply.catch(() => {
      if (state.write === mine) delete state.write;
    });
    return reply;
  }

  end(session: string): void {
    const running = this.#sessions.get(session)?.running;
    if (running !== undefined) this.#abort(running);
    this.#sessions.delete(session);
    this.#release(session);
  }

  /** As a primary that steps down, or a process that dies. */
  abortAll(): void {
    for (const { running } of this.#sessions.values()) if (running !== undefined) this.#abort(running);
  }

  endAll(): void {
    for (const session of this.#sessions.keys()) this.end(session);
  }

  #session(id: string): Session {
    const known = this.#sessions.get(id) ?? {};
    this.#sessions.set(id, known);
    return known;
  }
}

const tooOld = (number: bigint, last: bigint): MongoFault =>
  new MongoFault(
    225,
    'TransactionTooOld',
    `Cannot use transaction number ${number}: ${last} has been used in this session`,
  );
