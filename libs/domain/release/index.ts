import { ref } from '../examples.ts';
import { acts, commands, creates } from '../registry.ts';
import { CheckRelease, PrepareRelease, PublishRelease, WithdrawRelease } from './commands.ts';
import { check, prepare, publish, withdraw } from './decide.ts';
import { release } from './state.ts';

export const releaseCommands = commands(
  release,
  {
    collection: 'releases',
    networkOf: ({ network }, release) => (release.status === 'none' ? (network ?? null) : release.network),
  },
  {
    create: creates({
      type: PrepareRelease,
      decide: prepare,
      who: ['data-steward'],
      summary: 'Take the exact table of one or more indicators from what was measured, to be published.',
      example: {
        network: ref('network'),
        table: 'kerncijfers',
        title: { nl: 'Kerncijfers 2021', en: 'Key figures 2021' },
        indicators: [ref('indicator')],
        periods: [{ from: '2021-01-01', until: '2021-12-31' }],
        by: ['networks'],
      },
    }),
    check: acts({
      type: CheckRelease,
      decide: check,
      who: ['data-steward'],
      summary: 'Find what must be hidden: small numbers, and all that would tell them, former releases included.',
      example: {},
    }),
    publish: acts({
      type: PublishRelease,
      decide: publish,
      who: ['data-steward'],
      summary: 'Publish the checked table; another person does it than who prepared it.',
      example: {},
    }),
    withdraw: acts({
      type: WithdrawRelease,
      decide: withdraw,
      who: ['data-steward'],
      summary:
        'Withdraw a published table, with the reason; who saw it remembers it, so later ones still reckon with it.',
      example: { reason: { text: { nl: 'Een telling was dubbel.' } } },
    }),
  },
);

export * from './commands.ts';
export type * from './events.ts';
export * from './state.ts';
