import { openEventStoreDb } from '#event-store/eventstoredb';
import { openMongoSubjects } from '#privacy';
import { openMongoReadStore } from '#read-store/mongodb';
import { opening, type Stack } from './stack.ts';

interface ServerOptions {
  readonly eventStoreUrl: string;
  readonly mongoUrl: string;
  readonly tokenKey?: string | undefined;
  /** Refuses a log that the application's user could shorten. */
  readonly production: boolean;
}

/**
 * EventStoreDB and MongoDB, each of which several processes share. Rejects with what the stores say, which is passing when
 * a server is away.
 */
export const openServer = ({ eventStoreUrl, mongoUrl, tokenKey, production }: ServerOptions): Promise<Stack> =>
  opening(async (kept) => {
    const events = kept(await openEventStoreDb({ url: eventStoreUrl, production }));
    const reads = kept(await openMongoReadStore({ url: mongoUrl }));
    const subjects = kept(await openMongoSubjects(mongoUrl));
    return {
      kind: 'server',
      events,
      reads,
      subjects,
      tokenKey: tokenKey === undefined ? await subjects.secret('consistency-token') : Buffer.from(tokenKey),
    };
  });
