import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { Log, startCluster, startNode } from '../../../test/servers/eventstoredb/index.ts';
import { batch, eventsOf, FAST, fill, itUnless, log, refused, SECOND, stored, take, within } from '../contract-kit.ts';
import { isStoreError } from '../port.ts';
import type { EventStore } from '../port.ts';
import { PretendHarness } from './harness.ts';
import { IDENTITY } from './identity.ts';
import { openEventStoreDb } from './index.ts';

jest.setTimeout(60_000);
const pretend = new PretendHarness();
const opened: { close(): Promise<void> }[] = [];
const kept = <T extends { close(): Promise<void> }>(one: T): T => {
  opened.unshift(one);
  return one;
};
afterEach(async () => {
  await pretend.dispose();
  for (const one of opened.splice(0)) await one.close();
});
const open = async (url: string) => kept(await openEventStoreDb({ url, production: false }));
const append = (store: EventStore, stream = 'thing-1', count = 1) =>
  store.append(stream, batch(stream, count), { expected: 'no_stream' });

describe('which log it is', () => {
  it('is told by the log itself, the same to all who open it at once', async () => {
    const node = kept(await startNode());
    const stores = await Promise.all([1, 2, 3, 4, 5].map(() => open(node.url)));
    const heads = await Promise.all(stores.map((store) => store.head()));
    expect(new Set(heads.map(({ logId }) => logId)).size).toBe(1);
    expect(node.log.stream(IDENTITY)).toHaveLength(1);
    expect(heads[0]!.position).toBeNull();
  });

  it('is kept out of what is read, and nobody may append to it', async () => {
    const store = await pretend.open();
    await refused(append(store, IDENTITY), 'invalid-request');
    await refused(stored(store, IDENTITY), 'invalid-request');
    expect(await log(store)).toEqual([]);
  });

  it('is looked at again when a subscription comes back: another log under the same address is refused', async () => {
    const node = kept(await startNode());
    const store = await open(node.url);
    await fill(store, 5);
    const other = kept(await startNode());
    await open(other.url);
    const subscription = take(store.subscribe({ name: 'x', after: null, retry: FAST }), (_, item) => {
      if (item.kind === 'caught-up') {
        // As if another backup had been restored.
        Object.assign(node.log, { records: other.log.records, stream: other.log.stream.bind(other.log) });
        node.breakConnections();
      }
      return false;
    });
    await refused(subscription, 'log-identity-changed');
  });
});

it('a subscription goes on after others’ records were tidied away, and gives nothing twice', async () => {
  const store = await pretend.open();
  const node = pretend.of(store);
  await fill(store, 5);
  await pretend.faults.writeForeign(store);
  const { items } = await take(store.subscribe({ name: 'x', after: null, retry: FAST }), async (events, item) => {
    if (item.kind === 'caught-up' && events.length === 5) {
      const kept = node.log.records.filter(({ stream }) => stream.startsWith('fill') || stream === IDENTITY);
      node.log.records.splice(0, Infinity, ...kept);
      node.breakConnections();
      await sleep(50);
      await append(store, 'later-1');
    }
    return events.length === 6;
  });
  expect(eventsOf(items)).toEqual(await log(store));
});

it('an append that was there before and whose place the server has forgotten is read back', async () => {
  const store = await pretend.open();
  const { log: records } = pretend.of(store);
  const first = await append(store, 'thing-1', 2);
  const appendAs = records.append.bind(records);
  records.append = (...asked) => ({ ...appendAs(...asked), position: null }) as ReturnType<Log['append']>;
  expect(await append(store, 'thing-1', 2)).toEqual(first);
});

it('a stream that somebody tombstoned is gone', async () => {
  const store = await pretend.open();
  await append(store);
  pretend.of(store).log.tombstone('thing-1', crypto.randomUUID());
  await refused(stored(store, 'thing-1'), 'stream-gone');
  await refused(store.append('thing-1', batch('b', 1), { expected: 0n }), 'stream-gone');
  expect(await log(store)).toHaveLength(1);
});

