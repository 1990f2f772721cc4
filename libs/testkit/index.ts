export * from './given.ts';
export * from './counter.ts';
export * from './log.ts';
