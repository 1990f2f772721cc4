export * from './query.ts';
export * from './past.ts';
