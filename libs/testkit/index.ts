export * from './decided.ts';
export * from './given.ts';
export * from './copied.ts';
export * from './counter.ts';
export * from './log.ts';
export * from './facts.ts';
export * from './story.ts';
