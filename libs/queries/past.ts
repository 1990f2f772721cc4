import {
  asMoment,
  canonical,
  corrected,
  isMoment,
  foldDocuments,
  streamOf,
  type Instant,
  type Position,
  type Projection,
  type Recorded,
} from '#kernel';
import { asRecorded, type JournalEntry } from '#projections';
import {
  evaluate,
  matcher,
  ReadStoreError,
  type Doc,
  type Filter,
  type Page,
  type Query,
  type Reader,
} from '#read-store';
import type { Moment } from './query.ts';

/**
 * The read models at a moment: what is kept now where none is asked for, else folds of the journal by the same projections
 * (`architecture.md`, Time). One reader answers one request: it folds each thing once, and all its answers reflect one position.
 */
export const readerAt = (
  now: Reader,
  projections: readonly Projection[],
  moment: Moment,
  giveWay: GiveWay = () => Promise.resolve(),
): Reader =>
  moment.asOf === undefined && moment.effectiveAt === undefined
    ? now
    : new PastReader(now, projections, moment, giveWay);

/** Lets others go first: a fold may be long, and nothing pure knows of timers. */
export type GiveWay = () => Promise<unknown>;

/**
 * The events of a stream as they are to be read: right values in place of corrected ones; for what held at a moment, those
 * that had happened by then, in the order in which they did.
 */
export function asHeld(events: readonly Recorded[], effectiveAt?: Instant): readonly Recorded[] {
  const right = corrected(events);
  if (effectiveAt === undefined) return right;
  return right.filter(({ meta }) => meta.occurredAt <= effectiveAt).toSorted(inOrderOfOccurrence);
}

/** What happened at once is in log order. */
export function inOrderOfOccurrence(a: Recorded, b: Recorded): number {
  const [x, y] =
    a.meta.occurredAt === b.meta.occurredAt ? [a.position, b.position] : [a.meta.occurredAt, b.meta.occurredAt];
  return x < y ? -1 : 1;
}

const JOURNAL = 'journal';
const PAGE = 1_000;
/** So many streams are folded at a stretch. */
const PAUSE = 200;

class PastReader implements Reader {
  #cut: Promise<Position | null> | undefined;
  readonly #folded = new Map<string, Promise<readonly Doc[]>>();

  constructor(
    private readonly now: Reader,
    private readonly projections: readonly Projection[],
    private readonly moment: Moment,
    private readonly giveWay: GiveWay,
  ) {}

  async get<T extends Doc>(model: string, id: string): Promise<{ readonly doc: T; readonly asOf: Position } | null> {
    const cut = await this.#known();
    if (cut === null) return null;
    if (model === JOURNAL) return id <= cut ? this.now.get<T>(model, id) : null;
    const ofStream = await this.#fold<T>(model, [['streamId', 'eq', streamOf(id)]]);
    const doc = ofStream.find((one) => one.id === id);
    return doc === undefined ? null : { doc, asOf: cut };
  }

  async getMany<T extends Doc>(model: string, ids: readonly string[]): Promise<ReadonlyMap<string, T>> {
    const found = await Promise.all([...new Set(ids)].map((id) => this.get<T>(model, id)));
    return new Map(found.flatMap((one) => (one === null ? [] : [[one.doc.id, one.doc]])));
  }

