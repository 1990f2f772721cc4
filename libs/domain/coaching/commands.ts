import { MATURITY_STAGES, type MaturityStage } from '../codes.ts';
import { Command, DayField, Id, Ids, One, OneOf, Optional, Text, Texts } from '../commands.ts';

export class StartEngagement extends Command {
  @Id('The network that is coached.') readonly network!: string;
  @Ids(1, 20, 'The organisations that coach it.') readonly organisations!: readonly string[];
  @Ids(1, 20, 'The persons who coach it: they read the network as long as the engagement runs.')
  readonly coaches!: readonly string[];
  @Text(2_000, 'What it is for.') readonly purpose!: string;
  @Optional() @Texts(100, 20, 'In their order; it begins in the first.') readonly phases?: readonly string[];
  @Optional()
  @DayField('The last day as it is planned; from the day after, coaches read no more.')
  readonly plannedUntil?: string;
}

export class ChangePhase extends Command {
  @Text(100, 'One of the phases agreed at the start, where there are any.') readonly phase!: string;
  @Text(1_000, 'Why now.') readonly note!: string;
}

export class ChangeCoaches extends Command {
  @Ids(1, 20, 'All who coach from then on.') readonly coaches!: readonly string[];
}

export class ExitGiven {
  @Text(5_000, 'What it came to.') readonly findings!: string;
  @Optional() @OneOf(MATURITY_STAGES, 'How far the partnership has grown by now.') readonly maturity?: MaturityStage;
}

export class EndEngagement extends Command {
  @One(() => ExitGiven, 'The evaluation at the end.') readonly exit!: ExitGiven;
}
