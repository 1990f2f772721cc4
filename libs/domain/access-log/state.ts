import { uuidv5, type Aggregate, type Day } from '#kernel';
import type { AccessLogEvent } from './events.ts';

/** Nothing is decided by it. */
export type AccessLog = { readonly status: 'none' } | { readonly status: 'kept' };

export const accessLog: Aggregate<AccessLog, AccessLogEvent> = {
  name: 'access-log',
  initial: { status: 'none' },
  evolve: (log, event) => (event.type === 'ExactTableRead' ? { status: 'kept' } : log),
};

export const accessLogId = (network: string, day: Day): string => uuidv5('access-log', network, day);
