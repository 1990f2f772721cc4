export * from './all.ts';
export * from './codes.ts';
export type * from './events.ts';
export { newValues } from './action/state.ts';
export * from './network/policy.ts';
export * from './rejections.ts';
export type * from './registry.ts';
export * from './event-types.ts';
export { person, roleAt, type Person } from './person/state.ts';
