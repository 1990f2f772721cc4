import { ownerOf } from './database.ts';
import type { Database, DeclarationEntry } from './database.ts';

/** What an operator is told of one thing that was looked at. */
export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  /** What was found; where that is wrong, what to do about it. */
  readonly found: string;
}

/** Snapshot reads outside transactions. */
const LEAST_MAJOR = 5;
/** Leases go by the server's clock, what an operator reads by this one. */
const MOST_SKEW_MS = 5_000;
const REMEDY = 'start a projector, or run the migration: it puts this right';

/** What the server is, and whether the read models are as their last migration left them. */
export async function inspect(database: Database): Promise<readonly Finding[]> {
  return [
    await version(database),
    await topology(database),
    await clock(database),
    await shape(database),
    await whole(database),
  ];
}

async function version({ db }: Database): Promise<Finding> {
  const { version: found } = (await db.admin().buildInfo()) as { readonly version: string };
  return {
    check: 'MongoDB version',
    ok: Number.parseInt(found) >= LEAST_MAJOR,
    found: `${found} (${LEAST_MAJOR}.0 is needed)`,
  };
}

async function topology(database: Database): Promise<Finding> {
  const { setName } = await database.hello();
  const found = !database.transactional
    ? 'a standalone: no transactions. Each document changes as a whole, a commit does not: for a moment readers see half of it. One that was cut off is completed by whoever comes next'
    : `${setName === undefined ? 'a sharded cluster' : `the replica set ${String(setName)}`}: each commit is one transaction`;
  return { check: 'MongoDB topology', ok: true, found };
}

async function clock(database: Database): Promise<Finding> {
  const before = Date.now();
  const { localTime } = await database.hello();
  const here = (before + Date.now()) / 2;
  const skew = Math.round((localTime as Date).getTime() - here);
  return { check: 'MongoDB clock', ok: Math.abs(skew) <= MOST_SKEW_MS, found: `${skew} ms from the clock here` };
}

async function shape(database: Database): Promise<Finding> {
  const declared = await database.declarations.find().toArray();
  const missing = (await Promise.all(declared.map((one) => missingOf(database, one)))).flat();
  const found =
    missing.length === 0
      ? `of ${declared.length} generations of read models, as declared`
      : `missing: ${missing.join(', ')}; ${REMEDY}`;
  return { check: 'MongoDB indexes and validators', ok: missing.length === 0, found };
}

async function missingOf({ db }: Database, { _id, indexes, validator }: DeclarationEntry): Promise<readonly string[]> {
  const [collection] = await db.listCollections({ name: _id }).toArray();
  if (collection === undefined) return [`the collection ${_id}`];
  const there = new Map(
    (await db.collection(_id).listIndexes().toArray()).map(({ name, key }) => [name, JSON.stringify(key)]),
  );
  const lacking = indexes.filter(({ name, key }) => there.get(name) !== key);
  const options = 'options' in collection ? collection.options : undefined;
  const valid = validator === null || JSON.stringify(options?.['validator']) === validator;
  return [...lacking.map(({ name }) => `the index "${name}" of ${_id}`), ...(valid ? [] : [`the validator of ${_id}`])];
}

async function whole({ decided }: Database): Promise<Finding> {
  const half = (await decided.find().toArray()).map(({ checkpoint, to }) => ({ ...ownerOf(checkpoint), to }));
  const found =
    half.length === 0
      ? 'none is half done'
      : `half done: ${half.map(({ projection, generation, to }) => `${projection}@${generation} up to ${to}`).join(', ')}; a projector is at it, or the next one completes it`;
  return { check: 'MongoDB commits', ok: half.length === 0, found };
}
