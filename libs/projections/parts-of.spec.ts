import { gone, s, type Event, type Recorded, type TypeOf } from '#kernel';
import { idOf, log, stream, type Fact } from '#testkit';
import { partsProjection, partStamped } from './parts-of.ts';

type Ordered = Event<'Ordered', { readonly names: readonly string[] }>;
type Shelved = Event<'Shelved', { readonly name: string }>;
type Ended = Event<'Ended', { readonly name: string }>;
type ShopEvent = Ordered | Shelved | Ended | Event<'Painted', Record<string, never>>;
const doc = s.object({ ...partStamped, state: s.text() });
type Item = TypeOf<typeof doc>;

const items = partsProjection<Item, ShopEvent>({
  name: 'items',
  version: 1,
  source: 'shop',
  doc,
  parts: ({ data }) => ('names' in data ? data.names : 'name' in data ? [data.name] : []),
  starts: { Ordered: () => ({ state: 'ordered' }) },
  on: { Shelved: () => ({ state: 'shelved' }), Ended: () => gone },
  indexes: [],
});

/** The documents that these events make. */
function made(events: readonly Recorded[]): ReadonlyMap<string, Item> {
  const documents = new Map<string, Item>();
  for (const event of events)
    for (const [id, next] of items.apply(event, (one) => documents.get(one)))
      if (next === gone) documents.delete(id);
      else documents.set(id, next);
  return documents;
}
const SHOP = idOf('shop');
const shop = (...facts: readonly Fact<ShopEvent>[]) => log(stream<ShopEvent>('shop', SHOP, ...facts));
const stateOf = (events: readonly Recorded[]) => [...made(events)].map(([id, item]) => [id.split('/')[1], item.state]);
const ordered = (...names: readonly string[]): Fact<ShopEvent> => ({ type: 'Ordered', data: { names } });

describe('a read model of parts', () => {
  it('has a document for each part that an event begins, once where it is named twice', () =>
    expect(stateOf(shop(ordered('a', 'b', 'a')))).toEqual([
      ['a', 'ordered'],
      ['b', 'ordered'],
    ]));

  it('names it by its thing, and says by which event it is so', () => {
    const events = shop(ordered('a'), { type: 'Shelved', data: { name: 'a' } });
    const last = events[1]!;
    expect(made(events).get(`${SHOP}/a`)).toEqual({
      id: `${SHOP}/a`,
      of: SHOP,
      position: last.position,
      updatedAt: last.meta.recordedAt,
      state: 'shelved',
    });
  });

  it('changes and ends the part that is meant, and leaves the others as they are', () => {
    const both = shop(
      ordered('a', 'b'),
      { type: 'Shelved', data: { name: 'a' } },
      { type: 'Ended', data: { name: 'b' } },
    );
    expect(stateOf(both)).toEqual([['a', 'shelved']]);
  });

  it('begins a part once: a second beginning changes nothing', () =>
    expect(stateOf(shop(ordered('a'), { type: 'Shelved', data: { name: 'a' } }, ordered('a')))).toEqual([
      ['a', 'shelved'],
    ]));

  it('passes by what is about a part that is not there, what it does not follow, and what is of another thing', () => {
    const [event] = shop(ordered('a')) as [Recorded];
    const elsewhere = { ...event, stream: { ...event.stream, aggregate: 'other' } };
    expect(stateOf(shop({ type: 'Shelved', data: { name: 'a' } }, { type: 'Painted', data: {} }))).toEqual([]);
    expect(items.keys(elsewhere)).toEqual([]);
    expect(stateOf([elsewhere])).toEqual([]);
  });

  it('tells which documents an event needs, each once', () =>
    expect(items.keys(shop(ordered('a', 'b', 'a'))[0]!)).toEqual([`${SHOP}/a`, `${SHOP}/b`]));
});
