/**
 * A process to be killed: `writer.ts <directory> <round>` appends batches of three without pause from 32 writers and
 * prints a line `<stream> <revision> <position>` for each acknowledgement, and never ends by itself.
 */
import { uuidv5 } from '#kernel';
import { openSqliteEventStore } from './index.ts';

const [directory, round] = process.argv.slice(2) as [string, string];
const store = await openSqliteEventStore({ directory, onFatal: () => process.exit(1) });

async function write(stream: string): Promise<never> {
  let expected: 'no_stream' | bigint = 'no_stream';
  for (;;) {
    const name = `${stream} ${expected}`;
    const events = [0, 1, 2].map((n) => ({ id: uuidv5(name, String(n)), type: 'Written', data: { n }, meta: {} }));
    const { revision, position } = await store.append(stream, events, { expected });
    process.stdout.write(`${stream} ${revision} ${position}\n`);
    expected = revision;
  }
}

await Promise.all(Array.from({ length: 32 }, (_, n) => write(`round-${round}.${n}`)));
