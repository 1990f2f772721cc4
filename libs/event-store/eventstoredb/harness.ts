import { setTimeout as sleep } from 'node:timers/promises';
import { startNode, type NodeOptions, type PretendNode } from '../../../test/servers/eventstoredb/index.ts';
import type { Harness } from '../contract.ts';
import type { EventStore, StoredEvent } from '../port.ts';
import { openEventStoreDb } from './index.ts';
import type { EventStoreDb } from './index.ts';

interface Opened {
  readonly store: EventStoreDb;
  readonly node: PretendNode;
}

/** How long it takes until a client has heard that its connection is gone, and a server that a call is over. */
const HEARD_MS = 50;

/** Stores on pretend nodes of their own, with handles on what lies under them. */
export class PretendHarness implements Harness {
  readonly #opened: Opened[] = [];

  async open(options: NodeOptions = {}): Promise<EventStoreDb> {
    const node = await startNode(options);
    const store = await openEventStoreDb({ url: node.url, production: false }).catch(async (error: unknown) => {
      // Else the process that tests would stay for it.
      await node.close();
      throw error;
    });
    this.#opened.push({ store, node });
    return store;
  }

  of(store: EventStore): PretendNode {
    return this.#opened.find((opened) => opened.store === store)!.node;
  }

  async dispose(): Promise<void> {
    for (const { store, node } of this.#opened.splice(0)) {
      await store.close();
      await node.close();
    }
  }

  readonly faults = {
    outage: async (store: EventStore) => {
      await this.of(store).kill();
      await sleep(HEARD_MS);
    },
    recover: async (store: EventStore) => {
      await this.of(store).resume();
      await this.of(store).start();
    },
    crash: async (store: EventStore) => {
      await this.of(store).kill();
      await sleep(HEARD_MS);
      await this.of(store).start();
      return store;
    },
    loseNextReply: (store: EventStore) => this.of(store).loseNextReply(),
    silence: (store: EventStore) => this.of(store).pause(),
    endCalls: (store: EventStore) => this.of(store).endCalls(),
    skewClock: async (store: EventStore, ms: number) => this.of(store).setClockOffset(ms),
    openCalls: async (store: EventStore) => {
      await sleep(HEARD_MS);
      return this.of(store).openCalls;
    },
    corrupt: async (store: EventStore, { id }: StoredEvent) => {
      const record = this.of(store).log.records.find((one) => one.id === id)!;
      Object.assign(record, { data: Buffer.from('{"torn":') });
    },
    writeForeign: async (store: EventStore) => {
      const node = this.of(store);
      for (let n = 0; n < 20; n++) {
        node.write('$stats-127.0.0.1:2113', { type: '$statsCollected' });
        node.write('Somebody Else', { type: 'ThingHappened' });
        node.write('$$thing-1', { type: '$metadata' });
      }
    },
    revokeRead: (store: EventStore) => this.of(store).revokeRead(),
    openBefore: (sequence: bigint) => this.open({ begin: sequence - 400n }),
  };
}
