import { existsSync, statfsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StackConfig } from '../composition/config.ts';

/** What an operator is told of one thing that was looked at. */
export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  /** What was found; where that is wrong, what to do about it. */
  readonly found: string;
}

/** What was found beneath the data. */
interface Beneath {
  readonly findings: readonly Finding[];
  /** Whether there are data that can be opened. */
  readonly hasData: boolean;
}

interface Server {
  inspect(): Promise<readonly Finding[]>;
  close(): Promise<void>;
}

const GIB = 1024 ** 3;
/** `reliability.md` F04: warn below 1 GiB. */
const LEAST_FREE_GIB = 1;

/** Looks at the files or at the servers, each for itself: one that is away hides nothing of the other. */
export async function lookBeneath(config: StackConfig): Promise<Beneath> {
  if (config.stack === 'server') return servers(config.eventStoreUrl, config.mongoUrl);
  const { directory } = config;
  return { findings: [sqlite(), await writable(directory), disk(directory)], hasData: existsSync(directory) };
}

async function servers(eventStoreUrl: string, mongoUrl: string): Promise<Beneath> {
  const { openEventStoreDb } = await import('#event-store/eventstoredb');
  const { openMongoReadStore } = await import('#read-store/mongodb');
  const looked = await Promise.all([
    // What production refuses is found by looking.
    look('EventStoreDB', () => openEventStoreDb({ url: eventStoreUrl, production: false })),
    look('MongoDB', () => openMongoReadStore({ url: mongoUrl })),
  ]);
  return { findings: looked.flat(), hasData: looked.every(([{ ok }]) => ok) };
}

async function look(check: string, open: () => Promise<Server>): Promise<readonly [Finding, ...Finding[]]> {
  try {
    const server = await open();
    try {
      return [{ check, ok: true, found: 'answers' }, ...(await server.inspect())];
    } finally {
      await server.close();
    }
  } catch (error) {
    return [{ check, ok: false, found: error instanceof Error ? error.message : String(error) }];
  }
}

function sqlite(): Finding {
  const database = new DatabaseSync(':memory:');
  const version = String(database.prepare('SELECT sqlite_version() AS version').get()?.['version']);
  database.close();
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return {
    check: 'SQLite',
    ok: major * 1e6 + minor * 1e3 + patch >= 3_051_003,
    found: `${version} (3.51.3 is needed)`,
  };
}

/** The directory itself, or the nearest above it that is there: Spoor makes the rest. */
function existing(path: string): string {
  let nearest = resolve(path);
  while (!existsSync(nearest)) nearest = dirname(nearest);
  return nearest;
}

async function writable(path: string): Promise<Finding> {
  const ok = await access(existing(path), constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
  const state = existsSync(path) ? '' : ', not made yet';
  return { check: 'data directory', ok, found: `${resolve(path)}${state}${ok ? '' : ', not writable'}` };
}

function disk(path: string): Finding {
  const { bavail, bsize } = statfsSync(existing(path));
  const free = (bavail * bsize) / GIB;
  return { check: 'free space', ok: free >= LEAST_FREE_GIB, found: `${free.toFixed(1)} GiB` };
}
