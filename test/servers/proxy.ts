import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** The port to go to; told by the first bytes that a client sends. */
type Route = (first: Buffer) => number;

interface Link {
  readonly client: Socket;
  server?: Socket;
}

/**
 * A network on one machine that can fail, before a server: cut, silent, slow, or broken once. Everything between client and
 * server goes through it, so both see what they would see of a real network.
 */
export class Proxy {
  readonly #route: Route;
  readonly #links = new Set<Link>();
  #listener: Server | undefined;
  #port = 0;
  #silent = false;
  #delayMs = 0;

  constructor(route: Route) {
    this.#route = route;
  }

  get port(): number {
    return this.#port;
  }

  /** Connections that clients have open. */
  get connections(): number {
    return this.#links.size;
  }

  /** Listens, always on the same port. */
  async listen(port = this.#port): Promise<void> {
    if (this.#listener !== undefined) return;
    const listener = createServer({ noDelay: true, allowHalfOpen: true }, (client) => this.#accept(client));
    this.#listener = listener;
    listener.listen(port, '127.0.0.1');
    await once(listener, 'listening');
    this.#port = (listener.address() as AddressInfo).port;
  }

  /** As when the machine dies: every connection is reset, new ones are refused, until it listens again. */
  async cut(): Promise<void> {
    const listener = this.#listener;
    this.#listener = undefined;
    this.reset();
    if (listener === undefined) return;
    await new Promise((resolve) => listener.close(resolve));
  }

  /** Every connection is reset, once; new ones are taken. */
  reset(): void {
    for (const { client, server } of this.#links) {
      reset(client);
      if (server !== undefined) reset(server);
    }
    this.#links.clear();
  }

  /** Connections stay open, new ones are made, and nothing comes through: half open. */
  silence(): void {
    this.#silent = true;
    for (const { client, server } of this.#links) {
      client.pause();
      server?.pause();
    }
  }

  /** What was held back comes through. */
  resume(): void {
    this.#silent = false;
    for (const { client, server } of this.#links) {
      client.resume();
      server?.resume();
    }
  }

  /** From now on everything takes so long, either way. */
  delay(ms: number): void {
    this.#delayMs = ms;
  }

  #accept(client: Socket): void {
    const link: Link = { client };
    this.#links.add(link);
    const end = (): void => {
      this.#links.delete(link);
      client.destroy();
      link.server?.destroy();
    };
    client.on('error', end).on('close', end);
    client.once('end', () => {
      if (link.server === undefined) end();
    });
    client.once('data', (first) => {
      const server = connect({ port: this.#route(first), host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
      link.server = server;
      server.on('error', end).on('close', end);
      server.write(first);
      this.#pass(client, server);
      this.#pass(server, client);
      if (this.#silent) this.silence();
    });
    if (this.#silent) client.pause();
  }

  /** By hand and not piped: a pipe would take up again what was silenced. Nothing overtakes what is under way. */
  #pass(from: Socket, to: Socket): void {
    let last = Promise.resolve();
    let underWay = 0;
    const late = async (before: Promise<void>, act: () => void): Promise<void> => {
      await sleep(this.#delayMs, undefined, { ref: false });
      await before;
      underWay--;
      act();
    };
    const pass = (act: () => void): void => {
      if (this.#delayMs === 0 && underWay === 0) return act();
      underWay++;
      last = late(last, act);
    };
    from.on('data', (chunk) => pass(() => to.write(chunk)));
    from.on('end', () => pass(() => to.end()));
  }
}

/** A connection that is being closed cannot be reset any more: it would stay half closed for ever. */
function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
