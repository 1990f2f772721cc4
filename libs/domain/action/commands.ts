import type { Json } from '#kernel';
import {
  ACTION_KINDS,
  ACTION_LINKS,
  ADJUSTMENT_BASES,
  BROADENINGS,
  CLOSING_OUTCOMES,
  EVALUATION_KINDS,
  HORIZONS,
  NEXT_STEPS,
  OBSTACLE_CLASSES,
  POLARITIES,
  RBA,
  RIGHT_BASES,
  STRENGTHS,
  SUSPENSION_CODES,
  VERDICTS,
  VOICES,
  type ActionKind,
  type ActionLink,
  type AdjustmentBasis,
  type BroadeningKind,
  type ClosingOutcome,
  type EvaluationKind,
  type Horizon,
  type Localized,
  type NextStep,
  type ObstacleClass,
  type Polarity,
  type Rba,
  type RightBasis,
  type Strength,
  type SuspensionCode,
  type Verdict,
  type VoiceSource,
} from '../codes.ts';
import {
  AnyText,
  Cents,
  Code,
  Codes,
  Command,
  DayField,
  DimensionValueGiven,
  Distinct,
  EvidenceGiven,
  Flag,
  Id,
  Ids,
  LocalizedText,
  Many,
  Moment,
  NisCodes,
  Nullable,
  One,
  OneOf,
  Optional,
  OrNull,
  PartnerGiven,
  ReasonGiven,
  Required,
  Text,
  Texts,
  Whole,
} from '../commands.ts';

export class PlanGiven {
  @Text(10_000) readonly text!: string;
  @Optional() @DayField() readonly from?: string;
  @Optional() @DayField() readonly until?: string;
}

/** What an action wants to do; a change says only what changes. */
class ContentGiven extends Command {
  @Optional() @LocalizedText() readonly title?: Localized;
  @Optional() @Id('The group that carries it.') readonly group?: string;
  @Optional() @Codes(1, 50, 'Codes of objectives of the adopted agenda.') readonly objectives?: readonly string[];
  @Optional() @Text(500, 'For whom: an age band, a situation; never a person.') readonly targetGroup?: string;
  @Optional() @NisCodes(1) readonly regions?: readonly string[];
  @Optional() @Text(5_000, 'What will be different for them.') readonly intendedChange?: string;
  @Optional() @OneOf(HORIZONS, 'When its effect can be expected.') readonly horizon?: Horizon;
  @Optional() @One(() => PlanGiven) readonly plan?: PlanGiven;
  @Nullable() @Cents(0, 'Euro cents; null: no budget is asked.') readonly budgetCents?: number | null;
}

export class ProposeAction extends ContentGiven {
  @Id() readonly network!: string;
  @Required() override readonly title!: Localized;
  @Required() override readonly group!: string;
  @Required() override readonly objectives!: readonly string[];
  @Required() override readonly targetGroup!: string;
  @Required() override readonly regions!: readonly string[];
  @Required() override readonly intendedChange!: string;
  @Required() override readonly horizon!: Horizon;
  @Required() override readonly plan!: PlanGiven;
  @Many(() => PartnerGiven) @Distinct('organisation') readonly partners!: readonly PartnerGiven[];
  @Optional() @OneOf(ACTION_KINDS, 'By default `regular`.') readonly kind?: ActionKind;
  @Optional() @Id('The action it is a part of; at most three levels.') readonly partOf?: string;
  @Optional() @Ids(1, 20, 'Actions whose lessons it takes up.') readonly inspiredBy?: readonly string[];
  @Optional()
  @Ids(1, 20, 'Sessions whose outcomes it takes up: of its network, or where its network was present.')
  readonly inspiredBySessions?: readonly string[];
  @Optional() @Id('The declined or withdrawn action that it proposes anew.') readonly resubmissionOf?: string;
}

export class ReviseProposal extends ContentGiven {}

export class DecideAction extends Command {
  @Id('The decision that names this action; its outcome is what happens.') readonly decisionRef!: string;
}

export class WithdrawAction extends Command {
  @Required() override readonly reason!: ReasonGiven;
}

