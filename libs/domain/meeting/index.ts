import { ref } from '../examples.ts';
import { acts, commands, creates } from '../registry.ts';
import {
  AddAgendaItem,
  AnswerInput,
  CancelMeeting,
  HoldMeeting,
  PlanMeeting,
  RecordAttendance,
  RecordInput,
} from './commands.ts';
import { addAgendaItem, answerInput, cancel, hold, plan, recordAttendance, recordInput } from './decide.ts';
import { lastInput, meeting, touched } from './state.ts';

export const meetingCommands = commands(
  meeting,
  {
    collection: 'meetings',
    networkOf: ({ network }, meeting) => (meeting.status === 'none' ? (network ?? null) : meeting.network),
    touched,
    lastChange: lastInput,
  },
  {
    create: creates({
      type: PlanMeeting,
      decide: plan,
      who: ['back-office'],
      summary: 'Plan a meeting of a group.',
      example: {
        network: ref('network'),
        body: ref('group'),
        startsAt: '2020-06-25T14:00:00+02:00',
        title: 'Collectief, tweede samenkomst van 2020',
      },
    }),
    'add-agenda-item': acts({
      type: AddAgendaItem,
      decide: addAgendaItem,
      who: ['back-office'],
      summary: 'Put something on the agenda of the meeting.',
      example: { title: 'Wonen met begeleiding', subject: { kind: 'action', id: ref('action') } },
    }),
    'record-input': acts({
      type: RecordInput,
      decide: recordInput,
      who: ['secretary', 'back-office'],
      summary: 'Record what an organisation contributes to an item.',
      example: { item: 1, organisation: ref('organisation'), text: 'Begin met de jongeren die instellingen verlaten.' },
    }),
    'answer-input': acts({
      type: AnswerInput,
      decide: answerInput,
      who: ['secretary', 'back-office'],
      summary: 'Answer what an organisation contributed to an item.',
      example: { item: 1, organisation: ref('organisation'), text: 'Dat wordt de eerste groep.' },
    }),
    'record-attendance': acts({
      type: RecordAttendance,
      decide: recordAttendance,
      who: ['secretary', 'back-office'],
      summary: 'Record which organisations are present and which are excused; the last list counts.',
      example: { present: [ref('organisation')], excused: [] },
    }),
    hold: acts({
      type: HoldMeeting,
      decide: hold,
      who: ['secretary', 'back-office'],
      summary: 'Record that the meeting has taken place.',
      example: { minutes: 'Drie acties besproken, één beslist.' },
    }),
    cancel: acts({
      type: CancelMeeting,
      decide: cancel,
      who: ['back-office'],
      summary: 'Cancel the meeting, saying why.',
      example: { reason: { text: { nl: 'Te weinig aanmeldingen.' } } },
    }),
  },
);

export * from './commands.ts';
export * from './decide.ts';
export type * from './events.ts';
export * from './state.ts';