describe('a store that comes back', () => {
  it.each<[string, (store: EventStore) => Promise<void>]>([
    ['killed', (store) => pretend.faults.outage(store)],
    ['stopped in order', (store) => pretend.of(store).stop()],
    ['silent', (store) => pretend.faults.silence(store)],
  ])('after it was %s is used again within 2 s, by appends, reads and subscribers', async (_, fail) => {
    const store = await pretend.open();
    await fill(store, 5);
    const live = Promise.withResolvers<void>();
    const following = take(store.subscribe({ name: 'x', after: null }), (events, item) => {
      if (item.kind === 'caught-up') live.resolve();
      return events.length === 6;
    });
    await live.promise;
    await fail(store);
    await sleep(3 * SECOND);
    await expect(store.ready()).rejects.toMatchObject({ retryable: true });
    await pretend.faults.recover(store);
    await within(2 * SECOND, append(store, 'later-1'));
    expect((await within(2 * SECOND, following)).events).toEqual(await log(store));
  });
});

it('a connection that is dead without saying so is left at once: only what was under way pays for it', async () => {
  const node = kept(await startNode());
  const way = await deadEnd(node.port);
  const store = await open(`esdb://127.0.0.1:${way.port}?tls=false`);
  await append(store);
  way.freeze();
  await refused(append(store, 'thing-2'), 'store-timeout', { indeterminate: true });
  await within(SECOND, append(store, 'thing-3'));
});

