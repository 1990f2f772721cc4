import { POLARITIES, type Localized, type Polarity } from '../codes.ts';
import { Code, Command, Id, Ids, LocalizedText, OneOf, Required, type ReasonGiven } from '../commands.ts';

export class ConfirmPattern extends Command {
  @Id('The network that learned it; a movement or a programme confirms what networks below it learned.')
  readonly network!: string;
  @Code('Of the learnings that make it.') readonly tag!: string;
  @OneOf(POLARITIES) readonly polarity!: Polarity;
  @LocalizedText(2_000, 'What is seen again and again, in one or more of nl, fr, en.') readonly statement!: Localized;
  @Ids(1, 200, 'All actions on which it rests: two at least, in a movement or programme of two networks.')
  readonly actions!: readonly string[];
}

export class RetirePattern extends Command {
  @Required() override readonly reason!: ReasonGiven;
}
