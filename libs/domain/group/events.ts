import type { Event } from '#kernel';
import type { DecisionRule, GroupKind } from '../codes.ts';

export interface Seat {
  readonly organisation: string;
  /** How many seats it has. */
  readonly seats: number;
}

/** Names and shapes are storage formats: add, never rename. */
export type GroupEvent =
  | Event<'GroupFounded', { readonly name: string; readonly kind: GroupKind; readonly purpose?: string }>
  | Event<'GroupRenamed', { readonly name: string }>
  | Event<'GroupsMerged', { readonly into: string }>
  | Event<'GroupEnded'>
  | Event<'GroupMemberAdded', { readonly organisation: string; readonly person?: string }>
  | Event<'GroupMemberRemoved', { readonly organisation: string }>
  | Event<'GroupLeadAssigned', { readonly lead: string }>
  | Event<'GroupLeadReleased', { readonly lead: string; readonly handOver?: string }>
  /** Null: it meets when there is reason to. */
  | Event<'CadenceSet', { readonly timesPerYear: number | null }>
  /** Makes the group a body that decides; `quorum` counts seats. */
  | Event<'DecisionRuleSet', { readonly quorum: number; readonly rule: DecisionRule; readonly seats: readonly Seat[] }>;
