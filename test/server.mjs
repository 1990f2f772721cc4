// Everything that is about the server stack, on real servers where EVENTSTORE_URL and MONGODB_URL name them, else on those
// that the tests bring along. Says what it ran on, and afterwards what it left out and why.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ferretDbIsBuilt } from './servers/ferretdb.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const SUITES = [
  'libs/event-store/eventstoredb',
  'libs/read-store/',
  'libs/privacy',
  'test/servers',
  'test/acceptance',
  'apps/cli/copy',
];

/** Without what is secret in it. */
const shown = (url) => url.replace(/\/\/[^@/]*@/, '//***@');
const { EVENTSTORE_URL: eventStore, MONGODB_URL: mongo } = process.env;
console.log(`EventStoreDB: ${eventStore === undefined ? 'pretend, in this process' : shown(eventStore)}`);
const ferretDb = ferretDbIsBuilt() ? 'FerretDB (standalone) and ' : '';
console.log(`MongoDB: ${mongo === undefined ? `${ferretDb}pretend, in this process` : shown(mongo)}\n`);

const directory = mkdtempSync(join(tmpdir(), 'spoor-test-server-'));
const report = join(directory, 'report.json');
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
const { status } = spawnSync(
  process.execPath,
  [
    ...jest,
    '--runInBand',
    ...(process.argv.length > 2 ? process.argv.slice(2) : SUITES),
    '--json',
    `--outputFile=${report}`,
  ],
  { cwd: root, stdio: ['inherit', 'ignore', 'inherit'] },
);

const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
rmSync(directory, { recursive: true });
const skipped = testResults.flatMap(({ assertionResults }) =>
  assertionResults.filter((one) => one.status === 'pending').map(({ fullName }) => fullName),
);
if (skipped.length > 0) console.log(`\nNot run:\n${skipped.map((title) => `  ${title}`).join('\n')}`);
console.log(`\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
process.exit(status ?? 1);
