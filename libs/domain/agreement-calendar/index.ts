import { ref } from '../examples.ts';
import { commands, creates } from '../registry.ts';
import { ClaimPeriod } from './commands.ts';
import { claim } from './decide.ts';
import { calendar, calendarId } from './state.ts';

export const agreementCalendarCommands = commands(
  calendar,
  { collection: 'agreement-calendars', networkOf: ({ network }) => network ?? null },
  {
    claim: creates({
      type: ClaimPeriod,
      decide: claim,
      who: ['process'],
      internal: true,
      idOf: ({ network, scheme }) => calendarId(network, scheme),
      summary: 'Claim a period for an agreement that is to be drafted.',
      example: {
        network: ref('network'),
        scheme: ref('scheme'),
        agreement: ref('agreement'),
        claim: ref('event'),
        from: '2014-01-01',
        until: '2019-12-31',
      },
    }),
  },
);

export * from './commands.ts';
export type * from './events.ts';
export * from './state.ts';
