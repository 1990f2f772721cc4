import { API, type ConsistencyTokens, HttpProblem, matches, parametersOf, preferences, routerPath } from '#http';
import { asMoment, isMoment, isPosition, sha256, type Position } from '#kernel';
import type { Moment, QueryEntry } from '#queries';
import { Controller, Get, Inject, Req, Res, type Type } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { refusal } from './command.controller.ts';
import { named, type QueryMessage } from './dispatch.ts';
import { header, target, type Reply, type Request } from './request.ts';
import type { Answer, Spoor } from './spoor.ts';
import { SPOOR, TOKENS } from './tokens.ts';

/** How long a token alone waits. */
const WAIT_S = 5;
const MOMENTS = ['asOf', 'effectiveAt'];

/** The route of one kind of question. */
export function queryController(entry: QueryEntry, message: QueryMessage): Type<unknown> {
  const parameters = parametersOf(entry.params as new () => object, entry.timeTravel ? MOMENTS : []);

  @Controller()
  class QueryController {
    constructor(
      @Inject(SPOOR) private readonly spoor: Spoor,
      @Inject(TOKENS) private readonly tokens: ConsistencyTokens,
      @Inject(QueryBus) private readonly bus: QueryBus,
    ) {}

    @Get(routerPath(`${API}${entry.path}`))
    async ask(@Req() request: Request, @Res() reply: Reply): Promise<void> {
      const given = parameters.read(target(request).query, request.params as Record<string, string>);
      const at = momentOf(given.others);
      const behind = await this.awaited(request, reply);
      const answer = await this.bus.execute<InstanceType<QueryMessage>, Answer>(
        new message({ params: given.params, at, actor: request.actor! }),
      );
      if (answer.kind === 'refused') throw refusal(answer.rejection);
      if (answer.kind === 'none') throw new HttpProblem('not-found');
      if (behind && answer.position !== null) reply.header('projection-position', answer.position);
      respond(answer, request, reply);
    }

    /** Waits for what the client has written; true when it has to do with an older answer. */
    private async awaited(request: Request, reply: Reply): Promise<boolean> {
      const token = header(request, 'consistency-token');
      const { wait = WAIT_S, handling } = preferences(header(request, 'prefer'));
      if (token === undefined) return false;
      const position: Position = this.tokens.read(token);
      const reached = await this.spoor.reached(position, entry.reads, wait * 1_000);
      if (!reached && handling === 'strict') throw new HttpProblem('projection-behind');
      reply.header('preference-applied', reached ? `wait=${wait}` : 'handling=lenient');
      return !reached;
    }
  }
  return named(`${entry.name}Controller`, QueryController);
}

function momentOf(given: ReadonlyMap<string, string>): Moment {
  const [asOf, effectiveAt] = MOMENTS.map((name) => given.get(name));
  if (asOf !== undefined && !isMoment(asOf) && !isPosition(asOf))
    throw wrong('asOf', 'is a date, an instant (RFC 3339) or a position');
  if (effectiveAt !== undefined && !isMoment(effectiveAt))
    throw wrong('effectiveAt', 'is a date or an instant (RFC 3339)');
  return {
    ...(asOf !== undefined && { asOf: isMoment(asOf) ? asMoment(asOf) : asOf }),
    ...(effectiveAt !== undefined && { effectiveAt: asMoment(effectiveAt) }),
  };
}

const wrong = (parameter: string, message: string): HttpProblem =>
  new HttpProblem('invalid-parameter', { errors: [{ parameter, code: 'is-moment', message }] });

/**
 * The answer with its fingerprint, or 304 when the client has it. The fingerprint leaves out `asOf`: an answer that says
 * the same of a later moment is the same answer. Nobody keeps it unasked: a name in it may have to be forgotten.
 */
function respond({ value, position }: Answer & { kind: 'found' }, request: Request, reply: Reply): void {
  const { asOf = position, ...rest } = value as { readonly asOf?: string | null };
  const etag = `W/"${sha256(JSON.stringify(rest)).slice(0, 32)}"`;
  reply.headers({
    etag,
    'cache-control': 'private, no-cache',
    vary: 'Spoor-Actor',
    ...(asOf !== null && { 'as-of': asOf }),
  });
  if (matches(header(request, 'if-none-match'), etag)) reply.status(304).send();
  else reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(value));
}
