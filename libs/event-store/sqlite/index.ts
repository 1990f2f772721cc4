export { openSqliteEventStore } from './store.ts';
