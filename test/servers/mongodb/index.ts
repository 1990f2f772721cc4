export { startMongo } from './server.ts';
export type { Failure, Logged, PretendMongo } from './server.ts';
