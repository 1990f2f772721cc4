import * as collections from './collections.ts';
import { MAX_BATCH_BYTES } from './cursors.ts';
import { notPretended } from './faults.ts';
import * as reads from './reads.ts';
import { findAndModify, insert, remove, update } from './writes.ts';
import type { Command } from './call.ts';

const VERSION = '8.0.0';

const buildInfo: Command = () => ({
  version: VERSION,
  versionArray: [8, 0, 0, 0],
  gitVersion: 'pretend',
  maxBsonObjectSize: MAX_BATCH_BYTES,
});

/** The commands, but those about sessions and the set. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  insert,
  update,
  delete: remove,
  findAndModify,
  findandmodify: findAndModify,
  ...reads,
  ...collections,
  ping: () => ({}),
  buildInfo,
  // As the driver has it.
  buildinfo: buildInfo,
  getParameter: () => ({ featureCompatibilityVersion: { version: '8.0' } }),
  serverStatus: ({ now }) => ({ host: 'pretend', version: VERSION, process: 'mongod', localTime: now }),
  hostInfo: ({ now }) => ({ system: { currentTime: now, hostname: 'pretend' } }),
  explain: () => {
    throw notPretended('explain');
  },
};

const setOf = (names: string): ReadonlySet<string> => new Set(names.split(' '));

export const WRITES = setOf(
  'insert update delete findAndModify findandmodify create collMod createIndexes dropIndexes drop dropDatabase',
);

/** Collections may come to be in a transaction, but not change. */
export const IN_TRANSACTION = setOf(
  'insert update delete findAndModify findandmodify find getMore killCursors aggregate distinct create createIndexes',
);
