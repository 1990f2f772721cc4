import { s, type TypeOf } from '#kernel';
import { AGREEMENT_KINDS, type AgreementEvent } from '#domain';
import { localized, network } from './parts.ts';
import { homeOf, stamped, streamProjection, unchanged } from './stream.ts';

export const AGREEMENT_STATUSES = ['drafted', 'submitted', 'approved', 'refused', 'in-force', 'terminated'] as const;

const card = s.object({
  ...stamped,
  network,
  kind: s.oneOf(AGREEMENT_KINDS),
  title: s.text(),
  from: s.day('The first day of its period.'),
  until: s.nullable(s.day('The last day of its period; null: until it is terminated.')),
  status: s.oneOf(AGREEMENT_STATUSES, 'What was last said of it; that its period ended, nobody says.'),
  parties: s.list(s.id(), 'Organisations that were to sign.'),
  thirdParties: s.list(s.text(), 'Bodies that are not registered as an organisation.'),
  withNetworks: s.list(s.id()),
  scheme: s.nullable(s.id()),
  succeeds: s.nullable(s.id('The agreement before this one.')),
  objectives: s.nullable(
    s.object({
      carriedOver: s.list(s.text(), 'Codes of objectives that go on.'),
      ended: s.list(s.text(), 'Codes of objectives that ended with the agreement before.'),
    }),
  ),
  actions: s.list(s.id(), 'Actions that rest on it.'),
  signatures: s.list(s.object({ organisation: s.id(), at: s.instant() })),
  draftedAt: s.instant(),
  inForceAt: s.nullable(s.instant('When it entered into force; null: it never did.')),
  ended: s.nullable(
    s.object({ at: s.instant(), reason: s.nullable(localized) }, 'When and why it was refused or terminated.'),
  ),
});
export type AgreementCard = TypeOf<typeof card>;

export const agreementCard = streamProjection<AgreementCard, AgreementEvent, 'AgreementDrafted'>({
  name: 'agreement-card',
  version: 1,
  source: 'agreement',
  doc: card,
  starts: {
    AgreementDrafted: (event) => {
      const { period, ...data } = event.data;
      return {
        ...data,
        network: homeOf(event),
        from: period.from,
        until: period.until ?? null,
        status: 'drafted',
        signatures: [],
        draftedAt: event.meta.occurredAt,
        inForceAt: null,
        ended: null,
      };
    },
  },
  on: {
    AgreementSigned: ({ signatures }, { data, meta }) => ({
      signatures: [...signatures, { organisation: data.organisation, at: meta.occurredAt }],
    }),
    AgreementSubmitted: () => ({ status: 'submitted' }),
    AgreementApproved: () => ({ status: 'approved' }),
    AgreementRefused: (_card, { meta }) => ({
      status: 'refused',
      ended: { at: meta.occurredAt, reason: meta.reason?.text ?? null },
    }),
    AgreementEnteredIntoForce: (_card, { meta }) => ({ status: 'in-force', inForceAt: meta.occurredAt }),
    AgreementTerminated: (_card, { meta }) => ({
      status: 'terminated',
      ended: { at: meta.occurredAt, reason: meta.reason?.text ?? null },
    }),
    AgreementClaimLapsed: unchanged,
  },
  indexes: [['network']],
});
