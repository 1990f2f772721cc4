import { ref } from '../examples.ts';
import { acts, commands, creates } from '../registry.ts';
import {
  AdoptPractice,
  NotePracticeAdoptionRefused,
  PublishPractice,
  RevisePractice,
  WithdrawPractice,
} from './commands.ts';
import { adopt, noteAdoptionRefused, publish, revise, withdraw } from './decide.ts';
import { practice, touched } from './state.ts';

export const practiceCommands = commands(
  practice,
  {
    collection: 'practices',
    networkOf: ({ network }, practice) => (practice.status === 'none' ? (network ?? null) : practice.network),
    touched,
  },
  {
    create: creates({
      type: PublishPractice,
      decide: publish,
      who: ['back-office'],
      summary: 'Publish what works in an action as a practice that every network may adopt.',
      example: {
        network: ref('network'),
        action: ref('action'),
        title: { nl: 'Opvang in een abdij' },
        method: { nl: 'Negen kamers, één vaste begeleider, de kerkfabriek als verhuurder.' },
        context: { nl: 'Een stad met leegstaand religieus erfgoed.' },
        conditions: { nl: 'De kerkfabriek en de stad tekenen samen.' },
        evaluation: ref('event'),
      },
    }),
    revise: acts({
      type: RevisePractice,
      decide: revise,
      who: ['back-office'],
      summary: 'Publish the next version of the practice.',
      example: { conditions: { nl: 'De kerkfabriek, de stad en het CAW tekenen samen.' } },
    }),
    withdraw: acts({
      type: WithdrawPractice,
      decide: withdraw,
      who: ['back-office'],
      summary: 'Take the practice out of the library, with the reason; what was adopted goes on.',
      example: { reason: { text: { nl: 'De methode is verouderd.' } } },
    }),
    adopt: acts({
      type: AdoptPractice,
      decide: adopt,
      who: ['back-office'],
      scope: ({ network }) => network,
      summary: 'Take the practice over in another network: it receives a proposal there and decides for itself.',
      example: {
        network: ref('network'),
        adaptations: 'Vier kamers in een leegstaande pastorie.',
        regions: ['12025'],
        partners: [{ organisation: ref('organisation'), role: 'Verhuurt' }],
      },
    }),
    'note-adoption-refused': acts({
      type: NotePracticeAdoptionRefused,
      decide: noteAdoptionRefused,
      who: ['process'],
      internal: true,
      summary: 'Note that the receiving network could not take the proposal.',
      example: { adoption: ref('event'), network: ref('network'), code: 'unknown-reference' },
    }),
  },
);

export * from './commands.ts';
export * from './decide.ts';
export type * from './events.ts';
export * from './state.ts';
