import type { DecisionContext } from '#kernel';
import { ref } from '../examples.ts';
import { network } from '../network/state.ts';
import { acts, commands, creates } from '../registry.ts';
import { ChangeCoaches, ChangePhase, EndEngagement, StartEngagement } from './commands.ts';
import { changeCoaches, changePhase, end, start } from './decide.ts';
import { coaching, touched, type Coaching } from './state.ts';

/** The network that is coached, and the one of which it is a part: either may arrange it (A20). */
function arranging(coached: string, { look }: DecisionContext): readonly string[] {
  const home = look(network, coached);
  return home.status === 'none' || home.parent === null ? [coached] : [coached, home.parent];
}
const arrangingBoth = (_command: object, coaching: Coaching, context: DecisionContext): readonly string[] =>
  arranging(coaching.status === 'none' ? context.id : coaching.network, context);

/** The engagements of a network, with the network's id. */
export const coachingCommands = commands(
  coaching,
  {
    collection: 'coaching-engagements',
    networkOf: ({ network }, coaching, id) => (coaching.status === 'none' ? (network ?? id) : coaching.network),
    touched,
  },
  {
    create: creates({
      type: StartEngagement,
      decide: start,
      who: ['back-office'],
      idOf: ({ network }) => network,
      scope: ({ network }, _coaching, context) => arranging(network, context),
      summary:
        'Let a network be coached, from itself or from the network it is a part of; the id is that of the coached network.',
      example: {
        network: ref('network'),
        organisations: [ref('organisation')],
        coaches: [ref('person')],
        purpose: 'De coalitie op gang helpen',
        phases: ['verkennen', 'opstarten', 'verankeren'],
        plannedUntil: '2022-08-31',
      },
    }),
    'change-phase': acts({
      type: ChangePhase,
      decide: changePhase,
      who: ['back-office', 'coach'],
      scope: arrangingBoth,
      summary: 'Go on to another phase of the engagement.',
      example: { phase: 'opstarten', note: 'De kerngroep is samengesteld.' },
    }),
    'change-coaches': acts({
      type: ChangeCoaches,
      decide: changeCoaches,
      who: ['back-office'],
      scope: arrangingBoth,
      summary: 'Say who coaches from now on; who leaves reads the network no more.',
      example: { coaches: [ref('person')] },
    }),
    end: acts({
      type: EndEngagement,
      decide: end,
      who: ['back-office'],
      scope: arrangingBoth,
      summary: 'End the engagement, with what it came to; from then on its coaches read the network no more.',
      example: { exit: { findings: 'De coalitie draait op eigen kracht.', maturity: 'coordinated' } },
    }),
  },
);

export * from './commands.ts';
export * from './decide.ts';
export type * from './events.ts';
export * from './state.ts';
