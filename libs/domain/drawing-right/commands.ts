import { OWN_KINDS, RIGHT_BASES, type OwnKind, type RightBasis } from '../codes.ts';
import { Cents, Command, FunderDecisionGiven, Id, One, OneOf, Optional, Text, Whole } from '../commands.ts';

const Year = (description?: string): PropertyDecorator => Whole(1900, 2200, description);

export class YearsGiven {
  @Year('The first calendar year.') readonly from!: number;
  @Year('The last calendar year.') readonly until!: number;
}

export class GrantDrawingRight extends Command {
  @Id('The network that may draw.') readonly network!: string;
  @Id('The scheme under which it is granted: its version of 1 January of the first year holds.')
  readonly scheme!: string;
  @Id('The organisation that grants it.') readonly funder!: string;
  @Cents(1, 'Euro cents, of each year or of the whole period.') readonly amountCents!: number;
  @OneOf(RIGHT_BASES, 'Of the whole period, what one year leaves may be drawn in the next.')
  readonly basis!: RightBasis;
  @One(() => YearsGiven) readonly years!: YearsGiven;
  @Optional() @Id('The agreement on which it rests.') readonly agreement?: string;
  @One(() => FunderDecisionGiven) readonly funderDecision!: FunderDecisionGiven;
}

export class RegisterOwnContribution extends Command {
  @Year('A year of the right that is not settled.') readonly year!: number;
  @OneOf(OWN_KINDS, 'Volunteer hours are in kind, discounts of associations solidarity; neither is ever paid out.')
  readonly kind!: OwnKind;
  @Id('The organisation that contributes.') readonly organisation!: string;
  @Cents(1) readonly amountCents!: number;
  @Optional()
  @Text(2_000, 'How its value was found; required of what is in kind and of solidarity.')
  readonly valuation?: string;
}

export class DrawDown extends Command {
  @Year('A year of the right that is not settled.') readonly year!: number;
  @Cents(1) readonly amountCents!: number;
}

export class SettleYear extends Command {
  @Year('The first year that is not settled: one after the other.') readonly year!: number;
}

export class RepayDrawn extends Command {
  @Year('The settled year of which it was drawn.') readonly year!: number;
  @Cents(1) readonly amountCents!: number;
  @Text(200, 'By which the bank knows the payment.') readonly bankReference!: string;
}
