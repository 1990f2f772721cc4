import type { Event } from '#kernel';
import type { Channel, MaturityStage, NetworkKind, Sector } from '../codes.ts';
import type { Policy } from './policy.ts';

export interface WatchedCondition {
  readonly grant: string;
  readonly condition: string;
  readonly sectors: readonly Sector[];
  /** Only members that signed this agreement count. */
  readonly agreement?: string;
}

/** A watched condition that lost its last member of these sectors. */
export interface Uncovered {
  readonly grant: string;
  readonly condition: string;
  readonly sectors: readonly Sector[];
}

/** Names and shapes are storage formats: add, never rename. */
export type NetworkEvent =
  | Event<
      'NetworkFounded',
      {
        readonly kind: NetworkKind;
        readonly name: string;
        /** NIS codes of municipalities. */
        readonly regions: readonly string[];
        readonly parent: string | null;
        /** The organisation at whose request it was set up. */
        readonly sponsor?: string;
      }
    >
  | Event<'NetworkRenamed', { readonly name: string }>
  | Event<'ParentLinked', { readonly parent: string | null }>
  | Event<'PolicySet', { readonly policy: Partial<Policy> }>
  | Event<'RegionChanged', { readonly regions: readonly string[] }>
  | Event<'OrganisationInvited', { readonly organisation: string; readonly missingActor?: number }>
  | Event<
      'MemberJoined',
      {
        readonly organisation: string;
        readonly sector: Sector;
        readonly seat: string;
        readonly representsTargetGroup: boolean;
      }
    >
  | Event<
      'MemberSeatChanged',
      {
        readonly organisation: string;
        readonly sector: Sector;
        readonly seat: string;
        readonly representsTargetGroup: boolean;
        readonly uncovered?: readonly Uncovered[];
      }
    >
  | Event<'MemberLeft', { readonly organisation: string; readonly uncovered?: readonly Uncovered[] }>
  /** A condition of a grant asks for these sectors: the network says when it loses one. */
  | Event<'ConditionWatched', WatchedCondition>
  /** Numbered within the network, from 1. */
  | Event<
      'MissingActorIdentified',
      { readonly number: number; readonly sector: Sector; readonly description: string; readonly group?: string }
    >
  | Event<'MissingActorResolved', { readonly number: number; readonly organisation?: string }>
  | Event<'MaturityAssessed', { readonly stage: MaturityStage; readonly findings: string }>
  /** It occurs when it went out. */
  | Event<
      'CommunicationLogged',
      {
        readonly channel: Channel;
        /** For whom: a segment, never a person. */
        readonly audience: string;
        readonly title: string;
        /** How many it reached, where that is known. */
        readonly reach?: number;
      }
    >
  /** How far the network has moved from the one way of working to the other: 1 (not yet) to 5 (wholly). */
  | Event<
      'SystemChangeAssessed',
      { readonly code: string; readonly from: string; readonly to: string; readonly score: number }
    >
  /** All its tags from then on. */
  | Event<'CohortTagged', { readonly tags: readonly string[] }>
  | Event<'NetworkEnded'>;
