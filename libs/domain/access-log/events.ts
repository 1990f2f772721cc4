import type { Event } from '#kernel';

/** Exact numbers of an indicator of small numbers were given to somebody inside. */
interface ExactRead {
  readonly reader: string;
  readonly role: string;
  readonly organisation: string | null;
  /** `getIndicatorSeries` … */
  readonly question: string;
  /** The indicator, or the release, that was asked about. */
  readonly subject: string;
  /** The moments asked for; null for now. */
  readonly asOf: string | null;
  readonly effectiveAt: string | null;
}

/** Names and shapes are storage formats: add, never rename. One stream a network and day. */
export type AccessLogEvent = Event<'ExactTableRead', ExactRead>;
