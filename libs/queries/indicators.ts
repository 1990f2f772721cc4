import { s } from '#kernel';
import { ref } from '#domain';
import {
  definitionVersion,
  indicatorCard,
  indicatorScope,
  indicatorTarget,
  measurement,
  type DefinitionVersion,
  type IndicatorCard,
  type IndicatorScope,
  type IndicatorTarget,
  type MeasurementEntry,
  type NetworkCard,
} from '#projections';
import type { Doc, Reader } from '#read-store';
import { idsIn, namesOf } from './names.ts';
import { ById, ListIndicators, ListMeasurements } from './params.ts';
import { notFound, type QueryContext } from './query.ts';
import { every, listed, names, pageOf, pageWith, pick, picked, question, whereOf } from './question.ts';

const MODEL = 'indicator-card';

export const listIndicators = question({
  name: 'listIndicators',
  path: '/indicators',
  summary: 'The indicators that a network may use: its own, and those of the networks above it.',
  params: ListIndicators,
  answer: pageOf(indicatorCard.doc),
  reads: [MODEL, 'network-card'],
  example: { network: ref('network') },
  run: async ({ network, limit = 50, cursor, ...params }, context) => {
    if (!context.networks.has(network)) return notFound;
    const page = await context.reader.find<IndicatorCard & Doc>({
      model: MODEL,
      where: [
        ['network', 'in', await andAbove(context.reader, network)],
        ...whereOf(params, { status: ['status', 'eq'] }),
      ],
      sort: ['code', 1],
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    return { items: page.items, next: page.next, names: await namesOf(context, idsIn(page.items)) };
  },
});

export const listMeasurements = question({
  name: 'listMeasurements',
  path: '/measurements',
  summary: 'What a network and its actions measured of an indicator, superseded values too, the latest recorded first.',
  params: ListMeasurements,
  answer: pageWith({ indicator: picked(indicatorCard.doc, ['id', 'name', 'sensitivity']) }, measurement.doc),
  reads: [MODEL, 'measurement'],
  example: { network: ref('network'), indicator: ref('indicator') },
  exact: ({ indicator, items }) => exactOf(indicator, items[0]?.network ?? '', items),
  run: async ({ indicator: id, ...params }, context) => {
    const found = await context.reader.get<IndicatorCard & Doc>(MODEL, id);
    const page = await listed<MeasurementEntry>(
      context,
      params,
      {
        model: 'measurement',
        where: [['indicator', 'eq', id], ...whereOf(params, { action: ['action', 'eq'] })],
        sort: ['recordedAt', -1],
      },
      (one) => one,
      idsIn,
    );
    if (found === null || page === notFound) return notFound;
    return { indicator: pick(found.doc, ['id', 'name', 'sensitivity']), ...page };
  },
});

/** What is recorded of who was given exact values (`domain.md` §4.4). */
export const exactOf = (
  { id, sensitivity }: Pick<IndicatorCard, 'id' | 'sensitivity'>,
  network: string,
  values: readonly object[],
): { readonly network: string; readonly subject: string } | null =>
  sensitivity === 'small-numbers' && values.length > 0 ? { network, subject: id } : null;

/** A network and those above it. */
export async function andAbove(reader: Reader, network: string): Promise<readonly string[]> {
  const chain: string[] = [];
  for (let at: string | null = network; at !== null && !chain.includes(at);) {
    chain.push(at);
    const found: { readonly doc: NetworkCard } | null = await reader.get<NetworkCard & Doc>('network-card', at);
    at = found?.doc.parent ?? null;
  }
  return chain;
}

const set = s.object({ target: indicatorTarget.doc, isCurrent: s.boolean('Whether it is the target of its period.') });

export const getIndicator = question({
  name: 'getIndicator',
  path: '/indicators/{id}',
  summary: 'One indicator: what it means and meant, its targets old and new, and from where values are expected.',
  params: ById,
  answer: s.object({
    indicator: indicatorCard.doc,
    versions: s.list(definitionVersion.doc, 'The earliest first.'),
    targets: s.list(set, 'As they were set, the earliest first.'),
    scopes: s.list(indicatorScope.doc, 'Of the caller’s networks.'),
    names,
  }),
  reads: [MODEL, 'definition-version', 'indicator-target', 'indicator-scope', 'network-card'],
  example: { id: ref('indicator') },
  run: async ({ id }, context) => {
    const { reader, networks } = context;
    const found = await reader.get<IndicatorCard & Doc>(MODEL, id);
    if (found === null || !(await isUsedBy(context, found.doc))) return notFound;
    const [versions, targets, scopes] = await Promise.all([
      versionsOf(reader, id),
      targetsOf(reader, id),
      every<IndicatorScope>(reader, { model: 'indicator-scope', where: [['of', 'eq', id]], sort: ['measuredIn', 1] }),
    ]);
    const answer = {
      indicator: found.doc,
      versions,
      targets: targets.map((target) => ({ target, isCurrent: targetOn(targets, target.period) === target })),
      scopes: scopes.filter(({ measuredIn }) => networks.has(measuredIn)),
    };
    return { ...answer, names: await namesOf(context, idsIn(answer)) };
  },
});

/** Who works in its network, or in one below it. */
async function isUsedBy({ reader, networks }: QueryContext, { network }: IndicatorCard): Promise<boolean> {
  if (networks.has(network)) return true;
  for (const one of networks) if ((await andAbove(reader, one)).includes(network)) return true;
  return false;
}

export const versionsOf = (reader: Reader, id: string): Promise<readonly DefinitionVersion[]> =>
  every<DefinitionVersion>(reader, { model: 'definition-version', where: [['of', 'eq', id]], sort: ['version', 1] });

export const targetsOf = (reader: Reader, id: string): Promise<readonly IndicatorTarget[]> =>
  every<IndicatorTarget>(reader, { model: 'indicator-target', where: [['of', 'eq', id]], sort: ['position', 1] });

/** The target of a period: the one that was set last. */
export const targetOn = (
  targets: readonly IndicatorTarget[],
  { from, until }: IndicatorTarget['period'],
): IndicatorTarget | undefined => targets.findLast(({ period }) => period.from === from && period.until === until);
