import { allCommands } from '#domain';
import { openapi } from '#http';
import { allQueries } from '#queries';
import { VERSION } from './version.ts';

/** The OpenAPI document of all there is, as it is committed. */
export const documentText = (): string =>
  `${JSON.stringify(openapi({ commands: allCommands, queries: allQueries }, VERSION), null, 1)}\n`;
