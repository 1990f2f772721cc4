import type { Localized } from '../codes.ts';
import { Code, Codes, Command, Id, Ids, LocalizedText, Many, Optional, PeriodGiven } from '../commands.ts';

export class PrepareRelease extends Command {
  @Id('The network that publishes.') readonly network!: string;

  @Code('Names the table for its readers, who see the last release of it: `kerncijfers`.')
  readonly table!: string;

  @LocalizedText(200) readonly title!: Localized;

  @Ids(1, 20, 'Indicators of the network, or of one above it: each of them rows of the table.')
  readonly indicators!: readonly string[];

  @Many(() => PeriodGiven, 1, 24, 'As they were measured.') readonly periods!: readonly PeriodGiven[];

  @Optional()
  @Codes(
    0,
    2,
    '`networks`: each network below on its own; the code of one dimension: by its values. None: totals only.',
  )
  readonly by?: readonly string[];

  @Optional()
  @Ids(0, 100, 'Networks at or below it that have measured, beside those from where values are expected.')
  readonly networks?: readonly string[];

  @Optional()
  @Ids(0, 200, 'Actions that have measured, beside those from which values are expected.')
  readonly actions?: readonly string[];
}

export class CheckRelease extends Command {}
export class PublishRelease extends Command {}
/** With the reason. */
export class WithdrawRelease extends Command {}
