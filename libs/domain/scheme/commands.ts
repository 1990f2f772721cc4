import {
  COST_METHODS,
  RETENTION_ANCHORS,
  ROUNDINGS,
  type CostMethod,
  type RetentionAnchor,
  type Rounding,
} from '../codes.ts';
import {
  Cents,
  Code,
  Command,
  DayField,
  Distinct,
  Flag,
  Id,
  Many,
  One,
  OneOf,
  Optional,
  OrNull,
  Rate,
  RateGiven,
  Text,
  Texts,
  Whole,
} from '../commands.ts';

export class SimplifiedCostGiven {
  @Code() readonly code!: string;
  @OneOf(COST_METHODS) readonly method!: CostMethod;
  @Optional() @Rate('Of a flat rate: on the total of its base.') readonly rate?: RateGiven;
  @Optional()
  @Cents(1, 'Of a unit cost: for each unit; of a lump sum: the whole. Euro cents.')
  readonly amountCents?: number;
  @Text(500, 'Where method and amount are laid down.') readonly basis!: string;
}

export class PlannedShareGiven {
  @Code() readonly code!: string;
  @OrNull() @Rate('Of the award at the moment it is asked for; null: the balance.') readonly share!: RateGiven | null;
}

export class RetentionGiven {
  @OneOf(
    RETENTION_ANCHORS,
    'What the term counts from: the closure of the grant, the last payment, or the end of its period.',
  )
  readonly anchor!: RetentionAnchor;
  @Whole(0, 100, 'Calendar years after the year of the anchor.') readonly years!: number;
}

export class SchemeTermsGiven {
  @DayField('Holds for grants whose period begins from this day on.') readonly validFrom!: string;
  @Optional() @DayField() readonly validUntil?: string;
  @Text(2_000, 'The law, decree or call that lays these rules down.') readonly legalBasis!: string;
  @Flag('Made up for a demonstration, or not yet checked against the text of the law.') readonly isDemoRule!: boolean;
  @Rate('Public money is at most so much of what is eligible: 80 % is 4/5.') readonly maxPublicShare!: RateGiven;
  @Optional() @Rate('Own money for each euro of a drawing right: double is 2/1.') readonly minOwnPerGrant?: RateGiven;
  @Optional()
  @Texts(60, 50, 'Cost categories that are eligible; any when there is none.')
  readonly categories?: readonly string[];
  @Optional()
  @Many(() => SimplifiedCostGiven, 0, 50)
  @Distinct('code')
  readonly simplifiedCosts?: readonly SimplifiedCostGiven[];
  @Optional()
  @OneOf(ROUNDINGS, 'Of flat rates, to the cent; half-up by default. A grant’s share is always rounded down.')
  readonly flatRateRounding?: Rounding;
  @Optional()
  @Many(() => PlannedShareGiven, 0, 50, 'How a grant is paid unless it says otherwise.')
  @Distinct('code')
  readonly instalments?: readonly PlannedShareGiven[];
  @Optional()
  @Flag('What a correction takes back may be allocated anew. By default not.')
  readonly correctionsReusable?: boolean;
  @Optional()
  @Flag('What of a yearly right is not used goes over to the next year. By default not.')
  readonly carryOver?: boolean;
  @Optional()
  @Flag('At most one grant in a working area at a time. By default not.')
  readonly oneGrantPerArea?: boolean;
  @Whole(0, 3_650, 'Days from the end of the period until the final report is due.') readonly reportDays!: number;
  @Whole(0, 3_650, 'Days in which a condition at risk must be cured.') readonly cureDays!: number;
  @Whole(0, 3_650, 'Days in which what is recovered must be repaid.') readonly recoveryDays!: number;
  @Whole(0, 3_650, 'Money that lapses within so many days is on the work list.') readonly lapseWarningDays!: number;
  @One(() => RetentionGiven) readonly retention!: RetentionGiven;
}

export class DefineScheme extends Command {
  @Text() readonly name!: string;
  @Optional() @Id('The organisation that grants under it.') readonly funder?: string;
  @One(() => SchemeTermsGiven) readonly terms!: SchemeTermsGiven;
}

export class ReviseScheme extends Command {
  @One(() => SchemeTermsGiven) readonly terms!: SchemeTermsGiven;
}

export class EndScheme extends Command {}
