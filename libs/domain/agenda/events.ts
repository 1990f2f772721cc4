import type { Event } from '#kernel';
import type { Localized } from '../codes.ts';

/** Names and shapes are storage formats: add, never rename. One agenda a network, with the network's id. */
export type AgendaEvent =
  /** The texts of the next version; objectives stay as they are. */
  | Event<'AgendaDrafted', { readonly ambition: Localized; readonly problemStatement: Localized }>
  /** `code` names it within the agenda for ever: `O5`. */
  | Event<'ObjectiveAdded', { readonly code: string; readonly text: Localized }>
  | Event<'ObjectiveReworded', { readonly code: string; readonly text: Localized }>
  | Event<'ObjectiveEnded', { readonly code: string }>
  /** What was drafted since the last version is now the common agenda. */
  | Event<'AgendaVersionAdopted', { readonly version: number; readonly decision: string }>;