export class MeetApprovalCondition extends Command {
  @Code('The code that the decision gave the condition.') readonly condition!: string;
  @Required() @Many(() => EvidenceGiven, 1, 20) override readonly evidence!: readonly EvidenceGiven[];
}

export class AssignLead extends Command {
  @Id('The person who becomes the lead (trekker).') readonly lead!: string;
}

export class TransferLead extends Command {
  @Id('The person who takes over.') readonly lead!: string;
  @Text(5_000, 'What the next lead must know.') readonly handOver!: string;
}

export class StartAction extends Command {}

export class BasisGiven {
  @OneOf(ADJUSTMENT_BASES) readonly kind!: AdjustmentBasis;
  @Id('Of the evaluation or obstacle (its event), or of the decision.') readonly ref!: string;
}

export class AdjustAction extends ContentGiven {
  @Required() override readonly reason!: ReasonGiven;
  @One(() => BasisGiven) readonly basis!: BasisGiven;
  @Optional()
  @Id('Needed when region, target group or objectives change, or the budget by more than the network allows.')
  readonly decisionRef?: string;
}

export class SuspendAction extends Command {
  @Required() override readonly reason!: ReasonGiven;
  @OneOf(SUSPENSION_CODES) readonly code!: SuspensionCode;
  @Optional() @DayField() readonly expectedUntil?: string;
}

export class ResumeAction extends Command {
  @Text(2_000, 'What has changed.') readonly note!: string;
}

export class PeriodGiven {
  @DayField() readonly from!: string;
  @DayField() readonly until!: string;
}

export class QuestionsAnswered {
  @Optional() @Text(5_000) readonly worked?: string;
  @Optional() @Text(5_000) readonly workedNot?: string;
  @Optional() @Text(5_000) readonly forWhom?: string;
  @Optional() @Text(5_000) readonly why?: string;
}

const MOST = 1_000_000_000_000;
const COPIED = 'Without an indicator it must be said; with one it is copied, and what is said must be the same.';

/** A value of an indicator, copied from what was measured of this action; or one that has no indicator, as it is said. */
export class IndicatorValueGiven {
  @Optional()
  @Id('Its value is copied from what was measured of this action, as it was known.')
  readonly indicator?: string;

  @Optional()
  @One(() => PeriodGiven, 'Of the indicator; by default the last one that was measured.')
  readonly period?: PeriodGiven;

  @Optional()
  @Many(() => DimensionValueGiven, 0, 5, 'Of the indicator; none for the total.')
  @Distinct('dimension')
  readonly dims?: readonly DimensionValueGiven[];

  @Optional() @Text(200, COPIED) readonly label?: string;
  @Optional() @OneOf(RBA, `How much, how well, or is anyone better off. ${COPIED}`) readonly rba?: Rba;
  @Optional() @Whole(-MOST, MOST, `The value, or the upper part of a ratio. ${COPIED}`) readonly numerator?: number;
  @Optional() @Whole(1, MOST, 'The lower part of a ratio: 12 of 17.') readonly denominator?: number;
  @Optional() @Whole(-MOST, MOST) readonly target?: number;
  @Optional()
  @Moment('Up to when it was known so; by default when the evaluation took place.')
  readonly knownAt?: string;
}

export class LearningGiven {
  @Text(2_000) readonly text!: string;
  @Code('The same tag in several actions makes a pattern: `vaste-begeleider`.') readonly tag!: string;
  @OneOf(POLARITIES) readonly polarity!: Polarity;
  @Optional() @Text(2_000) readonly context?: string;
}

export class VoicesGiven {
  @OneOf(VOICES) readonly source!: VoiceSource;
  @Whole(1, 1_000_000, 'How many were heard.') readonly n!: number;
}

