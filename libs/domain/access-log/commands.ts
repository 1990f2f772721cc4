import { ROLES } from '../codes.ts';
import { Code, Command, DayField, Id, OneOf, OrNull, Text } from '../commands.ts';

/** Given before exact numbers of an indicator of small numbers are. */
export class RecordExactRead extends Command {
  @Id() readonly network!: string;
  @DayField() readonly day!: string;
  @Text(100) readonly reader!: string;
  @OneOf(ROLES) readonly role!: string;
  @OrNull() @Id() readonly organisation!: string | null;
  @Code() readonly question!: string;
  @Id() readonly subject!: string;
  @OrNull() @Text(100) readonly asOf!: string | null;
  @OrNull() @Text(100) readonly effectiveAt!: string | null;
}
