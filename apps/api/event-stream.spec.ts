import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Position } from '#kernel';
import { EventStream } from './event-stream.ts';
import { Api, type Network } from './harness.ts';
import { makeLog } from './log.ts';
import { Metrics } from './metrics.ts';

let api: Api;
let home: Network;
let metrics: Metrics;
let stream: EventStream;
beforeAll(async () => {
  api = await Api.start();
  home = await api.network();
  metrics = new Metrics(api.spoor);
  stream = new EventStream(api.spoor, makeLog('silent'), metrics);
  stream.start();
});
afterAll(async () => {
  await stream.stop();
  await api.stop();
});

const found = async (count: number, from: number): Promise<void> => {
  for (let i = from; i < from + count; i++) await api.group(home, `G${i}`);
};

/** Reads at its own pace, a little at a time, until it has `count` groups. */
async function read(out: PassThrough, count: number, paceMs: number): Promise<readonly string[]> {
  let text = '';
  const names = (): string[] => [...text.matchAll(/"name":"(G\d+)"/g)].map(([, name]) => name!);
  while (names().length < count) {
    text += String(out.read() ?? '');
    await new Promise((resolve) => setTimeout(resolve, paceMs));
  }
  return names();
}

let made = 0;
const networks = () => Promise.resolve(new Set([home.id]));
const topics = new Set(['groups']);

describe('who comes late, while more happens', () => {
  // The slower the listener, the more happens between what it reads of the past and its joining the others.
  it.each([0, 1, 3, 8])('misses nothing and hears nothing twice, reading every %i ms', async (paceMs) => {
    await found(20, made);
    const listeners = Array.from({ length: 4 }, () => new PassThrough({ highWaterMark: 1_024 }));
    for (const out of listeners) void stream.listen(out, { after: null, topics, networks });
    await found(20, made + 20);
    made += 40;
    const wanted = Array.from({ length: made }, (_, i) => `G${i}`);
    for (const heard of await Promise.all(listeners.map((out) => read(out, made, paceMs))))
      expect(heard).toEqual(wanted);
    for (const out of listeners) out.destroy();
  });
});

/** Two ends of one connection. */
async function connected(): Promise<{ readonly out: Socket; readonly client: Socket; readonly end: () => void }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [out] = (await once(server, 'connection')) as [Socket];
  return { out, client, end: () => [client.destroy(), server.close()] };
}

describe('who stops reading', () => {
  it('is cut off, and misses nothing when it comes back', async () => {
    const { out, client, end } = await connected();
    let text = '';
    client.on('data', (chunk) => (text += String(chunk)));
    const heard = () => [...text.matchAll(/id: (\S+)\n(?:.+\n)*?data: .*"name":"(G\d+)".*\n\n/g)];
    const first = made;
    const { position } = await api.spoor.events.head();
    await stream.listen(out, { after: position, topics, networks });
    await found(5, made);
    while (heard().length < 5) await pause(1);

    client.pause();
    // The system takes some megabytes before the server has to hold anything back.
    while (out.writableLength === 0) {
      out.write(`:${' '.repeat(16_384)}\n\n`);
      await pause(0);
    }
    for (made += 5; !out.destroyed && made < first + 1_000; made++) await found(1, made);
    expect(out.destroyed).toBe(true);
    expect((await metrics.sseDropped.get()).values).toMatchObject([{ value: 1 }]);

    client.resume();
    await once(client, 'close');
    const [, last] = heard().at(-1)!;
    const again = new PassThrough();
    void stream.listen(again, { after: last as Position, topics, networks });
    const rest = await read(again, made - first - heard().length, 0);
    const wanted = Array.from({ length: made - first }, (_, i) => `G${first + i}`);
    expect([...heard().map(([, , name]) => name), ...rest]).toEqual(wanted);
    again.destroy();
    end();
  });
});
