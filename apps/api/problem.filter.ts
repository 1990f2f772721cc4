import { isStoreError } from '#event-store';
import { HttpProblem, negotiate, problemDocument, specOf, type ProblemCode } from '#http';
import { isSubjectsError } from '#privacy';
import { isReadStoreError } from '#read-store';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from './log.ts';
import { header, target } from './request.ts';
import type { Routes } from './routes.ts';

/** Everything thrown on the way leaves as `application/problem+json`, and nothing of its inside does. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: Log,
    private readonly routes: Routes,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const problem = this.problemOf(error, request);
    if (problem.code === 'internal') this.log.error({ err: error, traceId: request.id }, 'failed');
    send(problem, request, http.getResponse<FastifyReply>());
  }

  problemOf(error: unknown, request: FastifyRequest): HttpProblem {
    if (error instanceof HttpProblem) return error;
    if (isStoreError(error) || isReadStoreError(error) || isSubjectsError(error))
      return new HttpProblem(codeOfStore(error.code));
    const status = statusOf(error);
    if (status === 404) return this.routes.missing(request.raw.method ?? '', target(request).path);
    return new HttpProblem(STATUS[status] ?? (status < 500 ? 'bad-request' : 'internal'));
  }
}

/** What Nest and Fastify refuse by themselves. */
const STATUS: Readonly<Record<number, ProblemCode>> = {
  408: 'request-timeout',
  413: 'body-too-large',
  414: 'url-too-long',
  415: 'unsupported-media-type',
  431: 'headers-too-large',
};

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const { statusCode } = (error ?? {}) as { readonly statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : 500;
}

/** What a client can cause is its own fault; the rest is the store's. */
function codeOfStore(code: string): ProblemCode {
  if (code === 'invalid-cursor' || code === 'invalid-position' || code === 'invalid-request')
    return 'invalid-parameter';
  return code === 'disk-full' ? 'disk-full' : 'store-unavailable';
}

/** Answers with a problem in the caller's language. */
export function send(problem: HttpProblem, request: FastifyRequest, reply: FastifyReply): void {
  if (reply.sent || reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  const language = negotiate(header(request, 'accept-language'));
  const { status } = specOf(problem.code);
  const document = problemDocument(problem, { language, instance: target(request).path, traceId: request.id });
  reply
    .status(status)
    .headers({
      ...((status === 503 || status === 429) && { 'retry-after': '1' }),
      ...problem.headers,
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': language,
      'cache-control': 'no-store',
      vary: 'Accept-Language',
    })
    .send(JSON.stringify(document));
}
