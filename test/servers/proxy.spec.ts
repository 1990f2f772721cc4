import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Proxy } from './proxy.ts';

describe('the network between', () => {
  const closed: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closed.splice(0).toReversed()) await close();
  });

  /** A server that says everything back, and the way to it. */
  async function way(): Promise<Proxy> {
    const server = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const proxy = new Proxy(() => (server.address() as AddressInfo).port);
    await proxy.listen();
    closed.push(
      () => server.close(),
      () => proxy.cut(),
    );
    return proxy;
  }

  function dial({ port }: Proxy): { socket: Socket; heard: () => string; over: Promise<string> } {
    const socket = connect(port, '127.0.0.1');
    let heard = '';
    socket.on('data', (chunk) => (heard += String(chunk)));
    const over = new Promise<string>((resolve) =>
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code!)).on('end', () => resolve('end')),
    );
    closed.push(() => socket.destroy());
    return { socket, heard: () => heard, over };
  }

  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await sleep(5);
  };

  it('brings everything over, both ways, to the end', async () => {
    const { socket, heard, over } = dial(await way());
    const text = 'x'.repeat(1_000_000);
    socket.end(text);
    expect(await over).toBe('end');
    expect(heard()).toBe(text);
  });

  it('forgets who leaves, also without a word', async () => {
    const proxy = await way();
    const [silent, talking] = [dial(proxy), dial(proxy)];
    talking.socket.write('a');
    await until(() => talking.heard() === 'a' && proxy.connections === 2);
    for (const { socket } of [silent, talking]) socket.end();
    await until(() => proxy.connections === 0);
  });

  it('when cut resets what is open and refuses what is new, until it listens again on the same port', async () => {
    const proxy = await way();
    const first = dial(proxy);
    first.socket.write('a');
    await until(() => first.heard() === 'a');
    await proxy.cut();
    expect(await first.over).toBe('ECONNRESET');
    expect(await dial(proxy).over).toBe('ECONNREFUSED');
    await proxy.listen();
    const second = dial(proxy);
    second.socket.write('b');
    await until(() => second.heard() === 'b');
  });

  it('when silent keeps everything open and brings nothing; what was held back comes when it goes on', async () => {
    const proxy = await way();
    const before = dial(proxy);
    before.socket.write('a');
    await until(() => before.heard() === 'a');
    proxy.silence();
    const meanwhile = dial(proxy);
    for (const { socket } of [before, meanwhile]) socket.write('b');
    await sleep(100);
    expect([before.heard(), meanwhile.heard(), proxy.connections]).toEqual(['a', '', 2]);
    proxy.resume();
    await until(() => before.heard() === 'ab' && meanwhile.heard() === 'b');
  });

  it('when slow brings everything later, in order, also when it becomes faster', async () => {
    const proxy = await way();
    const { socket, heard } = dial(proxy);
    proxy.delay(100);
    const begun = performance.now();
    socket.write('a');
    await sleep(20);
    proxy.delay(0);
    socket.write('b');
    await until(() => heard() === 'ab');
    expect(performance.now() - begun).toBeGreaterThanOrEqual(95);
    socket.write('c');
    await until(() => heard() === 'abc');
  });
});
