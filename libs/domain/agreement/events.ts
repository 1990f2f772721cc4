import type { Day, Event } from '#kernel';
import type { AgreementKind } from '../codes.ts';
import type { Uncovered } from '../network/events.ts';

/** Both days belong to it; no `until`: it runs until it is ended. */
export interface AgreementPeriod {
  readonly from: Day;
  readonly until?: Day;
}

/** What becomes of the objectives of the agreement before. */
interface ObjectivesTaken {
  readonly carriedOver: readonly string[];
  readonly ended: readonly string[];
}

/** Names and shapes are storage formats: add, never rename. */
export type AgreementEvent =
  | Event<
      'AgreementDrafted',
      {
        readonly kind: AgreementKind;
        readonly title: string;
        readonly period: AgreementPeriod;
        /** Organisations. */
        readonly parties: readonly string[];
        /** Names of bodies that are not registered. */
        readonly thirdParties: readonly string[];
        readonly withNetworks: readonly string[];
        readonly scheme: string | null;
        /** The agreement before this one. */
        readonly succeeds: string | null;
        readonly objectives: ObjectivesTaken | null;
        /** Actions that it underpins. */
        readonly actions: readonly string[];
      }
    >
  | Event<'AgreementSigned', { readonly organisation: string }>
  | Event<'AgreementSubmitted'>
  | Event<'AgreementApproved'>
  | Event<'AgreementRefused'>
  | Event<'AgreementEnteredIntoForce'>
  | Event<'AgreementTerminated', { readonly uncovered?: readonly Uncovered[] }>
  /** The claim on the calendar under which it was to be drafted counts no more; written before there is a draft. */
  | Event<'AgreementClaimLapsed', { readonly claim: string }>;