export class EvaluateAction extends Command {
  @OneOf(EVALUATION_KINDS, '`ex-post` once the action is closed.') readonly kind!: EvaluationKind;
  @One(() => PeriodGiven) readonly period!: PeriodGiven;
  @Text(2_000) readonly method!: string;
  @One(() => QuestionsAnswered) readonly questions!: QuestionsAnswered;
  @OneOf(VERDICTS) readonly verdict!: Verdict;
  @Whole(1, 4, 'How sure: 1 (hardly) to 4 (very).') readonly confidence!: number;
  @Many(() => IndicatorValueGiven) readonly indicatorSnapshot!: readonly IndicatorValueGiven[];
  @Many(() => LearningGiven) readonly learnings!: readonly LearningGiven[];
  @Many(() => VoicesGiven) readonly voices!: readonly VoicesGiven[];
  @OneOf(NEXT_STEPS) readonly nextStep!: NextStep;
  @Ids(1, 50, 'Organisations; not only the one of the lead.') readonly evaluators!: readonly string[];
  @Optional() @Id('The group or body that confirms the verdict.') readonly confirmedBy?: string;
  @Optional() @Id('A decision that waives a rule of evaluating.') readonly decisionRef?: string;
}

export class DeclineNextStep extends Command {
  @Required() override readonly reason!: ReasonGiven;
}

export class BroadeningTargetGiven {
  @Id('The network that receives a proposal.') readonly network!: string;
  @NisCodes(1) readonly regions!: readonly string[];
  @Optional() @Text(500, 'By default that of this action.') readonly targetGroup?: string;
  @Many(() => PartnerGiven) @Distinct('organisation') readonly partners!: readonly PartnerGiven[];
  @Optional() @Text(5_000, 'What must be different there.') readonly adaptations?: string;
  @Optional() @Text(200, 'Who might lead it: an organisation or a function, never a name.') readonly leadHint?: string;
}

export class CarriedGiven {
  @Optional() @Text(5_000) readonly method?: string;
  @Texts(200) readonly indicators!: readonly string[];
  @Texts(2_000) readonly learnings!: readonly string[];
}

export class BroadenAction extends Command {
  @Optional() @Id('The decision to broaden; always needed.') readonly decisionRef?: string;
  @Id('The latest evaluation (its event).') readonly evaluationRef!: string;
  @OneOf(BROADENINGS) readonly kind!: BroadeningKind;
  @Many(() => BroadeningTargetGiven, 1, 50) readonly targets!: readonly BroadeningTargetGiven[];
  @Optional() @Id('The practice of this action that is followed.') readonly practice?: string;
  @One(() => CarriedGiven) readonly carried!: CarriedGiven;
}

export class OriginGiven {
  @Id('The parent.') readonly action!: string;
  @Id() readonly network!: string;
  @Id('The first of the line.') readonly root!: string;
  @Whole(1, 1_000_000) readonly planVersion!: number;
  @Id() readonly evaluation!: string;
  @OneOf(BROADENINGS) readonly kind!: BroadeningKind;
  @Whole(1, 1_000_000) readonly generation!: number;
  @Optional() @Text(5_000) readonly adaptations?: string;
  @Optional() @Text(200) readonly leadHint?: string;
  @Optional() @Id() readonly practice?: string;
  @Optional() @Whole(1, 1_000_000) readonly practiceVersion?: number;
  @One(() => CarriedGiven) readonly carried!: CarriedGiven;
}

/** The process manager's proposal in a receiving network (BRD-2): group and objective are for that network to add. */
export class ProposeBroadened extends Command {
  @Id() readonly network!: string;
  @LocalizedText() readonly title!: Localized;
  @Text(500) readonly targetGroup!: string;
  @NisCodes(1) readonly regions!: readonly string[];
  @Text(5_000) readonly intendedChange!: string;
  @OneOf(HORIZONS) readonly horizon!: Horizon;
  @One(() => PlanGiven) readonly plan!: PlanGiven;
  @OneOf(ACTION_KINDS) readonly kind!: ActionKind;
  @Many(() => PartnerGiven) readonly partners!: readonly PartnerGiven[];
  @One(() => OriginGiven) readonly derivedFrom!: OriginGiven;
}

