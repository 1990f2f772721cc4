import { s, type TypeOf } from '#kernel';
import type { GrantEvent } from '#domain';
import type { Settlement } from '#domain/grant';
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
  spentCents: s.cents('Booked on it as expenditure, as it was claimed.'),
  bookings: s.list(
    s.object({ action: s.id(), cents: s.cents(), count: s.integer() }),
    'What that is, by action: a commitment may be carried to another one.',
  ),
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
      bookings: [],
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
    ExpenditureRecorded: ({ openCents, spentCents, bookings }, { data }) => ({
      openCents: openCents - data.split.grantCents,
      spentCents: spentCents + data.split.grantCents,
      bookings: withBooking(bookings, data.action, data.split.grantCents),
    }),
    GrantClosed: lapsed,
    GrantTerminated: lapsed,
  },
  indexes: [
    ['of', 'at'],
    ['network', 'of', 'at'],
    ['network', 'at'],
    ['network', 'action', 'at'],
    ['network', 'openCents'],
    ['of', 'committedCents'],
    ['network', 'supplier.enterpriseNumber'],
  ],
});

/** So much as closing says: as of a moment that held, an expenditure may come after it. */
function lapsed(
  { event, openCents }: Commitment,
  { data }: { readonly data: Settlement },
): Pick<Commitment, 'openCents'> {
  const cents = data.lapsed.committed.find(({ commitment }) => commitment === event)?.cents ?? 0;
  return { openCents: openCents - cents };
}

function withBooking(bookings: Commitment['bookings'], action: string, cents: number): Commitment['bookings'] {
  const before = bookings.find((one) => one.action === action) ?? { action, cents: 0, count: 0 };
  return [
    ...bookings.filter((one) => one.action !== action),
    { action, cents: before.cents + cents, count: before.count + 1 },
  ];
}
