import { ref } from '../examples.ts';
import { acts, commands, creates } from '../registry.ts';
import {
  AddObjective,
  AdoptAgendaVersion,
  DraftAgenda,
  DraftTheoryOfChange,
  EndObjective,
  RedraftAgenda,
  RewordObjective,
} from './commands.ts';
import { addObjective, adopt, draft, draftTheory, endObjective, redraft, rewordObjective } from './decide.ts';
import { agenda, touched } from './state.ts';

const texts = {
  ambition: { nl: 'Alle jongvolwassenen in Antwerpen hebben een veilige thuis.' },
  problemStatement: { nl: 'Eén op vijf dak- en thuisloze volwassenen is jonger dan 26.' },
};

/** One agenda a network, with the network's id. */
export const agendaCommands = commands(
  agenda,
  {
    collection: 'agendas',
    networkOf: ({ network }, agenda) => (agenda.status === 'none' ? (network ?? null) : agenda.network),
    touched,
  },
  {
    create: creates({
      type: DraftAgenda,
      decide: draft,
      who: ['back-office'],
      idOf: ({ network }) => network,
      summary: 'Begin the common agenda of a network; its id is that of the network.',
      example: { network: ref('network'), ...texts },
    }),
    draft: acts({
      type: RedraftAgenda,
      decide: redraft,
      who: ['back-office'],
      summary: 'Write ambition and problem statement of the next version.',
      example: texts,
    }),
    'add-objective': acts({
      type: AddObjective,
      decide: addObjective,
      who: ['back-office'],
      summary: 'Add an objective to the next version.',
      example: { code: 'O5', text: { nl: 'Woonstabiliteit', en: 'Housing stabilisation' } },
    }),
    'reword-objective': acts({
      type: RewordObjective,
      decide: rewordObjective,
      who: ['back-office'],
      summary: 'Say an objective in other words.',
      example: { code: 'O5', text: { nl: 'Stabiel en veilig wonen' } },
    }),
    'end-objective': acts({
      type: EndObjective,
      decide: endObjective,
      who: ['back-office'],
      summary: 'Leave an objective out of the next version.',
      example: { code: 'O5' },
    }),
    'draft-theory-of-change': acts({
      type: DraftTheoryOfChange,
      decide: draftTheory,
      who: ['back-office'],
      summary: 'Write the theory of change of the next version: what is believed to contribute to what.',
      example: {
        nodes: [
          { code: 'B', kind: 'output', text: { nl: 'Elke jongere heeft een vaste begeleider.' } },
          { code: 'W', kind: 'objective', text: { nl: 'Woonstabiliteit' }, ref: 'O5' },
        ],
        edges: [{ from: 'B', to: 'W', strength: 'moderate', evidence: [ref('evidence')] }],
      },
    }),
    adopt: acts({
      type: AdoptAgendaVersion,
      decide: adopt,
      who: ['secretary', 'back-office'],
      summary: 'Make what was drafted the common agenda, on a decision about it.',
      example: { decisionRef: ref('decision') },
    }),
  },
);

export * from './commands.ts';
export * from './decide.ts';
export type * from './events.ts';
export * from './state.ts';
