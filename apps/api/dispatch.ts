import type { CommandEntry } from '#domain';
import type { CommandRequest, CommandResult } from '#engine';
import type { Actor } from '#kernel';
import type { Moment, QueryEntry } from '#queries';
import { Inject, type Type } from '@nestjs/common';
import { CommandHandler, QueryHandler } from '@nestjs/cqrs';
import type { Answer, Spoor } from './spoor.ts';
import { SPOOR } from './tokens.ts';

/** A command on its way over the bus, which dispatches by class: one class an entry. */
export type CommandMessage = new (request: CommandRequest) => { readonly request: CommandRequest };

interface Question {
  readonly params: object;
  readonly at: Moment;
  readonly actor: Actor;
}
export type QueryMessage = new (question: Question) => { readonly question: Question };

interface Dispatched<M> {
  readonly message: M;
  readonly handler: Type<unknown>;
}

/** The message of one kind of command and its handler, which hands it to the engine. */
export function commandDispatch({ name }: CommandEntry): Dispatched<CommandMessage> {
  const message = named(
    name,
    class {
      constructor(readonly request: CommandRequest) {}
    },
  );
  @CommandHandler(message)
  class Handler {
    constructor(@Inject(SPOOR) private readonly spoor: Spoor) {}
    execute({ request }: { readonly request: CommandRequest }): Promise<CommandResult> {
      return this.spoor.commands.run(request);
    }
  }
  return { message, handler: named(`${name}Handler`, Handler) };
}

/** The message of one kind of question and its handler. */
export function queryDispatch(entry: QueryEntry): Dispatched<QueryMessage> {
  const message = named(
    entry.name,
    class {
      constructor(readonly question: Question) {}
    },
  );
  @QueryHandler(message)
  class Handler {
    constructor(@Inject(SPOOR) private readonly spoor: Spoor) {}
    execute({ question }: { readonly question: Question }): Promise<Answer> {
      return this.spoor.queries.run(entry, question.params, question.at, question.actor);
    }
  }
  return { message, handler: named(`${entry.name}Handler`, Handler) };
}

/** A class made in a loop, under a name of its own: what errors and the bus call it. */
export function named<T extends object>(name: string, type: T): T {
  Object.defineProperty(type, 'name', { value: name });
  return type;
}
