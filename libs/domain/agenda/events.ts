import type { Event } from '#kernel';
import type { Localized, Strength, TheoryNodeKind } from '../codes.ts';

/** Something the network believes to be so, or wants to be. */
interface TheoryNode {
  /** Names it within the theory. */
  readonly code: string;
  readonly kind: TheoryNodeKind;
  readonly text: Localized;
  /** Of an objective its code in the agenda, of an action its id, of what can be measured the id of its indicator. */
  readonly ref?: string;
}

/** The one contributes to the other. */
export interface TheoryEdge {
  readonly from: string;
  readonly to: string;
  readonly strength?: Strength;
  /** Ids of evidence of the network. */
  readonly evidence?: readonly string[];
}

/** Names and shapes are storage formats: add, never rename. One agenda a network, with the network's id. */
export type AgendaEvent =
  /** The texts of the next version; objectives stay as they are. */
  | Event<'AgendaDrafted', { readonly ambition: Localized; readonly problemStatement: Localized }>
  /** `code` names it within the agenda for ever: `O5`. */
  | Event<'ObjectiveAdded', { readonly code: string; readonly text: Localized }>
  | Event<'ObjectiveReworded', { readonly code: string; readonly text: Localized }>
  | Event<'ObjectiveEnded', { readonly code: string }>
  /** The whole theory of change of the next version; a version without one of its own has that of the version before. */
  | Event<
      'TheoryOfChangeDrafted',
      {
        /** The next one. */
        readonly version: number;
        readonly nodes: readonly TheoryNode[];
        readonly edges: readonly TheoryEdge[];
      }
    >
  /** What was drafted since the last version is now the common agenda. */
  | Event<'AgendaVersionAdopted', { readonly version: number; readonly decision: string }>;
