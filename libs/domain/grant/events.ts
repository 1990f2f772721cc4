import type { Day, Event } from '#kernel';
import type { ConditionKind, FindingOutcome, ReportKind, Sector, VerificationOutcome } from '../codes.ts';
import type { SchemeTerms } from '../scheme/state.ts';

export interface Period {
  readonly from: Day;
  readonly until: Day;
}

/** Where an expenditure's money comes from. Its members add up to the eligible amount (LED-4). */
export interface Split {
  readonly grantCents: number;
  readonly ownCents: number;
  readonly otherGrantCents: number;
  readonly solidarityCents: number;
  readonly inKindCents: number;
}

/** What money is set aside for: an action, and a category of cost within it. */
export interface Purpose {
  readonly action: string;
  readonly category: string;
}

export interface Supplier {
  readonly name: string;
  /** Ten digits; null for one without. */
  readonly enterpriseNumber: string | null;
}

/** An invoice, a pay slip …: supplier, number and date identify it (LED-4). */
export interface SupportingDocument {
  readonly supplier: Supplier;
  readonly number: string;
  readonly date: Day;
  readonly grossCents: number;
  readonly sha256: string;
}

export interface GrantCondition {
  readonly code: string;
  readonly text: string;
  readonly kind: ConditionKind;
  /** Of kind `sectors`: each has a member of the network, of those who signed the agreement where one is named. */
  readonly sectors: readonly Sector[];
  readonly agreement?: string;
}

/** Fixed in cents, a share of the award at the moment it is asked for, or the balance. */
export interface Instalment {
  readonly code: string;
  readonly cents: number | null;
  readonly share: { readonly num: number; readonly den: number } | null;
  readonly dueOn: Day | null;
  /** Codes of the conditions that must be accepted or waived first. */
  readonly requires: readonly string[];
}

/** The letter, order or decree by which the funder decided. */
interface FunderDecision {
  readonly reference: string;
  readonly date: Day;
}

export interface Award {
  readonly title: string;
  readonly funder: string;
  readonly scheme: string;
  readonly schemeVersion: number;
  /** As they were when it was awarded: a later version of the scheme changes nothing here. */
  readonly terms: SchemeTerms;
  readonly amountCents: number;
  readonly period: Period;
  readonly area: string | null;
  readonly funderDecision: FunderDecision;
  readonly conditions: readonly GrantCondition[];
  readonly instalments: readonly Instalment[];
  readonly externalCodes: readonly string[];
  /** Its claim on the working area. */
  readonly claim?: string;
}

/** What closing comes to (LED-9). */
export interface Settlement {
  readonly lapsed: {
    readonly unallocatedCents: number;
    readonly allocated: readonly (Purpose & { readonly cents: number })[];
    readonly committed: readonly (Purpose & { readonly commitment: string; readonly cents: number })[];
  };
  readonly lapsedCents: number;
  readonly entitlementCents: number;
  /** Positive: still to be received. */
  readonly balanceCents: number;
  /** What is to be repaid because of it, beyond what already was. */
  readonly recoveryCents: number;
  readonly recoverBy?: Day;
}

interface OnCommitment extends Purpose {
  readonly commitment: string;
}
interface OnExpenditure extends Purpose {
  readonly expenditure: string;
}
interface Booked extends Purpose {
  readonly period: Period;
  readonly eligibleCents: number;
  readonly split: Split;
}
interface Condition {
  readonly condition: string;
}

/**
 * Names and shapes are storage formats: add, never rename. What a money event moves is told by the event alone
 * (`postings.ts`), so that the journal can be replayed at any place.
 */
