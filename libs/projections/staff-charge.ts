import { gone, s, type TypeOf } from '#kernel';
import type { SecondmentEvent } from '#domain';
import { network } from './parts.ts';
import { partsProjection, partStamped } from './parts-of.ts';
import { homeOf } from './stream.ts';

const charge = s.object({
  ...partStamped,
  network,
  claim: s.id('By which the booking in the grant is known.'),
  grant: s.id(),
  secondee: s.id('The person whose salary it is.'),
  secondment: s.nullable(s.id()),
  from: s.day(),
  until: s.day('The last day.'),
  shareBp: s.integer('Of the cost of each of these days; over all grants of all networks at most 10 000 (LED-8).'),
});
export type StaffCharge = TypeOf<typeof charge>;

type Told = 'StaffCostCharged' | 'StaffCostReleased';

/** Each share of the cost of a person that a grant is charged with; a claim that is released is no more. */
export const staffCharge = partsProjection<StaffCharge, Extract<SecondmentEvent, { readonly type: Told }>>({
  name: 'staff-charge',
  version: 1,
  source: 'secondment',
  doc: charge,
  parts: ({ data }) => [data.claim],
  starts: {
    StaffCostCharged: (event) => {
      const { secondment = null, ...charged } = event.data;
      return { network: homeOf(event), ...charged, secondment };
    },
  },
  on: { StaffCostReleased: () => gone },
  indexes: [['network', 'from']],
});
