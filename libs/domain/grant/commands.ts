import {
  CONDITION_KINDS,
  FINDING_OUTCOMES,
  REPORT_KINDS,
  SECTORS,
  VERIFICATION_OUTCOMES,
  type ConditionKind,
  type FindingOutcome,
  type ReportKind,
  type Sector,
  type VerificationOutcome,
} from '../codes.ts';
import {
  Cents,
  Code,
  Codes,
  Command,
  DayField,
  Distinct,
  EvidenceGiven,
  FunderDecisionGiven,
  Id,
  Ids,
  Many,
  One,
  OneOf,
  Optional,
  PeriodGiven,
  Rate,
  RateGiven,
  ReasonGiven,
  Required,
  SomeOf,
  SupplierGiven,
  SupportingDocumentGiven,
  Text,
  Whole,
} from '../commands.ts';

const MOST_CENTS = 1_000_000_000_000;

export class GrantConditionGiven {
  @Code('By which it is named: `C1`.') readonly code!: string;
  @Text(1_000) readonly text!: string;

  @Optional()
  @OneOf(CONDITION_KINDS, 'By default `other`. `sectors` falls back by itself when the last member of a sector leaves.')
  readonly kind?: ConditionKind;

  @Optional()
  @SomeOf(SECTORS, 'Of kind `sectors`: each must have a member of the network.')
  readonly sectors?: readonly Sector[];

  @Optional()
  @Id('Of kind `sectors`: only members that signed this agreement count; of kind `agreement`: it must be in force.')
  readonly agreement?: string;
}

export class InstalmentGiven {
  @Code('By which it is named.') readonly code!: string;

  @Optional()
  @Cents(1, 'Fixed, in euro cents. An instalment has `amountCents` or `share`; with neither it is the balance.')
  readonly amountCents?: number;

  @Optional() @Rate('Of the award at the moment it is asked for, rounded down.') readonly share?: RateGiven;
  @Optional() @DayField() readonly dueOn?: string;

  @Optional()
  @Codes(0, 50, 'Conditions that must be accepted or waived before it is requested or received.')
  readonly requires?: readonly string[];
}

class AwardGiven extends Command {
  @Id('The organisation that grants.') readonly funder!: string;
  @Cents(1) readonly amountCents!: number;
  @One(() => FunderDecisionGiven) readonly funderDecision!: FunderDecisionGiven;
  @Optional()
  @Many(() => GrantConditionGiven, 0, 50, 'What the funder asks; instalments name them by their codes.')
  @Distinct('code')
  readonly conditions?: readonly GrantConditionGiven[];

  @Optional()
  @Many(() => InstalmentGiven, 0, 100, 'By default as the scheme plans them.')
  @Distinct('code')
  readonly instalments?: readonly InstalmentGiven[];

  @Optional()
  @Codes(0, 20, 'Codes by which others account for it: an action of the municipality’s plan.')
  readonly externalCodes?: readonly string[];
}

/** Where nobody applied through Spoor: the grant begins with its award. */
export class AwardGrant extends AwardGiven {
  @Id('The network that receives it.') readonly network!: string;
  @Text() readonly title!: string;
  @Id('Its version that holds on the first day of the period is copied into the award.') readonly scheme!: string;
  @One(() => PeriodGiven, 'In which costs are eligible.') readonly period!: PeriodGiven;
  @Optional()
  @Code('The working area, by the scheme’s own codes; required where the scheme takes one grant in an area.')
  readonly area?: string;
}

export class AwardApplication extends AwardGiven {
  @Optional() @One(() => PeriodGiven, 'By default as applied for.') readonly period?: PeriodGiven;
}

export class ApplyForGrant extends Command {
  @Id('The network that applies.') readonly network!: string;
  @Text() readonly title!: string;
  @Id('It has a version that holds on the first day of the period.') readonly scheme!: string;
  @Optional()
  @Code('The working area, by the scheme’s own codes; required where the scheme takes one grant in an area.')
  readonly area?: string;
  @Cents(1) readonly requestedCents!: number;
  @One(() => PeriodGiven) readonly period!: PeriodGiven;
}

export class RefuseApplication extends Command {
  @Required() override readonly reason!: ReasonGiven;
}

export class AmendAward extends Command {
  @Whole(-MOST_CENTS, MOST_CENTS, 'More, or (below zero) less, in euro cents.') readonly deltaCents!: number;
  @One(() => FunderDecisionGiven) readonly funderDecision!: FunderDecisionGiven;
}

export class PurposeGiven {
  @Id('Of the network of the grant.') readonly action!: string;
  @Optional() @Code('A category of cost; by default `general`.') readonly category?: string;
}

