import type { Event } from '#kernel';
import type { ActionKind, Horizon, Localized } from '../codes.ts';
import type { Carried, Partner, Plan } from '../action/events.ts';

/** What one version of a practice says. */
export interface Description {
  readonly title: Localized;
  /** How it is done. */
  readonly method: Localized;
  /** Where it worked. */
  readonly context: Localized;
  /** What it needs to work. */
  readonly conditions: Localized | null;
  /** The evaluation that says so. */
  readonly evaluation: string;
  /** Of what that evaluation says works. */
  readonly tags: readonly string[];
}

/** Names and shapes are storage formats: add, never rename. */
export type PracticeEvent =
  | Event<'PracticePublished', Description & { readonly version: number; readonly action: string }>
  | Event<'PracticeRevised', Description & { readonly version: number }>
  | Event<'PracticeWithdrawn'>
  /** A network takes it over: what its proposal begins with, as it was by then (BRD-3). */
  | Event<
      'PracticeAdopted',
      {
        /** The one that takes it over. */
        readonly network: string;
        readonly practiceVersion: number;
        readonly adaptations: string;
        readonly regions: readonly string[];
        readonly partners: readonly Partner[];
        readonly leadHint?: string;
        /** Of the action from which it was published. */
        readonly action: string;
        readonly actionNetwork: string;
        readonly actionKind: ActionKind;
        readonly root: string;
        readonly generation: number;
        readonly planVersion: number;
        readonly evaluation: string;
        readonly title: Localized;
        readonly targetGroup: string;
        readonly intendedChange: string;
        readonly horizon: Horizon;
        readonly plan: Plan;
        readonly carried: Carried;
      }
    >
  /** The receiving network's rules refused what the process proposed. */
  | Event<'PracticeAdoptionRefused', { readonly adoption: string; readonly network: string; readonly code: string }>;
