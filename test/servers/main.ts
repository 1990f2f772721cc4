import { parseArgs } from 'node:util';
import { startNode } from './eventstoredb/index.ts';
import { startMongo } from './mongodb/index.ts';

/* `npm run servers`: what stands in for EventStoreDB and MongoDB, for trying the server stack on one machine. */

const { values } = parseArgs({ options: { eventstore: { type: 'string' }, mongo: { type: 'string' } } });
const portOf = (text: string | undefined): number => (text === undefined ? 0 : Number(text));

const node = await startNode({ port: portOf(values.eventstore) });
const mongo = await startMongo({ port: portOf(values.mongo) });
process.stdout.write(
  [
    '',
    'These two only pretend to be EventStoreDB and MongoDB. They keep nothing: for trying and for tests.',
    '',
    'In another terminal:',
    '',
    `  STACK=server EVENTSTORE_URL='${node.url}' MONGODB_URL='${mongo.url}' SPOOR_SEED=demo npm start`,
    '',
    'Stop with Ctrl-C.',
    '',
    '',
  ].join('\n'),
);

let stopping = false;
const stop = async (): Promise<void> => {
  if (stopping) process.exit(1);
  stopping = true;
  await node.close();
  await mongo.close();
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
