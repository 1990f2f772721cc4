import { ref } from '../examples.ts';
import { acts, commands, creates } from '../registry.ts';
import { ConfirmPattern, RetirePattern } from './commands.ts';
import { confirm, retire } from './decide.ts';
import { pattern, patternId, touched } from './state.ts';

export const patternCommands = commands(
  pattern,
  {
    collection: 'patterns',
    networkOf: ({ network }, pattern) => (pattern.status === 'none' ? (network ?? null) : pattern.network),
    touched,
  },
  {
    create: creates({
      type: ConfirmPattern,
      decide: confirm,
      who: ['back-office'],
      idOf: ({ network, tag, polarity }) => patternId(network, tag, polarity),
      summary:
        'Confirm what several actions teach; to confirm it again with other actions or other words replaces them.',
      example: {
        network: ref('network'),
        tag: 'vaste-begeleider',
        polarity: 'works',
        statement: { nl: 'Jongeren blijven wonen als zij één vaste begeleider houden.' },
        actions: [ref('action'), ref('otherAction')],
      },
    }),
    retire: acts({
      type: RetirePattern,
      decide: retire,
      who: ['back-office'],
      summary: 'Say that nobody should rely on the pattern any more, with the reason.',
      example: { reason: { text: { nl: 'Nieuwe evaluaties spreken het tegen.' } } },
    }),
  },
);

export * from './commands.ts';
export * from './decide.ts';
export type * from './events.ts';
export * from './state.ts';
