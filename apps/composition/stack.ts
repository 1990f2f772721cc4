import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventStore } from '#event-store';
import { memoryEventStore } from '#event-store/memory';
import { openSqliteEventStore } from '#event-store/sqlite';
import { memorySubjects, openSqliteSubjects, type Subjects } from '#privacy';
import type { ReadStore } from '#read-store';
import { memoryReadStore } from '#read-store/memory';
import { openSqliteReadStore } from '#read-store/sqlite';

/** The stores beneath everything else. */
export interface Stack {
  readonly kind: 'embedded' | 'server';
  readonly events: EventStore;
  readonly reads: ReadStore;
  readonly subjects: Subjects;
  /** Signs consistency tokens. */
  readonly tokenKey: Buffer;
  close(): Promise<void>;
}

interface EmbeddedOptions {
  readonly directory: string;
  readonly tokenKey?: string | undefined;
  /** The log's file failed: the process must end. */
  readonly onFatal: (error: unknown) => void;
}

/** Files in one directory, guarded by the event store's lock: no server. */
export async function openEmbedded({ directory, tokenKey, onFatal }: EmbeddedOptions): Promise<Stack> {
  mkdirSync(directory, { recursive: true });
  const events = await openSqliteEventStore({ directory, onFatal });
  const reads = await openSqliteReadStore({ directory });
  const key = tokenKey === undefined ? keptKey(join(directory, 'token.key')) : Buffer.from(tokenKey);
  return stack(events, reads, openSqliteSubjects(directory), key);
}

/** Nothing is kept: for tests. */
export const openMemory = (): Stack => stack(memoryEventStore(), memoryReadStore(), memorySubjects(), randomBytes(32));

const stack = (events: EventStore, reads: ReadStore, subjects: Subjects, tokenKey: Buffer): Stack => ({
  kind: 'embedded',
  events,
  reads,
  subjects,
  tokenKey,
  close: async () => {
    await events.close();
    await reads.close();
    await subjects.close();
  },
});

function keptKey(path: string): Buffer {
  if (!existsSync(path)) writeFileSync(path, randomBytes(32), { mode: 0o600 });
  return readFileSync(path);
}
