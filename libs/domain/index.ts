export * from './codes.ts';
export * from './rejections.ts';
export type * from './registry.ts';
