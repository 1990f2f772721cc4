import { s, sum, type TypeOf } from '#kernel';
import { ref } from '#domain';
import { drawingRightCard, type DrawingRightCard } from '#projections';
import { idsIn, namesOf } from './names.ts';
import { ById, PagedOfNetwork } from './params.ts';
import { notFound } from './query.ts';
import { listed, names, owned, pageOf, question } from './question.ts';

const MODEL = 'drawing-right-card';

export const listDrawingRights = question({
  name: 'listDrawingRights',
  path: '/drawing-rights',
  summary: 'The drawing rights of a network with their years, by first year.',
  params: PagedOfNetwork,
  answer: pageOf(drawingRightCard.doc),
  reads: [MODEL],
  example: { network: ref('network') },
  run: (params, context) =>
    listed<DrawingRightCard>(context, params, { model: MODEL, sort: ['from', 1] }, (card) => card, idsIn),
});

const SUMMED = [
  'rightCents',
  'ownCents',
  'requiredOwnCents',
  'drawnCents',
  'availableCents',
  'eligibleCents',
  'recoverCents',
  'repaidCents',
  'lapsedCents',
] as const;
type Summed = (typeof SUMMED)[number];
export const rightTotals = s.object(
  Object.fromEntries(SUMMED.map((member) => [member, s.cents()])) as Record<Summed, ReturnType<typeof s.cents>>,
  'Over all years.',
);

export const getDrawingRightYears = question({
  name: 'getDrawingRightYears',
  path: '/drawing-rights/{id}',
  summary:
    'A drawing right year by year: what may be drawn and what was, own contributions, what lapsed or is recovered.',
  params: ById,
  answer: s.object({ right: drawingRightCard.doc, totals: rightTotals, names }),
  reads: [MODEL],
  example: { id: ref('drawingRight') },
  run: async ({ id }, context) => {
    const right = await owned<DrawingRightCard>(context, MODEL, id);
    if (right === undefined) return notFound;
    return { right, totals: rightTotalsOf(right), names: await namesOf(context, idsIn(right)) };
  },
});

/** What is given for the whole period may be drawn in any year: it is there once. */
export const rightTotalsOf = ({
  years,
  basis,
}: Pick<DrawingRightCard, 'years' | 'basis'>): TypeOf<typeof rightTotals> => ({
  ...(Object.fromEntries(SUMMED.map((member) => [member, sum(years.map((year) => year[member]))])) as TypeOf<
    typeof rightTotals
  >),
  ...(basis === 'whole-period' && {
    availableCents: Math.max(0, ...years.map(({ availableCents }) => availableCents)),
  }),
});
