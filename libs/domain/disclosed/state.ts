import { uuidv5, type Aggregate, type Recorded } from '#kernel';
import type { DisclosedEvent } from './events.ts';

/** All releases that ever told of an indicator, in whichever table and of whichever network; what is withdrawn stays told. */
export type Disclosed =
  | { readonly status: 'none' }
  /** In the order in which they were. */
  | { readonly status: 'told'; readonly releases: readonly string[] };

export const disclosed: Aggregate<Disclosed, DisclosedEvent> = {
  name: 'disclosed',
  initial: { status: 'none' },
  evolve,
};

function evolve(disclosed: Disclosed, event: Recorded<DisclosedEvent>): Disclosed {
  if (event.type !== 'FiguresDisclosed') return disclosed;
  return { status: 'told', releases: [...releasesOf(disclosed), event.data.release] };
}

export const releasesOf = (disclosed: Disclosed): readonly string[] =>
  disclosed.status === 'none' ? [] : disclosed.releases;

export const disclosedId = (indicator: string): string => uuidv5('disclosed', indicator);
