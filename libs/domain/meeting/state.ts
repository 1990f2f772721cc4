import type { Aggregate, Instant, Recorded } from '#kernel';
import { noted, touches, type Since } from '../order.ts';
import type { MeetingEvent } from './events.ts';

export type Meeting =
  | { readonly status: 'none' }
  | {
      readonly status: 'planned' | 'held' | 'cancelled';
      readonly network: string;
      readonly body: string;
      readonly startsAt: Instant;
      /** How many agenda items there are. */
      readonly items: number;
      readonly present: readonly string[];
      readonly since: Since;
    };

export const meeting: Aggregate<Meeting, MeetingEvent> = { name: 'meeting', initial: { status: 'none' }, evolve };

export const touched = touches<MeetingEvent>({ AttendanceRecorded: () => ['attendance'] });

function evolve(meeting: Meeting, event: Recorded<MeetingEvent>): Meeting {
  const next = after(meeting, event);
  return next.status === 'none' ? next : { ...next, since: noted(next.since, touched(event), event.meta.occurredAt) };
}

function after(meeting: Meeting, event: Recorded<MeetingEvent>): Meeting {
  if (event.type === 'MeetingPlanned')
    return {
      status: 'planned',
      network: event.meta.network ?? '',
      body: event.data.body,
      startsAt: event.data.startsAt,
      items: 0,
      present: [],
      since: {},
    };
  if (meeting.status === 'none') return meeting;
  switch (event.type) {
    case 'AgendaItemAdded':
      return { ...meeting, items: event.data.number };
    case 'InputRecorded':
      return meeting;
    case 'AttendanceRecorded':
      return { ...meeting, present: event.data.present };
    case 'MeetingHeld':
      return { ...meeting, status: 'held' };
    case 'MeetingCancelled':
      return { ...meeting, status: 'cancelled' };
    default:
      event satisfies never;
      return meeting;
  }
}
