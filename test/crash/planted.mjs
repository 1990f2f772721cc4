// `npm run test:crash:planted`: shows that the crash suites see what they are there for. Each planted bug is applied to a
// copy of the repository, built there, and the suite that must notice it is run; a suite that passes fails this.
// Runs on Node 20; needs git to apply the patches.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const carried = join(ROOT, 'node_modules/.bin/node');
const node = existsSync(carried) ? carried : process.execPath;
const SMALL = { CRASH_ROUNDS: '2', CRASH_EVENTS: '1000', CRASH_KILLS: '1', CRASH_CLAIMS: '1' };

const planted = [
  { patch: 'acknowledged-before-the-append', suite: 'kill', sees: [/acknowledged and lost/] },
  {
    patch: 'checkpoint-before-the-documents',
    suite: 'projections',
    // Both places between the two writes, and no other.
    sees: [/✕ at in-tx-after-doc/, /✕ at in-tx-before-checkpoint/, /✓ at after-commit/],
  },
  {
    patch: 'booked-on-a-lapsed-claim',
    suite: 'claims',
    sees: [/✓ round 1: who comes again/, /✕ round 1: the claim of who does not come again/],
  },
];

function run(cwd, command, args, env = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  return { status, output: `${stdout}${stderr}` };
}

function must(cwd, command, args) {
  const { status, output } = run(cwd, command, args);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${output}`);
}

/** The sources as they are, and dependencies that are only linked: what is built and cached stays in the copy. */
function copyOfRepository() {
  const copy = mkdtempSync(join(tmpdir(), 'spoor-planted-'));
  for (const entry of readdirSync(ROOT, { withFileTypes: true }))
    if (entry.isFile() || ['apps', 'libs', 'test'].includes(entry.name))
      cpSync(join(ROOT, entry.name), join(copy, entry.name), { recursive: true });
  mkdirSync(join(copy, 'node_modules'));
  for (const entry of readdirSync(join(ROOT, 'node_modules'), { withFileTypes: true }))
    if (entry.isDirectory() && entry.name !== '.cache')
      symlinkSync(join(ROOT, 'node_modules', entry.name), join(copy, 'node_modules', entry.name), 'junction');
  return copy;
}

/** Whether the suite saw it. */
function isSeen({ patch, suite, sees }) {
  const copy = copyOfRepository();
  try {
    must(copy, 'git', ['apply', join(ROOT, `test/crash/planted/${patch}.patch`)]);
    must(copy, node, ['node_modules/@nestjs/cli/bin/nest.js', 'build', 'api']);
    const jest = [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
    ];
    const options = ['--testPathIgnorePatterns=/node_modules/', '--runInBand', '--verbose', `test/crash/${suite}`];
    const { status, output } = run(copy, node, [...jest, ...options], SMALL);
    const seen = status !== 0 && sees.every((words) => words.test(output));
    console.log(`${seen ? '✓' : '✗'} ${patch}: ${seen ? 'seen' : 'NOT SEEN'} by test/crash/${suite}.spec.ts`);
    if (!seen) console.log(output);
    return seen;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

process.exitCode = planted.map(isSeen).every(Boolean) ? 0 : 1;
