export * from './clock.ts';
export * from './command-runner.ts';
export * from './duty.ts';
export type { FollowerStatus } from './follower.ts';
export * from './process-runner.ts';
export * from './projection-runner.ts';
export * from './streams.ts';
export * from './types.ts';
export * from './witness.ts';
