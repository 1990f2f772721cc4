/** Where class-transformer keeps what `@Type` said: not in its public types, and the documented way to it. */
declare module 'class-transformer/cjs/storage.js' {
  export { defaultMetadataStorage } from 'class-transformer/types/storage.js';
}
