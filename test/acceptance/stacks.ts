import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { openEmbedded } from '../../apps/composition/embedded.ts';
import { openServer } from '../../apps/composition/server.ts';
import type { Stack } from '../../apps/composition/stack.ts';
import { RealHarness } from '../../libs/event-store/eventstoredb/real/harness.ts';
import { startNode, type PretendNode } from '../servers/eventstoredb/index.ts';
import { startMongo } from '../servers/mongodb/index.ts';

/** A stack to try, with stores of its own that are gone when it is closed. */
export interface TestStack {
  /** With what lies beneath it. */
  readonly name: string;
  /** Of how many days of a diary one is asked about: what the domain says is the same on every stack, and servers answer slowly. */
  readonly diaryDays?: number;
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

const { EVENTSTORE_URL, MONGODB_URL } = process.env;

const onPretendNode = (mongoName: string, start: () => Promise<Mongo>): TestStack => ({
  name: `server stack (pretend EventStoreDB, ${mongoName})`,
  diaryDays: 2,
  open: async () => {
    const [node, mongo] = await Promise.all([startNode(), start()]);
    return openOn(node, mongo);
  },
});

/** On what is quick: for what needs many events. */
export const pretendServer = onPretendNode('pretend MongoDB', () => startMongo({}));

/** A database of its own on a real server, dropped at the end with that of the names. */
async function realMongo(server: string): Promise<Mongo> {
  const url = new URL(server);
  const name = `spoor_test_${randomUUID().slice(0, 8)}`;
  url.pathname = `/${name}`;
  return {
    url: url.href,
    close: async () => {
      const client = await MongoClient.connect(server);
      for (const database of [name, `${name}_subjects`]) await client.db(database).dropDatabase();
      await client.close();
    },
  };
}

const mongoName = MONGODB_URL === undefined ? 'pretend MongoDB' : 'real MongoDB';

/** The real server where there is one, else the pretend one. */
const startAnyMongo = async (): Promise<Mongo> => (MONGODB_URL === undefined ? startMongo({}) : realMongo(MONGODB_URL));

/** On a real EventStoreDB, which others use too: with streams of its own, and as if there were no others. */
const onRealNode = (url: string): TestStack => ({
  name: `server stack (real EventStoreDB, ${mongoName})`,
  open: async () => {
    const mongo = await startAnyMongo();
    const shared = new RealHarness(url);
    const stack = await openServer({ eventStoreUrl: url, mongoUrl: mongo.url, production: false });
    const own = { ...stack, events: await shared.open() };
    return closing(own, async () => {
      await shared.dispose();
      await mongo.close();
    });
  },
});

const server = EVENTSTORE_URL === undefined ? onPretendNode(mongoName, startAnyMongo) : onRealNode(EVENTSTORE_URL);

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
