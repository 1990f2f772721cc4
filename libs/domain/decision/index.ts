import { ref } from '../examples.ts';
import { acts, commands, creates } from '../registry.ts';
import { AmendDecision, AnnulDecision, RecordDecision } from './commands.ts';
import { amend, annul, record } from './decide.ts';
import { decision } from './state.ts';

export const decisionCommands = commands(
  decision,
  {
    collection: 'decisions',
    networkOf: ({ network }, decision) => (decision.status === 'none' ? (network ?? null) : decision.network),
  },
  {
    create: creates({
      type: RecordDecision,
      decide: record,
      who: ['secretary'],
      summary: 'Record what a body has decided, about what, by whom and on what grounds.',
      example: {
        network: ref('network'),
        body: ref('group'),
        mode: 'meeting',
        meeting: ref('meeting'),
        subjects: [{ kind: 'action', id: ref('action') }],
        proposal: 'Wonen met begeleiding start in Antwerpen.',
        alternatives: ['Eerst een proef met vijf jongeren'],
        outcome: 'approve-with-conditions',
        conditions: [{ code: 'C1', text: 'De huurwaarborg is geregeld.' }],
        present: [ref('organisation')],
        votes: [{ organisation: ref('organisation'), vote: 'for' }],
        dissent: [{ text: 'De intake duurt te lang.' }],
        rationale: 'Een thuis eerst, en van daar de rest.',
        grounds: [{ kind: 'document', ref: 'Nota woonnood 2020' }],
        effectiveFrom: '2020-07-01',
      },
    }),
    amend: acts({
      type: AmendDecision,
      decide: amend,
      who: ['secretary'],
      summary: 'Change a decision by a later decision about it.',
      example: { decisionRef: ref('decision'), change: 'De looptijd wordt drie jaar.' },
    }),
    annul: acts({
      type: AnnulDecision,
      decide: annul,
      who: ['secretary'],
      summary: 'Annul a decision by a later decision about it; what rests on it shows on the work list.',
      example: { decisionRef: ref('decision') },
    }),
  },
);

export * from './commands.ts';
export * from './decide.ts';
export type * from './events.ts';
export * from './state.ts';
