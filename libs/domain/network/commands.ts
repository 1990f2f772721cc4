import {
  CHANNELS,
  MATURITY_STAGES,
  NETWORK_KINDS,
  SECTORS,
  type Channel,
  type MaturityStage,
  type NetworkKind,
  type Sector,
  type SubjectKind,
} from '../codes.ts';
import {
  Code,
  Codes,
  Command,
  EvidenceGiven,
  Flag,
  Id,
  Many,
  NisCodes,
  One,
  OneOf,
  Optional,
  OrNull,
  Required,
  SomeOf,
  Text,
  Whole,
} from '../commands.ts';
import type { Policy } from './policy.ts';

export class FoundNetwork extends Command {
  @OneOf(NETWORK_KINDS) readonly kind!: NetworkKind;
  @Text() readonly name!: string;
  @NisCodes() readonly regions!: readonly string[];
  @Optional() @Id('The network it is a part of: a movement, a programme.') readonly parent?: string;
  @Optional() @Id('The organisation at whose request it is set up.') readonly sponsor?: string;
}

export class RenameNetwork extends Command {
  @Text() readonly name!: string;
}

export class LinkParent extends Command {
  @OrNull() @Id('The network it becomes a part of; null: of none.') readonly parent!: string | null;
}

/** Which body decides on what: groups of the network. */
export class MandatesGiven implements Partial<Record<SubjectKind, string>> {
  @Optional() @Id() readonly action?: string;
  @Optional() @Id() readonly 'policy-initiative'?: string;
  @Optional() @Id() readonly agenda?: string;
  @Optional() @Id() readonly membership?: string;
  @Optional() @Id() readonly decision?: string;
  @Optional() @Id() readonly grant?: string;
  @Optional() @Id() readonly recommendation?: string;
  @Optional() @Id() readonly other?: string;
}

/** Days from the start of an action. */
export class ObservationDaysGiven {
  @Whole(0, 3_650) readonly short!: number;
  @Whole(0, 3_650) readonly medium!: number;
  @Whole(0, 3_650) readonly long!: number;
}

/** What of small numbers may be published. */
export class DisclosureGiven {
  @Whole(5, 1_000, 'A count below it is too small to be published.') readonly k!: number;
  @Flag('Whether zero is hidden as well.') readonly suppressZero!: boolean;
}

export class SetPolicy extends Command implements Partial<Policy> {
  @Optional()
  @Flag('A lead is in the back office on the day it begins.')
  readonly leadInBackOffice?: boolean;

  @Optional()
  @Flag('The steering group holds each member of the network.')
  readonly steeringGroupHoldsMembers?: boolean;

  @Optional() @Whole(0, 100, 'Partner organisations that an action needs to start.') readonly minimumPartners?: number;

  @Optional()
  @SomeOf(SECTORS, 'Sectors without which the network is not complete.')
  readonly requiredSectors?: readonly Sector[];

  @Optional() @One(() => MandatesGiven) readonly mandates?: MandatesGiven;

  @Optional()
  @Whole(0, 36_500, 'A fact registered later than this needs the reason `late-registration`.')
  readonly backDatingDays?: number;

  @Optional() @One(() => ObservationDaysGiven) readonly minimumObservationDays?: ObservationDaysGiven;

  @Optional()
  @Flag('The verdict works needs a better-off value and a voice of the target group.')
  readonly worksNeedsEvidence?: boolean;

  @Optional() @Whole(0, 36_500) readonly reopenWindowDays?: number;

  @Optional()
  @Whole(0, 1_000, 'A change of budget above this percentage needs a decision.')
  readonly majorBudgetChangePercent?: number;

  @Optional() @One(() => DisclosureGiven) readonly disclosure?: DisclosureGiven;

  @Optional()
  @Whole(1, 3_650, 'After so many days without a reply, a recommendation that was submitted is work.')
  readonly recommendationReplyDays?: number;
}

export class ChangeRegions extends Command {
  @NisCodes() readonly regions!: readonly string[];
}

export class InviteOrganisation extends Command {
  @Id() readonly organisation!: string;
  @Optional() @Whole(1, 100_000, 'Number of the missing actor whom it may be.') readonly missingActor?: number;
}

export class JoinNetwork extends Command {
  @Id() readonly organisation!: string;
  @OneOf(SECTORS) readonly sector!: Sector;
  @Text(200, 'In which capacity it sits there.') readonly seat!: string;
  @Optional() @Flag('By default false.') readonly representsTargetGroup?: boolean;
}

export class ChangeSeat extends Command {
  @Id() readonly organisation!: string;
  @Optional() @OneOf(SECTORS) readonly sector?: Sector;
  @Optional() @Text() readonly seat?: string;
  @Optional() @Flag() readonly representsTargetGroup?: boolean;
}

export class LeaveNetwork extends Command {
  @Id() readonly organisation!: string;
}

export class IdentifyMissingActor extends Command {
  @OneOf(SECTORS) readonly sector!: Sector;
  @Text(500) readonly description!: string;
  @Optional() @Id('The group that misses it.') readonly group?: string;
}

export class ResolveMissingActor extends Command {
  @Whole(1, 100_000, 'Number of the missing actor.') readonly number!: number;
  @Optional() @Id('The member that fills the gap; left out when it is none any more.') readonly organisation?: string;
}

export class AssessMaturity extends Command {
  @OneOf(MATURITY_STAGES) readonly stage!: MaturityStage;
  @Text(5_000) readonly findings!: string;
}

/** `occurredAt` says when it went out. */
export class LogCommunication extends Command {
  @OneOf(CHANNELS) readonly channel!: Channel;
  @Text(200, 'For whom: a segment, never a person.') readonly audience!: string;
  @Text() readonly title!: string;
  @Optional() @Whole(0, 100_000_000, 'How many it reached, where that is known.') readonly reach?: number;
}

export class AssessSystemChange extends Command {
  @Code('Names the change within the network: `vraaggericht`.') readonly code!: string;
  @Text(200, 'The way of working that is left behind.') readonly from!: string;
  @Text(200, 'The way of working that takes its place.') readonly to!: string;
  @Whole(1, 5, 'How far it has moved: 1 (not yet) to 5 (wholly).') readonly score!: number;
  @Required()
  @Many(() => EvidenceGiven, 1, 20, 'What the score rests on.')
  override readonly evidence!: readonly EvidenceGiven[];
}

export class TagCohort extends Command {
  @Codes(0, 20, 'All its tags from then on: `pionier`.') readonly tags!: readonly string[];
}

/** Given for a grant that was awarded. */
export class WatchCondition extends Command {
  @Id() readonly grant!: string;
  @Code() readonly condition!: string;
  @SomeOf(SECTORS) readonly sectors!: readonly Sector[];
  @Optional() @Id() readonly agreement?: string;
}

export class EndNetwork extends Command {}
