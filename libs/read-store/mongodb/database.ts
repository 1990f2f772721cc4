import { randomInt } from 'node:crypto';
import { Long, MongoClient } from 'mongodb';
import type { ClientSession, Collection, Db, Document } from 'mongodb';
import type { Position } from '#kernel';
import { ReadStoreError } from '../port.ts';
import { isSnapshotUnavailable } from './errors.ts';
import type { Content, Stored } from './stored.ts';

const DEFAULT_NAME = 'spoor';
/** Between the scheme and the options, behind the hosts. */
const PATH = /^mongodb(?:\+srv)?:\/\/[^/?]+\/([^?]+)/;
const SNAPSHOT_TRIES = 3;
const TRY_AGAIN_MS = 3_000;
const META = ['models', 'declarations', 'checkpoints', 'decided', 'redo', 'leases'];

/** One model: which generation serves, and the collection of each. One document, so that a switch is one write. */
export interface ModelEntry {
  readonly _id: string;
  readonly active: number;
  /** See {@link collectionName}. */
  readonly generations: Readonly<Record<string, string>>;
}

export interface CheckpointEntry {
  /** {@link checkpointId} */
  readonly _id: string;
  readonly projection: string;
  readonly generation: number;
  /** The number of the last whole commit; the next one has the next. */
  readonly seq: number | Long;
  readonly position: Position;
  readonly logId: string;
  /** Where there are no transactions: whose commit it was. */
  readonly token?: string;
}

/** Where there are no transactions: a commit that is decided (redo.ts). */
export interface DecidedEntry {
  /** Of checkpoint and number: only one can be the next. */
  readonly _id: string;
  readonly checkpoint: string;
  readonly seq: number | Long;
  readonly token: string;
  readonly to: Position;
  readonly logId: string;
  readonly chunks: number;
}

/** A part of a commit, written before it is decided. */
export interface RedoEntry {
  readonly _id: string;
  readonly checkpoint: string;
  readonly seq: number | Long;
  readonly token: string;
  readonly chunk: number;
  readonly collection: string;
  readonly writes: readonly { readonly id: string; readonly content: Content }[];
}

/** What the last migration declared of a collection. As texts: names of fields hold dots. */
export interface DeclarationEntry {
  readonly _id: string;
  /** Null where the server has none. */
  readonly validator: string | null;
  /** As JSON: the names of the fields would be taken for paths. */
  readonly indexes: readonly { readonly name: string; readonly key: string }[];
}

export interface LeaseEntry {
  readonly _id: string;
  readonly owner: string;
  readonly until: Date;
}

/**
 * That of a model's generation goes by its collection: what is left of the checkpoint of one that was dropped is none of a
 * later generation with the same number.
 */
export const checkpointId = (projection: string, generation: number, collection: string | undefined): string =>
  collection ?? `${projection}@${generation}`;

/** Whose checkpoint it is. */
export function ownerOf(checkpoint: string): { readonly projection: string; readonly generation: number } {
  const [projection, generation] = checkpoint.split(/[@.]/);
  return { projection: projection!, generation: Number(generation) };
}

/**
 * The last part is the number before that of the first commit. It is never used again, and neither is the name: who still
 * writes to a generation that was dropped harms no later one with the same number.
 */
export const collectionName = (model: string, generation: number): string =>
  `${model}.${generation}.${randomInt(2 ** 47)}`;

export const firstNumber = (collection: string): Long => Long.fromString(collection.split('.').at(-1)!);

const inTheWay = (): ReadStoreError =>
  new ReadStoreError('read-store-unavailable', 'MongoDB: another transaction stands in the way');

/** As an option of an operation. */
export const within = (session: ClientSession | undefined): { session?: ClientSession } =>
  session === undefined ? {} : { session };

/** The driver, and what this server can do. */
export class Database {
  readonly client: MongoClient;
  readonly db: Db;
  /** A replica set or a cluster, not a standalone. */
  readonly transactional: boolean;
  readonly models: Collection<ModelEntry>;
  readonly declarations: Collection<DeclarationEntry>;
  readonly checkpoints: Collection<CheckpointEntry>;
  readonly decided: Collection<DecidedEntry>;
  readonly redo: Collection<RedoEntry>;
  readonly leases: Collection<LeaseEntry>;

  private constructor(client: MongoClient, name: string, transactional: boolean) {
    this.client = client;
    this.db = client.db(name);
    this.transactional = transactional;
    this.models = this.db.collection('models');
    this.declarations = this.db.collection('declarations');
    this.checkpoints = this.db.collection('checkpoints');
    this.decided = this.db.collection('decided');
    this.redo = this.db.collection('redo');
    this.leases = this.db.collection('leases');
  }

  /** Fails with what the driver says, within seconds. */
  static async open(url: string): Promise<Database> {
    const client = new MongoClient(url, {
      appName: 'spoor',
      ignoreUndefined: true,
      serverSelectionTimeoutMS: 2_000,
      connectTimeoutMS: 2_000,
      // A server that went silent is noticed within three seconds, and whatever waits for it fails.
      heartbeatFrequencyMS: 1_000,
      // And one that greets but does nothing.
      socketTimeoutMS: 5_000,
      writeConcern: { w: 'majority' },
      // No read concern: it would take the place of `snapshot` in the sessions that ask for one.
    });
    try {
      const name = PATH.exec(url)?.[1];
      const { setName, msg } = await client.db('admin').command({ hello: 1 });
      const transactional = setName !== undefined || msg === 'isdbgrid';
      const database = new Database(
        client,
        name === undefined ? DEFAULT_NAME : decodeURIComponent(name),
        transactional,
      );
      await database.#prepare();
      return database;
    } catch (error) {
      await client.close();
      throw error;
    }
  }

  /** Within a transaction a collection had better be there. */
  async #prepare(): Promise<void> {
    const there = new Set(await this.collections());
    for (const name of META) if (!there.has(name)) await this.create(name);
  }

  /** Those that are there already stay as they are. */
  async create(name: string): Promise<void> {
    try {
      await this.db.createCollection(name);
    } catch (error) {
      if ((error as { readonly codeName?: unknown }).codeName !== 'NamespaceExists') throw error;
    }
  }

  async collections(): Promise<readonly string[]> {
    return (await this.db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
  }

  documents(collection: string): Collection<Stored> {
    return this.db.collection<Stored>(collection);
  }

  hello(): Promise<Document> {
    return this.db.admin().command({ hello: 1 });
  }

  /** With a session, all that is read is of one moment. Without transactions, there is none. */
  async read<T>(work: (session?: ClientSession) => Promise<T>): Promise<T> {
    if (!this.transactional) return work();
    for (let tried = 1; ; tried++) {
      try {
        return await this.client.withSession({ snapshot: true }, work);
      } catch (error) {
        // A collection was made or dropped meanwhile.
        if (tried === SNAPSHOT_TRIES || !isSnapshotUnavailable(error)) throw error;
      }
    }
  }

  /**
   * All or nothing. `work` may run more than once, but the driver's two minutes of trying are too long: a client that was
   * killed may leave a transaction that stands in the way until the server ends it (`transactionLifetimeLimitSeconds`).
   */
  transaction<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
    const until = performance.now() + TRY_AGAIN_MS;
    let runs = 0;
    const run = (session: ClientSession): Promise<T> => {
      if (runs++ > 0 && performance.now() > until) throw inTheWay();
      return work(session);
    };
    return this.client.withSession((session) =>
      session.withTransaction(run, { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } }),
    );
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
