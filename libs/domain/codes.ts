/** The codelists of the domain, said once: types, validation, API docs and translations come from them. */
export const SECTORS = [
  'care',
  'housing',
  'work',
  'education',
  'leisure',
  'justice',
  'youth-work',
  'youth-care',
  'mental-health',
  'welfare',
  'local-government',
  'target-group',
  'other',
] as const;
export type Sector = (typeof SECTORS)[number];

export const NETWORK_KINDS = [
  'coalition',
  'movement',
  'integrated-partnership',
  'programme',
  'project',
  'local-network',
] as const;
export type NetworkKind = (typeof NETWORK_KINDS)[number];

/** `domain.md` §2.1. The operator belongs to no network. */
export const ROLES = [
  'member',
  'lead',
  'back-office',
  'secretary',
  'finance',
  'verifier',
  'data-steward',
  'coach',
  'funder',
  'auditor',
  'dpo',
] as const;
export type Role = (typeof ROLES)[number];
export type ActingRole = Role | 'operator' | 'process';

export const GROUP_KINDS = [
  'collective',
  'action-group',
  'steering-group',
  'think-tank',
  'writing-group',
  'working-group',
] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];

export const MATURITY_STAGES = ['single', 'ad-hoc', 'coordinated', 'integrated', 'ecosystem'] as const;
export type MaturityStage = (typeof MATURITY_STAGES)[number];

/** What a decision can be about; a network's mandates map each to the body that may decide on it. */
export const SUBJECT_KINDS = [
  'action',
  'policy-initiative',
  'agenda',
  'membership',
  'decision',
  'grant',
  'indicator',
  'recommendation',
  'other',
] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

