import { randomUUID } from 'node:crypto';
import {
  ANY,
  BACKWARDS,
  END,
  EventStoreDBClient,
  FORWARDS,
  jsonEvent,
  NO_STREAM,
  STREAM_EXISTS,
  type AllStreamSubscription,
  type AppendExpectedRevision,
  type JSONEventData,
  type ResolvedEvent,
} from '@eventstore/db-client';
import { startCluster, startNode, type NodeOptions, type PretendNode } from './index.ts';

/*
 * The rules of `stores.md` §1 as the real client (6.2.1) meets them on the pretend node. What is said here is what the
 * adapter is built on; that a real node says the same is seen by `npm run test:server` with EVENTSTORE_URL.
 */

const credentials = { username: 'admin', password: 'changeit' };
const events = (...names: readonly string[]): JSONEventData[] =>
  names.map((n) => jsonEvent({ type: 'Happened', data: { n } }));

describe('the pretend node', () => {
  const opened: (() => Promise<unknown>)[] = [];
  const open = async (options: NodeOptions = {}) => {
    const node = await startNode(options);
    const client = EventStoreDBClient.connectionString(node.url);
    opened.push(
      () => node.close(),
      () => client.dispose(),
    );
    const append = (
      stream: string,
      expectedRevision: AppendExpectedRevision,
      batch: JSONEventData[],
      deadline = 5_000,
    ) => client.appendToStream(stream, batch, { expectedRevision, credentials, deadline });
    return { node, client, append };
  };
  afterEach(async () => {
    for (const close of opened.splice(0).toReversed()) await close();
  });

  const gathered = async (reading: AsyncIterable<ResolvedEvent>): Promise<readonly ResolvedEvent[]> => {
    const all: ResolvedEvent[] = [];
    for await (const resolved of reading) all.push(resolved);
    return all;
  };
  const named = (resolved: readonly ResolvedEvent[]): readonly string[] =>
    resolved.map(({ event }) => (event!.data as { n: string }).n);
  const failureOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      (value) => ({ value }),
      (error: unknown) => error,
    );

  describe('appends as §1.1 and §1.2 say', () => {
    it('at the revision asked for, and refuses any other with the actual one', async () => {
      const { append } = await open();
      expect(await append('s-1', NO_STREAM, events('a', 'b'))).toMatchObject({ nextExpectedRevision: 1n });
      expect(await append('s-1', 1n, events('c'))).toMatchObject({ nextExpectedRevision: 2n });
      expect(await append('s-1', STREAM_EXISTS, events('d'))).toMatchObject({ nextExpectedRevision: 3n });
      for (const expected of [NO_STREAM, 0n, 7n] as const)
        await expect(append('s-1', expected, events('x'))).rejects.toMatchObject({
          type: 'wrong-expected-version',
          actualVersion: 3n,
        });
      await expect(append('s-2', 0n, events('x'))).rejects.toMatchObject({ actualVersion: 'no_stream' });
      await expect(append('s-2', STREAM_EXISTS, events('x'))).rejects.toMatchObject({ actualVersion: 'no_stream' });
    });

    it('once, when the same ids come at the same place: whole or a prefix, and no other way', async () => {
      const { append } = await open();
      const [a, b, c] = events('a', 'b', 'c') as [JSONEventData, JSONEventData, JSONEventData];
      const first = await append('s-1', NO_STREAM, [a, b]);
      await append('s-1', 1n, events('later'));
      expect(await append('s-1', NO_STREAM, [a, b])).toEqual(first);
      expect(await append('s-1', NO_STREAM, [a])).toMatchObject({ nextExpectedRevision: 0n });
      for (const batch of [[a, b, c], [b], [b, a]])
        await expect(append('s-1', NO_STREAM, batch)).rejects.toMatchObject({ type: 'wrong-expected-version' });
      expect(await append('s-1', 2n, [a])).toMatchObject({ nextExpectedRevision: 3n });
    });

    it('an id given without a revision is remembered for a while, without a place', async () => {
      const { append } = await open();
      const batch = events('a');
      expect(await append('s-1', ANY, batch)).toMatchObject({ nextExpectedRevision: 0n });
      expect((await append('s-1', ANY, batch)).position).toBeUndefined();
    });

    it('again to a stream that was deleted, going on with its revisions; never to one that was tombstoned', async () => {
      const { client, append } = await open();
      await append('s-1', NO_STREAM, events('a', 'b'));
      await client.deleteStream('s-1');
      await expect(gathered(client.readStream('s-1'))).rejects.toMatchObject({ type: 'stream-not-found' });
      expect(await append('s-1', NO_STREAM, events('c'))).toMatchObject({ nextExpectedRevision: 2n });
      expect(named(await gathered(client.readStream('s-1')))).toEqual(['c']);
      await client.tombstoneStream('s-1');
      await expect(append('s-1', 2n, events('d'))).rejects.toMatchObject({ type: 'stream-deleted' });
      await expect(gathered(client.readStream('s-1'))).rejects.toMatchObject({ type: 'stream-deleted' });
    });
  });

  describe('has the limits of §1.3', () => {
    it('a megabyte of data, metadata not counted', async () => {
      const { append } = await open();
      const big = (bytes: number) => 'x'.repeat(bytes);
      await expect(
        append('s-1', NO_STREAM, [jsonEvent({ type: 'Big', data: { text: big(1024 * 1024) } })]),
      ).rejects.toMatchObject({ type: 'maximum-append-size-exceeded' });
      const meta = jsonEvent({ type: 'Big', data: {}, metadata: { text: big(1024 * 1024) } });
      expect(await append('s-1', NO_STREAM, [meta])).toMatchObject({ success: true });
    });

    it('an empty append succeeds, at a place that is no event, and makes no stream', async () => {
      const { client, append } = await open();
      expect((await append('s-1', NO_STREAM, [])).position).toBeDefined();
      await expect(gathered(client.readStream('s-1'))).rejects.toMatchObject({ type: 'stream-not-found' });
      expect(await gathered(client.readAll())).toEqual([]);
    });

    it('ids come back in lower case', async () => {
      const { client, append } = await open();
      const id = randomUUID().toUpperCase();
      await append('s-1', NO_STREAM, [jsonEvent({ id, type: 'Happened', data: {} })]);
      const [read] = await gathered(client.readStream('s-1'));
      expect(read!.event!.id).toBe(id.toLowerCase());
    });

    it('no type, no name: an error without a name (§1.4)', async () => {
      const { append } = await open();
      await expect(append('s-1', NO_STREAM, [jsonEvent({ type: '', data: {} })])).rejects.toMatchObject({ code: 2 });
      await expect(append('', NO_STREAM, events('a'))).rejects.toMatchObject({ code: 2 });
    });
  });

  describe('reads as §1.5 says', () => {
    it('a stream from a revision, which is included, both ways', async () => {
      const { client, append } = await open();
      await append('s-1', NO_STREAM, events('a', 'b', 'c'));
      expect(named(await gathered(client.readStream('s-1', { fromRevision: 1n })))).toEqual(['b', 'c']);
      expect(named(await gathered(client.readStream('s-1', { fromRevision: 9n })))).toEqual([]);
      const back = { direction: BACKWARDS, maxCount: 2 } as const;
      expect(named(await gathered(client.readStream('s-1', { ...back, fromRevision: END })))).toEqual(['c', 'b']);
      expect(named(await gathered(client.readStream('s-1', { ...back, fromRevision: 1n })))).toEqual(['b', 'a']);
      expect(named(await gathered(client.readStream('s-1', { ...back, fromRevision: 9n })))).toEqual(['c', 'b']);
    });

    it('all from a place: forwards with the event there, backwards without', async () => {
      const { client, append } = await open();
      for (const name of ['a', 'b', 'c']) await append(`s-${name}`, NO_STREAM, events(name));
      const all = await gathered(client.readAll());
      const { position } = all[1]!.event!;
      expect(named(await gathered(client.readAll({ fromPosition: position! })))).toEqual(['b', 'c']);
      const back = { direction: BACKWARDS, fromPosition: position! } as const;
      expect(named(await gathered(client.readAll(back)))).toEqual(['a']);
      const [first, second] = all.map(({ event }) => event!.position!.commit);
      expect(second! - first!).toBeGreaterThan(1n);
    });

    it('what makes no sense is an error without a name', async () => {
      const { client, append } = await open();
      await append('s-1', NO_STREAM, events('a'));
      for (const reading of [
        client.readStream('s-1', { direction: FORWARDS, fromRevision: END }),
        client.readStream('s-1', { maxCount: 0 }),
        client.readAll({ fromPosition: { commit: 1n, prepare: 1n } }),
        client.readAll({ fromPosition: { commit: 10n ** 9n, prepare: 10n ** 9n }, direction: BACKWARDS }),
        client.readAll({ fromPosition: { commit: 0n, prepare: 1n } }),
      ])
        await expect(gathered(reading)).rejects.toMatchObject({ code: 2 });
      const beyond = { commit: 10n ** 9n, prepare: 10n ** 9n };
      expect(await gathered(client.readAll({ fromPosition: beyond }))).toEqual([]);
    });
  });

  describe('is followed as §1.6 says', () => {
    const take = async (subscription: AllStreamSubscription, count: number): Promise<readonly ResolvedEvent[]> => {
      const taken: ResolvedEvent[] = [];
      for await (const resolved of subscription) if (taken.push(resolved) === count) break;
      await subscription.unsubscribe();
      return taken;
    };

    it('after the event at a place, into what comes live', async () => {
      const { client, append } = await open();
      for (const name of ['a', 'b']) await append(`s-${name}`, NO_STREAM, events(name));
      const [first] = await gathered(client.readAll({ maxCount: 1 }));
      const subscription = client.subscribeToAll({ fromPosition: first!.event!.position! });
      subscription.on('caughtUp', () => void append('s-c', NO_STREAM, events('c')));
      expect(named(await take(subscription, 2))).toEqual(['b', 'c']);
    });

    it('from a place where no event lies the next one is skipped, up to 23.10; from beyond the end nothing is said (§0.7)', async () => {
      const { client, append } = await open();
      const { position } = await append('s-a', NO_STREAM, []);
      await append('s-b', NO_STREAM, events('skipped'));
      await append('s-c', NO_STREAM, events('c'));
      expect(named(await take(client.subscribeToAll({ fromPosition: position! }), 1))).toEqual(['c']);
      const beyond = client.subscribeToAll({ fromPosition: { commit: 10n ** 9n, prepare: 10n ** 9n } });
      beyond.on('caughtUp', () => void append('s-d', NO_STREAM, events('d')));
      expect(named(await take(beyond, 1))).toEqual(['d']);
    });

    it('and is over when the node says "too slow", ends it, or dies: the client does not begin anew (§0.4)', async () => {
      const { node, client } = await open();
      const over = async (fault: () => unknown): Promise<unknown> => {
        const subscription = client.subscribeToAll();
        subscription.on('caughtUp', () => void fault());
        return failureOf(take(subscription, 1));
      };
      expect(await over(() => node.dropLiveConsumers())).toMatchObject({ type: 'timeout' });
      expect(await over(() => node.endCalls())).toEqual({ value: [] });
      expect(await over(() => node.stop())).toMatchObject({ code: 13 });
      await node.start();
      expect(await over(() => node.kill())).toMatchObject({ type: 'unavailable' });
    });
  });

  describe('fails on demand', () => {
    it('killed, and there again on the same log', async () => {
      const { node, append } = await open();
      await append('s-1', NO_STREAM, events('a'));
      await node.kill();
      await expect(append('s-1', 0n, events('b'))).rejects.toMatchObject({ type: 'unavailable' });
      await node.start();
      expect(await append('s-1', 0n, events('b'))).toMatchObject({ nextExpectedRevision: 1n });
    });

    it('silent: only a deadline of ones own ends an append', async () => {
      const { node, append } = await open();
      await append('s-1', NO_STREAM, events('a'));
      await node.pause();
      await expect(append('s-1', 0n, events('b'), 200)).rejects.toMatchObject({ type: 'deadline-exceeded' });
      await node.resume();
    });

    it('with an answer that is lost: the repetition finds the first', async () => {
      const { node, append } = await open();
      const batch = events('a');
      await node.loseNextReply();
      expect(await failureOf(append('s-1', NO_STREAM, batch))).toBeInstanceOf(Error);
      expect(await append('s-1', NO_STREAM, batch)).toMatchObject({ nextExpectedRevision: 0n });
      expect(node.log.records).toHaveLength(1);
    });

    it('with an append that is cut off: the repetition is refused (§0.11)', async () => {
      const { node, append } = await open();
      const batch = events('a', 'b', 'c');
      node.truncateNextAppend(1);
      expect(await failureOf(append('s-1', NO_STREAM, batch))).toBeInstanceOf(Error);
      await expect(append('s-1', NO_STREAM, batch)).rejects.toMatchObject({ actualVersion: 0n });
    });

    it('with two identical appends in flight: one times out (§0.13)', async () => {
      const { node, append } = await open();
      Object.assign(node, { commitMs: 50, notReadyMs: 100 });
      const batch = events('a');
      const outcomes = await Promise.all([append('s-1', NO_STREAM, batch), failureOf(append('s-1', NO_STREAM, batch))]);
      expect(outcomes).toMatchObject([{ nextExpectedRevision: 0n }, { type: 'timeout' }]);
    });

    it('without credentials in the call the client takes the way that knows no deadline (§0.1)', async () => {
      const { node, client } = await open();
      void client.appendToStream('s-1', events('a'), { expectedRevision: NO_STREAM }).catch(() => undefined);
      while (node.batchAppends === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      expect([node.batchAppends, node.appends]).toEqual([1, 0]);
      await node.endCalls();
    });

    it('with a clock of its own', async () => {
      const { node, client, append } = await open();
      node.setClockOffset(-3_600_000);
      await append('s-1', NO_STREAM, events('a'));
      const [read] = await gathered(client.readStream('s-1'));
      expect(read!.event!.created.getTime()).toBeLessThan(Date.now() - 3_000_000);
      const info = await fetch(`http://127.0.0.1:${node.port}/info`);
      expect(Date.parse(info.headers.get('date')!)).toBeLessThan(Date.now() - 3_000_000);
      expect(await info.json()).toEqual({ dbVersion: '23.10.6' });
    });
  });

  describe('asks who calls, as §1.7 says', () => {
    const users = { spoor: 'secret', admin: 'changeit' };
    const as = (node: PretendNode, who: string): EventStoreDBClient => {
      const client = EventStoreDBClient.connectionString(`esdb://${who}@127.0.0.1:${node.port}?tls=false`);
      opened.push(() => client.dispose());
      return client;
    };

    it('a cluster of three: who follows sends to who leads', async () => {
      const cluster = await startCluster(3);
      const client = EventStoreDBClient.connectionString(cluster.url);
      opened.push(
        () => cluster.close(),
        () => client.dispose(),
      );
      const batch = events('a');
      const asked = { expectedRevision: NO_STREAM, credentials, requiresLeader: true } as const;
      expect(await client.appendToStream('s-1', batch, asked)).toMatchObject({ nextExpectedRevision: 0n });
      cluster.elect(1);
      expect(await failureOf(client.appendToStream('s-2', batch, asked))).toMatchObject({ type: 'not-leader' });
      expect(await client.appendToStream('s-2', batch, asked)).toMatchObject({ nextExpectedRevision: 0n });
    });

    it('a node that knows nobody is open to all', async () => {
      const { node } = await open();
      expect(await gathered(as(node, 'any:body').readAll())).toEqual([]);
    });

    it('everything is read by those it is for, until that is revoked', async () => {
      const { node } = await open({ users, admins: ['admin'] });
      // Without TLS the client sends no credentials but in the call itself: the node sees nobody.
      expect(await failureOf(gathered(as(node, 'admin:changeit').readAll()))).toMatchObject({ type: 'access-denied' });
      await node.revokeRead();
      const { node: other, client } = await open();
      await other.revokeRead();
      expect(await failureOf(gathered(client.readAll()))).toMatchObject({ type: 'access-denied' });
    });
  });
});
