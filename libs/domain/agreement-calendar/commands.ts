import { Command, DayField, Id, Optional } from '../commands.ts';

export class ClaimPeriod extends Command {
  @Id() readonly network!: string;
  @Id() readonly scheme!: string;
  @Id('The agreement that is to be drafted.') readonly agreement!: string;
  @Id() readonly claim!: string;
  @DayField() readonly from!: string;
  @Optional() @DayField() readonly until?: string;
}
