import {
  OUTCOMES,
  SUBJECT_KINDS,
  VOTES,
  WAIVABLE,
  type Outcome,
  type SubjectKind,
  type Vote,
  type Waivable,
} from '../codes.ts';
import {
  Code,
  Command,
  DayField,
  Distinct,
  Id,
  Ids,
  Many,
  Moment,
  OneOf,
  Optional,
  Text,
  Texts,
  Whole,
} from '../commands.ts';

export const MODES = ['meeting', 'written'] as const;
export const GROUNDS = ['evaluation', 'measurement', 'decision', 'document'] as const;

export class SubjectGiven {
  @OneOf(SUBJECT_KINDS) readonly kind!: SubjectKind;

  @Optional()
  @Id(
    'Of the action, agenda, decision, grant, indicator, recommendation or (membership) organisation; a policy initiative has none.',
  )
  readonly id?: string;

  @Optional()
  @Whole(1, 100_000, 'Of an action: the version of the proposal on the table; by default the last one.')
  readonly proposalVersion?: number;

  @Optional() @Text() readonly title?: string;
}

export class ConditionGiven {
  @Code('Names it within the decision: `C1`.') readonly code!: string;
  @Text(1_000) readonly text!: string;
}

export class VoteGiven {
  @Id() readonly organisation!: string;
  @OneOf(VOTES) readonly vote!: Vote;
}

export class DissentGiven {
  @Optional() @Id() readonly organisation?: string;
  @Text(2_000) readonly text!: string;
}

export class GroundGiven {
  @OneOf(GROUNDS) readonly kind!: (typeof GROUNDS)[number];
  @Text(200, 'Id of the evaluation, measurement (its event) or decision; title or SHA-256 of the document.')
  readonly ref!: string;
}

export class WaiverGiven {
  @OneOf(WAIVABLE) readonly rule!: Waivable;
  @Text(1_000) readonly reason!: string;
}

export class RecordDecision extends Command {
  @Id() readonly network!: string;
  @Id('The group that decides.') readonly body!: string;
  @OneOf(MODES) readonly mode!: (typeof MODES)[number];
  @Optional() @Id('Of a decision in a meeting.') readonly meeting?: string;
  @Many(() => SubjectGiven, 1, 50) readonly subjects!: readonly SubjectGiven[];
  @Text(5_000) readonly proposal!: string;
  @Optional() @Texts(2_000, 20, 'What else was considered.') readonly alternatives?: readonly string[];
  @OneOf(OUTCOMES) readonly outcome!: Outcome;

  @Optional()
  @Many(() => ConditionGiven, 0, 50, 'Of an approval with conditions.')
  @Distinct('code')
  readonly conditions?: readonly ConditionGiven[];

  @Ids(0, 200, 'Organisations with a seat.') readonly present!: readonly string[];

  @Optional()
  @Many(() => VoteGiven, 0, 200, 'For consent, those against are enough.')
  @Distinct('organisation')
  readonly votes?: readonly VoteGiven[];

  @Optional()
  @Many(() => DissentGiven, 0, 200, 'Reservations for the record; they block nothing.')
  readonly dissent?: readonly DissentGiven[];

  @Optional()
  @Ids(0, 200, 'Organisations that declared a conflict of interest and abstained.')
  readonly conflicts?: readonly string[];

  @Text(5_000) readonly rationale!: string;
  @Optional() @Many(() => GroundGiven, 0, 50, 'What the body had before it.') readonly grounds?: readonly GroundGiven[];
  @Optional() @DayField('From when it holds; by default its date.') readonly effectiveFrom?: string;
  @Optional() @DayField('When the body looks at it again.') readonly reviewDate?: string;
  @Optional() @DayField('Of a deferral.') readonly deferredUntil?: string;
  @Optional() @Text(2_000, 'Of a deferral: what must be known first.') readonly missingInformation?: string;
  @Optional() @Many(() => WaiverGiven, 0, 10) @Distinct('rule') readonly waives?: readonly WaiverGiven[];

  @Optional()
  @Moment('Up to when the body knew what is recorded here; by default the date of the decision.')
  readonly knownAt?: string;
}

export class AmendDecision extends Command {
  @Optional() @Id('The later decision that amends it.') readonly decisionRef?: string;
  @Text(5_000) readonly change!: string;
}

export class AnnulDecision extends Command {
  @Optional() @Id('The later decision that annuls it.') readonly decisionRef?: string;
}
