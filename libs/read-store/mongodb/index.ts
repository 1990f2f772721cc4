export { MongoReadStore, openMongoReadStore } from './store.ts';
