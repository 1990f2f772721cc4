import { s, type TypeOf } from '#kernel';
import type { EvidenceEvent } from '#domain';
import { localized, network } from './parts.ts';
import { homeOf, stamped, streamProjection } from './stream.ts';

const reason = s.nullable(localized);
const card = s.object({
  ...stamped,
  network,
  sha256: s.text('Of the document, hexadecimal.'),
  mediaType: s.text(),
  class: s.text('What kind of document.'),
  title: s.text(),
  heldBy: s.text('Who keeps it.'),
  registeredAt: s.instant(),
  retainUntil: s.nullable(
    s.day('The last day on which it must be kept, as it was said here; what grants ask may be later.'),
  ),
  legalHold: s.boolean('Whether it must be kept whatever its term.'),
  hold: s.nullable(s.object({ since: s.instant(), reason }, 'The legal hold that is on it.')),
  supersededBy: s.nullable(s.id('The evidence that took its place.')),
  superseded: s.nullable(s.object({ at: s.instant(), reason })),
});
export type EvidenceCard = TypeOf<typeof card>;

export const evidenceCard = streamProjection<EvidenceCard, EvidenceEvent, 'EvidenceRegistered'>({
  name: 'evidence-card',
  version: 1,
  source: 'evidence',
  doc: card,
  starts: {
    EvidenceRegistered: (event) => ({
      ...event.data,
      network: homeOf(event),
      registeredAt: event.meta.occurredAt,
      legalHold: false,
      hold: null,
      supersededBy: null,
      superseded: null,
    }),
  },
  on: {
    EvidenceSupersededBy: (_card, { data, meta }) => ({
      supersededBy: data.by,
      superseded: { at: meta.occurredAt, reason: meta.reason?.text ?? null },
    }),
    LegalHoldSet: (_card, { meta }) => ({
      legalHold: true,
      hold: { since: meta.occurredAt, reason: meta.reason?.text ?? null },
    }),
    LegalHoldLifted: () => ({ legalHold: false, hold: null }),
    RetentionExtended: (_card, { data }) => ({ retainUntil: data.until }),
  },
  indexes: [['network'], ['network', 'registeredAt']],
});
