import { QUALITIES, type Quality } from '../codes.ts';
import {
  Command,
  DimensionValueGiven,
  Distinct,
  Id,
  Many,
  One,
  OneOf,
  Optional,
  PeriodGiven,
  Text,
  Whole,
} from '../commands.ts';
import { MOST } from '../measure.ts';

export class RecordMeasurement extends Command {
  @Id('The network that measures: that of the indicator, or one below it.') readonly network!: string;
  @Id() readonly indicator!: string;

  @Optional()
  @Id('The action of that network that is measured; without one it is the network itself.')
  readonly action?: string;

  @Optional()
  @Whole(1, 100_000, 'The version of the definition by which it was measured: the one that holds for the period.')
  readonly definitionVersion?: number;

  @One(() => PeriodGiven, 'A period that is over, of the frequency of the indicator.') readonly period!: PeriodGiven;

  @Whole(0, MOST, 'The value, or the upper part of a ratio: 17 of 22. Of a text: how many statements it sums up.')
  readonly numerator!: number;

  @Optional()
  @Whole(0, MOST, 'Of an external source that gives a range: its upper end; `numerator` is the lower one.')
  readonly upTo?: number;

  @Optional() @Whole(1, MOST, 'The lower part of a ratio: 17 of 22.') readonly denominator?: number;
  @Optional()
  @Text(2_000, 'The value of an indicator whose unit is text; never about one person.')
  readonly text?: string;

  @Optional()
  @Many(() => DimensionValueGiven, 0, 5, 'The part of the total that it is of; none for the total.')
  @Distinct('dimension')
  readonly dims?: readonly DimensionValueGiven[];

  @Optional() @Text(500, 'By default that of the indicator.') readonly source?: string;
  @Optional() @Text(2_000, 'By default that of the indicator.') readonly method?: string;
  @Optional() @OneOf(QUALITIES, 'By default `measured`.') readonly quality?: Quality;
  @Optional() @Whole(0, MOST, 'How many were observed or asked.') readonly n?: number;
}
