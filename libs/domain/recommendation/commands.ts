import { ANSWERS, RECOMMENDATION_LEVELS, type Answer, type Localized, type RecommendationLevel } from '../codes.ts';
import {
  Command,
  Distinct,
  Flag,
  Id,
  Ids,
  LocalizedText,
  Many,
  OneOf,
  Optional,
  Required,
  Text,
  type ReasonGiven,
} from '../commands.ts';

export class EvaluationGiven {
  @Id('An action of the network, or of one below it.') readonly action!: string;
  @Id('Of the evaluation (its event).') readonly evaluation!: string;
}

export class DraftRecommendation extends Command {
  @Id() readonly network!: string;
  @LocalizedText() readonly title!: Localized;
  @LocalizedText(10_000, 'What should change, in one or more of nl, fr, en.') readonly text!: Localized;
  @Ids(0, 20, 'Confirmed patterns on which it rests.') readonly patterns!: readonly string[];
  @Optional()
  @Many(() => EvaluationGiven, 0, 50, 'Evaluations on which it rests beside its patterns.')
  @Distinct('evaluation')
  readonly basis?: readonly EvaluationGiven[];
}

export class RewordRecommendation extends Command {
  @Optional() @LocalizedText() readonly title?: Localized;
  @Optional() @LocalizedText(10_000) readonly text?: Localized;
}

export class AdoptRecommendation extends Command {
  @Optional() @Id('The decision that adopts it; always needed.') readonly decisionRef?: string;
}

export class SubmitRecommendation extends Command {
  @OneOf(RECOMMENDATION_LEVELS, 'To whom it goes.') readonly level!: RecommendationLevel;
  @Text(200, 'The office or body that is to answer; never the name of a person.') readonly addressee!: string;
}

export class AnswerRecommendation extends Command {
  @OneOf(ANSWERS, '`no-reply` where none came by the date of this; a reply that comes later is told after it.')
  readonly answer!: Answer;
  @Text(5_000, 'What the reply says, or what was done to get one.') readonly text!: string;
}

export class FollowUpRecommendation extends Command {
  @Text(2_000, 'What came of it.') readonly text!: string;
  @Optional() @Flag('Nothing more is to follow. By default false.') readonly done?: boolean;
}

export class WithdrawRecommendation extends Command {
  @Required() override readonly reason!: ReasonGiven;
}
