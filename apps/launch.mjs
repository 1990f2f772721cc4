// The one script that runs on whatever Node the machine has (20 or later): it installs, builds, and hands over to the
// Node 24 that came with the dependencies. No dependency of its own.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const carried = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
const marks = join(root, 'node_modules', '.cache');

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`Spoor needs Node 20 or later to start; this is ${process.version}.`);
  process.exit(1);
}

/** The Node that came with the dependencies, or this one where there is none for the platform. */
const node = () => {
  if (existsSync(carried)) return carried;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  console.error(
    `There is no Node 24 package for ${process.platform}-${process.arch}: install Node 24 and start again.`,
  );
  process.exit(1);
};

const [task = 'start', ...rest] = process.argv.slice(2);
const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  join(root, 'node_modules/jest/bin/jest.js'),
];
const tasks = {
  start: () => run(node(), ['--enable-source-maps', join(root, 'dist/apps/api/main.js'), ...rest]),
  projector: () => run(node(), ['--enable-source-maps', join(root, 'dist/apps/projector/main.js'), ...rest]),
  cli: () => run(node(), ['--enable-source-maps', join(root, 'dist/apps/cli/main.js'), ...rest]),
  openapi: () => run(node(), [join(root, 'dist/apps/api/openapi.js')]),
  test: () => run(node(), [...jest, ...rest]),
  // As in `test`, only longer: some twenty minutes.
  model: () => run(node(), [...jest, 'test/model', ...rest], { SPOOR_RUNS: '20000', ...process.env }),
  // Kills real processes: apart from the other tests, and one suite after another.
  crash: () => run(node(), [...jest, '--testPathIgnorePatterns=/node_modules/', '--runInBand', 'test/crash', ...rest]),
  // Those that stand in for EventStoreDB and MongoDB, for trying the server stack.
  servers: () => run(node(), [join(root, 'test/servers/main.ts'), ...rest]),
  bench: () =>
    run(node(), [
      '--experimental-transform-types',
      '--disable-warning=ExperimentalWarning',
      join(root, 'bench/grants.ts'),
      ...rest,
    ]),
  'test:server': () => run(node(), [join(root, 'test/server.mjs'), ...rest]),
  build: () => 0,
};
if (!(task in tasks)) {
  console.error(`There is no task ${task}; there are ${Object.keys(tasks).join(', ')}.`);
  process.exit(64);
}

step('install', 'Installing dependencies (once, half a minute)', [join(root, 'package-lock.json')], () =>
  // Not "ci": it refuses a lock file without the builds for other platforms, which not every registry has.
  npm(['install', '--no-save', '--loglevel=error', '--no-progress']),
);
step('build', 'Building (a quarter of a minute)', sources(), () => {
  // What came of a source that is gone would still run.
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const build = [join(root, 'node_modules/@nestjs/cli/bin/nest.js'), 'build', 'api'];
  return spawnSync(node(), build, { stdio: 'inherit', cwd: root }).status ?? 1;
});
process.exitCode = await tasks[task]();

/** Does the work when its inputs differ from those it was last done for. */
function step(name, message, inputs, work) {
  const mark = join(marks, `spoor-${name}`);
  const stamp = fingerprint(inputs);
  const done =
    existsSync(mark) &&
    readFileSync(mark, 'utf8') === stamp &&
    (name !== 'build' || existsSync(join(root, 'dist/apps/api/main.js')));
  if (done) return;
  process.stderr.write(`${message} … `);
  const began = Date.now();
  const status = work();
  if (status !== 0) process.exit(status);
  mkdirSync(marks, { recursive: true });
  writeFileSync(mark, stamp);
  process.stderr.write(`${Math.round((Date.now() - began) / 1000)} s\n`);
}

function sources() {
  const files = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'].map((file) =>
    join(root, file),
  );
  for (const folder of ['apps', 'libs'])
    for (const file of readdirSync(join(root, folder), { recursive: true }))
      if (String(file).endsWith('.ts') && !String(file).endsWith('.spec.ts'))
        files.push(join(root, folder, String(file)));
  return files;
}

function fingerprint(files) {
  const hash = createHash('sha256');
  for (const file of files.sort()) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function npm(args) {
  const windows = process.platform === 'win32';
  return (
    spawnSync(windows ? 'npm.cmd' : 'npm', args, { stdio: ['ignore', 'ignore', 'inherit'], cwd: root, shell: windows })
      .status ?? 1
  );
}

/** Hands over: the child's exit code is ours. A terminal sends SIGINT to both; other signals are passed on. */
function run(command, args, env = process.env) {
  const child = spawn(command, args, { stdio: 'inherit', cwd: root, env, shell: process.platform === 'win32' });
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal === null ? (code ?? 1) : 128)));
}
