import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { credentials as grpcCredentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import {
  ANY,
  BACKWARDS,
  END,
  EventStoreDBClient,
  eventTypeFilter,
  FORWARDS,
  jsonEvent,
  NO_STREAM,
  STREAM_EXISTS,
  type AllStreamSubscription,
  type AppendExpectedRevision,
  type EventData,
  type JSONEventData,
  type ResolvedEvent,
} from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type * as Grpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { startCluster, startNode, type NodeOptions, type PretendNode } from './index.ts';

/*
 * The rules of `stores.md` §1 as the real client (6.2.1) meets them on the pretend node. What is said here is what the
 * adapter is built on; that a real node says the same is seen by `npm run test:server` with EVENTSTORE_URL.
 */

const credentials = { username: 'admin', password: 'changeit' };
/** Killed and there again, when the client has heard of it. */
const restart = async (node: PretendNode): Promise<void> => {
  await node.kill();
  await sleep(50);
  await node.start();
};
const events = (...names: readonly string[]): JSONEventData[] =>
  names.map((n) => jsonEvent({ type: 'Happened', data: { n } }));

const unhandled: unknown[] = [];
const note = (error: unknown): void => void unhandled.push(error);
beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => void process.off('unhandledRejection', note));

describe('the pretend node', () => {
  const opened: (() => Promise<unknown>)[] = [];
  const open = async (options: NodeOptions = {}) => {
    const node = await startNode(options);
    const client = EventStoreDBClient.connectionString(node.url);
    opened.push(
      () => node.close(),
      () => client.dispose(),
    );
    const append = (stream: string, expectedRevision: AppendExpectedRevision, batch: EventData[], deadline = 5_000) =>
      client.appendToStream(stream, batch, { expectedRevision, credentials, deadline });
    return { node, client, append };
  };
  afterEach(async () => {
    for (const close of opened.splice(0).toReversed()) await close();
    expect(unhandled.splice(0)).toEqual([]);
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

    it('without a revision, once as long as the ids are in the cache: at its first place, which is not told', async () => {
      const { node, append } = await open();
      const batch = events('a', 'b');
      await append('s-1', NO_STREAM, batch);
      await append('s-1', 1n, events('later'));
      for (const expected of [ANY, STREAM_EXISTS] as const) {
        const again = await append('s-1', expected, batch);
        expect(again).toMatchObject({ nextExpectedRevision: 1n });
        expect(again.position).toBeUndefined();
      }
      const half = [batch[0]!, ...events('x')];
      await expect(append('s-1', ANY, half)).rejects.toMatchObject({ type: 'wrong-expected-version' });
      expect(await append('s-2', ANY, batch)).toMatchObject({ nextExpectedRevision: 1n });
      await restart(node);
      expect(await append('s-1', ANY, batch)).toMatchObject({ nextExpectedRevision: 4n });
    });

    it('an id is the same id in upper case', async () => {
      const { append } = await open();
      const batch = [jsonEvent({ id: randomUUID().toUpperCase(), type: 'Happened', data: {} })];
      const first = await append('s-1', NO_STREAM, batch);
      expect(await append('s-1', NO_STREAM, batch)).toEqual(first);
    });

    it('to a stream that has metadata and nothing else as to one that exists', async () => {
      const { client, append } = await open();
      await client.setStreamMetadata('s-1', { maxCount: 5 }, { credentials });
      expect(await append('s-1', STREAM_EXISTS, events('a'))).toMatchObject({ nextExpectedRevision: 0n });
    });

    it('again to a stream that was deleted, going on with its revisions; never to one that was tombstoned', async () => {
      const { client, append } = await open();
      await append('s-1', NO_STREAM, events('a', 'b'));
      await client.deleteStream('s-1');
      await expect(gathered(client.readStream('s-1'))).rejects.toMatchObject({ type: 'stream-not-found' });
      expect(await append('s-1', NO_STREAM, events('c'))).toMatchObject({ nextExpectedRevision: 2n });
      expect(named(await gathered(client.readStream('s-1')))).toEqual(['c']);
      await client.tombstoneStream('s-1', { expectedRevision: 2n });
      await expect(append('s-1', 2n, events('d'))).rejects.toMatchObject({ type: 'stream-deleted' });
      await expect(gathered(client.readStream('s-1'))).rejects.toMatchObject({ type: 'stream-deleted' });
    });
  });

  describe('and of deleted streams (§1.2)', () => {
    it('the batch that was there first "succeeds" without a place; the one that went on is a conflict', async () => {
      const { client, append } = await open();
      const [first, second] = [events('a', 'b'), events('c')];
      await append('s-1', NO_STREAM, first);
      await client.deleteStream('s-1', { expectedRevision: 1n });
      const again = await append('s-1', NO_STREAM, first);
      expect([again.success, again.nextExpectedRevision, again.position]).toEqual([true, 1n, undefined]);
      await append('s-1', NO_STREAM, second);
      await expect(append('s-1', NO_STREAM, second)).rejects.toMatchObject({ type: 'wrong-expected-version' });
    });

    it('at another revision none is deleted; and a name that is not ASCII breaks the words for it (§1.3)', async () => {
      const { client, append } = await open();
      const other = { expectedRevision: 9n };
      const broken = { type: 'unknown', code: 2, message: expect.stringContaining('HTTP status code 500') };
      for (const name of ['s-1', 'é-1']) await append(name, NO_STREAM, events('a'));
      const conflict = { type: 'wrong-expected-version', streamName: 's-1', expectedVersion: 9n, actualVersion: 0n };
      await expect(client.deleteStream('s-1', other)).rejects.toMatchObject(conflict);
      await expect(client.tombstoneStream('s-1', other)).rejects.toMatchObject(conflict);
      await expect(client.deleteStream('é-1', other)).rejects.toMatchObject(broken);
      await client.tombstoneStream('é-1');
      await expect(append('é-1', 0n, events('b'))).rejects.toMatchObject(broken);
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

    it('16 MiB less 10 000 bytes a message, whatever is in it', async () => {
      const { append } = await open();
      const metadata = (bytes: number) => ({ text: 'x'.repeat(16 * 1024 * 1024 - 10_000 + bytes) });
      const event = (bytes: number) => [jsonEvent({ type: 'Big', data: {}, metadata: metadata(bytes) })];
      await expect(append('s-1', NO_STREAM, event(0))).rejects.toMatchObject({ type: 'unknown', code: 8 });
      expect(await append('s-1', NO_STREAM, event(-500))).toMatchObject({ success: true });
    });

    it('names of which half a character is missing are one name', async () => {
      const { append } = await open();
      await append('s-\ud800', NO_STREAM, events('a'));
      expect(await append('s-\udbff', 0n, events('b'))).toMatchObject({ nextExpectedRevision: 1n });
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
      await expect(append('s-1', 2n ** 63n, events('a'))).rejects.toMatchObject({ code: 2 });
      const later = await open({ version: '24.10.1' });
      await expect(later.append('', NO_STREAM, events('a'))).rejects.toMatchObject({ code: 3 });
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

  describe('keeps (§1.5)', () => {
    it('what others wrote, the system too, and streams that are gone; JSON that is none comes back as text', async () => {
      const { node, client, append } = await open();
      await append('s-1', NO_STREAM, events('a'));
      await client.setStreamMetadata('s-1', { maxCount: 5 }, { credentials });
      node.write('$stats-127.0.0.1:2113', { type: '$statsCollected' });
      node.write('Somebody Else', { type: 'Torn', data: Buffer.from('{"torn":') });
      await client.deleteStream('s-1');
      await client.tombstoneStream('s-1');
      const all = await gathered(client.readAll());
      expect(all.map(({ event }) => event!.type)).toEqual(
        'Happened,$metadata,$statsCollected,Torn,$metadata,$streamDeleted'.split(','),
      );
      expect(all[3]!.event!.data).toBe('{"torn":');
    });

    it('places that go on past 2³² and 2⁵³, exactly', async () => {
      for (const edge of [2n ** 32n, 2n ** 53n]) {
        const { client, append } = await open({ begin: edge - 1n });
        for (const name of ['a', 'b']) await append(`s-${name}`, NO_STREAM, events(name));
        const [first, second] = await gathered(client.readAll());
        expect([first!.event!.position!.commit, first!.event!.position!.prepare]).toEqual([edge - 1n, edge - 1n]);
        expect(second!.event!.position!.commit).toBeGreaterThan(edge);
        expect(named(await gathered(client.readAll({ fromPosition: second!.event!.position! })))).toEqual(['b']);
      }
    });

    it('its silence when nothing of everything is asked for: that read hangs', async () => {
      const { node, client, append } = await open();
      await append('s-1', NO_STREAM, events('a'));
      const reading = client.readAll({ maxCount: 0 });
      reading
        .on('data', note)
        .on('error', note)
        .on('end', () => note('ended'));
      await sleep(200);
      expect([node.openCalls, unhandled]).toEqual([1, []]);
      await reading.cancel();
      unhandled.length = 0;
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

    it('later servers take the place for what it is; and from beyond the end they leave out what comes below (§0.7)', async () => {
      const { client, append } = await open({ version: '24.10.1' });
      const { position } = await append('s-a', NO_STREAM, []);
      await append('s-b', NO_STREAM, events('b'));
      const [first] = await take(client.subscribeToAll({ fromPosition: position! }), 1);
      expect(named([first!])).toEqual(['b']);
      const commit = first!.event!.position!.commit + 300n;
      const beyond = client.subscribeToAll({ fromPosition: { commit, prepare: commit } });
      const follow = async (): Promise<void> => {
        for (const name of ['below', 'above', 'later']) await append(`s-${name}`, NO_STREAM, events(name));
      };
      beyond.on('caughtUp', () => void follow());
      expect(named(await take(beyond, 1))).toEqual(['later']);
    });

    it('with a filter: what it picks, and how far it looked, which the client says before its consumer is there (§0.2)', async () => {
      const { node, client, append } = await open();
      for (let n = 0; n < 80; n++) node.write('$stats-1', { type: '$statsCollected' });
      await append('s-1', NO_STREAM, events('a', 'b'));
      const places: bigint[] = [];
      const filter = eventTypeFilter({
        prefixes: ['Happened', '$stats'],
        maxSearchWindow: 4,
        checkpointInterval: 2,
        checkpointReached: async (_, { commit }) => void places.push(commit),
      });
      const subscription = client.subscribeToAll({ filter });
      for await (const { event } of subscription) {
        await sleep(100);
        // The first is not yet done with.
        expect(places.at(-1)).toBeGreaterThan(event!.position.commit);
        break;
      }
      await subscription.unsubscribe();
      expect(places.slice(0, 2)).toEqual([node.log.records[7]!.position, node.log.records[15]!.position]);
      const others = client.subscribeToAll({ filter: eventTypeFilter({ regex: '^[^$]' }) });
      expect(named(await take(others, 2))).toEqual(['a', 'b']);
    });

    it('and is told when it has come to the end, from 23.10 on', async () => {
      for (const [version, times] of [
        ['22.10.5', 0],
        ['23.10.0', 1],
      ] as const) {
        const { client, append } = await open({ version });
        await append('s-1', NO_STREAM, events('a'));
        const subscription = client.subscribeToAll();
        let told = 0;
        subscription.on('caughtUp', () => told++);
        for await (const { event } of subscription) {
          if (event!.revision === 1n) break;
          await append('s-1', 0n, events('b'));
        }
        await subscription.unsubscribe();
        expect([version, told]).toEqual([version, times]);
      }
    });

    it('drops a live consumer that is slow when more than 32 events wait, up to 23.10; later ones wait for it', async () => {
      const big = () => [jsonEvent({ type: 'Big', data: { text: 'x'.repeat(100_000) } })];
      for (const [version, isDropped, outcome] of [
        ['23.10.6', true, expect.stringMatching(/^timeout: .*too slow/)],
        ['24.2.0', false, 'all'],
      ] as const) {
        const { client, append } = await open({ version });
        const subscription = client.subscribeToAll();
        const [live, appended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
        subscription.once('caughtUp', () => live.resolve());
        let taken = 0;
        const following = (async () => {
          for await (const _ of subscription) {
            await appended.promise;
            if (++taken === 120) break;
          }
          await subscription.unsubscribe();
          return 'all';
        })().catch(({ type, message }: Error & { type: string }) => `${type}: ${message}`);
        await live.promise;
        for (let n = 0; n < 120; n++) await append(`s-${n}`, NO_STREAM, big());
        appended.resolve();
        expect([version, await following, taken < 120]).toEqual([version, outcome, isDropped]);
      }
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

    it('killed before an append is committed: it is not there, then or later', async () => {
      const { node, append } = await open();
      node.commitMs = 100;
      const batch = events('a');
      const first = failureOf(append('s-1', NO_STREAM, batch));
      await sleep(50);
      await restart(node);
      await sleep(100);
      expect(node.log.records).toEqual([]);
      expect(await first).toMatchObject({ type: 'unavailable' });
      expect(await append('s-1', NO_STREAM, batch)).toMatchObject({ nextExpectedRevision: 0n });
    });

    it('stopped in order: who waits for an append or reads is told so (§0.4)', async () => {
      const { node, client, append } = await open();
      const big = () => [jsonEvent({ type: 'Big', data: { n: 'x', text: 'x'.repeat(100_000) } })];
      for (let n = 0; n < 30; n++) await append(`s-${n}`, NO_STREAM, big());
      const reading = client.readAll();
      reading.on('error', () => undefined);
      await new Promise((resolve) => reading.once('readable', resolve));
      node.commitMs = 5_000;
      const waiting = failureOf(append('s-x', NO_STREAM, events('a')));
      await sleep(100);
      await node.stop();
      expect(await waiting).toMatchObject({ code: 13 });
      await sleep(50);
      expect([node.openCalls, node.log.stream('s-x')]).toEqual([0, null]);
    });

    it('not ready: nobody is served, and its health says so (§1.8)', async () => {
      const { node, client, append } = await open();
      const health = async () => (await fetch(`http://127.0.0.1:${node.port}/health/live`)).status;
      expect(await health()).toBe(204);
      node.isNotReady = true;
      await expect(append('s-1', NO_STREAM, events('a'))).rejects.toMatchObject({ type: 'unavailable' });
      await expect(gathered(client.readAll())).rejects.toMatchObject({ type: 'unavailable' });
      expect(await health()).toBe(503);
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
      while (node.batchAppends === 0) await sleep(5);
      expect([node.batchAppends, node.appends]).toEqual([1, 0]);
    });

    it('and that way the deadline is a time by the clock of the client (§0.1)', async () => {
      const { node, client } = await open();
      const append = (batch: EventData[]) =>
        client.appendToStream('s-1', batch, { expectedRevision: NO_STREAM, deadline: 1_000 });
      expect(await append(events('a'))).toMatchObject({ nextExpectedRevision: 0n });
      await expect(append(events('b'))).rejects.toMatchObject({ type: 'wrong-expected-version', actualVersion: 0n });
      node.setClockOffset(10_000);
      await expect(append(events('c'))).rejects.toMatchObject({ type: 'deadline-exceeded' });
      node.setClockOffset(0);
      await node.pause();
      const silent = failureOf(append(events('d'))).then(note);
      await sleep(1_500);
      expect(unhandled).toEqual([]);
      await node.resume();
      await silent;
      expect(unhandled.splice(0)).toMatchObject([{ type: 'deadline-exceeded' }]);
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

    it('without a leader nothing is written, and nothing is read that asks for one', async () => {
      const cluster = await startCluster(2);
      opened.push(() => cluster.close());
      const [leader, follower] = cluster.nodes;
      await leader!.kill();
      const client = EventStoreDBClient.connectionString(follower!.url);
      opened.push(() => client.dispose());
      const append = client.appendToStream('s-1', events('a'), { expectedRevision: NO_STREAM, credentials });
      await expect(append).rejects.toMatchObject({ type: 'unavailable' });
      const asked = gathered(client.readAll({ requiresLeader: true }));
      await expect(asked).rejects.toMatchObject({ type: 'unavailable' });
      expect(await gathered(client.readAll())).toEqual([]);
    });

    it('a node that knows nobody is open to all', async () => {
      const { node } = await open();
      expect(await gathered(as(node, 'any:body').readAll())).toEqual([]);
    });

    // Without TLS the client sends no credentials: these are sent as it would with it.
    const allAs = async (node: PretendNode, who?: string): Promise<number> => reads(node, who, undefined);
    const streamAs = async (node: PretendNode, who?: string): Promise<number> => reads(node, who, 's-1');
    async function reads(node: PretendNode, who: string | undefined, stream: string | undefined): Promise<number> {
      const { StreamsClient } = createRequire(import.meta.url)(
        '@eventstore/db-client/generated/streams_grpc_pb.js',
      ) as typeof Grpc;
      const caller = new StreamsClient(`127.0.0.1:${node.port}`, grpcCredentials.createInsecure());
      const headers = new Metadata();
      if (who !== undefined) headers.set('authorization', `Basic ${Buffer.from(who).toString('base64')}`);
      const { Options } = streams.ReadReq;
      const options = new Options().setCount('9').setNoFilter(new shared.Empty());
      const name = new shared.StreamIdentifier().setStreamName(Buffer.from(stream ?? ''));
      if (stream === undefined) options.setAll(new Options.AllOptions().setStart(new shared.Empty()));
      else options.setStream(new Options.StreamOptions().setStreamIdentifier(name).setStart(new shared.Empty()));
      const reading = caller.read(new streams.ReadReq().setOptions(options), headers);
      const code = await new Promise<number>((resolve) =>
        reading
          .on('data', () => undefined)
          .on('error', (error: ServiceError) => resolve(error.code))
          .on('end', () => resolve(0)),
      );
      caller.close();
      return code;
    }

    it('streams are for all it knows, everything is for administrators and those it was granted to', async () => {
      const [DENIED, NOBODY] = [7, 16];
      const { node } = await open({ users, admins: ['admin'] });
      expect(await Promise.all([allAs(node), streamAs(node), streamAs(node, 'spoor:guess')])).toEqual([
        DENIED,
        DENIED,
        NOBODY,
      ]);
      const asks = () => Promise.all([allAs(node, 'admin:changeit'), allAs(node, 'spoor:secret')]);
      expect([...(await asks()), await streamAs(node, 'spoor:secret')]).toEqual([0, DENIED, 0]);
      node.write('$$$all', { type: '$metadata', data: Buffer.from('{"$acl":{"$r":["$admins","spoor"]}}') });
      expect(await asks()).toEqual([0, 0]);
      await node.revokeRead();
      expect([...(await asks()), await streamAs(node, 'spoor:secret')]).toEqual([DENIED, DENIED, DENIED]);
    });

    it('what is revoked ends what runs only where that is asked for', async () => {
      const denied = { type: 'access-denied' };
      for (const endsRunning of [false, true]) {
        const { node, client } = await open();
        const subscription = client.subscribeToAll();
        const live = new Promise((resolve) => subscription.once('caughtUp', resolve));
        const over = failureOf(gathered(subscription));
        await live;
        await node.revokeRead({ endsRunning });
        expect(await over).toMatchObject(endsRunning ? denied : { type: 'unavailable' });
        expect(await failureOf(gathered(client.readAll()))).toMatchObject(denied);
      }
    });
  });
});
