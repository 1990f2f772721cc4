import { s, type JsonObject, type Position, type Schema } from '#kernel';
import { evaluate, type Doc, type Filter, type FilterOp, type Page, type Query, type Reader } from '#read-store';
import { namesOf } from './names.ts';
import type { PagedOfNetwork } from './params.ts';
import { notFound, type QueryContext, type QueryEntry } from './query.ts';

interface Question<P extends object, R extends object> extends Omit<
  QueryEntry<P, R>,
  'params' | 'result' | 'who' | 'timeTravel'
> {
  readonly params: new () => P;
  /** What it answers; the position it reflects is added to each. */
  readonly answer: Schema<R>;
  /** By default anyone: what they see is bounded by their networks. */
  readonly who?: QueryEntry['who'];
  /** By default it does. */
  readonly timeTravel?: boolean;
}

/** Makes a question one of the API: each answer says as `asOf` the position that it reflects. */
export function question<P extends object, R extends object>(asked: Question<P, R>): QueryEntry {
  const { answer, who = 'anyone', timeTravel = true, run, ...rest } = asked;
  return {
    ...rest,
    who,
    timeTravel,
    result: withAsOf(answer),
    run: async (params: P, context: QueryContext) => {
      const reader = new Watched(context.reader);
      const found = await run(params, { ...context, reader });
      if (found === notFound) return notFound;
      // How far the log is tells how much happens in it.
      return { ...found, asOf: who === 'public' ? null : reader.asOf() };
    },
  } as unknown as QueryEntry;
}

function withAsOf(schema: JsonObject): Schema<unknown> {
  const { properties, required } = schema as { readonly properties: JsonObject; readonly required: readonly string[] };
  const asOf = s.nullable(s.text('The position that the answer reflects.'));
  return { ...schema, properties: { ...properties, asOf }, required: [...required, 'asOf'] };
}

/** Remembers the oldest position among what it gave. */
class Watched implements Reader {
  #oldest: Position | null | undefined;

  constructor(private readonly reader: Reader) {}

  asOf(): Position | null {
    return this.#oldest ?? null;
  }

  async get<T extends Doc>(model: string, id: string): Promise<{ readonly doc: T; readonly asOf: Position } | null> {
    const found = await this.reader.get<T>(model, id);
    if (found !== null) this.#saw(found.asOf);
    return found;
  }

  getMany<T extends Doc>(model: string, ids: readonly string[]): Promise<ReadonlyMap<string, T>> {
    return this.reader.getMany(model, ids);
  }

  async find<T extends Doc>(query: Query): Promise<Page<T>> {
    const page = await this.reader.find<T>(query);
    this.#saw(page.asOf);
    return page;
  }

  count(query: Pick<Query, 'model' | 'where'>): Promise<number> {
    return this.reader.count(query);
  }

  #saw(asOf: Position | null): void {
    if (this.#oldest === undefined || asOf === null || (this.#oldest !== null && asOf < this.#oldest))
      this.#oldest = asOf;
  }
}

const next = s.nullable(s.text('Cursor of the next page; null on the last.'));
export const names = s.map(s.text(), 'Names by id, of what the caller may know.');

export const pageOf = <T>(item: Schema<T>) => s.object({ items: s.list(item), next, names });

/** `more` is said of the whole list. */
export const pageWith = <T, M extends Readonly<Record<string, Schema<unknown>>>>(more: M, item: Schema<T>) =>
  s.object({ ...more, items: s.list(item), next, names });

/** A page of rows that were reckoned, in the order of one of their members. */
export const pageOfRows = <T extends { readonly id: string }>(
  rows: readonly T[],
  by: keyof T & string,
  { limit = 50, cursor }: { readonly limit?: number; readonly cursor?: string },
): { readonly items: readonly T[]; readonly next: string | null } =>
  evaluate(rows as readonly (T & Doc)[], {
    model: 'rows',
    sort: [by, 1],
    limit,
    ...(cursor !== undefined && { cursor }),
  });

type Filters<P> = { readonly [M in keyof P]?: readonly [field: string, op: FilterOp] };

/** Which parameter filters by which field. */
export const whereOf = <P extends object>(params: P, filters: Filters<P>): readonly Filter[] =>
  Object.entries(filters as Readonly<Record<string, readonly [string, FilterOp]>>).flatMap(([member, [field, op]]) => {
    const value = (params as Readonly<Record<string, Filter[2] | undefined>>)[member];
    return value === undefined ? [] : [[field, op, value] as const];
  });

/** A page of what one network has, with the names of all it speaks of; another's network is not there. */
export async function listed<T extends object, R extends object = T>(
  context: QueryContext,
  { network, limit = 50, cursor }: PagedOfNetwork,
  query: Pick<Query, 'model' | 'where' | 'sort'>,
  row: (document: T) => R,
  idsOf: (row: R) => readonly (string | null)[],
): Promise<
  | { readonly items: readonly R[]; readonly next: string | null; readonly names: Readonly<Record<string, string>> }
  | typeof notFound
> {
  if (!context.networks.has(network)) return notFound;
  const page = await context.reader.find<T & Doc>({
    ...query,
    where: [['network', 'eq', network], ...(query.where ?? [])],
    limit,
    ...(cursor !== undefined && { cursor }),
  });
  const items = page.items.map(row);
  return { items, next: page.next, names: await namesOf(context, items.flatMap(idsOf)) };
}

/** The document, when it is of one of the caller's networks. */
export async function owned<T extends { readonly network: string }>(
  { reader, networks }: QueryContext,
  model: string,
  id: string,
): Promise<T | undefined> {
  const found = await reader.get<T & Doc>(model, id);
  return found !== null && networks.has(found.doc.network) ? found.doc : undefined;
}

/** All that fits, page by page. */
export async function every<T extends object>(
  reader: Reader,
  query: Omit<Query, 'cursor' | 'limit'>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T & Doc> = await reader.find({ ...query, limit: 1_000, ...(cursor !== null && { cursor }) });
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return all;
}

/** All that one network has of a model. */
export const ofNetwork = <T extends object>(
  reader: Reader,
  model: string,
  network: string,
  where: readonly Filter[] = [],
): Promise<readonly T[]> => every<T>(reader, { model, where: [['network', 'eq', network], ...where] });

/** Some members of a document's schema. */
export function picked<T extends object, M extends keyof T & string>(
  schema: Schema<T>,
  members: readonly M[],
): Schema<Pick<T, M>> {
  const { properties } = schema as unknown as { readonly properties: Readonly<Record<string, JsonObject>> };
  return {
    type: 'object',
    properties: Object.fromEntries(members.map((member) => [member, properties[member]!])),
    required: members,
    additionalProperties: false,
  };
}
export const pick = <T extends object, M extends keyof T & string>(document: T, members: readonly M[]): Pick<T, M> =>
  Object.fromEntries(members.map((member) => [member, document[member]])) as Pick<T, M>;
