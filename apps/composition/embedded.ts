import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LostHistoryError } from '#engine';
import { openSqliteEventStore } from '#event-store/sqlite';
import { openSqliteSubjects } from '#privacy';
import { openSqliteReadStore } from '#read-store/sqlite';
import { ConfigError } from './config.ts';
import { opening, type Stack } from './stack.ts';

const KEY_BYTES = 32;

interface EmbeddedOptions {
  readonly directory: string;
  readonly tokenKey?: string | undefined;
  /** The log's file failed: the process must end. */
  readonly onFatal: (error: unknown) => void;
}

/**
 * Files in one directory, guarded by the event store's lock: no server. When one cannot be opened, none stays open.
 * Rejects with {@link ConfigError} for a directory or a key that cannot be used, with {@link LostHistoryError} when the
 * log is gone, and with what the stores say.
 */
export async function openEmbedded({ directory, tokenKey, onFatal }: EmbeddedOptions): Promise<Stack> {
  makeUsable(directory);
  refuseLostLog(directory);
  return opening(async (kept) => {
    const events = kept(await openSqliteEventStore({ directory, onFatal }));
    const key = tokenKey === undefined ? keptKey(join(directory, 'token.key')) : Buffer.from(tokenKey);
    const reads = kept(await openSqliteReadStore({ directory }));
    return { kind: 'embedded', events, reads, subjects: kept(openSqliteSubjects(directory)), tokenKey: key };
  });
}

function makeUsable(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new ConfigError([`SPOOR_DATA: ${resolve(directory)} cannot be made or written: ${(error as Error).message}`]);
  }
}

/** A log is never made beside what was made from another one, or beside its own tail, which SQLite would delete. */
function refuseLostLog(directory: string): void {
  if (existsSync(join(directory, 'events.db'))) return;
  const witnesses = ['events.db-wal', 'read.db', 'subjects.db'].filter((file) => existsSync(join(directory, file)));
  if (witnesses.length === 0) return;
  throw new LostHistoryError(
    `${resolve(directory)} has ${witnesses.join(' and ')} but no events.db: the log is lost. Restore events.db, ` +
      `together with events.db-wal if there is one; or, to begin anew, remove ${witnesses.join(' and ')}`,
  );
}

/** Made at the first start, whole or not at all. */
function keptKey(path: string): Buffer {
  if (!existsSync(path)) {
    writeFileSync(`${path}.new`, randomBytes(KEY_BYTES), { mode: 0o600, flush: true });
    renameSync(`${path}.new`, path);
  }
  const key = readFileSync(path);
  if (key.length < KEY_BYTES)
    throw new ConfigError([
      `${path} holds ${key.length} bytes, ${KEY_BYTES} are needed: restore it, or remove it and a new one is made`,
    ]);
  return key;
}
