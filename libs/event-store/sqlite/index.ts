export { openSqliteEventStore } from './store.ts';
export type { SqliteEventStoreOptions } from './store.ts';
