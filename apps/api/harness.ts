import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import type { Receipt } from '#engine';
import type { ProblemDocument } from '#http';
import { compose } from '../composition/compose.ts';
import { openMemory } from '../composition/stack.ts';
import { makeLog } from './log.ts';
import { startServer, type Server } from './server.ts';
import type { Spoor } from './spoor.ts';

/* A real server for specs: memory stores, a port of its own, and the few words in which specs speak to it. */

export type Headers = Readonly<Record<string, string>>;
/** Whose ids stand in an address. */
export const aggregateOf = (collection: string): string =>
  collection === 'coaching-engagements' ? 'coaching' : collection.replace(/s$/, '');

export const OPERATOR = { 'spoor-actor': 'operator' };
export const JSON_TYPE = { 'content-type': 'application/json' };
export const ANY = { 'if-match': '*' };
export const key = (): Headers => ({ 'idempotency-key': randomUUID() });
export const as = (person: string, role: string): Headers => ({ 'spoor-actor': `${person}; role=${role}` });

/** A network with one person, An, who is its back office; `anyone` are the headers with which she acts. */
export interface Network {
  readonly id: string;
  readonly an: string;
  readonly anyone: Headers;
}

export class Api {
  private constructor(
    readonly spoor: Spoor,
    readonly server: Server,
    /** What was logged. */
    readonly lines: string[],
    /** Stops the server and what is beneath it. */
    readonly stop: () => Promise<void>,
  ) {}

  static async start(clock: 'system' | 'simulated' = 'system'): Promise<Api> {
    const stack = openMemory();
    const spoor = await compose(stack, clock);
    const lines: string[] = [];
    const log = makeLog('info', { write: (line) => lines.push(line) });
    const server = await startServer(spoor, { host: '127.0.0.1', port: 0 }, log);
    return new Api(spoor, server, lines, async () => {
      await server.stop();
      await spoor.close();
      await stack.close();
    });
  }

  call(method: string, path: string, headers: Headers = {}, body?: string): Promise<Response> {
    return fetch(this.server.url + path, { method, headers, ...(body !== undefined && { body }) });
  }

  get(path: string, headers: Headers = {}): Promise<Response> {
    return this.call('GET', path, headers);
  }

  post(path: string, body: unknown, headers: Headers): Promise<Response> {
    return this.call('POST', `/api/v1${path}`, { ...JSON_TYPE, ...key(), ...headers }, JSON.stringify(body));
  }

  /** A command that must succeed. */
  async make(path: string, body: unknown, headers: Headers): Promise<Receipt> {
    return receiptOf(await this.post(path, body, headers));
  }

  async network(): Promise<Network> {
    const { id } = await this.make('/networks', { kind: 'coalition', name: 'Mind', regions: ['11002'] }, OPERATOR);
    const { id: an } = await this.make('/persons', { name: 'An Voorbeeld' }, OPERATOR);
    await this.make(`/persons/${an}/give-role`, { role: 'back-office', network: id }, { ...OPERATOR, ...ANY });
    return { id, an, anyone: as(an, 'back-office') };
  }

  group({ id, anyone }: Network, name = 'Wonen', headers: Headers = {}): Promise<Response> {
    return this.post('/groups', { network: id, name, kind: 'action-group' }, { ...anyone, ...headers });
  }

  /** What the server says to these bytes, until it closes. */
  async raw(bytes: string): Promise<string> {
    const socket = connect(Number(new URL(this.server.url).port), '127.0.0.1');
    socket.end(bytes);
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    return answer;
  }
}

export async function receiptOf(response: Response): Promise<Receipt> {
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Receipt;
}

/** The body of a refusal, which is a problem in every respect. */
export async function problem(response: Response): Promise<ProblemDocument> {
  assert.equal(response.headers.get('content-type'), 'application/problem+json; charset=utf-8');
  const document = (await response.json()) as ProblemDocument;
  assert.equal(document.status, response.status);
  assert.match(document.traceId, /^[0-9a-f]{32}$/);
  return document;
}
