import { ref } from '../examples.ts';
import { acts, commands, creates } from '../registry.ts';
import { ExtendRetention, LiftLegalHold, RegisterEvidence, SetLegalHold, SupersedeEvidence } from './commands.ts';
import { extendRetention, liftLegalHold, register, setLegalHold, supersede } from './decide.ts';
import { evidence, evidenceId, touched } from './state.ts';

export const evidenceCommands = commands(
  evidence,
  {
    collection: 'evidence',
    networkOf: ({ network }, evidence) => (evidence.status === 'none' ? (network ?? null) : evidence.network),
    touched,
  },
  {
    create: creates({
      type: RegisterEvidence,
      decide: register,
      who: ['back-office', 'finance', 'lead'],
      idOf: ({ network, sha256 }) => evidenceId(network, sha256),
      summary: 'Register a document by its hash, once in a network; the document itself is kept elsewhere.',
      example: {
        network: ref('network'),
        sha256: 'b'.repeat(64),
        mediaType: 'application/pdf',
        class: 'invoice',
        title: 'Factuur 2021-014',
        heldBy: 'CAW, dienst financiën',
        retainUntil: '2031-12-31',
      },
    }),
    supersede: acts({
      type: SupersedeEvidence,
      decide: supersede,
      who: ['back-office', 'finance', 'lead'],
      summary: 'Say which other evidence takes its place, with the reason; it stays in the register.',
      example: {
        by: ref('evidence'),
        reason: { text: { nl: 'De leverancier stuurde een verbeterde factuur.' } },
      },
    }),
    'set-legal-hold': acts({
      type: SetLegalHold,
      decide: setLegalHold,
      who: ['back-office', 'auditor'],
      summary: 'Keep the document whatever its term, as long as a control or a dispute goes on, with the reason.',
      example: { reason: { text: { nl: 'Het Rekenhof controleert dit dossier.' } } },
    }),
    'lift-legal-hold': acts({
      type: LiftLegalHold,
      decide: liftLegalHold,
      who: ['back-office', 'auditor'],
      summary: 'End the legal hold; from then on the term of the document counts again.',
      example: {},
    }),
    'extend-retention': acts({
      type: ExtendRetention,
      decide: extendRetention,
      who: ['finance', 'back-office'],
      summary: 'Keep the document longer than was said before.',
      example: { until: '2033-12-31' },
    }),
  },
);

export * from './commands.ts';
export type * from './events.ts';
export * from './state.ts';
