import { ref } from '../examples.ts';
import { acts, commands, creates } from '../registry.ts';
import { GiveRole, RegisterPerson, RevokeRole } from './commands.ts';
import { giveRole, register, revokeRole } from './decide.ts';
import { person } from './state.ts';

/** A person belongs to no network; a role does. */
export const personCommands = commands(
  person,
  { collection: 'persons', networkOf: ({ network }) => network ?? null },
  {
    create: creates({
      type: RegisterPerson,
      decide: register,
      who: ['operator', 'back-office'],
      summary: 'Register a person, by whose id the history knows them.',
      personal: ['name'],
      example: { name: 'An Voorbeeld' },
    }),
    'give-role': acts({
      type: GiveRole,
      decide: giveRole,
      who: ['operator', 'back-office', 'process'],
      summary: 'Give the person a role in a network; the operator gives only the back office.',
      example: { role: 'back-office', network: ref('network') },
    }),
    'revoke-role': acts({
      type: RevokeRole,
      decide: revokeRole,
      who: ['operator', 'back-office', 'process'],
      summary: 'End a role of the person in a network.',
      example: { role: 'member', network: ref('network') },
    }),
  },
);

export * from './commands.ts';
export * from './decide.ts';
export type * from './events.ts';
export * from './state.ts';
