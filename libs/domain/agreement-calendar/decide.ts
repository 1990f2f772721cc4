import { nothing, type Day } from '#kernel';
import { agreement as agreementAggregate, claimOf, lapsing, type AgreementPeriod } from '../agreement/state.ts';
import { reject, type Decide } from '../rejections.ts';
import type { ClaimPeriod } from './commands.ts';
import type { AgreementCalendarEvent } from './events.ts';
import type { AgreementCalendar } from './state.ts';

/** Who is in the way keeps the room, unless it was refused, has ended by then, or never came to a draft. */
export const claim: Decide<ClaimPeriod, AgreementCalendar, AgreementCalendarEvent> = (
  command,
  { claims },
  { look },
) => {
  const { network, agreement, claim, from, until } = command;
  if (claims[agreement]?.claim === claim) return nothing;
  const event = (releases: readonly string[]): AgreementCalendarEvent => ({
    type: 'PeriodClaimed',
    data: { agreement, claim, from, ...(until !== undefined && { until }), releases },
  });
  const releases: string[] = [];
  for (const [other, held] of Object.entries(claims)) {
    if (other === agreement || !overlap(held, command)) continue;
    const found = look(agreementAggregate, other);
    if (found.status === 'none' && held.claim === claimOf(other, found))
      return { first: lapsing({ agreement: other, network, claim: held.claim }), then: event([...releases, other]) };
    if (found.status === 'none' || found.status === 'refused') releases.push(other);
    else if (found.status !== 'terminated' || later(held.from, from) < found.terminatedOn!)
      return reject('agreement-overlap', { agreement: other, from: held.from, until: held.until ?? null });
  }
  return event(releases);
};

const later = (one: Day, other: Day): Day => (one > other ? one : other);

/** Whether they share a day. */
const overlap = (one: AgreementPeriod, other: AgreementPeriod): boolean =>
  (other.until === undefined || one.from <= other.until) && (one.until === undefined || other.from <= one.until);
