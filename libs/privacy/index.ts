export * from './memory.ts';
export * from './mongodb.ts';
export * from './port.ts';
export * from './sqlite.ts';
