import {
  CONFIDENTIALITIES,
  SESSION_KINDS,
  SESSION_TOPICS,
  type Confidentiality,
  type SessionKind,
  type SessionTopic,
} from '../codes.ts';
import { Command, DayField, Id, Ids, One, OneOf, Optional, Text, Whole } from '../commands.ts';

export class FacilitatorGiven {
  @Optional() @Id() readonly organisation?: string;
  @Optional() @Text(200, 'A firm that is not registered; never the name of a person.') readonly external?: string;
}

/** `occurredAt` says when it was held. */
export class RecordSession extends Command {
  @Id('The network whose session it is.') readonly network!: string;
  @OneOf(SESSION_KINDS) readonly kind!: SessionKind;
  @Text() readonly title!: string;
  @OneOf(SESSION_TOPICS, 'Which of the five conditions of collective impact it was about.')
  readonly topic!: SessionTopic;
  @Optional() @Text() readonly place?: string;
  @Optional() @One(() => FacilitatorGiven, 'Who led it.') readonly facilitator?: FacilitatorGiven;
  @Ids(0, 200, 'Organisations that were present.') readonly organisations!: readonly string[];
  @Optional()
  @Ids(0, 200, 'Networks that were present: this one or those below it.')
  readonly networks?: readonly string[];
  @Whole(0, 10_000, 'How many people were there.') readonly participants!: number;
  @OneOf(
    CONFIDENTIALITIES,
    '`participants-only`: its outcomes are shown only to who acts for an organisation that took part, and to who recorded them.',
  )
  readonly confidentiality!: Confidentiality;
  @Optional() @Id('The action it was about, of this network or one below it.') readonly action?: string;
  @Optional() @Id('The indicator it was about, of this network or one above it.') readonly indicator?: string;
}

export class RecordOutcome extends Command {
  @Text(2_000) readonly text!: string;
}

export class AgreeStep extends Command {
  @Text(500, 'What will be done.') readonly text!: string;
  @Id('Who does it: an organisation, a group of the network or a person.') readonly owner!: string;
  @DayField('By when.') readonly dueOn!: string;
}

export class CompleteStep extends Command {
  @Whole(1, 1_000, 'Number of the step.') readonly number!: number;
  @Optional() @Text(500) readonly note?: string;
}
