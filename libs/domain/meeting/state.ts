import type { Aggregate, Instant, Recorded } from '#kernel';
import { noted, touches, type Since } from '../order.ts';
import type { MeetingEvent } from './events.ts';

interface Input {
  /** The last time. */
  readonly at: Instant;
  readonly isAnswered: boolean;
}

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
      /** What organisations contributed, by `inputOf`. */
      readonly inputs: Readonly<Record<string, Input>>;
      readonly since: Since;
    };

export const meeting: Aggregate<Meeting, MeetingEvent> = { name: 'meeting', initial: { status: 'none' }, evolve };

/** What an organisation contributes to an item. */
export const inputOf = ({ item, organisation }: { readonly item: number; readonly organisation: string }): string =>
  `${item}/${organisation}`;

export const touched = touches<MeetingEvent>({ AttendanceRecorded: () => ['attendance'] });

/** An input is not answered before it was given; inputs themselves may be recorded in any order. */
export const lastInput = ({ type, data }: MeetingEvent, meeting: Meeting): Instant | null =>
  type === 'InputAnswered' && meeting.status !== 'none' ? (meeting.inputs[inputOf(data)]?.at ?? null) : null;

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
      inputs: {},
      since: {},
    };
  if (meeting.status === 'none') return meeting;
  switch (event.type) {
    case 'AgendaItemAdded':
      return { ...meeting, items: event.data.number };
    case 'InputRecorded':
      return withInput(meeting, event, false);
    case 'InputAnswered':
      return withInput(meeting, event, true);
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

type Known = Exclude<Meeting, { readonly status: 'none' }>;
type OnInput = Recorded<Extract<MeetingEvent, { readonly type: 'InputRecorded' | 'InputAnswered' }>>;

function withInput(meeting: Known, { data, meta }: OnInput, isAnswered: boolean): Known {
  const key = inputOf(data);
  const before = meeting.inputs[key]?.at ?? '';
  const at = meta.occurredAt > before ? meta.occurredAt : before;
  return { ...meeting, inputs: { ...meeting.inputs, [key]: { at, isAnswered } } };
}
