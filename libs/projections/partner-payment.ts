import { s, type Recorded, type TypeOf } from '#kernel';
import type { GrantEvent } from '#domain';
import { network } from './parts.ts';
import { partsProjection, partStamped } from './parts-of.ts';
import { homeOf } from './stream.ts';

const paymentDoc = s.object({
  ...partStamped,
  network,
  organisation: s.id(),
  paidCents: s.cents('Paid to it and not taken back.'),
  lastOn: s.instant(),
});
export type PartnerPayment = TypeOf<typeof paymentDoc>;

type Payment = Extract<GrantEvent, { readonly type: 'PartnerPaid' | 'PartnerRepaid' }>;
const centsOf = ({ type, data }: Payment): number => (type === 'PartnerPaid' ? data.amountCents : -data.amountCents);

const first = (event: Recorded<Payment>) => ({
  network: homeOf(event),
  organisation: event.data.organisation,
  paidCents: centsOf(event),
  lastOn: event.meta.occurredAt,
});
const more = ({ paidCents }: PartnerPayment, event: Recorded<Payment>) => ({
  paidCents: paidCents + centsOf(event),
  lastOn: event.meta.occurredAt,
});

/** What a grant paid to each of its partners. */
export const partnerPayment = partsProjection<PartnerPayment, GrantEvent>({
  name: 'partner-payment',
  version: 1,
  source: 'grant',
  doc: paymentDoc,
  parts: ({ type, data }) => (type === 'PartnerPaid' || type === 'PartnerRepaid' ? [data.organisation] : []),
  starts: { PartnerPaid: first, PartnerRepaid: first },
  on: { PartnerPaid: more, PartnerRepaid: more },
  indexes: [['of', 'organisation'], ['organisation', 'network'], ['network']],
});
