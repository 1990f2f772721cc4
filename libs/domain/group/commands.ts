import { DECISION_RULES, GROUP_KINDS, type DecisionRule, type GroupKind } from '../codes.ts';
import { Command, Distinct, Id, Many, OneOf, Optional, OrNull, Text, Whole } from '../commands.ts';

export class FoundGroup extends Command {
  @Id() readonly network!: string;
  @Text() readonly name!: string;
  @OneOf(GROUP_KINDS) readonly kind!: GroupKind;
  @Optional() @Text(2_000) readonly purpose?: string;
}

export class RenameGroup extends Command {
  @Text() readonly name!: string;
}

export class MergeGroup extends Command {
  @Id('The group that takes over.') readonly into!: string;
}

export class EndGroup extends Command {}

export class AddGroupMember extends Command {
  @Id() readonly organisation!: string;
  @Optional() @Id('The person who sits there for it.') readonly person?: string;
}

export class RemoveGroupMember extends Command {
  @Id() readonly organisation!: string;
}

export class AssignGroupLead extends Command {
  @Id('The person who becomes the lead (trekker).') readonly lead!: string;
}

export class ReleaseGroupLead extends Command {
  @Optional() @Text(2_000, 'What the next lead must know.') readonly handOver?: string;
}

export class SetCadence extends Command {
  @OrNull()
  @Whole(1, 366, 'Meetings a calendar year: 12 for monthly, 2 for half-yearly; null: when there is reason to.')
  readonly timesPerYear!: number | null;
}

export class SeatGiven {
  @Id() readonly organisation!: string;
  @Optional() @Whole(1, 100, 'By default 1.') readonly seats?: number;
}

export class SetDecisionRule extends Command {
  @Whole(1, 1_000, 'Seats that must be present.') readonly quorum!: number;
  @OneOf(DECISION_RULES) readonly rule!: DecisionRule;
  @Many(() => SeatGiven, 1, 200) @Distinct('organisation') readonly seats!: readonly SeatGiven[];
}
