import { s, type TypeOf } from '#kernel';
import { ROLES, type PersonEvent } from '#domain';
import { interval } from './parts.ts';
import { stamped, streamProjection } from './stream.ts';

const card = s.object({
  ...stamped,
  networks: s.list(s.id(), 'In which the person ever held a role.'),
  roles: s.list(s.object({ role: s.oneOf(ROLES), network: s.id(), organisation: s.nullable(s.id()), ...interval })),
  registeredAt: s.instant(),
});
export type PersonCard = TypeOf<typeof card>;

/** The roles of a person, past ones too. A name is never in it. */
export const personCard = streamProjection<PersonCard, PersonEvent, 'PersonRegistered'>({
  name: 'person-card',
  version: 1,
  source: 'person',
  doc: card,
  starts: { PersonRegistered: ({ meta }) => ({ networks: [], roles: [], registeredAt: meta.occurredAt }) },
  on: {
    RoleGiven: ({ networks, roles }, { data, meta }) => ({
      networks: networks.includes(data.network) ? networks : [...networks, data.network],
      roles: [
        ...roles,
        {
          role: data.role,
          network: data.network,
          organisation: data.organisation ?? null,
          from: meta.occurredAt,
          until: data.until ?? null,
        },
      ],
    }),
    RoleRevoked: ({ roles }, { data, meta }) => ({
      roles: roles.map((held) =>
        held.role === data.role &&
        held.network === data.network &&
        held.from <= meta.occurredAt &&
        (held.until === null || meta.occurredAt < held.until)
          ? { ...held, until: meta.occurredAt }
          : held,
      ),
    }),
  },
  indexes: [['networks']],
});
