import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** The port to go to; told by the first bytes that a client sends. */
type Route = (first: Buffer) => number;

interface Link {
  readonly client: Socket;
  server?: Socket;
}

/**
 * A network on one machine that can fail, before a server: cut, silent, or broken once. Everything between client and
 * server goes through it, so both see what they would see of a real network.
 */
export class Proxy {
  readonly #route: Route;
  readonly #links = new Set<Link>();
  #listener: Server | undefined;
  #port = 0;
  #silent = false;

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
    const listener = createServer({ noDelay: true }, (client) => this.#accept(client));
    this.#listener = listener;
    listener.listen(port, '127.0.0.1');
    await once(listener, 'listening');
    this.#port = (listener.address() as { port: number }).port;
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
    for (const link of this.#links) {
      link.client.resetAndDestroy();
      link.server?.resetAndDestroy();
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

  #accept(client: Socket): void {
    const link: Link = { client };
    this.#links.add(link);
    const end = (): void => {
      this.#links.delete(link);
      client.destroy();
      link.server?.destroy();
    };
    client.on('error', end).on('close', end);
    client.once('data', (first) => {
      const server = connect({ port: this.#route(first), host: '127.0.0.1', noDelay: true });
      link.server = server;
      server.on('error', end).on('close', end);
      server.write(first);
      pass(client, server);
      pass(server, client);
      if (this.#silent) this.silence();
    });
    if (this.#silent) client.pause();
  }
}

/** By hand and not piped: a pipe would take up again what was silenced. */
function pass(from: Socket, to: Socket): void {
  from.on('data', (chunk) => to.write(chunk));
  from.on('end', () => to.end());
}
