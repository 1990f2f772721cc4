export * from './evaluate.ts';
export * from './port.ts';
