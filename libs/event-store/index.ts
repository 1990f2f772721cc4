export * from './port.ts';
export * from './codec.ts';
