import type { Aggregate, Instant, Recorded } from '#kernel';
import type { Role } from '../codes.ts';
import type { PersonEvent } from './events.ts';

export interface RoleHeld {
  readonly role: Role;
  readonly network: string;
  readonly organisation?: string;
  readonly from: Instant;
  /** Exclusive. */
  readonly until?: Instant;
}

export type Person =
  | { readonly status: 'none' }
  /** Every role with its interval, past ones too. */
  | { readonly status: 'registered'; readonly roles: readonly RoleHeld[] };

export const person: Aggregate<Person, PersonEvent> = { name: 'person', initial: { status: 'none' }, evolve };

function evolve(person: Person, event: Recorded<PersonEvent>): Person {
  if (event.type === 'PersonRegistered') return { status: 'registered', roles: [] };
  if (person.status === 'none') return person;
  switch (event.type) {
    case 'RoleGiven':
      return { ...person, roles: [...person.roles, { ...event.data, from: event.meta.occurredAt }] };
    case 'RoleRevoked':
      return {
        ...person,
        roles: person.roles.map((held) =>
          held.role === event.data.role && held.network === event.data.network && isOpen(held, event.meta.occurredAt)
            ? { ...held, until: event.meta.occurredAt }
            : held,
        ),
      };
    default:
      event satisfies never;
      return person;
  }
}

const isOpen = (held: RoleHeld, at: Instant): boolean =>
  held.from <= at && (held.until === undefined || at < held.until);

/** The role as the person holds it in that network at that moment. */
export const roleAt = (person: Person, role: string, network: string, at: Instant): RoleHeld | undefined =>
  person.status === 'registered'
    ? person.roles.find((held) => held.role === role && held.network === network && isOpen(held, at))
    : undefined;

export const holds = (person: Person, role: Role, network: string, at: Instant): boolean =>
  roleAt(person, role, network, at) !== undefined;
