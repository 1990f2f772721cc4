import { jest } from '@jest/globals';
import { startFerretDb } from '../../../test/servers/ferretdb.ts';
import type { FerretDb } from '../../../test/servers/ferretdb.ts';
import { startMongo } from '../../../test/servers/mongodb/index.ts';
import type { PretendMongo } from '../../../test/servers/mongodb/index.ts';
import { readStoreContract } from '../contract.ts';
import { openMongoReadStore } from './index.ts';

// FerretDB takes its time.
jest.setTimeout(60_000);

let serial = 0;
const databaseOf = (server: string, name: string): string => {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
};
const fresh = (server: string) => openMongoReadStore({ url: databaseOf(server, `spoor-${++serial}`) });

let set: PretendMongo;
let standalone: PretendMongo;
let ferret: FerretDb | null;
beforeAll(async () => {
  [set, standalone, ferret] = await Promise.all([startMongo(), startMongo({ replicaSet: false }), startFerretDb()]);
});
afterAll(async () => {
  await Promise.all([set.close(), standalone.close(), ferret?.close()]);
});

readStoreContract('mongodb on a pretend replica set', {
  open: () => fresh(set.url),
  failNextTransaction: async () => set.failNext('commitTransaction', { code: 112, codeName: 'WriteConflict' }),
  openWithoutTransactions: () => fresh(standalone.url),
});
readStoreContract('mongodb on a pretend standalone', { open: () => fresh(standalone.url) });
readStoreContract('mongodb on FerretDB', {
  open: () => fresh(ferret!.url),
  lacks: ['texts with NUL', 'lists in lists'],
});
