import type { NetworkKind, Sector, SubjectKind } from '../codes.ts';

/** What a network decides for itself within the rules of `domain.md` §2. */
export interface Policy {
  /** GRP-1: a lead is in the back office on the day it begins. */
  readonly leadInBackOffice: boolean;
  /** GRP-3: the steering group holds each partner. */
  readonly steeringGroupHoldsMembers: boolean;
  /** Partner organisations an action needs to start (M1). */
  readonly minimumPartners: number;
  readonly requiredSectors: readonly Sector[];
  /** Which body (a group) decides on which kind of subject; any body where none is named. */
  readonly mandates: Partial<Readonly<Record<SubjectKind, string>>>;
  /** A fact registered later than this needs the reason `late-registration` (ACT-4). */
  readonly backDatingDays: number;
  /** EVAL-3: days from the start before a verdict other than too-early. */
  readonly minimumObservationDays: { readonly short: number; readonly medium: number; readonly long: number };
  /** EVAL-1: verdict works needs a better-off value and a target-group voice. */
  readonly worksNeedsEvidence: boolean;
  readonly reopenWindowDays: number;
  /** A change of budget above this percentage is a major adjustment, for which a decision is needed. */
  readonly majorBudgetChangePercent: number;
  /** Below how many a count is too small to be published (5 at least), and whether zero is too. */
  readonly disclosure: { readonly k: number; readonly suppressZero: boolean };
  /** How long a submitted recommendation may be without a reply. */
  readonly recommendationReplyDays: number;
}

const COMMON: Policy = {
  leadInBackOffice: false,
  steeringGroupHoldsMembers: false,
  minimumPartners: 2,
  requiredSectors: [],
  mandates: {},
  backDatingDays: 90,
  minimumObservationDays: { short: 90, medium: 180, long: 365 },
  worksNeedsEvidence: true,
  reopenWindowDays: 365,
  majorBudgetChangePercent: 20,
  disclosure: { k: 5, suppressZero: false },
  recommendationReplyDays: 90,
};

/** The policy a network of this kind has until it sets its own. */
export function defaultPolicy(kind: NetworkKind): Policy {
  return {
    ...COMMON,
    leadInBackOffice: kind === 'coalition',
    steeringGroupHoldsMembers: kind === 'local-network',
  };
}
