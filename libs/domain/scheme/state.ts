import type { Aggregate, Day, Recorded } from '#kernel';
import type { SchemeEvent, SchemeTerms } from './events.ts';

export type { SchemeTerms } from './events.ts';

export type Scheme =
  | { readonly status: 'none' }
  | {
      readonly status: 'running' | 'ended';
      readonly name: string;
      readonly funder: string | null;
      /** The first is version 1. */
      readonly versions: readonly SchemeTerms[];
    };

export const scheme: Aggregate<Scheme, SchemeEvent> = { name: 'scheme', initial: { status: 'none' }, evolve };

function evolve(scheme: Scheme, event: Recorded<SchemeEvent>): Scheme {
  if (event.type === 'SchemeDefined') {
    const { name, funder, terms } = event.data;
    return { status: 'running', name, funder, versions: [terms] };
  }
  if (scheme.status === 'none') return scheme;
  switch (event.type) {
    case 'SchemeRevised':
      return { ...scheme, versions: [...scheme.versions, event.data.terms] };
    case 'SchemeEnded':
      return { ...scheme, status: 'ended' };
    default:
      event satisfies never;
      return scheme;
  }
}

const holdsOn = ({ validFrom, validUntil }: SchemeTerms, day: Day): boolean =>
  validFrom <= day && (validUntil === undefined || day <= validUntil);

/** The last version that holds on that day; its number counts from 1. */
export function versionOn(
  { versions }: { readonly versions: readonly SchemeTerms[] },
  day: Day,
): { readonly version: number; readonly terms: SchemeTerms } | undefined {
  const index = versions.findLastIndex((terms) => holdsOn(terms, day));
  return index < 0 ? undefined : { version: index + 1, terms: versions[index]! };
}
