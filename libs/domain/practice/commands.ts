import type { Localized } from '../codes.ts';
import {
  Code,
  Command,
  Distinct,
  Id,
  LocalizedText,
  Many,
  NisCodes,
  Optional,
  PartnerGiven,
  Required,
  Text,
  type ReasonGiven,
} from '../commands.ts';

class DescriptionGiven extends Command {
  @Optional() @LocalizedText() readonly title?: Localized;
  @Optional() @LocalizedText(5_000, 'How it is done, in one or more of nl, fr, en.') readonly method?: Localized;
  @Optional() @LocalizedText(5_000, 'Where and for whom it worked.') readonly context?: Localized;
  @Optional() @LocalizedText(5_000, 'What it needs to work elsewhere.') readonly conditions?: Localized;
  @Optional()
  @Id('The latest evaluation of the action (its event): it says that it works.')
  readonly evaluation?: string;
}

export class PublishPractice extends DescriptionGiven {
  @Id() readonly network!: string;
  @Id('The action of this network from which it comes.') readonly action!: string;
  @Required() override readonly title!: Localized;
  @Required() override readonly method!: Localized;
  @Required() override readonly context!: Localized;
  @Required() override readonly evaluation!: string;
}

/** Says only what changes. */
export class RevisePractice extends DescriptionGiven {}

export class WithdrawPractice extends Command {
  @Required() override readonly reason!: ReasonGiven;
}

export class AdoptPractice extends Command {
  @Id('The network that takes it over, in which the caller is of the back office.') readonly network!: string;
  @Text(5_000, 'What will be different there.') readonly adaptations!: string;
  @NisCodes(1) readonly regions!: readonly string[];
  @Optional() @Text(500, 'By default that of the action it comes from.') readonly targetGroup?: string;
  @Optional() @Many(() => PartnerGiven) @Distinct('organisation') readonly partners?: readonly PartnerGiven[];
  @Optional() @Text(200, 'Who might lead it: an organisation or a function, never a name.') readonly leadHint?: string;
}

export class NotePracticeAdoptionRefused extends Command {
  @Id('The adoption (its event).') readonly adoption!: string;
  @Id() readonly network!: string;
  @Code('Why, as a code.') readonly code!: string;
}
