import { setTimeout } from 'node:timers/promises';
import { isStoreError } from '#event-store';
import type { Config } from './config.ts';
import { openEmbedded } from './embedded.ts';
import type { Stack } from './stack.ts';

const PATIENCE_MS = 60_000;
const RETRY_MS = 1_000;
const AWAY = new Set(['read-store-unavailable', 'subjects-unavailable']);

interface Hooks {
  /** The log's file failed: the process must end. */
  readonly onFatal: (error: unknown) => void;
  /** With it, servers that are away are waited for, a minute at most; told each time one is tried in vain. */
  readonly onAway?: (error: unknown) => void;
}

/** Opens the stores that the configuration names. Rejects as they do. */
export async function openStack(config: Config, { onFatal, onAway }: Hooks): Promise<Stack> {
  const { data, tokenKey, production } = config;
  if (data.stack === 'embedded') return openEmbedded({ directory: data.directory, tokenKey, onFatal });
  // The clients of the servers are large, and the embedded stack starts without them.
  const { openServer } = await import('./server.ts');
  for (const until = performance.now() + PATIENCE_MS; ; await setTimeout(RETRY_MS)) {
    try {
      return await openServer({ ...data, tokenKey, production });
    } catch (error) {
      if (onAway === undefined || !isAway(error) || performance.now() > until) throw error;
      onAway(error);
    }
  }
}

const isAway = (error: unknown): boolean =>
  (isStoreError(error) && error.retryable) || AWAY.has(String((error as { readonly code?: unknown }).code));
