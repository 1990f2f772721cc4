import { ref } from '../examples.ts';
import { acts, commands, creates } from '../registry.ts';
import { DefineScheme, EndScheme, ReviseScheme } from './commands.ts';
import { define, end, revise } from './decide.ts';
import { scheme } from './state.ts';

const terms = {
  validFrom: '2020-01-01',
  legalBasis: 'Reglement projectsubsidies van de stad (demoregel)',
  isDemoRule: true,
  maxPublicShare: { num: 4, den: 5 },
  instalments: [
    { code: 'voorschot', share: { num: 1, den: 2 } },
    { code: 'saldo', share: null },
  ],
  reportDays: 90,
  cureDays: 60,
  recoveryDays: 30,
  lapseWarningDays: 120,
  retention: { anchor: 'closure', years: 7 },
};

/** Schemes belong to no network: who runs the installation keeps them for all. */
export const schemeCommands = commands(
  scheme,
  { collection: 'schemes', networkOf: () => null },
  {
    create: creates({
      type: DefineScheme,
      decide: define,
      who: ['operator'],
      summary: 'Define a subsidy scheme with the rules of its first version.',
      example: { name: 'Projectsubsidie stad', funder: ref('organisation'), terms },
    }),
    revise: acts({
      type: ReviseScheme,
      decide: revise,
      who: ['operator'],
      summary: 'Give the scheme other rules from a day on; what was granted before keeps its own.',
      example: { terms: { ...terms, validFrom: '2023-01-01' } },
    }),
    end: acts({
      type: EndScheme,
      decide: end,
      who: ['operator'],
      summary: 'End the scheme: nothing is granted under it any more.',
      example: {},
    }),
  },
);

export * from './commands.ts';
export type * from './events.ts';
export * from './state.ts';
