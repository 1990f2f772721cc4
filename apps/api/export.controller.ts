import { Readable } from 'node:stream';
import {
  exportId,
  exportPath,
  PAGING,
  parametersOf,
  routerPath,
  topicOf,
  type ConsistencyTokens,
  type ListFormat,
  type ListWriter,
} from '#http';
import { asMoment, dayOf, isMoment, type JsonObject } from '#kernel';
import type { ListPage, Moment, QueryEntry } from '#queries';
import { Controller, Get, Inject, Req, Res, type Type } from '@nestjs/common';
import { ANYBODY, PublicWhere } from './actor.guard.ts';
import { behind, found, MOMENTS, momentOf } from './asking.ts';
import { kebab } from './cloud-event.ts';
import { named } from './dispatch.ts';
import type { Log } from './log.ts';
import { target, type Reply, type Request } from './request.ts';
import type { Answer, Spoor } from './spoor.ts';
import { LOG, SPOOR, TOKENS } from './tokens.ts';

/** A client that takes nothing for so long has stalled, and is cut off. */
const STALLED_MS = 120_000;

/**
 * The route of a whole list in one format, beside its JSON pages. It is not asked over the bus, which knows one answer to a
 * question: this one comes page by page, as fast as the client takes it, and ends when the client leaves.
 */
export function exportController(entry: QueryEntry, item: JsonObject, format: ListFormat): Type<unknown> {
  const isPublic = entry.who === 'public';
  const others = [...(entry.timeTravel ? MOMENTS : []), ...format.parameters];
  const parameters = parametersOf(entry.params as new () => object, others, PAGING);

  @Controller()
  class ExportController {
    constructor(
      @Inject(SPOOR) private readonly spoor: Spoor,
      @Inject(TOKENS) private readonly tokens: ConsistencyTokens,
      @Inject(LOG) private readonly log: Log,
    ) {}

    @Get(routerPath(exportPath(entry, format.suffix)))
    @PublicWhere(isPublic)
    async export(@Req() request: Request, @Res() reply: Reply): Promise<void> {
      const given = parameters.read(target(request).query, request.params as Record<string, string>);
      const at = momentOf(given.others);
      const writer = format.writer(item, given.others);
      // A list of several pages is read from the journal.
      const isBehind =
        !isPublic && (await behind(this.spoor, this.tokens, [...entry.reads, 'journal'], request, reply));
      const pages = this.spoor.queries.pages(entry, given.params, at, request.actor ?? ANYBODY);
      const first = found((await pages.next()).value as Answer);
      if (isBehind && first.position !== null) reply.header('projection-position', first.position);
      const { asOf } = first.value as ListPage;
      const day = this.dayOf(at);
      reply.headers({
        'content-type': `${format.mediaType}${format.charset}`,
        'content-disposition': `attachment; filename="${kebab(topicOf(entry))}-${day}.${format.suffix}"`,
        'cache-control': 'no-store',
        ...(!isPublic && { vary: 'Spoor-Actor' }),
        ...(asOf !== null && { 'as-of': asOf }),
      });
      reply.raw.setTimeout(STALLED_MS);
      const isHead = request.raw.method === 'HEAD';
      reply.send(Readable.from(isHead ? [] : this.text(writer, first, pages, request.id)));
    }

    /** The day of the moment asked for; a position stands for itself. */
    private dayOf({ asOf, effectiveAt }: Moment): string {
      const moment = asOf ?? effectiveAt ?? this.spoor.clock.now();
      return isMoment(moment) ? dayOf(asMoment(moment)) : moment;
    }

    /** An error breaks it off, and with it the response: nobody may take a part for the whole. */
    private async *text(
      { head, lines }: ListWriter,
      first: Answer,
      more: AsyncIterable<Answer>,
      traceId: string,
    ): AsyncGenerator<string, void> {
      try {
        const page = found(first).value as ListPage;
        yield head(page) + lines(page);
        for await (const page of more) yield lines(found(page).value as ListPage);
      } catch (error) {
        this.log.error({ err: error, traceId }, 'an export broke off');
        throw error;
      }
    }
  }
  return named(`${exportId(entry, format.suffix)}Controller`, ExportController);
}
