import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectionDiff, ProjectionStatus } from '#engine';
import { isStoreError } from '#event-store';
import { compose } from '../composition/compose.ts';
import type { Config } from '../composition/config.ts';
import { openStack } from '../composition/open.ts';
import { Failed } from './exit.ts';

const PROJECTIONS = '/api/v1/projections';
const POLL_MS = 20;
const SETTLE_MS = 5_000;

/** A projection or a process manager, and why it has stopped where it has. */
export interface Follower {
  readonly name: string;
  readonly state: ProjectionStatus['state'];
  readonly error?: { readonly message: string } | null;
}

/** What can be done with projections, in this process or by the server that has the data open. */
export interface Operations {
  /** Where it is done: `this process`, or the server's address. */
  readonly where: string;
  list(): Promise<readonly ProjectionStatus[]>;
  processes(): Promise<readonly Follower[]>;
  rebuild(name: string): Promise<ProjectionStatus | undefined>;
  diff(name: string): Promise<ProjectionDiff | undefined>;
  activate(name: string, generation: number): Promise<ProjectionStatus | undefined>;
  close(): Promise<void>;
}

interface Health {
  readonly processes: readonly (Omit<Follower, 'error'> & { readonly error?: string })[];
}

/** The data are open elsewhere, and nobody answers there. */
export class UnreachableError extends Error {}

/** Opens the data, or turns to the server that holds them. */
export async function openOperations(
  config: Config,
  projections: 'here' | 'elsewhere' = 'elsewhere',
): Promise<Operations> {
  try {
    const stack = await openStack(config, {
      onFatal: (error) => {
        throw error;
      },
    });
    // Who only looks does not begin to project; files are projected by who has them.
    const where = config.data.stack === 'server' ? projections : 'here';
    const spoor = await compose(stack, config.clock, { projections: where });
    return {
      where: 'this process',
      list: () => spoor.projections.list(),
      processes: () => settled(() => spoor.processes.list()),
      rebuild: (name) => spoor.projections.rebuild(name),
      diff: (name) => spoor.projections.diff(name),
      activate: (name, generation) => spoor.projections.activate(name, generation),
      close: async () => {
        await spoor.close();
        await stack.close();
      },
    };
  } catch (error) {
    if (!isStoreError(error, 'store-locked')) throw error;
    return remote(addressOf(config));
  }
}

/** Those that were opened just now, once they have seen what there is, or soon enough. */
async function settled(list: () => Promise<readonly Follower[]>): Promise<readonly Follower[]> {
  const until = performance.now() + SETTLE_MS;
  for (;;) {
    const all = await list();
    if (all.every(({ state }) => state !== 'catching-up') || performance.now() > until) return all;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** The server says where it listens in a file beside its data. */
function addressOf({ data, host, port }: Config): string {
  const file = data.stack === 'embedded' ? join(data.directory, 'server.json') : '';
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { url: string }).url : `http://${host}:${port}`;
}

function remote(address: string): Operations {
  const call = async <T>(method: string, path: string, body?: object): Promise<T | undefined> => {
    let response: Response;
    try {
      response = await fetch(`${address}${path}`, {
        method,
        headers: {
          'Spoor-Actor': 'operator',
          ...(method === 'POST' && { 'Idempotency-Key': randomUUID(), 'Content-Type': 'application/json' }),
        },
        ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
      });
    } catch (cause) {
      throw new UnreachableError(`the data are in use, but ${address} does not answer`, { cause });
    }
    if (response.status === 404) return undefined;
    const answer = (await response.json()) as T & { detail?: string; title?: string };
    if (!response.ok) throw new Failed(answer.detail ?? answer.title ?? `${response.status}`);
    return answer;
  };
  return {
    where: address,
    list: async () => (await call<{ items: readonly ProjectionStatus[] }>('GET', PROJECTIONS))?.items ?? [],
    processes: async () =>
      ((await call<Health>('GET', '/health'))?.processes ?? []).map(({ error, ...one }) => ({
        ...one,
        ...(error !== undefined && { error: { message: error } }),
      })),
    rebuild: (name) => call('POST', `${PROJECTIONS}/${encodeURIComponent(name)}/rebuild`),
    diff: (name) => call('POST', `${PROJECTIONS}/${encodeURIComponent(name)}/diff`),
    activate: (name, generation) => call('POST', `${PROJECTIONS}/${encodeURIComponent(name)}/activate`, { generation }),
    close: async () => {},
  };
}
