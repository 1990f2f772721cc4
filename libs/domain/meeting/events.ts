import type { Event, Instant } from '#kernel';
import type { SubjectKind } from '../codes.ts';

/** Names and shapes are storage formats: add, never rename. */
export type MeetingEvent =
  /** `body` is a group. */
  | Event<
      'MeetingPlanned',
      { readonly body: string; readonly startsAt: Instant; readonly title?: string; readonly place?: string }
    >
  /** Numbered within the meeting, from 1. */
  | Event<
      'AgendaItemAdded',
      {
        readonly number: number;
        readonly title: string;
        readonly subject?: { readonly kind: SubjectKind; readonly id?: string };
      }
    >
  /** What an organisation contributes to an item (M8). */
  | Event<'InputRecorded', { readonly item: number; readonly organisation: string; readonly text: string }>
  /** What was answered to all that the organisation had contributed to the item and that was not answered yet. */
  | Event<'InputAnswered', { readonly item: number; readonly organisation: string; readonly text: string }>
  /** Organisations. */
  | Event<'AttendanceRecorded', { readonly present: readonly string[]; readonly excused: readonly string[] }>
  | Event<'MeetingHeld', { readonly minutes?: string }>
  | Event<'MeetingCancelled'>;
