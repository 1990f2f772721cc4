import { Long } from 'mongodb';
import { ferretDbIsBuilt, startFerretDb } from '../../../test/servers/ferretdb.ts';
import { startMongo } from '../../../test/servers/mongodb/index.ts';
import { Database } from './database.ts';
import { contentOf } from './stored.ts';
import { writeGuarded } from './writes.ts';
import type { Write } from './writes.ts';

interface Server {
  readonly url: string;
  close(): Promise<void>;
}

const servers: readonly (readonly [string, () => Promise<Server>])[] = [
  ['a pretend standalone', () => startMongo({ replicaSet: false })],
  ...(ferretDbIsBuilt() ? [['FerretDB', async () => (await startFerretDb())!] as const] : []),
];

const put = (id: string, n: number): Write => ({ id, content: contentOf(`{"id":"${id}","n":${n}}`) });
const gone = (id: string): Write => ({ id, content: contentOf(null) });

describe.each(servers)('writes without a transaction on %s', (_, start) => {
  let server: Server;
  let database: Database;
  beforeEach(async () => {
    server = await start();
    database = await Database.open(server.url);
  });
  afterEach(async () => {
    await database.close();
    await server.close();
  });

  const stored = async (): Promise<readonly unknown[]> =>
    (await database.documents('things.1.0').find().sort({ _id: 1 }).toArray()).map((one) => [
      one._id,
      one.gone ?? one.doc!['n'],
    ]);
  const write = (seq: number, ...writes: readonly Write[]): Promise<void> =>
    writeGuarded(database.documents('things.1.0'), writes, Long.fromNumber(seq));

  it('are done once, however often they are tried, and whatever was done of them', async () => {
    await write(1, put('b', 1));
    await write(2, put('b', 2));
    for (let i = 0; i < 3; i++) await write(2, put('a', 2), put('b', 2), put('c', 2), gone('d'));
    expect(await stored()).toEqual([
      ['a', 2],
      ['b', 2],
      ['c', 2],
      ['d', true],
    ]);
  });

  it('of one who was overtaken change nothing: neither what was written since nor what was deleted', async () => {
    await write(1, put('a', 1), put('b', 1), put('c', 1));
    await write(2, put('a', 2), gone('b'));
    await write(3, put('c', 3), gone('never'));
    await write(1, put('a', 1), put('b', 1), gone('c'), put('never', 1));
    expect(await stored()).toEqual([
      ['a', 2],
      ['b', true],
      ['c', 3],
      ['never', true],
    ]);
  });

  it('bring back what was deleted when they are later', async () => {
    await write(1, put('a', 1));
    await write(2, gone('a'));
    await write(3, put('a', 3));
    expect(await stored()).toEqual([['a', 3]]);
  });
});