export const OUTCOMES = ['approve', 'approve-with-conditions', 'decline', 'defer'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const DECISION_RULES = ['consent', 'majority', 'two-thirds', 'unanimity'] as const;
export type DecisionRule = (typeof DECISION_RULES)[number];

export const VOTES = ['for', 'against', 'abstain'] as const;
export type Vote = (typeof VOTES)[number];

/** Rules that a decision may set aside, with its reason. */
export const WAIVABLE = ['verdict-not-works', 'works-needs-evidence', 'minimum-observation'] as const;
export type Waivable = (typeof WAIVABLE)[number];

export const HORIZONS = ['short', 'medium', 'long'] as const;
export type Horizon = (typeof HORIZONS)[number];

export const ACTION_KINDS = ['regular', 'ongoing-offer', 'exploratory', 'supporting-offer'] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

export const SUSPENSION_CODES = ['force-majeure', 'funding', 'partner', 'safety', 'other'] as const;
export type SuspensionCode = (typeof SUSPENSION_CODES)[number];

export const EVALUATION_KINDS = ['interim', 'final', 'ex-post'] as const;
export type EvaluationKind = (typeof EVALUATION_KINDS)[number];

export const VERDICTS = ['works', 'works-partly', 'does-not-work', 'too-early', 'not-evaluable'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const POLARITIES = ['works', 'does-not-work'] as const;
export type Polarity = (typeof POLARITIES)[number];

export const VOICES = ['target-group', 'partner', 'staff'] as const;
export type VoiceSource = (typeof VOICES)[number];

/** Results-based accountability: how much, how well, is anyone better off. */
export const RBA = ['how-much', 'how-well', 'better-off'] as const;
export type Rba = (typeof RBA)[number];

/** What an indicator tells of: all people concerned (results), or what an action or network did (`domain.md` §4.2). */
export const ACCOUNTABILITIES = ['population', 'performance'] as const;
export type Accountability = (typeof ACCOUNTABILITIES)[number];

export const INDICATOR_LEVELS = ['output', 'outcome', 'impact'] as const;
export type IndicatorLevel = (typeof INDICATOR_LEVELS)[number];

/** What a value counts; `currency` is euro cents. */
export const UNITS = ['count', 'percent', 'ratio', 'currency', 'days', 'scale', 'text'] as const;
export type Unit = (typeof UNITS)[number];

/** How values of several scopes make one. `distinct-none`: distinct people, who are never added up (IND-4). */
export const AGGREGATIONS = ['sum', 'last', 'ratio-of-sums', 'weighted-mean', 'distinct-none'] as const;
export type Aggregation = (typeof AGGREGATIONS)[number];

export const FREQUENCIES = ['monthly', 'quarterly', 'half-yearly', 'yearly', 'irregular'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** Who may see its values: all, all once small numbers are hidden, or nobody outside. */
export const SENSITIVITIES = ['open', 'small-numbers', 'internal'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

/** What is measured: a network, or one of its actions. */
export const SCOPE_KINDS = ['network', 'action'] as const;
export type ScopeKind = (typeof SCOPE_KINDS)[number];

export const QUALITIES = ['measured', 'estimated', 'provisional'] as const;
export type Quality = (typeof QUALITIES)[number];

export const NEXT_STEPS = ['continue', 'adjust', 'broaden', 'close'] as const;
export type NextStep = (typeof NEXT_STEPS)[number];

export const BROADENINGS = ['region', 'target-group', 'partners', 'network', 'scale', 'supporting-offer'] as const;
export type BroadeningKind = (typeof BROADENINGS)[number];

export const CLOSING_OUTCOMES = ['achieved', 'partly', 'stopped', 'handed-over', 'not-feasible'] as const;
export type ClosingOutcome = (typeof CLOSING_OUTCOMES)[number];

export const ACTION_LINKS = ['reinforces', 'dependsOn', 'replaces'] as const;
export type ActionLink = (typeof ACTION_LINKS)[number];

export const OBSTACLE_CLASSES = [
  'history',
  'vision',
  'funding',
  'regulation',
  'capacity',
  'external',
  'other',
] as const;
export type ObstacleClass = (typeof OBSTACLE_CLASSES)[number];

export const ADJUSTMENT_BASES = ['evaluation', 'decision', 'obstacle'] as const;
export type AdjustmentBasis = (typeof ADJUSTMENT_BASES)[number];

/** How a cost is reckoned without its documents. */
export const COST_METHODS = ['flat-rate', 'unit-cost', 'lump-sum'] as const;
export type CostMethod = (typeof COST_METHODS)[number];

export const ROUNDINGS = ['half-up', 'down'] as const;
export type Rounding = (typeof ROUNDINGS)[number];

/** A period under a scheme, of the members, with others (schools, intermediaries), with other networks. */
export const AGREEMENT_KINDS = ['scheme-period', 'partnership', 'working-arrangement', 'inter-network'] as const;
export type AgreementKind = (typeof AGREEMENT_KINDS)[number];
/** Where money or value beside a grant comes from (the memo book). */
export const CONTRIBUTION_KINDS = ['own', 'other-grant', 'solidarity', 'in-kind'] as const;
export type ContributionKind = (typeof CONTRIBUTION_KINDS)[number];

/** What counts as own beside a drawing right: another grant does not. */
export const OWN_KINDS = ['own', 'solidarity', 'in-kind'] as const satisfies readonly ContributionKind[];
export type OwnKind = (typeof OWN_KINDS)[number];

/** Whether a drawing right is so much a year, or so much for its whole period. */
export const RIGHT_BASES = ['per-year', 'whole-period'] as const;
export type RightBasis = (typeof RIGHT_BASES)[number];

/** What the term for keeping documents counts from. */
export const RETENTION_ANCHORS = ['closure', 'last-payment', 'period-end'] as const;
export type RetentionAnchor = (typeof RETENTION_ANCHORS)[number];

/** `sectors` is looked after by the network: it falls back when the last member of one of its sectors leaves. */
export const CONDITION_KINDS = ['sectors', 'agreement', 'plan', 'exclusive-area', 'other'] as const;
export type ConditionKind = (typeof CONDITION_KINDS)[number];

export const CONDITION_STATUSES = [
  'open',
  'evidenced',
  'accepted',
  'rejected',
  'at-risk',
  'breached',
  'waived',
] as const;
export type ConditionStatus = (typeof CONDITION_STATUSES)[number];

export const VERIFICATION_OUTCOMES = ['accept', 'partly', 'reject'] as const;
export type VerificationOutcome = (typeof VERIFICATION_OUTCOMES)[number];

export const FINDING_OUTCOMES = ['upheld', 'withdrawn'] as const;
export type FindingOutcome = (typeof FINDING_OUTCOMES)[number];

export const REPORT_KINDS = ['interim', 'final'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** The five conditions of collective impact (`domain.md` §4.1). */
export const FIVE_CONDITIONS = [
  'common-agenda',
  'shared-measurement',
  'mutually-reinforcing',
  'continuous-communication',
  'backbone',
] as const;
export type FiveCondition = (typeof FIVE_CONDITIONS)[number];

export const SESSION_KINDS = ['workshop', 'interview', 'co-creation', 'learning-network', 'training', 'other'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

export const SESSION_TOPICS = [...FIVE_CONDITIONS, 'other'] as const;
export type SessionTopic = (typeof SESSION_TOPICS)[number];

/** Who may read what a session led to. */
export const CONFIDENTIALITIES = ['open', 'participants-only'] as const;
export type Confidentiality = (typeof CONFIDENTIALITIES)[number];

export const STEP_OWNERS = ['organisation', 'group', 'person'] as const;
export type StepOwner = (typeof STEP_OWNERS)[number];

export const CHANNELS = ['website', 'newsletter', 'mail', 'social-media', 'flyer', 'press', 'event', 'other'] as const;
export type Channel = (typeof CHANNELS)[number];

/** How well a claim is supported. */
export const STRENGTHS = ['weak', 'moderate', 'strong'] as const;
export type Strength = (typeof STRENGTHS)[number];

/** Of a theory of change (`domain.md` §4.3). */
export const THEORY_NODES = [
  'problem',
  'ambition',
  'objective',
  'precondition',
  'action',
  'output',
  'outcome',
  'impact',
  'assumption',
  'risk',
] as const;
export type TheoryNodeKind = (typeof THEORY_NODES)[number];

/** To whom a recommendation goes. */
export const RECOMMENDATION_LEVELS = ['organisation', 'city', 'flemish', 'federal', 'eu'] as const;
export type RecommendationLevel = (typeof RECOMMENDATION_LEVELS)[number];

/** What became of it there; `no-reply` at the date on which it was given up, until one comes after all. */
export const ANSWERS = ['accepted', 'partly', 'rejected', 'no-reply'] as const;
export type Answer = (typeof ANSWERS)[number];

/** A text in one or more of the product's languages. */
export interface Localized {
  readonly nl?: string;
  readonly fr?: string;
  readonly en?: string;
}
export const LANGUAGES = ['nl', 'fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
