import { API, type ConsistencyTokens, matches, parametersOf, routerPath } from '#http';
import { sha256 } from '#kernel';
import type { QueryEntry } from '#queries';
import { Controller, Get, Inject, Req, Res, type Type } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ANYBODY, PublicWhere } from './actor.guard.ts';
import { behind, found, MOMENTS, momentOf } from './asking.ts';
import { named, type QueryMessage } from './dispatch.ts';
import { header, target, type Reply, type Request } from './request.ts';
import type { Answer, Spoor } from './spoor.ts';
import { SPOOR, TOKENS } from './tokens.ts';

/** The route of one kind of question. */
export function queryController(entry: QueryEntry, message: QueryMessage): Type<unknown> {
  const isPublic = entry.who === 'public';
  const parameters = parametersOf(entry.params as new () => object, entry.timeTravel ? MOMENTS : []);

  @Controller()
  class QueryController {
    constructor(
      @Inject(SPOOR) private readonly spoor: Spoor,
      @Inject(TOKENS) private readonly tokens: ConsistencyTokens,
      @Inject(QueryBus) private readonly bus: QueryBus,
    ) {}

    @Get(routerPath(`${API}${entry.path}`))
    @PublicWhere(isPublic)
    async ask(@Req() request: Request, @Res() reply: Reply): Promise<void> {
      const given = parameters.read(target(request).query, request.params as Record<string, string>);
      const at = momentOf(given.others);
      const isBehind = !isPublic && (await behind(this.spoor, this.tokens, entry.reads, request, reply));
      const answer = found(
        await this.bus.execute<InstanceType<QueryMessage>, Answer>(
          new message({ params: given.params, at, actor: request.actor ?? ANYBODY }),
        ),
      );
      if (isBehind && answer.position !== null) reply.header('projection-position', answer.position);
      respond(answer, request, reply, isPublic);
    }
  }
  return named(`${entry.name}Controller`, QueryController);
}

/**
 * The answer with its fingerprint, or 304 when the client has it. The fingerprint leaves out `asOf`: an answer that says
 * the same of a later moment is the same answer. Nobody keeps it unasked: a name in it may have to be forgotten.
 */
function respond(
  { value, position }: Answer & { kind: 'found' },
  request: Request,
  reply: Reply,
  isPublic: boolean,
): void {
  const { asOf = position, ...rest } = value as { readonly asOf?: string | null };
  const etag = `W/"${sha256(JSON.stringify(rest)).slice(0, 32)}"`;
  reply.headers({
    etag,
    'cache-control': isPublic ? 'public, no-cache' : 'private, no-cache',
    ...(!isPublic && { vary: 'Spoor-Actor' }),
    ...(asOf !== null && { 'as-of': asOf }),
  });
  if (matches(header(request, 'if-none-match'), etag)) reply.status(304).send();
  else reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(value));
}
