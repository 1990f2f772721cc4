import type { Day, Event } from '#kernel';

/** Names and shapes are storage formats: add, never rename. */
export type AgreementCalendarEvent =
  /** Takes the place of an earlier claim of the same agreement. */
  Event<
    'PeriodClaimed',
    {
      readonly agreement: string;
      readonly claim: string;
      readonly from: Day;
      readonly until?: Day;
      /** Agreements that stood in the way and count no more: they were refused, or their claim lapsed. */
      readonly releases: readonly string[];
    }
  >;
