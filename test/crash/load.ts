import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly body: {
    readonly commandId?: string;
    readonly stream?: string;
    readonly id?: string;
    readonly revision?: number;
  };
}

/** One command as a client sends it: the same again is a retry. */
export interface Sent {
  readonly path: string;
  readonly body: object;
  readonly key: string;
  answer?: Answer;
}

const sector = 'housing';
export const register = (): Sent => ({
  path: '/api/v1/organisations',
  body: { name: `Organisatie ${randomUUID()} (demo)`, sector },
  key: randomUUID(),
});
export const rename = (id: string): Sent => ({
  path: `/api/v1/organisations/${id}/rename`,
  body: { name: `Andere naam ${randomUUID()}` },
  key: randomUUID(),
});

/** Sends it; rejects when no answer came, which says nothing of what was done. */
export function send(url: string, sent: Sent, agent: Agent): Promise<Answer> {
  const text = JSON.stringify(sent.body);
  return new Promise((resolve, reject) => {
    const call = request(`${url}${sent.path}`, {
      method: 'POST',
      agent,
      headers: {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(text),
        'Idempotency-Key': sent.key,
        'If-Match': '*',
        'Spoor-Actor': 'operator',
      },
    });
    call.on('error', reject);
    call.on('response', (response) => {
      let received = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (received += chunk));
      response.on('error', reject);
      response.on('end', () => {
        if (!response.complete) return reject(new Error('cut off'));
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(received) as Answer['body'] });
      });
    });
    call.end(text);
  });
}

/** Clients that send one command after another until nobody answers any more; a third of them rename what others made. */
export async function underLoad(url: string, clients: number, shared: readonly string[], log: Sent[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (;;) {
        const target = shared[(client * 7 + log.length) % (shared.length || 1)];
        const sent = client % 3 === 0 && target !== undefined ? rename(target) : register();
        log.push(sent);
        try {
          sent.answer = await send(url, sent, agent);
        } catch {
          return;
        }
      }
    }),
  );
  agent.destroy();
}
