import type { Aggregate, Decide, DecisionContext, Rejected } from './decider.ts';
import type { Event, Evidence, Reason } from './event.ts';

/** What any command may say beside its own members. */
export interface CommandBody {
  readonly occurredAt?: string;
  readonly reason?: Reason;
  readonly evidence?: readonly Evidence[];
  readonly onBehalfOf?: string;
  readonly decisionRef?: string;
}

/** Everything the engine needs to carry out one kind of command; the domain makes them, one entry a class. */
export interface CommandDefinition<C extends CommandBody = CommandBody, S extends { readonly status: string } = never> {
  /** `AssignGroupLead`. */
  readonly name: string;
  readonly aggregate: Aggregate<S>;
  /** It begins a stream of its own. */
  readonly creates: boolean;
  /** The id of the stream it begins, where that is not made from the command's id. */
  readonly idOf?: (command: C) => string;
  /** Members that are personal data: kept outside the event and outside the command's hash. */
  readonly personal: readonly string[];
  readonly decide: Decide<C, S, Event>;
  /** The network whose fact it will be. */
  readonly networkOf: (command: C, state: S, id: string) => string | null;
  /** May this actor give this command here? The organisation for which it acts, or the refusal. */
  readonly authorise: (command: C, state: S, context: DecisionContext) => Rejected | { readonly organisation?: string };
  /** May it have happened then (ACT-4)? */
  readonly timely: (command: C, network: string | null, context: DecisionContext) => Rejected | undefined;
}
