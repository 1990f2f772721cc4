import type { Receipt } from '#engine';
import type { Actor, Instant } from '#kernel';
import type { Driver, Given, Outcome } from '../../apps/seed/driver.ts';

type Parameters = Readonly<Record<string, string | number | undefined>>;

/** Spoor over HTTP, as any client meets it. Reads what it has written. */
export class Client implements Driver {
  #token: string | undefined;

  constructor(readonly url: string) {}

  async give({ entry, id, body, actor, key, ifMatch, now }: Given): Promise<Outcome> {
    const response = await fetch(`${this.url}/api/v1/${[entry.collection, id, entry.verb].filter(Boolean).join('/')}`, {
      method: 'POST',
      headers: {
        ...acting(actor),
        'Content-Type': 'application/json',
        'Idempotency-Key': key,
        'If-Match': ifMatch === '*' ? '*' : `"${ifMatch}"`,
        'Spoor-Now': now,
        Prefer: 'wait=10',
      },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as Receipt & { readonly code: string };
    if (!response.ok) return { kind: 'refused', code: answer.code, details: answer };
    this.#token = response.headers.get('consistency-token') ?? this.#token;
    return { kind: 'done', receipt: answer, replayed: response.headers.get('idempotency-replayed') === 'true' };
  }

  /** The answer to a question. Throws when there is none. */
  async ask<T>(path: string, actor: Actor, parameters: Parameters = {}): Promise<T> {
    const response = await this.get(path, actor, parameters);
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer as T;
  }

  async get(path: string, actor: Actor, parameters: Parameters = {}, now?: Instant): Promise<Response> {
    const url = new URL(`${this.url}/api/v1${path}`);
    for (const [name, value] of Object.entries(parameters))
      if (value !== undefined) url.searchParams.set(name, String(value));
    return fetch(url, {
      headers: {
        ...acting(actor),
        ...(now !== undefined && { 'Spoor-Now': now }),
        ...(this.#token !== undefined && { 'Consistency-Token': this.#token, Prefer: 'wait=10' }),
      },
    });
  }

  /** Something that the operator does beside the domain: to a read model. */
  async operate<T>(path: string): Promise<T> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method: 'POST',
      headers: { ...acting(OPERATOR), 'Idempotency-Key': `acceptance${path}`, 'Content-Type': 'application/json' },
      body: '{}',
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer as T;
  }
}

export const OPERATOR: Actor = { subject: 'operator', role: 'operator' };

const acting = ({ subject, role }: Actor): Record<string, string> => ({
  'Spoor-Actor': role === 'operator' ? 'operator' : `${subject}; role=${role}`,
});
