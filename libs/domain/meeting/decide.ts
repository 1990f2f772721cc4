import { asOccurrence, dayOf, nothing } from '#kernel';
import { group } from '../group/state.ts';
import { organisation } from '../organisation/state.ts';
import { reject, unknown, type Decide } from '../rejections.ts';
import type {
  AddAgendaItem,
  AnswerInput,
  CancelMeeting,
  HoldMeeting,
  PlanMeeting,
  RecordAttendance,
  RecordInput,
} from './commands.ts';
import type { MeetingEvent } from './events.ts';
import { inputOf, type Meeting } from './state.ts';

type Decider<C> = Decide<C, Meeting, MeetingEvent>;
const wrongState = (meeting: Meeting) => reject('invalid-state', { status: meeting.status });

export const plan: Decider<PlanMeeting> = ({ network, body, startsAt, title, place }, meeting, { look }) => {
  if (meeting.status !== 'none') return nothing;
  const there = look(group, body);
  if (there.status !== 'running' || there.network !== network) return unknown('body', body);
  return {
    type: 'MeetingPlanned',
    data: {
      body,
      startsAt: asOccurrence(startsAt),
      ...(title !== undefined && { title }),
      ...(place !== undefined && { place }),
    },
  };
};

export const addAgendaItem: Decider<AddAgendaItem> = ({ title, subject }, meeting) => {
  if (meeting.status !== 'planned') return wrongState(meeting);
  return {
    type: 'AgendaItemAdded',
    data: { number: meeting.items + 1, title, ...(subject !== undefined && { subject }) },
  };
};

/** Before, during and after the meeting (M8). */
export const recordInput: Decider<RecordInput> = ({ item, organisation: id, text }, meeting, { look }) => {
  if (meeting.status !== 'planned' && meeting.status !== 'held') return wrongState(meeting);
  if (item > meeting.items) return reject('unknown-agenda-item', { item, items: meeting.items });
  if (look(organisation, id).status === 'none') return unknown('organisation', id);
  return { type: 'InputRecorded', data: { item, organisation: id, text } };
};

/** Once: an input that comes after the answer is answered anew. */
export const answerInput: Decider<AnswerInput> = ({ item, organisation: id, text }, meeting) => {
  if (meeting.status !== 'planned' && meeting.status !== 'held') return wrongState(meeting);
  if (item > meeting.items) return reject('unknown-agenda-item', { item, items: meeting.items });
  const input = meeting.inputs[inputOf({ item, organisation: id })];
  if (input === undefined) return unknown('organisation', id);
  if (input.isAnswered) return reject('already-exists', { item, organisation: id });
  return { type: 'InputAnswered', data: { item, organisation: id, text } };
};

/** The last list counts. Who is present is not excused. */
export const recordAttendance: Decider<RecordAttendance> = ({ present, excused = [] }, meeting, { look }) => {
  if (meeting.status !== 'planned' && meeting.status !== 'held') return wrongState(meeting);
  for (const id of present) if (look(organisation, id).status === 'none') return unknown('present', id);
  for (const id of excused) if (look(organisation, id).status === 'none') return unknown('excused', id);
  return {
    type: 'AttendanceRecorded',
    data: { present, excused: excused.filter((id) => !present.includes(id)) },
  };
};

export const hold: Decider<HoldMeeting> = ({ minutes }, meeting, { occurredAt }) => {
  if (meeting.status === 'held') return nothing;
  if (meeting.status !== 'planned') return wrongState(meeting);
  if (dayOf(occurredAt) < dayOf(meeting.startsAt))
    return reject('out-of-order', { occurredAt, notBefore: meeting.startsAt });
  return { type: 'MeetingHeld', data: { ...(minutes !== undefined && { minutes }) } };
};

export const cancel: Decider<CancelMeeting> = (_command, meeting) => {
  if (meeting.status === 'cancelled') return nothing;
  if (meeting.status !== 'planned') return wrongState(meeting);
  return { type: 'MeetingCancelled', data: {} };
};
