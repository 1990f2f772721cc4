import {
  ACCOUNTABILITIES,
  AGGREGATIONS,
  FREQUENCIES,
  HORIZONS,
  INDICATOR_LEVELS,
  RBA,
  SENSITIVITIES,
  UNITS,
  type Accountability,
  type Aggregation,
  type Frequency,
  type Horizon,
  type IndicatorLevel,
  type Localized,
  type Rba,
  type Sensitivity,
  type Unit,
} from '../codes.ts';
import {
  Code,
  Codes,
  Command,
  DayField,
  Distinct,
  Flag,
  Id,
  LocalizedText,
  Many,
  Nullable,
  One,
  OneOf,
  Optional,
  OrNull,
  PeriodGiven,
  Required,
  Text,
  Whole,
} from '../commands.ts';
import { MOST } from '../measure.ts';

class DimensionGiven {
  @Code('`age`, `place` …') readonly code!: string;
  @Codes(1, 100, 'The values that it can have.') readonly values!: readonly string[];
}

class BaselineGiven {
  @Whole(0, MOST, 'The value, or the upper part of a ratio.') readonly numerator!: number;
  @OrNull() @Whole(1, MOST, 'The lower part of a ratio; null for other units.') readonly denominator!: number | null;
  @Whole(1900, 9999) readonly year!: number;
  @Text(500, 'Where it was found.') readonly source!: string;
}

/** What an indicator means; a new version says only what changes. */
class DefinitionGiven extends Command {
  @Optional() @LocalizedText(200) readonly name?: Localized;

  @Optional()
  @LocalizedText(2_000, 'What is counted, and what is not, in one or more of nl, fr, en.')
  readonly definition?: Localized;

  @Optional()
  @OneOf(ACCOUNTABILITIES, 'Whether it tells of all people concerned (`population`) or of what was done for some.')
  readonly accountability?: Accountability;

  @Optional() @OneOf(RBA, 'How much, how well, or is anyone better off.') readonly rba?: Rba;
  @Optional() @OneOf(INDICATOR_LEVELS) readonly level?: IndicatorLevel;

  @Optional()
  @OneOf(UNITS, 'What a value counts; `currency` is euro cents. It must fit the way in which values are put together.')
  readonly unit?: Unit;

  @Optional()
  @OneOf(
    AGGREGATIONS,
    'How values of several scopes make one: sums of counts, ratios of sums, never means; distinct people are not added up.',
  )
  readonly aggregation?: Aggregation;

  @Optional() @Flag('Whether more is better.') readonly ascending?: boolean;
  @Optional() @OneOf(HORIZONS, 'When a change of it can be expected.') readonly horizon?: Horizon;

  @Optional()
  @Many(() => DimensionGiven, 0, 5, 'By which values can be split; never so that a person is known by it.')
  @Distinct('code')
  readonly dimensions?: readonly DimensionGiven[];

  @Nullable() @One(() => BaselineGiven, 'The value from which it began.') readonly baseline?: BaselineGiven | null;
  @Optional() @Text(500, 'Where the values come from.') readonly source?: string;
  @Optional() @Text(2_000, 'How they are found.') readonly method?: string;

  @Optional()
  @OneOf(FREQUENCIES, 'Values are of calendar months, quarters, half-years or years, or of any period.')
  readonly frequency?: Frequency;

  @Nullable() @Id('The organisation that answers for it.') readonly owner?: string | null;
  @Optional() @OneOf(SENSITIVITIES, 'Who may see its values.') readonly sensitivity?: Sensitivity;
  @Optional()
  @Codes(0, 50, 'Objectives of the adopted agenda that it tells of.')
  readonly objectives?: readonly string[];
}

export class DefineIndicator extends DefinitionGiven {
  @Id('The network whose indicator it is; the networks below it may use it.') readonly network!: string;
  @Code('Names the indicator within the network for ever.') readonly code!: string;
  @DayField('Version 1 holds for periods that begin on this day or later.') readonly validFrom!: string;
  @Required() override readonly name!: Localized;
  @Required() override readonly definition!: Localized;
  @Required() override readonly accountability!: Accountability;
  @Required() override readonly rba!: Rba;
  @Required() override readonly level!: IndicatorLevel;
  @Required() override readonly unit!: Unit;
  @Required() override readonly aggregation!: Aggregation;
  @Required() override readonly ascending!: boolean;
  @Required() override readonly horizon!: Horizon;
  @Required() override readonly source!: string;
  @Required() override readonly method!: string;
  @Required() override readonly frequency!: Frequency;
  @Required() override readonly sensitivity!: Sensitivity;
}

export class DefineVersion extends DefinitionGiven {
  @DayField('It holds for periods that begin on this day or later; later than that of the version before.')
  readonly validFrom!: string;
}

export class AdoptIndicator extends Command {
  @Optional() @Id('The decision about the indicator; always needed.') readonly decisionRef?: string;
}

export class SetTarget extends Command {
  @One(() => PeriodGiven, 'One of the periods in which it is measured.') readonly period!: PeriodGiven;
  @Whole(0, MOST, 'The value to reach, or the upper part of a ratio.') readonly numerator!: number;
  @Optional() @Whole(1, MOST, 'The lower part of a ratio: 9 of 10.') readonly denominator?: number;

  @Optional()
  @Whole(0, MOST, 'What each network directly below must reach by itself, over the same denominator.')
  readonly floorPerChild?: number;

  @Optional() @Id('The decision about the indicator; always needed.') readonly decisionRef?: string;
}

/** What is measured. */
class OfScope extends Command {
  @Id('The network that measures: that of the indicator, or one below it.') readonly network!: string;
  @Optional() @Id('An action of that network; without one it is the network itself.') readonly action?: string;
}

export class AttachIndicator extends OfScope {}
export class DetachIndicator extends OfScope {}
export class EndIndicator extends Command {}
