import type { CommandEntry } from '#domain';
import type { QueryEntry } from '#queries';

export const API = '/api/v1';

/** `/api/v1/groups/{id}/assign-lead`; a create has the collection alone. */
export const commandPath = ({ collection, verb }: CommandEntry): string =>
  verb === null ? `${API}/${collection}` : `${API}/${collection}/{id}/${verb}`;

/** `assignGroupLead`. */
export const operationId = ({ name }: CommandEntry): string => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;

/** A path as the router wants it: `{id}` becomes `:id`. */
export const routerPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

/** What a question is about: `listActions` is about `Actions`. */
export const topicOf = ({ name }: QueryEntry): string => name.replace(/^[a-z]+/, '');

/** Beside a list, the whole of it: `/api/v1/actions.csv`. */
export const exportPath = ({ path }: QueryEntry, suffix: string): string => `${API}${path}.${suffix}`;

/** `exportActionsCsv`. */
export const exportId = (entry: QueryEntry, suffix: string): string =>
  `export${topicOf(entry)}${suffix.charAt(0).toUpperCase()}${suffix.slice(1)}`;
