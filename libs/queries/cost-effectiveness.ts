import { quotient, s, sum, type Day, type TypeOf } from '#kernel';
import { ref } from '#domain';
import { indicatorCard, type DrawingRightCard, type Expenditure, type IndicatorCard } from '#projections';
import type { Doc, Reader } from '#read-store';
import { yearOf } from './cadence.ts';
import { INDICATOR_READS } from './indicator-standing.ts';
import { INDICATOR, periodsWithin, rolledUp } from './indicator-values.ts';
import { andAbove } from './indicators.ts';
import { idsIn, namesOf } from './names.ts';
import { GetCostEffectiveness } from './params.ts';
import { notFound } from './query.ts';
import { every, names, pick, picked, question } from './question.ts';

const MEASURED = ['period', 'definitionVersion', 'value', 'quality'] as const;
const measured = picked(rolledUp, MEASURED);
type Measured = TypeOf<typeof measured>;

const NO_COST = ['not-a-count', 'not-measured', 'two-definitions', 'only-a-range', 'nothing-counted'] as const;

export const getCostEffectiveness = question({
  name: 'getCostEffectiveness',
  path: '/indicators/{id}/cost-effectiveness',
  summary:
    'How many cents of public money a network was granted for good in a year for each unit that an indicator counted in it.',
  params: GetCostEffectiveness,
  answer: s.object({
    indicator: picked(indicatorCard.doc, INDICATOR),
    network: s.id(),
    year: s.integer(),
    publicCents: s.cents('What follows, added up.'),
    drawnCents: s.cents('What was drawn on drawing rights and is eligible, of that year.'),
    acceptedCents: s.cents('What was accepted of expenditures of grants whose period ended in that year.'),
    periods: s.list(measured, 'That ended in that year.'),
    units: s.nullable(s.integer('How many were counted: of a sum all periods of the year, of another count the last.')),
    centsPerUnit: s.nullable(s.text('Two decimals, half up, from exact integers: `166.41`; null: `why` says why not.')),
    why: s.nullable(s.oneOf(NO_COST)),
    names,
  }),
  reads: ['drawing-right-card', 'expenditure', ...INDICATOR_READS],
  example: { id: ref('indicator'), network: ref('network'), year: 2015 },
  run: async ({ id, network, year }, context) => {
    const { reader, networks, now } = context;
    const found = await reader.get<IndicatorCard & Doc>('indicator-card', id);
    const card = found?.doc;
    const of = network ?? card?.network;
    if (card === undefined || of === undefined || !networks.has(of)) return notFound;
    if (!(await andAbove(reader, of)).includes(card.network)) return notFound;
    const asked = year ?? yearOf(now);
    const within = { from: `${asked}-01-01`, until: `${asked}-12-31` };
    const [money, periods] = await Promise.all([
      publicMoney(reader, of, within),
      periodsWithin(reader, card, of, within),
    ]);
    const answer = {
      indicator: pick(card, INDICATOR),
      network: of,
      year: asked,
      ...money,
      periods: periods.map((one) => pick(one, MEASURED)),
      ...costOf(money.publicCents, card, periods),
    };
    return { ...answer, names: await namesOf(context, idsIn(answer)) };
  },
});

/** What of public money stands of a year: the rest is to be proven yet, or was taken back. */
async function publicMoney(
  reader: Reader,
  network: string,
  { from, until }: { readonly from: Day; readonly until: Day },
) {
  const [rights, expenditures] = await Promise.all([
    every<DrawingRightCard>(reader, {
      model: 'drawing-right-card',
      where: [['network', 'eq', network]],
      sort: ['from', 1],
    }),
    every<Expenditure>(reader, {
      model: 'expenditure',
      where: [
        ['network', 'eq', network],
        ['period.until', 'gte', from],
        ['period.until', 'lte', until],
      ],
      sort: ['period.until', 1],
    }),
  ]);
  const years = rights.flatMap((right) => right.years).filter(({ year }) => year === Number(from.slice(0, 4)));
  const drawnCents = sum(years.map(({ eligibleCents }) => eligibleCents));
  const acceptedCents = sum(expenditures.map((one) => one.acceptedCents));
  return { publicCents: drawnCents + acceptedCents, drawnCents, acceptedCents };
}

interface Cost {
  readonly units: number | null;
  readonly centsPerUnit: string | null;
  readonly why: (typeof NO_COST)[number] | null;
}

function costOf(cents: number, { unit, aggregation }: IndicatorCard, periods: readonly Measured[]): Cost {
  const none = (why: Cost['why']): Cost => ({ units: null, centsPerUnit: null, why });
  if (unit !== 'count') return none('not-a-count');
  const counted = (aggregation === 'sum' ? periods : periods.slice(-1)).flatMap(({ value }) => value ?? []);
  if (counted.length === 0) return none('not-measured');
  if (new Set(periods.map((one) => one.definitionVersion)).size > 1) return none('two-definitions');
  if (counted.some(({ upTo }) => upTo !== null)) return none('only-a-range');
  const units = sum(counted.map(({ numerator }) => numerator));
  return units === 0
    ? { ...none('nothing-counted'), units }
    : { units, centsPerUnit: quotient(cents, units), why: null };
}
