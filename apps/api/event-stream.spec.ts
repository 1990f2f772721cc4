import { PassThrough } from 'node:stream';
import { EventStream } from './event-stream.ts';
import { Api, type Network } from './harness.ts';
import { makeLog } from './log.ts';
import { Metrics } from './metrics.ts';

let api: Api;
let home: Network;
let stream: EventStream;
beforeAll(async () => {
  api = await Api.start();
  home = await api.network();
  stream = new EventStream(api.spoor, makeLog('silent'), new Metrics(api.spoor));
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

describe('who comes late, while more happens', () => {
  let made = 0;
  // The slower the listener, the more happens between what it reads of the past and its joining the others.
  it.each([0, 1, 3, 8])('misses nothing and hears nothing twice, reading every %i ms', async (paceMs) => {
    await found(20, made);
    const listeners = Array.from({ length: 4 }, () => new PassThrough({ highWaterMark: 1_024 }));
    const networks = () => Promise.resolve(new Set([home.id]));
    for (const out of listeners) void stream.listen(out, { after: null, topics: new Set(['groups']), networks });
    await found(20, made + 20);
    made += 40;
    const wanted = Array.from({ length: made }, (_, i) => `G${i}`);
    for (const heard of await Promise.all(listeners.map((out) => read(out, made, paceMs))))
      expect(heard).toEqual(wanted);
    for (const out of listeners) out.destroy();
  });
});
