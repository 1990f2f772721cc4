import { ref } from '../examples.ts';
import { commands, creates } from '../registry.ts';
import { DiscloseFigures } from './commands.ts';
import { disclose } from './decide.ts';
import { disclosed, disclosedId } from './state.ts';

/** What was told of an indicator belongs to no network: whoever reads one table may have read another. */
export const disclosedCommands = commands(
  disclosed,
  { collection: 'disclosed', networkOf: () => null },
  {
    create: creates({
      type: DiscloseFigures,
      decide: disclose,
      who: ['process'],
      internal: true,
      idOf: ({ indicator }) => disclosedId(indicator),
      summary: 'Note that a release tells figures of an indicator, after those with which it was compared.',
      example: { indicator: ref('indicator'), release: ref('release'), considered: [] },
    }),
  },
);

export * from './commands.ts';
export type * from './events.ts';
export * from './state.ts';
