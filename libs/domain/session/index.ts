import { ref } from '../examples.ts';
import { acts, commands, creates } from '../registry.ts';
import { AgreeStep, CompleteStep, RecordOutcome, RecordSession } from './commands.ts';
import { agreeStep, completeStep, record, recordOutcome } from './decide.ts';
import { session, touched } from './state.ts';

export const sessionCommands = commands(
  session,
  {
    collection: 'sessions',
    networkOf: ({ network }, session) => (session.status === 'none' ? (network ?? null) : session.network),
    touched,
  },
  {
    create: creates({
      type: RecordSession,
      decide: record,
      who: ['back-office', 'coach'],
      summary: 'Record that a session was held: a workshop, an interview, a learning network.',
      example: {
        network: ref('network'),
        occurredAt: '2021-06-10',
        kind: 'workshop',
        title: 'Gedeelde meting',
        topic: 'shared-measurement',
        facilitator: { organisation: ref('organisation') },
        organisations: [ref('organisation')],
        networks: [ref('network')],
        participants: 24,
        confidentiality: 'open',
      },
    }),
    'record-outcome': acts({
      type: RecordOutcome,
      decide: recordOutcome,
      who: ['back-office', 'coach'],
      summary: 'Record what came out of the session.',
      example: { text: 'De coalities meten voortaan hetzelfde.' },
    }),
    'agree-step': acts({
      type: AgreeStep,
      decide: agreeStep,
      who: ['back-office', 'coach'],
      summary: 'Record what was agreed to do, by whom and by when.',
      example: { text: 'De definitie uitschrijven', owner: ref('organisation'), dueOn: '2021-09-01' },
    }),
    'complete-step': acts({
      type: CompleteStep,
      decide: completeStep,
      who: ['back-office', 'coach'],
      summary: 'Record that an agreed step is done.',
      example: { number: 1, note: 'Rondgestuurd aan alle coalities.' },
    }),
  },
);

export * from './commands.ts';
export * from './decide.ts';
export type * from './events.ts';
export * from './state.ts';
