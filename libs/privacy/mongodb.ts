import { randomBytes } from 'node:crypto';
import { Binary, MongoClient, MongoError, MongoServerError } from 'mongodb';
import { SubjectsError, type Subjects } from './port.ts';

const DEFAULT_NAME = 'spoor';
const PATH = /^mongodb(?:\+srv)?:\/\/[^/?]+\/([^?]+)/;
const DUPLICATE_KEY = 11_000;
const DISK_FULL = 14_031;
const NO_SPACE = /no space left|disk (is )?full|out of disk space/i;
const SECRET_BYTES = 32;

interface MongoSubjects extends Subjects {
  /** 32 random bytes, made once: the first one who asks makes them, and every process gets the same for ever. */
  secret(name: string): Promise<Buffer>;
}

/**
 * Subjects in a database of their own, `<name>_subjects`, where the URL names the read models' (`spoor` when it names
 * none): those may be dropped at will, these not. What is written is durable on a majority. Rejects with
 * {@link SubjectsError}, within seconds when the server is away.
 */
export async function openMongoSubjects(url: string): Promise<MongoSubjects> {
  const client = await translated(async () => connect(url));
  const database = client.db(`${decodeURIComponent(PATH.exec(url)?.[1] ?? DEFAULT_NAME)}_subjects`);
  // As texts: names of fields are anybody's, and MongoDB's are not.
  const subjects = database.collection<{ _id: string; fields: string }>('subjects');
  const secrets = database.collection<{ _id: string; value: Binary }>('secrets');

  return {
    put: (subject, fields) =>
      translated(async () => {
        const write = () => subjects.replaceOne({ _id: subject }, { fields: JSON.stringify(fields) }, { upsert: true });
        // Of two who put a new one at once the second may find its place taken; then it is there to be replaced.
        await write().catch((error: unknown) => (isDuplicate(error) ? write() : Promise.reject(error)));
      }),
    get: (wanted) =>
      translated(async () => {
        const found = await subjects.find({ _id: { $in: [...wanted] } }).toArray();
        return new Map(found.map(({ _id, fields }) => [_id, JSON.parse(fields) as Record<string, string>]));
      }),
    secret: (name) =>
      translated(async () => {
        const known = await secrets.findOne({ _id: name });
        if (known !== null) return bytesOf(known.value);
        try {
          await secrets.insertOne({ _id: name, value: new Binary(randomBytes(SECRET_BYTES)) });
        } catch (error) {
          // Another one was first.
          if (!isDuplicate(error)) throw error;
        }
        return bytesOf((await secrets.findOne({ _id: name }))!.value);
      }),
    close: () => client.close(),
  };
}

const isDuplicate = (error: unknown): boolean => error instanceof MongoServerError && error.code === DUPLICATE_KEY;

const bytesOf = ({ buffer, position }: Binary): Buffer => Buffer.from(buffer.subarray(0, position));

async function connect(url: string): Promise<MongoClient> {
  const client = new MongoClient(url, {
    appName: 'spoor subjects',
    serverSelectionTimeoutMS: 2_000,
    connectTimeoutMS: 2_000,
    heartbeatFrequencyMS: 1_000,
    socketTimeoutMS: 5_000,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
  });
  try {
    return await client.connect();
  } catch (error) {
    await client.close();
    throw error;
  }
}

/** What the driver says, in the words of the port; any other error is a bug. */
async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // The driver passes on what a socket says that was reset a moment before.
    const isOfSocket = error instanceof Error && 'syscall' in error;
    if (!(error instanceof MongoError || isOfSocket)) throw error;
    const full = (error instanceof MongoServerError && error.code === DISK_FULL) || NO_SPACE.test(error.message);
    throw new SubjectsError(full ? 'disk-full' : 'subjects-unavailable', `MongoDB: ${error.message}`, error);
  }
}
