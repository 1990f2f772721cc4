import { s, type TypeOf } from '#kernel';
import { SUBJECT_KINDS, type MeetingEvent } from '#domain';
import { network } from './parts.ts';
import { homeOf, stamped, streamProjection } from './stream.ts';

const card = s.object({
  ...stamped,
  network,
  body: s.id('The group that meets.'),
  status: s.oneOf(['planned', 'held', 'cancelled']),
  startsAt: s.instant(),
  title: s.nullable(s.text()),
  place: s.nullable(s.text()),
  items: s.list(
    s.object({
      number: s.integer('Within the meeting, from 1.'),
      title: s.text(),
      subject: s.nullable(s.object({ kind: s.oneOf(SUBJECT_KINDS), id: s.nullable(s.id()) })),
    }),
  ),
  inputs: s.list(
    s.object({
      item: s.integer(),
      organisation: s.id(),
      text: s.text(),
      by: s.text(),
      at: s.instant(),
      answer: s.nullable(s.object({ text: s.text(), by: s.text(), at: s.instant() })),
    }),
    'What organisations contributed to an item, and what was answered.',
  ),
  present: s.list(s.id(), 'Organisations.'),
  excused: s.list(s.id(), 'Organisations.'),
  minutes: s.nullable(s.text()),
  heldAt: s.nullable(s.instant()),
  cancelledAt: s.nullable(s.instant()),
});
export type MeetingCard = TypeOf<typeof card>;

export const meetingCard = streamProjection<MeetingCard, MeetingEvent, 'MeetingPlanned'>({
  name: 'meeting-card',
  version: 2,
  source: 'meeting',
  doc: card,
  starts: {
    MeetingPlanned: (event) => ({
      network: homeOf(event),
      body: event.data.body,
      status: 'planned',
      startsAt: event.data.startsAt,
      title: event.data.title ?? null,
      place: event.data.place ?? null,
      items: [],
      inputs: [],
      present: [],
      excused: [],
      minutes: null,
      heldAt: null,
      cancelledAt: null,
    }),
  },
  on: {
    AgendaItemAdded: ({ items }, { data: { number, title, subject } }) => ({
      items: [
        ...items,
        { number, title, subject: subject === undefined ? null : { kind: subject.kind, id: subject.id ?? null } },
      ],
    }),
    InputRecorded: ({ inputs }, { data, meta }) => ({
      inputs: [...inputs, { ...data, by: meta.actor.subject, at: meta.occurredAt, answer: null }],
    }),
    InputAnswered: ({ inputs }, { data: { item, organisation, text }, meta }) => ({
      inputs: inputs.map((input) =>
        input.item === item && input.organisation === organisation && input.answer === null
          ? { ...input, answer: { text, by: meta.actor.subject, at: meta.occurredAt } }
          : input,
      ),
    }),
    AttendanceRecorded: (_card, { data }) => ({ present: data.present, excused: data.excused }),
    MeetingHeld: (_card, { data, meta }) => ({
      status: 'held',
      minutes: data.minutes ?? null,
      heldAt: meta.occurredAt,
    }),
    MeetingCancelled: (_card, { meta }) => ({ status: 'cancelled', cancelledAt: meta.occurredAt }),
  },
  indexes: [['network'], ['network', 'startsAt'], ['body', 'startsAt']],
});
