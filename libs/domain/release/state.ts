import type { Aggregate, DecisionContext, Recorded } from '#kernel';
import { disclosed, disclosedId, releasesOf } from '../disclosed/state.ts';
import type { Hidden, Prepared, ReleaseEvent } from './events.ts';
import type { Rules } from './table.ts';

export type { Prepared, PublicTable } from './events.ts';

export interface Check {
  readonly rules: Rules;
  readonly hidden: readonly Hidden[];
  readonly considered: Readonly<Record<string, readonly string[]>>;
}

export type Release =
  | { readonly status: 'none' }
  | {
      readonly status: 'prepared' | 'checked' | 'published' | 'withdrawn';
      readonly network: string;
      readonly preparedBy: string;
      readonly prepared: Prepared;
      /** Null until it was checked. */
      readonly check: Check | null;
    };

export const release: Aggregate<Release, ReleaseEvent> = { name: 'release', initial: { status: 'none' }, evolve };

function evolve(release: Release, event: Recorded<ReleaseEvent>): Release {
  if (event.type === 'ReleasePrepared')
    return {
      status: 'prepared',
      network: event.meta.network ?? '',
      preparedBy: event.meta.actor.subject,
      prepared: event.data,
      check: null,
    };
  if (release.status === 'none') return release;
  switch (event.type) {
    case 'ReleaseChecked':
      return { ...release, status: 'checked', check: event.data };
    case 'ReleasePublished':
      return { ...release, status: 'published' };
    case 'ReleaseWithdrawn':
      return { ...release, status: 'withdrawn' };
    default:
      event satisfies never;
      return release;
  }
}

/** Indicators of which a release tells small numbers: those that are kept. */
export const keptIn = ({ definitions }: Prepared): readonly string[] => [
  ...new Set(definitions.filter(({ sensitivity }) => sensitivity !== 'open').map(({ indicator }) => indicator)),
];

/** The releases that told of an indicator. */
export const toldOf = (indicator: string, look: DecisionContext['look']): readonly string[] =>
  releasesOf(look(disclosed, disclosedId(indicator)));
