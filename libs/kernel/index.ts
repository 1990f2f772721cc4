export * from './decider.ts';
export * from './event.ts';
export * from './ids.ts';
export * from './json.ts';
export * from './position.ts';
export * from './schema.ts';
export * from './time.ts';
