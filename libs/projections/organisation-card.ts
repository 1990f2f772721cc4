import { s, type TypeOf } from '#kernel';
import type { OrganisationEvent } from '#domain';
import { sector } from './parts.ts';
import { stamped, streamProjection } from './stream.ts';

const card = s.object({
  ...stamped,
  name: s.text(),
  sector,
  units: s.list(s.text()),
  enterpriseNumber: s.nullable(s.text('Ten digits; null for a body without one.')),
  umbrellaOf: s.list(s.id(), 'The member organisations of an umbrella body.'),
  status: s.oneOf(['active', 'ended']),
  registeredAt: s.instant(),
});
export type OrganisationCard = TypeOf<typeof card>;

/** An organisation belongs to no network: everybody sees it. */
export const organisationCard = streamProjection<OrganisationCard, OrganisationEvent, 'OrganisationRegistered'>({
  name: 'organisation-card',
  version: 1,
  source: 'organisation',
  doc: card,
  starts: {
    OrganisationRegistered: ({ data, meta }) => ({
      name: data.name,
      sector: data.sector,
      units: data.units,
      enterpriseNumber: data.enterpriseNumber,
      umbrellaOf: data.umbrellaOf,
      status: 'active',
      registeredAt: meta.occurredAt,
    }),
  },
  on: {
    OrganisationRenamed: (_card, { data }) => ({ name: data.name }),
    NumberCorrected: (_card, { data }) => ({ enterpriseNumber: data.enterpriseNumber }),
    OrganisationEnded: () => ({ status: 'ended' }),
  },
  indexes: [['name'], ['sector', 'name'], ['enterpriseNumber', 'name']],
});
