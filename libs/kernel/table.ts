type Entry<V> = readonly [key: string, value: V];

/**
 * A map by text that is copied in parts: a change copies what the last two characters of its key lead to (where keys end in
 * hexadecimal digits, sixteen members at each of two steps, and one in 256 of the entries), not the whole. A state that holds
 * twenty thousand things stays cheap to change, and plain JSON.
 */
export type Table<V> = Readonly<Record<string, Readonly<Record<string, readonly Entry<V>[]>>>>;

const partOf = <V>(table: Table<V>, key: string): readonly Entry<V>[] =>
  table[key.slice(-1)]?.[key.slice(-2, -1)] ?? [];

const withPart = <V>(table: Table<V>, key: string, part: readonly Entry<V>[]): Table<V> => {
  const last = key.slice(-1);
  return { ...table, [last]: { ...table[last], [key.slice(-2, -1)]: part } };
};

export const got = <V>(table: Table<V>, key: string): V | undefined =>
  partOf(table, key).find(([one]) => one === key)?.[1];

export function withEntry<V>(table: Table<V>, key: string, value: V): Table<V> {
  const part = partOf(table, key);
  const at = part.findIndex(([one]) => one === key);
  return withPart(table, key, at < 0 ? [...part, [key, value]] : part.with(at, [key, value]));
}

export const withoutEntry = <V>(table: Table<V>, key: string): Table<V> =>
  withPart(
    table,
    key,
    partOf(table, key).filter(([one]) => one !== key),
  );

export const entriesOf = <V>(table: Table<V>): readonly Entry<V>[] =>
  Object.values(table).flatMap((parts) => Object.values(parts).flat());
