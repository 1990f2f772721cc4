import { Code, Command, Id, One, PeriodGiven } from '../commands.ts';

/** Given for the award that needs the area. */
export class ReserveArea extends Command {
  @Id() readonly scheme!: string;
  @Code() readonly area!: string;
  @Id() readonly grant!: string;
  @Id() readonly network!: string;
  @Id() readonly claim!: string;
  @One(() => PeriodGiven) readonly period!: PeriodGiven;
}
