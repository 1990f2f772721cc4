import { Command, DayField, Flag, Id, Optional, Text, Whole } from '../commands.ts';

/** 1 to 10 000 basis points. */
const Share = (description: string): PropertyDecorator => Whole(1, 10_000, description);

export class AgreeSecondment extends Command {
  @Id('The network in which it is agreed.') readonly network!: string;
  @Id('The person who is seconded.') readonly secondee!: string;
  @Id('The organisation that employs the person.') readonly sender!: string;
  @Id('The organisation or the network where the person works.') readonly receiver!: string;
  @Text(200, 'What the person does there.') readonly function!: string;
  @Share('Of full time, in basis points: 8000 is four days of five.') readonly fteBp!: number;
  @DayField('The first day.') readonly from!: string;
  @Optional() @DayField('The last day; without one it goes on.') readonly until?: string;
  @Optional() @Flag('To fill a gap for a while. By default not.') readonly temporary?: boolean;
  @Optional() @Text(2_000, 'Who bears which part of the cost.') readonly costRule?: string;
}

export class ChangeSecondment extends Command {
  @Id('Id of the event by which it was agreed; the id in the address is that of all secondments of the person.')
  readonly secondment!: string;
  @DayField('The day from which the change holds, until the next one.') readonly from!: string;
  @Optional() @Share('Of full time, in basis points.') readonly fteBp?: number;
  @Optional() @DayField('The last day of the secondment.') readonly until?: string;
}

export class EndSecondment extends Command {
  @Id('Id of the event by which it was agreed; the id in the address is that of all secondments of the person.')
  readonly secondment!: string;
  @DayField('The last day.') readonly until!: string;
}

/** LED-8: what a grant books of the cost of a person is claimed here first. */
export class ChargeStaffCost extends Command {
  @Id('The network of the grant.') readonly network!: string;
  @Id('The person whose salary it is.') readonly secondee!: string;
  @Id('By which the booking in the grant is known.') readonly claim!: string;
  @Id() readonly grant!: string;
  @Optional() @Id('The secondment for which it is charged.') readonly secondment?: string;
  @DayField('The first day charged.') readonly from!: string;
  @DayField('The last day charged.') readonly until!: string;
  @Share('Of the cost of each of these days, in basis points.') readonly shareBp!: number;
}

export class ReleaseStaffCost extends Command {
  @Id() readonly claim!: string;
}
