import { SUBJECT_KINDS, type SubjectKind } from '../codes.ts';
import { Command, Id, Ids, Moment, One, OneOf, Optional, ReasonGiven, Required, Text, Whole } from '../commands.ts';

export class PlanMeeting extends Command {
  @Id() readonly network!: string;
  @Id('The group that meets.') readonly body!: string;
  @Moment('A date means its start in Brussels.') readonly startsAt!: string;
  @Optional() @Text() readonly title?: string;
  @Optional() @Text() readonly place?: string;
}

export class ItemSubject {
  @OneOf(SUBJECT_KINDS) readonly kind!: SubjectKind;
  @Optional() @Id() readonly id?: string;
}

export class AddAgendaItem extends Command {
  @Text() readonly title!: string;
  @Optional() @One(() => ItemSubject) readonly subject?: ItemSubject;
}

export class RecordInput extends Command {
  @Whole(1, 1_000, 'Number of the agenda item.') readonly item!: number;
  @Id() readonly organisation!: string;
  @Text(5_000) readonly text!: string;
}

export class AnswerInput extends Command {
  @Whole(1, 1_000, 'Number of the agenda item.') readonly item!: number;
  @Id('Whose input is answered.') readonly organisation!: string;
  @Text(5_000, 'What became of it.') readonly text!: string;
}

export class RecordAttendance extends Command {
  @Ids(0, 500, 'Organisations.') readonly present!: readonly string[];
  @Optional() @Ids(0, 500, 'Organisations.') readonly excused?: readonly string[];
}

export class HoldMeeting extends Command {
  @Optional() @Text(20_000) readonly minutes?: string;
}

export class CancelMeeting extends Command {
  @Required() override readonly reason!: ReasonGiven;
}
