import type { CommandEntry } from '#domain';

export const API = '/api/v1';

/** `/api/v1/groups/{id}/assign-lead`; a create has the collection alone. */
export const commandPath = ({ collection, verb }: CommandEntry): string =>
  verb === null ? `${API}/${collection}` : `${API}/${collection}/{id}/${verb}`;

/** `assignGroupLead`. */
export const operationId = ({ name }: CommandEntry): string => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;

/** A path as the router wants it: `{id}` becomes `:id`. */
export const routerPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');
