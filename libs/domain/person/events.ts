import type { Event, Instant } from '#kernel';
import type { Role } from '../codes.ts';

/** Names and shapes are storage formats: add, never rename. A person's name is never in an event. */
export type PersonEvent =
  | Event<'PersonRegistered'>
  | Event<
      'RoleGiven',
      { readonly role: Role; readonly network: string; readonly organisation?: string; readonly until?: Instant }
    >
  | Event<'RoleRevoked', { readonly role: Role; readonly network: string }>;
