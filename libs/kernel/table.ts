/**
 * A map by text that is copied in parts: a change copies the part that the last two characters of its key name, not the
 * whole. A state that holds twenty thousand things stays cheap to change, and plain JSON.
 */
export type Table<V> = Readonly<Record<string, Readonly<Record<string, V>>>>;

const partOf = (key: string): string => key.slice(-2);

export const got = <V>(table: Table<V>, key: string): V | undefined => {
  const part = table[partOf(key)];
  return part !== undefined && Object.hasOwn(part, key) ? part[key] : undefined;
};

export const withEntry = <V>(table: Table<V>, key: string, value: V): Table<V> => ({
  ...table,
  [partOf(key)]: { ...table[partOf(key)], [key]: value },
});

export function withoutEntry<V>(table: Table<V>, key: string): Table<V> {
  const { [key]: _gone, ...rest } = table[partOf(key)] ?? {};
  return { ...table, [partOf(key)]: rest };
}

export const entriesOf = <V>(table: Table<V>): readonly (readonly [key: string, value: V])[] =>
  Object.values(table).flatMap((part) => Object.entries(part));
