import { s, type TypeOf } from '#kernel';
import { withFte, type SecondmentEvent } from '#domain';
import { network } from './parts.ts';
import { partsProjection, partStamped } from './parts-of.ts';
import { homeOf } from './stream.ts';

const card = s.object({
  ...partStamped,
  network,
  secondment: s.id('By which commands name it.'),
  secondee: s.id('The person.'),
  sender: s.id('The organisation that employs.'),
  receiver: s.id('The organisation or the network where the person works.'),
  function: s.text(),
  from: s.day(),
  until: s.nullable(s.day('The last day; null: it goes on.')),
  temporary: s.boolean(),
  costRule: s.nullable(s.text()),
  ftes: s.list(
    s.object({ from: s.day(), fteBp: s.integer('10 000 is full time.') }),
    'How much of full time from which day on, the earliest first: what was agreed and what changed.',
  ),
  isEnded: s.boolean(),
});
export type SecondmentCard = TypeOf<typeof card>;

type Agreed = 'SecondmentAgreed' | 'SecondmentChanged' | 'SecondmentEnded';

/** Each secondment of a person is a document of the network in which it was agreed. */
export const secondmentCard = partsProjection<SecondmentCard, Extract<SecondmentEvent, { readonly type: Agreed }>>({
  name: 'secondment-card',
  version: 2,
  source: 'secondment',
  doc: card,
  parts: ({ data }) => [data.secondment],
  starts: {
    SecondmentAgreed: (event) => {
      const { fteBp, until = null, costRule = null, ...agreed } = event.data;
      const ftes = [{ from: agreed.from, fteBp }];
      return { network: homeOf(event), ...agreed, until, costRule, ftes, isEnded: false };
    },
  },
  on: {
    SecondmentChanged: ({ ftes }, { data: { from, fteBp, until } }) => ({
      ...(fteBp !== undefined && { ftes: withFte(ftes, { from, fteBp }) }),
      ...(until !== undefined && { until }),
    }),
    SecondmentEnded: (_card, { data }) => ({ until: data.until, isEnded: true }),
  },
  indexes: [
    ['network', 'from'],
    ['receiver', 'from'],
  ],
});
