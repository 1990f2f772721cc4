/** How many members and items a change copied: those of each part that was not, as it is, a part of what was before. */
export function copied(before: unknown, after: unknown): number {
  if (after === before || typeof after !== 'object' || after === null) return 0;
  const former = (before ?? {}) as Readonly<Record<string, unknown>>;
  const kept = new Set(Object.values(former));
  const members = Object.entries(after);
  const made = members.filter(([, value]) => !kept.has(value));
  return members.length + made.reduce((count, [name, value]) => count + copied(former[name], value), 0);
}
