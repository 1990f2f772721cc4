import type { DecisionContext } from '#kernel';
import type { Sector } from './codes.ts';
import type { Uncovered } from './network/events.ts';
import { agreement as agreementAggregate, signatoriesOf } from './agreement/state.ts';
import { network as networkAggregate, type Network } from './network/state.ts';

/** Sectors that must each have a member. */
export interface Coverage {
  readonly sectors: readonly Sector[];
  /** Only members that signed this agreement count. */
  readonly agreement?: string;
}

type Look = DecisionContext['look'];

/** Which of these sectors have no member of the network. */
function missingIn(network: Network, { sectors, agreement }: Coverage, look: Look): readonly Sector[] {
  if (network.status === 'none') return sectors;
  const signed = agreement === undefined ? undefined : signatoriesOf(look(agreementAggregate, agreement));
  const counting = Object.entries(network.members).filter(([id]) => signed === undefined || signed.includes(id));
  const present = new Set(counting.map(([, { sector }]) => sector));
  return sectors.filter((sector) => !present.has(sector));
}

export const missingSectors = (look: Look, network: string, coverage: Coverage): readonly Sector[] =>
  missingIn(look(networkAggregate, network), coverage, look);

/** The watched conditions that a change of members leaves without one of their sectors. */
export const uncoveredBy = (before: Network, after: Network, look: Look): readonly Uncovered[] =>
  before.status === 'none'
    ? []
    : before.watched.flatMap(({ grant, condition, ...coverage }) => {
        const former = missingIn(before, coverage, look);
        const sectors = missingIn(after, coverage, look).filter((sector) => !former.includes(sector));
        return sectors.length > 0 ? [{ grant, condition, sectors }] : [];
      });