export class NoteBroadeningRefused extends Command {
  @Id('The broadening (its event).') readonly broadening!: string;
  @Whole(0, 49, 'Which of its targets, from 0.') readonly target!: number;
  @Id() readonly network!: string;
  @Code('Why, as a code.') readonly code!: string;
}

export class CloseAction extends Command {
  @OneOf(CLOSING_OUTCOMES) readonly outcome!: ClosingOutcome;
  @Many(() => LearningGiven, 0, 100, 'Beside those of its evaluations.') readonly learnings!: readonly LearningGiven[];
  @Optional() @Id('Needed when the action is stopped.') readonly decisionRef?: string;
}

export class ReopenAction extends Command {
  @Required() override readonly reason!: ReasonGiven;
  @Optional() @Id('Always needed.') readonly decisionRef?: string;
}

export class JoinPartner extends Command {
  @Id() readonly organisation!: string;
  @Optional() @Text(200, 'What it does in the action, in its own words.') readonly role?: string;
}

export class LeavePartner extends Command {
  @Id() readonly organisation!: string;
}

export class ChangePartnerRole extends Command {
  @Id() readonly organisation!: string;
  @Text(200) readonly role!: string;
}

export class LinkObjective extends Command {
  @Code('Of an objective of the adopted agenda.') readonly objective!: string;
}

export class UnlinkObjective extends Command {
  @Code() readonly objective!: string;
}

export class LinkActions extends Command {
  @OneOf(ACTION_LINKS) readonly kind!: ActionLink;
  @Id('Another action of the network.') readonly action!: string;
}

export class MoveToGroup extends Command {
  @Id() readonly group!: string;
}

export class AddObstacle extends Command {
  @OneOf(OBSTACLE_CLASSES) readonly class!: ObstacleClass;
  @Text(5_000) readonly text!: string;
  @Flag('The text stays in the log and is shown to nobody until there is access control.')
  readonly confidential!: boolean;
}

export class RecordMilestone extends Command {
  @Text(2_000) readonly text!: string;
  @DayField() readonly date!: string;
}

export class ContributeInKind extends Command {
  @Id('Who puts it in.') readonly organisation!: string;
  @Text(200, 'A building, hours, a car: what is not money.') readonly what!: string;
  @Cents(1, 'Its value in euro cents.') readonly amountCents!: number;
  @OneOf(RIGHT_BASES, 'Whether that is its value in a year, or for the whole period.') readonly basis!: RightBasis;
  @Text(500, 'How it was valued: a comparable rent, a tariff.') readonly method!: string;
}

export class StateContribution extends Command {
  @Text(1_000, 'What changed.') readonly what!: string;
  @Text(500, 'For whom: a group, never a person.') readonly forWhom!: string;
  @Optional() @Text(500, 'How much, in words.') readonly howMuch?: string;
  @Text(2_000, 'What the action did for it.') readonly contribution!: string;
  @Text(2_000, 'What else may explain it.') readonly otherExplanations!: string;
  @OneOf(STRENGTHS, 'How well this is supported.') readonly strength!: Strength;
  @Optional() @Id('The evaluation of this action (its event) on which it rests.') readonly evaluation?: string;
}

export class AttachEvidence extends Command {
  @Required() @Many(() => EvidenceGiven, 1, 20) override readonly evidence!: readonly EvidenceGiven[];
  @Optional() @Text(2_000) readonly note?: string;
}

export class RequestFunding extends Command {
  @Cents(1) readonly amountCents!: number;
  @Text(2_000) readonly purpose!: string;
}

/** Given when money is allocated to the action. */
export class LinkGrant extends Command {
  @Id() readonly grant!: string;
}

export class CorrectRecord extends Command {
  @Required() override readonly reason!: ReasonGiven;
  @Id('The event that was wrong.') readonly event!: string;
  @Code('`occurredAt`, or the member of the event that was wrong.') readonly field!: string;
  @OrNull() @AnyText(10_000, 'Its value until now; null: it was not given.') readonly from!: Json;
  @AnyText(10_000, 'Its right value.') readonly to!: Json;
  @Id('A second person of the back office, who has seen it.') readonly confirmedBy!: string;
}
