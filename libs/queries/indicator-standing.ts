import { s, type TypeOf } from '#kernel';
import { UNITS } from '#domain';
import type { IndicatorCard } from '#projections';
import type { Reader } from '#read-store';
import { periodsWithin, rolledUp } from './indicator-values.ts';
import { ofNetwork, pick, picked } from './question.ts';

/* The last value of each indicator of a network, as reports show it. */

const LAST = ['period', 'definitionVersion', 'value', 'quality', 'target', 'met', 'floorsMissed'] as const;

export const indicatorStanding = s.object({
  id: s.id(),
  name: s.json('In nl, fr, en.'),
  unit: s.oneOf(UNITS),
  objectives: s.list(s.text(), 'Codes of objectives of the agenda.'),
  last: s.nullable(picked(rolledUp, LAST)),
});
export type IndicatorStanding = TypeOf<typeof indicatorStanding>;

/** The indicators of a network by code, each with the last period that was measured of it and ended within these days. */
export async function standingIndicators(
  reader: Reader,
  network: string,
  within: { readonly from?: string; readonly until?: string } = {},
): Promise<readonly IndicatorStanding[]> {
  const cards = await ofNetwork<IndicatorCard>(reader, 'indicator-card', network);
  return Promise.all(
    cards
      .toSorted((a, b) => (a.code < b.code ? -1 : 1))
      .map(async (card) => {
        const last = (await periodsWithin(reader, card, network, within)).at(-1);
        return {
          ...pick(card, ['id', 'name', 'unit', 'objectives']),
          last: last === undefined ? null : pick(last, LAST),
        };
      }),
  );
}

/** The read models in which {@link standingIndicators} looks. */
export const INDICATOR_READS = [
  'definition-version',
  'indicator-card',
  'indicator-target',
  'measurement',
  'network-card',
] as const;