class OnPurpose extends Command {
  @Id('Of the network of the grant.') readonly action!: string;
  @Optional() @Code('A category of cost; by default `general`.') readonly category?: string;
}

export class Allocate extends OnPurpose {
  @Cents(1) readonly amountCents!: number;
  @Id('A decision that names the action or the grant.') readonly decisionRef!: string;
}

export class Deallocate extends OnPurpose {
  @Cents(1) readonly amountCents!: number;
  @Id('A decision that names the action or the grant.') readonly decisionRef!: string;
}

export class Transfer extends Command {
  @One(() => PurposeGiven) readonly from!: PurposeGiven;
  @One(() => PurposeGiven) readonly to!: PurposeGiven;
  @Cents(1) readonly amountCents!: number;
  @Id('A decision that names the receiving action or the grant.') readonly decisionRef!: string;
}

export class Commit extends OnPurpose {
  @Cents(1) readonly amountCents!: number;
  @Text(200, 'What is ordered.') readonly title!: string;
  @One(() => SupplierGiven) readonly supplier!: SupplierGiven;

  @Required()
  @Many(() => EvidenceGiven, 1, 20, 'The contract or order.')
  override readonly evidence!: readonly EvidenceGiven[];
}

export class AmendCommitment extends Command {
  @Id('Event id of the commitment.') readonly commitment!: string;
  @Whole(-MOST_CENTS, MOST_CENTS, 'More, or (below zero) less, in euro cents.') readonly deltaCents!: number;
}

export class ReleaseCommitment extends Command {
  @Id('Event id of the commitment.') readonly commitment!: string;
  @Optional() @Cents(1, 'Euro cents; by default all that is left of it.') readonly amountCents?: number;
}

export class CarryCommitment extends Command {
  @Id('Event id of the commitment.') readonly commitment!: string;
  @Id('The action that takes it over: approved or active.') readonly to!: string;
  @Id('The decision on which it moves: about that action or about the grant.') readonly decisionRef!: string;
}

export class SplitGiven {
  @Cents(0, 'From this grant, in euro cents.') readonly grantCents!: number;
  @Optional() @Cents(0, 'Own means.') readonly ownCents?: number;
  @Optional() @Cents(0, 'Another subsidy.') readonly otherGrantCents?: number;
  @Optional() @Cents(0, 'Solidarity contribution: a discount, a gift.') readonly solidarityCents?: number;
  @Optional() @Cents(0, 'In kind: volunteer hours, a room. Never paid out.') readonly inKindCents?: number;
}

export class StaffGiven {
  @Id('The seconded person whose pay it is.') readonly secondee!: string;
  @Whole(1, 10_000, 'How much of their pay in this period this grant takes, in hundredths of a percent.')
  readonly shareBp!: number;
}

export class RecordExpenditure extends Command {
  @Optional() @Id('Event id of the commitment from which it is paid.') readonly commitment?: string;
  @Optional() @Id('The action, where no commitment is named.') readonly action?: string;
  @Optional() @Code('The category, where no commitment is named; by default `general`.') readonly category?: string;
  @One(() => SupportingDocumentGiven) readonly document!: SupportingDocumentGiven;
  @One(() => PeriodGiven, 'In which it was delivered or worked: within that of the grant, and while the action ran.')
  readonly period!: PeriodGiven;
  @Cents(1, 'What of the document is eligible, in euro cents.') readonly eligibleCents!: number;

  @Optional()
  @One(
    () => SplitGiven,
    'Where the eligible amount comes from, to the cent: this grant and other ones at most `maxPublicShare` of it. By default that share from this grant, rounded down, and the rest own.',
  )
  readonly split?: SplitGiven;

  @Optional()
  @Text(500, 'How what is in kind or solidarity was valued; required where there is any.')
  readonly valuation?: string;
  @Optional() @One(() => StaffGiven, 'Where it is the pay of a seconded person.') readonly staff?: StaffGiven;
}

export class RecordSimplifiedCost extends OnPurpose {
  @Code('A simplified cost of the scheme’s terms.') readonly method!: string;
  @Optional()
  @Ids(1, 500, 'Of a flat rate: event ids of the verified expenditures on which it is reckoned.')
  readonly base?: readonly string[];
  @Optional() @Whole(1, 1_000_000, 'Of a unit cost: how many units.') readonly quantity?: number;
  @One(() => PeriodGiven) readonly period!: PeriodGiven;
}

export class RefusalGiven {
  @Cents(1) readonly cents!: number;
  @Text(500) readonly reason!: string;
}

