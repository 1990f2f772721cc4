import type { Decide as KernelDecide, Event, Rejected } from '#kernel';

/** Every refusal of the domain. Each has its HTTP status and its text in nl, fr, en in `http/problems.ts`, which does not compile without. */
export type RejectionCode =
  // who
  | 'forbidden'
  | 'not-found'
  // any command
  | 'invalid-state'
  | 'unknown-reference'
  | 'reason-required'
  | 'decision-required'
  | 'occurred-in-future'
  | 'before-network-start'
  | 'late-registration'
  | 'out-of-order'
  // organisations, networks, groups, persons
  | 'already-exists'
  | 'invalid-enterprise-number'
  | 'not-a-member'
  | 'network-cycle'
  | 'parent-required'
  | 'lead-not-in-back-office'
  | 'steering-group-incomplete'
  | 'role-not-held'
  | 'role-already-held'
  // agendas and meetings
  | 'objective-exists'
  | 'objective-not-in-agenda'
  | 'nothing-to-adopt'
  | 'unknown-agenda-item'
  // decisions
  | 'no-decision-rule'
  | 'quorum-not-met'
  | 'not-entitled'
  | 'absent-from-meeting'
  | 'rule-not-met'
  | 'conditions-missing'
  | 'decision-not-about-this'
  | 'decision-annulled'
  | 'wrong-outcome'
  | 'before-decision'
  | 'decision-too-early'
  | 'no-mandate'
  | 'four-eyes'
  // actions
  | 'proposal-changed'
  | 'incomplete-proposal'
  | 'tree-too-deep'
  | 'not-resubmittable'
  | 'period-reversed'
  | 'provenance-cycle'
  | 'unknown-condition'
  | 'approval-conditions-open'
  | 'lead-required'
  | 'too-few-partners'
  | 'start-before-decision'
  | 'nothing-changed'
  | 'basis-unknown'
  | 'final-evaluation-required'
  | 'learnings-required'
  | 'reopen-window-passed'
  | 'already-partner'
  | 'not-a-partner'
  | 'last-objective'
  | 'works-needs-evidence'
  | 'minimum-observation'
  | 'evaluators-only-lead'
  | 'verdict-not-works'
  | 'no-evaluation'
  | 'next-step-settled'
  | 'not-correctable'
  | 'second-person-required'
  | 'value-differs'
  // schemes
  | 'share-over-whole'
  | 'cost-method-unclear'
  | 'scheme-not-valid'
  // grants
  | 'area-already-funded'
  | 'insufficient-unallocated'
  | 'insufficient-allocation'
  | 'commitment-exceeded'
  | 'category-not-eligible'
  | 'action-not-fundable'
  | 'grant-closed'
  | 'outside-period'
  | 'source-required'
  | 'eligible-over-gross'
  | 'split-mismatch'
  | 'rate-exceeded'
  | 'valuation-required'
  | 'double-funding'
  | 'document-differs'
  | 'unknown-method'
  | 'base-unclear'
  | 'base-used'
  | 'not-verified'
  | 'already-verified'
  | 'verifier-is-recorder'
  | 'eligible-required'
  | 'eligible-over-claimed'
  | 'refusals-mismatch'
  | 'correction-exceeded'
  | 'unverified-expenditure'
  | 'final-report-required'
  | 'instalment-unclear'
  | 'instalments-over-award'
  | 'instalment-settled'
  | 'conditions-open'
  | 'nothing-due'
  | 'insufficient-cash'
  | 'balance-exceeded'
  | 'recovery-exceeded'
  | 'condition-state'
  | 'sectors-missing'
  | 'cure-term-running'
  | 'finding-closed'
  | 'open-commitments'
  | 'money-committed'
  // agreements
  | 'agreement-incomplete'
  | 'agreement-overlap'
  | 'objective-carried-and-ended'
  | 'signature-required'
  // evidence
  | 'evidence-superseded'
  | 'retention-shortened'
  // drawing rights
  | 'own-share-unknown'
  | 'sum-too-large'
  | 'year-settled'
  | 'own-contribution-required'
  | 'right-exceeded'
  | 'former-year-open'
  // secondments
  | 'fte-over-100'
  | 'too-many-changes'
  | 'staff-cost-over-100';

export type Rejection = Rejected<RejectionCode>;

/** A business "no", with what the reader needs to act on it. */
export const reject = (code: RejectionCode, params: Readonly<Record<string, unknown>> = {}): Rejection => ({
  rejected: code,
  params,
});

/** Something that does not exist, or is not the caller's to see. `member` is the command's member that names it. */
export const unknown = (member: string, id: string): Rejection => reject('unknown-reference', { member, id });

export type Decide<C, S, E extends Event> = KernelDecide<C, S, E, RejectionCode>;
