import { s, type TypeOf } from '#kernel';
import { RIGHT_BASES, registered, unwritten, yearsOf, type DrawingRightEvent, type YearFacts } from '#domain';
import { network } from './parts.ts';
import { terms } from './scheme-card.ts';
import { homeOf, stamped, streamProjection } from './stream.ts';

export const rightYear = s.object({
  year: s.integer(),
  rightCents: s.cents(),
  carriedInCents: s.cents(),
  own: s.object({ own: s.cents(), solidarity: s.cents(), 'in-kind': s.cents() }, 'Own contributions by kind.'),
  ownCents: s.cents(),
  requiredOwnCents: s.cents(),
  drawnCents: s.cents(),
  availableCents: s.cents(),
  eligibleCents: s.cents(),
  recoverCents: s.cents(),
  repaidCents: s.cents(),
  lapsedCents: s.cents(),
  carriedCents: s.cents(),
  isSettled: s.boolean('Until it is, what is eligible is so far, and nothing is recovered, lapsed or carried.'),
  recoverBy: s.nullable(s.day('Until when what is to be recovered must be repaid.')),
});

const card = s.object({
  ...stamped,
  network,
  scheme: s.id(),
  version: s.integer('Of the scheme.'),
  terms,
  funder: s.id(),
  amountCents: s.cents(),
  basis: s.oneOf(RIGHT_BASES),
  from: s.integer('The first calendar year.'),
  until: s.integer('The last one.'),
  agreement: s.nullable(s.id()),
  funderDecision: s.object({ reference: s.text(), date: s.day() }),
  years: s.list(rightYear, 'The first one first.'),
});
export type DrawingRightCard = TypeOf<typeof card>;

/** What was registered of each year. */
const factsOf = ({ years }: DrawingRightCard): readonly YearFacts[] =>
  years.map(({ year, own, drawnCents, repaidCents, isSettled, ...figures }) => ({
    year,
    own,
    drawnCents,
    repaidCents,
    settled: isSettled ? { ...figures, drawnCents } : null,
  }));

/** The years with a fact more, reckoned as the decider does. */
const withFact = (card: DrawingRightCard, event: DrawingRightEvent): Pick<DrawingRightCard, 'years'> => ({
  years: yearsOf({ ...card, years: registered(factsOf(card), event) }),
});

export const drawingRightCard = streamProjection<DrawingRightCard, DrawingRightEvent, 'RightGranted'>({
  name: 'drawing-right-card',
  version: 1,
  source: 'drawing-right',
  doc: card,
  starts: {
    RightGranted: (event) => {
      const { years, agreement = null, ...right } = event.data;
      return {
        network: homeOf(event),
        ...right,
        ...years,
        agreement,
        years: yearsOf({ ...right, years: unwritten(years) }),
      };
    },
  },
  on: { OwnContributionRegistered: withFact, DrawnDown: withFact, YearSettled: withFact, DrawnRepaid: withFact },
  indexes: [['network', 'from']],
});
