import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import type {
  handleServerStreamingCall,
  Metadata,
  sendUnaryData,
  ServerReadableStream,
  ServerWritableStream,
} from '@grpc/grpc-js';
import type { NewEvent, StreamName } from '../port.ts';
import { encode } from '../validate.ts';
import { readConnection } from './connection.ts';
import { Gateway } from './gateway.ts';
import { positionOf } from './position.ts';

/**
 * The bytes that go over the wire, as they are: a client that is upgraded shows here what it does otherwise
 * (`stores.md` §5 d). The server understands nothing and refuses everything.
 */
class Recorder {
  readonly messages: Buffer[] = [];
  readonly headers: Metadata[] = [];
  readonly #server = new Server();

  async listen(): Promise<string> {
    const asTheyAre = (bytes: Buffer): Buffer => bytes;
    const method = (name: string, type: 'clientStream' | 'serverStream', handler: unknown) =>
      this.#server.register(
        `/event_store.client.streams.Streams/${name}`,
        handler as handleServerStreamingCall<Buffer, Buffer>,
        asTheyAre,
        asTheyAre,
        type,
      );
    method('Append', 'clientStream', (call: ServerReadableStream<Buffer, Buffer>, answer: sendUnaryData<Buffer>) => {
      this.headers.push(call.metadata);
      call.on('data', (message: Buffer) => this.messages.push(message));
      call.on('end', () => answer({ code: status.INTERNAL }));
    });
    method('Read', 'serverStream', (call: ServerWritableStream<Buffer, Buffer>) => {
      this.headers.push(call.metadata);
      this.messages.push(call.request);
      call.emit('error', { code: status.INTERNAL });
    });
    const port = await new Promise<number>((resolve, reject) =>
      this.#server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    return `esdb://user:password@127.0.0.1:${port}?tls=false`;
  }

  close(): void {
    this.#server.forceShutdown();
  }
}

/** Bytes as text: what is not printable as a number. */
const shown = (bytes: Buffer): string =>
  [...bytes]
    .map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `<${byte.toString(16).padStart(2, '0')}>`))
    .join('');

describe('on the wire', () => {
  let recorder: Recorder;
  let gateway: Gateway;

  beforeEach(async () => {
    recorder = new Recorder();
    gateway = new Gateway(readConnection(await recorder.listen()));
  });
  afterEach(async () => {
    await gateway.close();
    recorder.close();
  });

  const event = (data: NewEvent['data']): NewEvent => ({
    id: '5f0c1b7e-3a6d-4c0e-9b1f-2d7a8c6e4b30',
    type: 'ThingHappened',
    data,
    meta: { z: 1, '10': 1, '9': 2, a: 'é' },
  });
  const sent = async (work: Promise<unknown>): Promise<string[]> => {
    await work.catch(() => {});
    return recorder.messages.map(shown);
  };
  const append = (expected: 'no_stream' | bigint, data: NewEvent['data'] = { n: 1 }) => {
    const stream: StreamName = 'thing-1';
    return sent(gateway.append(stream, expected, encode(stream, [event(data)], expected), 1_000));
  };
  const page = { backwards: false, count: 5 };
  const place = positionOf({ commit: 258n, prepare: 257n });

  it('an append to a new stream', async () => {
    expect(await append('no_stream')).toMatchInlineSnapshot(`
[
  "<0a><0d><0a><09><1a><07>thing-1<1a><00>",
  "<12><89><01><0a>&<12>$5f0c1b7e-3a6d-4c0e-9b1f-2d7a8c6e4b30<12> <0a><0c>content-type<12><10>application/json<12><15><0a><04>type<12><0d>ThingHappened<1a><1d>{"10":1,"9":2,"a":"<c3><a9>","z":1}"<07>{"n":1}",
]
`);
  });

  it('an append at a revision', async () => {
    expect((await append(300n))[0]).toMatchInlineSnapshot(`"<0a><0e><0a><09><1a><07>thing-1<10><ac><02>"`);
  });

  it('canonical JSON, byte for byte, also where JavaScript orders names otherwise', async () => {
    const [, message] = await append('no_stream', { '10': { '2': 0, '1b': 0, '11': 0 }, '9': ['é', { b: 1, a: 2 }] });
    expect(message).toContain('{"10":{"11":0,"1b":0,"2":0},"9":["<c3><a9>",{"a":2,"b":1}]}');
    expect(message).toContain('{"10":1,"9":2,"a":"<c3><a9>","z":1}');
  });

  it('a page of a stream, forwards and backwards', async () => {
    await gateway.streamPage('thing-1', 7n, page).catch(() => {});
    expect(await sent(gateway.streamPage('thing-1', undefined, { ...page, backwards: true }))).toMatchInlineSnapshot(`
[
  "<0a><17><0a><0d><0a><09><1a><07>thing-1<10><07>(<05>B<00>J<02><12><00>",
  "<0a><19><0a><0d><0a><09><1a><07>thing-1"<00><18><01>(<05>B<00>J<02><12><00>",
]
`);
  });

  it('a page of the log, from a place and from the end', async () => {
    await gateway.logPage(place, page).catch(() => {});
    expect(await sent(gateway.logPage(undefined, { ...page, backwards: true }))).toMatchInlineSnapshot(`
[
  "<0a><12><12><08><0a><06><08><82><02><10><81><02>(<05>B<00>J<02><12><00>",
  "<0a><0e><12><02><1a><00><18><01>(<05>B<00>J<02><12><00>",
]
`);
  });

  it('a subscription from a place', async () => {
    const live = gateway.follow(place);
    expect(await sent(live.take(1_000).then(() => live.take(1_000)))).toMatchInlineSnapshot(`
[
  "<0a><12><12><08><0a><06><08><82><02><10><81><02>2<00>B<00>J<02><12><00>",
]
`);
    live.close();
  });

  it('everything asks for the leader; nothing tells the password where nothing is encrypted', async () => {
    await append('no_stream');
    await gateway.logPage(undefined, page).catch(() => {});
    await gateway.streamPage('thing-1', 0n, page).catch(() => {});
    expect(recorder.headers.map((headers) => headers.get('requires-leader'))).toEqual([['true'], ['true'], ['true']]);
    for (const headers of recorder.headers) expect(headers.get('authorization')).toEqual([]);
  });
});
