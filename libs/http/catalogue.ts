import type { CommandEntry } from '#domain';
import type { QueryEntry } from '#queries';

/** Everything that can be done and asked: routes, bus handlers and OpenAPI operations are made from it, in a loop. */
export interface Catalogue {
  readonly commands: readonly CommandEntry[];
  readonly queries: readonly QueryEntry[];
}
