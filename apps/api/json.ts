import type { Reply } from './request.ts';

export function json(reply: Reply, value: object): void {
  reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(value));
}
