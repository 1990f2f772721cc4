import { uuidv5, type Aggregate, type PriorCommand, type Recorded } from '#kernel';
import type { AgreementPeriod } from '../agreement/events.ts';
import type { ClaimPeriod } from './commands.ts';
import type { AgreementCalendarEvent } from './events.ts';

interface Claim extends AgreementPeriod {
  readonly claim: string;
}

export interface AgreementCalendar {
  readonly status: 'none' | 'kept';
  /** By agreement. */
  readonly claims: Readonly<Record<string, Claim>>;
}

/** The periods that the agreements of one network under one scheme have claimed. */
export const calendar: Aggregate<AgreementCalendar, AgreementCalendarEvent> = {
  name: 'agreement-calendar',
  initial: { status: 'none', claims: {} },
  evolve,
};

function evolve(calendar: AgreementCalendar, event: Recorded<AgreementCalendarEvent>): AgreementCalendar {
  switch (event.type) {
    case 'PeriodClaimed': {
      const { agreement, releases, ...claim } = event.data;
      const kept = Object.entries(calendar.claims).filter(([id]) => !releases.includes(id));
      return { status: 'kept', claims: { ...Object.fromEntries(kept), [agreement]: claim } };
    }
    default:
      event.type satisfies never;
      return calendar;
  }
}

export const calendarId = (network: string, scheme: string): string => uuidv5('agreement-calendar', network, scheme);

/** What must come before a draft. */
export const claiming = (body: ClaimPeriod): PriorCommand => ({ command: 'ClaimPeriod', body, key: body.claim });