  /** The pages of a list reflect one position, whatever is written in between: the cursor holds the first page's. */
  async find<T extends Doc>({ cursor, ...rest }: Query): Promise<Page<T>> {
    const query = cursor === undefined ? rest : { ...rest, cursor: await this.#resume(cursor) };
    const asOf = await this.#known();
    if (asOf === null) return { items: [], next: null, asOf };
    const { items, next } =
      query.model === JOURNAL
        ? await this.now.find<T>({ ...query, where: await this.#upTo(query.where) })
        : evaluate(await this.#fold<T>(query.model, scopeOf(query.where)), query);
    return { items, next: next === null ? null : this.#cursorAt(asOf, next), asOf };
  }

  /** For this moment only: with another one it would be a page of another list. */
  #cursorAt(cut: Position, next: string): string {
    const { asOf = null, effectiveAt = null } = this.moment;
    return `${Buffer.from(canonical([cut, asOf, effectiveAt])).toString('base64url')}.${next}`;
  }

  /** Goes on at the cut of a cursor; gives the store's own cursor. Fails with `invalid-cursor`. */
  async #resume(cursor: string): Promise<string> {
    const at = cursor.indexOf('.');
    const [, cut] = /^\["([0-9a-f]+)",/.exec(Buffer.from(cursor.slice(0, at), 'base64url').toString()) ?? [];
    const next = cursor.slice(at + 1);
    const known = await this.#known();
    if (cut === undefined || known === null || cut > known || this.#cursorAt(cut as Position, next) !== cursor)
      throw new ReadStoreError('invalid-cursor', 'The cursor is not one of this query');
    this.#cut = Promise.resolve(cut as Position);
    return next;
  }

  async count({ model, where }: Pick<Query, 'model' | 'where'>): Promise<number> {
    if ((await this.#known()) === null) return 0;
    if (model === JOURNAL) return this.now.count({ model, where: await this.#upTo(where) });
    return (await this.#fold(model, scopeOf(where))).filter(matcher(where)).length;
  }

  /** Position of the last event known at the moment; null when there was none. */
  #known(): Promise<Position | null> {
    return (this.#cut ??= this.#findCut());
  }

  /** `knownAt` never falls in log order: what was known at an instant is all up to one position. */
  async #findCut(): Promise<Position | null> {
    const { asOf = '9999-12-31' } = this.moment;
    const [field, value] = isMoment(asOf) ? ['knownAt', asMoment(asOf)] : ['position', asOf];
    const { items } = await this.now.find<JournalEntry & Doc>({
      model: JOURNAL,
      where: [[field, 'lte', value]],
      sort: [field, -1],
      limit: 1,
    });
    return (items[0]?.position as Position | undefined) ?? null;
  }

  async #upTo(where: readonly Filter[] = []): Promise<readonly Filter[]> {
    return [...where, ['position', 'lte', await this.#known()]];
  }

  /** The documents of the streams whose journal entries fit. */
  async #fold<T extends Doc>(model: string, where: readonly Filter[]): Promise<readonly T[]> {
    const key = canonical([await this.#known(), model, where]);
    const folded = this.#folded.get(key) ?? this.#foldAnew(model, where);
    this.#folded.set(key, folded);
    return folded as Promise<readonly T[]>;
  }

  async #foldAnew(model: string, where: readonly Filter[]): Promise<readonly Doc[]> {
    const projection = this.projections.find(({ name }) => name === model);
    if (projection === undefined || projection.source === null)
      throw new ReadStoreError('unknown-model', `There is no read model ${model}`, { model });
    const events = await this.#entries([['aggregate', 'eq', projection.source], ...where]);
    const documents: Doc[] = [];
    let folded = 0;
    for (const stream of Map.groupBy(events, ({ stream: { id } }) => id).values()) {
      const made = foldDocuments(projection, asHeld(stream, this.moment.effectiveAt));
      // As stores keep it, so that an answer is the same to the byte wherever it comes from.
      documents.push(...[...made.values()].map((document) => JSON.parse(canonical(document)) as Doc));
      if (++folded % PAUSE === 0) await this.giveWay();
    }
    return documents;
  }

  async #entries(where: readonly Filter[]): Promise<readonly Recorded[]> {
    const events: Recorded[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<JournalEntry & Doc> = await this.now.find({
        model: JOURNAL,
        where: await this.#upTo(where),
        sort: ['position', 1],
        limit: PAGE,
        ...(cursor !== null && { cursor }),
      });
      events.push(...page.items.map(asRecorded));
      cursor = page.next;
      if (cursor !== null) await this.giveWay();
    } while (cursor !== null);
    return events;
  }
}

/**
 * What filters on documents say about events: a stream belongs to one network, and makes the documents whose ids begin with
 * its own. A document that is a part of a thing says in `of` which.
 */
const scopeOf = (where: readonly Filter[] = []): readonly Filter[] =>
  where.flatMap(([field, op, value]): readonly Filter[] => {
    if (op !== 'eq' && op !== 'in') return [];
    if (field === 'id') return [['streamId', op, Array.isArray(value) ? value.map(stream) : stream(value)]];
    const of = { network: 'network', of: 'streamId' }[field];
    return of === undefined ? [] : [[of, op, value]];
  });

const stream = (id: unknown): string => streamOf(String(id));
