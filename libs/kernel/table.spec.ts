import { copied } from '#testkit';
import fc from 'fast-check';
import { uuidv5 } from './ids.ts';
import { entriesOf, got, withEntry, withoutEntry, type Table } from './table.ts';

const key = fc.oneof(fc.string(), fc.uuid(), fc.constantFrom('', 'a', '__proto__', 'constructor', 'toString'));
const change = fc.record({ key, value: fc.option(fc.nat(), { nil: undefined }) });

const changed = (changes: readonly { readonly key: string; readonly value?: number | undefined }[]): Table<number> =>
  changes.reduce<Table<number>>(
    (table, { key, value }) => (value === undefined ? withoutEntry(table, key) : withEntry(table, key, value)),
    {},
  );

describe('a table', () => {
  it('holds what a map holds, whatever the keys', () => {
    fc.assert(
      fc.property(fc.array(change), key, (changes, other) => {
        const table = changed(changes);
        const map = new Map<string, number>();
        for (const { key, value } of changes)
          if (value === undefined) map.delete(key);
          else map.set(key, value);
        expect(new Map(entriesOf(table))).toEqual(map);
        expect(entriesOf(table)).toHaveLength(map.size);
        for (const one of [...changes.map(({ key }) => key), other]) expect(got(table, one)).toBe(map.get(one));
      }),
    );
  });

  it('does not change when another is made of it', () => {
    fc.assert(
      fc.property(fc.array(change), change, (changes, last) => {
        const table = changed(changes);
        const before = JSON.stringify(table);
        changed([...changes, last]);
        withEntry(table, last.key, -1);
        withoutEntry(table, last.key);
        expect(JSON.stringify(table)).toBe(before);
      }),
    );
  });

  it('is plain JSON', () => {
    const table = changed([
      { key: 'spent/ab', value: 1 },
      { key: 'spent/cb', value: 2 },
    ]);
    expect(JSON.parse(JSON.stringify(table))).toEqual(table);
  });

  it('of twenty thousand entries is changed by copying some hundred of them', () => {
    const ids = Array.from({ length: 20_000 }, (_, n) => uuidv5('table', String(n)));
    const table = ids.reduce<Table<number>>((all, id) => withEntry(all, id, 0), {});
    for (const id of [...ids.slice(0, 50), uuidv5('table', 'new')]) {
      expect(copied(table, withEntry(table, id, 1))).toBeLessThan(250);
      expect(copied(table, withoutEntry(table, id))).toBeLessThan(250);
    }
  });
});
