export { memoryReadStore } from './store.ts';
