import { LANGUAGES, type Language } from '#domain';
import { canonical, decimal, plain, type Json, type JsonObject } from '#kernel';
import { historyText, type HistoryEntry, type ListPage, type QueryEntry } from '#queries';
import { HttpProblem } from './problem.ts';

/* Whole lists as files: CSV (RFC 4180) for spreadsheets, JSON lines for programs, histories as text for people. */

type Page = Pick<ListPage, 'items' | 'names'>;

/** Writes a list as text: the head, then page after page. */
export interface ListWriter {
  readonly head: (first: ListPage) => string;
  readonly lines: (page: Page) => string;
}

export interface ListFormat {
  /** Of the address. */
  readonly suffix: string;
  /** What it is called in the API docs. */
  readonly title: string;
  readonly mediaType: string;
  /** Of a text in it, behind the media type. */
  readonly charset: string;
  /** Parameters that are of the format. */
  readonly parameters: readonly string[];
  /** Throws an {@link HttpProblem} when a parameter is wrong. */
  readonly writer: (item: JsonObject, given: ReadonlyMap<string, string>) => ListWriter;
  /** Which lists it is for; by default all. */
  readonly fits?: (entry: QueryEntry) => boolean;
}

export const LIST_FORMATS: readonly ListFormat[] = [
  {
    suffix: 'csv',
    title: 'CSV',
    mediaType: 'text/csv',
    charset: '; charset=utf-8; header=present',
    parameters: ['dialect'],
    writer: (item, given) => csv(item, dialectOf(given.get('dialect'))),
  },
  {
    suffix: 'ndjson',
    title: 'JSON lines',
    mediaType: 'application/x-ndjson',
    charset: '',
    parameters: [],
    writer: () => ndjson,
  },
  {
    suffix: 'txt',
    title: 'a text in nl, fr or en',
    mediaType: 'text/plain',
    charset: '; charset=utf-8',
    parameters: ['language'],
    writer: (_item, given) => text(given),
    fits: (entry) => 'title' in membersOf(entry),
  },
];

/** The formats in which a question can be answered as a file: none when its answer has no pages. */
export const formatsOf = (entry: QueryEntry): readonly ListFormat[] =>
  itemOf(entry) === undefined ? [] : LIST_FORMATS.filter(({ fits }) => fits === undefined || fits(entry));

/** What says where in a list a page is: an export has the whole of it. */
export const PAGING: readonly string[] = ['limit', 'cursor'];

/** The schema of the items of a list; undefined for a question whose answer has no pages. */
export function itemOf(entry: QueryEntry): JsonObject | undefined {
  const { items, next } = membersOf(entry);
  return next === undefined ? undefined : (items!['items'] as JsonObject);
}

const membersOf = ({ result }: QueryEntry): Readonly<Record<string, JsonObject>> =>
  (result as JsonObject)['properties'] as Readonly<Record<string, JsonObject>>;

/** A history, in the language asked for. */
function text(given: ReadonlyMap<string, string>): ListWriter {
  const { asOf, effectiveAt, language = 'nl' } = Object.fromEntries(given) as Readonly<Record<string, string>>;
  if (!LANGUAGES.includes(language as Language)) throw unknown('language', LANGUAGES);
  const { head, line } = historyText(language as Language);
  return {
    head: ({ title, asOf: position }) =>
      head(
        { title: title!, asOf: position },
        { ...(asOf !== undefined && { asOf }), ...(effectiveAt !== undefined && { effectiveAt }) },
      ),
    lines: ({ items, names }) => items.map((one) => line(one as HistoryEntry, names)).join(''),
  };
}

const unknown = (parameter: string, known: readonly string[]): HttpProblem =>
  new HttpProblem('invalid-parameter', {
    errors: [{ parameter, code: 'is-in', message: `is one of ${known.join(', ')}` }],
  });

const ndjson: ListWriter = {
  head: () => '',
  lines: ({ items }) => items.map((item) => `${canonical(plain(item))}\n`).join(''),
};

interface Dialect {
  readonly mark: string;
  readonly separator: string;
  readonly point: string;
}

const RFC_4180: Dialect = { mark: '', separator: ',', point: '.' };
/** What Excel with Belgian settings opens by a double click. */
const EXCEL_BE: Dialect = { mark: '\uFEFF', separator: ';', point: ',' };
export const DIALECTS: Readonly<Record<string, Dialect>> = { 'excel-be': EXCEL_BE };

