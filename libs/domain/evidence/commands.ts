import { Code, Command, DayField, Id, MediaType, Optional, Sha256, Text } from '../commands.ts';

export class RegisterEvidence extends Command {
  @Id('The network in whose register it is.') readonly network!: string;
  @Sha256() readonly sha256!: string;
  @MediaType() readonly mediaType!: string;
  @Code('What kind of document: `invoice`, `payslip`, `timesheet` …') readonly class!: string;
  @Text() readonly title!: string;
  @Text(200, 'Who keeps it.') readonly heldBy!: string;
  @Optional() @DayField('The last day on which it must still be kept.') readonly retainUntil?: string;
}

export class SupersedeEvidence extends Command {
  @Id('The evidence that takes its place, of the same network and not itself superseded.') readonly by!: string;
}

export class SetLegalHold extends Command {}
export class LiftLegalHold extends Command {}

export class ExtendRetention extends Command {
  @DayField('The last day on which it must still be kept: later than before.') readonly until!: string;
}
