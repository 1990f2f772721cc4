import { ROLES, type Role } from '../codes.ts';
import { Command, Id, Moment, OneOf, Optional, Text } from '../commands.ts';

export class RegisterPerson extends Command {
  @Text(200, 'Kept apart from the log, so that it can be erased.') readonly name!: string;
}

export class GiveRole extends Command {
  @OneOf(ROLES) readonly role!: Role;
  @Id() readonly network!: string;
  @Optional() @Id('The organisation for which the person has the role.') readonly organisation?: string;
  @Optional() @Moment('Until when; by default until it is revoked.') readonly until?: string;
}

export class RevokeRole extends Command {
  @OneOf(ROLES) readonly role!: Role;
  @Id() readonly network!: string;
}
