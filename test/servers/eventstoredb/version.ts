/** Whether a version is that one or a later one: what servers do otherwise from then on, `stores.md` §1.9 says. */
export const isSince = (version: string, since: string): boolean =>
  version.localeCompare(since, 'en', { numeric: true }) >= 0;
