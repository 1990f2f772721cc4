/** What Nest hands out that is not a class. */
export const SPOOR = Symbol('spoor');
export const LOG = Symbol('log');
export const TOKENS = Symbol('consistency tokens');
/** The OpenAPI document as text. */
export const OPENAPI = Symbol('openapi');
