import type { Server as HttpServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { AddressInfo, Socket } from 'node:net';
import {
  HttpProblem,
  isForLoopback,
  MAX_BODY_BYTES,
  problemDocument,
  SECURITY_HEADERS,
  specOf,
  type ProblemCode,
} from '#http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyHttpOptions, FastifyReply, FastifyRequest } from 'fastify';
import { apiModule, statusModule } from './api.module.ts';
import { EventStream } from './event-stream.ts';
import type { Log } from './log.ts';
import { Metrics } from './metrics.ts';
import { ProblemFilter, send } from './problem.filter.ts';
import { header, newTraceId, traceId } from './request.ts';
import { Routes } from './routes.ts';
import type { ServerConfig, Spoor } from './spoor.ts';
import { Stopping } from './stopping.ts';

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
const NOTICE_MS = 300;
/** What is then still under way is cut off: its outcome is unknown to the client, which repeats it. */
const STOP_MS = 8_000;
const MAX_CONNECTIONS = 4_000;
const MAX_REQUESTS_PER_SOCKET = 100_000;

export interface Server {
  readonly url: string;
  /** Takes nothing new, finishes what is under way and ends every stream, within 10 s. What is beneath stays open. */
  stop(): Promise<void>;
}

/** The API, or nothing but how the projector is, on a port of this machine. Rejects when the port is taken. */
export async function startServer(
  spoor: Spoor,
  { host, port }: ServerConfig,
  log: Log,
  serves: 'api' | 'projector' = 'api',
): Promise<Server> {
  const metrics = new Metrics(spoor);
  const stream = new EventStream(spoor, log, metrics);
  const stopping = new Stopping();
  const routes = new Routes();
  const filter = new ProblemFilter(log, routes);
  const adapter = adapterOf(filter);
  const fastify = adapter.getInstance();
  fastify.addHook('onRoute', ({ url, method }) => routes.add(url, method));
  fastify.addHook('onRequest', (request, reply, done) => done(refusedAtOnce(request, reply, stopping)));
  // So that nobody sends another request on a connection that is about to end.
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping.begun) void reply.header('connection', 'close');
    done(null, payload);
  });
  fastify.removeAllContentTypeParsers();
  // As bytes: who acts is asked before anything is read, and what is read is read by one parser.
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  const app = await NestFactory.create<NestFastifyApplication>(
    serves === 'api'
      ? apiModule({ spoor, log, metrics, stream, filter, stopping })
      : statusModule({ spoor, metrics, filter, stopping }),
    adapter,
    { bodyParser: false, logger: false, abortOnError: false },
  );
  const server = app.getHttpServer();
  server.maxConnections = MAX_CONNECTIONS;
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  if (serves === 'api') stream.start();
  await app.listen(port, host);
  const { port: listening } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${listening}`,
    stop: async () => {
      stopping.begun = true;
      const overdue = globalThis.setTimeout(() => server.closeAllConnections(), STOP_MS);
      await stream.stop();
      // Whoever asks now is told, and to come back elsewhere: a connection that is cut tells nobody anything.
      await setTimeout(NOTICE_MS);
      const closed = app.close();
      await setTimeout(NOTICE_MS);
      // Opened ahead and never used: to Node these are not idle, for something may still come.
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
      await closed;
      clearTimeout(overdue);
    },
  };
}

function adapterOf(filter: ProblemFilter): FastifyAdapter {
  const options: FastifyHttpOptions<HttpServer> & { readonly skipMiddie: boolean } = {
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    maxRequestsPerSocket: MAX_REQUESTS_PER_SOCKET,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: 5_000, requireHostHeader: false },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: true,
    genReqId: traceId,
    skipMiddie: true,
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      void reply.headers(SECURITY_HEADERS);
      send(filter.problemOf(error, request), request, reply);
    },
    clientErrorHandler: refuseConnection,
  };
  return new FastifyAdapter(options);
}

/** What no address answers: a name that is not this machine's, and anything new while stopping but how it is. */
function refusedAtOnce(request: FastifyRequest, reply: FastifyReply, stopping: Stopping): HttpProblem | undefined {
  void reply.headers(SECURITY_HEADERS);
  if (!isForLoopback(header(request, 'host'))) return new HttpProblem('misdirected');
  if (!stopping.begun) return undefined;
  return ['/livez', '/readyz', '/health', '/metrics'].includes(request.url) ? undefined : new HttpProblem('stopping');
}

const CONNECTION: Readonly<Record<string, ProblemCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
};

/** A request that cannot be read as HTTP, or not in time: there is no language to ask for, so it is the first. */
function refuseConnection(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const code = CONNECTION[error.code ?? ''] ?? 'bad-request';
  const { status } = specOf(code);
  const asked = { language: 'nl', instance: '', traceId: newTraceId() } as const;
  const body = JSON.stringify(problemDocument(new HttpProblem(code), asked));
  socket.end(
    `HTTP/1.1 ${status} ${code}\r\ncontent-type: application/problem+json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