export type GrantEvent =
  | Event<
      'GrantApplied',
      {
        readonly title: string;
        readonly scheme: string;
        readonly area: string | null;
        readonly requestedCents: number;
        readonly period: Period;
      }
    >
  | Event<'ApplicationRefused'>
  | Event<'GrantAwarded', Award>
  | Event<'AwardAmended', { readonly deltaCents: number; readonly funderDecision: FunderDecision }>
  | Event<'Allocated', Purpose & { readonly amountCents: number }>
  | Event<'Transferred', { readonly from: Purpose; readonly to: Purpose; readonly amountCents: number }>
  | Event<'Deallocated', Purpose & { readonly amountCents: number }>
  /** The commitment's id is the event's. */
  | Event<'Committed', Purpose & { readonly amountCents: number; readonly title: string; readonly supplier: Supplier }>
  | Event<'CommitmentAmended', OnCommitment & { readonly deltaCents: number }>
  | Event<'CommitmentReleased', OnCommitment & { readonly amountCents: number }>
  /** From another action: so much of it. */
  | Event<'CommitmentCarried', OnCommitment & { readonly from: string; readonly amountCents: number }>
  /** The expenditure's id is the event's. */
  | Event<
      'ExpenditureRecorded',
      Booked & {
        readonly commitment?: string;
        /** The supporting document's id. */
        readonly document: string;
        readonly supporting: SupportingDocument;
        /** The claim on the document that it books. */
        readonly claim: string;
        readonly valuation?: string;
        /** Of a seconded person's pay: whose stream, and how much of their time. */
        readonly staff?: { readonly secondee: string; readonly shareBp: number; readonly claim: string };
      }
    >
  | Event<
      'SimplifiedCostRecorded',
      Booked & {
        readonly method: string;
        /** Of a flat rate: the expenditures on which it is reckoned, and what they come to. */
        readonly base: readonly string[];
        readonly baseCents: number;
        /** Of unit costs. */
        readonly quantity: number;
      }
    >
  | Event<
      'ExpenditureVerified',
      OnExpenditure & {
        readonly outcome: VerificationOutcome;
        readonly eligibleCents: number;
        /** What is accepted, and by how much each line is less than what was claimed. */
        readonly split: Split;
        readonly reduced: Split;
        readonly refusals: readonly { readonly cents: number; readonly reason: string }[];
      }
    >
  | Event<
      'ExpenditureCorrected',
      OnExpenditure & {
        readonly amountCents: number;
        readonly to: 'corrected' | 'allocated' | 'lapsed';
        readonly ground: string;
        readonly finding?: string;
        readonly recoveryCents: number;
        readonly recoverBy?: Day;
      }
    >
  | Event<'InstalmentPlanned', Instalment>
  | Event<'InstalmentRequested', { readonly instalment: string; readonly amountCents: number }>
  | Event<
      'InstalmentReceived',
      { readonly instalment: string; readonly amountCents: number; readonly bankReference: string }
    >
  | Event<'InstalmentWithheld', { readonly instalment: string }>
  | Event<'BalanceReceived', { readonly amountCents: number; readonly bankReference: string }>
  | Event<
      'PartnerPaid',
      { readonly organisation: string; readonly amountCents: number; readonly bankReference: string }
    >
  | Event<
      'PartnerRepaid',
      { readonly organisation: string; readonly amountCents: number; readonly bankReference: string }
    >
  | Event<'RecoveryRaised', { readonly amountCents: number; readonly ground: string; readonly recoverBy: Day }>
  | Event<
      'FunderRepaid',
      { readonly amountCents: number; readonly settledCents: number; readonly bankReference: string }
    >
  | Event<'ConditionEvidenced', Condition>
  | Event<'ConditionAccepted', Condition>
  | Event<'ConditionRejected', Condition>
  | Event<'ConditionAtRisk', Condition & { readonly sectors: readonly Sector[]; readonly cureBy: Day }>
  | Event<'ConditionBreached', Condition>
  | Event<'ConditionWaived', Condition>
  /** The finding's id is the event's. */
  | Event<'AuditFindingRaised', { readonly text: string; readonly expenditure?: string; readonly amountCents?: number }>
  | Event<'AuditFindingAnswered', { readonly finding: string; readonly text: string }>
  | Event<'AuditFindingClosed', { readonly finding: string; readonly outcome: FindingOutcome; readonly text: string }>
  | Event<'ReportSubmitted', { readonly kind: ReportKind; readonly period: Period }>
  | Event<'GrantSuspended'>
  | Event<'GrantResumed'>
  | Event<'GrantClosed', Settlement>
  | Event<'GrantTerminated', Settlement>
  /** The claim never led to a booking, and the room was needed: who still comes with it must claim anew. */
  | Event<'ClaimLapsed', { readonly claim: string }>;