function dialectOf(given: string | undefined): Dialect {
  if (given === undefined) return RFC_4180;
  if (Object.hasOwn(DIALECTS, given)) return DIALECTS[given]!;
  throw unknown('dialect', Object.keys(DIALECTS));
}

function csv(item: JsonObject, { mark, separator, point }: Dialect): ListWriter {
  const columns = columnsOf(item);
  const quotes = new RegExp(`[${separator}"\r\n]`);
  const quoted = (cell: string): string => (quotes.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const line = (cells: readonly string[]): string => `${cells.map(quoted).join(separator)}\r\n`;
  return {
    head: () => mark + line(columns.map(({ name }) => name)),
    lines: ({ items, names }) =>
      items.map((one) => line(columns.map(({ cell }) => cell(one as JsonObject, names, point)))).join(''),
  };
}

interface Column {
  readonly name: string;
  readonly cell: (item: JsonObject, names: Page['names'], point: string) => string;
}

/**
 * The columns of a list, from the schema of its items alone: members of members with dots, amounts in cents without that
 * suffix, and beside an id the name of what it stands for.
 */
export function columnsOf(item: JsonObject): readonly Column[] {
  const leaves = [...leavesOf(item, [])];
  const taken = new Set(leaves.map(({ path }) => path.join('.')));
  return leaves.flatMap(({ path, schema }): readonly Column[] => {
    const member = path.join('.');
    const write = writerOf(schema, isAmount(member, schema));
    const column: Column = {
      name: isAmount(member, schema) ? amountName(member, taken) : member,
      cell: (one, _, point) => write(valueAt(one, path), point),
    };
    const isOther = schema['format'] === 'uuid' && path.length === 1 && member !== 'id';
    if (!isOther) return [column];
    return [column, { name: `${member}.name`, cell: (one, names) => safe(names[one[member] as string] ?? '') }];
  });
}

const isAmount = (member: string, { type, items }: JsonObject): boolean =>
  member.endsWith('Cents') && (type === 'integer' || (type === 'array' && typeOf(items) === 'integer'));

/** `grant` for `grantCents`, unless that is another member. */
function amountName(member: string, taken: ReadonlySet<string>): string {
  const name = member.replace(/Cents$/, '');
  return taken.has(name) ? `${name}.amount` : name;
}

interface Leaf {
  readonly path: readonly string[];
  readonly schema: JsonObject;
}

function* leavesOf(given: JsonObject, path: readonly string[]): Generator<Leaf> {
  const schema = notNull(given);
  const { properties } = schema as { readonly properties?: Readonly<Record<string, JsonObject>> };
  if (properties === undefined) yield { path, schema };
  else for (const [name, member] of Object.entries(properties)) yield* leavesOf(member, [...path, name]);
}

/** What it is when it is not null. */
function notNull(schema: JsonObject): JsonObject {
  const { anyOf = [] } = schema as { readonly anyOf?: readonly JsonObject[] };
  const [one, ...more] = anyOf.filter(({ type }) => type !== 'null');
  return one !== undefined && more.length === 0 ? one : schema;
}

const valueAt = (item: JsonObject, path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((value, name) => (value as JsonObject | null | undefined)?.[name], item);

type Scalar = string | number | boolean;
const SCALARS: readonly unknown[] = ['string', 'integer', 'boolean'];
const typeOf = (schema: Json | undefined): Json | undefined => notNull((schema ?? {}) as JsonObject)['type'];

/** Scalars as they are, lists of them joined, and what a cell cannot show as JSON. */
function writerOf(schema: JsonObject, isAmount: boolean): (value: Json | undefined, point: string) => string {
  const isJoined = schema['type'] === 'array' && SCALARS.includes(typeOf(schema['items']));
  return (value, point) => {
    const shown = (one: Scalar): string => (isAmount ? decimal(one as number, point) : String(one));
    if (value === null || value === undefined) return '';
    if (typeof value === 'string') return safe(value);
    if (typeof value !== 'object') return shown(value);
    return isJoined ? safe((value as readonly Scalar[]).map(shown).join('; ')) : canonical(plain(value));
  };
}

/** A text that a spreadsheet would run is made one that it shows. */
const safe = (text: string): string => (/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text);
