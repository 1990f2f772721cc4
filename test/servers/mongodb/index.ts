export { startMongo } from './server.ts';
export type { PretendMongo } from './server.ts';
