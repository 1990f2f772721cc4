import { acts, commands, creates } from '../registry.ts';
import { CorrectEnterpriseNumber, EndOrganisation, RegisterOrganisation, RenameOrganisation } from './commands.ts';
import { correctNumber, end, register, rename } from './decide.ts';
import { organisation, touched } from './state.ts';

/** An organisation belongs to no network; its membership does. */
export const organisationCommands = commands(
  organisation,
  { collection: 'organisations', networkOf: () => null, touched },
  {
    create: creates({
      type: RegisterOrganisation,
      decide: register,
      who: ['operator', 'back-office'],
      summary: 'Register an organisation, a department or an informal body.',
      example: { name: 'Jeugdzorg (demo)', sector: 'youth-care', enterpriseNumber: 'BE 0999.000.030' },
    }),
    rename: acts({
      type: RenameOrganisation,
      decide: rename,
      who: ['operator', 'back-office'],
      summary: 'Give the organisation another name.',
      example: { name: 'Jeugdzorg Antwerpen (demo)' },
    }),
    'correct-number': acts({
      type: CorrectEnterpriseNumber,
      decide: correctNumber,
      who: ['operator', 'back-office'],
      summary: 'Correct the enterprise number of the organisation.',
      example: { enterpriseNumber: '0999.000.129' },
    }),
    end: acts({
      type: EndOrganisation,
      decide: end,
      who: ['operator', 'back-office'],
      summary: 'End the organisation: it takes on nothing new.',
      example: {},
    }),
  },
);

export * from './commands.ts';
export * from './decide.ts';
export type * from './events.ts';
export * from './state.ts';
