import { randomBytes } from 'node:crypto';
import type { EventStore } from '#event-store';
import { memoryEventStore } from '#event-store/memory';
import { memorySubjects, type Subjects } from '#privacy';
import type { ReadStore } from '#read-store';
import { memoryReadStore } from '#read-store/memory';

interface Stores {
  readonly kind: 'embedded' | 'server';
  readonly events: EventStore;
  readonly reads: ReadStore;
  readonly subjects: Subjects;
  /** Signs consistency tokens. */
  readonly tokenKey: Buffer;
}

/** The stores beneath everything else. */
export interface Stack extends Stores {
  close(): Promise<void>;
}

interface Closable {
  close(): Promise<void>;
}

/** Opens stores one after another; when one cannot be opened, none stays open. They are closed in the order of opening. */
export async function opening(open: (kept: <T extends Closable>(store: T) => T) => Promise<Stores>): Promise<Stack> {
  const opened: Closable[] = [];
  const kept = <T extends Closable>(store: T): T => {
    opened.push(store);
    return store;
  };
  const close = async (): Promise<void> => {
    for (const store of opened) await store.close();
  };
  try {
    return { ...(await open(kept)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Nothing is kept: for tests. */
export function openMemory(): Stack {
  const [events, reads, subjects] = [memoryEventStore(), memoryReadStore(), memorySubjects()];
  const close = async (): Promise<void> => {
    for (const store of [events, reads, subjects]) await store.close();
  };
  return { kind: 'embedded', events, reads, subjects, tokenKey: randomBytes(32), close };
}
