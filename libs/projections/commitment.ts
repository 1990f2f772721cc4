import { s, type TypeOf } from '#kernel';
import type { GrantEvent } from '#domain';
import { network } from './parts.ts';
import { partsProjection, partStamped } from './parts-of.ts';
import { homeOf } from './stream.ts';

export const supplier = s.object({ name: s.text(), enterpriseNumber: s.nullable(s.text()) });

const commitmentDoc = s.object({
  ...partStamped,
  event: s.id('By which commands name it.'),
  network,
  action: s.id(),
  category: s.text(),
  title: s.text('What was ordered.'),
  supplier,
  committedCents: s.cents('Ordered in all, with what was amended.'),
  openCents: s.cents('Not yet spent, released or lapsed.'),
  spentCents: s.cents('Booked on it as expenditure.'),
  at: s.instant('Since when.'),
  evidence: s.integer('Documents that show it.'),
});
export type Commitment = TypeOf<typeof commitmentDoc>;

/** What was ordered from a grant. */
export const commitment = partsProjection<Commitment, GrantEvent>({
  name: 'commitment',
  version: 1,
  source: 'grant',
  doc: commitmentDoc,
  parts: ({ id, type, data }) => {
    if (type === 'Committed') return [id];
    if (type === 'GrantClosed' || type === 'GrantTerminated')
      return data.lapsed.committed.map(({ commitment }) => commitment);
    const { commitment } = data as { readonly commitment?: string };
    return commitment === undefined ? [] : [commitment];
  },
  starts: {
    Committed: (event) => ({
      event: event.id,
      network: homeOf(event),
      action: event.data.action,
      category: event.data.category,
      title: event.data.title,
      supplier: event.data.supplier,
      committedCents: event.data.amountCents,
      openCents: event.data.amountCents,
      spentCents: 0,
      at: event.meta.occurredAt,
      evidence: event.meta.evidence?.length ?? 0,
    }),
  },
  on: {
    CommitmentAmended: ({ committedCents, openCents }, { data }) => ({
      committedCents: committedCents + data.deltaCents,
      openCents: openCents + data.deltaCents,
    }),
    CommitmentReleased: ({ openCents }, { data }) => ({ openCents: openCents - data.amountCents }),
    CommitmentCarried: (_commitment, { data }) => ({ action: data.action }),
    ExpenditureRecorded: ({ openCents, spentCents }, { data }) => ({
      openCents: openCents - data.split.grantCents,
      spentCents: spentCents + data.split.grantCents,
    }),
    GrantClosed: () => ({ openCents: 0 }),
    GrantTerminated: () => ({ openCents: 0 }),
  },
  indexes: [
    ['of', 'at'],
    ['network', 'at'],
    ['network', 'action', 'at'],
    ['network', 'openCents'],
  ],
});
