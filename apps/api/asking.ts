import { type ConsistencyTokens, HttpProblem, preferences } from '#http';
import { asMoment, isMoment, isPosition, type Position } from '#kernel';
import type { Moment } from '#queries';
import { refusal } from './command.controller.ts';
import { header, type Reply, type Request } from './request.ts';
import type { Answer, Spoor } from './spoor.ts';

/* What all routes that ask have in common. */

/** How long a token alone waits. */
const WAIT_S = 5;
/** The parameters that say a moment. */
export const MOMENTS = ['asOf', 'effectiveAt'];

export function momentOf(given: ReadonlyMap<string, string>): Moment {
  const [asOf, effectiveAt] = MOMENTS.map((name) => given.get(name));
  if (asOf !== undefined && !isMoment(asOf) && !isPosition(asOf))
    throw wrong('asOf', 'is a date, an instant (RFC 3339) or a position');
  if (effectiveAt !== undefined && !isMoment(effectiveAt))
    throw wrong('effectiveAt', 'is a date or an instant (RFC 3339)');
  return {
    ...(asOf !== undefined && { asOf: isMoment(asOf) ? asMoment(asOf) : asOf }),
    ...(effectiveAt !== undefined && { effectiveAt: asMoment(effectiveAt) }),
  };
}

const wrong = (parameter: string, message: string): HttpProblem =>
  new HttpProblem('invalid-parameter', { errors: [{ parameter, code: 'is-moment', message }] });

/** Waits until these read models show what the client has written; true when it has to do with an older answer. */
export async function behind(
  spoor: Spoor,
  tokens: ConsistencyTokens,
  reads: readonly string[],
  request: Request,
  reply: Reply,
): Promise<boolean> {
  const token = header(request, 'consistency-token');
  const { wait = WAIT_S, handling } = preferences(header(request, 'prefer'));
  if (token === undefined) return false;
  const position: Position = tokens.read(token);
  const reached = await spoor.reached(position, reads, wait * 1_000);
  if (!reached && handling === 'strict') throw new HttpProblem('projection-behind');
  reply.header('preference-applied', reached ? `wait=${wait}` : 'handling=lenient');
  return !reached;
}

/** What was found; a problem when there is nothing for this caller. */
export function found(answer: Answer): Answer & { readonly kind: 'found' } {
  if (answer.kind === 'refused') throw refusal(answer.rejection);
  if (answer.kind === 'none') throw new HttpProblem('not-found');
  return answer;
}
