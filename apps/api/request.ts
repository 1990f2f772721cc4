import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Actor } from '#kernel';
import type { Header } from '#http';
import type { FastifyReply, FastifyRequest } from 'fastify';

export type Reply = FastifyReply;
/** `id` is the trace id; `actor` is there once the guard has let it through. */
export type Request = FastifyRequest & { actor?: Actor };

/** Several values of one header as one, as HTTP has it. */
export function header(request: FastifyRequest, name: string): Header {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** Path and query string as they came. */
export function target(request: FastifyRequest): { readonly path: string; readonly query: string } {
  const { url = '/' } = request.raw;
  const at = url.indexOf('?');
  return at < 0 ? { path: url, query: '' } : { path: url.slice(0, at), query: url.slice(at + 1) };
}

/** The caller's trace id (W3C `traceparent`), or one of our own. */
export function traceId(request: IncomingMessage): string {
  const given = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(String(request.headers.traceparent));
  return given?.[1] ?? newTraceId();
}

export const newTraceId = (): string => randomBytes(16).toString('hex');