/** A way to a node on which every connection that is open can be left hanging; new ones are good. */
async function deadEnd(to: number): Promise<{ port: number; freeze(): void }> {
  const sockets: Socket[] = [];
  const server = createServer((client) => {
    const onwards = connect(to, '127.0.0.1');
    for (const socket of [client, onwards]) socket.on('error', () => socket.destroy());
    client.pipe(onwards).pipe(client);
    sockets.push(client, onwards);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const close = async () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  kept({ close });
  const freeze = () => sockets.forEach((socket) => socket.unpipe().pause());
  return { port: (server.address() as AddressInfo).port, freeze };
}

describe('closing', () => {
  it('leaves no connection open, and nothing that waits', async () => {
    const store = await pretend.open();
    const node = pretend.of(store);
    await fill(store, 300);
    const following = take(store.subscribe({ name: 'x', after: null }), () => false);
    node.breakConnections();
    await sleep(100);
    await append(store, 'later-1');
    await within(2 * SECOND, Promise.all([store.close(), following]));
    await sleep(100);
    expect([node.connections, node.openCalls]).toEqual([0, 0]);
  });

  it('does so when nothing answers any more', async () => {
    const store = await pretend.open();
    await pretend.faults.silence(store);
    const asked = Promise.allSettled([append(store), store.head(), log(store)]);
    await within(2 * SECOND, Promise.all([store.close(), asked]));
  });
});

describe('a cluster', () => {
  it('is followed to its new leader: nothing acknowledged is lost, nothing is there twice', async () => {
    const cluster = kept(await startCluster(3));
    const store = await open(cluster.url);
    const following = take(store.subscribe({ name: 'x', after: null, retry: FAST }), (events) => events.length === 60);
    for (let n = 0; n < 60; n++) {
      if (n === 20) cluster.elect(1);
      if (n === 40) {
        await cluster.nodes[1]!.kill();
        cluster.elect(2);
      }
      await untilDone(() => append(store, `thing-${n}`));
    }
    const { events } = await following;
    expect(events.map(({ stream }) => stream)).toEqual(Array.from({ length: 60 }, (_, n) => `thing-${n}`));
    expect(await log(store)).toEqual(events);
  });

  it('that goes away node by node leaves no rejection that nobody catches', async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', note);
    const cluster = kept(await startCluster(3));
    const store = await open(cluster.url);
    const [first, second, third] = cluster.nodes;
    // This one stays on its connection to the first leader; what comes later goes to the second.
    const following = take(store.subscribe({ name: 'x', after: null, retry: FAST }), () => false);
    await sleep(100);
    cluster.elect(1);
    await untilDone(() => append(store));
    await Promise.all([second!.kill(), third!.kill(), first!.pause()]);
    // While the client looks for a leader, the connection that it forgot breaks too.
    const calls = [1, 2, 3].map((n) => append(store, `thing-${n}`).catch(() => append(store, `thing-${n}`)));
    await sleep(300);
    await first!.kill();
    await Promise.allSettled(calls);
    await sleep(2 * SECOND);
    await store.close();
    await following;
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  it('without a leader, or without any node, is away: no call waits for longer than its time', async () => {
    const cluster = kept(await startCluster(3));
    const store = await open(cluster.url);
    for (const node of cluster.nodes) await node.kill();
    const calls = [append(store), store.head(), log(store), store.ready()];
    await within(2 * SECOND, Promise.all(calls.map((call) => expect(call).rejects.toMatchObject({ retryable: true }))));
    await within(2 * SECOND, refused(append(store, 'thing-2'), 'store-unavailable'));
    for (const node of cluster.nodes) await node.start();
    await within(
      2 * SECOND,
      untilDone(() => append(store)),
    );
    expect(await log(store)).toHaveLength(1);
  });
});

async function untilDone(work: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (!isStoreError(error) || !error.retryable) throw error;
    }
  }
}

describe('TLS', () => {
  const directory = mkdtempSync(join(tmpdir(), 'spoor-tls-'));
  const authority = makeAuthority();
  afterAll(() => rmSync(directory, { recursive: true }));
  const without = authority === undefined ? 'openssl is not here' : undefined;
  const users = { spoor: 'secret' };

  itUnless(without, 'with an authority of our own: opened by who it knows', async () => {
    const node = kept(await startNode({ tls: certificate('IP:127.0.0.1'), users, admins: ['spoor'] }));
    const store = await open(`${node.url}&tlsCAFile=${encodeURIComponent(authority!)}`);
    await append(store);
    expect(await log(store)).toHaveLength(1);
    expect(node.batchAppends).toBe(0);
  });

  itUnless(without, 'with a wrong password, or for one who may not read the log: no access', async () => {
    const node = kept(await startNode({ tls: certificate('IP:127.0.0.1'), users, admins: [] }));
    const url = `${node.url}&tlsCAFile=${encodeURIComponent(authority!)}`;
    await refused(open(url.replace('secret', 'guess')), 'store-access-denied', { retryable: false });
    const store = await open(url);
    await refused(store.ready(), 'store-access-denied', { retryable: false });
    await refused(log(store), 'store-access-denied', { retryable: false });
  });

  itUnless(
    without,
    'with a certificate for another name, or from another authority: refused, and it says why',
    async () => {
      const named = kept(await startNode({ tls: certificate('DNS:other.example'), users }));
      const wrongName = open(`${named.url}&tlsCAFile=${encodeURIComponent(authority!)}`);
      await refused(wrongName, 'store-unavailable', { message: expect.stringMatching(/altnames|not in the cert/i) });
      const node = kept(await startNode({ tls: certificate('IP:127.0.0.1'), users }));
      await refused(open(node.url), 'store-unavailable', { message: expect.stringMatching(/certificate/i) });
    },
  );

  function makeAuthority(): string | undefined {
    const file = join(directory, 'ca.crt');
    try {
      openssl(
        'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=ca -keyout ca.key -out ca.crt',
      );
      return file;
    } catch {
      return undefined;
    }
  }

  function certificate(name: string): { cert: string; key: string } {
    writeFileSync(join(directory, 'names'), `subjectAltName=${name}`);
    openssl('req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=node -keyout n.key -out n.csr');
    openssl('x509 -req -in n.csr -CA ca.crt -CAkey ca.key -CAcreateserial -extfile names -days 2 -out n.crt');
    return {
      cert: readFileSync(join(directory, 'n.crt'), 'utf8'),
      key: readFileSync(join(directory, 'n.key'), 'utf8'),
    };
  }

  function openssl(line: string): void {
    execFileSync('openssl', line.split(' '), { cwd: directory, stdio: 'ignore' });
  }
});

it('two stores share nothing: what one is told does not concern the other', async () => {
  const [one, other] = [await pretend.open(), await pretend.open()];
  const live = take(other.subscribe({ name: 'x', after: null }), (events) => events.length === 10);
  await pretend.faults.outage(one);
  for (let n = 0; n < 10; n++) {
    await expect(append(one, `thing-${n}`)).rejects.toMatchObject({ code: 'store-unavailable' });
    await append(other, `thing-${n}`);
  }
  const { items } = await live;
  expect(eventsOf(items)).toHaveLength(10);
  expect(items.some(({ kind }) => kind === 'interrupted')).toBe(false);
});