export class VerifyExpenditure extends Command {
  @Id('Event id of the expenditure.') readonly expenditure!: string;
  @OneOf(VERIFICATION_OUTCOMES, '`partly` takes `eligibleCents` and `refusals`, `reject` takes `refusals`.')
  readonly outcome!: VerificationOutcome;
  @Optional() @Cents(1, 'Of `partly`: what is eligible, in euro cents.') readonly eligibleCents?: number;

  @Optional()
  @Many(() => RefusalGiven, 0, 50, 'Of `partly` and `reject`: why each cent is refused; together all that is.')
  readonly refusals?: readonly RefusalGiven[];
}

export class CorrectExpenditure extends Command {
  @Id('Event id of the expenditure.') readonly expenditure!: string;
  @Cents(1, 'What of the accepted grant share is taken back, in euro cents.') readonly amountCents!: number;
  @Text(500) readonly ground!: string;
  @Optional() @Id('Event id of the finding on which it rests.') readonly finding?: string;
}

export class PlanInstalment extends Command {
  @One(() => InstalmentGiven) readonly instalment!: InstalmentGiven;
}

export class RequestInstalment extends Command {
  @Code('As the award or the plan names it.') readonly instalment!: string;
}

class Payment extends Command {
  @Cents(1) readonly amountCents!: number;
  @Text(100, 'Of the bank statement.') readonly bankReference!: string;
}

export class ReceiveInstalment extends Command {
  @Code('As the award or the plan names it.') readonly instalment!: string;
  @Optional() @Cents(1, 'What came in, in euro cents; by default what was planned.') readonly amountCents?: number;
  @Text(100, 'Of the bank statement.') readonly bankReference!: string;
}

export class WithholdInstalment extends Command {
  @Code('As the award or the plan names it.') readonly instalment!: string;
  @Required() override readonly reason!: ReasonGiven;
}

export class ReceiveBalance extends Payment {}

export class PayPartner extends Payment {
  @Id('The organisation that is paid.') readonly organisation!: string;
}

export class TakeBackFromPartner extends Payment {
  @Id('The organisation that was paid and pays back.') readonly organisation!: string;
}

export class RaiseRecovery extends Command {
  @Cents(1) readonly amountCents!: number;
  @Text(500) readonly ground!: string;
}

export class RepayFunder extends Payment {}

class OnCondition extends Command {
  @Code('As the award names it: `C1`.') readonly condition!: string;
}

export class EvidenceCondition extends OnCondition {}
export class AcceptCondition extends OnCondition {}

export class RejectCondition extends OnCondition {
  @Required() override readonly reason!: ReasonGiven;
}

export class WaiveCondition extends OnCondition {
  @Required() override readonly reason!: ReasonGiven;
}

export class FlagCondition extends OnCondition {
  @Required() override readonly reason!: ReasonGiven;
}

export class PutConditionAtRisk extends OnCondition {
  @SomeOf(SECTORS) readonly sectors!: readonly Sector[];
}

export class BreachCondition extends OnCondition {
  @Required() override readonly reason!: ReasonGiven;
}

export class RaiseFinding extends Command {
  @Text(5_000) readonly text!: string;
  @Optional() @Id('Event id of the expenditure it is about.') readonly expenditure?: string;
  @Optional() @Cents(1, 'The money at stake, in euro cents.') readonly amountCents?: number;
}

export class AnswerFinding extends Command {
  @Id('Event id of the finding.') readonly finding!: string;
  @Text(5_000) readonly text!: string;
}

export class CloseFinding extends Command {
  @Id('Event id of the finding.') readonly finding!: string;
  @OneOf(FINDING_OUTCOMES, 'What is upheld takes no money back by itself: `correct-expenditure` does.')
  readonly outcome!: FindingOutcome;
  @Text(5_000) readonly text!: string;
}

export class SubmitReport extends Command {
  @OneOf(REPORT_KINDS, 'A grant closes after a `final` one.') readonly kind!: ReportKind;
  @One(() => PeriodGiven) readonly period!: PeriodGiven;

  @Required()
  @Many(() => EvidenceGiven, 1, 20, 'The report.')
  override readonly evidence!: readonly EvidenceGiven[];
}

export class SuspendGrant extends Command {
  @Required() override readonly reason!: ReasonGiven;
}

export class ResumeGrant extends Command {}

export class CloseGrant extends Command {}

export class TerminateGrant extends Command {
  @Required() override readonly reason!: ReasonGiven;
}

export class LapseClaim extends Command {
  @Id() readonly grant!: string;
  @Id('The network of the grant.') readonly network!: string;
  @Id() readonly claim!: string;
}
