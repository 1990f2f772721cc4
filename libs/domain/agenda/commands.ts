import { STRENGTHS, THEORY_NODES, type Localized, type Strength, type TheoryNodeKind } from '../codes.ts';
import { Code, Command, Distinct, Id, Ids, LocalizedText, Many, OneOf, Optional } from '../commands.ts';

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

export class TheoryNodeGiven {
  @Code('Names it within the theory.') readonly code!: string;
  @OneOf(THEORY_NODES) readonly kind!: TheoryNodeKind;
  @LocalizedText(200) readonly text!: Localized;
  @Optional()
  @Code(
    'Of an objective its code in the agenda, of an action its id, of an output, an outcome or an impact the id of its indicator; others have none.',
  )
  readonly ref?: string;
}

/** The one contributes to the other. */
export class TheoryEdgeGiven {
  @Code('Code of a node.') readonly from!: string;
  @Code('Code of the node to which it contributes.') readonly to!: string;
  @Optional() @OneOf(STRENGTHS, 'How well that is supported.') readonly strength?: Strength;
  @Optional() @Ids(0, 5, 'Evidence of the network.') readonly evidence?: readonly string[];
}

export class DraftTheoryOfChange extends Command {
  @Many(() => TheoryNodeGiven, 1, 100) @Distinct('code') readonly nodes!: readonly TheoryNodeGiven[];
  @Many(() => TheoryEdgeGiven, 0, 300, 'What contributes to what; never in a circle.')
  readonly edges!: readonly TheoryEdgeGiven[];
}

export class AdoptAgendaVersion extends Command {
  @Optional() @Id('The decision that adopts it.') readonly decisionRef?: string;
}
