import { uuidv5, type Aggregate, type Recorded } from '#kernel';
import type { Localized, NetworkKind, Polarity } from '../codes.ts';
import { noted, touches, type Since } from '../order.ts';
import type { PatternEvent } from './events.ts';

export type Pattern =
  | { readonly status: 'none' }
  | {
      readonly status: 'confirmed' | 'retired';
      readonly network: string;
      readonly statement: Localized;
      readonly actions: readonly string[];
      readonly since: Since;
    };

export const pattern: Aggregate<Pattern, PatternEvent> = { name: 'pattern', initial: { status: 'none' }, evolve };

/** What a tag teaches in a network is one pattern; a tag is a code, compared as it is written. */
export const patternId = (network: string, tag: string, polarity: Polarity): string =>
  uuidv5('pattern', network, tag, polarity);

/** What a network of networks learns, two of them learned. */
export const spansNetworks = (kind: NetworkKind): boolean => kind === 'movement' || kind === 'programme';

export const touched = touches<PatternEvent>({
  PatternConfirmed: () => ['status'],
  PatternRetired: () => ['status'],
});

function evolve(pattern: Pattern, event: Recorded<PatternEvent>): Pattern {
  const next = after(pattern, event);
  return next.status === 'none' ? next : { ...next, since: noted(next.since, touched(event), event.meta.occurredAt) };
}

function after(pattern: Pattern, event: Recorded<PatternEvent>): Pattern {
  switch (event.type) {
    case 'PatternConfirmed':
      return {
        status: 'confirmed',
        network: event.meta.network ?? '',
        statement: event.data.statement,
        actions: event.data.actions.map(({ action }) => action),
        since: pattern.status === 'none' ? {} : pattern.since,
      };
    case 'PatternRetired':
      return pattern.status === 'none' ? pattern : { ...pattern, status: 'retired' };
    default:
      event satisfies never;
      return pattern;
  }
}
