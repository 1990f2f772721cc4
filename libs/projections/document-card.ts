import { s, type TypeOf } from '#kernel';
import type { DocumentEvent } from '#domain';
import { supplier } from './commitment.ts';
import { stamped, streamProjection } from './stream.ts';

const card = s.object({
  ...stamped,
  supplier,
  number: s.text(),
  date: s.day(),
  grossCents: s.cents('What it comes to.'),
  sha256: s.text(),
  networks: s.list(s.id(), 'Whose grants claimed of it.'),
  claims: s.list(s.object({ grant: s.id(), network: s.id(), claim: s.id(), claimedCents: s.cents() })),
});
export type DocumentCard = TypeOf<typeof card>;

/** A supporting document and who claimed how much of it. It belongs to no network. */
export const documentCard = streamProjection<DocumentCard, DocumentEvent, 'DocumentClaimed'>({
  name: 'document-card',
  version: 1,
  source: 'document',
  doc: card,
  starts: {
    DocumentClaimed: ({ data: { supporting, grant, network, claim, grantCents } }) => ({
      supplier: supporting.supplier,
      number: supporting.number,
      date: supporting.date,
      grossCents: supporting.grossCents,
      sha256: supporting.sha256,
      networks: [network],
      claims: [{ grant, network, claim, claimedCents: grantCents }],
    }),
  },
  on: {
    DocumentClaimed: ({ networks, claims }, { data: { supporting, grant, network, claim, grantCents, releases } }) => ({
      grossCents: supporting.grossCents,
      sha256: supporting.sha256,
      networks: [...new Set([...networks, network])],
      claims: [
        ...claims.filter((one) => !releases.includes(one.claim)),
        { grant, network, claim, claimedCents: grantCents },
      ],
    }),
  },
  indexes: [['date'], ['sha256'], ['networks', 'date']],
});
