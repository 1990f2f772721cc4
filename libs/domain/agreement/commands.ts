import { AGREEMENT_KINDS, type AgreementKind } from '../codes.ts';
import { Codes, Command, DayField, Id, Ids, One, OneOf, Optional, Text, Texts } from '../commands.ts';

export class AgreementPeriodGiven {
  @DayField('The first day on which it holds.') readonly from!: string;
  @Optional() @DayField('The last day on which it holds; without it, until it is terminated.') readonly until?: string;
}

export class ObjectivesTakenGiven {
  @Codes(0, 50, 'Codes of objectives that go on under this agreement.') readonly carriedOver!: readonly string[];
  @Codes(0, 50, 'Codes of objectives that ended with the agreement before.') readonly ended!: readonly string[];
}

export class DraftAgreement extends Command {
  @Id('The network whose agreement it is.') readonly network!: string;

  @OneOf(
    AGREEMENT_KINDS,
    '`scheme-period`: a period under a subsidy scheme; `partnership`: of the members; `working-arrangement`: with others, such as schools; `inter-network`: with other networks.',
  )
  readonly kind!: AgreementKind;

  @Text() readonly title!: string;
  @One(() => AgreementPeriodGiven) readonly period!: AgreementPeriodGiven;
  @Ids(1, 200, 'Organisations that are to sign; another one joins by signing.') readonly parties!: readonly string[];

  @Optional()
  @Texts(200, 50, 'Names of bodies that take part and are not registered as an organisation.')
  readonly thirdParties?: readonly string[];

  @Optional()
  @Ids(0, 50, 'The other networks; an agreement of kind `inter-network` names at least one.')
  readonly withNetworks?: readonly string[];

  @Optional()
  @Id(
    'The subsidy scheme; an agreement of kind `scheme-period` names it. The agreements of a network under one scheme do not overlap.',
  )
  readonly scheme?: string;

  @Optional()
  @Id('The agreement before this one, of the same network and scheme, which began earlier.')
  readonly succeeds?: string;

  @Optional()
  @One(() => ObjectivesTakenGiven, 'What becomes of the objectives of the agreement before; with `succeeds` only.')
  readonly objectives?: ObjectivesTakenGiven;

  @Optional()
  @Ids(0, 100, 'Actions of the network that rest on this agreement.')
  readonly actions?: readonly string[];
}

export class SignAgreement extends Command {
  @Id('The organisation that signs; the date is `occurredAt`.') readonly organisation!: string;
}

export class SubmitAgreement extends Command {}
export class ApproveAgreement extends Command {}
export class RefuseAgreement extends Command {}
export class EnterAgreementIntoForce extends Command {}
export class TerminateAgreement extends Command {}

/** By whoever needs the room that a claim takes which never led to a draft. */
export class LapseAgreementClaim extends Command {
  @Id() readonly agreement!: string;
  @Id() readonly network!: string;
  @Id() readonly claim!: string;
}
