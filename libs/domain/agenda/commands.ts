import type { Localized } from '../codes.ts';
import { Code, Command, Id, LocalizedText, Optional } from '../commands.ts';

const AMBITION = 'What the network wants to reach.';
const PROBLEM = 'The problem as the network sees it together.';

export class DraftAgenda extends Command {
  @Id() readonly network!: string;
  @LocalizedText(5_000, AMBITION) readonly ambition!: Localized;
  @LocalizedText(5_000, PROBLEM) readonly problemStatement!: Localized;
}

export class RedraftAgenda extends Command {
  @LocalizedText(5_000, AMBITION) readonly ambition!: Localized;
  @LocalizedText(5_000, PROBLEM) readonly problemStatement!: Localized;
}

export class AddObjective extends Command {
  @Code('Names the objective within the agenda for ever: `O5`.') readonly code!: string;
  @LocalizedText() readonly text!: Localized;
}

export class RewordObjective extends Command {
  @Code() readonly code!: string;
  @LocalizedText() readonly text!: Localized;
}

export class EndObjective extends Command {
  @Code() readonly code!: string;
}

export class AdoptAgendaVersion extends Command {
  @Optional() @Id('The decision that adopts it.') readonly decisionRef?: string;
}
