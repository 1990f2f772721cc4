import { dayOf, s, sum, type TypeOf } from '#kernel';
import { ACTION_KINDS, NETWORK_KINDS, ref } from '#domain';
import { ACTION_STATUSES, period, totals, type ActionCard, type IndicatorCard, type NetworkCard } from '#projections';
import type { Reader } from '#read-store';
import { agreedCadences, cadenceRow, endOf, yearOf } from './cadence.ts';
import { directlyBelow } from './below.ts';
import { added, grantsOf } from './funding.ts';
import { INDICATOR_READS } from './indicator-standing.ts';
import { ofChild, periodsWithin } from './indicator-values.ts';
import { andAbove } from './indicators.ts';
import { idsIn, namesOf } from './names.ts';
import { YearOfNetwork } from './params.ts';
import { notFound, type QueryContext } from './query.ts';
import { ofNetwork, pageOfRows, pageWith, pick, picked, question } from './question.ts';
import { secondedOn } from './secondments.ts';
import { counted, countOf } from './standing.ts';

const CHILD = ['value', 'quality', 'isOwn', 'floor', 'floorMissed'] as const;
const indicatorRow = s.object({ id: s.id(), period, definitionVersion: s.integer(), here: picked(ofChild, CHILD) });
type IndicatorRow = TypeOf<typeof indicatorRow>;

const row = s.object({
  id: s.id(),
  name: s.text(),
  kind: s.oneOf(NETWORK_KINDS),
  status: s.oneOf(['running', 'ended']),
  regions: s.list(s.text(), 'NIS codes.'),
  actions: s.object({ total: s.integer(), byStatus: counted(ACTION_STATUSES), byKind: counted(ACTION_KINDS) }),
  visible: s.boolean('Whether it is one of the caller’s networks; of others its money and its groups are not told.'),
  money: s.nullable(s.object({ grants: s.integer('How many were awarded.'), totals })),
  staff: s.object({ secondments: s.integer(), totalBp: s.integer('Of full time, in basis points.') }),
  indicators: s.list(indicatorRow, 'Of the network above, of the last period that ended in that year.'),
  meetings: s.object(
    {
      agreed: s.integer('Groups that agreed how often to meet in that year.'),
      met: s.integer('Those that did so.'),
      groups: s.list(cadenceRow),
    },
    'How often its groups met.',
  ),
});

export const getVariationReport = question({
  name: 'getVariationReport',
  path: '/networks/{id}/variation',
  summary:
    'The networks below one side by side: their actions by kind and status, what they measure, money, seconded staff and meetings.',
  params: YearOfNetwork,
  answer: pageWith({ year: s.integer(), on: s.day('The day of which the staff is told.') }, row),
  reads: ['action-card', 'grant-card', 'group-card', 'meeting-card', 'secondment-card', ...INDICATOR_READS],
  example: { id: ref('network'), year: 2019 },
  run: async ({ id, year, ...page }, context) => {
    if (!context.networks.has(id)) return notFound;
    const { now } = context;
    const asked = year ?? yearOf(now);
    const on = dayOf(now < endOf(asked) ? now : endOf(asked));
    const below = await directlyBelow(context.reader, id);
    const [indicators, facts] = await Promise.all([
      indicatorsBelow(context.reader, id, asked),
      Promise.all(below.map((network) => rowOf(context, network, asked, on))),
    ]);
    const rows = facts.map((one) => ({ ...one, indicators: indicators.get(one.id) ?? [] }));
    const { items, next } = pageOfRows(rows, 'name', page);
    return { year: asked, on, items, next, names: await namesOf(context, idsIn(items)) };
  },
});

async function rowOf({ reader, networks, now }: QueryContext, network: NetworkCard, year: number, on: string) {
  const { id, name, kind, status, regions } = network;
  const visible = networks.has(id);
  const [actions, grants, seconded, cadences] = await Promise.all([
    ofNetwork<ActionCard>(reader, 'action-card', id),
    grantsOf(reader, id),
    secondedOn(reader, id, on),
    agreedCadences(reader, id, year, now),
  ]);
  return {
    id,
    name,
    kind,
    status,
    regions,
    actions: {
      total: actions.length,
      byStatus: countOf(
        ACTION_STATUSES,
        actions.map((action) => action.status),
      ),
      byKind: countOf(
        ACTION_KINDS,
        actions.map((action) => action.kind),
      ),
    },
    visible,
    money: visible ? { grants: grants.length, totals: added(grants.map((grant) => grant.totals)) } : null,
    staff: { secondments: seconded.length, totalBp: sum(seconded.map(({ bp }) => bp)) },
    meetings: {
      agreed: cadences.length,
      met: cadences.filter(({ cadence }) => cadence.met === true).length,
      groups: visible ? cadences : [],
    },
  };
}

/** Of the indicators of a network and of those above it, what each network directly below came to in the last period of a year. */
async function indicatorsBelow(
  reader: Reader,
  network: string,
  year: number,
): Promise<ReadonlyMap<string, readonly IndicatorRow[]>> {
  const chain = await andAbove(reader, network);
  const cards = await Promise.all(chain.map((one) => ofNetwork<IndicatorCard>(reader, 'indicator-card', one)));
  const within = { from: `${year}-01-01`, until: `${year}-12-31` };
  const found = await Promise.all(
    cards.flat().map(async (card) => {
      const last = (await periodsWithin(reader, card, network, within)).at(-1);
      return (last?.networks ?? []).map((one) => ({
        network: one.network,
        row: { id: card.id, ...pick(last!, ['period', 'definitionVersion']), here: pick(one, CHILD) },
      }));
    }),
  );
  const byNetwork = Map.groupBy(found.flat(), (one) => one.network);
  return new Map([...byNetwork].map(([id, rows]) => [id, rows.map((one) => one.row)]));
}
