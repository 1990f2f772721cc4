import { ref } from '../examples.ts';
import { commands, creates } from '../registry.ts';
import { RecordExactRead } from './commands.ts';
import { record } from './decide.ts';
import { accessLog, accessLogId } from './state.ts';

export const accessLogCommands = commands(
  accessLog,
  { collection: 'access-logs', networkOf: ({ network }) => network ?? null },
  {
    create: creates({
      type: RecordExactRead,
      decide: record,
      who: ['process'],
      internal: true,
      idOf: ({ network, day }) => accessLogId(network, day),
      summary: 'Record that somebody inside was given exact numbers of an indicator of small numbers.',
      example: {
        network: ref('network'),
        day: '2021-12-31',
        reader: ref('person'),
        role: 'back-office',
        organisation: null,
        question: 'getIndicatorSeries',
        subject: ref('indicator'),
        asOf: null,
        effectiveAt: null,
      },
    }),
  },
);

export * from './commands.ts';
export type * from './events.ts';
export * from './state.ts';
