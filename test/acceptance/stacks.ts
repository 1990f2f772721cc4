import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../../apps/composition/embedded.ts';
import { openServer } from '../../apps/composition/server.ts';
import type { Stack } from '../../apps/composition/stack.ts';
import { startNode, type PretendNode } from '../servers/eventstoredb/index.ts';
import { ferretDbIsBuilt, startFerretDb } from '../servers/ferretdb.ts';
import { startMongo } from '../servers/mongodb/index.ts';

/** A stack to try, with stores of its own that are gone when it is closed. */
export interface TestStack {
  /** With what lies beneath it. */
  readonly name: string;
  readonly open: () => Promise<Stack>;
}

const fails = (error: unknown): never => {
  throw error;
};

export const embedded: TestStack = {
  name: 'embedded stack',
  open: async () => {
    const directory = mkdtempSync(join(tmpdir(), 'spoor-acceptance-'));
    const stack = await openEmbedded({ directory, onFatal: fails });
    return closing(stack, async () => rmSync(directory, { recursive: true, force: true }));
  },
};

export interface Mongo {
  readonly url: string;
  close(): Promise<unknown>;
}

const serverStack = (mongoName: string, start: () => Promise<Mongo>): TestStack => ({
  name: `server stack (pretend EventStoreDB, ${mongoName})`,
  open: async () => {
    const [node, mongo] = await Promise.all([startNode(), start()]);
    return openOn(node, mongo);
  },
});

/** On what is quick: for what needs many events. */
export const pretendServer = serverStack('pretend MongoDB', () => startMongo({}));

/** FerretDB where it is built, else the pretend MongoDB. */
const server: TestStack = ferretDbIsBuilt()
  ? serverStack('FerretDB', async () => (await startFerretDb())!)
  : pretendServer;

/** The server stack on these two, which are closed with it. */
export async function openOn(node: PretendNode, mongo: Mongo): Promise<Stack> {
  const stack = await openServer({ eventStoreUrl: node.url, mongoUrl: mongo.url, production: false });
  return closing(stack, async () => {
    await node.close();
    await mongo.close();
  });
}

export const stacks: readonly TestStack[] = [embedded, server];

const closing = (stack: Stack, afterwards: () => Promise<void>): Stack => ({
  ...stack,
  close: async () => {
    await stack.close();
    await afterwards();
  },
});
