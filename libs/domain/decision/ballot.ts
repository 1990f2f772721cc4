import type { Vote } from '../codes.ts';
import type { Seat } from '../group/events.ts';
import type { BodyRule } from '../group/state.ts';
import { reject, type Rejection } from '../rejections.ts';

/** Who took part in a decision of a body, and how. */
export interface Ballot {
  readonly present: readonly string[];
  readonly votes: readonly { readonly organisation: string; readonly vote: Vote }[];
  readonly conflicts: readonly string[];
}

const weigh = (seats: readonly Seat[], organisations: readonly string[]): number =>
  seats.reduce((sum, seat) => (organisations.includes(seat.organisation) ? sum + seat.seats : sum), 0);

/** DEC-2: those entitled are present in sufficient number, and only they vote, but not in a matter of their own. */
export function improper({ present, votes, conflicts }: Ballot, { seats, quorum }: BodyRule): Rejection | undefined {
  const isEntitled = (id: string): boolean => seats.some(({ organisation }) => organisation === id);
  const mayVote = ({ organisation, vote }: Ballot['votes'][number]): boolean =>
    present.includes(organisation) && (vote === 'abstain' || !conflicts.includes(organisation));
  const without =
    [...present, ...conflicts].find((id) => !isEntitled(id)) ?? votes.find((vote) => !mayVote(vote))?.organisation;
  if (without !== undefined) return reject('not-entitled', { organisation: without });
  const there = weigh(seats, present);
  return there < quorum ? reject('quorum-not-met', { quorum, present: there }) : undefined;
}

/** DEC-2: what the body's rule asks for an approval, counted in seats. */
export function lacksSupport({ present, votes, conflicts }: Ballot, body: BodyRule): Rejection | undefined {
  const seatsOf = (vote: Vote): number =>
    weigh(
      body.seats,
      votes.filter((one) => one.vote === vote).map(({ organisation }) => organisation),
    );
  const [inFavour, against] = [seatsOf('for'), seatsOf('against')];
  const free = present.filter((id) => !conflicts.includes(id));
  const isMet = {
    consent: against === 0,
    majority: inFavour > against,
    'two-thirds': inFavour > 0 && 3 * inFavour >= 2 * (inFavour + against),
    unanimity: inFavour > 0 && inFavour === weigh(body.seats, free),
  }[body.rule];
  return isMet ? undefined : reject('rule-not-met', { rule: body.rule, for: inFavour, against });
}
