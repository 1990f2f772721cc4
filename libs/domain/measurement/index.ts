import { action, leadOf } from '../action/state.ts';
import { ref } from '../examples.ts';
import { commands, creates } from '../registry.ts';
import { RecordMeasurement } from './commands.ts';
import { lastChange, record } from './decide.ts';
import { measurement, measurementId } from './state.ts';

/** One stream an indicator and scope, which the first value begins. */
export const measurementCommands = commands(
  measurement,
  {
    collection: 'measurements',
    networkOf: ({ network }) => network ?? null,
    lastChange,
    isLead: (_measurement, { look, actor }, { action: id }) =>
      id !== undefined && leadOf(look(action, id), look) === actor.subject,
  },
  {
    create: creates({
      type: RecordMeasurement,
      decide: record,
      who: ['lead', 'back-office', 'data-steward'],
      idOf: ({ network, indicator, action }) => measurementId(indicator, network, action),
      summary:
        'Record a value of an indicator for a network or an action, in place of a former one for the same period and dimensions.',
      example: {
        network: ref('network'),
        indicator: ref('indicator'),
        action: ref('action'),
        period: { from: '2021-01-01', until: '2021-12-31' },
        numerator: 12,
        denominator: 17,
        n: 17,
      },
    }),
  },
);

export * from './commands.ts';
export type * from './events.ts';
export * from './state.ts';
