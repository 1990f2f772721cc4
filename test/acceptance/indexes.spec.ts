import { parametersOf } from '#http';
import type { Actor, Json, JsonObject } from '#kernel';
import { allProjections } from '#projections';
import { allQueries, type QueryEntry } from '#queries';
import type { Query, ReadStore } from '#read-store';
import { aggregateOf } from '../../apps/api/harness.ts';
import type { Spoor } from '../../apps/api/spoor.ts';
import { compose } from '../../apps/composition/compose.ts';
import { openMemory } from '../../apps/composition/stack.ts';
import { seed } from '../../apps/seed/seed.ts';

/* Every list query is served by an index (stores.md §3): the demo histories, asked in each way that the API offers. */

type Asked = Pick<Query, 'model' | 'where' | 'sort'>;

const DAY = '2021-06-30';
const NOON = `${DAY}T12:00:00.000Z`;
const MOMENTS = [{}, { asOf: DAY }, { effectiveAt: NOON }];
/** Of each aggregate in a network: enough to meet actions with parts and with what they derive from. */
const SOME = 2;

const finds = new Map<string, Asked>();
const counts = new Map<string, Asked>();
/** By network and aggregate. */
const ids = new Map<string, string[]>();
/** Somebody with a role in each network. */
const members = new Map<string, Actor>();
const kept = new Map(allProjections.map(({ name, indexes }) => [name, indexes]));

/** What is asked, without its values. */
const shapeOf = ({ model, where = [], sort: [order] = ['id', 1] }: Asked): string =>
  `${model} where ${where
    .map(([field, op]) => `${field} ${op}`)
    .toSorted()
    .join(' and ')} by ${order}`;

/** The store, noting what it is asked. */
function noting(store: ReadStore): ReadStore {
  const note = (name: string | symbol, asked: unknown): void => {
    if (name === 'find') finds.set(shapeOf(asked as Asked), asked as Asked);
    if (name === 'count') counts.set(shapeOf(asked as Asked), asked as Asked);
  };
  return new Proxy(store, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...args: readonly unknown[]): unknown => {
        note(name, args[0]);
        return Reflect.apply(member, target, args);
      };
    },
  });
}

async function see(spoor: Spoor): Promise<void> {
  for await (const page of spoor.events.readAll())
    for (const stored of page) {
      const { stream, revision, type, data, meta } = spoor.decode(stored)!;
      const kind = `${meta.network} ${stream.aggregate}`;
      if (revision === 0) ids.set(kind, [...(ids.get(kind) ?? []), stream.id]);
      const { role, network } = data as { readonly role?: string; readonly network?: string };
      if (type === 'RoleGiven') members.set(network!, { subject: stream.id, role: role! });
    }
}

/** What must be said, and that with each of what may be. */
function* ways(entry: QueryEntry, network: string): Iterable<JsonObject> {
  const { properties = {}, required = [] } = parametersOf(entry.params as new () => object).schema as {
    readonly properties?: Readonly<Record<string, JsonObject>>;
    readonly required?: readonly string[];
  };
  const example: JsonObject = { ...(entry.example as JsonObject), network };
  const said = (name: string) => ({ [name]: example[name] ?? anyOf(properties[name]!, network) });
  const [, collection = ''] = entry.path.split('/');
  const things = (
    ids.get(`${network} ${aggregateOf(collection)}`) ??
    ids.get(`null ${aggregateOf(collection)}`) ??
    []
  ).slice(-SOME);
  for (const id of required.includes('id') ? things : [undefined]) {
    const least = { ...Object.assign({}, ...required.map(said)), ...(id !== undefined && { id }) } as JsonObject;
    yield least;
    for (const name of Object.keys(properties)) if (name !== 'cursor') yield { ...said(name), ...least };
  }
}

function anyOf({ type, enum: values, items, minimum, format }: JsonObject, id: string): Json {
  if (Array.isArray(values)) return values[0] as Json;
  if (type === 'array') return [anyOf(items as JsonObject, id)];
  if (type === 'integer') return minimum ?? 1;
  return format === 'uuid' ? id : NOON;
}

/** Whether equal fields (for a list: what it holds) are at the beginning of an index, if there are any. */
function beginningsOf({ model, where = [] }: Asked): readonly (readonly string[])[] {
  const equal = new Set(where.filter(([, op]) => op === 'eq' || op === 'has').map(([field]) => field));
  return [[], ...kept.get(model)!].flatMap((fields) => {
    const unequal = fields.findIndex((field) => !equal.has(field));
    const length = unequal === -1 ? fields.length : unequal;
    return length > 0 || equal.size === 0 ? [[...fields.slice(length), 'id']] : [];
  });
}

/** An index begins with what is to be equal and goes on in the order of the page; what else is asked, each document is asked. */
const isServed = (asked: Asked): boolean => beginningsOf(asked).some(([next]) => next === (asked.sort?.[0] ?? 'id'));

/** So many networks: those with most kinds of things, which between them have all. */
const NETWORKS = 6;
const kindsIn = (network: string): number => [...ids.keys()].filter((kind) => kind.startsWith(network)).length;
const richest = () => [...members].toSorted(([a], [b]) => kindsIn(b) - kindsIn(a)).slice(0, NETWORKS);

beforeAll(async () => {
  const stack = openMemory();
  const spoor = await compose({ ...stack, reads: noting(stack.reads) }, 'simulated');
  await seed(spoor);
  await see(spoor);
  for (const [network, actor] of richest())
    for (const entry of allQueries)
      for (const params of ways(entry, network))
        for (const at of entry.timeTravel ? MOMENTS : [{}]) await spoor.queries.run(entry, params, at, actor);
  await spoor.close();
  await stack.close();
}, 60_000);

describe('what is asked of the read models', () => {
  it('is about all that can be listed', () => {
    const models = new Set([...finds.values()].map(({ model }) => model));
    expect([...kept.keys()].filter((model) => !models.has(model))).toEqual([]);
    expect(finds.size).toBeGreaterThan(80);
  });

  it('comes in the order of an index', () =>
    expect([...finds].filter(([, asked]) => !isServed(asked)).map(([shape]) => shape)).toEqual([]));

  it('is counted along an index', () =>
    expect([...counts].filter(([, asked]) => beginningsOf(asked).length === 0).map(([shape]) => shape)).toEqual([]));
});
