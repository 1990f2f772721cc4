import { createServer, type Server } from 'node:http';
import type { PretendNode } from './node.ts';

/** What a node says to whoever speaks HTTP/1: what it is and, by each `Date`, what time it has. */
export const httpFront = (node: PretendNode): Server =>
  createServer((request, response) => {
    response.sendDate = false;
    response.setHeader('date', new Date(node.log.now()).toUTCString());
    if (request.url === '/info') response.end(JSON.stringify({ dbVersion: node.version }));
    // 503 until it is ready (§1.8).
    else response.writeHead(request.url === '/health/live' ? (node.isNotReady ? 503 : 204) : 404).end();
  });
