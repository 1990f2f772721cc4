import { ref } from '../examples.ts';
import { commands, creates } from '../registry.ts';
import { ClaimDocument } from './commands.ts';
import { claim } from './decide.ts';
import { document, documentId } from './state.ts';

/** Documents belong to no network: none is paid twice, by whomever. */
export const documentCommands = commands(
  document,
  { collection: 'documents', networkOf: () => null },
  {
    create: creates({
      type: ClaimDocument,
      decide: claim,
      who: ['process'],
      internal: true,
      idOf: ({ document }) => documentId(document),
      summary: 'Claim a part of a supporting document for a grant.',
      example: {
        document: {
          supplier: { name: 'Huisvestingsmaatschappij', enterpriseNumber: '0999000129' },
          number: 'F-2021-17',
          date: '2021-03-31',
          grossCents: 3_500_000,
          sha256: 'a'.repeat(64),
        },
        grant: ref('grant'),
        network: ref('network'),
        claim: ref('event'),
        grantCents: 2_800_000,
      },
    }),
  },
);

export * from './commands.ts';
export type * from './events.ts';
export * from './state.ts';
