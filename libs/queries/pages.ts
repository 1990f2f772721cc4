import type { Position } from '#kernel';
import type { Names } from './names.ts';
import { notFound, type QueryContext, type QueryEntry } from './query.ts';
import type { Words } from './words.ts';

/** A part of a list, as `pageOf` describes it, with the position that it reflects. */
export interface ListPage {
  readonly items: readonly object[];
  readonly next: string | null;
  readonly names: Names;
  readonly asOf: Position | null;
  /** Of a history. */
  readonly title?: Words;
}

/** As many as a page may have. */
const LIMIT = 200;

/**
 * A whole list, page by page, all at one moment. When none is asked for, a list of one page is what is kept now; a longer
 * one is read as of the position that its first page reflects, for what is kept now changes between two pages. One reader
 * reads all pages: what it folds of the past, it folds once.
 */
export async function* pages(
  entry: QueryEntry,
  params: object,
  context: QueryContext,
): AsyncGenerator<ListPage | typeof notFound, void> {
  const { moment, at } = context;
  let asking = context;
  const ask = (cursor: string | null) =>
    entry.run({ ...params, limit: LIMIT, ...(cursor !== null && { cursor }) } as never, asking) as Promise<
      ListPage | typeof notFound
    >;
  let page = await ask(null);
  const isOfNow = moment.asOf === undefined && moment.effectiveAt === undefined;
  if (isOfNow && page !== notFound && page.next !== null && page.asOf !== null) {
    const then = { asOf: page.asOf };
    asking = { ...context, moment: then, reader: at(then) };
    page = await ask(null);
  }
  yield page;
  while (page !== notFound && page.next !== null) yield (page = await ask(page.next));
}
