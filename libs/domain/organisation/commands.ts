import { SECTORS, type Sector } from '../codes.ts';
import { Command, Ids, OneOf, Optional, OrNull, Text, Texts } from '../commands.ts';

const NUMBER = 'Enterprise number (KBO/BCE), with or without `BE` and separators; its check digits must fit.';

export class RegisterOrganisation extends Command {
  @Text() readonly name!: string;
  @OneOf(SECTORS) readonly sector!: Sector;
  @Optional() @Texts(200, 50, 'Departments that take part under their own name.') readonly units?: readonly string[];
  @Optional() @Text(20, `${NUMBER} Left out for a body without one.`) readonly enterpriseNumber?: string;
  @Optional() @Ids(0, 500, 'The member organisations of an umbrella body.') readonly umbrellaOf?: readonly string[];
}

export class RenameOrganisation extends Command {
  @Text() readonly name!: string;
}

export class CorrectEnterpriseNumber extends Command {
  @OrNull() @Text(20, `${NUMBER} Null: it has none.`) readonly enterpriseNumber!: string | null;
}

export class EndOrganisation extends Command {}
