import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Position } from '#kernel';
import { HttpProblem } from './problem.ts';

/** Makes and reads `Consistency-Token`: a position in this log, signed, so that one of another log or made by hand is refused. */
export interface ConsistencyTokens {
  issue(position: Position): string;
  /** Throws an {@link HttpProblem} `unknown-token`. */
  read(token: string): Position;
}

export function consistencyTokens(key: Buffer, logId: string): ConsistencyTokens {
  const sign = (position: string): string =>
    createHmac('sha256', key).update(`consistency-token\0${logId}\0${position}`).digest('base64url').slice(0, 22);
  const issue = (position: Position): string => `${Buffer.from(position).toString('base64url')}.${sign(position)}`;
  return {
    issue,
    read: (token) => {
      const position = Buffer.from(token.slice(0, 200).split('.')[0]!, 'base64url').toString() as Position;
      const [given, right] = [Buffer.from(token), Buffer.from(issue(position))];
      if (given.length === right.length && timingSafeEqual(given, right)) return position;
      throw new HttpProblem('unknown-token', {
        errors: [{ header: 'consistency-token', code: 'unknown-token', message: 'was not made here' }],
      });
    },
  };
}
