export { openSqliteReadStore } from './store.ts';
