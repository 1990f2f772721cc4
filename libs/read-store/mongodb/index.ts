export { openMongoReadStore } from './store.ts';
